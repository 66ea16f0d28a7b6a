// A table: a grid in which every position is covered by exactly one cell.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pipeline/model/geometry.h"
#include "pipeline/model/page.h"

namespace vanthu {

// A part of a value on one page, in the page's upright frame.
struct Place {
  int page = 0;  // 0-based
  Box box;
};

struct Cell {
  int row = 0;
  int col = 0;
  int rowspan = 1;
  int colspan = 1;
  std::string text;           // wrapped lines joined; list items on lines of their own ('\n')
  std::vector<Place> places;  // every page it touches, in order; empty for an empty cell without an outline
  Source source = Source::kText;
  double confidence = 1;
  std::optional<bool> bold;  // of all its words; absent = unknown or no words
};

struct Table {
  std::vector<int> pages;  // 0-based, ascending
  int rows = 0;
  int columns = 0;
  int header_rows = 0;        // repeated headings and column-number rows included once
  std::vector<Cell> cells;    // by row, then column
  std::string caption;        // the line right above it, if it reads as one; else empty
  std::vector<Place> places;  // the frame on every page

  // The cell that covers a grid position, or null.
  const Cell* At(int row, int col) const {
    for (const Cell& cell : cells)
      if (row >= cell.row && row < cell.row + cell.rowspan && col >= cell.col &&
          col < cell.col + cell.colspan)
        return &cell;
    return nullptr;
  }
};

}  // namespace vanthu
