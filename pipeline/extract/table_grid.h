// The cells of a table by grid position, made once: Table::At looks through all cells at each call.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "pipeline/model/table.h"

namespace vanthu::extract {

// The table must outlive the grid. A grid that would be larger than any table of a document is empty.
class TableGrid {
 public:
  static constexpr std::size_t kMostPositions = 4'000'000;

  explicit TableGrid(const Table& table) {
    if (table.rows <= 0 || table.columns <= 0) return;
    const std::size_t rows = static_cast<std::size_t>(table.rows);
    const std::size_t columns = static_cast<std::size_t>(table.columns);
    if (rows > kMostPositions / columns) return;
    rows_ = table.rows;
    columns_ = table.columns;
    cells_.assign(rows * columns, nullptr);
    for (const Cell& cell : table.cells) {
      const int last_row = cell.rowspan < rows_ ? std::min(rows_, cell.row + cell.rowspan) : rows_;
      const int last_column =
          cell.colspan < columns_ ? std::min(columns_, cell.col + cell.colspan) : columns_;
      for (int row = std::max(0, cell.row); row < last_row; ++row)
        for (int column = std::max(0, cell.col); column < last_column; ++column)
          cells_[Index(row, column)] = &cell;
    }
  }

  int rows() const { return rows_; }
  int columns() const { return columns_; }
  // The cell that covers a position, or null.
  const Cell* At(int row, int column) const {
    return row < 0 || row >= rows_ || column < 0 || column >= columns_ ? nullptr : cells_[Index(row, column)];
  }

 private:
  std::size_t Index(int row, int column) const {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) +
           static_cast<std::size_t>(column);
  }

  int rows_ = 0;
  int columns_ = 0;
  std::vector<const Cell*> cells_;
};

}  // namespace vanthu::extract
