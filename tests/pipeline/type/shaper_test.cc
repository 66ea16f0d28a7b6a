#include "pipeline/type/shaper.h"

#include <gtest/gtest.h>

namespace vanthu::type {
namespace {

class ShaperTest : public ::testing::Test {
 protected:
  Fonts fonts_ = OpenFonts({}).value();
  Shaper shaper_{*fonts_.faces};
};

TEST_F(ShaperTest, ACodeStandsForGlyphAndText) {
  const ShapedWord& word = **shaper_.Shape(Face::kBold, "Ủy");
  ASSERT_EQ(word.glyphs.size(), 2U);
  const std::vector<GlyphCode>& codes = shaper_.Codes(Face::kBold);
  EXPECT_EQ(codes.at(word.glyphs[0].code - 1U).text, "Ủ");
  EXPECT_EQ(codes.at(word.glyphs[1].code - 1U).text, "y");
  EXPECT_EQ(word.advance, word.glyphs[0].advance + word.glyphs[1].advance);
  EXPECT_TRUE(shaper_.Codes(Face::kRegular).empty());
}

TEST_F(ShaperTest, TheSameWordIsShapedOnce) {
  EXPECT_EQ(*shaper_.Shape(Face::kRegular, "văn"), *shaper_.Shape(Face::kRegular, "văn"));
}

TEST_F(ShaperTest, ACharacterThatTheFaceLacksIsNamed) {
  const auto shaped = shaper_.Shape(Face::kRegular, "a\xE6\xBC\xA2");
  ASSERT_FALSE(shaped.has_value());
  EXPECT_EQ(shaped.error().code, ErrorCode::kMissingResource);
  EXPECT_NE(shaped.error().message.en.find("U+6F22"), std::string::npos);
}

}  // namespace
}  // namespace vanthu::type
