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

// A quarter and its year, "I/2023" or "1/2023", as the engine may read it: each part of the reading with the
// place it is given. Figures are drawn as bowls without an upright stem.
struct Part {
  std::string text;
  int x0 = 0;
  int x1 = 0;
};

ReadWord CorrectedYear(cv::Mat mask, const std::vector<Part>& parts) {
  for (const int x : {170, 186, 202, 218}) cv::ellipse(mask, {x, 86}, {6, 13}, 0, 0, 360, 255, 3);
  const Segmentation s = FindLines(mask, kDpi, [](double, double) { return 0; });
  EXPECT_EQ(s.lines.size(), 1U);
  const LinePicture picture = CutLine(255 - mask, s, s.lines[0], kDpi);
  ReadWord word;
  word.confidence = 0.95;
  for (const Part& part : parts)
    word.symbols.push_back({part.text, (part.x0 - picture.left) * picture.scale,
                            (part.x1 - picture.left) * picture.scale, 0.95});
  for (const int x : {170, 186, 202, 218})
    word.symbols.push_back(
        {"0", (x - 7 - picture.left) * picture.scale, (x + 7 - picture.left) * picture.scale, 0.95});
  const ReadLine read = CorrectByShape(s, s.lines[0], picture, {word});
  EXPECT_EQ(read.size(), 1U);
  return read.front();
}

std::string TextOf(const ReadWord& word) {
  std::string out;
  for (const Symbol& symbol : word.symbols) out += symbol.text;
  return out;
}

TEST(Shape, FollowsANumeralOverThePlacesTheEngineGives) {
  // The foot of the last stem touches the slash, and the engine gives that stem to the slash.
  cv::Mat one = Blank();
  StemI(one, 128, 100);
  cv::line(one, {136, 99}, {150, 72}, 255, 3);
  EXPECT_EQ(TextOf(CorrectedYear(one, {{"1", 123, 128}, {"/", 128, 150}})), "I/0000");
  cv::Mat three = one.clone();
  StemI(three, 96, 100);
  StemI(three, 112, 100);
  const ReadWord read = CorrectedYear(three, {{"I", 91, 108}, {"I", 108, 124}, {"/", 124, 150}});
  EXPECT_EQ(TextOf(read), "III/0000");
  EXPECT_LT(read.confidence, 0.9);
}

TEST(Shape, CountsStemsWhoseSerifsTheScanHasEaten) {
  cv::Mat mask = Blank();
  StemI(mask, 100, 100);
  for (const int x : {112, 124}) mask(cv::Rect{x, 72, 4, 28}).setTo(255);  // 0.3 em apart: figures are not
  EXPECT_EQ(Corrected(mask, {"I", "I"}), "III");
  // The back of a bracket is upright too, and no stem.
  cv::Mat bracket = Blank();
  StemI(bracket, 100, 100);
  StemI(bracket, 116, 100);
  bracket(cv::Rect{130, 76, 4, 20}).setTo(255);
  cv::line(bracket, {126, 72}, {131, 77}, 255, 2);
  cv::line(bracket, {131, 95}, {126, 104}, 255, 2);
  EXPECT_EQ(Corrected(bracket, {"I", "I", ")"}), "II)");
  EXPECT_EQ(Corrected(bracket, {"H", ")"}), "II)");
}

TEST(Shape, CountsNoSlashAndNoSlantedFigure) {
  cv::Mat heavy = Blank();
  StemI(heavy, 128, 100);
  cv::line(heavy, {138, 99}, {146, 73}, 255, 6);  // so thick that its middle is a column of ink
  EXPECT_EQ(TextOf(CorrectedYear(heavy, {{"I", 122, 136}, {"/", 136, 152}})), "I/0000");
  cv::Mat italic = Blank();
  cv::line(italic, {128, 99}, {134, 73}, 255, 5);
  cv::line(italic, {124, 99}, {132, 99}, 255, 2);
  cv::line(italic, {128, 73}, {138, 73}, 255, 2);
  cv::line(italic, {146, 99}, {154, 73}, 255, 3);
  EXPECT_EQ(TextOf(CorrectedYear(italic, {{"1", 122, 138}, {"/", 142, 156}})), "1/0000");
}

TEST(Shape, KnowsAFlatHeadByOnePixel) {
  // A blurred serif reaches one pixel to the right of the stem.
  cv::Mat mask = Blank();
  mask(cv::Rect{128, 72, 5, 28}).setTo(255);
  mask(cv::Rect{125, 72, 9, 2}).setTo(255);
  mask(cv::Rect{124, 98, 12, 2}).setTo(255);
  cv::line(mask, {140, 99}, {152, 72}, 255, 3);
  EXPECT_EQ(TextOf(CorrectedYear(mask, {{"1", 124, 136}, {"/", 138, 154}})), "I/0000");
}

TEST(Shape, DoubtsANumeralThatTheStemsDoNotBearOut) {
  cv::Mat bare = Blank();  // sans serif: an I, an l, or a 1 that lost its flag
  bare(cv::Rect{128, 72, 4, 28}).setTo(255);
  cv::line(bare, {138, 99}, {150, 72}, 255, 3);
  for (const char* read : {"1", "I"})
    EXPECT_LT(CorrectedYear(bare, {{read, 126, 134}, {"/", 136, 152}}).confidence, 0.9);
  cv::Mat figure = Blank();
  Stem1(figure, 128, 100);
  cv::line(figure, {140, 99}, {152, 72}, 255, 3);
  const ReadWord month = CorrectedYear(figure, {{"1", 122, 136}, {"/", 138, 154}});
  EXPECT_EQ(TextOf(month), "1/0000");
  EXPECT_DOUBLE_EQ(month.confidence, 0.95);
  EXPECT_LT(CorrectedYear(figure, {{"I", 122, 136}, {"/", 138, 154}}).confidence, 0.9);
}

TEST(Shape, KeepsALetterWithABar) {
  cv::Mat h = Blank();
  StemI(h, 100, 100);
  StemI(h, 118, 100);
  h(cv::Rect{104, 85, 14, 3}).setTo(255);
  EXPECT_EQ(Corrected(h, {"H"}), "H");
}

// A serif capital T, its arms twice as wide as its foot.
void StemT(cv::Mat& mask, int x, int y) {
  mask(cv::Rect{x, y - 28, 4, 28}).setTo(255);
  mask(cv::Rect{x - 10, y - 28, 24, 2}).setTo(255);
  mask(cv::Rect{x - 4, y - 2, 12, 2}).setTo(255);
}

TEST(Shape, KnowsATByItsArmThoughItTouchesTheLetterBefore) {
  const auto drawn = [](bool ends_in_t) {
    cv::Mat mask = Blank();
    StemT(mask, 100, 100);
    StemT(mask, 124, 100);  // their arms are one stroke
    if (ends_in_t) {
      StemT(mask, 148, 100);
    } else {
      StemI(mask, 142, 100);
    }
    return mask;
  };
  EXPECT_EQ(Corrected(drawn(true), {"T", "T", "I"}), "TTT");
  EXPECT_EQ(Corrected(drawn(false), {"T", "T", "I"}), "TTI");
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
