#include "ocr/recognise/shape.h"

#include <gtest/gtest.h>

#include "tests/ocr/drawing.h"

namespace vanthu::ocr {
namespace {

constexpr double kDpi = 200;

// A serif capital I: stem and serifs on both sides, 28 px tall, on the baseline y.
void StemI(cv::Mat& mask, int x, int y) {
  mask(cv::Rect{x, y - 28, 4, 28}).setTo(255);
  mask(cv::Rect{x - 4, y - 28, 12, 2}).setTo(255);
  mask(cv::Rect{x - 4, y - 2, 12, 2}).setTo(255);
}

// A serif 1: a flag on the left of its head, a foot on both sides.
void Stem1(cv::Mat& mask, int x, int y) {
  mask(cv::Rect{x, y - 28, 4, 28}).setTo(255);
  mask(cv::Rect{x - 5, y - 25, 5, 2}).setTo(255);
  mask(cv::Rect{x - 4, y - 2, 12, 2}).setTo(255);
}

std::string Corrected(const cv::Mat& mask, const std::vector<std::string>& symbols) {
  const Segmentation s = FindLines(mask, kDpi, [](double, double) { return 0; });
  EXPECT_EQ(s.lines.size(), 1U);
  const LinePicture picture = CutLine(255 - mask, s, s.lines[0], kDpi);
  ReadWord word;
  word.confidence = 0.95;
  const double from = (s.lines[0].box.x - picture.left) * picture.scale;
  const double step =
      s.lines[0].box.width * picture.scale / static_cast<double>(std::max<std::size_t>(1, symbols.size()));
  for (std::size_t i = 0; i < symbols.size(); ++i)
    word.symbols.push_back(
        {symbols[i], from + step * static_cast<double>(i), from + step * static_cast<double>(i + 1), 0.95});
  std::string out;
  for (const ReadWord& w :
       CorrectByShape(s, s.lines[0], picture, symbols.empty() ? ReadLine{} : ReadLine{word}))
    for (const Symbol& symbol : w.symbols) out += symbol.text;
  return out;
}

cv::Mat Blank() {
  return cv::Mat::zeros(200, 400, CV_8U);
}

TEST(Shape, CountsTheStemsOfRomanNumerals) {
  cv::Mat two = Blank();
  StemI(two, 100, 100);
  StemI(two, 116, 100);
  EXPECT_EQ(Corrected(two, {"H"}), "II");
  EXPECT_EQ(Corrected(two, {}), "II");
  cv::Mat three = two.clone();
  StemI(three, 132, 100);
  EXPECT_EQ(Corrected(three, {"H", "I"}), "III");
}

TEST(Shape, PutsBackTheStopOfANumeralBeforeAWord) {
  const auto line = [](bool stop) {
    cv::Mat mask = Blank();
    for (const int x : {100, 116, 160, 180, 200}) StemI(mask, x, 100);
    if (stop) mask(cv::Rect{130, 95, 5, 5}).setTo(255);
    const Segmentation s = FindLines(mask, kDpi, [](double, double) { return 0; });
    EXPECT_EQ(s.lines.size(), 1U);
    const LinePicture picture = CutLine(255 - mask, s, s.lines[0], kDpi);
    const auto word = [&](std::vector<int> stems) {
      ReadWord out;
      out.confidence = 0.95;
      for (const int x : stems)
        out.symbols.push_back(
            {"I", (x - 4 - picture.left) * picture.scale, (x + 8 - picture.left) * picture.scale, 0.95});
      return out;
    };
    const ReadLine read = CorrectByShape(s, s.lines[0], picture, {word({100, 116}), word({160, 180, 200})});
    std::string out;
    for (const Symbol& symbol : read.front().symbols) out += symbol.text;
    return out;
  };
  EXPECT_EQ(line(true), "II.");
  EXPECT_EQ(line(false), "II");
}

TEST(Shape, TellsOneFromI) {
  cv::Mat roman = Blank();
  StemI(roman, 100, 100);
  EXPECT_EQ(Corrected(roman, {"1"}), "I");
  cv::Mat figure = Blank();
  Stem1(figure, 100, 100);
  EXPECT_EQ(Corrected(figure, {"1"}), "1");
  cv::Mat eleven = Blank();
  Stem1(eleven, 100, 100);
  Stem1(eleven, 116, 100);
  EXPECT_EQ(Corrected(eleven, {"1", "1"}), "11");
}

TEST(Shape, KeepsALetterWithABar) {
  cv::Mat h = Blank();
  StemI(h, 100, 100);
  StemI(h, 118, 100);
  h(cv::Rect{104, 85, 14, 3}).setTo(255);
  EXPECT_EQ(Corrected(h, {"H"}), "H");
}

TEST(Shape, TakesTwinCodesForOneStroke) {
  cv::Mat slash = Blank();
  cv::line(slash, {100, 100}, {112, 70}, 255, 3);
  EXPECT_EQ(Corrected(slash, {"⁄", "/"}), "/");
  EXPECT_EQ(Corrected(slash, {"Đ", "Ð"}), "Đ");
  EXPECT_EQ(Corrected(slash, {"/", "/"}), "//");
}

}  // namespace
}  // namespace vanthu::ocr
