#include "ocr/recognise/small_marks.h"

#include <gtest/gtest.h>

namespace vanthu::ocr {
namespace {

constexpr double kDpi = 200;
constexpr double kSize = 34;  // px of the em
constexpr int kBase = 100;

// A line drawn letter by letter, and what is said to have been read of it.
class Drawn {
 public:
  // A letter's stem of the given width; `gap` px of paper before it.
  Drawn& Letter(const std::string& text, int width = 14, int gap = 2) {
    x_ += gap;
    mask_(cv::Rect{x_, kBase - 16, width, 16}).setTo(255);
    Read(text, width);
    return *this;
  }
  Drawn& Stop(int pitch) {
    x_ += pitch - 3;
    mask_(cv::Rect{x_, kBase - 3, 3, 3}).setTo(255);
    Read(".", 3);
    return *this;
  }
  // A stem with a mark over it.
  Drawn& I(const std::string& text, int mark) {
    Letter(text, 4, 6);
    mask_(cv::Rect{x_ - 2 - mark / 2, kBase - 22, mark, mark}).setTo(255);
    return *this;
  }
  Drawn& EndWord() {
    line_.emplace_back();
    return *this;
  }

  template <typename Correct>
  std::string Corrected(Correct correct) {
    const Segmentation s = FindLines(mask_, kDpi, [](double, double) { return 0; });
    EXPECT_EQ(s.lines.size(), 1U);
    const LinePicture picture = CutLine(255 - mask_, s, s.lines[0], kDpi);
    ReadLine line = line_;
    for (ReadWord& word : line) {
      for (Symbol& symbol : word.symbols) {
        symbol.x0 = (symbol.x0 - picture.left) * picture.scale;
        symbol.x1 = (symbol.x1 - picture.left) * picture.scale;
      }
    }
    correct(ReadInk{s, s.lines[0], picture, {kSize, kBase, 6}}, line);
    std::string out;
    for (const ReadWord& word : line) {
      if (!out.empty()) out += ' ';
      for (const Symbol& symbol : word.symbols) out += symbol.text;
    }
    return out;
  }

 private:
  void Read(const std::string& text, int width) {
    line_.back().symbols.push_back({text, static_cast<double>(x_), static_cast<double>(x_ + width), 0.95});
    line_.back().confidence = 0.95;
    x_ += width;
  }

  cv::Mat mask_ = cv::Mat::zeros(200, 1200, CV_8U);
  ReadLine line_{1};
  int x_ = 60;
};

TEST(SmallMarks, AHookAsSmallAsTheLinesDotsIsADot) {
  const auto dots = [](const ReadInk& ink, ReadLine& line) { CorrectDots(ink, line); };
  EXPECT_EQ(Drawn().Letter("t").I("i", 4).Letter("n").I("i", 4).I("ỉ", 4).Corrected(dots), "tinii");
  EXPECT_EQ(Drawn().Letter("t").I("i", 4).Letter("n").I("i", 4).I("ỉ", 6).Corrected(dots), "tiniỉ");
}

TEST(SmallMarks, WithoutAnotherDotOnlyAFullRoundOneIsChanged) {
  const auto dots = [](const ReadInk& ink, ReadLine& line) { CorrectDots(ink, line); };
  EXPECT_EQ(Drawn().Letter("c").Letter("h").I("ỉ", 3).Corrected(dots), "chi");
  EXPECT_EQ(Drawn().Letter("c").Letter("h").I("ỉ", 5).Corrected(dots), "chỉ");
}

TEST(SmallMarks, ThreeDotsSetWideAreAnEllipsis) {
  const auto ellipses = [](const ReadInk& ink, ReadLine& line) { CorrectEllipses(ink, line.back()); };
  EXPECT_EQ(Drawn().Letter("a").Letter("n").Stop(8).Stop(11).Stop(11).Corrected(ellipses), "an…");
  EXPECT_EQ(Drawn().Letter("a").Letter("n").Stop(8).Stop(8).Stop(8).Corrected(ellipses), "an...");
}

TEST(SmallMarks, AWordWithAWordSpaceInItIsTwo) {
  const auto split = [](const ReadInk& ink, ReadLine& line) { line = SplitAtGaps(ink, line); };
  EXPECT_EQ(Drawn().Letter("c").Letter("a").Letter("a", 14, 9).Letter("n").Corrected(split), "ca an");
  EXPECT_EQ(Drawn().Letter("c").Letter("a").Letter("a", 14, 4).Letter("n").Corrected(split), "caan");
  // A syllable is never parted, however wide it is set.
  EXPECT_EQ(Drawn().Letter("c").Letter("a").Letter("n", 14, 9).Corrected(split), "can");
}

TEST(SmallMarks, CapitalsBeforeASmallSyllableNeedLessPaper) {
  const auto split = [](const ReadInk& ink, ReadLine& line) { line = SplitAtGaps(ink, line); };
  const auto drawn = [&](const char* second, int gap) {
    return Drawn().Letter("N").Letter(second).Letter("x", 14, gap).Letter("ã").Corrected(split);
  };
  EXPECT_EQ(drawn("D", 5), "ND xã");
  EXPECT_EQ(drawn("D", 2), "NDxã");  // no paper, no space
  EXPECT_EQ(drawn("d", 5), "Ndxã");  // no capitals
}

TEST(SmallMarks, FiguresAndLeadersStandWideInOneWord) {
  const auto split = [](const ReadInk& ink, ReadLine& line) { line = SplitAtGaps(ink, line); };
  EXPECT_EQ(Drawn().Letter("2").Letter("1", 6, 9).Letter("1", 6, 9).Corrected(split), "211");
  EXPECT_EQ(Drawn().Letter("a").Stop(8).Stop(14).Stop(14).Corrected(split), "a...");
}

TEST(SmallMarks, ATimesSignIsNoPartOfItsNumber) {
  const auto split = [](const ReadInk& ink, ReadLine& line) { line = SplitAtGaps(ink, line); };
  EXPECT_EQ(Drawn().Letter("x").Letter("2", 14, 9).Letter("2").Corrected(split), "x 22");
  EXPECT_EQ(Drawn().Letter("x").Letter("2").Letter("2").Corrected(split), "x22");
}
TEST(SmallMarks, DotsThatABracketClosesAreReadFromTheInk) {
  const auto line = [](int bracket_bottom, double confidence) {
    cv::Mat mask = cv::Mat::zeros(200, 400, CV_8U);
    for (const int x : {60, 69, 78, 87}) mask(cv::Rect{x, kBase - 4, 4, 4}).setTo(255);
    mask(cv::Rect{96, kBase - 23, 8, 23 + bracket_bottom}).setTo(255);
    const Segmentation s = FindLines(mask, kDpi, [](double, double) { return 0; });
    EXPECT_EQ(s.lines.size(), 1U);
    const LinePicture picture = CutLine(255 - mask, s, s.lines[0], kDpi);
    ReadWord word;
    word.confidence = confidence;
    word.symbols = {{".", 10, 20, confidence}, {")", 30, 40, confidence}};
    ReadLine read{word};
    ReadDotsInBracket({s, s.lines[0], picture, MeasureLine(s, s.lines[0], picture, read)}, read);
    std::string out;
    for (const Symbol& symbol : read[0].symbols) out += symbol.text;
    return out;
  };
  EXPECT_EQ(line(7, 0.24), "....)");
  EXPECT_EQ(line(0, 0.24), ".)");  // stands on the baseline: a figure, or an l
  EXPECT_EQ(line(7, 0.95), ".)");
}
TEST(SmallMarks, AJustifiedLineIsMeasuredByItsOwnSpaces) {
  const auto split = [](const ReadInk& ink, ReadLine& line) { line = SplitAtGaps(ink, line); };
  EXPECT_EQ(Drawn()
                .Letter("c")
                .Letter("a")
                .EndWord()
                .Letter("c", 14, 20)
                .Letter("a")
                .EndWord()
                .Letter("c", 14, 20)
                .Letter("a")
                .Letter("a", 14, 8)
                .Letter("n")
                .Corrected(split),
            "ca ca caan");
}

}  // namespace
}  // namespace vanthu::ocr
