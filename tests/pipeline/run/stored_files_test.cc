#include "pipeline/run/stored_files.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <set>

#include "pipeline/base/file.h"
#include "tests/pipeline/intake/tiny_pdf.h"

namespace vanthu::run {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class StoredFilesTest : public testing::Test {
 protected:
  StoredFilesTest() {
    std::string pattern = (fs::temp_directory_path() / "vanthu-stored-XXXXXX").string();
    staging_ = ::mkdtemp(pattern.data());
    rules_ = extract::ReadRules(DataFolder() / "rules").value();
  }
  ~StoredFilesTest() override { fs::remove_all(staging_); }

  Digitised Read(const fs::path& path) const {
    return Digitise(path, {}, *rules_, [](int, int) {}).value();
  }
  Result<archive::DocumentEntry> Build(const Digitised& digitised) {
    return BuildEntry(digitised, staging_, [this](int, int) { ++beats_; });
  }
  std::string Bytes(const std::string& name) const { return ReadFile(staging_ / name, 100'000'000).value(); }
  std::vector<std::string> Findings(const archive::DocumentEntry& entry, const std::string& code) const {
    std::vector<std::string> out;
    for (const Finding& finding : entry.record.findings)
      if (finding.code == code) out.push_back(finding.message);
    return out;
  }
  std::set<std::string> Files() const {
    std::set<std::string> out;
    for (const auto& file : fs::recursive_directory_iterator(staging_))
      if (file.is_regular_file()) out.insert(file.path().lexically_relative(staging_).string());
    return out;
  }

  fs::path staging_;
  extract::RulesHandle rules_;
  int beats_ = 0;
};

TEST_F(StoredFilesTest, ABornDigitalPlanIsItsOwnArchiveCopy) {
  const Digitised digitised = Read(fs::path(VANTHU_SOURCE_DIR) / "samples/an-thanh-2026.pdf");
  EXPECT_TRUE(digitised.own_text);
  const auto entry = Build(digitised);
  ASSERT_TRUE(entry) << Describe(entry.error(), Language::kEnglish);
  const int pages = digitised.document->page_count();
  EXPECT_GE(beats_, pages);
  EXPECT_EQ(Files(), std::set<std::string>(entry->staged.begin(), entry->staged.end()));
  EXPECT_EQ(entry->staged.size(), static_cast<std::size_t>(pages) + 4);
  EXPECT_EQ(Bytes("original.pdf"), digitised.document->bytes());
  EXPECT_THAT(Bytes("document.pdf"), HasSubstr("/GTS_PDFA1"));
  ASSERT_EQ(entry->steps.size(), 1u);
  EXPECT_EQ(entry->steps[0].detail, "PDF/A-2b of the original's own contents");
  EXPECT_EQ(entry->steps[0].output_sha256, Sha256Hex(Bytes("document.pdf")));
  EXPECT_THAT(Findings(*entry, "archive.pictures"), IsEmpty());

  // The copy reads as the original does, from its own text layer.
  const Digitised again = Read(staging_ / "document.pdf");
  EXPECT_EQ(again.record.source.origin, Origin::kText);
  ASSERT_EQ(again.layout.pages.size(), digitised.layout.pages.size());
  for (std::size_t i = 0; i < again.layout.pages.size(); ++i) {
    ASSERT_EQ(again.layout.pages[i].lines.size(), digitised.layout.pages[i].lines.size());
    for (std::size_t line = 0; line < again.layout.pages[i].lines.size(); ++line)
      EXPECT_EQ(again.layout.pages[i].lines[line].words.size(),
                digitised.layout.pages[i].lines[line].words.size());
  }
}

TEST_F(StoredFilesTest, PagesAreShownAtAHundredDotsAnInch) {
  const Digitised digitised = Read(fs::path(VANTHU_SOURCE_DIR) / "samples/an-thanh-2026.pdf");
  ASSERT_TRUE(Build(digitised));
  for (int page = 0; page < digitised.document->page_count(); ++page) {
    const auto picture = intake::ParseDocument(
        Bytes("pages/" + std::string(page < 9 ? "000" : "00") + std::to_string(page + 1) + ".jpg"), "page",
        {});
    ASSERT_TRUE(picture) << page;
    const LayoutPage& laid = digitised.layout.pages[static_cast<std::size_t>(page)];
    const Box shown = laid.to_source.Map(Box{0, 0, laid.width_pt, laid.height_pt});
    const auto raster = (*picture)->RenderPage(0, Dpi{100});
    ASSERT_TRUE(raster);
    EXPECT_NEAR(raster->dpi.value, 100, 0.5);
    EXPECT_NEAR(raster->width_px, shown.width() / 72 * 100, 1.5);
    EXPECT_NEAR(raster->height_px, shown.height() / 72 * 100, 1.5);
    std::size_t dark = 0;
    for (const std::uint8_t value : raster->pixels) dark += value < 100 ? 1 : 0;
    EXPECT_GT(dark, raster->pixels.size() / 500) << "an empty picture of page " << page + 1;
  }
}

// A font that is not in the file: no reader could show it the same way for ever.
TEST_F(StoredFilesTest, WhatPdfACannotHoldBecomesPicturesAndSaysWhy) {
  const test::TemporaryFile file(
      test::TinyPdf()
          .AddPage(
              test::TinyPdf::Text("Ủy ban nhân dân xã Thanh Xá ban hành kế hoạch năm học mới", 40, 700, 6))
          .Bytes());
  const Digitised digitised = Read(file.path());
  ASSERT_TRUE(digitised.own_text);
  const auto entry = Build(digitised);
  ASSERT_TRUE(entry) << Describe(entry.error(), Language::kEnglish);
  EXPECT_THAT(entry->steps.at(0).detail, HasSubstr("pictures and text: "));
  EXPECT_THAT(entry->steps.at(0).detail, HasSubstr("is not embedded"));
  ASSERT_EQ(Findings(*entry, "archive.pictures").size(), 1u);
  EXPECT_THAT(Bytes("record.json"), HasSubstr("archive.pictures"));
  EXPECT_THAT(Bytes("document.pdf"), HasSubstr("GlyphLessFont"));
}

TEST_F(StoredFilesTest, ASignedOriginalGetsItsTextBesideIt) {
  test::TinyPdf pdf;
  pdf.AddPage(test::TinyPdf::Text("Ủy ban nhân dân xã Thanh Xá ban hành kế hoạch", 40, 700, 6));
  const int value = pdf.AddObject(
      "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /ByteRange [0 10 20 10] "
      "/Contents <00> >>");
  const int field = pdf.AddObject("<< /FT /Sig /T (Signature1) /V " + std::to_string(value) + " 0 R >>");
  pdf.AddToCatalog("/AcroForm << /SigFlags 3 /Fields [" + std::to_string(field) + " 0 R] >>");
  const test::TemporaryFile file(pdf.Bytes());
  const Digitised digitised = Read(file.path());
  ASSERT_TRUE(digitised.document->is_signed());
  const auto entry = Build(digitised);
  ASSERT_TRUE(entry) << Describe(entry.error(), Language::kEnglish);
  EXPECT_EQ(Files(), (std::set<std::string>{"original.pdf", "pages/0001.jpg", "record.json", "record.xml",
                                            "text.json"}));
  EXPECT_EQ(Bytes("original.pdf"), digitised.document->bytes());
}

// The words come from a conversion: the file's own codes, kept, would give nobody its text.
TEST_F(StoredFilesTest, TextOfBeforeUnicodeIsNotKeptAsItIs) {
  test::TinyPdf pdf;
  pdf.AddSimpleFont("L", ".VnTime");
  std::string hex;
  for (const char c : std::string("C\xE9ng ho\xB5 x\xB7 h\xE9i ch\xF1 ngh\xDC"
                                  "a Vi\xD6t Nam"))
    hex += "0123456789ABCDEF"[static_cast<unsigned char>(c) >> 4], hex += "0123456789ABCDEF"[c & 15];
  pdf.AddPage("BT /L 8 Tf 20 700 Td <" + hex + "> Tj ET");
  const test::TemporaryFile file(pdf.Bytes());
  const Digitised digitised = Read(file.path());
  EXPECT_FALSE(digitised.own_text);
  const auto entry = Build(digitised);
  ASSERT_TRUE(entry) << Describe(entry.error(), Language::kEnglish);
  const Digitised again = Read(staging_ / "document.pdf");
  EXPECT_EQ(entry->steps.at(0).detail,
            "PDF/A-2b of pictures and text: its text is in fonts of before Unicode");
  EXPECT_EQ(Findings(*entry, "archive.pictures").size(), 1u);
  ASSERT_FALSE(again.layout.pages.at(0).lines.empty());
  EXPECT_EQ(again.layout.pages[0].lines[0].words.size(), digitised.layout.pages[0].lines[0].words.size());
}

TEST_F(StoredFilesTest, AFolderThatIsGoneIsAWriteError) {
  const Digitised digitised = Read(fs::path(VANTHU_SOURCE_DIR) / "samples/hung-thinh-2025.pdf");
  fs::remove_all(staging_);
  const auto entry = Build(digitised);
  ASSERT_FALSE(entry);
  EXPECT_EQ(entry.error().code, ErrorCode::kWrite);
}

}  // namespace
}  // namespace vanthu::run
