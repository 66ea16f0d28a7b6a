// What stands in the margins of a page: page numbers, text that is repeated on page after page, footnotes.
//
// Method: a lone number at the outer edge is a page number; a first or last row that comes back at its height
// on three pages (digits apart) is running text; rows below a short rule at the foot that starts where the
// text starts, or below the text in clearly smaller type and led by a raised number, are footnotes. Fails: a
// page number in words.
#pragma once

#include <vector>

#include "pipeline/layout/ink.h"
#include "pipeline/layout/lines.h"

namespace vanthu::layout {

// The rows of a page outside its tables, told apart.
struct PageRows {
  std::vector<Row> body;
  std::vector<Row> footnotes;
  std::vector<Row> numbers;  // page numbers
  std::vector<Row> running;  // repeated text
};

// Only a number, perhaps between dashes or as a share of all pages: "3", "- 3 -", "3/12", "iv".
bool IsPageNumber(const Row& row);

// `rows`: of every page, from top to bottom, outside tables; `ink`: the same pages; `table_bottom`: the
// lowest table of each page, 0 if none; `rules`: rulings outside tables of each page.
std::vector<PageRows> SplitMargins(std::vector<std::vector<Row>> rows, const std::vector<Ink>& ink,
                                   const std::vector<double>& table_bottom,
                                   const std::vector<std::vector<Ruling>>& rules);

}  // namespace vanthu::layout
