#include "templates/forms/row_placer.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace vanthu::templates {

int SpanOf(const FormElement& cell, const char* attribute) {
  int span = 1;
  const std::string text = cell.Attribute(attribute, "1");
  std::from_chars(text.data(), text.data() + text.size(), span);
  return std::max(1, span);
}

Message PastLastRow(int rows, int left) {
  return {
      fmt::format("ô kéo {} hàng (rows), vượt quá hàng cuối của bảng: từ đây chỉ còn {} hàng", rows, left),
      fmt::format("the cell covers {} rows, past the table's last row: from here there are {}", rows, left)};
}

int RowPlacer::Taken() const {
  return static_cast<int>(std::ranges::count_if(columns_, [](const Open& open) { return open.rows > 0; }));
}

bool RowPlacer::IsFree(int column, int span) const {
  const int columns = static_cast<int>(columns_.size());
  if (span > columns - column) return false;
  const auto first = columns_.begin() + column;
  return std::all_of(first, first + span, [](const Open& open) { return open.rows == 0; });
}

void RowPlacer::EndRow() {
  for (Open& open : columns_) open.rows = std::max(0, open.rows - 1);
}

std::vector<int> RowPlacer::Place(const FormElement& row) {
  const int columns = static_cast<int>(columns_.size()), taken = Taken();
  int covered = taken;
  for (const FormElement& child : row.children)
    if (child.kind == ElementKind::kCell) covered += SpanOf(child, "span");
  if (covered != columns) {
    Message message{fmt::format("hàng có {} ô, bảng có {} cột", covered, columns),
                    fmt::format("the row covers {} columns of {}", covered, columns)};
    if (taken > 0) {
      message.vi += fmt::format(" ({} ô kéo từ hàng trên xuống)", taken);
      message.en += fmt::format(" ({} by cells of rows above)", taken);
    }
    fault_(row, std::move(message));
  }
  std::vector<int> placed;
  int column = 0;
  for (const FormElement& child : row.children) {
    if (child.kind != ElementKind::kCell) continue;
    while (column < columns && columns_[static_cast<std::size_t>(column)].rows > 0) ++column;
    const int span = SpanOf(child, "span");
    if (!IsFree(column, span)) {
      if (covered == columns)
        fault_(child, {"ô này chồng lên ô kéo từ hàng trên xuống", "the cell runs into one of a row above"});
      placed.push_back(-1);
      continue;
    }
    placed.push_back(column);
    for (int i = 0; i < span; ++i, ++column)
      columns_[static_cast<std::size_t>(column)] = {&child, SpanOf(child, "rows")};
  }
  EndRow();
  return placed;
}

void RowPlacer::PlaceWhole(const FormElement& row) {
  if (Taken() > 0)
    fault_(row, {"hàng nhóm (groups) chen vào giữa một ô kéo nhiều hàng (rows)",
                 "a row of groups comes between the rows that a cell covers"});
  EndRow();
}

void RowPlacer::End() {
  const FormElement* last = nullptr;
  for (const Open& open : columns_) {
    if (open.rows == 0 || open.cell == last) continue;
    last = open.cell;
    const int rows = SpanOf(*last, "rows");
    fault_(*last, PastLastRow(rows, rows - open.rows));
  }
}

}  // namespace vanthu::templates
