#include "pipeline/layout/reading_order.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "pipeline/layout/columns.h"
#include "pipeline/layout/list_marker.h"

namespace vanthu::layout {
namespace {

// The lines of one side of a band.
std::vector<Line> SideLines(std::vector<Row>& rows, const Band& band, bool left, int page) {
  std::vector<Line> lines;
  for (std::size_t r = band.first; r < band.last; ++r) {
    std::vector<Word> words;
    for (Word& w : rows[r].words)
      if ((w.box.centre_x() < band.gutter_pt) == left) words.push_back(w);
    if (!words.empty()) lines.push_back(MakeLine(std::move(words), page));
  }
  return lines;
}

// Where a rule under a column's upper lines parts them from the lower ones: the number of upper lines, 0 if
// none.
std::size_t RuleCut(const std::vector<Line>& lines, const std::vector<Ruling>& rules) {
  double left = lines.front().box.x0, right = lines.front().box.x1;
  for (const Line& l : lines) {
    left = std::min(left, l.box.x0);
    right = std::max(right, l.box.x1);
  }
  for (const Ruling& rule : rules) {
    if (!rule.horizontal) continue;
    const double middle = (rule.start_pt + rule.end_pt) / 2;
    if (middle < left || middle > right || rule.end_pt - rule.start_pt > 1.1 * (right - left)) continue;
    std::size_t above = 0;
    while (above < lines.size() && lines[above].baseline_pt < rule.position_pt) ++above;
    // A rule between two lines, near under the upper one: an underlined word in the middle does not count.
    if (above > 0 && rule.position_pt - lines[above - 1].baseline_pt < 1.6 * lines[above - 1].font_size_pt &&
        rule.position_pt < lines.back().baseline_pt + 1.6 * lines.back().font_size_pt)
      return above;
  }
  return 0;
}

// Without a rule: where bold type ends, italic begins, or the pitch jumps.
std::size_t StyleCut(const std::vector<Line>& lines) {
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const Line& a = lines[i - 1];
    const Line& b = lines[i];
    if (a.bold.value_or(false) && b.bold.has_value() && !*b.bold) return i;
    if (a.italic.has_value() && !*a.italic && b.italic.value_or(false)) return i;
  }
  std::size_t widest = 0;
  double most = 0, least = 1e9;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const double pitch = lines[i].baseline_pt - lines[i - 1].baseline_pt;
    least = std::min(least, pitch);
    if (pitch > most) {
      most = pitch;
      widest = i;
    }
  }
  return widest > 0 && (most > 1.3 * least || (lines.size() == 2 && most > 1.6 * lines[0].font_size_pt))
             ? widest
             : 0;
}

std::size_t Cut(const std::vector<Line>& lines, const std::vector<Ruling>& rules) {
  if (lines.empty()) return 0;
  if (const std::size_t n = RuleCut(lines, rules); n > 0) return n;
  if (const std::size_t n = StyleCut(lines); n > 0) return n;
  return lines.size();
}

void Push(std::vector<Block>& blocks, std::vector<Line> lines, Region region) {
  if (!lines.empty()) blocks.push_back({std::move(lines), region, -1});
}

std::vector<Line> Take(std::vector<Line>& lines, std::size_t from, std::size_t to) {
  return {std::make_move_iterator(lines.begin() + static_cast<std::ptrdiff_t>(from)),
          std::make_move_iterator(lines.begin() + static_cast<std::ptrdiff_t>(to))};
}

// Agency, motto, number, place and date, then what else stands on the left ("V/v ...").
void PushHeading(std::vector<Block>& blocks, std::vector<Line> left, std::vector<Line> right,
                 const std::vector<Ruling>& rules) {
  const std::size_t left_cut = Cut(left, rules);
  std::size_t right_cut = Cut(right, rules);
  // A lower line on one side only: its partner is the line beside it.
  if (left_cut < left.size() && right_cut == right.size() && right.size() > 1 &&
      right.back().baseline_pt > left[left_cut].baseline_pt - left[left_cut].font_size_pt)
    right_cut = right.size() - 1;
  Push(blocks, Take(left, 0, left_cut), Region::kLeft);
  Push(blocks, Take(right, 0, right_cut), Region::kRight);
  if (left_cut < left.size()) Push(blocks, Take(left, left_cut, left_cut + 1), Region::kLeft);
  Push(blocks, Take(right, right_cut, right.size()), Region::kRight);
  if (left_cut + 1 < left.size()) Push(blocks, Take(left, left_cut + 1, left.size()), Region::kLeft);
}

void OrderStretch(std::vector<Row> rows, const std::vector<Ruling>& rules, const Ink& ink, bool top,
                  std::vector<Block>& blocks) {
  const std::vector<Band> bands = FindBands(rows, ink.scale, top);
  std::size_t row = 0;
  const auto plain = [&](std::size_t to) {
    std::vector<Line> lines;
    for (; row < to; ++row) lines.push_back(MakeLine(std::move(rows[row].words), ink.page));
    Push(blocks, std::move(lines), Region::kBody);
  };
  for (const Band& band : bands) {
    plain(band.first);
    std::vector<Line> left = SideLines(rows, band, true, ink.page),
                      right = SideLines(rows, band, false, ink.page);
    if (band.heading) {
      PushHeading(blocks, std::move(left), std::move(right), rules);
    } else {
      Push(blocks, std::move(left), Region::kLeft);
      Push(blocks, std::move(right), Region::kRight);
    }
    row = band.last;
  }
  plain(rows.size());
}

// The recipients and the signer where the page break cut them: the columns as the page before shows them.
struct CutEnd {
  double left_pt = 0;    // where the left column begins
  double centre_pt = 0;  // of the right column
  double gutter_pt = 0;
  bool signed_name = false;  // the room for the signature has been: only recipients may follow
};

std::optional<CutEnd> FindCutEnd(const std::vector<Block>& before) {
  if (before.size() < 2 || before.back().region != Region::kRight ||
      before[before.size() - 2].region != Region::kLeft)
    return std::nullopt;
  const std::vector<Line>& left = before[before.size() - 2].lines;
  const std::vector<Line>& right = before.back().lines;
  CutEnd end;
  double left_end = 0, right_begin = 1e9, centres = 0;
  end.left_pt = left.front().box.x0;
  for (const Line& line : left) {
    end.left_pt = std::min(end.left_pt, line.box.x0);
    left_end = std::max(left_end, line.box.x1);
  }
  for (std::size_t i = 0; i < right.size(); ++i) {
    right_begin = std::min(right_begin, right[i].box.x0);
    centres += right[i].box.centre_x();
    if (i > 0 && right[i].baseline_pt - right[i - 1].baseline_pt > 3.5 * right[i].font_size_pt)
      end.signed_name = true;
  }
  end.centre_pt = centres / static_cast<double>(right.size());
  end.gutter_pt = (left_end + right_begin) / 2;
  return end;
}

// Takes the first rows that stand in the columns of a cut end: more recipients, the signer's name.
void TakeCutEnd(std::vector<Row>& rows, const CutEnd& end, const Ink& ink, std::vector<Block>& blocks) {
  const double near = 1.2 * ink.scale.text_pt;
  Band band;
  band.gutter_pt = end.gutter_pt;
  bool name = end.signed_name;
  for (; band.last < rows.size(); ++band.last) {
    const Row& row = rows[band.last];
    std::vector<Word> left, right;
    for (const Word& w : row.words) (w.box.centre_x() < end.gutter_pt ? left : right).push_back(w);
    if (!left.empty()) {
      const Line line = MakeLine(std::move(left), ink.page);
      if (std::abs(line.box.x0 - end.left_pt) > near || line.box.x1 > end.gutter_pt + near ||
          !FindMarker(line.text))
        break;
    }
    if (!right.empty()) {
      const Line line = MakeLine(std::move(right), ink.page);
      if (name || std::abs(line.box.centre_x() - end.centre_pt) > near || line.box.x0 < end.gutter_pt - near)
        break;
    }
  }
  if (band.last == 0) return;
  for (const bool left : {true, false}) {
    Push(blocks, SideLines(rows, band, left, ink.page), left ? Region::kLeft : Region::kRight);
  }
  for (Block& block : blocks) block.continues = true;
  rows.erase(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(band.last));
}

}  // namespace

std::vector<Block> OrderBlocks(std::vector<Row> rows, const std::vector<Box>& tables,
                               const std::vector<Ruling>& rules, const Ink& ink,
                               const std::vector<Block>& before) {
  std::vector<std::size_t> order(tables.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return tables[a].y0 < tables[b].y0; });
  // Tables side by side are read from the left.
  for (std::size_t i = 0; i < order.size();) {
    std::size_t end = i + 1;
    while (end < order.size() && tables[order[end]].y0 - tables[order[i]].y0 < ink.scale.text_pt) ++end;
    std::stable_sort(order.begin() + static_cast<std::ptrdiff_t>(i),
                     order.begin() + static_cast<std::ptrdiff_t>(end),
                     [&](std::size_t a, std::size_t b) { return tables[a].x0 < tables[b].x0; });
    i = end;
  }
  std::vector<Block> blocks;
  if (const auto end = FindCutEnd(before);
      end && (tables.empty() || rows.empty() || rows.front().box.y0 < tables[order.front()].y0))
    TakeCutEnd(rows, *end, ink, blocks);
  std::size_t row = 0;
  bool top = blocks.empty();
  for (const std::size_t t : order) {
    std::vector<Row> stretch;
    for (; row < rows.size() && rows[row].box.centre_y() < tables[t].y0; ++row)
      stretch.push_back(std::move(rows[row]));
    OrderStretch(std::move(stretch), rules, ink, top, blocks);
    top = false;
    blocks.push_back({{}, Region::kBody, static_cast<int>(t)});
  }
  std::vector<Row> stretch(std::make_move_iterator(rows.begin() + static_cast<std::ptrdiff_t>(row)),
                           std::make_move_iterator(rows.end()));
  OrderStretch(std::move(stretch), rules, ink, top, blocks);
  return blocks;
}

}  // namespace vanthu::layout
