// Rulings -> grids of cells: the planar subdivision of a page by its ruled lines.
//
// Input: horizontal and vertical rulings of one page. Output: every connected group of rulings that encloses
// cells, as a grid whose positions are each covered by exactly one cell, and the rulings that belong to none.
// Method: collinear pieces and doubled rules are joined; joints connect rulings into groups; sides left open
// are closed where two or more rulings end together, a side drawn in part is completed, and the parts of an
// open table above and below a row of one cell are one group; the group's lines cut its frame into elementary
// fields, and fields with no rule between them are one face. Lines that bound no face (ticks, underlines)
// vanish, a face that is no rectangle is cut into rectangles. An edge is there if at least 0.6 of it is
// ruled. Accuracy: exact on strokes of Word, LibreOffice and Excel. Fails: lines drawn freehand or slanted; a
// table whose columns shift by less than a quarter of the text size from row to row. Source: the
// faces-of-a-subdivision approach of Lopresti and Nagy; tolerances relative to the text size are ours.
#pragma once

#include <vector>

#include "pipeline/model/page.h"

namespace vanthu::layout {

struct GridCell {
  int row = 0;
  int col = 0;
  int rowspan = 1;
  int colspan = 1;
  Box box;
};

struct Grid {
  Box box;
  std::vector<double> xs;       // column lines, left to right: columns + 1
  std::vector<double> ys;       // row lines, top to bottom: rows + 1
  std::vector<GridCell> cells;  // by row, then column
  std::vector<int> cover;       // rows x columns -> index in cells
  bool bottom_open = false;     // the bottom rule was not drawn: the page break cut the table
  bool top_open = false;

  int rows() const { return static_cast<int>(ys.size()) - 1; }
  int columns() const { return static_cast<int>(xs.size()) - 1; }
  // Index of the cell at a point, or -1 outside the frame.
  int CellAt(Point p) const;
};

// Sorts the cells and derives their boxes, the frame and the cover from rows, columns and lines.
void Number(Grid& grid);

struct Grids {
  std::vector<Grid> grids;    // top to bottom; of any size, one cell upward
  std::vector<Ruling> loose;  // rulings outside every grid
  bool gave_up = false;       // too many lines for a table: none were looked for
};

// `text_pt`: the page's text size, which all tolerances are relative to. `recognised`: the rulings come from
// pixels.
Grids FindGrids(const std::vector<Ruling>& rulings, double text_pt, bool recognised);

}  // namespace vanthu::layout
