#include "pipeline/archive/tokenizer.h"

#include <gmock/gmock.h>

namespace vanthu::archive {
namespace {

using testing::ElementsAre;

TEST(Tokenizer, FoldsToBaseLetters) {
  EXPECT_THAT(FoldTokens("Thủ tục HÀNH-CHÍNH, Đồng chí"),
              ElementsAre("thu", "tuc", "hanh", "chinh", "dong", "chi"));
  EXPECT_THAT(FoldTokens("25/KH-UBND"), ElementsAre("25", "kh", "ubnd"));
  EXPECT_THAT(FoldTokens("hoà hòa thuỷ thủy"), ElementsAre("hoa", "hoa", "thuy", "thuy"));
  EXPECT_THAT(FoldTokens("NGƯỜI ươ ƠƯ ẮẴ"), ElementsAre("nguoi", "uo", "ou", "aa"));
}

TEST(Tokenizer, DecomposedAndComposedAreOneAndRangesCoverTheMarks) {
  const std::string text =
      "tu\xcc\xa3"
      "c x";
  std::vector<Token> tokens;
  ForEachToken(text, [&](const Token& token) {
    tokens.push_back(token);
    return true;
  });
  ASSERT_EQ(tokens.size(), 2u);
  EXPECT_EQ(tokens[0].folded, "tuc");
  EXPECT_EQ(tokens[0].begin, 0u);
  EXPECT_EQ(tokens[0].end, 5u);
  EXPECT_EQ(tokens[1].begin, 6u);
}

TEST(Tokenizer, AnyBytesAreSafe) {
  EXPECT_THAT(FoldTokens("\xff\xc3(\xe1\xbb ab\xed\xa0\x80"
                         "c 😀\xf0\x9d\x90\x80z"),
              ElementsAre("ab", "c", "𝐀z"));
  EXPECT_THAT(FoldTokens(""), ElementsAre());
  EXPECT_THAT(FoldTokens("\xcc\x81\xcc\x81"), ElementsAre());
  EXPECT_LE(FoldTokens(std::string(100'000, 'a')).at(0).size(), kMaxTokenBytes);
}

TEST(Tokenizer, FoldingTwiceChangesNothing) {
  for (const char* text : {"Đắk Lắk", "ß", "İstanbul", "Å Ω K", "ǅ", "ﬁ", "각", "อำ"})
    for (const std::string& token : FoldTokens(text))
      EXPECT_THAT(FoldTokens(token), ElementsAre(token)) << text;
}

}  // namespace
}  // namespace vanthu::archive
