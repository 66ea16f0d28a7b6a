#include "pipeline/record/checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <vector>

namespace vanthu::record {
namespace {

[[noreturn]] void RefuseAt(const Message& where, const std::string& vi, const std::string& en) {
  throw Fault{ErrorCode::kDamaged, where, {vi, en}};
}

[[noreturn]] void Refuse(const std::string& where, const std::string& vi, const std::string& en) {
  RefuseAt({where, where}, vi, en);
}

// "line 12 (/tables/0/cells/3)", or the pointer alone.
Message PlaceOfCell(const std::string& table, std::size_t index, std::span<const long> lines) {
  const std::string pointer = fmt::format("{}/cells/{}", table, index);
  if (index >= lines.size()) return {pointer, pointer};
  return {fmt::format("dòng {} ({})", lines[index], pointer),
          fmt::format("line {} ({})", lines[index], pointer)};
}

void CheckShape(const Cell& cell, const Message& where) {
  const bool fits = cell.row >= 0 && cell.col >= 0 && cell.rowspan >= 1 && cell.colspan >= 1 &&
                    cell.row < kMaxRows && cell.col < kMaxColumns && cell.rowspan <= kMaxRows - cell.row &&
                    cell.colspan <= kMaxColumns - cell.col;
  if (!fits)
    RefuseAt(where, "vị trí hoặc độ rộng của ô không hợp lệ", "a cell's position or span is out of range");
}

void CheckSpans(const Table& table, const std::string& where, std::span<const long> lines) {
  for (std::size_t i = 0; i < table.cells.size(); ++i) {
    const Cell& cell = table.cells[i];
    if (cell.rowspan <= table.rows - cell.row) continue;
    RefuseAt(
        PlaceOfCell(where, i, lines),
        fmt::format("ô ở hàng {} cột {} kéo {} hàng, vượt quá hàng cuối của bảng là hàng {}", cell.row,
                    cell.col, cell.rowspan, table.rows - 1),
        fmt::format("the cell at row {} column {} spans {} rows, past the table's last row, which is row {}",
                    cell.row, cell.col, cell.rowspan, table.rows - 1));
  }
}

}  // namespace

Error ToError(const Fault& fault) {
  Error error;
  error.code = fault.code;
  error.message = {fmt::format("hồ sơ không hợp lệ tại {}: {}", fault.where.vi, fault.what.vi),
                   fmt::format("invalid record at {}: {}", fault.where.en, fault.what.en)};
  error.advice = {"Kiểm tra tệp theo lược đồ vanthu/record/1",
                  "Check the file against the schema vanthu/record/1"};
  return error;
}

void CompleteTable(Table& table, const std::string& where, std::span<const long> lines) {
  for (std::size_t i = 0; i < table.cells.size(); ++i) {
    const Cell& cell = table.cells[i];
    CheckShape(cell, PlaceOfCell(where, i, lines));
    table.rows = std::max(table.rows, cell.row + 1);
    table.columns = std::max(table.columns, cell.col + cell.colspan);
  }
  CheckSpans(table, where, lines);
  const std::size_t width = static_cast<std::size_t>(table.columns);
  const std::size_t grid = static_cast<std::size_t>(table.rows) * width;
  if (grid > kMaxGrid) Refuse(where, "bảng quá lớn", "the table is too large");
  if (table.header_rows < 0 || table.header_rows > table.rows)
    Refuse(where + "/header_rows", "số dòng tiêu đề lớn hơn số dòng", "more header rows than rows");
  std::vector<bool> covered(grid, false);
  std::size_t positions = 0;
  for (const Cell& cell : table.cells) {
    for (int row = cell.row; row < cell.row + cell.rowspan; ++row)
      for (int col = cell.col; col < cell.col + cell.colspan; ++col) {
        const std::size_t at = static_cast<std::size_t>(row) * width + static_cast<std::size_t>(col);
        if (covered[at])
          Refuse(where, fmt::format("hai ô chồng nhau ở dòng {} cột {}", row, col),
                 fmt::format("two cells overlap at row {} column {}", row, col));
        covered[at] = true;
        ++positions;
      }
  }
  if (positions != grid) Refuse(where, "có vị trí không thuộc ô nào", "a grid position has no cell");
  std::stable_sort(table.cells.begin(), table.cells.end(), [](const Cell& a, const Cell& b) {
    return std::tie(a.row, a.col) < std::tie(b.row, b.col);
  });
}

void CheckReferences(const Record& record) {
  const auto known = [&](int table) {
    return table >= 0 && static_cast<std::size_t>(table) < record.tables.size();
  };
  for (std::size_t i = 0; i < record.appendices.size(); ++i) {
    for (const int table : record.appendices[i].tables)
      if (!known(table))
        Refuse(fmt::format("/appendices/{}/tables", i), "không có bảng này", "there is no such table");
  }
  for (std::size_t i = 0; i < record.tasks.size(); ++i) {
    const Task& task = record.tasks[i];
    if (task.table && !known(*task.table))
      Refuse(fmt::format("/tasks/{}/table", i), "không có bảng này", "there is no such table");
    if (task.row && task.table &&
        (*task.row < 0 || *task.row >= record.tables[static_cast<std::size_t>(*task.table)].rows))
      Refuse(fmt::format("/tasks/{}/row", i), "bảng không có dòng này", "the table has no such row");
  }
}

bool IsSha256(const std::string& text) {
  return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

}  // namespace vanthu::record
