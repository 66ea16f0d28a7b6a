// From a page's upright frame to the page as the file shows it: what boxes mean in everything that is
// written.
#pragma once

#include "pipeline/model/layout.h"
#include "pipeline/model/table.h"

namespace vanthu::run {

void MapToSource(const DocumentLayout& document, Table* table);

}  // namespace vanthu::run
