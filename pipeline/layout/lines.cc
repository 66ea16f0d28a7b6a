#include "pipeline/layout/lines.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "pipeline/layout/ink.h"

namespace vanthu::layout {
namespace {

// Of the type size. Measured: baselines inside a line differ by < 0.1 (OCR) and those of neighbouring lines
// by > 1.
constexpr double kSameBaseline = 0.33;
// Marks set smaller than this against their line are raised or lowered. Word and LibreOffice use 0.58 to
// 0.65.
constexpr double kSmallType = 0.78;
// A mark stands this near to its word, in the word's type size: less than a word space (0.25) and its own
// bearing.
constexpr double kBeside = 0.35;

struct OpenRow {
  std::vector<std::size_t> members;
  double baseline = 0;
  double size = 0;
  double top = 0;
  double bottom = 0;
};

// Turns a word so that text with `rotation_deg` runs left to right. The turned frame has its own origin.
Box Turned(const Box& b, int rotation_deg) {
  switch (rotation_deg) {
    case 90:
      return {b.y0, -b.x1, b.y1, -b.x0};  // runs downward
    case 270:
      return {-b.y1, b.x0, -b.y0, b.x1};  // runs upward
    default:
      return {-b.x1, -b.y1, -b.x0, -b.y0};  // upside down
  }
}

double MiddleSize(const std::vector<Word>& words) {
  std::vector<double> sizes;
  sizes.reserve(words.size());
  for (const Word& w : words) sizes.push_back(SizeOf(w));
  if (sizes.empty()) return 12;
  const auto middle = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2);
  std::nth_element(sizes.begin(), middle, sizes.end());
  return *middle;
}

// Rows of the words named by `order`, which is sorted by baseline; members end up sorted by x.
std::vector<OpenRow> RowsByBaseline(const std::vector<Word>& words, const std::vector<std::size_t>& order) {
  std::vector<OpenRow> rows;
  for (const std::size_t i : order) {
    const Word& w = words[i];
    const double size = SizeOf(w);
    const double baseline = BaselineOf(w);
    if (rows.empty() || baseline - rows.back().baseline > kSameBaseline * std::min(size, rows.back().size)) {
      rows.push_back({{i}, baseline, size, w.box.y0, w.box.y1});
      continue;
    }
    OpenRow& row = rows.back();
    const double n = static_cast<double>(row.members.size());
    row.baseline = (row.baseline * n + baseline) / (n + 1);
    row.top = std::min(row.top, w.box.y0);
    row.bottom = std::max(row.bottom, w.box.y1);
    row.size = std::max(row.size, size);
    row.members.push_back(i);
  }
  for (OpenRow& row : rows)
    std::stable_sort(row.members.begin(), row.members.end(),
                     [&](std::size_t a, std::size_t b) { return words[a].box.x0 < words[b].box.x0; });
  return rows;
}

// The row of larger type that a small word stands beside, or null.
OpenRow* HostOf(const Word& mark, const std::vector<Word>& words, std::vector<OpenRow>& rows) {
  const double reach = 3 * mark.box.height();  // larger type than three times the mark's is no host
  auto row = std::lower_bound(rows.begin(), rows.end(), mark.box.y0 - reach,
                              [](const OpenRow& r, double y) { return r.baseline < y; });
  for (; row != rows.end() && row->baseline < mark.box.y1 + reach; ++row) {
    const double overlap = std::min(row->bottom, mark.box.y1) - std::max(row->top, mark.box.y0);
    if (overlap < 0.5 * mark.box.height() || row->size * kSmallType <= SizeOf(mark)) continue;
    const auto next = std::lower_bound(row->members.begin(), row->members.end(), mark.box.x0,
                                       [&](std::size_t m, double x) { return words[m].box.x0 < x; });
    const double near = kBeside * row->size;
    if (next != row->members.end() && words[*next].box.x0 - mark.box.x1 < near) return &*row;
    if (next != row->members.begin() && mark.box.x0 - words[*std::prev(next)].box.x1 < near) return &*row;
  }
  return nullptr;
}

}  // namespace

std::vector<Row> BuildRows(std::vector<Word> words) {
  std::vector<std::size_t> order(words.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return BaselineOf(words[a]) < BaselineOf(words[b]); });
  const double small_size = kSmallType * MiddleSize(words);
  std::vector<std::size_t> main, small;
  for (const std::size_t i : order) (SizeOf(words[i]) < small_size ? small : main).push_back(i);

  // Small words are marks of a larger line, or lines of small type of their own.
  std::vector<OpenRow> rows = RowsByBaseline(words, main);
  std::vector<std::size_t> own;
  std::vector<std::pair<OpenRow*, std::size_t>> marks;
  for (const std::size_t i : small) {
    if (OpenRow* host = HostOf(words[i], words, rows)) {
      marks.emplace_back(host, i);
    } else {
      own.push_back(i);
    }
  }
  for (const auto& [host, i] : marks) host->members.push_back(i);
  std::vector<OpenRow> small_rows = RowsByBaseline(words, own);
  const auto middle = static_cast<std::ptrdiff_t>(rows.size());
  std::move(small_rows.begin(), small_rows.end(), std::back_inserter(rows));
  std::inplace_merge(rows.begin(), rows.begin() + middle, rows.end(),
                     [](const OpenRow& a, const OpenRow& b) { return a.baseline < b.baseline; });

  std::vector<Row> out;
  out.reserve(rows.size());
  for (OpenRow& open : rows) {
    std::stable_sort(open.members.begin(), open.members.end(),
                     [&](std::size_t a, std::size_t b) { return words[a].box.x0 < words[b].box.x0; });
    Row row;
    row.baseline_pt = open.baseline;
    row.size_pt = open.size;
    row.box = words[open.members.front()].box;
    for (const std::size_t i : open.members) {
      row.box = Union(row.box, words[i].box);
      row.words.push_back(std::move(words[i]));
    }
    out.push_back(std::move(row));
  }
  return out;
}

Line MakeLine(std::vector<Word> words, int page) {
  Line line;
  line.page = page;
  line.box = words.front().box;
  double weight_of_size = -1;
  std::vector<std::pair<double, double>> widths;  // of each type size: a line has few
  double baseline_weight = 0;
  bool all_bold = true, all_italic = true, bold_known = true, italic_known = true;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const Word& w = words[i];
    line.box = Union(line.box, w.box);
    const double width = std::max(0.1, w.rotation_deg % 180 == 0 ? w.box.width() : w.box.height());
    const double size = std::round(SizeOf(w) * 4) / 4;
    auto entry = std::find_if(widths.begin(), widths.end(), [&](const auto& e) { return e.first == size; });
    if (entry == widths.end())
      entry = widths.size() < 8 ? widths.insert(widths.end(), {size, 0.0}) : std::prev(widths.end());
    entry->second += width;
    if (entry->second > weight_of_size) {
      weight_of_size = entry->second;
      line.font_size_pt = entry->first;
    }
    if (width > baseline_weight) {
      baseline_weight = width;
      line.baseline_pt = BaselineOf(w);
    }
    line.confidence = std::min(line.confidence, w.confidence);
    bold_known = bold_known && w.bold.has_value();
    italic_known = italic_known && w.italic.has_value();
    all_bold = all_bold && w.bold.value_or(false);
    all_italic = all_italic && w.italic.value_or(false);
    // A raised mark stands against its word ("gia" + "1"); two words that touch are one word drawn in two
    // pieces, unless a space was painted between them: type set close to fill its line leaves it 0.025 em.
    const bool touches = i > 0 && w.rotation_deg == 0 && words[i - 1].rotation_deg == 0 &&
                         !words[i - 1].space_after.value_or(false) &&
                         w.box.x0 - words[i - 1].box.x1 < 0.06 * std::max(SizeOf(w), SizeOf(words[i - 1]));
    // A raised mark at the start of a line is a footnote's number, not part of its first word.
    const bool leads = i == 1 && SizeOf(words[0]) < kSmallType * SizeOf(w);
    if (i > 0 && (!touches || leads)) line.text += ' ';
    line.text += w.text;
  }
  if (bold_known) line.bold = all_bold;
  if (italic_known) line.italic = all_italic;
  line.words = std::move(words);
  return line;
}

std::vector<Line> BuildLines(std::vector<Word> words, int page) {
  std::map<int, std::vector<Word>> by_rotation;
  for (Word& w : words) by_rotation[((w.rotation_deg % 360) + 360) % 360].push_back(std::move(w));
  std::vector<Line> lines;
  for (auto& [rotation, group] : by_rotation) {
    if (rotation != 90 && rotation != 180 && rotation != 270) {
      for (Row& row : BuildRows(std::move(group))) lines.push_back(MakeLine(std::move(row.words), page));
      continue;
    }
    std::vector<Word> turned = group;
    for (std::size_t i = 0; i < turned.size(); ++i) {
      turned[i].box = Turned(turned[i].box, rotation);
      turned[i].rotation_deg = static_cast<int>(i);  // carries the way back to `group`
      turned[i].font_size_pt = SizeOf(group[i]);
      turned[i].baseline_pt = turned[i].box.y1 - 0.2 * turned[i].box.height();
    }
    for (Row& row : BuildRows(std::move(turned))) {
      std::vector<Word> line;
      for (const Word& w : row.words)
        line.push_back(std::move(group[static_cast<std::size_t>(w.rotation_deg)]));
      lines.push_back(MakeLine(std::move(line), page));
    }
  }
  return lines;
}

}  // namespace vanthu::layout
