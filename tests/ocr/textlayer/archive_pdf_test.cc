#include <gmock/gmock.h>
#include <poppler-document.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

#include "page_sample.h"
#include "pipeline/base/file.h"

namespace vanthu::ocr {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

struct Seen {
  std::string text;
  Box box;
};

// Poppler reads from the string as long as the document lives.
std::unique_ptr<poppler::document> Load(const std::string& pdf) {
  return std::unique_ptr<poppler::document>(
      poppler::document::load_from_raw_data(pdf.data(), static_cast<int>(pdf.size())));
}

std::vector<Seen> WordsOf(const std::string& pdf) {
  const auto document = Load(pdf);
  const std::unique_ptr<poppler::page> page(document->create_page(0));
  std::vector<Seen> out;
  for (const poppler::text_box& word : page->text_list()) {
    const auto utf8 = word.text().to_utf8();
    out.push_back({std::string(utf8.begin(), utf8.end()),
                   {word.bbox().left(), word.bbox().top(), word.bbox().right(), word.bbox().bottom()}});
  }
  return out;
}

std::vector<std::string> TextsOf(const std::string& pdf) {
  std::vector<std::string> out;
  for (const Seen& word : WordsOf(pdf)) out.push_back(word.text);
  return out;
}

void ExpectNear(const Box& seen, const Box& wanted) {
  EXPECT_NEAR(seen.x0, wanted.x0, 0.5);
  EXPECT_NEAR(seen.y0, wanted.y0, 0.5);
  EXPECT_NEAR(seen.x1, wanted.x1, 0.5);
  EXPECT_NEAR(seen.y1, wanted.y1, 0.5);
}

TEST(ArchivePdf, WordsAreFoundWhereTheyStand) {
  const ArchivePage page = RasterPage();
  const auto pdf = OnePage(page);
  ASSERT_TRUE(pdf.has_value()) << Describe(pdf.error(), Language::kEnglish);
  const std::vector<Seen> words = WordsOf(*pdf);
  ASSERT_EQ(words.size(), page.words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    EXPECT_EQ(words[i].text, page.words[i].text);
    ExpectNear(words[i].box, page.words[i].box);
  }
}

TEST(ArchivePdf, CopiesAsLinesOfWordsEvenWhereTheyTouch) {
  ArchivePage page = RasterPage();
  page.words = {At("Ủy", 50, 100, 70, 114), At("ban", 70.3, 100, 95, 114), At("nhân", 97, 101, 125, 115),
                At("Điều", 50, 120, 75, 134), At("1.", 79, 120, 88, 134)};
  const std::string pdf = OnePage(page).value();
  const auto document = Load(pdf);
  const std::unique_ptr<poppler::page> first(document->create_page(0));
  const auto utf8 = first->text().to_utf8();
  EXPECT_THAT(std::string(utf8.begin(), utf8.end()), HasSubstr("Ủy ban nhân\nĐiều 1."));
}

TEST(ArchivePdf, EveryVietnameseLetterAndBeyondTheBasicPlane) {
  ArchivePage page = RasterPage();
  page.words.clear();
  const std::vector<std::string> texts = {"aàảãáạăằẳẵắặâầẩẫấậ",
                                          "eèẻẽéẹêềểễếệ",
                                          "iìỉĩíị",
                                          "oòỏõóọôồổỗốộơờởỡớợ",
                                          "uùủũúụưừửữứự",
                                          "yỳỷỹýỵđ",
                                          "ĂÂĐÊÔƠƯẰẾỘỮỴ",
                                          "“”–…≥₫",
                                          "𝐀😀",
                                          "漢字"};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const double y = 60 + 30 * static_cast<double>(i);
    page.words.push_back(At(texts[i], 60, y, 200, y + 14));
  }
  // Decomposed in, composed out.
  page.words.push_back(
      At("tu\xcc\xa3"
         "c",
         60, 500, 100, 514));
  std::vector<std::string> wanted = texts;
  wanted.emplace_back("tục");
  EXPECT_EQ(TextsOf(OnePage(page).value()), wanted);
}

TEST(ArchivePdf, SkewAndTurnedFramesAreFollowed) {
  for (const double degrees : {0.0, 2.0, -3.0, 90.0, 180.0, 270.0}) {
    ArchivePage page = RasterPage();
    const double turn = degrees * std::acos(-1.0) / 180;
    page.to_source = Affine{1, 0, 0, 1, -300, -400}
                         .Then({std::cos(turn), std::sin(turn), -std::sin(turn), std::cos(turn), 0, 0})
                         .Then({1, 0, 0, 1, 300, 400});
    // Long enough that its baseline leaves the page's by more than the half point at which Poppler breaks
    // words.
    page.words = {At("thủ", 250, 390, 275, 404), At("TRƯỜNGHỌC", 280, 390, 370, 404)};
    const std::vector<Seen> words = WordsOf(OnePage(page).value());
    ASSERT_EQ(words.size(), 2u) << degrees;
    for (std::size_t i = 0; i < 2; ++i) {
      EXPECT_EQ(words[i].text, page.words[i].text) << degrees;
      const Box wanted = page.to_source.Map(page.words[i].box);
      EXPECT_NEAR(words[i].box.centre_x(), wanted.centre_x(), 1) << degrees;
      EXPECT_NEAR(words[i].box.centre_y(), wanted.centre_y(), 1) << degrees;
    }
  }
}

TEST(ArchivePdf, TurnedWordsStandInTheirBoxes) {
  for (const int degrees : {90, 180, 270}) {
    ArchivePage page = RasterPage();
    page.words = {degrees == 180 ? At("ngang", 100, 200, 140, 214, 180)
                                 : At("đứng", 100, 200, 114, 240, degrees)};
    const std::vector<Seen> words = WordsOf(OnePage(page).value());
    ASSERT_EQ(words.size(), 1u) << degrees;
    EXPECT_EQ(words[0].text, page.words[0].text);
    ExpectNear(words[0].box, page.words[0].box);
  }
}

TEST(ArchivePdf, PictureFillsThePageUnaltered) {
  ArchivePage page = RasterPage();
  page.raster.reset();
  page.jpeg = Jpeg(300, 424, 3);
  page.jpeg_width_px = 300;
  page.jpeg_height_px = 424;
  page.jpeg_to_page = {595, 0, 0, 842, 0, 0};
  const std::string pdf = OnePage(page).value();
  EXPECT_THAT(pdf, HasSubstr(*page.jpeg));  // byte for byte
  const auto document = Load(pdf);
  const std::unique_ptr<poppler::page> first(document->create_page(0));
  poppler::page_renderer renderer;
  renderer.set_image_format(poppler::image::format_rgb24);
  const poppler::image image = renderer.render_page(first.get(), 36.3, 36.3);  // 300 px wide again
  const auto pixel = [&](int x, int y) {
    const auto* data =
        reinterpret_cast<const unsigned char*>(image.const_data()) + y * image.bytes_per_row() + 3 * x;
    return std::array<int, 3>{data[0], data[1], data[2]};
  };
  // Red grows to the right, green downwards: neither turned nor mirrored.
  EXPECT_LT(pixel(10, 10)[0], 40);
  EXPECT_GT(pixel(290, 10)[0], 220);
  EXPECT_LT(pixel(290, 10)[1], 40);
  EXPECT_GT(pixel(10, 410)[1], 220);
  EXPECT_NEAR(pixel(150, 200)[2], 40, 25);
}

TEST(ArchivePdf, BlackAndWhiteKeepsEveryPixel) {
  ArchivePage page = RasterPage();
  page.words.clear();
  page.raster = BlackAndWhite(300, 424);
  const std::string pdf = OnePage(page).value();
  EXPECT_THAT(pdf, HasSubstr("CCITTFaxDecode"));
  const auto document = Load(pdf);
  const std::unique_ptr<poppler::page> first(document->create_page(0));
  poppler::page_renderer renderer;
  renderer.set_image_format(poppler::image::format_gray8);
  const poppler::image image = renderer.render_page(first.get(), 72.0 * 300 / 595, 72.0 * 424 / 842);
  const auto value = [&](int x, int y) {
    return static_cast<int>(static_cast<unsigned char>(image.const_data()[y * image.bytes_per_row() + x]));
  };
  EXPECT_EQ(value(5, 5), 0);
  EXPECT_EQ(value(95, 205), 0);
  EXPECT_EQ(value(105, 5), 255);
  EXPECT_EQ(value(5, 220), 255);
}

TEST(ArchivePdf, TextIsNotSeen) {
  ArchivePage page = RasterPage();
  page.raster = Raster{10, 10, 1, {10}, std::vector<std::uint8_t>(100, 255)};
  const std::string pdf = OnePage(page).value();
  const auto document = Load(pdf);
  const std::unique_ptr<poppler::page> first(document->create_page(0));
  poppler::page_renderer renderer;
  renderer.set_image_format(poppler::image::format_gray8);
  const poppler::image image = renderer.render_page(first.get(), 72, 72);
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < image.width(); ++x)
      ASSERT_EQ(static_cast<unsigned char>(image.const_data()[y * image.bytes_per_row() + x]), 255);
}

TEST(ArchivePdf, SameInputGivesTheSameBytes) {
  const std::string first = OnePage(RasterPage()).value();
  EXPECT_EQ(first, OnePage(RasterPage()).value());
  ArchiveInfo other = Info();
  other.document_id = std::string(64, 'b');
  EXPECT_NE(first, Build(
                       1, [](int) -> Result<ArchivePage> { return RasterPage(); }, other)
                       .value());
}

TEST(ArchivePdf, SaysItIsPdfA2b) {
  const std::string pdf = OnePage(RasterPage()).value();
  EXPECT_TRUE(pdf.starts_with("%PDF-1.7\n"));
  EXPECT_THAT(pdf, HasSubstr("<pdfaid:part>2</pdfaid:part>"));
  EXPECT_THAT(pdf, HasSubstr("<pdfaid:conformance>B</pdfaid:conformance>"));
  EXPECT_THAT(pdf, HasSubstr("/GTS_PDFA1"));
  const auto document = Load(pdf);
  EXPECT_FALSE(document->is_encrypted());
  const auto title = document->get_title().to_utf8();
  EXPECT_EQ(std::string(title.begin(), title.end()), Info().title);
}

TEST(ArchivePdf, PassesQpdfsCheck) {
  if (std::system("command -v qpdf > /dev/null") != 0) GTEST_SKIP() << "SKIPPED: qpdf is not installed";
  const std::string path = testing::TempDir() + fmt::format("vanthu-archive-{}.pdf", ::getpid());
  const auto pdf = Build(
      3,
      [](int i) -> Result<ArchivePage> {
        ArchivePage page = RasterPage();
        if (i == 1) page.raster = BlackAndWhite(100, 100);
        if (i == 2) page.words.clear();
        return page;
      },
      Info());
  ASSERT_TRUE(WriteFileAtomically(path, *pdf).has_value());
  EXPECT_EQ(std::system(("qpdf --check " + path + " > /dev/null").c_str()), 0);
  std::filesystem::remove(path);
}

TEST(ArchivePdf, AsksForOnePageAtATimeAndPassesErrorsOn) {
  std::vector<int> asked;
  const auto failing = [&](int i) -> Result<ArchivePage> {
    asked.push_back(i);
    if (i == 2) return Fail({ErrorCode::kLimit, {"v", "e"}, {}, {}, {}, {}});
    return RasterPage();
  };
  const auto pdf = Build(5, failing, Info());
  ASSERT_FALSE(pdf.has_value());
  EXPECT_EQ(pdf.error().code, ErrorCode::kLimit);
  EXPECT_EQ(pdf.error().page, 2);
  EXPECT_THAT(asked, ElementsAre(0, 1, 2));
}

TEST(ArchivePdf, AFullDiskIsAnErrorAndEndsTheWork) {
  const std::size_t whole = OnePage(RasterPage())->size();
  for (const std::size_t room : {std::size_t{0}, whole / 2, whole - 1}) {
    FullDisk disk(static_cast<std::streamsize>(room));
    int asked = 0;
    const auto next = [&asked](int) -> Result<ArchivePage> {
      ++asked;
      return RasterPage();
    };
    const Status built = BuildArchivePdf(100, next, Info(), disk);
    ASSERT_FALSE(built.has_value()) << room;
    EXPECT_EQ(built.error().code, ErrorCode::kWrite);
    EXPECT_LE(asked, 3) << "went on with a disk that was full";
  }
}

TEST(ArchivePdf, RefusesWhatPdfACannotHold) {
  EXPECT_EQ(Build(0, nullptr, Info()).error().code, ErrorCode::kNotAccepted);
  for (const double side : {2.0, 15000.0, std::nan("")}) {
    ArchivePage page = RasterPage();
    page.width_pt = side;
    EXPECT_EQ(OnePage(page).error().code, ErrorCode::kLimit);
  }
  ArchivePage neither = RasterPage();
  neither.raster.reset();
  EXPECT_EQ(OnePage(neither).error().code, ErrorCode::kInternal);
  ArchivePage nowhere = RasterPage();
  nowhere.to_source.a = std::nan("");
  EXPECT_EQ(OnePage(nowhere).error().code, ErrorCode::kInternal);
  ArchiveInfo info = Info();
  info.created_iso = "yesterday";
  EXPECT_EQ(Build(
                1, [](int) -> Result<ArchivePage> { return RasterPage(); }, info)
                .error()
                .code,
            ErrorCode::kInternal);
}

TEST(ArchivePdf, MissingFontIsAMissingResource) {
  // The font lies beside the models or in Debian's folder; an empty prefix falls back to it.
  ::setenv("TESSDATA_PREFIX", "/nonexistent", 1);
  EXPECT_TRUE(OnePage(RasterPage()).has_value());
  ::unsetenv("TESSDATA_PREFIX");
}

TEST(ArchivePdf, HostileWordsMakeNoBrokenPage) {
  ArchivePage page = RasterPage();
  const double infinite = std::numeric_limits<double>::infinity();
  page.words = {At("a", 0, 0, infinite, 5),
                At("b", std::nan(""), 0, 5, 5),
                At("c", 1e300, 0, 1e301, 5),
                At("", 0, 0, 5, 5),
                At(std::string("\0\x01\x7f", 3), 0, 0, 5, 5),
                At("\xff\xfe", 10, 10, 30, 20),
                At("rỗng", 50, 50, 50, 50),
                At(")(<>\\%", 60, 60, 100, 74),
                At("xoay", 100, 100, 120, 110, 45),
                At("\xEF\xBB\xBFq", 200, 200, 210, 210)};
  const auto pdf = OnePage(page);
  ASSERT_TRUE(pdf.has_value());
  const std::vector<std::string> texts = TextsOf(*pdf);
  EXPECT_THAT(texts, testing::IsSupersetOf({"rỗng", ")(<>\\%", "xoay", "q"}));
}

}  // namespace
}  // namespace vanthu::ocr
