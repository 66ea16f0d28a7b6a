#include "ocr/recognise/segment.h"

#include <gtest/gtest.h>

#include "ocr/recognise/line_picture.h"
#include "tests/ocr/drawing.h"

namespace vanthu::ocr {
namespace {

constexpr double kDpi = 200;
const auto kOnePage = [](double, double) { return 0; };

cv::Mat Blank() {
  return cv::Mat::zeros(600, 1200, CV_8U);
}
void Write(cv::Mat& mask, const std::string& text, int x, int y, double scale = 0.9) {
  cv::putText(mask, text, {x, y}, cv::FONT_HERSHEY_COMPLEX, scale, 255, 2);
}

TEST(Lines, EndAtTheGutter) {
  cv::Mat mask = Blank();
  Write(mask, "UY BAN NHAN DAN", 60, 100);
  Write(mask, "CONG HOA XA HOI", 640, 100);
  Write(mask, "Noi nhan", 60, 150);
  EXPECT_EQ(FindLines(mask, kDpi, kOnePage).lines.size(), 3U);
}

TEST(Lines, OfSmallLettersStandBelowCapitals) {
  cv::Mat mask = Blank();
  Write(mask, "UBND", 60, 100);
  Write(mask, "xa", 60, 138);
  EXPECT_EQ(FindLines(mask, kDpi, kOnePage).lines.size(), 2U);
}

TEST(Lines, NeverLeaveTheirCell) {
  cv::Mat mask = Blank();
  Write(mask, "left", 60, 100);
  Write(mask, "right", 150, 100);
  const auto s = FindLines(mask, kDpi, [](double x, double) { return x < 140 ? 1 : 2; });
  ASSERT_EQ(s.lines.size(), 2U);
  EXPECT_NE(s.lines[0].region, s.lines[1].region);
}

TEST(Lines, KeepStackedMarksWithTheirLetters) {
  cv::Mat mask = Blank();
  Write(mask, "mang non tram nam", 60, 100);
  Write(mask, "xanh xao man mac", 60, 138);
  // Over the second line's x a circumflex, and over that a tone, nearer to the first line; a dot below that
  // line's m.
  cv::line(mask, {63, 121}, {69, 117}, 255, 1);
  cv::line(mask, {69, 117}, {75, 121}, 255, 1);
  cv::line(mask, {64, 113}, {74, 109}, 255, 1);
  cv::circle(mask, {230, 107}, 2, 255, -1);
  const auto s = FindLines(mask, kDpi, kOnePage);
  ASSERT_EQ(s.lines.size(), 2U);
  const auto line_at = [&](int x, int y) {
    return s.pieces[static_cast<std::size_t>(s.labels.at<int>(y, x) - 1)].line;
  };
  EXPECT_EQ(line_at(230, 107), 0);
  EXPECT_EQ(line_at(69, 111), 1);
}

TEST(Lines, KeepACommaAsTallAsALetter) {
  cv::Mat mask = Blank();
  Write(mask, "xem nam non", 60, 100);
  Write(mask, "man xanh", 310, 100);
  // Bold: its head on the baseline, its tail as far below.
  cv::circle(mask, {288, 99}, 3, 255, -1);
  cv::line(mask, {289, 101}, {286, 107}, 255, 2);
  const auto s = FindLines(mask, kDpi, kOnePage);
  ASSERT_EQ(s.lines.size(), 1U);
  EXPECT_EQ(s.pieces[static_cast<std::size_t>(s.labels.at<int>(99, 288) - 1)].line, 0);
}

// Lines set close: a hook in the middle between two letters is the lower one's, a dot there the upper one's.
TEST(Lines, AboveGetDotsAndBelowGetHooks) {
  for (const bool hook : {true, false}) {
    cv::Mat mask = Blank();
    for (int x = 60; x < 300; x += 30) {
      mask(cv::Rect{x, 100, 12, 16}).setTo(255);
      mask(cv::Rect{x, 127, 12, 16}).setTo(255);
    }
    mask(hook ? cv::Rect{122, 118, 6, 7} : cv::Rect{123, 118, 4, 4}).setTo(255);
    const auto s = FindLines(mask, kDpi, kOnePage);
    ASSERT_EQ(s.lines.size(), 2U);
    EXPECT_EQ(s.lines[hook ? 1 : 0].pieces.size(), 9U) << hook;
  }
}

TEST(Lines, AreCutWhereTheirLettersTouch) {
  cv::Mat mask = Blank();
  Write(mask, "gang going page", 60, 100);
  Write(mask, "black bell doll", 60, 140);
  cv::line(mask, {75, 106}, {75, 122}, 255, 2);  // the g's tail reaches the b
  EXPECT_EQ(FindLines(mask, kDpi, kOnePage).lines.size(), 2U);
}

TEST(Lines, OfANoteBelowAreFoundThoughSmaller) {
  cv::Mat mask = Blank();
  for (int y = 60; y < 400; y += 45) Write(mask, "Body text of the page", 60, y, 1.2);
  Write(mask, "small note at the foot of the page", 60, 460, 0.5);
  EXPECT_EQ(FindLines(mask, kDpi, kOnePage).lines.size(), 9U);
}

TEST(Lines, OfNoiseAreBounded) {
  cv::Mat mask(2000, 2000, CV_8U);
  cv::RNG random(3);
  random.fill(mask, cv::RNG::UNIFORM, 0, 256);
  mask = mask > 200;
  EXPECT_LE(FindLines(mask, kDpi, kOnePage).lines.size(), 3001U);
}

TEST(LinePictures, ShowNothingOfTheNeighbours) {
  cv::Mat mask = Blank();
  Write(mask, "gypsy jumping", 60, 100);
  Write(mask, "bold black hill", 60, 132);
  const cv::Mat print = 255 - mask;
  const auto s = FindLines(mask, kDpi, kOnePage);
  ASSERT_EQ(s.lines.size(), 2U);
  const LinePicture picture = CutLine(print, s, s.lines[0], kDpi);
  int ink = 0;
  for (const int i : s.lines[0].pieces) ink += s.pieces[static_cast<std::size_t>(i)].area;
  const double expected = ink * picture.scale * picture.scale;
  EXPECT_NEAR(cv::countNonZero(picture.grey < 128), expected, 0.1 * expected);
  EXPECT_GT(picture.grey.rows, (s.lines[0].box.height + 10) * picture.scale);
}

}  // namespace
}  // namespace vanthu::ocr
