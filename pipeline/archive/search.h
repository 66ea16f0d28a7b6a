// Full-text and field search over index.sqlite.
#pragma once

#include <string>
#include <vector>

#include "pipeline/archive/database.h"
#include "pipeline/archive/query.h"
#include "pipeline/archive/store.h"

namespace vanthu::archive {

// Best first: bm25 over the weighted columns, then the newest date. `limit` is held to 1..10,000.
Result<std::vector<Hit>> SearchTexts(Database& database, const ParsedQuery& query, int limit);

}  // namespace vanthu::archive
