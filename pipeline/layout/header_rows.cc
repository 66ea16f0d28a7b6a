#include "pipeline/layout/header_rows.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "pipeline/base/unicode.h"
#include "pipeline/layout/list_marker.h"

namespace vanthu::layout {
namespace {

// A printed heading deeper than this was not met; the NĐ 30 report forms have four rows.
constexpr int kDeepest = 6;
// Of two texts taken for the same heading: 1 - normalised distance.
constexpr double kAlikeDigital = 0.9;
constexpr double kAlikeRecognised = 0.75;

std::vector<const DraftCell*> CellsOf(const TableDraft& draft, int row) {
  std::vector<const DraftCell*> cells;
  for (const DraftCell& c : draft.cells)
    if (c.row == row) cells.push_back(&c);
  return cells;
}

// "(5)=(3)+(4)", "1", "A": nothing but numbers, single letters and signs.
bool IsColumnNumber(const std::string& text) {
  if (text.empty() || text.size() > 24) return false;
  int digits = 0, letters = 0, others = 0;
  for (const char c : text) {
    if (c >= '0' && c <= '9')
      ++digits;
    else if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
      ++letters;
    else if (std::string_view("()[]=+-*/: .%").find(c) == std::string_view::npos)
      ++others;
  }
  return others == 0 && letters <= 2 && (digits > 0 || letters == 1);
}

bool IsCentred(const DraftCell& cell, double text_pt) {
  for (const CellPart& part : cell.parts)
    for (const Line& line : part.lines)
      if (std::abs((line.box.x0 - part.box.x0) - (part.box.x1 - line.box.x1)) > 0.8 * text_pt) return false;
  return true;
}

struct RowForm {
  int filled = 0;
  int bold = 0;
  int centred = 0;
  int unknown_weight = 0;
  bool ordinal_first = false;  // its first column counts
  bool group = false;          // one cell over most columns
};

RowForm FormOf(const TableDraft& draft, int row) {
  RowForm form;
  int widest = 0;
  for (const DraftCell* c : CellsOf(draft, row)) {
    widest = std::max(widest, c->colspan);
    if (c->empty()) continue;
    ++form.filled;
    bool bold = true, unknown = false;
    for (const CellPart& part : c->parts)
      for (const Line& line : part.lines) {
        unknown = unknown || !line.bold.has_value();
        bold = bold && line.bold.value_or(false);
      }
    form.unknown_weight += unknown ? 1 : 0;
    form.bold += bold && !unknown ? 1 : 0;
    form.centred += IsCentred(*c, draft.text_pt) ? 1 : 0;
    if (c->col == 0 && ReadOrdinal(c->PlainText())) form.ordinal_first = true;
  }
  form.group = form.filled <= 2 && widest >= 2 && widest * 2 > draft.columns();
  return form;
}

bool Alike(const std::string& a, const std::string& b, double least) {
  const std::string x = MatchKey(a), y = MatchKey(b);
  if (x == y) return true;
  const double longer = static_cast<double>(std::max(x.size(), y.size()));
  if (static_cast<double>(std::min(x.size(), y.size())) < 0.5 * longer || longer > 2000) return false;
  return 1 - NormalisedDistance(x, y) >= least;
}

// The columns of two fragments may be numbered apart; cells are compared in order.
bool SameRow(const TableDraft& a, int row_a, const TableDraft& b, int row_b, double least) {
  const auto filled = [](const TableDraft& t, int row) {
    std::vector<std::string> texts;
    for (const DraftCell* c : CellsOf(t, row))
      if (!c->empty()) texts.push_back(c->PlainText());
    return texts;
  };
  const std::vector<std::string> x = filled(a, row_a), y = filled(b, row_b);
  if (x.empty() || x.size() != y.size()) return false;
  // In recognised tables one spoilt cell in four may fail.
  const std::size_t may_fail = a.recognised || b.recognised ? x.size() / 4 : 0;
  std::size_t failed = 0;
  for (std::size_t i = 0; i < x.size(); ++i) failed += Alike(x[i], y[i], least) ? 0 : 1;
  return failed <= may_fail;
}

// Nothing but a few signs in any cell of the row: what "(1)" alone in its cell may be read as.
bool HoldsMarksOnly(const TableDraft& draft, int row) {
  constexpr std::size_t kMark = 4;
  for (const DraftCell* c : CellsOf(draft, row))
    if (ToCodePoints(c->PlainText()).size() > kMark || c->colspan > 1) return false;
  return true;
}

// A row of column numbers that was read badly: signs only, and two cells at least still say their own column.
bool IsWornNumberRow(const TableDraft& draft, int row) {
  if (!draft.recognised || row == 0 || !HoldsMarksOnly(draft, row)) return false;
  int right = 0;
  for (const DraftCell* c : CellsOf(draft, row)) {
    const auto ordinal = ReadOrdinal(c->PlainText());
    if (ordinal && ordinal->kind == MarkerKind::kNumber && ordinal->value == c->col + 1) ++right;
  }
  return right >= 2 && right * 3 >= draft.columns();
}

}  // namespace

bool IsNumberRow(const TableDraft& draft, int row) {
  int numbers = 0, filled = 0;
  std::optional<int> previous;
  bool rising = true;
  for (const DraftCell* c : CellsOf(draft, row)) {
    if (c->empty()) continue;
    ++filled;
    const std::string text = c->PlainText();
    if (!IsColumnNumber(text)) return false;
    const auto ordinal = ReadOrdinal(text);
    if (!ordinal || ordinal->kind != MarkerKind::kNumber) continue;
    ++numbers;
    if (previous && ordinal->value != *previous + 1 && ordinal->value <= *previous) rising = false;
    previous = ordinal->value;
  }
  return rising && numbers >= 2 && filled >= 3 && filled * 3 >= draft.columns() * 2;
}

int CountHeaderRows(const TableDraft& draft) {
  if (draft.rows < 2) return 0;
  const int most = std::min(draft.rows - 1, kDeepest);
  // A number row ends the heading, whatever stands above it.
  for (int row = 0; row < most; ++row)
    if (IsNumberRow(draft, row) || IsWornNumberRow(draft, row)) return row + 1;

  const RowForm first = FormOf(draft, 0);
  if (first.filled == 0 || first.ordinal_first) return 0;
  if (first.group && first.filled == 1 && draft.columns() > 2) {
    // One cell over the whole width: the table's title, if a heading follows; else a group row of a table
    // without.
    const RowForm second = FormOf(draft, 1);
    if (second.ordinal_first || second.filled < 2 ||
        (second.bold < second.filled && second.unknown_weight == 0))
      return 0;
  }
  const bool known = first.unknown_weight == 0;
  const bool looks = known ? first.bold * 2 > first.filled : first.centred * 3 >= first.filled * 2;
  const RowForm below = FormOf(draft, 1);
  const bool counts_below = below.ordinal_first || below.group;
  if (!looks && !(counts_below && first.filled * 2 > draft.columns() && first.centred * 2 > first.filled)) {
    if (!(counts_below && first.filled >= draft.columns() - 1)) return 0;
  }

  // Down to where no cell of the heading reaches further.
  int rows = 1;
  for (int row = 0; row < rows && rows < most; ++row)
    for (const DraftCell* c : CellsOf(draft, row)) rows = std::max(rows, c->bottom());
  rows = std::min(rows, most);
  // Below a cell that spans columns its parts are named.
  bool spans = false;
  for (const DraftCell* c : CellsOf(draft, rows - 1)) spans = spans || (c->colspan > 1 && !c->empty());
  while (spans && rows < most) {
    const RowForm next = FormOf(draft, rows);
    if (next.ordinal_first || next.group || next.filled < 2 || (known && next.bold < next.filled)) break;
    ++rows;
    spans = false;
    for (const DraftCell* c : CellsOf(draft, rows - 1)) spans = spans || (c->colspan > 1 && !c->empty());
  }
  return rows;
}

namespace {

// Below a repeated heading: the numbers of its columns, read badly in one of the two places or in both.
bool SameNumberRow(const TableDraft& a, int row_a, const TableDraft& b, int row_b) {
  if (!a.recognised || !b.recognised || !HoldsMarksOnly(a, row_a) || !HoldsMarksOnly(b, row_b)) return false;
  const auto numbers = [](const TableDraft& t, int row) {
    return IsNumberRow(t, row) || IsWornNumberRow(t, row);
  };
  return numbers(a, row_a) || numbers(b, row_b);
}

}  // namespace

int RepeatedRows(const TableDraft& table, const TableDraft& draft) {
  const double least = table.recognised || draft.recognised ? kAlikeRecognised : kAlikeDigital;
  const int known = std::max(table.header_rows, 1);
  int best = 0;
  for (int start = 0; start < known; ++start) {
    int n = 0;
    while (
        n < draft.rows && start + n < std::min(table.rows, kDeepest) &&
        (SameRow(table, start + n, draft, n, least) || (n > 0 && SameNumberRow(table, start + n, draft, n))))
      ++n;
    best = std::max(best, n);
    if (n > 0) break;
  }
  return best;
}

}  // namespace vanthu::layout
