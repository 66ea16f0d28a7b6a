// Tasks and tables as CSV (RFC 4180, UTF-8 with BOM so that office programs read it) and XLSX (real merged
// cells, numbers as numbers, dates as dates). A cell that a spreadsheet would run as a formula is written as
// text.
#pragma once

#include <string>
#include <vector>

#include "pipeline/base/error.h"
#include "pipeline/model/record.h"

namespace vanthu::record {

std::string TasksToCsv(const std::vector<Record>& records);
Result<std::string> TasksToXlsx(const std::vector<Record>& records);
std::string TablesToCsv(const std::vector<Table>& tables);
Result<std::string> TablesToXlsx(const std::vector<Table>& tables);

}  // namespace vanthu::record
