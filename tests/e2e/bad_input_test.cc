// What offices really send, and what nobody should: each must end soon with a message that names the file,
// the reason and what to do, in Vietnamese and in English, with the contract's exit code and nothing
// half-written.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "program.h"

namespace vanthu::e2e {
namespace {

namespace fs = std::filesystem;
using testing::AnyOf;
using testing::HasSubstr;

constexpr int kUnreadableExit = 3;

std::string OnePage(const std::string& media_box, const std::string& contents,
                    const std::string& resources = "<< >>") {
  return PdfOf({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                "<< /Type /Page /Parent 2 0 R /MediaBox " + media_box + " /Resources " + resources +
                    " /Contents 4 0 R >>",
                contents});
}

class BadInputTest : public testing::Test {
 protected:
  // Both languages, no output file, nothing on stdout.
  void ExpectRefused(const std::string& name, const std::string& vietnamese, const std::string& english,
                     const std::vector<std::string>& options = {}) {
    std::vector<std::string> arguments = {"extract", (scratch_ / name).string(), "-o",
                                          (scratch_ / "out.json").string()};
    arguments.insert(arguments.end(), options.begin(), options.end());
    const Outcome vi = RunVanthu(arguments);
    EXPECT_EQ(vi.exit_code, kUnreadableExit) << vi.err;
    EXPECT_THAT(vi.err, HasSubstr(name));
    EXPECT_THAT(vi.err, HasSubstr(vietnamese));
    EXPECT_EQ(vi.out, "");
    EXPECT_FALSE(fs::exists(scratch_ / "out.json"));
    arguments.insert(arguments.end(), {"--lang", "en"});
    EXPECT_THAT(RunVanthu(arguments).err, HasSubstr(english));
  }

  void Put(const std::string& name, const std::string& bytes) { WriteAll(scratch_ / name, bytes); }

  Scratch scratch_;
};

TEST_F(BadInputTest, AnEmptyFile) {
  Put("rong.pdf", "");
  ExpectRefused("rong.pdf", "rỗng", "empty");
}

TEST_F(BadInputTest, AFileThatIsNoDocument) {
  Put("ghi-chu.pdf", "chỉ là chữ");
  ExpectRefused("ghi-chu.pdf", "PDF", "PDF");
}

TEST_F(BadInputTest, ATruncatedPdfIsReadOrRefusedNeverSilent) {
  const std::string whole = ReadAll(Sample("thanh-xa-2023.pdf"));
  Put("cut.pdf", whole.substr(0, whole.size() / 3));
  const Outcome outcome = RunVanthu({"extract", (scratch_ / "cut.pdf").string()});
  EXPECT_THAT(outcome.exit_code, AnyOf(1, kUnreadableExit));  // findings, or refused: never 0
  if (outcome.exit_code == kUnreadableExit) {
    EXPECT_THAT(outcome.err, HasSubstr("cut.pdf"));
  }
}

TEST_F(BadInputTest, APdfWithoutPages) {
  Put("khong-trang.pdf",
      PdfOf({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>"}));
  ExpectRefused("khong-trang.pdf", "trang", "page");
}

TEST_F(BadInputTest, TenThousandPagesAreOverTheLimit) {
  std::vector<std::string> objects = {"<< /Type /Catalog /Pages 2 0 R >>", ""};
  std::string kids;
  for (int i = 0; i < 10000; ++i) {
    kids += std::to_string(objects.size() + 1) + " 0 R ";
    objects.push_back("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> >>");
  }
  objects[1] = "<< /Type /Pages /Kids [" + kids + "] /Count 10000 >>";
  Put("nhieu-trang.pdf", PdfOf(objects));
  ExpectRefused("nhieu-trang.pdf", "5000", "5000");
}

TEST_F(BadInputTest, APageWiderThanAnyPaper) {
  Put("rong-hai-met.pdf", OnePage("[0 0 20000 842]", Stream("", "")));
  ExpectRefused("rong-hai-met.pdf", "trang 1", "page 1");
}

TEST_F(BadInputTest, AContentStreamThatExpandsToGigabytes) {
  // 2 GiB of operators that draw nothing, deflated three times: a few kilobytes in the file.
  std::string operators;
  while (operators.size() < (8u << 20)) operators += "q Q ";
  std::string bytes = Deflate(operators);
  std::string members;
  for (int i = 0; i < 256; ++i) members += "4 0 R ";
  Put("bom.pdf", PdfOf({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> /Contents [" +
                            members + "] >>",
                        Stream("/Filter [/FlateDecode /FlateDecode]", Deflate(bytes))}));
  ASSERT_LT(fs::file_size(scratch_ / "bom.pdf"), 100'000u);
  const Outcome outcome = RunVanthu({"extract", (scratch_ / "bom.pdf").string(), "--seconds-per-page", "20"});
  EXPECT_THAT(outcome.exit_code, AnyOf(0, 1, kUnreadableExit)) << outcome.err;
}

TEST_F(BadInputTest, AnImageOfHundredsOfGigapixels) {
  const std::string image = Stream(
      "/Type /XObject /Subtype /Image /Width 500000 /Height 500000 /ColorSpace /DeviceRGB /BitsPerComponent "
      "8 "
      "/Filter /FlateDecode",
      Deflate(std::string(1 << 20, '\0')));
  Put("anh-bom.pdf", PdfOf({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << "
                            "/I 5 0 R >> >> /Contents 4 0 R >>",
                            Stream("", "q 595 0 0 842 0 0 cm /I Do Q"), image}));
  const Outcome outcome =
      RunVanthu({"extract", (scratch_ / "anh-bom.pdf").string(), "--seconds-per-page", "60"});
  EXPECT_THAT(outcome.exit_code, AnyOf(0, 1, kUnreadableExit)) << outcome.err;
  EXPECT_NE(outcome.exit_code, 70);
}

TEST_F(BadInputTest, EncryptedWithoutAndWithThePassword) {
  fs::copy_file(fs::path(VANTHU_SOURCE_DIR) / "tests/e2e/data/encrypted.pdf", scratch_ / "mat.pdf");
  ExpectRefused("mat.pdf", "mật khẩu", "password");
  Put("sai.txt", "sai\n");
  ExpectRefused("mat.pdf", "mật khẩu", "password", {"--password-file", (scratch_ / "sai.txt").string()});
  Put("dung.txt", "văn thư\n");
  const Outcome opened = RunVanthu(
      {"text", (scratch_ / "mat.pdf").string(), "--password-file", (scratch_ / "dung.txt").string()});
  EXPECT_EQ(opened.exit_code, 0) << opened.err;
  EXPECT_THAT(opened.out, HasSubstr("Phụ lục"));
}

TEST_F(BadInputTest, AJpegNamedPdfIsReadAsWhatItIs) {
  fs::copy_file(fs::path(VANTHU_SOURCE_DIR) / "tests/e2e/data/small.jpg", scratch_ / "anh.pdf");
  const Outcome outcome = RunVanthu({"text", (scratch_ / "anh.pdf").string()});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
}

TEST_F(BadInputTest, AFolderWithoutReadRightsIsNamedAndTheRestGoesOn) {
  fs::create_directory(scratch_ / "in");
  fs::create_directory(scratch_ / "in/kin");
  fs::copy_file(Sample("hung-thinh-2025.pdf"), scratch_ / "in/doc.pdf");
  fs::permissions(scratch_ / "in/kin", fs::perms::none);
  fs::permissions(scratch_.path(), fs::perms::all);  // for the user without rights
  const Outcome outcome = RunVanthu(
      {"digitise", (scratch_ / "in").string(), "--store", (scratch_ / "store").string()}, As::kNobody);
  fs::permissions(scratch_ / "in/kin", fs::perms::owner_all);
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("kin"));
  EXPECT_THAT(outcome.out, HasSubstr("1 tài liệu mới"));
}

TEST_F(BadInputTest, WrongArgumentsAreUsageErrors) {
  EXPECT_EQ(RunVanthu({"extract"}).exit_code, 2);
  EXPECT_EQ(RunVanthu({"khong-co"}).exit_code, 2);
  EXPECT_EQ(RunVanthu({"extract", "x.pdf", "--format", "docx"}).exit_code, 2);
  EXPECT_EQ(RunVanthu({"--version"}).exit_code, 0);
}

TEST_F(BadInputTest, OfSeveralFilesTheGoodOnesAreWritten) {
  Put("hong.pdf", "%PDF-1.4\n");
  const Outcome outcome =
      RunVanthu({"extract", (scratch_ / "hong.pdf").string(), Sample("hung-thinh-2025.pdf").string()});
  EXPECT_EQ(outcome.exit_code, kUnreadableExit);
  EXPECT_THAT(outcome.err, HasSubstr("hong.pdf"));
  EXPECT_THAT(outcome.out, HasSubstr("\"schema\":\"vanthu/record/1\""));
}

}  // namespace
}  // namespace vanthu::e2e
