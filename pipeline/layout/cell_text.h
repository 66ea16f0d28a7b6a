// The lines of a cell -> its text: wrapped lines joined, list items on lines of their own.
#pragma once

#include <string>
#include <vector>

#include "pipeline/layout/line_joins.h"
#include "pipeline/model/layout.h"

namespace vanthu::layout {

// The lines of a cell on one page.
struct CellPart {
  int page = 0;
  Box box;              // the cell's outline there
  double inner_pt = 0;  // the width that text can fill
  std::vector<Line> lines;
};

// Over all parts of a cell, in order.
std::string CellText(const std::vector<CellPart>& parts, const LineJoins& joins);

}  // namespace vanthu::layout
