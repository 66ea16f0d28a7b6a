#include "pipeline/layout/ink.h"

#include <algorithm>
#include <cmath>

namespace vanthu::layout {
namespace {

// Larger than any page that intake lets through (2 m = 5669 pt), small enough for exact arithmetic.
constexpr double kFarthest = 20'000;

bool Sane(double v) {
  return std::isfinite(v) && std::abs(v) < kFarthest;
}
bool Sane(const Box& b) {
  return Sane(b.x0) && Sane(b.y0) && Sane(b.x1) && Sane(b.y1) && b.x1 >= b.x0 && b.y1 > b.y0;
}

double MiddleSize(const std::vector<Word>& words) {
  std::vector<double> sizes;
  sizes.reserve(words.size());
  for (const Word& w : words) sizes.push_back(SizeOf(w));
  if (sizes.empty()) return 12;
  const auto middle = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2);
  std::nth_element(sizes.begin(), middle, sizes.end());
  return std::clamp(*middle, 4.0, 72.0);
}

}  // namespace

double SizeOf(const Word& word) {
  if (word.font_size_pt > 0.5 && word.font_size_pt < 1000) return word.font_size_pt;
  // Times New Roman: ascender 0.89 + descender 0.22 of the size.
  const double across = word.rotation_deg % 180 == 0 ? word.box.height() : word.box.width();
  return std::clamp(across / 1.11, 1.0, 1000.0);
}

double BaselineOf(const Word& word) {
  const Box& b = word.box;
  if (word.baseline_pt > b.y0 && word.baseline_pt <= b.y1 + b.height()) return word.baseline_pt;
  return b.y1 - 0.2 * b.height();
}

Ink CleanInk(const Page& page) {
  Ink ink;
  ink.page = page.index;
  ink.recognised = page.recognised;
  ink.scale.width_pt = Sane(page.width_pt) && page.width_pt > 1 ? page.width_pt : 595;
  ink.scale.height_pt = Sane(page.height_pt) && page.height_pt > 1 ? page.height_pt : 842;
  for (const Word& w : page.words) {
    if (w.text.empty() || !Sane(w.box)) continue;
    const bool outside =
        w.box.x1 < 0 || w.box.y1 < 0 || w.box.x0 > ink.scale.width_pt || w.box.y0 > ink.scale.height_pt;
    if (outside) continue;
    Word copy = w;
    if (!std::all_of(copy.glyphs.begin(), copy.glyphs.end(), [](const Glyph& g) {
          return Sane(g.box.x0) && Sane(g.box.x1) && Sane(g.box.y0) && Sane(g.box.y1);
        }))
      copy.glyphs.clear();
    if (!std::isfinite(copy.baseline_pt)) copy.baseline_pt = 0;
    if (!std::isfinite(copy.font_size_pt)) copy.font_size_pt = 0;
    if (!std::isfinite(copy.confidence)) copy.confidence = 0;
    (w.source == Source::kAppearance ? ink.stamped : ink.words).push_back(std::move(copy));
  }
  ink.scale.text_pt = MiddleSize(ink.words);
  if (page.rulings.size() > kMaxRulings) {
    ink.rulings_dropped = true;
    return ink;
  }
  for (Ruling r : page.rulings) {
    if (!Sane(r.position_pt) || !Sane(r.start_pt) || !Sane(r.end_pt)) continue;
    if (r.start_pt > r.end_pt) std::swap(r.start_pt, r.end_pt);
    const double across = r.horizontal ? ink.scale.height_pt : ink.scale.width_pt;
    const double along = r.horizontal ? ink.scale.width_pt : ink.scale.height_pt;
    // A rule on the very edge of the page is the shadow of the scanner's lid, or a background.
    if (r.position_pt < 0 || r.position_pt > across || r.end_pt < 0 || r.start_pt > along) continue;
    if (!(r.thickness_pt >= 0 && r.thickness_pt < 100)) r.thickness_pt = 0.5;
    ink.rulings.push_back(r);
  }
  return ink;
}

}  // namespace vanthu::layout
