// Words that are drawn, and words that only the file has.
#include "pipeline/intake/word_ink.h"

#include <gtest/gtest.h>

#include "pipeline/model/raster.h"

namespace vanthu::intake {
namespace {

constexpr int kWidth = 200, kHeight = 50;

Raster Blank(int channels, std::uint8_t value = 255) {
  Raster raster;
  raster.width_px = kWidth;
  raster.height_px = kHeight;
  raster.channels = channels;
  raster.dpi = {72};
  raster.pixels.assign(static_cast<std::size_t>(kWidth) * kHeight * static_cast<std::size_t>(channels),
                       value);
  return raster;
}

void Fill(Raster& raster, const Box& box, std::uint32_t rgb) {
  for (int y = static_cast<int>(box.y0); y < static_cast<int>(box.y1); ++y)
    for (int x = static_cast<int>(box.x0); x < static_cast<int>(box.x1); ++x)
      for (int c = 0; c < raster.channels; ++c)
        raster.row(y)[x * raster.channels + c] =
            static_cast<std::uint8_t>(raster.channels == 1 ? rgb & 0xFF : rgb >> (16 - 8 * c) & 0xFF);
}

const Box kWord{20, 10, 60, 30};

// Three stems, a third of the word's box: `rgb` in the whole drawing.
void Letters(Raster& raster, std::uint32_t rgb) {
  for (const double x : {22.0, 36.0, 50.0}) Fill(raster, {x, 12, x + 5, 28}, rgb);
}

bool Seen(const Raster& drawn) {
  Raster letters = Blank(1);
  Letters(letters, 0);
  return ShowsInk(drawn, letters, {kWord}).front();
}

TEST(WordInk, BlackOnPaperAndWhiteOnBlack) {
  Raster drawn = Blank(3);
  Letters(drawn, 0x000000);
  EXPECT_TRUE(Seen(drawn));
  Raster inverse = Blank(3);
  Fill(inverse, {0, 0, kWidth, kHeight}, 0x202020);
  Letters(inverse, 0xFFFFFF);
  EXPECT_TRUE(Seen(inverse));
}

TEST(WordInk, WhiteAndNearlyWhiteIsNot) {
  for (const std::uint32_t rgb : {0xFFFFFFu, 0xFEFEFEu, 0xDDDDDDu}) {
    Raster drawn = Blank(3);
    Letters(drawn, rgb);
    EXPECT_FALSE(Seen(drawn)) << rgb;
  }
}

TEST(WordInk, CoveredInWholeOrInPart) {
  Raster whole = Blank(3);
  Letters(whole, 0);
  Fill(whole, kWord, 0xFFFFFF);
  EXPECT_FALSE(Seen(whole));
  Raster black = Blank(3);
  Letters(black, 0);
  Fill(black, {0, 0, kWidth, kHeight}, 0);
  EXPECT_FALSE(Seen(black));
  Raster part = Blank(3);  // one letter of three
  Letters(part, 0);
  Fill(part, {48, 10, 60, 30}, 0xFFFFFF);
  EXPECT_FALSE(Seen(part));
}

TEST(WordInk, OtherLettersOverIt) {
  Raster drawn = Blank(3);
  for (const double x : {26.0, 40.0, 54.0}) Fill(drawn, {x, 12, x + 5, 28}, 0);
  EXPECT_FALSE(Seen(drawn));
  Letters(drawn, 0);  // and both
  EXPECT_FALSE(Seen(drawn));
}

TEST(WordInk, ARuleThroughItAndASealOverItAreNoHarm) {
  Raster ruled = Blank(3);
  Letters(ruled, 0);
  Fill(ruled, {0, 29, kWidth, 30}, 0);
  EXPECT_TRUE(Seen(ruled));
  Raster sealed = Blank(3);
  Letters(sealed, 0);
  for (int y = 10; y < 30; y += 4) Fill(sealed, {0.0, y + 0.0, kWidth, y + 2.0}, 0xD02020);
  EXPECT_TRUE(Seen(sealed));
}

TEST(WordInk, NothingToJudgeByIsNotSeen) {
  Raster drawn = Blank(3);
  Letters(drawn, 0);
  const Raster none = Blank(1);
  EXPECT_FALSE(ShowsInk(drawn, none, {kWord}).front());               // no letters: a Type 3 font
  EXPECT_FALSE(ShowsInk(drawn, none, {{300, 10, 340, 30}}).front());  // off the page
  Raster other = Blank(1);
  other.width_px = kWidth / 2;
  EXPECT_FALSE(ShowsInk(drawn, other, {kWord}).front());
}

}  // namespace
}  // namespace vanthu::intake
