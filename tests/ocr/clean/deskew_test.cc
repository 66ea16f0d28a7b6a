#include "ocr/clean/deskew.h"

#include <gtest/gtest.h>

#include "ocr/clean/noise.h"
#include "tests/ocr/drawing.h"

namespace vanthu::ocr {
namespace {

cv::Mat Mask(const cv::Mat& page) {
  cv::Mat grey;
  cv::cvtColor(page, grey, cv::COLOR_RGB2GRAY);
  return InkMask(grey, 200);
}

class SkewOfText : public testing::TestWithParam<double> {};

TEST_P(SkewOfText, IsFoundToAFewHundredthsOfADegree) {
  cv::Mat page = drawing::Paper(1200, 1600);
  drawing::Prose(page, 20);
  const Skew skew = MeasureSkew(Mask(drawing::Rotated(page, GetParam())), 200);
  EXPECT_TRUE(skew.found);
  EXPECT_NEAR(skew.across_deg, GetParam(), 0.06);
  EXPECT_NEAR(skew.down_deg, GetParam(), 0.06);
}
INSTANTIATE_TEST_SUITE_P(Angles, SkewOfText, testing::Values(-4.0, -1.3, 0.0, 0.4, 2.5));

TEST(Deskew, TakesTheColumnsAngleFromLongRulesDown) {
  cv::Mat page = drawing::Paper(1200, 1600);
  drawing::Prose(page, 20);
  // A feeder that slips: columns lean 0.5 degrees to the left, lines stay level.
  for (const int x : {100, 600, 1100})
    cv::line(page, {x, 120}, {x - 11, 1400}, drawing::kBlack, 3, cv::LINE_AA);
  const Skew skew = MeasureSkew(Mask(page), 200);
  EXPECT_NEAR(skew.across_deg, 0, 0.06);
  EXPECT_NEAR(skew.down_deg, 0.5, 0.08);
}

TEST(Deskew, StraightensWhatItMeasured) {
  cv::Mat page = drawing::Paper(1200, 1600);
  drawing::Prose(page, 20);
  const cv::Mat mask = Mask(drawing::Rotated(page, 1.7));
  const Affine map = StraightMap(mask.size(), MeasureSkew(mask, 200));
  EXPECT_NEAR(MeasureSkew(Straightened(mask, map, 0), 200).across_deg, 0, 0.05);
}

TEST(Deskew, SaysNothingOfAnEmptyPage) {
  EXPECT_FALSE(MeasureSkew(cv::Mat::zeros(1600, 1200, CV_8U), 200).found);
}

}  // namespace
}  // namespace vanthu::ocr
