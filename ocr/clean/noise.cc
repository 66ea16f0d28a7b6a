#include "ocr/clean/noise.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "ocr/clean/picture.h"

namespace vanthu::ocr {
namespace {

constexpr double kSigmaInches = 0.0025;  // measured: 0.5 px at 200 dpi; more joins letters, less leaves grain
// Otsu's threshold on an empty or a very dark page says nothing; print on divided paper parts within these.
constexpr double kLeastThreshold = 120;
constexpr double kMostThreshold = 190;

// A piece that touches the border and is no text line running off the page: long, or large and solid.
bool IsBorderDirt(int x, int y, int w, int h, int area, cv::Size size, double dpi) {
  const int rim = Pixels(0.02, dpi, 2);
  const bool touches = x <= rim || y <= rim || x + w >= size.width - rim || y + h >= size.height - rim;
  if (!touches) return false;
  const double longest = std::max(w, h);
  return longest > 0.4 * dpi || area > 0.01 * dpi * dpi;
}

}  // namespace

cv::Mat Smoothed(const cv::Mat& grey, double dpi) {
  cv::Mat out;
  cv::GaussianBlur(grey, out, {3, 3}, std::clamp(kSigmaInches * dpi, 0.3, 1.0));
  return out;
}

double InkThreshold(const cv::Mat& grey) {
  cv::Mat ignored;
  const double otsu = cv::threshold(grey, ignored, 0, 255, cv::THRESH_BINARY_INV | cv::THRESH_OTSU);
  return std::clamp(otsu, kLeastThreshold, kMostThreshold);
}

cv::Mat InkMask(const cv::Mat& grey, double dpi) {
  cv::Mat mask;
  cv::threshold(grey, mask, InkThreshold(grey), 255, cv::THRESH_BINARY_INV);
  const int least = std::max(2, static_cast<int>(0.00008 * dpi * dpi));  // 3 px at 200 dpi
  return PiecesKept(mask, [&](const int* s) {
    return s[cv::CC_STAT_AREA] >= least &&
           !IsBorderDirt(s[cv::CC_STAT_LEFT], s[cv::CC_STAT_TOP], s[cv::CC_STAT_WIDTH], s[cv::CC_STAT_HEIGHT],
                         s[cv::CC_STAT_AREA], mask.size(), dpi);
  });
}

}  // namespace vanthu::ocr
