#include "ocr/recognise/doubt.h"

#include <gtest/gtest.h>

namespace vanthu::ocr {
namespace {

PlacedWord Placed(const std::string& text, double confidence, int line,
                  const Box& box = {100, 100, 140, 120}) {
  PlacedWord placed;
  placed.word.text = text;
  placed.word.confidence = confidence;
  placed.word.box = box;
  placed.line = line;
  return placed;
}

TEST(Doubt, TakesNumbersOutThatLeaveTheLineLikeAPen) {
  std::vector<PlacedWord> words{Placed("23", 0.95, 0), Placed("/BC-UBND", 0.95, 0), Placed("2025", 0.95, 0)};
  words[0].height_deviation = 0.4;
  words[0].base_deviation = 0.2;
  words[2].height_deviation = 0.05;
  const auto taken = TakeHandwriting(words);
  ASSERT_EQ(taken.size(), 1U);
  EXPECT_EQ(taken[0], (Box{100, 100, 140, 120}));
  ASSERT_EQ(words.size(), 2U);
  EXPECT_EQ(words[1].word.confidence, 0.95);
}

TEST(Doubt, DoubtsNumbersThatLeaveItInOneWay) {
  std::vector<PlacedWord> words{Placed("23", 0.95, 0)};
  words[0].base_deviation = 0.13;
  EXPECT_TRUE(TakeHandwriting(words).empty());
  ASSERT_EQ(words.size(), 1U);
  EXPECT_LT(words[0].word.confidence, 0.9);
}

TEST(Doubt, LeavesWordsOfLettersToOthers) {
  std::vector<PlacedWord> words{Placed("Quý", 0.95, 0)};
  words[0].height_deviation = 0.4;
  words[0].base_deviation = 0.2;
  EXPECT_TRUE(TakeHandwriting(words).empty());
  EXPECT_EQ(words.size(), 1U);
}

TEST(Scribble, GoesWithItsLine) {
  std::vector<PlacedWord> words{Placed("Z⁄⁄—”", 0.4, 0), Placed("_", 0.5, 0), Placed("Trần", 0.5, 1),
                                Placed("1", 0.93, 2)};
  DropScribble({}, words);
  ASSERT_EQ(words.size(), 2U);
  EXPECT_EQ(words[0].word.text, "Trần");
  EXPECT_EQ(words[1].word.text, "1");
}

TEST(Scribble, IsNotWhatMayBePrintReadBadly) {
  // A column's heading and a notation, alone on their lines; a bracket that closes an ellipsis.
  std::vector<PlacedWord> words{Placed("Stt2", 0.4, 0), Placed("/QĐ-UBND", 0.5, 1), Placed("khai", 0.95, 2),
                                Placed("...)", 0.7, 2), Placed("(photo", 0.9, 3),   Placed(")", 0.6, 3)};
  DropScribble({}, words);
  EXPECT_EQ(words.size(), 6U);
}

TEST(Scribble, InsideASignatureGoesAlone) {
  Mark signature;
  signature.kind = MarkKind::kSignature;
  signature.box = {90, 90, 200, 130};
  std::vector<PlacedWord> words{Placed("jcK", 0.3, 0), Placed("Phúc", 0.96, 0, {300, 100, 340, 120})};
  DropScribble({signature}, words);
  ASSERT_EQ(words.size(), 1U);
  EXPECT_EQ(words[0].word.text, "Phúc");
}

}  // namespace
}  // namespace vanthu::ocr
