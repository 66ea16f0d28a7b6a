#include "ocr/rulings/open_sides.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace vanthu::ocr {
namespace {

constexpr double kLeastField =
    0.2;  // inches past the last rule: the narrowest column seen (an ordinal's) has 0.3
constexpr double kCommonEnd = 0.06;    // inches by which ends on one straight line may differ
constexpr double kApart = 0.1;         // inches: nearer rules are one, doubled or in pieces
constexpr double kSlopeFrom = 1.0;     // inches: the slope of a shorter rule says nothing
constexpr double kMostGroupRow = 0.7;  // inches: a row of two lines of 14 pt; a caption has more
constexpr double kConfidence = 0.5;

double Middle(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// How far the rules of a direction lean: of the longest one, position over length.
double SlopeOf(const std::vector<Rule>& rules, double dpi) {
  const auto longest = std::max_element(rules.begin(), rules.end(),
                                        [](const Rule& a, const Rule& b) { return a.length() < b.length(); });
  if (longest->length() < kSlopeFrom * dpi) return 0;
  return (longest->at_end - longest->at_start) / longest->length();
}

// The rule through the common ends of `along` beyond all of `crossing`, at their starts or their ends.
std::optional<Rule> MissingSide(const std::vector<Rule>& along, const std::vector<Rule>& crossing,
                                bool at_start, double dpi) {
  if (along.size() < 2 || crossing.empty()) return std::nullopt;
  const double outward = at_start ? -1 : 1;
  const double slope = SlopeOf(crossing, dpi);
  // Ends and positions as if the crossing rules stood straight.
  const auto end_of = [&](const Rule& r) {
    return outward * ((at_start ? r.start : r.end) - slope * r.position());
  };
  std::vector<Rule> rules = along;
  std::sort(rules.begin(), rules.end(), [&](const Rule& a, const Rule& b) { return end_of(a) > end_of(b); });
  double last = -1e18;
  for (const Rule& r : crossing) {
    const double middle = (r.start + r.end) / 2;
    last = std::max(last, outward * (r.position() - slope * middle));
  }
  for (std::size_t i = 0; i + 1 < rules.size(); ++i) {
    const double end = end_of(rules[i]);
    if (end - last < kLeastField * dpi) break;
    std::vector<double> ends;
    double low = rules[i].position();
    double high = low;
    for (std::size_t k = i; k < rules.size() && end - end_of(rules[k]) <= kCommonEnd * dpi; ++k) {
      ends.push_back(outward * end_of(rules[k]));
      low = std::min(low, rules[k].position());
      high = std::max(high, rules[k].position());
    }
    if (high - low < kApart * dpi) continue;
    const double at = Middle(std::move(ends));
    Rule side;
    side.horizontal = crossing.front().horizontal;
    side.start = low;
    side.end = high;
    side.at_start = at + slope * low;
    side.at_end = at + slope * high;
    side.thickness = crossing.front().thickness;
    side.confidence = kConfidence;
    return side;
  }
  return std::nullopt;
}

// Of a corner where both outer rules are missing neither ends at the other: both go on to it.
void MeetAtCorner(std::optional<Rule>& across, bool at_bottom, std::optional<Rule>& down, bool at_right) {
  if (!across || !down) return;
  (at_right ? across->end : across->start) = down->position();
  (at_bottom ? down->end : down->start) = across->position();
}

struct Extent {
  double left = 1e18;
  double right = -1e18;
  double top = 1e18;
  double bottom = -1e18;
};

Extent ExtentOf(const std::vector<Rule>& across) {
  Extent e;
  for (const Rule& r : across) {
    e.left = std::min(e.left, r.start);
    e.right = std::max(e.right, r.end);
    e.top = std::min(e.top, r.position());
    e.bottom = std::max(e.bottom, r.position());
  }
  return e;
}

}  // namespace

bool IsNextPart(const std::vector<Rule>& across_a, const std::vector<Rule>& down_a,
                const std::vector<Rule>& across_b, const std::vector<Rule>& down_b, double dpi) {
  if (across_a.empty() || across_b.empty() || down_a.empty() || down_b.empty()) return false;
  const Extent a = ExtentOf(across_a), b = ExtentOf(across_b);
  const double gap = b.top - a.bottom;
  if (gap <= 0 || gap > kMostGroupRow * dpi) return false;
  const double slack = kCommonEnd * dpi;
  if (std::abs(a.left - b.left) > slack || std::abs(a.right - b.right) > slack) return false;
  // A rule down at a side would have held the parts together: they are tables of their own.
  const auto closed = [&](const Rule& r) {
    return r.position() < a.left + kLeastField * dpi || r.position() > a.right - kLeastField * dpi;
  };
  if (std::any_of(down_a.begin(), down_a.end(), closed) || std::any_of(down_b.begin(), down_b.end(), closed))
    return false;
  const auto& fewer = down_a.size() < down_b.size() ? down_a : down_b;
  const auto& more = down_a.size() < down_b.size() ? down_b : down_a;
  return std::all_of(fewer.begin(), fewer.end(), [&](const Rule& r) {
    return std::any_of(more.begin(), more.end(),
                       [&](const Rule& m) { return std::abs(m.position() - r.position()) <= slack; });
  });
}

void CloseOpenSides(double dpi, std::vector<Rule>& across, std::vector<Rule>& down) {
  std::optional<Rule> top = MissingSide(down, across, true, dpi);
  std::optional<Rule> bottom = MissingSide(down, across, false, dpi);
  std::optional<Rule> left = MissingSide(across, down, true, dpi);
  std::optional<Rule> right = MissingSide(across, down, false, dpi);
  MeetAtCorner(top, false, left, false);
  MeetAtCorner(top, false, right, true);
  MeetAtCorner(bottom, true, left, false);
  MeetAtCorner(bottom, true, right, true);
  for (const std::optional<Rule>& side : {top, bottom})
    if (side) across.push_back(*side);
  for (const std::optional<Rule>& side : {left, right})
    if (side) down.push_back(*side);
}

}  // namespace vanthu::ocr
