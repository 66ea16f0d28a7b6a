// Lists over index.sqlite: what reports count.
#pragma once

#include <vector>

#include "pipeline/archive/database.h"
#include "pipeline/archive/store.h"

namespace vanthu::archive {

Result<std::vector<StoredDocument>> ListDocuments(Database& database);
Result<std::vector<Date>> ListQuarantineDays(Database& database);

}  // namespace vanthu::archive
