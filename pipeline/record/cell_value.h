// What a spreadsheet cell holds, and how printed text becomes one. Internal to the room.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "pipeline/model/record.h"

namespace vanthu::record {

struct NumberValue {
  double value = 0;
  std::string format;  // of the spreadsheet: "0", "#,##0", "0.0", "0%"
};

using CellValue = std::variant<std::monostate, std::string, NumberValue, Date>;

// A cell of a Vietnamese table: "1.250.000" and "12,5" are numbers (dot between thousands, decimal comma),
// "95%" a share, "09/03/2023" a date. Anything else, and what would lose a digit ("01", 16 digits), stays
// text.
CellValue ReadCellValue(std::string_view text);

// As a CSV field shows it: a number plainly, a date in ISO form.
std::string TextOf(const CellValue& value);

// The columns of a list of tasks, and one row a task.
struct TaskColumn {
  const char* heading;  // Vietnamese: the sheet is for the records office
  double width;         // in characters
};
const std::vector<TaskColumn>& TaskColumns();
std::vector<CellValue> TaskRow(const Record& record, const Task& task);

// The documents that the tasks come from: headings, and one row a record.
const std::vector<TaskColumn>& DocumentColumns();
std::vector<CellValue> DocumentRow(const Record& record);

}  // namespace vanthu::record
