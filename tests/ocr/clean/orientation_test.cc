#include "ocr/clean/orientation.h"

#include <gtest/gtest.h>

#include "ocr/clean/noise.h"
#include "ocr/clean/picture.h"
#include "tests/ocr/drawing.h"

namespace vanthu::ocr {
namespace {

class OrientationOfText : public testing::TestWithParam<int> {};

TEST_P(OrientationOfText, IsUndoneByTheTurnItGives) {
  cv::Mat page = drawing::Paper(1200, 1600);
  drawing::Prose(page, 24);
  cv::Mat grey;
  cv::cvtColor(page, grey, cv::COLOR_RGB2GRAY);
  const int found = FindUprightTurn(InkMask(Turned(grey, GetParam()), 200), 200);
  EXPECT_EQ((GetParam() + found) % 360, 0);
}
// A form's rows, a list of quarters: the columns of equal letters are as sharp as lines, seen from the side.
TEST_P(OrientationOfText, OfEqualLinesIsNoOther) {
  cv::Mat page = drawing::Paper(1200, 1600);
  for (int i = 0; i < 30; ++i) drawing::Text(page, "The hidden bell that Bob held", 120, 120 + i * 44);
  cv::Mat grey;
  cv::cvtColor(page, grey, cv::COLOR_RGB2GRAY);
  const int found = FindUprightTurn(InkMask(Turned(grey, GetParam()), 200), 200);
  EXPECT_EQ((GetParam() + found) % 360, 0);
}

INSTANTIATE_TEST_SUITE_P(Turns, OrientationOfText, testing::Values(0, 90, 180, 270));

TEST(TurnMap, TakesCornersToCorners) {
  const cv::Size size{30, 20};
  const Point p = TurnMap(size, 90).Map(Point{0, 20});  // bottom left comes to the top left
  EXPECT_DOUBLE_EQ(p.x, 0);
  EXPECT_DOUBLE_EQ(p.y, 0);
  const Point q = Inverse(TurnMap(size, 270)).Map(TurnMap(size, 270).Map(Point{7, 5}));
  EXPECT_DOUBLE_EQ(q.x, 7);
  EXPECT_DOUBLE_EQ(q.y, 5);
}

}  // namespace
}  // namespace vanthu::ocr
