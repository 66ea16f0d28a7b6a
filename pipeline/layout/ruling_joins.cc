#include "pipeline/layout/ruling_joins.h"

#include <algorithm>

namespace vanthu::layout {
namespace {

// Joins pieces whose positions lie within one band; `band` is sorted by start.
void JoinBand(std::vector<Ruling>& band, double gap_pt, std::vector<Ruling>& out) {
  std::stable_sort(band.begin(), band.end(),
                   [](const Ruling& a, const Ruling& b) { return a.start_pt < b.start_pt; });
  Ruling open = band.front();
  double weight = std::max(0.01, open.end_pt - open.start_pt);
  for (std::size_t i = 1; i < band.size(); ++i) {
    const Ruling& r = band[i];
    // A dash may be followed by a gap as long as itself; the side of a cell is no dash, and the gap below it
    // is an open cell.
    const double piece = r.end_pt - r.start_pt;
    const double bridge = piece <= 2 * gap_pt ? std::max(gap_pt, piece) : gap_pt;
    if (r.start_pt - open.end_pt > bridge) {
      out.push_back(open);
      open = r;
      weight = std::max(0.01, r.end_pt - r.start_pt);
      continue;
    }
    const double length = std::max(0.01, r.end_pt - r.start_pt);
    open.position_pt = (open.position_pt * weight + r.position_pt * length) / (weight + length);
    weight += length;
    open.end_pt = std::max(open.end_pt, r.end_pt);
    open.thickness_pt = std::max(open.thickness_pt, r.thickness_pt);
    open.confidence = std::min(open.confidence, r.confidence);
  }
  out.push_back(open);
}

}  // namespace

std::vector<Ruling> JoinRulings(std::vector<Ruling> rulings, double across_pt, double gap_pt) {
  std::stable_sort(rulings.begin(), rulings.end(), [](const Ruling& a, const Ruling& b) {
    return a.horizontal != b.horizontal ? a.horizontal : a.position_pt < b.position_pt;
  });
  std::vector<Ruling> out;
  std::vector<Ruling> band;
  for (const Ruling& r : rulings) {
    const bool same = !band.empty() && band.front().horizontal == r.horizontal &&
                      r.position_pt - band.front().position_pt <= across_pt;
    if (!same && !band.empty()) {
      JoinBand(band, gap_pt, out);
      band.clear();
    }
    band.push_back(r);
  }
  if (!band.empty()) JoinBand(band, gap_pt, out);
  return out;
}

}  // namespace vanthu::layout
