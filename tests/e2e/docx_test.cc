// The DOCX as an office program shows it: LibreOffice makes a PDF of it, and that says what our own PDF says.
// Skips, visibly, where LibreOffice or Poppler's programs are not installed (./dev test installs them).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <sstream>

#include "program.h"

namespace vanthu::e2e {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

bool Succeeds(const std::string& command) {
  return std::system((command + " >/dev/null 2>&1").c_str()) == 0;
}

std::string OutputOf(const std::string& command, const Scratch& scratch) {
  const fs::path out = scratch / "output.txt";
  if (std::system((command + " >" + out.string() + " 2>/dev/null").c_str()) != 0) return {};
  return ReadAll(out);
}

std::vector<std::string> Words(const std::string& text) {
  std::vector<std::string> words;
  std::istringstream in(text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text);
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

struct Converted {
  std::string text;          // our own, in reading order
  std::string their_text;    // LibreOffice's text of the DOCX
  std::string ours, theirs;  // pdftotext of both PDFs
  std::string sizes;         // pdfinfo of theirs
};

class Docx : public testing::Test {
 protected:
  void SetUp() override {
    if (!Succeeds("command -v soffice && command -v pdftotext && command -v pdfinfo"))
      GTEST_SKIP() << "libreoffice-writer-nogui or poppler-utils is not installed";
  }

  Converted Convert(const std::string& record, const std::string& form) {
    const std::string docx = (scratch_ / "a.docx").string(), ours = (scratch_ / "ours.pdf").string();
    const std::string text = (scratch_ / "ours.txt").string();
    for (const std::string& out : {docx, ours, text}) {
      const Outcome rendered = RunVanthu({"render", record, "--form", form, "-o", out});
      EXPECT_EQ(rendered.exit_code, 0) << rendered.err;
    }
    const std::string office = "timeout 280 soffice -env:UserInstallation=file://" +
                               (scratch_ / "profile").string() + " --headless --convert-to ";
    const std::string into = " --outdir " + scratch_.path().string() + " " + docx;
    EXPECT_TRUE(Succeeds(office + "pdf" + into));
    EXPECT_TRUE(Succeeds(office + "'txt:Text (encoded):UTF8'" + into));
    const std::string theirs = (scratch_ / "a.pdf").string();
    return {ReadAll(text), ReadAll(scratch_ / "a.txt"), OutputOf("pdftotext -raw " + ours + " -", scratch_),
            OutputOf("pdftotext -raw " + theirs + " -", scratch_),
            OutputOf("pdfinfo -f 1 -l 99 " + theirs, scratch_)};
  }

  Scratch scratch_;
};

TEST_F(Docx, SaysInAnOfficeProgramWhatThePdfSays) {
  const Converted a = Convert(Sample("thanh-xa-2023.json").string(), "ke-hoach");
  ASSERT_GT(Words(a.text).size(), 2000u);
  const std::vector<std::string> said = Words(a.text), shown = Words(a.their_text);
  const auto [one, other] = std::mismatch(said.begin(), said.end(), shown.begin(), shown.end());
  EXPECT_EQ(one - said.begin(), static_cast<std::ptrdiff_t>(said.size()))
      << "differs at " << (one == said.end() ? "the end" : *one);
  EXPECT_EQ(said.size(), shown.size());
  // On pages too nothing is lost; a row that a page divides elsewhere changes the order there.
  std::set<std::string> ours, theirs;
  for (const std::string& word : Words(a.ours)) ours.insert(word);
  for (const std::string& word : Words(a.theirs)) theirs.insert(word);
  EXPECT_EQ(ours, theirs);
  EXPECT_THAT(a.sizes, HasSubstr("595.304 x 841.89"));
  EXPECT_THAT(a.sizes, HasSubstr("841.89 x 595.304"));  // landscape
}

// The first pages of a plan: portrait; the appendix: landscape, its header row again on each page, its cells
// merged as in the PDF, whose text is compared above.
TEST_F(Docx, RepeatsHeaderRowsAndTurnsPages) {
  const Converted a = Convert(Sample("hung-thinh-2025.json").string(), "phu-luc");
  const auto count = [](const std::string& text, const std::string& what) {
    int found = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++found;
    return found;
  };
  const int pages = count(a.theirs, "\f");
  ASSERT_GT(pages, 1);
  const std::vector<std::string> words = Words(a.theirs);
  int heads = 0;
  for (const std::string& word : words) heads += word == "Stt" ? 1 : 0;
  EXPECT_GE(heads, pages);
  EXPECT_EQ(count(a.sizes, "841.89 x 595.304"), pages);
}

TEST_F(Docx, IsTheSameBytesEveryTime) {
  for (const char* name : {"a.docx", "b.docx"})
    ASSERT_EQ(RunVanthu({"render", Sample("kien-an-2023.json").string(), "--form", "ke-hoach", "-o",
                         (scratch_ / name).string()})
                  .exit_code,
              0);
  EXPECT_EQ(ReadAll(scratch_ / "a.docx"), ReadAll(scratch_ / "b.docx"));
}

}  // namespace
}  // namespace vanthu::e2e
