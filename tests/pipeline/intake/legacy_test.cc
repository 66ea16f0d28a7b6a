// Fonts of the time before Unicode.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "pipeline/base/unicode.h"
#include "pipeline/intake/font_face.h"
#include "pipeline/intake/legacy_text.h"
#include "tests/pipeline/intake/read_tiny.h"

namespace vanthu {
namespace {

using intake::DecodeLegacy;
using intake::LegacyEncoding;
using test::HasFinding;
using test::Joined;
using test::Read;
using test::TinyPdf;

std::string Decoded(LegacyEncoding encoding, std::string_view bytes) {
  std::u32string out;
  for (const char32_t c :
       DecodeLegacy(encoding, {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}))
    if (c != 0) out.push_back(c);
  return FromCodePoints(out);
}

// Composed by hand from the two standards' tables.
constexpr std::string_view kTcvn =
    "C\xE9ng ho\xB5 x\xB7 h\xE9i ch\xF1 ngh\xDC"
    "a Vi\xD6t Nam \xA7\xE9"
    "c l\xCB"
    "p T\xF9 do H\xB9nh ph\xF3"
    "c "
    "\xF1y ban nh\xA9n d\xA9n ph\xAD\xEAng k\xD5 ho\xB9"
    "ch \xAE\xCEy m\xB9nh \xF8ng d\xF4ng";
constexpr std::string_view kTcvnRead =
    "Cộng hoà xã hội chủ nghĩa Việt Nam Độc lập Tự do Hạnh phúc ủy ban nhân dân phường kế hoạch đẻy mạnh ứng "
    "dụng";
constexpr std::string_view kVni =
    "Co\xE4ng ho\xF8"
    "a xa\xF5 ho\xE4i chu\xFB ngh\xF3"
    "a Vie\xE4t Nam \xD1o\xE4"
    "c la\xE4p T\xF6\xEF do Ha\xEFnh phu\xF9"
    "c "
    "k\xE5 ke\xE1 hoa\xEF"
    "ch ph\xF6\xF4\xF8ng ba\xE8ng n\xF6\xF4\xF9"
    "c";

TEST(Legacy, Tcvn3Table) {
  EXPECT_EQ(Decoded(LegacyEncoding::kTcvn3, kTcvn), kTcvnRead);
  EXPECT_EQ(Decoded(LegacyEncoding::kTcvn3Capitals, "\xF1y ban nh\xA9n d\xA9n x\xB7 25/KH"),
            "ỦY BAN NHÂN DÂN XÃ 25/KH");
}

TEST(Legacy, VniTable) {
  EXPECT_EQ(Decoded(LegacyEncoding::kVni, kVni),
            "Cộng hòa xã hội chủ nghĩa Việt Nam Độc lập Tự do Hạnh phúc kå kế hoạch phường bằng nước");
  EXPECT_EQ(Decoded(LegacyEncoding::kVni, "U\xDBY BAN NHA\xC2N DA\xC2N"), "ỦY BAN NHÂN DÂN");
  EXPECT_EQ(Decoded(LegacyEncoding::kVni, "a\xE4\xE4\xE4"), "ậää");  // a letter takes one mark
}

TEST(Legacy, OneEntryAByte) {
  for (const LegacyEncoding encoding :
       {LegacyEncoding::kNone, LegacyEncoding::kTcvn3, LegacyEncoding::kVni}) {
    std::vector<std::uint8_t> all(256);
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<std::uint8_t>(i);
    EXPECT_EQ(DecodeLegacy(encoding, all).size(), all.size());
  }
}

TEST(Legacy, FontNames) {
  EXPECT_EQ(intake::FaceOf("ABCDEF+.VnTime").legacy, LegacyEncoding::kTcvn3);
  EXPECT_EQ(intake::FaceOf(".VnTimeH,Bold").legacy, LegacyEncoding::kTcvn3Capitals);
  EXPECT_EQ(intake::FaceOf(".VnArial Narrow").legacy, LegacyEncoding::kTcvn3);
  EXPECT_EQ(intake::FaceOf("VNI-Times").legacy, LegacyEncoding::kVni);
  EXPECT_EQ(intake::FaceOf("TimesNewRomanPS-BoldItalicMT").legacy, LegacyEncoding::kNone);
  EXPECT_TRUE(intake::FaceOf("TimesNewRomanPS-BoldItalicMT").bold);
  EXPECT_TRUE(intake::FaceOf("TimesNewRomanPS-BoldItalicMT").italic);
  EXPECT_TRUE(intake::FaceOf(".VnTimeH,Bold").bold);
}

std::string Literal(std::string_view bytes) {
  std::string out = "<";
  for (const char c : bytes) out += fmt::format("{:02X}", static_cast<unsigned char>(c));
  return out + ">";
}

Page ReadLegacy(const char* font, std::string_view bytes) {
  TinyPdf pdf;
  pdf.AddSimpleFont("L", font);
  return Read(pdf.AddPage("BT /L 8 Tf 20 700 Td " + Literal(bytes) + " Tj ET"));
}

TEST(Legacy, Tcvn3RunInAPdf) {
  const Page page = ReadLegacy(".VnTime", kTcvn);
  EXPECT_EQ(page.text_layer, TextLayer::kTrusted);
  EXPECT_EQ(Joined(page), kTcvnRead);
  EXPECT_TRUE(page.legacy_text);
  EXPECT_FALSE(ReadLegacy("Times-Roman", "Ke hoach").legacy_text);
}

TEST(Legacy, VniRunInAPdfKeepsOneGlyphALetter) {
  const std::string text =
      "Co\xE4ng ho\xF8"
      "a xa\xF5 ho\xE4i chu\xFB ngh\xF3"
      "a";
  const Page page = ReadLegacy("VNI-Times", text);
  EXPECT_EQ(Joined(page), "Cộng hòa xã hội chủ nghĩa");
  ASSERT_FALSE(page.words.empty());
  ASSERT_EQ(page.words[0].glyphs.size(), 4u);
  EXPECT_NEAR(page.words[0].glyphs[1].box.width(), 8, 0.01);  // letter and mark, half an em each
}

TEST(Legacy, DescribedAsLatinLettersByTheFile) {
  // Two-byte codes whose map gives the Latin-1 letters that the legacy bytes pretend to be.
  std::string latin;
  for (const char c : kTcvn) latin += FromCodePoints(std::u32string(1, static_cast<unsigned char>(c)));
  EXPECT_EQ(Joined(Read(TinyPdf().AddPage(TinyPdf::Text(latin, 10, 700, 5, "F4")))), kTcvnRead);
}

TEST(Legacy, UnicodeInALegacyFontStays) {
  EXPECT_EQ(Joined(Read(TinyPdf().AddPage(TinyPdf::Text("Ủy ban nhân dân xã Thanh Xá", 10, 700, 8, "F4")))),
            "Ủy ban nhân dân xã Thanh Xá");
}

TEST(Legacy, WhatDoesNotConvertStaysRawWithAFinding) {
  const Page page = ReadLegacy(
      ".VnTime", "\xE9\xE9 q\xB5q zz\xF1 \xB5w\xB5 f\xB7h k\xF1\xF1k \xD6\xD6 w\xB9q x\xB8\xB8 t\xFEp");
  EXPECT_TRUE(HasFinding(page, "intake.legacy.unread"));
  EXPECT_EQ(page.text_layer, TextLayer::kRefused);
}

}  // namespace
}  // namespace vanthu
