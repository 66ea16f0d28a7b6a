#include "ocr/textlayer/archival.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <poppler-document.h>
#include <poppler-page.h>

#include <cstdlib>
#include <filesystem>

#include "page_sample.h"
#include "pipeline/base/file.h"

namespace vanthu::ocr {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

Result<std::string> Converted(const std::string& original, const ArchiveInfo& info) {
  std::stringbuf out(std::ios_base::out);
  if (Status made = MakeArchival(original, info, out); !made) return Fail(made.error());
  return std::move(out).str();
}

// Each page's text as Poppler reads it.
std::vector<std::string> TextOf(const std::string& pdf) {
  const std::unique_ptr<poppler::document> document(
      poppler::document::load_from_raw_data(pdf.data(), static_cast<int>(pdf.size())));
  std::vector<std::string> out;
  if (!document) return out;
  for (int i = 0; i < document->pages(); ++i) {
    const std::unique_ptr<poppler::page> page(document->create_page(i));
    const auto utf8 = page->text().to_utf8();
    out.emplace_back(utf8.begin(), utf8.end());
  }
  return out;
}

// A copy made by BuildArchivePdf, with `from` replaced by as many bytes: every offset in it stays right.
std::string Altered(const std::string& from, const std::string& to) {
  std::string pdf = OnePage(RasterPage()).value();
  const std::size_t at = pdf.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  EXPECT_EQ(from.size(), to.size());
  return pdf.replace(at, from.size(), to);
}

TEST(Archival, BornDigitalPlansKeepTheirText) {
  int converted = 0;
  for (const auto& entry : fs::directory_iterator(fs::path(VANTHU_SOURCE_DIR) / "samples")) {
    const std::string name = entry.path().filename().string();
    if (!name.ends_with(".pdf") || name.ends_with("-scan.pdf")) continue;
    const std::string original = ReadFile(entry.path(), 100'000'000).value();
    const auto copy = Converted(original, Info());
    ASSERT_TRUE(copy.has_value()) << name << ": " << Describe(copy.error(), Language::kEnglish);
    EXPECT_THAT(*copy, HasSubstr("<pdfaid:part>2</pdfaid:part>"));
    EXPECT_THAT(*copy, HasSubstr("/GTS_PDFA1"));
    EXPECT_EQ(TextOf(*copy), TextOf(original)) << name;
    EXPECT_EQ(*copy, Converted(original, Info()).value()) << "not the same bytes twice";
    EXPECT_LT(copy->size(), original.size() * 3 / 2);
    ++converted;
  }
  EXPECT_EQ(converted, 5);
}

TEST(Archival, AFullDiskIsAnError) {
  const std::string original = OnePage(RasterPage()).value();
  const std::size_t whole = Converted(original, Info())->size();
  for (const std::size_t room : {std::size_t{0}, whole / 2, whole - 1}) {
    FullDisk disk(static_cast<std::streamsize>(room));
    const Status made = MakeArchival(original, Info(), disk);
    ASSERT_FALSE(made.has_value()) << room;
    EXPECT_EQ(made.error().code, ErrorCode::kWrite);
  }
}

TEST(Archival, ItsOwnKindOfFileIsAccepted) {
  const auto copy = Converted(OnePage(RasterPage()).value(), Info());
  ASSERT_TRUE(copy.has_value()) << Describe(copy.error(), Language::kEnglish);
  EXPECT_THAT(TextOf(*copy).at(0), HasSubstr("Kế hoạch số"));
}

TEST(Archival, SaysWhyNot) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"/AA <<>>  ", "an action on an event"}, {"/JS (abcd)", "a script"},
      {"/XFA ()   ", "an XFA form"},           {"/Perms 9  ", "permissions"},
      {"/EF << >> ", "an attachment"},         {"/TR /Ident", "a transfer function"},
      {"/S /Launch", "the action Launch"},
  };
  for (const auto& [key, reason] : cases) {
    const auto copy = Converted(Altered("/Lang (vi)", key), Info());
    ASSERT_FALSE(copy.has_value()) << key;
    EXPECT_EQ(copy.error().code, ErrorCode::kNotAccepted) << key;
    EXPECT_THAT(copy.error().cause, HasSubstr(reason));
    EXPECT_FALSE(copy.error().message.vi.empty());
  }
  const auto no_font = Converted(Altered("/FontFile2", "/FontFileX"), Info());
  ASSERT_FALSE(no_font.has_value());
  EXPECT_THAT(no_font.error().cause, HasSubstr("GlyphLessFont is not embedded"));
}

TEST(Archival, EncryptedIsNotAccepted) {
  if (std::system("command -v qpdf > /dev/null") != 0) GTEST_SKIP() << "SKIPPED: qpdf is not installed";
  const std::string path = testing::TempDir() + fmt::format("vanthu-archival-{}.pdf", ::getpid());
  ASSERT_TRUE(WriteFileAtomically(path, OnePage(RasterPage()).value()).has_value());
  ASSERT_EQ(std::system(("qpdf --encrypt '' owner 256 -- --replace-input " + path).c_str()), 0);
  const auto copy = Converted(ReadFile(path, 10'000'000).value(), Info());
  fs::remove(path);
  ASSERT_FALSE(copy.has_value());
  EXPECT_EQ(copy.error().code, ErrorCode::kNotAccepted) << Describe(copy.error(), Language::kEnglish);
}

TEST(Archival, DamagedFilesAreSaidToBe) {
  const std::string good = OnePage(RasterPage()).value();
  for (const std::string& bytes : {std::string(), std::string("%PDF-1.7\nnothing"), std::string(10'000, 'x'),
                                   good.substr(0, good.size() / 2), good.substr(good.size() / 2)}) {
    const auto copy = Converted(bytes, Info());
    ASSERT_FALSE(copy.has_value());
    EXPECT_EQ(copy.error().code, ErrorCode::kDamaged);
  }
}

}  // namespace
}  // namespace vanthu::ocr
