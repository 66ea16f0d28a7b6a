// vanthu copy as an office uses it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>

#include "tests/e2e/signing_office.h"

namespace vanthu::e2e {
namespace {

using testing::HasSubstr;

std::string TextOf(const std::filesystem::path& pdf) {
  const std::string command = "pdftotext -raw '" + pdf.string() + "' - 2>/dev/null";
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::string out;
  std::array<char, 4096> buffer;
  for (std::size_t got; pipe && (got = std::fread(buffer.data(), 1, buffer.size(), pipe.get())) > 0;)
    out.append(buffer.data(), got);
  return out;
}

class CopyTest : public testing::Test {
 protected:
  Outcome Copy(const std::vector<std::string>& scans, const std::string& out,
               std::vector<std::string> more = {}) {
    std::vector<std::string> arguments = {"copy"};
    arguments.insert(arguments.end(), scans.begin(), scans.end());
    const std::vector<std::string> rest = {"-o",          (folder_ / out).string(),
                                           "--unit",      "UBND",
                                           "--agency",    "UBND XÃ THANH XÁ",
                                           "--store",     (folder_ / "kho").string(),
                                           "--p12",       office_.Pki("agency.p12").string(),
                                           "--pass-file", office_.Pki("password.txt").string(),
                                           "--trust",     office_.trust().string()};
    arguments.insert(arguments.end(), rest.begin(), rest.end());
    if (std::find(more.begin(), more.end(), "--form") == more.end())
      more.insert(more.end(), {"--form", "sao-y"});
    arguments.insert(arguments.end(), more.begin(), more.end());
    return RunVanthu(arguments);
  }

  SigningOffice& office_ = SigningOffice::Get();
  Scratch folder_;
  const std::string scan_ = VANTHU_SOURCE_DIR "/tests/e2e/data/small.jpg";
};

TEST_F(CopyTest, ScansBecomeANumberedSignedCopy) {
  const Outcome made = Copy({scan_, scan_}, "ban-sao.pdf");
  ASSERT_EQ(made.exit_code, 0) << made.err;
  EXPECT_THAT(made.err, HasSubstr("01/SY-UBND"));
  const std::string bytes = ReadAll(folder_ / "ban-sao.pdf");
  EXPECT_THAT(bytes, HasSubstr("pdfaid:part"));
  const nlohmann::json verdict = Verdict(folder_ / "ban-sao.pdf", {"--trust", office_.trust().string()});
  EXPECT_EQ(verdict.value("verdict", ""), "passed") << verdict.dump(1);
  const std::string text = TextOf(folder_ / "ban-sao.pdf");
  if (text.empty()) GTEST_SKIP() << "pdftotext is not installed";
  EXPECT_THAT(text, HasSubstr("SAO Y số 01/SY-UBND\nUBND XÃ THANH XÁ\n"));
  EXPECT_THAT(text, HasSubstr("+07:00"));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\f'), 2);  // pages
}

TEST_F(CopyTest, ANumberIsUsedUpWhenTheFileIsThere) {
  ASSERT_EQ(Copy({scan_}, "1.pdf").exit_code, 0);
  WriteAll(folder_ / "wrong", "wrong\n");
  const Outcome refused = Copy({scan_}, "2.pdf", {"--pass-file", (folder_ / "wrong").string()});
  EXPECT_NE(refused.exit_code, 0);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "2.pdf"));
  WriteAll(folder_ / "file", "x");
  const Outcome unwritten = Copy({scan_}, "file/2.pdf");  // no folder can be there
  EXPECT_NE(unwritten.exit_code, 0);
  const Outcome second = Copy({scan_}, "2.pdf", {"--form", "sao-luc"});
  ASSERT_EQ(second.exit_code, 0) << second.err;
  EXPECT_THAT(second.err, HasSubstr("02/SL-UBND"));  // one series for all forms
}

TEST_F(CopyTest, AnExtractHasThePagesAskedFor) {
  const Outcome made = Copy({scan_, scan_, scan_}, "trich.pdf", {"--form", "trich-sao", "--pages", "3,1"});
  ASSERT_EQ(made.exit_code, 0) << made.err;
  EXPECT_THAT(made.err, HasSubstr("01/TrS-UBND"));
  const std::string text = TextOf(folder_ / "trich.pdf");
  if (!text.empty()) {
    EXPECT_EQ(std::count(text.begin(), text.end(), '\f'), 2);
  }
  EXPECT_EQ(Copy({scan_}, "x.pdf", {"--pages", "2"}).exit_code, 3);
  EXPECT_EQ(Copy({scan_}, "x.pdf", {"--pages", "2-1"}).exit_code, 2);
  EXPECT_EQ(Copy({scan_}, "x.pdf", {"--register", "y.sqlite"}).exit_code, 2);
}

}  // namespace
}  // namespace vanthu::e2e
