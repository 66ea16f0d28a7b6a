// Whole PDF files: passwords, signatures, attachments, rendering, and files that mean harm.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "pipeline/intake/intake.h"
#include "tests/cpu_time.h"
#include "tests/pipeline/intake/encode.h"
#include "tests/pipeline/intake/read_tiny.h"

namespace vanthu {
namespace {

using test::Joined;
using test::Read;
using test::TemporaryFile;
using test::TinyPdf;

const std::filesystem::path kData = std::filesystem::path(VANTHU_SOURCE_DIR) / "tests/pipeline/intake/data";

Result<std::unique_ptr<intake::Document>> Open(const std::string& bytes,
                                               const intake::Options& options = {}) {
  const TemporaryFile file(bytes);
  return intake::OpenDocument(file.path(), options);
}

// An error is complete: both languages, the file, and advice.
void ExpectError(const Error& error, ErrorCode code) {
  EXPECT_EQ(error.code, code) << Describe(error, Language::kEnglish);
  EXPECT_FALSE(error.message.vi.empty());
  EXPECT_FALSE(error.message.en.empty());
  EXPECT_FALSE(error.advice.vi.empty());
  EXPECT_FALSE(error.advice.en.empty());
  EXPECT_FALSE(error.file.empty());
}

// Made with qpdf 11 from one page that says "Quyết định": data/README.
Page ReadEncrypted(const std::string& name, const std::optional<std::string>& password) {
  intake::Options options;
  options.password = password;
  auto document = intake::OpenDocument(kData / name, options);
  if (!document) {
    ADD_FAILURE() << name << ": " << Describe(document.error(), Language::kEnglish);
    return {};
  }
  auto page = (*document)->ReadPage(0);
  return page ? *page : Page();
}

TEST(Password, UserOrOwner) {
  for (const char* name : {"rc4-128.pdf", "aes-128.pdf", "aes-256.pdf"}) {
    const auto without = intake::OpenDocument(kData / name, {});
    ASSERT_FALSE(without) << name;
    ExpectError(without.error(), ErrorCode::kPassword);
    intake::Options options;
    options.password = "sai";
    const auto wrong = intake::OpenDocument(kData / name, options);
    ASSERT_FALSE(wrong) << name;
    ExpectError(wrong.error(), ErrorCode::kPassword);
    EXPECT_NE(wrong.error().message.en, without.error().message.en);
    for (const char* password : {"màu", "chủ"}) {
      if (std::string(name) != "aes-256.pdf" && std::string(password) == "chủ") continue;  // not in Latin-1
      EXPECT_EQ(Joined(ReadEncrypted(name, password)), "Quyết định") << name << password;
    }
  }
  EXPECT_EQ(Joined(ReadEncrypted("rc4-128.pdf", "owner")), "Quyết định");
  EXPECT_EQ(Joined(ReadEncrypted("aes-256.pdf", "ma\u0300u")), "Quyết định");  // typed decomposed
}

TEST(Password, NotNeededWhereTheUserPasswordIsEmpty) {
  EXPECT_EQ(Joined(ReadEncrypted("aes-256-open.pdf", std::nullopt)), "Quyết định");
}

TEST(Signed, OnlyWithAByteRange) {
  for (const bool signed_file : {true, false}) {
    TinyPdf pdf;
    const int value = pdf.AddObject(
        signed_file ? "<< /Type /Sig /Filter /Adobe.PPKLite /ByteRange [0 10 20 30] /Contents <00> >>"
                    : "<< /Type /Sig /Filter /Adobe.PPKLite >>");
    const int field = pdf.AddObject(
        fmt::format("<< /Type /Annot /Subtype /Widget /FT /Sig /T (S1) /Rect [0 0 0 0] /V {} 0 R >>", value));
    pdf.AddToCatalog(fmt::format("/AcroForm << /Fields [{} 0 R] /SigFlags 3 >>", field)).AddPage("");
    const auto document = Open(pdf.Bytes());
    ASSERT_TRUE(document);
    EXPECT_EQ((*document)->is_signed(), signed_file);
  }
}

TEST(Attachments, NamesAndBytes) {
  TinyPdf pdf;
  const int data = pdf.AddObject(TinyPdf::Stream("/Type /EmbeddedFile", "<record/>"));
  const int spec = pdf.AddObject(fmt::format(
      "<< /Type /Filespec /F (record.xml) /UF <FEFF006B1EBF002E0078006D006C> /EF << /F {} 0 R >> >>", data));
  pdf.AddToCatalog(fmt::format("/Names << /EmbeddedFiles << /Names [(record.xml) {} 0 R] >> >>", spec))
      .AddPage("");
  const auto document = Open(pdf.Bytes());
  ASSERT_TRUE(document);
  const auto attachments = (*document)->Attachments();
  ASSERT_TRUE(attachments);
  ASSERT_EQ(attachments->size(), 1u);
  EXPECT_EQ(attachments->front().name, "kế.xml");
  EXPECT_EQ(attachments->front().bytes, "<record/>");
}

TEST(Render, PageWithItsAnnotationsUpright) {
  TinyPdf pdf;
  pdf.AddPage("0 0 0 rg 0 742 150 100 re f", "/Rotate 90");  // top left as stored: top right as shown
  pdf.AddAnnotation("/Subtype /Stamp", "[100 100 200 200]", "1 0 0 rg 0 0 100 100 re f", "[0 0 100 100]");
  const auto document = Open(pdf.Bytes());
  ASSERT_TRUE(document);
  const auto raster = (*document)->RenderPage(0, Dpi{72});
  ASSERT_TRUE(raster);
  EXPECT_EQ(raster->width_px, 842);
  EXPECT_EQ(raster->channels, 3);
  EXPECT_EQ(test::CornerOf(*raster), 1);
  const std::uint8_t* stamp = raster->row(150) + 150 * 3;
  EXPECT_GT(stamp[0], 200);
  EXPECT_LT(stamp[1], 50);
}

TEST(Render, ResolutionIsLoweredToTheLimitOfPixels) {
  intake::Options options;
  options.limits.max_pixels = 100'000;
  const auto document = Open(TinyPdf().AddPage("").Bytes(), options);
  ASSERT_TRUE(document);
  const auto raster = (*document)->RenderPage(0, Dpi{300});
  ASSERT_TRUE(raster);
  EXPECT_LE(raster->width_px * raster->height_px, 100'000);
  EXPECT_NEAR(raster->width_px / raster->dpi.value * 72, 595, 3);
}

TEST(Hostile, FilesThatAreNoDocuments) {
  const auto empty = Open("");
  ASSERT_FALSE(empty);
  ExpectError(empty.error(), ErrorCode::kDamaged);
  for (const std::string bytes :
       {"hello", "PK\x03\x04 some zip", "<html>", "\xD0\xCF\x11\xE0 doc", "GIF89a"}) {
    const auto other = Open(bytes);
    ASSERT_FALSE(other);
    ExpectError(other.error(), ErrorCode::kNotAccepted);
  }
  const auto folder = intake::OpenDocument("/tmp", {});
  ASSERT_FALSE(folder);
  ExpectError(folder.error(), folder.error().code);
  const auto missing = intake::OpenDocument("/nonexistent/x.pdf", {});
  ASSERT_FALSE(missing);
  ExpectError(missing.error(), ErrorCode::kUnreadable);
  const TemporaryFile locked("%PDF-1.4");
  ::chmod(locked.path().c_str(), 0);
  if (::geteuid() != 0) {
    const auto unreadable = intake::OpenDocument(locked.path(), {});
    ASSERT_FALSE(unreadable);
    ExpectError(unreadable.error(), ErrorCode::kUnreadable);
  }
}

TEST(Hostile, TruncatedAndEmptyPdf) {
  const std::string whole = TinyPdf().AddPage(TinyPdf::Text("Quyết định", 50, 700)).Bytes();
  for (const std::size_t size : {std::size_t{5}, std::size_t{20}, std::size_t{300}}) {
    const auto document = Open(whole.substr(0, size));
    ASSERT_FALSE(document) << size;
    ExpectError(document.error(), ErrorCode::kDamaged);
  }
  // With a table that is cut off the file can still be put together.
  EXPECT_EQ(Joined(test::ReadBytes(whole.substr(0, whole.find("startxref")))), "Quyết định");
  const auto none = Open(TinyPdf().Bytes());
  ASSERT_FALSE(none);
  ExpectError(none.error(), ErrorCode::kDamaged);
}

TEST(Hostile, LimitOfPagesAndCountsThatLie) {
  TinyPdf pdf;
  for (int i = 0; i < 12; ++i) pdf.AddPage("");
  intake::Options options;
  options.limits.max_pages = 10;
  const auto many = Open(pdf.Bytes(), options);
  ASSERT_FALSE(many);
  ExpectError(many.error(), ErrorCode::kLimit);
  EXPECT_NE(many.error().message.en.find("12"), std::string::npos);

  std::string lying = TinyPdf().AddPage(TinyPdf::Text("Một", 50, 700)).Bytes();
  lying.replace(lying.find("/Count 1"), 8, "/Count 9");
  const auto document = Open(lying);
  if (!document) return ExpectError(document.error(), ErrorCode::kDamaged);
  for (int i = 1; i < (*document)->page_count(); ++i) {
    const auto page = (*document)->ReadPage(i);
    ASSERT_FALSE(page) << i;
    ExpectError(page.error(), ErrorCode::kDamaged);
    EXPECT_EQ(page.error().page, i);
  }
}

TEST(Hostile, CyclicPageTree) {
  std::string bytes = TinyPdf().AddPage("").Bytes();
  const std::size_t at = bytes.find("/Kids [");
  const std::size_t end = bytes.find("]", at);
  bytes.replace(at, end - at, "/Kids [2 0 R");
  const auto document = Open(bytes);
  if (!document) return ExpectError(document.error(), ErrorCode::kDamaged);
  const auto page = (*document)->ReadPage(0);
  ASSERT_FALSE(page);
  ExpectError(page.error(), ErrorCode::kDamaged);
}

TEST(Hostile, TooLargeAPage) {
  const auto document = Open(TinyPdf().AddPage("", "", "[0 0 6000 300]").Bytes());
  ASSERT_TRUE(document);
  for (const auto& error : {(*document)->ReadPage(0).error(), (*document)->RenderPage(0, Dpi{300}).error()}) {
    ExpectError(error, ErrorCode::kLimit);
    EXPECT_NE(error.message.vi.find("201 cm"), std::string::npos) << error.message.vi;  // names the limit
  }
}

std::string Deflated(const std::string& data) {
  uLongf size = compressBound(data.size());
  std::string out(size, '\0');
  compress2(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(data.data()),
            data.size(), 6);
  out.resize(size);
  return out;
}

// A few kilobytes that paint a hundred million strokes are cut short, and the page says so.
TEST(Hostile, ContentThatExpands) {
  std::string strokes;
  while (strokes.size() < 20'000'000) strokes += "0 0 m 9 9 l S ";
  TinyPdf pdf;
  const int bomb = pdf.AddObject(TinyPdf::Stream(
      "/Type /XObject /Subtype /Form /BBox [0 0 600 900] /Filter /FlateDecode", Deflated(strokes)));
  std::string again;
  for (int i = 0; i < 60; ++i) again += "/B Do ";
  pdf.AddResources("");
  std::string bytes = pdf.AddPage(again).Bytes();
  const std::string from = "/XObject << ";
  bytes.replace(bytes.rfind(from), from.size(), fmt::format("/XObject << /B {} 0 R ", bomb));
  Page page;
  const double seconds = CpuSecondsOf([&] { page = test::ReadBytes(bytes); });
  EXPECT_TRUE(test::HasFinding(page, "intake.page.truncated"));
  EXPECT_LT(seconds, 30);
}

TEST(Hostile, ManyRectanglesAreBounded) {
  std::string content;
  for (int i = 0; i < 300'000; ++i) content += "0 0 300 0.5 re f ";
  Page page;
  const double seconds = CpuSecondsOf([&] { page = Read(TinyPdf().AddPage(content)); });
  EXPECT_TRUE(test::HasFinding(page, "intake.page.truncated"));
  EXPECT_LT(seconds, 30);
}

// Text over text over text: joining fragments must not go over every pair.
TEST(Hostile, ManyWordsOnOneBaseline) {
  std::string content;
  for (int i = 0; i < 40'000; ++i) content += TinyPdf::Text("a", i % 977 * 0.6, 700, 6);
  const double seconds = CpuSecondsOf([&] { Read(TinyPdf().AddPage(content)); });
  EXPECT_LT(seconds, 30);
}

TEST(Hostile, PicturesTooLargeToDecode) {
  TinyPdf pdf;
  pdf.AddImage(
      "Im", "/Width 200000 /Height 200000 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode",
      Deflated("x"));
  pdf.AddPage("q 595 0 0 842 0 0 cm /Im Do Q");
  const auto document = Open(pdf.Bytes());
  ASSERT_TRUE(document);
  const auto raster = (*document)->RenderPage(0, Dpi{300});
  ASSERT_FALSE(raster);
  ExpectError(raster.error(), ErrorCode::kLimit);
}

TEST(Hostile, ContentStreamOfGigabytes) {
  // 90 MB of numbers without a command, in 90 KB.
  const std::string numbers(90'000'000, '1');
  std::string bytes = TinyPdf().AddPage("@").Bytes();
  const std::string data = Deflated(numbers);
  const std::string from = "<<  /Length 1 >>\nstream\n@";
  ASSERT_NE(bytes.find(from), std::string::npos);
  bytes.replace(bytes.find(from), from.size(),
                fmt::format("<< /Filter /FlateDecode /Length {} >>\nstream\n", data.size()) + data);
  const auto document = Open(bytes);
  ASSERT_TRUE(document);
  const auto page = (*document)->ReadPage(0);
  ASSERT_FALSE(page);
  ExpectError(page.error(), ErrorCode::kLimit);
}

TEST(Hostile, AnnotationThatPaintsItself) {
  TinyPdf pdf;
  pdf.AddPage(TinyPdf::Text("Quyết định", 50, 700));
  pdf.AddAnnotation("/Subtype /Stamp", "[0 0 100 100]", "/Self Do", "[0 0 100 100]");
  EXPECT_EQ(Joined(Read(pdf)), "Quyết định");
}

TEST(Hostile, ImageFiltersThatFail) {
  for (const char* filter :
       {"/JBIG2Decode", "/JPXDecode", "/CCITTFaxDecode", "/DCTDecode", "/LZWDecode", "/Nonsense"}) {
    TinyPdf pdf;
    pdf.AddImage(
        "Im",
        fmt::format("/Width 3000 /Height 3000 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter {}",
                    filter),
        "rubbish");
    pdf.AddPage(TinyPdf::Text("Quyết định", 50, 700) + "q 50 0 0 50 0 0 cm /Im Do Q");
    const auto document = Open(pdf.Bytes());
    ASSERT_TRUE(document) << filter;
    EXPECT_TRUE((*document)->RenderPage(0, Dpi{100})) << filter;
    EXPECT_EQ(Joined(*(*document)->ReadPage(0)), "Quyết định") << filter;
  }
}

}  // namespace
}  // namespace vanthu
