// A table of a record's JSON as a grid. Internal to the room.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pipeline/evaluate/gold.h"

namespace vanthu::evaluate {

struct GridCell {
  int row = 0, col = 0, rowspan = 1, colspan = 1;
  std::string text;  // NFC, white space collapsed
  std::string key;   // MatchKey of the text: what is compared
};

struct Grid {
  int rows = 0;
  int columns = 0;
  int header_rows = 0;
  std::vector<GridCell> cells;  // by row, then column
  std::vector<int> cell_at;     // rows x columns: index in cells, -1 where no cell is

  int At(int row, int col) const {
    return cell_at[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
                   static_cast<std::size_t>(col)];
  }
  std::size_t positions() const { return cell_at.size(); }
};

// Null if the table is no grid: spans or positions out of range, or more than two million positions. Of cells
// that overlap the later one is left out.
std::optional<Grid> ReadGrid(const Json& table);

}  // namespace vanthu::evaluate
