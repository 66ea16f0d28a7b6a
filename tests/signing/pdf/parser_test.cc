#include "signing/pdf/parser.h"

#include <gtest/gtest.h>

#include <string>

namespace vanthu::signing::pdf {
namespace {

std::optional<Object> Parsed(std::string_view text) {
  return Parser(text).TakeObject();
}

TEST(Parser, ReadsNumbers) {
  EXPECT_EQ(*Parsed("12 "), Object(12));
  EXPECT_EQ(*Parsed("-12"), Object(-12));
  EXPECT_EQ(*Parsed("+7"), Object(7));
  EXPECT_EQ(*Parsed("-.5"), Object(-0.5));
  EXPECT_EQ(*Parsed("4."), Object(4.0));
  EXPECT_TRUE(Parsed("99999999999999999999")->IsReal());
  for (const char* wrong : {"--5", "5-", ".", "-", "+", "1.2.3", "1e5", "0x1", "12a"})
    EXPECT_FALSE(Parsed(wrong)) << wrong;
}

TEST(Parser, ReadsStrings) {
  EXPECT_EQ(*Parsed("(a(b)c\\)\\n\\101\\7\\\r\nz\r\n)"), Object(String{"a(b)c)\nA\az\n"}));
  EXPECT_EQ(*Parsed("(\\1234)"), Object(String{"S4"}));
  EXPECT_EQ(*Parsed("<48 65\n6C6>"), Object(String{"Hel`"}));
  EXPECT_EQ(*Parsed("<>"), Object(String{}));
  EXPECT_FALSE(Parsed("(open"));
  EXPECT_FALSE(Parsed("(open\\"));
  EXPECT_FALSE(Parsed("<4g>"));
  EXPECT_FALSE(Parsed("<41"));
}

TEST(Parser, ReadsNamesWithTheirEscapes) {
  EXPECT_EQ(*Parsed("/A#42#zz/next"), Object(Name{"AB#zz"}));
  EXPECT_EQ(*Parsed("/ "), Object(Name{""}));
}

TEST(Parser, TellsReferencesFromNumbers) {
  EXPECT_EQ(*Parsed("[1 0 R 2 3 4 0 R]"),
            Object(Array{Object(Ref{1, 0}), Object(2), Object(3), Object(Ref{4, 0})}));
  EXPECT_EQ(*Parsed("[1 % a comment\n 0 R]"), Object(Array{Object(Ref{1, 0})}));
  EXPECT_FALSE(Parsed("[1 0 Rx]"));
  EXPECT_FALSE(Parsed("[99999999999 0 R]"));
}

TEST(Parser, KeepsANullEntry) {
  const auto object = Parsed("<</V null/W 1>>");
  ASSERT_TRUE(object);
  EXPECT_TRUE(object->AsDictionary()->contains("V"));
}

TEST(Parser, RefusesAKeyWithTwoValues) {
  EXPECT_TRUE(Parsed("<</A 1/A 1>>"));
  EXPECT_FALSE(Parsed("<</A 1/A 2>>"));
  EXPECT_FALSE(Parsed("<</A 1/#41 2>>"));
  EXPECT_FALSE(Parsed("<</A>>"));
  EXPECT_FALSE(Parsed("<<1 2>>"));
}

TEST(Parser, IsBoundedInDepthAndMemory) {
  EXPECT_TRUE(Parsed(std::string(200, '[') + std::string(200, ']')));
  EXPECT_FALSE(Parsed(std::string(5'000'000, '[')));
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<</A";
  EXPECT_FALSE(Parsed(deep));
  std::string wide = "[";
  for (int i = 0; i < 100'000; ++i) wide += "0 ";
  wide += "]";
  EXPECT_TRUE(Parsed(wide));
  EXPECT_FALSE(Parser(wide, 0, 1 << 20).TakeObject());
}

TEST(Parser, PrintsWhatItReads) {
  for (const char* text :
       {"<</A [1 2.5 -3 true null]/B (x\\(y)/C <00FF>/D /E#20F/G 5 0 R>>", "[0.000001 1.0 100000.25]"}) {
    const auto object = Parsed(text);
    ASSERT_TRUE(object) << text;
    EXPECT_EQ(*Parsed(Print(*object)), *object) << text;
  }
}

}  // namespace
}  // namespace vanthu::signing::pdf
