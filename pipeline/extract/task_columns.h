// What the columns of a table say of tasks, understood from their headings whatever their order, names or
// number.
//
// Input: a stitched table. Output: a role for each column, or null where the table holds no tasks. Method:
// each heading (the lowest of several levels first) is searched for the phrases of rules/task_columns.json;
// weak phrases
// ("Đơn vị") count only if the cells below agree; a table without a heading takes the columns of the task
// table before it if they are as many. A table holds tasks if something is to be done (content) by someone or
// by some time: lists of units, statistics, programmes of a meeting and prices do not. Fails on charts of
// crosses under months.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/extract/table_grid.h"
#include "pipeline/extract/task_rules.h"
#include "pipeline/model/table.h"

namespace vanthu::extract {

struct TaskColumns {
  std::vector<Role> roles;    // one a column
  int header_rows = 0;        // rows of headings, column numbers included
  std::string deadline_unit;  // "tháng" or "quý" where the heading names it and the cells only number it
  std::map<int, std::string> marks;  // of columns with crosses, what a cross stands for: "Quý I năm 2025"
  int year = 0;                      // the year in the deadline's heading; 0 = none
  double certainty = 1;
};

std::optional<TaskColumns> UnderstandColumns(const Table& table, const TaskColumns* before,
                                             const TaskRules& rules);

// The columns of a role, from left.
std::vector<int> ColumnsOf(const TaskColumns& columns, Role role);

// "(1) (2) (3)", "A B 1 2": a row that numbers the columns.
bool IsColumnNumberRow(const TableGrid& grid, int row);

// "1", "1.1", "IV", "a)", "-": what stands in a numbering column.
bool IsOrdinalText(std::string_view text);

}  // namespace vanthu::extract
