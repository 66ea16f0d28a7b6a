// The numbering column of a recognised table, rechecked by its sequence.
//
// Input: a table's grid, its numbering column, the first body row. Output: for each numbering cell that the
// recogniser got wrong what its neighbours say it is: "H" over the second group of rows is II, "+" between 3
// and 5 is 4. Method: Roman labels of rows with one wide cell are counted, a misread one is mended if its
// strokes fit the number expected; Arabic ones if the rows before and after agree. A mended label is doubtful
// and reported; cells stay as read. Text of a PDF is never mended. Fails on two misread labels in a row.
#pragma once

#include <map>
#include <string>

#include "pipeline/extract/table_grid.h"

namespace vanthu::extract {

// A number as a Roman numeral, 1 to 39.
std::string ToRoman(int number);

// The Roman numeral whose strokes `text` shows: "IH" -> "III", "lV" -> "IV"; empty if it shows none.
std::string RomanStrokes(const std::string& text);

// Of a cell over all columns ("H. THỰC HIỆN …") the label at its head.
std::map<const Cell*, std::string> MendRowNumbers(const TableGrid& grid, int column, int first_row);

}  // namespace vanthu::extract
