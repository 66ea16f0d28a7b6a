#include "pipeline/evaluate/grid.h"

#include <algorithm>
#include <tuple>

#include "pipeline/base/unicode.h"

namespace vanthu::evaluate {
namespace {

constexpr int kMaxSide = 200'000;
constexpr std::size_t kMaxPositions = 2'000'000;

std::optional<int> Whole(const Json& value, int missing) {
  if (value.is_null()) return missing;
  if (!value.is_number_integer()) return std::nullopt;
  const double number = value.get<double>();
  if (number < 0 || number > kMaxSide) return std::nullopt;
  return value.get<int>();
}

std::optional<GridCell> ReadCell(const Json& item) {
  const std::optional<int> row = Whole(Member(item, "row"), -1), col = Whole(Member(item, "col"), -1);
  const std::optional<int> rowspan = Whole(Member(item, "rowspan"), 1),
                           colspan = Whole(Member(item, "colspan"), 1);
  if (!row || !col || !rowspan || !colspan || *row < 0 || *col < 0 || *rowspan < 1 || *colspan < 1)
    return std::nullopt;
  GridCell cell{*row, *col, *rowspan, *colspan, "", ""};
  const Json& text = Member(item, "text");
  if (text.is_string()) cell.text = CollapseSpace(ToNfc(text.get_ref<const std::string&>()));
  cell.key = MatchKey(cell.text);
  return cell;
}

// Puts the cells on the grid; returns those that found all their positions free.
std::vector<GridCell> Place(std::vector<GridCell> cells, Grid& grid) {
  std::vector<GridCell> placed;
  for (GridCell& cell : cells) {
    const auto each = [&](const auto& visit) {
      for (int row = cell.row; row < cell.row + cell.rowspan; ++row)
        for (int col = cell.col; col < cell.col + cell.colspan; ++col)
          visit(static_cast<std::size_t>(row) * static_cast<std::size_t>(grid.columns) +
                static_cast<std::size_t>(col));
    };
    bool free = true;
    each([&](std::size_t at) { free = free && grid.cell_at[at] < 0; });
    if (!free) continue;
    each([&](std::size_t at) { grid.cell_at[at] = static_cast<int>(placed.size()); });
    placed.push_back(std::move(cell));
  }
  return placed;
}

}  // namespace

std::optional<Grid> ReadGrid(const Json& table) {
  Grid grid;
  const Json& list = Member(table, "cells");
  if (!list.is_array()) return std::nullopt;
  std::size_t area = 0;
  std::vector<GridCell> cells;
  for (const Json& item : list) {
    std::optional<GridCell> cell = ReadCell(item);
    if (!cell) return std::nullopt;
    grid.rows = std::max(grid.rows, cell->row + cell->rowspan);
    grid.columns = std::max(grid.columns, cell->col + cell->colspan);
    area += static_cast<std::size_t>(cell->rowspan) * static_cast<std::size_t>(cell->colspan);
    if (area > kMaxPositions) return std::nullopt;
    cells.push_back(std::move(*cell));
  }
  const std::size_t positions = static_cast<std::size_t>(grid.rows) * static_cast<std::size_t>(grid.columns);
  if (positions > kMaxPositions) return std::nullopt;
  grid.header_rows = std::min(Whole(Member(table, "header_rows"), 0).value_or(0), grid.rows);
  grid.cell_at.assign(positions, -1);
  std::stable_sort(cells.begin(), cells.end(), [](const GridCell& a, const GridCell& b) {
    return std::tie(a.row, a.col) < std::tie(b.row, b.col);
  });
  grid.cells = Place(std::move(cells), grid);
  return grid;
}

}  // namespace vanthu::evaluate
