#include "ocr/recognise/shape.h"

#include <gtest/gtest.h>

#include "tests/ocr/drawing.h"

namespace vanthu::ocr {
namespace {

constexpr double kDpi = 150;

// A serif D, 20 px tall, on the baseline y; over its stem a bar of the given grey, too thin for a mask if
// pale.
void LetterD(cv::Mat& print, int x, int y, int bar_grey = 255) {
  cv::ellipse(print, {x + 6, y - 10}, {10, 10}, 0, -90, 90, 0, 2);
  print(cv::Rect{x, y - 20, 8, 2}).setTo(0);
  print(cv::Rect{x, y - 1, 8, 2}).setTo(0);
  if (bar_grey < 255) print(cv::Rect{x - 2, y - 10, 11, 1}).setTo(bar_grey);
  print(cv::Rect{x + 2, y - 20, 3, 21}).setTo(0);
}

// "NDN" as read, the letters' places as the engine gives them.
ReadWord Corrected(const cv::Mat& print, const std::string& read, int width = 18) {
  const cv::Mat mask = print < 120;
  const Segmentation s = FindLines(mask, kDpi, [](double, double) { return 0; });
  EXPECT_EQ(s.lines.size(), 1U);
  const LinePicture picture = CutLine(print, s, s.lines[0], kDpi);
  ReadWord word;
  word.confidence = 0.97;
  const auto add = [&](const std::string& text, int x) {
    word.symbols.push_back(
        {text, (x - picture.left) * picture.scale, (x + width - picture.left) * picture.scale, 0.97});
  };
  add("E", 82);
  add(read, 100);
  add("E", 119);
  const ReadLine line = CorrectByShape(s, s.lines[0], picture, {word});
  EXPECT_EQ(line.size(), 1U);
  return line.front();
}

cv::Mat Page(int bar_grey) {
  cv::Mat print(160, 300, CV_8U, cv::Scalar(255));
  for (const int x : {86, 122}) {  // an E on both sides tells the size
    print(cv::Rect{x, 80, 3, 21}).setTo(0);
    for (const int y : {80, 90, 99}) print(cv::Rect{x, y, 12, 2}).setTo(0);
  }
  LetterD(print, 102, 100, bar_grey);
  return print;
}

TEST(Crossbar, MakesADWithStrokeEvenWhereItIsPale) {
  const ReadWord pale = Corrected(Page(170), "D");
  EXPECT_EQ(pale.symbols[1].text, "Đ");
  EXPECT_LT(pale.symbols[1].confidence, 0.9);
  EXPECT_EQ(Corrected(Page(0), "D").symbols[1].text, "Đ");
  EXPECT_DOUBLE_EQ(Corrected(Page(170), "Đ").symbols[1].confidence, 0.97);
}

TEST(Crossbar, ThatIsNotThereLeavesAD) {
  EXPECT_EQ(Corrected(Page(255), "Đ").symbols[1].text, "D");
  EXPECT_DOUBLE_EQ(Corrected(Page(255), "D").symbols[1].confidence, 0.97);
}

TEST(Crossbar, HalfSeenIsDoubtful) {
  const ReadWord half = Corrected(Page(225), "D");
  EXPECT_EQ(half.symbols[1].text, "D");
  EXPECT_LT(half.symbols[1].confidence, 0.9);
}

TEST(Crossbar, OfALetterThatTwoSymbolsClaimIsLeftAlone) {
  const ReadWord word = Corrected(Page(0), "D", 37);
  EXPECT_EQ(word.symbols[1].text, "D");
  EXPECT_DOUBLE_EQ(word.symbols[1].confidence, 0.97);
}

}  // namespace
}  // namespace vanthu::ocr
