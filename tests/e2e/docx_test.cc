// The DOCX as an office program shows it: LibreOffice makes a PDF of it, and that says what our own PDF says.
// Skips, visibly, where LibreOffice or Poppler's programs are not installed (./dev test installs them).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
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

// A cell of a table: where it stands, what it covers, its words.
struct GridCell {
  int row = 0, column = 0, rows = 1, columns = 1;
  std::string words;
  auto operator<=>(const GridCell&) const = default;
};

struct Grid {
  int header_rows = 0;
  std::vector<GridCell> cells;  // by row, then column
};

void PrintTo(const GridCell& cell, std::ostream* out) {
  *out << cell.row << "," << cell.column << " " << cell.rows << "x" << cell.columns << " " << cell.words;
}

std::string Collapsed(const std::string& text) {
  std::string out;
  for (const std::string& word : Words(text)) out += (out.empty() ? "" : " ") + word;
  return out;
}

// The tables of a flat OpenDocument text (ODF 1.2, 9.1), none inside another, as LibreOffice wrote it.
class OdfTables {
 public:
  explicit OdfTables(const std::string& odf) {
    const std::size_t body = odf.find("<office:body");
    if (body == std::string::npos) return;
    for (std::size_t at = body; at < odf.size();) {
      const std::size_t tag = odf.find('<', at);
      if (cell_ != nullptr) cell_->words += Decoded(odf.substr(at, tag - at));
      if (tag == std::string::npos) break;
      const std::size_t end = odf.find('>', tag);
      if (end == std::string::npos) break;
      Tag(odf.substr(tag + 1, end - tag - 1));
      at = end + 1;
    }
    for (Grid& grid : grids_)
      for (GridCell& cell : grid.cells) cell.words = Collapsed(cell.words);
  }

  const std::vector<Grid>& grids() const { return grids_; }

 private:
  static std::string Decoded(std::string text) {
    for (const auto& [from, to] :
         {std::pair("&lt;", "<"), {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"}, {"&amp;", "&"}})
      for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + 1))
        text.replace(at, std::string(from).size(), to);
    return text;
  }

  static int NumberIn(const std::string& tag, const std::string& name) {
    const std::size_t at = tag.find(" table:" + name + "=\"");
    return at == std::string::npos ? 1 : std::atoi(tag.c_str() + at + name.size() + 9);
  }

  void Tag(const std::string& tag) {
    const std::string name = tag.substr(0, tag.find_first_of(" /", 1));
    if (name == "table:table") grids_.emplace_back();
    if (name == "table:table") row_ = -1;
    if (name == "table:table-header-rows") heads_ = true;
    if (name == "/table:table-header-rows") heads_ = false;
    if (name == "/table:table-cell") cell_ = nullptr;
    if (name == "text:p" || name == "text:s" || name == "text:tab" || name == "text:line-break")
      if (cell_ != nullptr) cell_->words += ' ';
    if (grids_.empty()) return;
    if (name == "table:table-row") {
      ++row_;
      column_ = 0;
      if (heads_) ++grids_.back().header_rows;
    }
    if (name != "table:table-cell" && name != "table:covered-table-cell") return;
    if (name == "table:table-cell") {
      std::vector<GridCell>& cells = grids_.back().cells;
      cells.push_back(
          {row_, column_, NumberIn(tag, "number-rows-spanned"), NumberIn(tag, "number-columns-spanned"), {}});
      cell_ = tag.ends_with('/') ? nullptr : &cells.back();
    }
    column_ += NumberIn(tag, "number-columns-repeated");
  }

  std::vector<Grid> grids_;
  GridCell* cell_ = nullptr;
  int row_ = -1, column_ = 0;
  bool heads_ = false;
};

std::vector<Grid> GridsOf(const nlohmann::json& record) {
  std::vector<Grid> grids;
  for (const auto& table : record.at("tables")) {
    Grid grid{table.at("header_rows").get<int>(), {}};
    for (const auto& cell : table.at("cells"))
      grid.cells.push_back({cell.at("row").get<int>(), cell.at("col").get<int>(), cell.value("rowspan", 1),
                            cell.value("colspan", 1), Collapsed(cell.at("text").get<std::string>())});
    std::sort(grid.cells.begin(), grid.cells.end());
    grids.push_back(std::move(grid));
  }
  return grids;
}

// Every table of the record comes out of the office program cell by cell: over the same rows and columns,
// with the same words, under the same header rows.
TEST_F(Docx, KeepsMergedCells) {
  for (const auto& [plan, form] : {std::pair("hung-thinh-2025", "phu-luc"), {"kien-an-2023", "ke-hoach"}}) {
    SCOPED_TRACE(plan);
    const fs::path record = Sample(std::string(plan) + ".json");
    const std::string docx = (scratch_ / "merged.docx").string();
    const Outcome rendered = RunVanthu({"render", record.string(), "--form", form, "-o", docx});
    ASSERT_EQ(rendered.exit_code, 0) << rendered.err;
    ASSERT_TRUE(Succeeds("timeout 280 soffice -env:UserInstallation=file://" +
                         (scratch_ / "profile").string() + " --headless --convert-to fodt --outdir " +
                         scratch_.path().string() + " " + docx));
    const std::string odf = ReadAll(scratch_ / "merged.fodt");
    EXPECT_THAT(odf, HasSubstr("style:print-orientation=\"landscape\""));
    std::vector<Grid> found = OdfTables(odf).grids();
    // The head's and the closing's columns are tables of one row there.
    std::erase_if(found, [](const Grid& grid) { return grid.cells.empty() || grid.cells.back().row == 0; });
    const std::vector<Grid> wanted = GridsOf(nlohmann::json::parse(ReadAll(record)));
    ASSERT_EQ(found.size(), wanted.size());
    int merged = 0;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      EXPECT_EQ(found[i].header_rows, wanted[i].header_rows) << i;
      EXPECT_EQ(found[i].cells, wanted[i].cells) << i;
      for (const GridCell& cell : wanted[i].cells) merged += cell.rows > 1 || cell.columns > 1 ? 1 : 0;
    }
    EXPECT_GT(merged, 5);
  }
}

// The first pages of a plan: portrait; the appendix: landscape, its header row again on each page.
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
