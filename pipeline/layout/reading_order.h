// The order in which a page is read: its rows of words and its tables -> blocks of lines.
//
// Method: tables cut the page into stretches; in each stretch two-column bands (columns.h) are read column by
// column, the heading of a document cut once more at the rules or gaps under agency and motto; all else row
// by row.
#pragma once

#include <vector>

#include "pipeline/layout/ink.h"
#include "pipeline/layout/lines.h"
#include "pipeline/model/layout.h"

namespace vanthu::layout {

// Lines under each other in one column, or a table.
struct Block {
  std::vector<Line> lines;
  Region region = Region::kBody;
  int table = -1;          // index of `tables`, or -1
  bool continues = false;  // of a two-column end that the page break cut: belongs into the page before
};

// `rows`: top to bottom, without margins and footnotes. `rules`: outside tables. `tables`: their frames.
// `before`: the blocks of the page before.
std::vector<Block> OrderBlocks(std::vector<Row> rows, const std::vector<Box>& tables,
                               const std::vector<Ruling>& rules, const Ink& ink,
                               const std::vector<Block>& before);

}  // namespace vanthu::layout
