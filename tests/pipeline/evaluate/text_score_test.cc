#include "pipeline/evaluate/text_score.h"

#include <gtest/gtest.h>

namespace vanthu::evaluate {
namespace {

TEST(ScoreText, CountsClustersWordsAndDiacritics) {
  const TextScore score = ScoreText("Thủ tục\nhành  chính", "Thu tục hành chánh x");
  EXPECT_EQ(score.clusters, 18);  // "Thủ tục hành chính"
  EXPECT_EQ(score.words, 4);
  EXPECT_EQ(score.errors, 4);  // ủ, í, and " x"
  EXPECT_EQ(score.errors_tone_folded, 4);
  EXPECT_EQ(score.errors_without_diacritics, 3);  // i -> a, " x"
  EXPECT_EQ(score.word_errors, 3);
}

TEST(ScoreText, FoldsTonePlacementInOneNumberOnly) {
  const TextScore score = ScoreText("Uỷ ban Hoà", "Ủy ban Hòa");
  EXPECT_EQ(score.errors, 4);
  EXPECT_EQ(score.errors_tone_folded, 0);
  EXPECT_EQ(score.word_errors, 2);
  EXPECT_EQ(score.word_errors_tone_folded, 0);
  EXPECT_EQ(score.errors_without_diacritics, 0);
}

TEST(ScoreText, TakesNfdForNfc) {
  EXPECT_EQ(ScoreText("k\xE1\xBA\xBF", "ke\xCC\x82\xCC\x81").errors, 0);  // ế
}

TEST(ScoreText, CountsAllOfAMissingText) {
  EXPECT_EQ(ScoreText("một hai", "").errors, 7);
  EXPECT_EQ(ScoreText("một hai", "").word_errors, 2);
}

TEST(TextDifferences, ShowsTheWordsThatDiffer) {
  const std::vector<Message> differences =
      TextDifferences("Số 25 ngày 09 tháng 3 của xã", "Số 26 ngày tháng 3 của xã ta", 9);
  ASSERT_EQ(differences.size(), 3u);
  EXPECT_EQ(differences[0].en, R"(text word 2: "25" -> "26")");
  EXPECT_EQ(differences[0].vi, R"(text từ thứ 2: "25" -> "26")");
  EXPECT_EQ(differences[1].en, R"(text word 4: "09" -> "")");
  EXPECT_EQ(differences[2].en, R"(text: "" -> "ta")");
  EXPECT_EQ(TextDifferences("a b c d", "x b y d", 1).back().en, "text: …");
}

}  // namespace
}  // namespace vanthu::evaluate
