#include "pipeline/type/pdf_syntax.h"

#include <gtest/gtest.h>

namespace vanthu::type {
namespace {

TEST(PdfSyntax, NumbersHaveThreeDecimalsAndNoExponent) {
  EXPECT_EQ(Number(0), "0");
  EXPECT_EQ(Number(-0.0001), "0");
  EXPECT_EQ(Number(12.5), "12.5");
  EXPECT_EQ(Number(-0.125), "-0.125");
  EXPECT_EQ(Number(595.2756), "595.276");
  EXPECT_EQ(Number(1e9), "1000000000");
}

TEST(PdfSyntax, StringsAndNames) {
  EXPECT_EQ(TextString("Van thu"), "(Van thu)");
  EXPECT_EQ(TextString("a(b"), "<FEFF006100280062>");
  EXPECT_EQ(TextString("Đ"), "<FEFF0110>");
  EXPECT_EQ(Utf16Hex("\xF0\x9F\x98\x80"), "D83DDE00");
  EXPECT_EQ(NameOf("application/xml"), "/application#2Fxml");
  EXPECT_EQ(Reference(12), "12 0 R");
}

}  // namespace
}  // namespace vanthu::type
