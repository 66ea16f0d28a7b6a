#include "signing/pdf/text_string.h"

#include <gtest/gtest.h>

namespace vanthu::signing::pdf {
namespace {

TEST(TextString, AsciiStaysAndVietnameseIsUtf16) {
  EXPECT_EQ(TextString("Signature1").bytes, "Signature1");
  EXPECT_EQ(TextString("Ủy").bytes, std::string("\xFE\xFF\x1E\xE6\0y", 6));
}

TEST(TextString, ComesBackAsItWas) {
  for (const std::string text : {"Chữ ký của Chủ tịch", "(a\\b)", "𝄞 nhạc", "đĐ", ""})
    EXPECT_EQ(Utf8Of(TextString(text)), text);
}

TEST(TextString, ReadsEveryEncoding) {
  EXPECT_EQ(Utf8Of(String{"\x80 caf\xE9"}), "• café");                           // PDFDocEncoding
  EXPECT_EQ(Utf8Of(String{std::string("\xFF\xFE\xE6\x1Ey\0", 6)}), "Ủy");        // little endian
  EXPECT_EQ(Utf8Of(String{"\xEF\xBB\xBFỦy"}), "Ủy");                             // UTF-8
  EXPECT_EQ(Utf8Of(String{std::string("\xFE\xFF\0\x1Bvi\0\x1B\0a", 10)}), "a");  // language mark
  EXPECT_EQ(Utf8Of(String{std::string("\xFE\xFF\xD8\0\0a", 6)}),
            "\xEF\xBF\xBD"
            "a");  // half a pair
}

}  // namespace
}  // namespace vanthu::signing::pdf
