#include "ocr/textlayer/invisible_text.h"

#include <gmock/gmock.h>

#include "page_sample.h"

namespace vanthu::ocr {
namespace {

using testing::HasSubstr;

TEST(InvisibleText, SetsStretchAndPlaceOfEveryWord) {
  CodeTable codes;
  const std::string text = InvisibleText({At("ab", 10, 20, 30, 30), At("c", 35, 20, 40, 30)}, {}, 100, codes);
  // Size 10, baseline 2 above the lower edge at y 30: 100 - 28. Glyphs are 5 wide: ab fills 20 at 200 %.
  EXPECT_EQ(text,
            "BT\n/F0 10 Tf\n3 Tr\n"
            "1 0 0 1 10 72 Tm\n200 Tz <00020003> Tj\n100 Tz <0001> Tj\n"
            "1 0 0 1 35 72 Tm\n100 Tz <0004> Tj\nET\n");
}

TEST(InvisibleText, WordsOfALineShareOneSizeThatCoversThem) {
  CodeTable codes;
  const std::string text =
      InvisibleText({At("an", 10, 22, 20, 28), At("Đg", 24, 19, 34, 29)}, {}, 100, codes);
  EXPECT_EQ(text.find("BT"), text.rfind("BT"));
  EXPECT_THAT(text, HasSubstr("/F0 10 Tf"));
}

TEST(InvisibleText, ColumnsAndLinesApart) {
  CodeTable codes;
  const std::string text = InvisibleText(
      {At("trái", 10, 20, 30, 30), At("phải", 300, 20, 330, 30), At("dưới", 10, 40, 30, 50)}, {}, 100, codes);
  int blocks = 0;
  for (std::size_t at = text.find("BT"); at != std::string::npos; at = text.find("BT", at + 1)) ++blocks;
  EXPECT_EQ(blocks, 3);
}

TEST(CodeTable, MapsCodesToCharacters) {
  CodeTable codes;
  EXPECT_EQ(codes.CodeOf(U'đ'), 1);
  EXPECT_EQ(codes.CodeOf(U'\U0001F600'), 2);
  EXPECT_EQ(codes.CodeOf(U'đ'), 1);
  EXPECT_THAT(codes.ToUnicode(), HasSubstr("2 beginbfchar\n<0001> <0111>\n<0002> <D83DDE00>\nendbfchar"));
  for (char32_t c = 0x100; codes.size() < 0xFFFF; ++c) codes.CodeOf(c);
  EXPECT_EQ(codes.CodeOf(0x10FFF0), 0);
}

}  // namespace
}  // namespace vanthu::ocr
