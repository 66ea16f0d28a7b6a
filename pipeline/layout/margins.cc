#include "pipeline/layout/margins.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include "pipeline/base/unicode.h"

namespace vanthu::layout {
namespace {

// Of the page's height: where page numbers stand. NĐ 30/2020 sets them in the top margin of 20 to 25 mm (8
// %).
constexpr double kEdge = 0.12;
// On how many pages running text must come back, and how near to its height (pt).
constexpr int kRepeats = 3;
constexpr double kSameHeight = 4;

std::string TextOf(const Row& row) {
  std::string text;
  for (const Word& w : row.words) text += (text.empty() ? "" : " ") + w.text;
  return text;
}

// Digits made alike, so that "Trang 2/9" and "Trang 3/9" agree.
std::string RunningKey(const Row& row) {
  std::string key = TextOf(row);
  for (char& c : key)
    if (c >= '0' && c <= '9') c = '0';
  key.erase(std::unique(key.begin(), key.end(), [](char a, char b) { return a == '0' && b == '0'; }),
            key.end());
  return key + "@" + std::to_string(static_cast<int>(row.box.y0 / kSameHeight));
}

bool InMargin(const Row& row, const Scale& scale) {
  return row.box.y1 < kEdge * scale.height_pt || row.box.y0 > (1 - kEdge) * scale.height_pt;
}

// The short rule over footnotes: in the lower half, from the text's left edge, a tenth to a half of the
// width.
double FootnoteRule(const std::vector<Ruling>& rules, const std::vector<Row>& rows, const Scale& scale,
                    double table_bottom) {
  double left = scale.width_pt;
  for (const Row& row : rows) left = std::min(left, row.box.x0);
  double found = 0;
  for (const Ruling& r : rules) {
    const double length = r.end_pt - r.start_pt;
    if (!r.horizontal || r.position_pt < 0.5 * scale.height_pt || r.position_pt < table_bottom) continue;
    if (length < 0.1 * scale.width_pt || length > 0.5 * scale.width_pt) continue;
    if (std::abs(r.start_pt - left) > 2 * scale.text_pt) continue;
    found = std::max(found, r.position_pt);
  }
  return found;
}

// "1Chỉ" -> "1", "Chỉ": the number of a footnote that was set against its first word.
void PartMark(Row& row) {
  Word& first = row.words.front();
  std::size_t digits = 0;
  while (digits < first.text.size() && first.text[digits] >= '0' && first.text[digits] <= '9') ++digits;
  if (digits == 0 || digits > 2 || digits >= first.glyphs.size() || digits >= first.text.size()) return;
  const std::string rest = first.text.substr(digits);
  if (!IsUpperCase(FromCodePoints(ToCodePoints(rest.substr(0, 8)).substr(0, 1)))) return;
  Word mark = first;
  mark.text.resize(digits);
  mark.glyphs.resize(digits);
  mark.box.x1 = mark.glyphs.back().box.x1;
  first.text = rest;
  first.glyphs.erase(first.glyphs.begin(), first.glyphs.begin() + static_cast<std::ptrdiff_t>(digits));
  first.box.x0 = std::min(mark.box.x1 + 0.1 * row.size_pt, first.box.x1);
  row.words.insert(row.words.begin(), std::move(mark));
}

bool BeginsWithMark(const Row& row) {
  const Word& first = row.words.front();
  const bool digits = std::all_of(first.text.begin(), first.text.end(), [](char c) {
    return (c >= '0' && c <= '9') || c == '*' || c == '(' || c == ')';
  });
  // "1Chỉ": the number set against its word in the note's own type.
  const auto after =
      std::find_if(first.text.begin(), first.text.end(), [](char c) { return c < '0' || c > '9'; });
  const auto digits_before = after - first.text.begin();
  if (digits_before > 0 && digits_before <= 2 && after != first.text.end() &&
      IsUpperCase(FromCodePoints(
          ToCodePoints(first.text.substr(static_cast<std::size_t>(digits_before), 8)).substr(0, 1))))
    return true;
  return digits && row.words.size() > 1 && SizeOf(first) < 0.85 * row.size_pt;
}

// Index of the first footnote row, or the number of rows.
std::size_t FirstFootnote(const std::vector<Row>& rows, const Scale& scale, double rule) {
  if (rule > 0) {
    std::size_t i = rows.size();
    while (i > 0 && rows[i - 1].baseline_pt > rule) --i;
    if (i == rows.size()) return i;
    // A rule between body lines is no footnote rule: what is below is smaller, or begins with a mark.
    const bool smaller = std::all_of(rows.begin() + static_cast<std::ptrdiff_t>(i), rows.end(),
                                     [&](const Row& r) { return r.size_pt < 0.95 * scale.text_pt; });
    return smaller || BeginsWithMark(rows[i]) ? i : rows.size();
  }
  for (std::size_t i = rows.size(); i-- > 0;) {
    if (rows[i].size_pt > 0.87 * scale.text_pt || rows[i].box.y0 < 0.5 * scale.height_pt) break;
    if (BeginsWithMark(rows[i])) {
      while (i > 0 && rows[i - 1].size_pt <= 0.87 * scale.text_pt && BeginsWithMark(rows[i - 1])) --i;
      return i;
    }
  }
  return rows.size();
}

}  // namespace

bool IsPageNumber(const Row& row) {
  std::string text;
  for (const Word& w : row.words) text += w.text;
  if (text.empty() || text.size() > 12) return false;
  int digits = 0, roman = 0, signs = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c >= '0' && c <= '9')
      ++digits;
    else if (std::string_view("ivxIVX").find(c) != std::string_view::npos)
      ++roman;
    else if (std::string_view("-/|[]().").find(c) != std::string_view::npos)
      ++signs;
    else if (text.compare(i, 3, "–") == 0 || text.compare(i, 3, "—") == 0) {
      ++signs;
      i += 2;
    } else
      return false;
  }
  // "2024." that ends a paragraph overleaf.
  const bool sentence_end = text.back() == '.' && signs == 1;
  if (sentence_end) return false;
  return (digits > 0 && digits <= 8 && roman == 0) || (digits == 0 && roman > 0 && roman <= 5 && signs <= 2);
}

std::vector<PageRows> SplitMargins(std::vector<std::vector<Row>> rows, const std::vector<Ink>& ink,
                                   const std::vector<double>& table_bottom,
                                   const std::vector<std::vector<Ruling>>& rules) {
  std::map<std::string, int> seen;
  for (std::size_t p = 0; p < rows.size(); ++p) {
    std::vector<std::string> keys;
    for (const Row& row : rows[p])
      if (InMargin(row, ink[p].scale)) keys.push_back(RunningKey(row));
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    for (const std::string& key : keys) ++seen[key];
  }
  std::vector<PageRows> out(rows.size());
  for (std::size_t p = 0; p < rows.size(); ++p) {
    const Scale& scale = ink[p].scale;
    std::vector<Row>& all = rows[p];
    std::vector<Row> rest;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const bool first = i == 0 || i + 1 == all.size() || (i == 1 && IsPageNumber(all[0])) ||
                         (i + 2 == all.size() && IsPageNumber(all.back()));
      const bool in_margin = InMargin(all[i], scale);
      if (in_margin && first && IsPageNumber(all[i]) &&
          (all[i].box.y1 < kEdge * scale.height_pt || all[i].box.y0 > table_bottom[p])) {
        out[p].numbers.push_back(all[i]);  // not moved: its neighbours still ask for it
      } else if (in_margin && seen[RunningKey(all[i])] >= kRepeats) {
        out[p].running.push_back(std::move(all[i]));
      } else {
        rest.push_back(all[i]);
      }
    }
    const std::size_t notes =
        FirstFootnote(rest, scale, FootnoteRule(rules[p], rest, scale, table_bottom[p]));
    for (std::size_t i = 0; i < rest.size(); ++i)
      (i < notes ? out[p].body : out[p].footnotes).push_back(std::move(rest[i]));
    for (Row& row : out[p].footnotes) PartMark(row);
  }
  return out;
}

}  // namespace vanthu::layout
