// A table in the making: its grid with the lines of text in every cell.
#pragma once

#include <string>
#include <vector>

#include "pipeline/layout/cell_text.h"
#include "pipeline/layout/grid.h"
#include "pipeline/layout/ink.h"
#include "pipeline/model/table.h"

namespace vanthu::layout {

struct DraftCell {
  int row = 0;
  int col = 0;
  int rowspan = 1;
  int colspan = 1;
  std::vector<CellPart> parts;  // one a page
  double confidence = 1;        // that it is one cell: less where a page break left doubt

  bool empty() const;
  int bottom() const { return row + rowspan; }
  int right() const { return col + colspan; }
  // The lines of one row of words each, without joining: for comparing.
  std::string PlainText() const;
};

struct TableDraft {
  std::vector<Place> places;
  std::vector<double> xs;  // column lines on its first page
  int rows = 0;
  int header_rows = 0;
  bool recognised = false;
  double text_pt = 12;
  bool top_open = false;  // no rule was drawn at its top, or at its bottom on its last page
  bool bottom_open = false;
  std::vector<DraftCell> cells;  // by row, then column
  std::string caption;

  int columns() const { return static_cast<int>(xs.size()) - 1; }
};

// Index of the cell that covers each grid position (row * columns + col).
std::vector<int> CoverOf(const TableDraft& draft);

// Moves the words that stand inside the grids out of `words`, a word over an edge split there by its glyphs.
std::vector<TableDraft> FillGrids(const std::vector<Grid>& grids, std::vector<Word>& words, const Ink& ink);

// A grid with text in at least two of 2 x 2 or more cells; a frame, a stamp or a chart's raster is none.
bool IsTable(const TableDraft& draft);

Table Finish(const TableDraft& draft, const LineJoins& joins);

}  // namespace vanthu::layout
