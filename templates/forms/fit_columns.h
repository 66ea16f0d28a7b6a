// Widths for a table's columns, from what they hold.
//
// Input: for each row the number of characters of each cell, the longest word of each column. Output: shares
// that add up to 1. Method: no column narrower than its longest word; from there the widths go, step by step,
// where the sum of the rows' heights, and a share of their other cells' lines, becomes least. Accuracy: lines
// are counted in characters, not set; within a line of the best in the plans tried. Fails where the longest
// words alone are wider than the table: then in proportion to them.
#pragma once

#include <vector>

namespace vanthu::templates {

struct ColumnLoad {
  std::vector<int> lengths;  // characters of the cell in each row; 0 where it is empty or spans columns
  int longest_word = 1;
};

// `width`: characters that fit into one line of the whole table. Empty for no columns.
std::vector<double> FitColumns(const std::vector<ColumnLoad>& columns, int width);

}  // namespace vanthu::templates
