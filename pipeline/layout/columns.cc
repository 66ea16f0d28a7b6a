#include "pipeline/layout/columns.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "pipeline/layout/list_marker.h"

namespace vanthu::layout {
namespace {

// Of the type size. Word's cells keep 2 x 5.4 pt between the columns (0.83 of 13 pt); words of justified
// lines stand 0.25 to 0.6 apart.
constexpr double kGutter = 0.7;
// A heading's two columns may stand nearer, where the agency's name is long: 5 pt beside words 3 pt apart
// (0.25).
constexpr double kNarrowGutter = 0.3;
// Rows of one band: a page of 10 pt type has 80.
constexpr std::size_t kMostRows = 150;
// A densely printed A4 page has 1500 words; what has more than this is no heading of a document.
constexpr std::size_t kMostWords = 20'000;
constexpr double kFar = std::numeric_limits<double>::infinity();

struct Span {
  double x0, x1;
};

// The white of a row inside [left, right], gaps below the least gutter left out.
std::vector<Span> WhiteOf(const Row& row, double left, double right, double gutter_em) {
  std::vector<Span> white;
  double end = -kFar;
  for (const Word& w : row.words) {
    if (w.box.x0 - end >= gutter_em * row.size_pt)
      white.push_back({std::max(end, left), std::min(w.box.x0, right)});
    end = std::max(end, w.box.x1);
  }
  white.push_back({std::max(end, left), right});
  std::erase_if(white, [](const Span& s) { return s.x1 <= s.x0; });
  return white;
}

std::vector<Span> Intersect(const std::vector<Span>& a, const std::vector<Span>& b, double least) {
  std::vector<Span> out;
  for (std::size_t i = 0, k = 0; i < a.size() && k < b.size();) {
    const Span s{std::max(a[i].x0, b[k].x0), std::min(a[i].x1, b[k].x1)};
    if (s.x1 - s.x0 >= least) out.push_back(s);
    (a[i].x1 < b[k].x1 ? i : k)++;
  }
  return out;
}

// One side of one row.
struct Side {
  bool any = false;
  double x0 = 0, x1 = 0, y0 = 0, y1 = 0, baseline = 0, size = 0;
  std::string text;
  double centre() const { return (x0 + x1) / 2; }
};

Side SideOf(const Row& row, double gutter, bool left) {
  Side side;
  for (const Word& w : row.words) {
    if ((w.box.centre_x() < gutter) != left) continue;
    if (!side.any) side = {true, w.box.x0, w.box.x1, w.box.y0, w.box.y1, row.baseline_pt, SizeOf(w), ""};
    side.x0 = std::min(side.x0, w.box.x0);
    side.x1 = std::max(side.x1, w.box.x1);
    side.y0 = std::min(side.y0, w.box.y0);
    side.y1 = std::max(side.y1, w.box.y1);
    side.text += (side.text.empty() ? "" : " ") + w.text;
  }
  return side;
}

double MiddleOf(std::vector<double> v) {
  std::nth_element(v.begin(), v.begin() + static_cast<std::ptrdiff_t>(v.size() / 2), v.end());
  return v[v.size() / 2];
}

struct Split {
  std::vector<Side> left, right;  // one each a row
};

// Rows where text stands on both sides at about one height.
std::vector<bool> Paired(const Split& s) {
  std::vector<bool> paired(s.left.size(), false);
  for (std::size_t i = 0; i < s.left.size(); ++i) {
    if (!s.left[i].any) continue;
    const double tall = s.left[i].y1 - s.left[i].y0;
    for (std::size_t k = i > 0 ? i - 1 : 0; k < s.right.size() && k <= i + 1; ++k) {
      if (!s.right[k].any) continue;
      const double overlap = std::min(s.left[i].y1, s.right[k].y1) - std::max(s.left[i].y0, s.right[k].y0);
      if (overlap > 0.35 * std::min(tall, s.right[k].y1 - s.right[k].y0)) paired[i] = paired[k] = true;
    }
  }
  return paired;
}

// The columns as the paired rows show them.
struct Column {
  double centre = 0, left = 0, right = 0;
  bool Fits(const Side& side, double text_pt) const {
    return std::abs(side.centre() - centre) < 1.5 * text_pt || std::abs(side.x0 - left) < 1.0 * text_pt;
  }
};

Column ColumnOf(const std::vector<Side>& sides, std::size_t from, std::size_t to) {
  std::vector<double> centres, lefts;
  Column c{0, kFar, -kFar};
  for (std::size_t i = from; i < to; ++i) {
    if (!sides[i].any) continue;
    centres.push_back(sides[i].centre());
    lefts.push_back(sides[i].x0);
    c.right = std::max(c.right, sides[i].x1);
  }
  if (!centres.empty()) {
    c.centre = MiddleOf(centres);
    c.left = MiddleOf(lefts);
  }
  return c;
}

// Room for a signature in the right column, or a list in the left one: the end of a document, not its
// heading.
bool LooksSigned(const Split& s, std::size_t from, std::size_t to, double text_pt) {
  const Side* above = nullptr;
  int items = 0;
  for (std::size_t i = from; i < to; ++i) {
    if (s.right[i].any) {
      if (above != nullptr && s.right[i].baseline - above->baseline > 3.5 * text_pt) return true;
      above = &s.right[i];
    }
    if (s.left[i].any) {
      const auto marker = FindMarker(s.left[i].text);
      items += marker && marker->kind == MarkerKind::kDash ? 1 : 0;
    }
  }
  return items >= 2;
}

// Are the right column's lines centred on each other, or set from one edge? Answers, forms and prose are not.
bool Aligned(const std::vector<Side>& sides, std::size_t from, std::size_t to, double text_pt) {
  const Column c = ColumnOf(sides, from, to);
  int fits = 0, all = 0;
  for (std::size_t i = from; i < to; ++i) {
    if (!sides[i].any) continue;
    ++all;
    fits += std::abs(sides[i].centre() - c.centre) < 1.2 * text_pt ? 1 : 0;
  }
  return all > 0 && fits * 3 >= all * 2;
}

// Of a line's middle gap: what is a gutter. 0.7 em is twice a word space at least.
constexpr double kWider = 1.5;

// The whites between a row's words: the one that a gutter goes through, -1 where none does, and the others.
struct Gaps {
  double at_gutter = -1;
  std::vector<double> others;
};

Gaps GapsOf(const Row& row, double gutter_pt) {
  Gaps gaps;
  for (std::size_t i = 1; i < row.words.size(); ++i) {
    const Box &a = row.words[i - 1].box, &b = row.words[i].box;
    if (a.centre_x() < gutter_pt && b.centre_x() >= gutter_pt)
      gaps.at_gutter = b.x0 - a.x1;
    else
      gaps.others.push_back(b.x0 - a.x1);
  }
  return gaps;
}

// Lines stretched to both edges have one white between all their words: no gutter goes through them.
bool EvenlySpaced(const std::vector<Row>& rows, std::size_t from, std::size_t to, double gutter) {
  bool any = false;
  for (std::size_t r = from; r < to; ++r) {
    Gaps gaps = GapsOf(rows[r], gutter);
    if (gaps.at_gutter < 0 || gaps.others.size() < 3) continue;
    if (gaps.at_gutter > kWider * MiddleOf(std::move(gaps.others))) return false;
    any = true;
  }
  return any;
}

// The band that begins at or below row i, of the rows that one gutter runs through.
std::optional<Band> BandFrom(const std::vector<Row>& rows, std::size_t i, const Scale& scale, bool top,
                             double gutter_em) {
  // The gutter stands in the middle of the page, even where the stretch fills only a part of it.
  const double from = scale.width_pt * 0.22, to = scale.width_pt * 0.75;
  const double least = gutter_em * scale.text_pt;
  const double line_pt = 1.2 * scale.text_pt;
  std::vector<Span> white = WhiteOf(rows[i], from, to, gutter_em);
  std::size_t end = i + 1;
  while (end < rows.size() && end - i < kMostRows) {
    std::vector<Span> next = Intersect(white, WhiteOf(rows[end], from, to, gutter_em), least);
    if (next.empty()) break;
    white = std::move(next);
    ++end;
  }
  // Of several gutters the one with most lines beside it on both sides.
  Band best;
  int best_pairs = 0;
  double best_width = 0;
  for (const Span& span : white) {
    const double gutter = (span.x0 + span.x1) / 2;
    Split s;
    for (std::size_t r = i; r < end; ++r) {
      s.left.push_back(SideOf(rows[r], gutter, true));
      s.right.push_back(SideOf(rows[r], gutter, false));
    }
    const std::vector<bool> paired = Paired(s);
    const auto first =
        static_cast<std::size_t>(std::find(paired.begin(), paired.end(), true) - paired.begin());
    if (first == paired.size()) continue;
    std::size_t last = first;
    int pairs = 0;
    for (std::size_t r = first; r < paired.size(); ++r)
      if (paired[r]) {
        // A stretch of one-sided rows that fit no column ends the band.
        if (r > last + 1) {
          const Column lc = ColumnOf(s.left, first, last), rc = ColumnOf(s.right, first, last);
          bool fits = true;
          for (std::size_t k = last; k < r; ++k)
            fits = fits && (!s.left[k].any || lc.Fits(s.left[k], scale.text_pt)) &&
                   (!s.right[k].any || rc.Fits(s.right[k], scale.text_pt));
          if (!fits) break;
        }
        last = r + 1;
        ++pairs;
      }
    const Column lc = ColumnOf(s.left, first, last), rc = ColumnOf(s.right, first, last);
    std::size_t begin = first;
    while (begin > 0) {
      const Side& side = s.right[begin - 1].any ? s.right[begin - 1] : s.left[begin - 1];
      const bool right_side = s.right[begin - 1].any;
      const bool near = s.left[begin].any || s.right[begin].any
                            ? rows[i + begin].baseline_pt - rows[i + begin - 1].baseline_pt < 2.2 * line_pt
                            : false;
      const bool fits = right_side ? std::abs(side.centre() - rc.centre) < 1.5 * scale.text_pt
                                   : top && std::abs(side.centre() - lc.centre) < 1.5 * scale.text_pt;
      if (!near || !fits) break;
      --begin;
    }
    while (last < s.left.size()) {
      const bool right_side = s.right[last].any;
      const Side& side = right_side ? s.right[last] : s.left[last];
      const double pitch = rows[i + last].baseline_pt - rows[i + last - 1].baseline_pt;
      const bool fits = right_side ? std::abs(side.centre() - rc.centre) < 1.5 * scale.text_pt
                                   : lc.Fits(side, scale.text_pt) && pitch < 2.2 * line_pt;
      if (!fits || pitch > 12 * line_pt) break;
      ++last;
    }
    const bool signed_end = LooksSigned(s, begin, last, scale.text_pt);
    const bool heading =
        top && i + begin <= 2 && rows[i + begin].box.y0 < 0.4 * scale.height_pt && !signed_end;
    const bool aligned = Aligned(s.right, begin, last, scale.text_pt);
    if (!heading && !(signed_end || (aligned && last - begin >= 2))) continue;
    if (EvenlySpaced(rows, i + begin, i + last, gutter)) continue;
    if (last - begin < 2 && span.x1 - span.x0 < 2 * scale.text_pt) continue;
    if (pairs < best_pairs || (pairs == best_pairs && span.x1 - span.x0 <= best_width)) continue;
    best = {i + begin, i + last, gutter, heading};
    best_pairs = pairs;
    best_width = span.x1 - span.x0;
  }
  return best_pairs > 0 ? std::optional<Band>(best) : std::nullopt;
}

// A narrow gutter is wider than the words' spaces in every row it parts: a title below the heading, in a face
// with wide spaces (0.35 em in DejaVu Serif), is not parted.
bool IsGutter(const std::vector<Row>& rows, const Band& band) {
  for (std::size_t r = band.first; r < band.last; ++r) {
    Gaps gaps = GapsOf(rows[r], band.gutter_pt);
    if (gaps.at_gutter < 0 || gaps.at_gutter >= kGutter * rows[r].size_pt) continue;
    if (gaps.others.empty() || gaps.at_gutter <= kWider * MiddleOf(std::move(gaps.others))) return false;
  }
  return true;
}

}  // namespace

std::vector<Band> FindBands(const std::vector<Row>& rows, const Scale& scale, bool top) {
  std::vector<Band> bands;
  std::size_t words = 0;
  for (const Row& row : rows) words += row.words.size();
  if (rows.empty() || words > kMostWords) return bands;
  for (std::size_t i = 0; i < rows.size();) {
    std::optional<Band> band = BandFrom(rows, i, scale, top, kGutter);
    if (top && i <= 2) {
      const std::optional<Band> narrow = BandFrom(rows, i, scale, top, kNarrowGutter);
      const bool longer = narrow && (!band || narrow->last - narrow->first > band->last - band->first);
      if (longer && narrow->heading && IsGutter(rows, *narrow)) band = narrow;
    }
    i = band ? band->last : i + 1;
    if (band) bands.push_back(*band);
  }
  return bands;
}

}  // namespace vanthu::layout
