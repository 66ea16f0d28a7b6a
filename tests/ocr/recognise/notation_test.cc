#include "ocr/recognise/notation.h"

#include <gtest/gtest.h>

#include <fstream>

namespace vanthu::ocr {
namespace {

const Issuers kIssuers{{"TT", {"BTTTT", "BNV", "BCA"}}, {"NĐ", {"CP"}}};

double ConfidenceOfLast(const std::vector<std::string>& words, Source source = Source::kOcr) {
  Page page;
  page.recognised = true;
  for (const std::string& text : words) {
    Word word;
    word.text = text;
    word.source = source;
    word.confidence = 0.96;
    page.words.push_back(word);
  }
  std::vector<Page> pages{page};
  DoubtNotations(pages, kIssuers);
  return pages[0].words.back().confidence;
}

TEST(Notation, OfAnIssuerThatIsNoneIsDoubtful) {
  EXPECT_LT(ConfidenceOfLast({"22/2019/TT-BTTTI;"}), 0.9);
  EXPECT_LT(ConfidenceOfLast({"30/2020/ND-CP", "30/2020/NĐ-GP"}), 0.9);
  EXPECT_DOUBLE_EQ(ConfidenceOfLast({"22/2019/TT-BTTTT;"}), 0.96);
  EXPECT_DOUBLE_EQ(ConfidenceOfLast({"06/2021/TT-BCA-C41"}), 0.96);
}

TEST(Notation, IsJudgedOverALinesEnd) {
  EXPECT_LT(ConfidenceOfLast({"22/2019/TT-", "BTTTI"}), 0.9);
  EXPECT_DOUBLE_EQ(ConfidenceOfLast({"22/2019/TT-", "BTTTT."}), 0.96);
}

TEST(Notation, OfOtherTypesAndOtherWordsIsLeftAlone) {
  EXPECT_DOUBLE_EQ(ConfidenceOfLast({"96/KH-XYZ"}), 0.96);
  EXPECT_DOUBLE_EQ(ConfidenceOfLast({"TT-XYZ"}), 0.96);
  EXPECT_DOUBLE_EQ(ConfidenceOfLast({"22/2019/TT-"}), 0.96);
  EXPECT_DOUBLE_EQ(ConfidenceOfLast({"1/TT-XYZ"}, Source::kText), 0.96);
}

TEST(Notation, ListIsReadFromItsFile) {
  const auto path = std::filesystem::path(testing::TempDir()) / "issuers.txt";
  std::ofstream(path) << "# comment\nTT BNV BTC\n";
  const Issuers issuers = ReadIssuers(path);
  ASSERT_EQ(issuers.count("TT"), 1U);
  EXPECT_EQ(issuers.at("TT").size(), 2U);
  EXPECT_TRUE(ReadIssuers(path.parent_path() / "none.txt").empty());
}

}  // namespace
}  // namespace vanthu::ocr
