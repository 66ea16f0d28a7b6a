// Words of a PDF page: how painted glyphs are strung together, composed, placed and told apart from what is
// hidden.
#include <gtest/gtest.h>

#include "tests/pipeline/intake/read_tiny.h"

namespace vanthu {
namespace {

using test::Find;
using test::Joined;
using test::Read;
using test::TinyPdf;

TEST(Words, TextPlaceSizeAndFont) {
  const Page page = Read(TinyPdf().AddPage(TinyPdf::Text("Số: 25/KH-UBND", 100, 700, 14, "F2")));
  ASSERT_EQ(page.text_layer, TextLayer::kTrusted);
  ASSERT_EQ(page.words.size(), 2u);
  const Word& word = page.words[1];
  EXPECT_EQ(word.text, "25/KH-UBND");
  EXPECT_NEAR(word.baseline_pt, 142, 0.01);
  EXPECT_NEAR(word.font_size_pt, 14, 0.01);
  EXPECT_NEAR(word.box.x0, 100 + 4 * 7, 0.01);
  EXPECT_NEAR(word.box.x1, 100 + 14 * 7, 0.01);
  EXPECT_NEAR(word.box.y0, 142 - 0.9 * 14, 0.01);
  EXPECT_NEAR(word.box.y1, 142 + 0.2 * 14, 0.01);
  EXPECT_EQ(word.font, "TimesNewRoman,Bold");
  EXPECT_EQ(word.bold, true);
  EXPECT_EQ(word.italic, false);
  ASSERT_EQ(word.glyphs.size(), 10u);
  EXPECT_EQ(word.glyphs[0].code, U'2');
  EXPECT_NEAR(word.glyphs[3].box.x0, word.glyphs[2].box.x1, 1e-6);
}

TEST(Words, SpacesPaintedAtALinesEndAreNoted) {
  const Page page =
      Read(TinyPdf().AddPage(TinyPdf::Text("Phòng HĐND- ", 100, 700) + TinyPdf::Text("UBND", 100, 680) +
                             TinyPdf::Text("117/QĐ-", 100, 660)));
  ASSERT_NE(Find(page, "HĐND-"), nullptr);
  EXPECT_EQ(Find(page, "HĐND-")->space_after, std::optional<bool>(true));
  ASSERT_NE(Find(page, "117/QĐ-"), nullptr);
  EXPECT_EQ(Find(page, "117/QĐ-")->space_after, std::optional<bool>(false));
}

TEST(Words, JustifiedTextWithoutSpacesSplitsAtGaps) {
  const Page page = Read(TinyPdf().AddPage("BT /F1 12 Tf 50 700 Td [" + TinyPdf::Hex("Căn") + " -300 " +
                                           TinyPdf::Hex("c") + " 40 " + TinyPdf::Hex("ứ") + "] TJ ET"));
  EXPECT_EQ(Joined(page), "Căn cứ");
}

TEST(Words, APaintedSpaceSplitsHoweverNarrowALineWasSetToFit) {
  // Word pulls the space of a line that is too full back to 0.03 em; pulled back wholly, it is no space.
  const auto pulled = [](const std::string& by) {
    return Read(TinyPdf().AddPage("BT /F1 12 Tf 50 700 Td [" + TinyPdf::Hex("ph ") + by + TinyPdf::Hex("xã") +
                                  "] TJ ET " + TinyPdf::Text("các Vụ, các Cục của Bộ", 50, 680)));
  };
  EXPECT_EQ(Joined(pulled(" 470 ")), "ph xã các Vụ, các Cục của Bộ");
  EXPECT_EQ(Joined(pulled(" 500 ")), "phxã các Vụ, các Cục của Bộ");
}

TEST(Words, CharacterSpacingDoesNotSplit) {
  const Page page =
      Read(TinyPdf().AddPage("BT /F1 12 Tf 6 Tc 50 700 Td " + TinyPdf::Hex("KẾ HOẠCH") + " Tj ET"));
  EXPECT_EQ(Joined(page), "KẾ HOẠCH");
}

TEST(Words, FontsMixedInsideAWord) {
  // Word writes the ASCII letters of a word in one font and the Vietnamese ones in another.
  const Page page =
      Read(TinyPdf().AddPage("BT 50 700 Td /F1 12 Tf " + TinyPdf::Hex("ngh") + " Tj /F2 12 Tf " +
                             TinyPdf::Hex("ị") + " Tj /F1 12 Tf " + TinyPdf::Hex(" định") + " Tj ET"));
  EXPECT_EQ(Joined(page), "nghị định");
}

TEST(Words, FragmentsPaintedOutOfOrderAreJoined) {
  const Page page = Read(TinyPdf().AddPage(TinyPdf::Text("ph", 50, 700) + TinyPdf::Text("xã", 200, 700) +
                                           TinyPdf::Text("ường", 62, 700)));
  EXPECT_EQ(Joined(page), "phường xã");
}

TEST(Words, HyphenAtTheLineEndStays) {
  const Page page =
      Read(TinyPdf().AddPage(TinyPdf::Text("117/QĐ-", 400, 700) + TinyPdf::Text("UBND", 50, 680)));
  EXPECT_EQ(Joined(page), "117/QĐ- UBND");
}

TEST(Words, SoftAndNonBreakingHyphensThatAreSeenAreHyphens) {
  const Page page = Read(TinyPdf().AddPage(TinyPdf::Text("QĐ\u2011TTg và KH\u00ADUBND", 50, 700)));
  EXPECT_EQ(Joined(page), "QĐ-TTg và KH-UBND");
}

TEST(Words, MadeUpBoldIsOneBoldWord) {
  const Page page =
      Read(TinyPdf().AddPage(TinyPdf::Text("Điều", 50, 700) + TinyPdf::Text("Điều", 50.3, 700) +
                             "BT /F1 12 Tf 2 Tr 0.4 w 50 650 Td " + TinyPdf::Hex("Chương") + " Tj ET"));
  EXPECT_EQ(Joined(page), "Điều Chương");
  EXPECT_EQ(page.words.at(0).bold, true);
  EXPECT_EQ(page.words.at(1).bold, true);
}

TEST(Words, RepeatedLettersAreNotMadeUpBold) {
  const Page page = Read(TinyPdf().AddPage(TinyPdf::Text("1000 boong xoong iii", 50, 700)));
  EXPECT_EQ(Joined(page), "1000 boong xoong iii");
}

TEST(Words, SlantedMatrixIsItalic) {
  const Page page =
      Read(TinyPdf().AddPage("BT /F1 12 Tf 1 0 0.25 1 50 700 Tm " + TinyPdf::Hex("ngày") + " Tj ET"));
  EXPECT_EQ(page.words.at(0).italic, true);
}

TEST(Words, DecomposedLettersBecomeComposed) {
  // A mark in the same string, and a mark painted over its letter by moving back.
  const Page page = Read(TinyPdf().AddPage(
      "BT /F1 12 Tf 50 700 Td " + TinyPdf::Hex("vie\u0323\u0302") + " Tj ET " + "BT /F1 12 Tf 200 700 Td [" +
      TinyPdf::Hex("a") + " 500 " + TinyPdf::Hex("\u0301") + " 0 " + TinyPdf::Hex("o") + "] TJ ET"));
  const Word* ao = Find(page, "áo");
  ASSERT_NE(ao, nullptr) << Joined(page);
  EXPECT_EQ(ao->glyphs.size(), 2u);
  const Word* vie = Find(page, "việ");
  ASSERT_NE(vie, nullptr) << Joined(page);
  EXPECT_EQ(vie->glyphs.size(), 3u);
}

TEST(Words, LigaturesAreSpelledOut) {
  const Page page = Read(TinyPdf().AddPage(TinyPdf::Text("\uFB01le", 50, 700)));
  ASSERT_EQ(Joined(page), "file");
  EXPECT_NEAR(page.words[0].glyphs[1].box.x0, 53, 0.01);
}

TEST(Words, SuperscriptStandsApartWithItsSize) {
  const Page page = Read(TinyPdf().AddPage("BT /F1 12 Tf 50 700 Td " + TinyPdf::Hex("xã") +
                                           " Tj /F1 7 Tf 4 Ts " + TinyPdf::Hex("1") + " Tj ET"));
  ASSERT_EQ(page.words.size(), 2u);
  EXPECT_NEAR(page.words[1].font_size_pt, 7, 0.01);
  EXPECT_NEAR(page.words[1].baseline_pt, 138, 0.01);
}

TEST(Words, HiddenTextIsNotRead) {
  const std::string seen = TinyPdf::Text("Ủy ban nhân dân xã", 50, 700);
  const Page page = Read(TinyPdf().AddPage(
      seen + "q BT /F1 12 Tf 3 Tr 50 600 Td " + TinyPdf::Hex("vô hình") + " Tj ET Q " +  // invisible
      "1 1 1 rg " + TinyPdf::Text("trắng", 50, 560) + "0 0 0 rg " +                      // white
      "q 300 0 100 100 re W n " + TinyPdf::Text("xén", 50, 520) + " Q " +                // clipped
      TinyPdf::Text("ngoài", 700, 500) +                                                 // outside
      TinyPdf::Text("phủ", 50, 400) + "0.9 0.9 1 rg 40 390 200 30 re f 0 0 0 rg " +      // covered
      "0 0 0.5 rg 40 290 200 30 re f 1 1 1 rg " + TinyPdf::Text("đảo màu", 50, 300) +
      " 0 0 0 rg"));  // white on blue
  EXPECT_EQ(Joined(page), "Ủy ban nhân dân xã đảo màu");
  ASSERT_NE(Find(page, "đảo"), nullptr);
  EXPECT_EQ(Find(page, "đảo")->rgb, 0xFFFFFFu);
}

TEST(Words, CropBoxAndItsOrigin) {
  const Page page = Read(TinyPdf().AddPage(TinyPdf::Text("trong", 150, 700) + TinyPdf::Text("ngoài", 20, 700),
                                           "/CropBox [100 100 500 800]"));
  EXPECT_EQ(Joined(page), "trong");
  EXPECT_NEAR(page.width_pt, 400, 0.01);
  EXPECT_NEAR(page.words.at(0).box.x0, 50, 0.01);
  EXPECT_NEAR(page.words.at(0).baseline_pt, 100, 0.01);
}

TEST(Frame, RotatedPageIsReadAsAViewerShowsIt) {
  // Text painted upwards on a page that viewers turn by 90 degrees clockwise reads level.
  const Page page = Read(TinyPdf().AddPage(
      "BT /F1 12 Tf 0 1 -1 0 100 50 Tm " + TinyPdf::Hex("Kế hoạch cải cách") + " Tj ET", "/Rotate 90"));
  EXPECT_NEAR(page.width_pt, 842, 0.01);
  ASSERT_EQ(Joined(page), "Kế hoạch cải cách");
  EXPECT_EQ(page.words[0].rotation_deg, 0);
  EXPECT_NEAR(page.words[0].baseline_pt, 100, 0.01);
  EXPECT_NEAR(page.words[0].box.x0, 50, 0.01);
  const Point same = page.to_source.Map(Point{10, 20});
  EXPECT_NEAR(same.x, 10, 1e-9);
  EXPECT_NEAR(same.y, 20, 1e-9);
}

TEST(Frame, TextThatRunsUpwardsTurnsTheFrame) {
  const std::string content = "BT /F1 12 Tf 0 1 -1 0 100 50 Tm " + TinyPdf::Hex("Phụ lục kèm theo") +
                              " Tj ET " + "100 50 m 100 400 l S " + TinyPdf::Text("1", 300, 820);
  const Page page = Read(TinyPdf().AddPage(content));
  EXPECT_NEAR(page.width_pt, 842, 0.01);
  EXPECT_NEAR(page.height_pt, 595, 0.01);
  const Word* word = Find(page, "Phụ");
  ASSERT_NE(word, nullptr);
  EXPECT_EQ(word->rotation_deg, 0);
  EXPECT_NEAR(word->box.x0, 50, 0.01);
  EXPECT_NEAR(word->baseline_pt, 100, 0.01);
  // Back on the page as a viewer shows it: the text's start is at x = 100, near the bottom.
  const Box source = page.to_source.Map(word->box);
  EXPECT_NEAR(source.x0, 100 - 0.9 * 12, 0.01);
  EXPECT_NEAR(source.y1, 842 - 50, 0.01);
  ASSERT_EQ(page.rulings.size(), 1u);
  EXPECT_TRUE(page.rulings[0].horizontal);
  EXPECT_NEAR(page.rulings[0].start_pt, 50, 0.3);
  EXPECT_NEAR(page.rulings[0].position_pt, 100, 0.3);
  // The page number, level for the viewer, now runs against the frame.
  EXPECT_EQ(Find(page, "1")->rotation_deg, 90);
}

TEST(Frame, TurnedHeaderCellsKeepTheirRotation) {
  const Page page =
      Read(TinyPdf().AddPage(TinyPdf::Text("Nhiệm vụ chủ yếu trong năm", 50, 700) +
                             "BT /F1 10 Tf 0 1 -1 0 30 600 Tm " + TinyPdf::Hex("Stt") + " Tj ET"));
  EXPECT_EQ(Find(page, "Stt")->rotation_deg, 270);
  EXPECT_EQ(Find(page, "Nhiệm")->rotation_deg, 0);
}

TEST(Appearances, StampedNumberIsAWordAndAMark) {
  TinyPdf pdf;
  pdf.AddPage(TinyPdf::Text("Số:      /TB-UBND ngày tháng năm Quảng Ngãi", 50, 700));
  pdf.AddAnnotation("/Subtype /Widget /FT /Sig", "[70 695 100 712]",
                    "BT /F1 12 Tf 2 5 Td " + TinyPdf::Hex("565") + " Tj ET", "[0 0 30 17]");
  const Page page = Read(pdf);
  const Word* number = Find(page, "565");
  ASSERT_NE(number, nullptr) << Joined(page);
  EXPECT_EQ(number->source, Source::kAppearance);
  EXPECT_NEAR(number->box.x0, 72, 0.01);
  EXPECT_NEAR(number->baseline_pt, 842 - 700, 0.01);
  ASSERT_EQ(page.marks.size(), 1u);
  EXPECT_EQ(page.marks[0].kind, MarkKind::kSignature);
  EXPECT_EQ(page.marks[0].text, "565");
}

TEST(Appearances, RemarksOfReadersAreNoPartOfTheDocument) {
  TinyPdf pdf;
  pdf.AddPage(TinyPdf::Text("Quyết định", 50, 700));
  pdf.AddAnnotation("/Subtype /Text", "[70 600 200 640]", TinyPdf::Text("ghi chú", 2, 5), "[0 0 130 40]");
  EXPECT_EQ(Joined(Read(pdf)), "Quyết định");
}

TEST(Words, UnderscoresAreARuling) {
  const Page page =
      Read(TinyPdf().AddPage(TinyPdf::Text("CHÍNH PHỦ", 50, 700) + TinyPdf::Text("________", 60, 690)));
  EXPECT_EQ(Joined(page), "CHÍNH PHỦ");
  ASSERT_EQ(page.rulings.size(), 1u);
  EXPECT_NEAR(page.rulings[0].start_pt, 60, 0.01);
  EXPECT_NEAR(page.rulings[0].end_pt, 108, 0.01);
}

TEST(Words, WatermarkAcrossThePageIsNoWord) {
  const Page page = Read(TinyPdf().AddPage(TinyPdf::Text("Tờ trình", 50, 700) +
                                           "BT /F1 60 Tf 0.7 0.7 -0.7 0.7 100 200 Tm " +
                                           TinyPdf::Hex("DỰ THẢO") + " Tj ET"));
  EXPECT_EQ(Joined(page), "Tờ trình");
  ASSERT_EQ(page.marks.size(), 1u);
  EXPECT_EQ(page.marks[0].kind, MarkKind::kStamp);
  EXPECT_EQ(page.marks[0].text, "DỰ THẢO");
}

}  // namespace
}  // namespace vanthu
