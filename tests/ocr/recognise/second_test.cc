#include "ocr/recognise/second.h"

#include <gtest/gtest.h>

namespace vanthu::ocr {
namespace {

ReadWord Word(const std::string& text, double x0, double confidence) {
  ReadWord word;
  word.confidence = confidence;
  word.symbols.push_back({text, x0, x0 + 40, confidence});
  return word;
}

std::string TextOf(const ReadLine& line) {
  std::string out;
  for (const ReadWord& word : line)
    for (const Symbol& symbol : word.symbols) out += symbol.text + " ";
  return out;
}

TEST(SecondReading, MakesSureWhatBothSay) {
  const ReadLine merged = MergeReadings({Word("tối", 0, 0.7), Word("thiểu", 50, 0.8)},
                                        {Word("tối", 1, 0.96), Word("thiểu", 51, 0.6)});
  ASSERT_EQ(merged.size(), 2U);
  EXPECT_DOUBLE_EQ(merged[0].confidence, 0.96);
  EXPECT_DOUBLE_EQ(merged[1].confidence, 0.8);
}

TEST(SecondReading, PrefersASyllableAndKeepsItDoubtful) {
  const ReadLine merged = MergeReadings({Word("Kiếmm", 0, 0.95), Word("tra", 50, 0.95)},
                                        {Word("Kiểm", 0, 0.93), Word("tra", 50, 0.9)});
  EXPECT_EQ(TextOf(merged), "Kiểm tra ");
  EXPECT_LT(merged[0].confidence, 0.9);
  EXPECT_GE(merged[1].confidence, 0.9);
}

TEST(SecondReading, NeverChangesFigures) {
  const ReadLine merged = MergeReadings({Word("08/01/2025", 0, 0.6)}, {Word("08/01/2028", 0, 0.96)});
  EXPECT_EQ(TextOf(merged), "08/01/2025 ");
  EXPECT_LT(merged[0].confidence, 0.9);
}

TEST(SecondReading, WeighsWordsThatTheOtherJoinsAsOne) {
  ReadLine joined{Word("CCVP-TK", 0, 0.76)};
  joined[0].symbols[0].x1 = 160;
  const ReadLine merged = MergeReadings({Word("CC", 0, 0.9), Word("VP–TK", 60, 0.9)}, joined);
  EXPECT_EQ(TextOf(merged), "CC VP–TK ");
  EXPECT_LT(merged[1].confidence, 0.9);
}

TEST(SecondReading, NeverTakesWhatCoversLessOfTheInk) {
  ReadLine first{Word("lIIIm", 0, 0.7)};
  first[0].symbols[0].x1 = 120;
  const ReadLine merged = MergeReadings(first, {Word("tôi", 0, 0.96)});
  EXPECT_EQ(TextOf(merged), "lIIIm ");
  EXPECT_LT(merged[0].confidence, 0.9);
}

TEST(SecondReading, OfNothingLeavesDoubt) {
  const ReadLine merged = MergeReadings({Word("chi", 0, 0.89)}, {});
  ASSERT_EQ(merged.size(), 1U);
  EXPECT_LT(merged[0].confidence, 0.89);
  EXPECT_EQ(LeastConfidence({}), 0);
}

}  // namespace
}  // namespace vanthu::ocr
