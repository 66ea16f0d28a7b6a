#include "ocr/rulings/open_sides.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace vanthu::ocr {
namespace {

constexpr double kLeastField =
    0.2;  // inches past the last rule: the narrowest column seen (an ordinal's) has 0.3
constexpr double kCommonEnd = 0.06;  // inches by which ends on one straight line may differ
constexpr double kApart = 0.1;       // inches: nearer rules are one, doubled or in pieces
constexpr double kSlopeFrom = 1.0;   // inches: the slope of a shorter rule says nothing
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
void MeetAtCorner(std::optional<Rule>& across, bool at_bottom, std::optional<Rule>& down, bool at_right,
                  const std::vector<Rule>& rows, const std::vector<Rule>& columns, double dpi) {
  if (!across || !down) return;
  const auto reaches = [&](const Rule& side, const std::vector<Rule>& others, bool far) {
    double outer = others.front().position();
    for (const Rule& r : others) outer = far ? std::max(outer, r.position()) : std::min(outer, r.position());
    return far ? side.end >= outer - kCommonEnd * dpi : side.start <= outer + kCommonEnd * dpi;
  };
  if (!reaches(*across, columns, at_right) || !reaches(*down, rows, at_bottom)) return;
  (at_right ? across->end : across->start) = down->position();
  (at_bottom ? down->end : down->start) = across->position();
}

}  // namespace

void CloseOpenSides(double dpi, std::vector<Rule>& across, std::vector<Rule>& down) {
  std::optional<Rule> top = MissingSide(down, across, true, dpi);
  std::optional<Rule> bottom = MissingSide(down, across, false, dpi);
  std::optional<Rule> left = MissingSide(across, down, true, dpi);
  std::optional<Rule> right = MissingSide(across, down, false, dpi);
  MeetAtCorner(top, false, left, false, across, down, dpi);
  MeetAtCorner(top, false, right, true, across, down, dpi);
  MeetAtCorner(bottom, true, left, false, across, down, dpi);
  MeetAtCorner(bottom, true, right, true, across, down, dpi);
  for (const std::optional<Rule>& side : {top, bottom})
    if (side) across.push_back(*side);
  for (const std::optional<Rule>& side : {left, right})
    if (side) down.push_back(*side);
}

}  // namespace vanthu::ocr
