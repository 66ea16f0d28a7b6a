#include "signing/appearance/place.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <optional>

#include "pipeline/base/unicode.h"

namespace vanthu::signing {
namespace {

// Of a line's height, measured on the plans and received documents.
constexpr double kColumnGap = 1.6;     // wider: another column
constexpr double kLinePitch = 1.9;     // from line to line of one block, top to top
constexpr double kAxisTolerance = 40;  // points, between centred lines of one block
constexpr double kLeastCentre = 0.35;  // of the page's width: the signer stands right of it
constexpr int kMostTitleLines = 6;
constexpr int kMostNameWords = 8;
constexpr double kInset = 1;  // points, of the place from the letters

constexpr double kA4Width = 595.28, kA4Height = 841.89;

// Words of one line and one column.
struct Segment {
  std::string text;
  std::string key;  // MatchKey
  Box box;
  bool capitals = false;
};

double MiddleOf(const Box& box) {
  return box.centre_y();
}

Segment SegmentOf(const std::vector<const Word*>& words) {
  Segment segment;
  for (const Word* word : words) {
    segment.text += (segment.text.empty() ? "" : " ") + word->text;
    segment.box = Union(segment.box, word->box);
  }
  segment.key = MatchKey(segment.text);
  segment.capitals = IsUpperCase(segment.text);
  return segment;
}

// Top to bottom.
std::vector<Segment> SegmentsOf(const Page& page) {
  std::vector<const Word*> words;
  for (const Word& word : page.words)
    if (word.rotation_deg == 0 && word.source != Source::kAppearance && !word.box.empty())
      words.push_back(&word);
  std::stable_sort(words.begin(), words.end(),
                   [](const Word* a, const Word* b) { return MiddleOf(a->box) < MiddleOf(b->box); });
  std::vector<Segment> segments;
  for (std::size_t first = 0; first < words.size();) {
    std::size_t end = first + 1;
    const Box& lead = words[first]->box;
    while (end < words.size() && MiddleOf(words[end]->box) - MiddleOf(lead) < lead.height() / 2) ++end;
    std::vector<const Word*> line(words.begin() + static_cast<std::ptrdiff_t>(first),
                                  words.begin() + static_cast<std::ptrdiff_t>(end));
    std::stable_sort(line.begin(), line.end(),
                     [](const Word* a, const Word* b) { return a->box.x0 < b->box.x0; });
    std::vector<const Word*> column;
    for (const Word* word : line) {
      if (!column.empty() && word->box.x0 - column.back()->box.x1 > kColumnGap * word->box.height()) {
        segments.push_back(SegmentOf(column));
        column.clear();
      }
      column.push_back(word);
    }
    segments.push_back(SegmentOf(column));
    first = end;
  }
  return segments;
}

bool StartsWithAny(const std::string& key, const std::vector<std::string>& starts) {
  return std::any_of(starts.begin(), starts.end(),
                     [&](const std::string& start) { return key.starts_with(start); });
}

// The start of a word too: "phó" is no start of "phóng".
bool StartsWithWord(const std::string& key, const std::vector<std::string>& starts) {
  return std::any_of(starts.begin(), starts.end(), [&](const std::string& start) {
    return key.starts_with(start) && (key.size() == start.size() || key[start.size()] == ' ');
  });
}

// "Phạm Thị Mây", "PGS.TS. Trần Văn A": capitalised words without figures.
bool LooksLikeName(const Segment& segment) {
  int words = 0;
  for (std::size_t at = 0; at < segment.text.size();) {
    const std::size_t end = std::min(segment.text.find(' ', at), segment.text.size());
    const std::string word = segment.text.substr(at, end - at);
    const std::u32string letters = ToCodePoints(word);
    if (letters.empty() || !IsUpperCase(FromCodePoints(std::u32string_view(letters).substr(0, 1))))
      return false;
    ++words;
    at = end + 1;
  }
  const bool plain = std::none_of(segment.text.begin(), segment.text.end(), [](char c) {
    return std::isdigit(static_cast<unsigned char>(c)) != 0 || c == ':' || c == ';' || c == '@';
  });
  return plain && words >= 2 && words <= kMostNameWords;
}

struct Candidate {
  Box title;
  std::optional<Box> name;
  std::string title_text, name_text;
  bool beside_recipients = false;
  double gap_pt = 0;
};

class PageSearch {
 public:
  PageSearch(const Page& page, const PlaceRules& rules)
      : page_(page), rules_(rules), segments_(SegmentsOf(page)), used_(segments_.size(), false) {}

  std::vector<Candidate> Candidates() {
    std::vector<Candidate> found;
    for (std::size_t i = 0; i < segments_.size(); ++i)
      if (!used_[i] && Opens(segments_[i])) {
        Candidate candidate = Follow(i);
        // Text close under capitals: a heading, as of a decision ("CHỦ TỊCH ỦY BAN NHÂN DÂN").
        if (candidate.name || FreeUnder(candidate.title)) found.push_back(std::move(candidate));
      }
    return found;
  }

  FoundPlace PlaceOf(const Candidate& candidate) const {
    FoundPlace place;
    place.page = page_.index;
    place.title = candidate.title_text;
    place.name = candidate.name_text;
    place.kind = candidate.name ? PlaceKind::kBesideName : PlaceKind::kUnderTitle;
    const Box box = candidate.name ? Between(candidate.title, *candidate.name) : Under(candidate.title);
    place.box = page_.to_source.Map(box);
    if (candidate.name)
      place.confidence =
          (candidate.beside_recipients ? 0.98 : 0.85) - (candidate.gap_pt < rules_.least_gap_pt ? 0.3 : 0);
    else
      place.confidence = candidate.beside_recipients ? 0.6 : 0.4;
    return place;
  }

  bool HasWords() const { return !segments_.empty(); }

  FoundPlace Corner() const {
    FoundPlace place;
    place.page = page_.index;
    double last = 0;
    for (const Segment& segment : segments_)
      // A page's number at the foot is no text.
      if (segment.box.y1 < page_.height_pt - rules_.margin_pt) last = std::max(last, segment.box.y1);
    const double x1 = page_.width_pt - rules_.margin_pt, lowest = page_.height_pt - rules_.margin_pt;
    const double top = last + rules_.height_pt / 4;
    const bool free = top + rules_.height_pt <= lowest;
    const double y0 = free ? top : std::max(0.0, lowest - rules_.height_pt);
    place.box = page_.to_source.Map(Box{std::max(0.0, x1 - rules_.width_pt), y0, x1, y0 + rules_.height_pt});
    place.confidence = free ? 0.2 : 0.1;
    return place;
  }

 private:
  bool Opens(const Segment& segment) const {
    if (!segment.capitals || segment.box.centre_x() < kLeastCentre * page_.width_pt) return false;
    return StartsWithAny(segment.key, rules_.marks) || StartsWithWord(segment.key, rules_.positions);
  }

  // From the opening line on: the block's other lines, then the name.
  Candidate Follow(std::size_t opening) {
    Candidate candidate;
    candidate.title = segments_[opening].box;
    candidate.title_text = segments_[opening].text;
    used_[opening] = true;
    double axis = candidate.title.centre_x(), top = candidate.title.y0;
    int lines = 1;
    std::size_t i = opening + 1;
    for (; i < segments_.size() && lines < kMostTitleLines; ++i) {
      const Segment& next = segments_[i];
      if (!OnAxis(next, axis)) continue;
      const double pitch = next.box.y0 - top;
      if (pitch > kLinePitch * next.box.height() || !next.capitals || pitch < next.box.height() / 2) break;
      candidate.title = Union(candidate.title, next.box);
      candidate.title_text += " / " + next.text;
      used_[i] = true;
      axis = candidate.title.centre_x();
      top = next.box.y0;
      ++lines;
    }
    FindName(i, axis, candidate);
    candidate.beside_recipients = std::any_of(segments_.begin(), segments_.end(), [&](const Segment& other) {
      return StartsWithAny(other.key, rules_.recipients) && other.box.x0 < candidate.title.x0 &&
             other.box.y0 > candidate.title.y0 - 3 * other.box.height() &&
             other.box.y0 < candidate.title.y1 + rules_.most_gap_pt;
    });
    return candidate;
  }

  static bool OnAxis(const Segment& segment, double axis) {
    return std::abs(segment.box.centre_x() - axis) <= kAxisTolerance;
  }

  void FindName(std::size_t from, double axis, Candidate& candidate) const {
    for (std::size_t i = from; i < segments_.size(); ++i) {
      const Segment& segment = segments_[i];
      const double gap = segment.box.y0 - candidate.title.y1;
      if (gap > rules_.most_gap_pt) return;
      if (gap < 0 || segment.box.x0 > axis || segment.box.x1 < axis) continue;
      if (StartsWithAny(segment.key, rules_.between)) continue;
      // A line of the body, or of a table, under a heading that only looked like a title.
      if (!OnAxis(segment, axis) || !LooksLikeName(segment)) return;
      // The next signer's title is no name.
      if (Opens(segment) || gap < segment.box.height()) return;
      candidate.name = segment.box;
      candidate.name_text = segment.text;
      candidate.gap_pt = gap;
      return;
    }
  }

  bool FreeUnder(const Box& title) const {
    return std::none_of(segments_.begin(), segments_.end(), [&](const Segment& segment) {
      return segment.box.y0 >= title.y1 - kInset && segment.box.y0 < title.y1 + rules_.least_gap_pt &&
             OverlapX(segment.box, title) > 0;
    });
  }

  Box Between(const Box& title, const Box& name) const {
    double y0 = title.y1 + kInset, y1 = name.y0 - kInset;
    if (y1 - y0 < rules_.least_gap_pt - 2 * kInset) {  // too narrow to be kept free: over the edges of both
      const double middle = (y0 + y1) / 2;
      y0 = middle - rules_.least_gap_pt / 2;
      y1 = middle + rules_.least_gap_pt / 2;
    }
    return Across((title.centre_x() + name.centre_x()) / 2, y0, y1);
  }

  Box Under(const Box& title) const {
    double y1 = std::min(title.y1 + rules_.height_pt, page_.height_pt);
    for (const Segment& segment : segments_)
      if (segment.box.y0 > title.y1 && OverlapX(segment.box, title) > 0) y1 = std::min(y1, segment.box.y0);
    return Across(title.centre_x(), title.y1 + kInset, std::max(y1 - kInset, title.y1 + rules_.least_gap_pt));
  }

  // As wide as the rules say, but not over what stands at the sides, nor over the page's edge.
  Box Across(double axis, double y0, double y1) const {
    double half = rules_.width_pt / 2;
    half = std::min(half, page_.width_pt - axis);
    for (const Segment& segment : segments_) {
      if (segment.box.y1 <= y0 || segment.box.y0 >= y1) continue;
      if (segment.box.x1 < axis) half = std::min(half, axis - segment.box.x1);
      if (segment.box.x0 > axis) half = std::min(half, segment.box.x0 - axis);
    }
    half = std::max(half, std::min(rules_.least_width_pt / 2, page_.width_pt - axis));
    return {axis - half, y0, axis + half, y1};
  }

  const Page& page_;
  const PlaceRules& rules_;
  std::vector<Segment> segments_;
  std::vector<bool> used_;
};

}  // namespace

FoundPlace FindPlace(const std::vector<Page>& pages, const PlaceRules& rules) {
  std::optional<FoundPlace> best, corner;
  for (const Page& page : pages) {
    PageSearch search(page, rules);
    for (const Candidate& candidate : search.Candidates()) {
      FoundPlace place = search.PlaceOf(candidate);
      if (!best || place.confidence >= best->confidence) best = std::move(place);
    }
    if (search.HasWords() || !corner) corner = search.Corner();
  }
  if (best) return *best;
  if (corner) return *corner;
  Page sheet;
  sheet.width_pt = kA4Width;
  sheet.height_pt = kA4Height;
  return PageSearch(sheet, rules).Corner();
}

}  // namespace vanthu::signing
