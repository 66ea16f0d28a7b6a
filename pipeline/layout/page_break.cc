#include "pipeline/layout/page_break.h"

#include <algorithm>
#include <cmath>

#include "pipeline/base/unicode.h"
#include "pipeline/layout/list_marker.h"

namespace vanthu::layout {
namespace {

const Line* LastLine(const DraftCell& cell) {
  for (auto part = cell.parts.rbegin(); part != cell.parts.rend(); ++part)
    if (!part->lines.empty()) return &part->lines.back();
  return nullptr;
}
const Line* FirstLine(const DraftCell& cell) {
  for (const CellPart& part : cell.parts)
    if (!part.lines.empty()) return &part.lines.front();
  return nullptr;
}

enum class Start { kSmall, kCapital, kMarker, kDigit, kOther };

Start StartOf(const std::string& text) {
  if (FindMarker(text)) return Start::kMarker;
  const std::u32string codes = ToCodePoints(text.substr(0, 8));
  if (codes.empty()) return Start::kOther;
  const std::string first = FromCodePoints(codes.substr(0, 1));
  if (first[0] >= '0' && first[0] <= '9') return Start::kDigit;
  if (ToLower(first) != first) return Start::kCapital;
  if (ToUpper(first) != first) return Start::kSmall;
  return Start::kOther;
}

bool EndsSentence(const std::string& text) {
  return !text.empty() && std::string_view(".;!?").find(text.back()) != std::string_view::npos;
}

// The distance from the last line of a cell's last part to the bottom of that part.
double LeftFree(const DraftCell& cell) {
  const CellPart& part = cell.parts.back();
  return part.lines.empty() ? part.box.height() : part.box.y1 - part.lines.back().box.y1;
}

// A cell that begins in the first column and counts begins a row.
double OrdinalSign(const DraftCell& above, const DraftCell& below) {
  const auto next = ReadOrdinal(below.PlainText());
  if (!next) return 0;
  const auto before = ReadOrdinal(above.PlainText());
  if (before && before->kind == next->kind && next->value == before->value + 1) return -9;
  return -6;
}

}  // namespace

std::vector<double> FillRates(const TableDraft& table) {
  const auto columns = static_cast<std::size_t>(table.columns());
  std::vector<double> filled(columns, 0), seen(columns, 0);
  for (const DraftCell& c : table.cells) {
    if (c.row < table.header_rows || c.colspan > 1) continue;
    seen[static_cast<std::size_t>(c.col)] += 1;
    filled[static_cast<std::size_t>(c.col)] += c.empty() ? 0 : 1;
  }
  // One row of each kind is taken as seen, so that few rows prove little.
  for (std::size_t i = 0; i < columns; ++i) filled[i] = (filled[i] + 1) / (seen[i] + 2);
  return filled;
}

double GoesOn(const DraftCell& above, const DraftCell& below) {
  const Line* last = LastLine(above);
  const Line* first = FirstLine(below);
  if (last == nullptr || first == nullptr) return 0;
  double sum = 0;
  switch (StartOf(first->text)) {
    case Start::kSmall:
      sum += 3.5;
      break;  // a cell that begins with a small letter is one in fifty
    case Start::kCapital:
      sum -= 1.3;
      break;  // a wrapped line begins with a capital one time in five
    case Start::kMarker:
      sum += 0.4;
      break;
    case Start::kDigit:
      sum += 0;
      break;
    case Start::kOther:
      sum += 1;
      break;  // a bracket, a quotation mark, a comma
  }
  const bool item = StartOf(first->text) == Start::kMarker;
  if (!EndsSentence(last->text) && !item) {
    // Cut inside a sentence the last line is full; a cell that ended there is seldom so.
    const CellPart& part = above.parts.back();
    const double room = part.inner_pt - last->box.width();
    sum += HadRoom(room, *last, *first) ? -2.0 : 1.0;
  } else if (EndsSentence(last->text) && !item) {
    sum -= 0.3;
  }
  return sum;
}

BreakSigns WeighBreak(const TableDraft& above, const TableDraft& below, int below_row,
                      const std::vector<int>& column_of, const std::vector<double>& fill, double spare_pt) {
  BreakSigns signs;
  const std::vector<int> cover = CoverOf(above);
  const auto columns = static_cast<std::size_t>(above.columns());
  const auto last_row = static_cast<std::size_t>(above.rows - 1) * columns;
  const double line_pt = 1.2 * above.text_pt;
  double sum = 0;
  for (const DraftCell& cell : below.cells) {
    if (cell.row != below_row) continue;
    const auto from = static_cast<std::size_t>(column_of[static_cast<std::size_t>(cell.col)]);
    const auto to = static_cast<std::size_t>(column_of[static_cast<std::size_t>(cell.right())]);
    const DraftCell& over = above.cells[static_cast<std::size_t>(cover[last_row + from])];
    // A row that was cut has the same cells on both sides.
    if (over.col != static_cast<int>(from) || over.right() != static_cast<int>(to)) {
      signs.evidence = -20;
      return signs;
    }
    if (from == 0) sum += OrdinalSign(over, cell);
    // Where a cell spans rows it goes on whether or not the row was cut.
    const bool leaf = over.rowspan == 1 || cell.rowspan == 1;
    const double rate = over.colspan == 1 ? fill[from] : 0.9;
    if (cell.empty()) {
      if (leaf && over.rowspan == 1) sum += over.empty() ? 0 : std::log(0.6 / (1.02 - rate));
    } else if (over.empty()) {
      // Text that is set in the middle of a cell may stand on the second page alone; a whole row that leaves
      // this column empty is as rare as the column is filled.
      if (over.rowspan == 1) sum += std::log(0.05 / (std::max(0.05, rate) * (1.05 - rate)));
    } else if (over.rowspan == 1) {
      sum += LeftFree(over) > 1.3 * line_pt ? -3.5 : GoesOn(over, cell);
    }
  }
  // Word and LibreOffice close the row at the break; who draws no rule there says that it goes on.
  constexpr double kNoRule = 3;
  if (!above.recognised && above.bottom_open) sum += below.top_open && below_row == 0 ? 2 * kNoRule : kNoRule;
  // A row is cut only because the page is full.
  if (spare_pt > 3 * line_pt) sum -= 3;
  signs.evidence = sum;
  signs.cut = sum > 0;
  return signs;
}

}  // namespace vanthu::layout
