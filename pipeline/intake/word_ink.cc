// Input: a page drawn twice, whole and its letters alone. Output: for each word whether it is seen. Method:
// the letters' pixels inside the word's box must stand out from their surroundings in the whole drawing, all
// but a few, and nothing dark and colourless may stand between them that is no letter. So text that is white,
// covered (by an area, a picture, a gradient, an annotation), clipped or off the page is not seen, however it
// was done. Accuracy: both drawings come from one renderer, so that letters which are seen match pixel by
// pixel; seals and signatures, which are coloured, may lie over them. Fails safe: what cannot be judged (Type
// 3 fonts, boxes off the page) is not seen.
#include "pipeline/intake/word_ink.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace vanthu::intake {
namespace {

// Of 255: a letter's core and paper in the drawing of the letters.
constexpr int kCore = 80;
constexpr int kBlank = 250;
// Of 255 in the strongest channel. Guess with room: office text is above 200, a reader loses it below 30.
constexpr int kContrast = 60;
constexpr double kLeastShown = 0.9;  // of the core; measured on the samples: 1.00
constexpr double kMostForeign =
    0.5;                    // dark pixels between the letters, for each of the core: rules cross them
constexpr int kDark = 110;  // a pixel of foreign ink, below the paper by this in every channel
constexpr int kMarginPx = 1;

struct Colour {
  std::array<int, 3> channel{};
};

Colour At(const Raster& raster, int x, int y) {
  const std::uint8_t* p = raster.row(y) + static_cast<std::size_t>(x) * 3;
  return {{p[0], p[1], p[2]}};
}

int Distance(const Colour& a, const Colour& b) {
  int most = 0;
  for (int i = 0; i < 3; ++i) most = std::max(most, std::abs(a.channel[i] - b.channel[i]));
  return most;
}

bool IsForeignInk(const Colour& paper, const Colour& ink) {
  const auto [least, most] = std::minmax_element(ink.channel.begin(), ink.channel.end());
  constexpr int kColoured = 60;  // a seal's red, a signature's blue: saturated by more
  if (*most - *least > kColoured) return false;
  for (int i = 0; i < 3; ++i)
    if (std::abs(paper.channel[i] - ink.channel[i]) < kDark) return false;
  return true;
}

struct Pixels {
  int x0, y0, x1, y1;  // x1, y1 outside
};

// The mean colour between the letters: what they stand on.
Colour PaperOf(const Raster& drawn, const Raster& letters, const Pixels& in, bool* any) {
  std::array<std::int64_t, 3> sum{};
  std::int64_t count = 0;
  for (int y = in.y0; y < in.y1; ++y)
    for (int x = in.x0; x < in.x1; ++x) {
      if (letters.row(y)[x] < kBlank) continue;
      const Colour colour = At(drawn, x, y);
      for (int i = 0; i < 3; ++i) sum[i] += colour.channel[i];
      ++count;
    }
  *any = count > 0;
  Colour paper;
  for (int i = 0; *any && i < 3; ++i) paper.channel[i] = static_cast<int>(sum[i] / count);
  return paper;
}

bool IsShown(const Raster& drawn, const Raster& letters, const Pixels& in) {
  bool any = false;
  const Colour paper = PaperOf(drawn, letters, in, &any);
  if (!any) return false;
  // A small full stop has no pixel that is all black: then the darkest count.
  int darkest = 255;
  for (int y = in.y0; y < in.y1; ++y)
    for (int x = in.x0; x < in.x1; ++x) darkest = std::min<int>(darkest, letters.row(y)[x]);
  if (darkest >= kBlank) return false;
  const int core_level = std::max(kCore, darkest + 20);
  const double part = (255.0 - core_level) / 255;  // a grey core stands out less
  int core = 0, shown = 0, foreign = 0;
  for (int y = in.y0; y < in.y1; ++y)
    for (int x = in.x0; x < in.x1; ++x) {
      const Colour colour = At(drawn, x, y);
      if (letters.row(y)[x] <= core_level) {
        ++core;
        shown += Distance(colour, paper) >= kContrast * part ? 1 : 0;
      } else if (letters.row(y)[x] == 255) {
        foreign += IsForeignInk(paper, colour) ? 1 : 0;
      }
    }
  return core > 0 && shown >= kLeastShown * core && foreign <= kMostForeign * core;
}

}  // namespace

std::vector<bool> ShowsInk(const Raster& drawn, const Raster& letters, const std::vector<Box>& boxes) {
  std::vector<bool> shown(boxes.size(), false);
  if (drawn.channels != 3 || letters.channels != 1 || drawn.width_px != letters.width_px ||
      drawn.height_px != letters.height_px)
    return shown;
  const double scale = drawn.dpi.PixelsPerPoint();
  const auto clamp = [](double v, int most) { return static_cast<int>(std::clamp<double>(v, 0, most)); };
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    const Box& box = boxes[i];
    const Pixels in{clamp(std::floor(box.x0 * scale) - kMarginPx, drawn.width_px),
                    clamp(std::floor(box.y0 * scale) - kMarginPx, drawn.height_px),
                    clamp(std::ceil(box.x1 * scale) + kMarginPx, drawn.width_px),
                    clamp(std::ceil(box.y1 * scale) + kMarginPx, drawn.height_px)};
    shown[i] = in.x0 < in.x1 && in.y0 < in.y1 && IsShown(drawn, letters, in);
  }
  return shown;
}

}  // namespace vanthu::intake
