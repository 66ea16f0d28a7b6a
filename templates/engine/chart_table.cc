#include "templates/engine/chart_table.h"

namespace vanthu::templates {
namespace {

TableCell CellOf(int row, int column, const std::string& text, double size_pt, bool header) {
  TableCell cell{row, column, 1, 1, {}, header};
  Paragraph paragraph;
  paragraph.size_pt = size_pt;
  paragraph.align = column == 0 ? Align::kLeft : Align::kCentre;
  if (!text.empty()) paragraph.runs.push_back({text, row == 0, false, false, std::nullopt});
  cell.paragraphs.push_back(std::move(paragraph));
  return cell;
}

}  // namespace

Table ChartTable(const Chart& chart) {
  constexpr double kLabelShare = 0.4;  // of the width, looked at on a page
  Table table;
  const int columns = static_cast<int>(chart.series.size()) + 1;
  table.column_shares.assign(static_cast<std::size_t>(columns), (1 - kLabelShare) / (columns - 1));
  table.column_shares[0] = kLabelShare;
  table.header_rows = 1;
  table.rows = 1 + static_cast<int>(chart.groups.size());
  table.row_kinds.assign(static_cast<std::size_t>(table.rows), RowKind::kBody);
  table.summary = chart.alt;
  table.cells.push_back(CellOf(0, 0, "", chart.size_pt, true));
  for (int column = 1; column < columns; ++column)
    table.cells.push_back(
        CellOf(0, column, chart.series[static_cast<std::size_t>(column - 1)], chart.size_pt, true));
  int row = 0;
  for (const ChartGroup& group : chart.groups) {
    table.cells.push_back(CellOf(++row, 0, group.label, chart.size_pt, false));
    for (int column = 1; column < columns; ++column) {
      const auto& value = group.values[static_cast<std::size_t>(column - 1)];
      table.cells.push_back(CellOf(row, column, value ? value->text : "", chart.size_pt, false));
    }
  }
  return table;
}

}  // namespace vanthu::templates
