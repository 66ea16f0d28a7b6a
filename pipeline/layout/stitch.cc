#include "pipeline/layout/stitch.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "pipeline/layout/header_rows.h"
#include "pipeline/layout/list_marker.h"
#include "pipeline/layout/page_break.h"

namespace vanthu::layout {
namespace {

// Of the page's width. Measured: lines of one table on two pages differ by < 0.1 % (digital) and < 1 %
// (scans).
constexpr double kSameLine = 0.015;
// Odd and even margins and scans laid askew move a table by up to 2 cm.
constexpr double kMostShift = 0.10;

// A break whose signs nearly cancel out (odds below 3 to 1) leaves the cells on both sides doubtful: under
// the house's limit of 0.9.
constexpr double kDoubtfulEvidence = 1.1;
constexpr double kDoubtfulBreak = 0.8;

// The nearest line to `x`, if it is near enough.
std::optional<std::size_t> Match(const std::vector<double>& lines, double x, double tolerance) {
  const auto it = std::min_element(lines.begin(), lines.end(),
                                   [&](double a, double b) { return std::abs(a - x) < std::abs(b - x); });
  if (it == lines.end() || std::abs(*it - x) > tolerance) return std::nullopt;
  return static_cast<std::size_t>(it - lines.begin());
}

// Adds a column line to a table: the column it cuts becomes two, covered by the cells that covered it.
void InsertLine(TableDraft& table, double x) {
  const auto it = std::upper_bound(table.xs.begin(), table.xs.end(), x);
  const int column = static_cast<int>(it - table.xs.begin()) - 1;
  table.xs.insert(it, x);
  for (DraftCell& c : table.cells) {
    if (c.col > column)
      ++c.col;
    else if (c.right() > column)
      ++c.colspan;
  }
}

// What the cells of a column are like in both fragments.
struct Habit {
  double spans = 0.5;    // cells over several rows; half a cell of each kind is taken as seen
  double empties = 0.5;  // empty cells of one row
  double filled = 0.5;
};

Habit HabitOf(const TableDraft& above, const TableDraft& below, int column, int skip_row) {
  Habit habit;
  for (const TableDraft* t : {&above, &below})
    for (const DraftCell& c : t->cells) {
      if (c.col != column || c.colspan > 1 || c.row < t->header_rows || (t == &below && c.row <= skip_row))
        continue;
      (c.rowspan > 1 ? habit.spans : c.empty() ? habit.empties : habit.filled) += 1;
    }
  return habit;
}

// Log-likelihood ratio that a cell at the top of a page, in a row that was not cut, goes on with the one
// above.
double SpanEvidence(const DraftCell& over, const DraftCell& cell, const Habit& habit, double text_pt) {
  double sum = over.rowspan > 1 ? 1.5 : 0;
  if (cell.empty())
    return over.empty() ? 0 : sum + (cell.rowspan > 1 ? 2 : 0) + std::log(habit.spans / habit.empties);
  if (over.empty() || ReadOrdinal(cell.PlainText())) return -10;
  const CellPart& part = over.parts.back();
  const double left_free = part.lines.empty() ? part.box.height() : part.box.y1 - part.lines.back().box.y1;
  return sum + std::log(habit.spans / (habit.filled + habit.empties)) +
         (left_free > 1.6 * text_pt ? -3.5 : GoesOn(over, cell));
}

void JoinCell(DraftCell& over, DraftCell&& cell, int rows_shared) {
  over.rowspan += cell.rowspan - rows_shared;
  for (CellPart& part : cell.parts) over.parts.push_back(std::move(part));
}

// Which cells of the first row of `below` go on with the cells above them.
std::vector<bool> OpenSpans(const TableDraft& above, const std::vector<int>& cover, const TableDraft& below,
                            int first) {
  const auto columns = static_cast<std::size_t>(above.columns());
  const auto over_of = [&](const DraftCell& c) -> const DraftCell& {
    return above.cells[static_cast<std::size_t>(
        cover[static_cast<std::size_t>(above.rows - 1) * columns + static_cast<std::size_t>(c.col)])];
  };
  std::vector<bool> open(below.cells.size(), false);
  std::vector<std::size_t> undecided;
  for (std::size_t i = 0; i < below.cells.size(); ++i) {
    const DraftCell& c = below.cells[i];
    if (c.row != first) continue;
    const DraftCell& over = over_of(c);
    if (over.col != c.col || over.right() != c.right() || over.row < above.header_rows) continue;
    if (c.empty() && over.empty()) {
      undecided.push_back(i);
      continue;
    }
    open[i] = SpanEvidence(over, c, HabitOf(above, below, c.col, first), above.text_pt) > 0;
  }
  // An empty cell goes the way of a cell that covers the same rows.
  for (const std::size_t i : undecided) {
    const DraftCell& c = below.cells[i];
    if (over_of(c).rowspan == 1 && c.rowspan == 1) continue;
    for (std::size_t k = 0; k < below.cells.size(); ++k) {
      const DraftCell& d = below.cells[k];
      if (open[k] && d.row == c.row && d.rowspan == c.rowspan && over_of(d).row == over_of(c).row)
        open[i] = true;
    }
  }
  return open;
}

}  // namespace

bool SameColumns(const std::vector<double>& above, const std::vector<double>& below, double page_width_pt) {
  if (above.size() < 2 || below.size() < 2) return false;
  const double tolerance = kSameLine * page_width_pt;
  const double shift = above.front() - below.front();
  if (std::abs(shift) > kMostShift * page_width_pt) return false;
  if (std::abs(above.back() - below.back() - shift) > tolerance) return false;
  std::size_t matched = 0;
  for (const double x : below) matched += Match(above, x + shift, tolerance) ? 1 : 0;
  const std::size_t fewer = std::min(above.size(), below.size());
  // All lines of the one with fewer, or all but one of many: a fragment of a few rows may show a line of its
  // own.
  return matched >= fewer || (fewer >= 6 && matched + 1 >= fewer);
}

void Append(TableDraft& above, TableDraft below, double page_width_pt, double spare_pt) {
  const double tolerance = kSameLine * page_width_pt;
  const double shift = above.xs.front() - below.xs.front();
  for (const double x : below.xs)
    if (!Match(above.xs, x + shift, tolerance)) InsertLine(above, x + shift);
  std::vector<int> column_of;
  for (const double x : below.xs)
    column_of.push_back(static_cast<int>(*Match(above.xs, x + shift, tolerance)));
  // Two lines of a narrow column may find the same partner; then each keeps its rank.
  for (std::size_t i = 1; i < column_of.size(); ++i)
    column_of[i] = std::max(column_of[i], column_of[i - 1] + 1);
  for (std::size_t i = column_of.size(); i-- > 0;)
    column_of[i] = std::min(column_of[i], above.columns() - static_cast<int>(column_of.size() - 1 - i));

  int repeated = RepeatedRows(above, below);
  // A heading cell that spans rows is repeated as a whole.
  for (const DraftCell& c : below.cells)
    if (c.row < repeated) repeated = std::max(repeated, c.bottom());
  above.header_rows = std::max(above.header_rows, std::min(repeated, above.rows));
  above.places.insert(above.places.end(), below.places.begin(), below.places.end());
  if (repeated >= below.rows) return;

  const std::vector<double> fill = FillRates(above);
  const bool in_header = above.rows <= above.header_rows;
  const BreakSigns signs =
      in_header ? BreakSigns{} : WeighBreak(above, below, repeated, column_of, fill, spare_pt);
  for (DraftCell& c : below.cells) {
    const int right = column_of[static_cast<std::size_t>(c.right())];
    c.col = column_of[static_cast<std::size_t>(c.col)];
    c.colspan = right - c.col;
  }
  const std::vector<int> cover = CoverOf(above);
  const bool doubtful = !in_header && std::abs(signs.evidence) < kDoubtfulEvidence;
  const std::vector<bool> open = signs.cut || in_header ? std::vector<bool>(below.cells.size(), false)
                                                        : OpenSpans(above, cover, below, repeated);
  // A row in which no cell begins is none: it belongs to the one above.
  bool begins = false;
  for (std::size_t i = 0; i < below.cells.size(); ++i)
    begins = begins || (below.cells[i].row == repeated && !open[i]);
  const int shared = signs.cut || !begins ? 1 : 0;
  const int offset = above.rows - repeated - shared;
  const std::size_t last_row =
      static_cast<std::size_t>(above.rows - 1) * static_cast<std::size_t>(above.columns());
  for (std::size_t i = 0; i < below.cells.size(); ++i) {
    DraftCell& c = below.cells[i];
    if (c.row < repeated) continue;
    DraftCell& over =
        above.cells[static_cast<std::size_t>(cover[last_row + static_cast<std::size_t>(c.col)])];
    if (doubtful && c.row == repeated)
      over.confidence = c.confidence = std::min(over.confidence, kDoubtfulBreak);
    if (c.row == repeated && (signs.cut || open[i])) {
      JoinCell(over, std::move(c), shared);
      continue;
    }
    c.row += offset;
    above.cells.push_back(std::move(c));
  }
  above.bottom_open = below.bottom_open;
  above.rows += below.rows - repeated - shared;  // the cells stay in order: all new ones lie below
}

}  // namespace vanthu::layout
