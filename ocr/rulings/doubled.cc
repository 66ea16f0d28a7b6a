#include "ocr/rulings/doubled.h"

#include <opencv2/imgproc.hpp>

#include "ocr/clean/picture.h"

namespace vanthu::ocr {
namespace {

// Inches: longer than the bar or stem of a 14 pt letter; stems as long stand further apart than the gap.
constexpr double kLeastStrand = 0.15;
// Inches: a gap is as wide as its strands, 0.01 in CSS and Word's 3/4 pt, 0.021 in Word's 1 1/2 pt.
constexpr double kMostGap = 0.03;

cv::Mat Element(int along, int across, bool horizontal) {
  return cv::getStructuringElement(cv::MORPH_RECT,
                                   horizontal ? cv::Size{along, across} : cv::Size{across, along});
}

// The ink between strands of one direction.
cv::Mat Gaps(const cv::Mat& mask, double dpi, bool horizontal) {
  const cv::Mat strand = Element(OddPixels(kLeastStrand, dpi, 9), 1, horizontal);
  const cv::Mat beside = Element(1, 3, horizontal);
  cv::Mat runs;
  cv::dilate(mask, runs, beside);  // a strand that steps a row stays whole
  cv::morphologyEx(runs, runs, cv::MORPH_OPEN, strand);
  cv::Mat gaps;
  const int most = OddPixels(kMostGap, dpi, 5) - 2;  // the dilation took two
  cv::morphologyEx(runs, gaps, cv::MORPH_CLOSE, Element(1, most, horizontal));
  gaps -= runs;
  cv::morphologyEx(gaps, gaps, cv::MORPH_OPEN, strand);
  cv::dilate(gaps, gaps, beside);  // up to the ink that was widened
  return gaps;
}

}  // namespace

cv::Mat WithDoubleRulesSolid(const cv::Mat& mask, double dpi) {
  return mask | Gaps(mask, dpi, true) | Gaps(mask, dpi, false);
}

}  // namespace vanthu::ocr
