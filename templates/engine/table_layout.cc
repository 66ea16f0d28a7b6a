// Input: a checked table. Output: its cells on pages. Method: a cell's height counts where its last row is
// placed: that row is as high as what the cell still needs below the rows it has had on this page. So spans,
// divided rows and what is left of a cell on a new page follow one rule, and nothing is computed twice. Each
// page costs the cells on it. Where it fails: text of a column narrower than a letter lies over its neighbour
// (it is never lost).
#include "templates/engine/table_layout.h"

#include <algorithm>
#include <numeric>

namespace vanthu::templates {
namespace {

constexpr std::uint32_t kFewestLines = 2;     // of a divided cell on either side of a page break
constexpr double kMostHeaderShare = 1.0 / 3;  // of a page: a higher header is not repeated
constexpr double kHeightSlackPt = 0.001;      // of sums of lines

// Counting sort of cells by a row: `order` lists them, row r's from starts[r] to starts[r + 1].
template <typename RowOf>
void SortByRow(std::size_t cells, int rows, RowOf row_of, std::vector<std::uint32_t>& order,
               std::vector<std::uint32_t>& starts) {
  starts.assign(static_cast<std::size_t>(rows) + 2, 0);
  for (std::uint32_t i = 0; i < cells; ++i) ++starts[static_cast<std::size_t>(row_of(i)) + 2];
  std::partial_sum(starts.begin(), starts.end(), starts.begin());
  order.resize(cells);
  for (std::uint32_t i = 0; i < cells; ++i) order[starts[static_cast<std::size_t>(row_of(i)) + 1]++] = i;
  starts.pop_back();
}

Scope ScopeOf(const Table& table, const TableCell& cell) {
  return cell.row < table.header_rows ? Scope::kColumn : Scope::kRow;
}

}  // namespace

Result<TableLayout> TableLayout::Begin(const Table& table, double x_pt, double width_pt, const Where& where,
                                       Shaper& shaper, StructureTree& tree, std::uint32_t parent) {
  TableLayout layout;
  layout.table_ = &table;
  layout.x_ = x_pt;
  const double sum = std::accumulate(table.column_shares.begin(), table.column_shares.end(), 0.0);
  double at = 0;
  layout.edges_.push_back(x_pt);
  for (const double share : table.column_shares)
    layout.edges_.push_back(x_pt + width_pt * (at += share) / sum);
  layout.IndexRows();
  const std::uint32_t element = tree.Add(Tag::kTable, parent);
  if (!table.summary.empty()) tree.summaries[element] = table.summary;
  if (Status laid = layout.LayCells(where, shaper, tree, element); !laid) return Fail(laid.error());
  layout.tops_.resize(static_cast<std::size_t>(table.rows) + 1);
  double top = 0;
  for (int row = 0; row < table.header_rows; ++row) {
    layout.header_tops_.push_back(top);
    top += layout.Place(0, row, top);
  }
  layout.header_tops_.push_back(top);
  return layout;
}

void TableLayout::IndexRows() {
  const std::size_t count = table_->cells.size();
  cells_.resize(count);
  SortByRow(
      count, table_->rows, [this](std::uint32_t i) { return Cell(i).row; }, by_first_row_, first_row_at_);
  for (int row = 0; row < table_->rows; ++row)  // read from left to right
    std::sort(by_first_row_.begin() + first_row_at_[static_cast<std::size_t>(row)],
              by_first_row_.begin() + first_row_at_[static_cast<std::size_t>(row) + 1],
              [this](std::uint32_t a, std::uint32_t b) { return Cell(a).column < Cell(b).column; });
  SortByRow(
      count, table_->rows, [this](std::uint32_t i) { return LastRow(i); }, by_last_row_, last_row_at_);
}

Status TableLayout::LayCells(const Where& where, Shaper& shaper, StructureTree& tree, std::uint32_t element) {
  std::uint32_t group = 0, row_element = 0;
  int row = -1;
  for (const std::uint32_t index : by_first_row_) {
    const TableCell& cell = Cell(index);
    while (row < cell.row) {  // rows that hold only other rows' spans have an element too
      ++row;
      if (row == 0 || row == table_->header_rows)
        group = tree.Add(row < table_->header_rows ? Tag::kTHead : Tag::kTBody, element);
      row_element = tree.Add(Tag::kTR, group);
    }
    const bool heads = cell.header || cell.row < table_->header_rows;
    const std::uint32_t cell_element = tree.Add(heads ? Tag::kTH : Tag::kTD, row_element);
    if (heads) tree.At(cell_element).scope = ScopeOf(*table_, cell);
    tree.At(cell_element).column_span = static_cast<std::uint16_t>(cell.column_span);
    tree.At(cell_element).row_span = static_cast<std::uint32_t>(cell.row_span);
    const double width =
        ColumnX(cell.column + cell.column_span) - ColumnX(cell.column) - 2 * table_->padding_pt;
    const bool direct = cell.paragraphs.size() == 1 && cell.paragraphs[0].role == Role::kParagraph;
    Where here = where;
    here.row = cell.row;
    here.column = cell.column;
    cells_[index].first_line = static_cast<std::uint32_t>(lines_.lines.size());
    double top = 0;
    for (const Paragraph& paragraph : cell.paragraphs) {
      const ParagraphElement own = direct ? cell_element : tree.AddParagraph(paragraph, cell_element);
      const Result<double> end =
          LayParagraph(paragraph, width, top + paragraph.space_before_pt, own, here, shaper, lines_);
      if (!end) return Fail(end.error());
      top = *end + paragraph.space_after_pt;
    }
    cells_[index].count = static_cast<std::uint32_t>(lines_.lines.size()) - cells_[index].first_line;
  }
  while (++row < table_->rows) {
    if (row == 0 || row == table_->header_rows)
      group = tree.Add(row < table_->header_rows ? Tag::kTHead : Tag::kTBody, element);
    tree.Add(Tag::kTR, group);
  }
  return {};
}

bool TableLayout::MayBreakBefore(int row) const {
  if (row <= 0) return true;
  if (row <= table_->header_rows) return false;  // the header stays with the first row
  if (table_->row_kinds.empty()) return true;
  return table_->row_kinds[static_cast<std::size_t>(row) - 1] == RowKind::kBody;
}

double TableLayout::RepeatedHeader(int row, double body_pt) const {
  if (row < table_->header_rows || table_->header_rows == 0) return 0;
  return header_tops_.back() <= body_pt * kMostHeaderShare ? header_tops_.back() : 0;
}

// From the cell's top on this page to the end of its text, paddings included.
double TableLayout::Remaining(std::uint32_t index) const {
  const CellLines& cell = cells_[index];
  return HeightOfLines(index, cell.count - cell.done);
}

double TableLayout::HeightOfLines(std::uint32_t index, std::uint32_t count) const {
  const CellLines& cell = cells_[index];
  const double padding = 2 * table_->padding_pt;
  if (count == 0) return padding;
  const Line* lines = &lines_.lines[cell.first_line];
  const double start = cell.done == 0 ? 0 : lines[cell.done].top_pt;
  return padding + lines[cell.done + count - 1].bottom_pt - start;
}

double TableLayout::Place(int first, int row, double top_pt) {
  const auto at = static_cast<std::size_t>(row);
  tops_[at] = top_pt;
  double height = 2 * table_->padding_pt;
  for (std::uint32_t i = last_row_at_[at]; i < last_row_at_[at + 1]; ++i) {
    const std::uint32_t index = by_last_row_[i];
    const double above = top_pt - tops_[static_cast<std::size_t>(std::max(Cell(index).row, first))];
    height = std::max(height, Remaining(index) - above);
  }
  tops_[at + 1] = top_pt + height;
  return height;
}

// How many of the cell's remaining lines go into `height_pt`.
std::uint32_t TableLayout::Fitting(std::uint32_t index, double height_pt, bool strictly) const {
  const CellLines& cell = cells_[index];
  const std::uint32_t left = cell.count - cell.done;
  if (left == 0) return 0;
  const Line* lines = &lines_.lines[cell.first_line + cell.done];
  const double start = cell.done == 0 ? 0 : lines[0].top_pt;
  const double limit = start + height_pt - 2 * table_->padding_pt + kHeightSlackPt;
  const Line* end = std::upper_bound(lines, lines + left, limit,
                                     [](double value, const Line& line) { return value < line.bottom_pt; });
  const auto fit = static_cast<std::uint32_t>(end - lines);
  if (fit >= left || !strictly) return fit;
  const std::uint32_t kept = std::min(fit, left < kFewestLines ? 0 : left - kFewestLines);
  return kept < kFewestLines ? 0 : kept;
}

double TableLayout::Divide(int first, int row, double room_pt, bool strictly) const {
  const auto at = static_cast<std::size_t>(row);
  double used = 0;
  bool progress = false;
  for (std::uint32_t i = last_row_at_[at]; i < last_row_at_[at + 1]; ++i) {
    const std::uint32_t index = by_last_row_[i];
    const double above = tops_[at] - tops_[static_cast<std::size_t>(std::max(Cell(index).row, first))];
    const std::uint32_t left = cells_[index].count - cells_[index].done;
    const std::uint32_t fit = Fitting(index, above + room_pt, strictly);
    if (strictly && fit < left && fit == 0) return 0;
    progress = progress || fit > 0;
    used = std::max(used, HeightOfLines(index, fit) - above);
  }
  return progress && used <= room_pt + kHeightSlackPt ? used : 0;
}

void TableLayout::EmitCell(std::uint32_t index, double y0, double y1, std::uint32_t count, bool artifact,
                           bool centred, Page& page) const {
  const CellLines& cell = cells_[index];
  if (count == 0) return;
  const std::uint32_t begin = artifact ? 0 : cell.done;
  const Line* lines = &lines_.lines[cell.first_line];
  const double start = begin == 0 ? 0 : lines[begin].top_pt;
  const double left = ColumnX(Cell(index).column) + table_->padding_pt;
  double top = y0 + table_->padding_pt - start;
  if (centred)
    top +=
        std::max(0.0, (y1 - y0 - 2 * table_->padding_pt - (lines[begin + count - 1].bottom_pt - start)) / 2);
  for (std::uint32_t i = begin; i < begin + count; ++i) {
    const Line& line = lines[i];
    page.texts.push_back({&lines_, cell.first_line + i, artifact ? kArtifact : line.element, left + line.x_pt,
                          top + line.top_pt + line.baseline_pt});
    if (line.rule_pt > 0) {
      const double y = top + line.bottom_pt - kRuleRoomPt / 2;
      page.rules.push_back({left + line.rule_x_pt, y, left + line.rule_x_pt + line.rule_pt, y, kTextRulePt});
    }
  }
}

void TableLayout::AddEdges(std::uint32_t index, double y0, double y1, std::vector<Edge>& across,
                           std::vector<Edge>& down) const {
  const double x0 = ColumnX(Cell(index).column);
  const double x1 = ColumnX(Cell(index).column + Cell(index).column_span);
  across.push_back({y0, x0, x1});
  across.push_back({y1, x0, x1});
  down.push_back({x0, y0, y1});
  down.push_back({x1, y0, y1});
}

// Edges that meet or lie over each other become one stroke.
void TableLayout::DrawEdges(std::vector<Edge>& across, std::vector<Edge>& down, Page& page) const {
  if (table_->rule_pt <= 0) return;
  for (std::vector<Edge>* edges : {&across, &down}) {
    std::sort(edges->begin(), edges->end(),
              [](const Edge& a, const Edge& b) { return a.at != b.at ? a.at < b.at : a.from < b.from; });
    for (std::size_t i = 0; i < edges->size();) {
      Edge whole = (*edges)[i];
      for (++i; i < edges->size() && (*edges)[i].at == whole.at && (*edges)[i].from <= whole.to; ++i)
        whole.to = std::max(whole.to, (*edges)[i].to);
      if (edges == &across)
        page.rules.push_back({whole.from, whole.at, whole.to, whole.at, table_->rule_pt});
      else
        page.rules.push_back({whole.at, whole.from, whole.at, whole.to, table_->rule_pt});
    }
  }
}

void TableLayout::Emit(int first, int last, double last_height_pt, bool divided, bool strictly, double top_pt,
                       Page& page) {
  tops_[static_cast<std::size_t>(last) + 1] = tops_[static_cast<std::size_t>(last)] + last_height_pt;
  std::vector<Edge> across, down;
  std::vector<std::uint32_t> still_open;
  const auto emit = [&](std::uint32_t index) {
    const int end = std::min(LastRow(index), last);
    const double y0 = top_pt + tops_[static_cast<std::size_t>(std::max(Cell(index).row, first))];
    const double y1 = top_pt + tops_[static_cast<std::size_t>(end) + 1];
    const bool goes_on = LastRow(index) > last || (LastRow(index) == last && divided);
    CellLines& cell = cells_[index];
    const std::uint32_t left = cell.count - cell.done;
    const std::uint32_t count = goes_on ? Fitting(index, y1 - y0, strictly || LastRow(index) > last) : left;
    const bool centred = Cell(index).row < table_->header_rows && cell.done == 0 && count == left;
    EmitCell(index, y0, y1, count, false, centred, page);
    AddEdges(index, y0, y1, across, down);
    cell.done += count;
    if (goes_on) still_open.push_back(index);
  };
  for (const std::uint32_t index : open_) emit(index);
  for (std::uint32_t i = first_row_at_[static_cast<std::size_t>(first)];
       i < first_row_at_[static_cast<std::size_t>(last) + 1]; ++i)
    if (Cell(by_first_row_[i]).row > first || !resumed_) emit(by_first_row_[i]);
  open_ = std::move(still_open);
  resumed_ = divided;
  DrawEdges(across, down, page);
}

void TableLayout::EmitRepeatedHeader(double top_pt, Page& page) const {
  std::vector<Edge> across, down;
  for (std::uint32_t i = 0; i < first_row_at_[static_cast<std::size_t>(table_->header_rows)]; ++i) {
    const std::uint32_t index = by_first_row_[i];
    const double y0 = top_pt + header_tops_[static_cast<std::size_t>(Cell(index).row)];
    const double y1 = top_pt + header_tops_[static_cast<std::size_t>(LastRow(index)) + 1];
    EmitCell(index, y0, y1, cells_[index].count, true, true, page);
    AddEdges(index, y0, y1, across, down);
  }
  DrawEdges(across, down, page);
}

}  // namespace vanthu::templates
