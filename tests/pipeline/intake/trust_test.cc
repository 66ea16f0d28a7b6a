// Which text layers are believed.
#include <gtest/gtest.h>

#include "tests/pipeline/intake/encode.h"
#include "tests/pipeline/intake/read_tiny.h"

namespace vanthu {
namespace {

using test::HasFinding;
using test::Joined;
using test::Read;
using test::TinyPdf;

const char* const kProse =
    "Thực hiện Kế hoạch của Ủy ban nhân dân tỉnh về công tác kiểm soát thủ tục hành chính năm nay Ủy ban "
    "nhân dân xã "
    "xây dựng kế hoạch với các nội dung sau";

TinyPdf WithScan() {
  TinyPdf pdf;
  pdf.AddImage("Im", "/Width 83 /Height 117 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode",
               test::EncodeJpeg(test::Sample(83, 117, 1)));
  return pdf;
}
const char* const kScan = "q 595 0 0 842 0 0 cm /Im Do Q ";

TextLayer LayerOf(const std::string& text) {
  return Read(TinyPdf().AddPage(TinyPdf::Text(text, 20, 700, 6))).text_layer;
}

TEST(Trust, Prose) {
  EXPECT_EQ(LayerOf(kProse), TextLayer::kTrusted);
}

TEST(Trust, EmptyPageHasNoLayer) {
  EXPECT_EQ(Read(TinyPdf().AddPage("")).text_layer, TextLayer::kAbsent);
}

TEST(Trust, ForeignTextNumbersAndFewWordsAreNotGarbage) {
  EXPECT_EQ(
      LayerOf("The quick brown fox jumps over the lazy dog while others watch from afar and cheer loudly"),
      TextLayer::kTrusted);
  EXPECT_EQ(LayerOf("1 17,00 15,50 14,50 85,29% 2 17,00 15,50 14,00 82,35% 01/02/2025 12:30"),
            TextLayer::kTrusted);
  EXPECT_EQ(LayerOf("3"), TextLayer::kTrusted);
  EXPECT_EQ(LayerOf("UBND TTHC CNTT"), TextLayer::kTrusted);
}

TEST(Trust, RecognisersGarbageIsRefused) {
  const Page page = Read(TinyPdf().AddPage(
      TinyPdf::Text("ceNG HoA x,l ugr cnu Ncnin vtpr xlrvr Uy ban nhdn dAn tinh t6 chric bu,ii lam viec d,5 "
                    "nghe NQi vu b6o c6o rllnh "
                    "gi6 qu6 vi gi6i ph6p n6ng cao c6c chi Nguy6n Ngqc Phirc Tinh riy vi6n Ph6 Chri tich",
                    10, 700, 5)));
  EXPECT_EQ(page.text_layer, TextLayer::kRefused);
  EXPECT_TRUE(HasFinding(page, "intake.layer.garbage"));
  EXPECT_TRUE(page.words.empty());
}

TEST(Trust, LostMarksAreRefused) {
  const Page page = Read(TinyPdf().AddPage(TinyPdf::Text(
      "Thuc hien Ke hoach cua Uy ban nhan dan tinh ve cong tac kiem soat thu tuc hanh chinh nam nay", 10, 700,
      5)));
  EXPECT_EQ(page.text_layer, TextLayer::kRefused);
  EXPECT_TRUE(HasFinding(page, "intake.layer.unmarked"));
}

TEST(Trust, UnmappedCharactersAreRefused) {
  // Two-byte codes without any map to Unicode.
  TinyPdf pdf;
  const int cid = pdf.AddObject(
      "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering "
      "(Identity) "
      "/Supplement 0 >> /DW 500 >>");
  const int font =
      pdf.AddObject("<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [" +
                    std::to_string(cid) + " 0 R] >>");
  pdf.AddPage("BT /X 12 Tf 50 700 Td <00240025002600270028> Tj ET", "", "[0 0 595 842]");
  std::string bytes = pdf.Bytes();
  const std::string from = "/Font << /F1", to = "/Font << /X " + std::to_string(font) + " 0 R /F1";
  for (std::size_t at = bytes.find(from); at != std::string::npos; at = bytes.find(from, at + to.size()))
    bytes.replace(at, from.size(), to);  // offsets move: the reader rebuilds the table
  const Page page = test::ReadBytes(bytes);
  EXPECT_EQ(page.text_layer, TextLayer::kRefused);
}

TEST(Trust, InvisibleLayerUnderAScanIsRefused) {
  const Page page = Read(WithScan().AddPage(kScan + ("q 3 Tr " + TinyPdf::Text(kProse, 20, 700, 6) + "Q")));
  EXPECT_EQ(page.text_layer, TextLayer::kRefused);
  EXPECT_TRUE(HasFinding(page, "intake.layer.hidden"));
  EXPECT_TRUE(page.words.empty());
}

TEST(Trust, LayerPaintedUnderTheScanIsRefused) {
  EXPECT_EQ(Read(WithScan().AddPage(TinyPdf::Text(kProse, 20, 700, 6) + kScan)).text_layer,
            TextLayer::kRefused);
}

TEST(Trust, ScanWithAStampedNumberKeepsTheNumberAlone) {
  TinyPdf pdf = WithScan();
  pdf.AddPage(kScan + TinyPdf::Text("SAO Y", 400, 800));
  pdf.AddAnnotation("/Subtype /Stamp", "[70 695 100 712]",
                    "BT /F1 12 Tf 2 5 Td " + TinyPdf::Hex("565") + " Tj ET", "[0 0 30 17]");
  const Page page = Read(pdf);
  EXPECT_EQ(page.text_layer, TextLayer::kAbsent);
  EXPECT_EQ(Joined(page), "SAO Y 565");
  for (const Word& word : page.words) EXPECT_EQ(word.source, Source::kAppearance);
}

TEST(Trust, LetterheadPictureUnderOwnTextIsNoScan) {
  std::string content = kScan;
  for (int i = 0; i < 4; ++i) content += TinyPdf::Text(kProse, 20, 600 - 20 * i, 5);
  EXPECT_EQ(Read(WithScan().AddPage(content)).text_layer, TextLayer::kTrusted);
}

TEST(Trust, LargePictureInATextPageIsSaid) {
  const Page page =
      Read(WithScan().AddPage(TinyPdf::Text(kProse, 20, 700, 6) + "q 400 0 0 400 50 100 cm /Im Do Q"));
  EXPECT_EQ(page.text_layer, TextLayer::kTrusted);
  EXPECT_TRUE(HasFinding(page, "intake.page.picture"));
}

TEST(Trust, PagesAreJudgedAlone) {
  TinyPdf pdf = WithScan();
  pdf.AddPage(TinyPdf::Text(kProse, 20, 700, 6)).AddPage(kScan);
  EXPECT_EQ(Read(pdf, 0).text_layer, TextLayer::kTrusted);
  EXPECT_EQ(Read(pdf, 1).text_layer, TextLayer::kAbsent);
}

TEST(SoleImage, OnlyWhereThePageIsOneJpeg) {
  const std::string jpeg = test::EncodeJpeg(test::Sample(83, 117, 1));
  const test::TemporaryFile scan(WithScan().AddPage(kScan).Bytes());
  auto document = intake::OpenDocument(scan.path(), {});
  ASSERT_TRUE(document);
  const auto image = (*document)->SoleImage(0);
  ASSERT_TRUE(image && *image);
  EXPECT_EQ((*image)->jpeg, jpeg);
  EXPECT_EQ((*image)->width_px, 83);
  EXPECT_EQ((*image)->components, 1);
  const Point corner = (*image)->image_to_page.Map(Point{1, 1});
  EXPECT_NEAR(corner.x, 595, 0.01);
  EXPECT_NEAR(corner.y, 842, 0.01);
  EXPECT_NEAR((*image)->image_to_page.Map(Point{0, 0}).y, 0, 0.01);

  for (const std::string& content :
       {std::string(kScan) + TinyPdf::Text("a", 50, 50), std::string(kScan) + kScan,
        std::string("q 300 0 0 400 0 0 cm /Im Do Q ")}) {
    const test::TemporaryFile file(WithScan().AddPage(content).Bytes());
    auto other = intake::OpenDocument(file.path(), {});
    ASSERT_TRUE(other);
    const auto none = (*other)->SoleImage(0);
    ASSERT_TRUE(none);
    EXPECT_FALSE(none->has_value()) << content;
  }
}

}  // namespace
}  // namespace vanthu
