// Tables over pages: headers, groups, divided rows, spans.
#include <gmock/gmock.h>

#include <map>

#include "laid_pages.h"
#include "sample_document.h"

namespace vanthu::templates {
namespace {

using testing::HasSubstr;

// Rows of one column of `lines[r]` numbered lines "r.k", and a second column of one line.
Table Rows(const std::vector<int>& lines) {
  Table table;
  table.column_shares = {0.7, 0.3};
  table.rows = static_cast<int>(lines.size());
  for (int row = 0; row < table.rows; ++row)
    for (int column = 0; column < 2; ++column) {
      TableCell cell;
      cell.row = row;
      cell.column = column;
      std::string text;
      for (int k = 0; k < (column == 0 ? lines[static_cast<std::size_t>(row)] : 1); ++k)
        text += (k > 0 ? "\n" : "") + std::to_string(row) + "." + std::to_string(k);
      cell.paragraphs.push_back(Text(column == 0 ? text : "cột hai", Align::kLeft));
      table.cells.push_back(cell);
    }
  return table;
}

Document Of(Table table) {
  Document document;
  document.title = "Bảng";
  document.sections.resize(1);
  document.sections[0].blocks.emplace_back(std::move(table));
  return document;
}

// How many lines of each row stand on each page.
std::vector<std::map<int, int>> LinesOfRows(const LaidDocument& laid) {
  std::vector<std::map<int, int>> out;
  for (const LaidPage& page : laid.pages) {
    out.emplace_back();
    for (const std::string& text : page.Texts())
      if (text.find('.') != std::string::npos) ++out.back()[std::stoi(text)];
  }
  return out;
}

TEST(Tables, ADividedRowHasTwoLinesOnEitherSide) {
  std::vector<int> lines;
  for (int i = 0; i < 90; ++i) lines.push_back(1 + i * 7 % 11);
  const Document document = Of(Rows(lines));
  const auto laid = Lay(document);
  ASSERT_TRUE(laid.has_value());
  int divided = 0;
  std::map<int, int> total;
  for (const auto& page : LinesOfRows(*laid))
    for (const auto& [row, count] : page) {
      total[row] += count;
      if (count == lines[static_cast<std::size_t>(row)]) continue;
      ++divided;
      EXPECT_GE(count, 2) << row;
    }
  EXPECT_GT(divided, 2);
  for (std::size_t row = 0; row < lines.size(); ++row) EXPECT_EQ(total[static_cast<int>(row)], lines[row]);
}

TEST(Tables, ARowHigherThanAPageGoesOn) {
  const Document document = Of(Rows({2, 150, 2}));
  const auto laid = Lay(document);
  ASSERT_TRUE(laid.has_value());
  EXPECT_GE(laid->pages.size(), 4U);
  EXPECT_EQ(laid->SortedLetters(), SortedLetters(document));
  for (const LaidPage& page : laid->pages)
    for (const LaidLine& line : page.lines)
      EXPECT_LT(line.baseline_pt, page.height_pt - document.margins.bottom_pt);
}

TEST(Tables, TheHeaderIsRepeatedAsAnArtifact) {
  Table table = Rows(std::vector<int>(120, 2));
  table.header_rows = 1;
  const Document document = Of(table);
  const auto laid = Lay(document);
  ASSERT_TRUE(laid.has_value());
  ASSERT_GT(laid->pages.size(), 2U);
  for (std::size_t p = 0; p < laid->pages.size(); ++p) {
    EXPECT_EQ(laid->pages[p].lines[0].text, "0.0");
    EXPECT_EQ(laid->pages[p].lines[0].element == kArtifact, p > 0);
  }
  EXPECT_EQ(laid->SortedLetters(), SortedLetters(document));
}

TEST(Tables, AHeaderOfMoreThanAThirdOfAPageIsNotRepeated) {
  std::vector<int> lines(30, 2);
  lines[0] = 30;
  Table table = Rows(lines);
  table.header_rows = 1;
  const auto laid = Lay(Of(table));
  ASSERT_TRUE(laid.has_value());
  ASSERT_GT(laid->pages.size(), 1U);
  EXPECT_NE(laid->pages[1].lines[0].element, kArtifact);
  lines[0] = 200;  // a header higher than a page
  table = Rows(lines);
  table.header_rows = 1;
  const auto higher = Lay(Of(table));
  ASSERT_TRUE(higher.has_value());
  EXPECT_EQ(higher->SortedLetters(), SortedLetters(Of(table)));
}

TEST(Tables, AGroupRowStaysWithTheNext) {
  for (int before = 20; before < 45; ++before) {
    std::vector<int> lines(static_cast<std::size_t>(before), 1);
    lines.insert(lines.end(), {1, 5, 1});
    Table table = Rows(lines);
    table.row_kinds.assign(lines.size(), RowKind::kBody);
    table.row_kinds[static_cast<std::size_t>(before)] = RowKind::kGroup;
    const auto laid = Lay(Of(table));
    ASSERT_TRUE(laid.has_value());
    for (const auto& page : LinesOfRows(*laid))
      EXPECT_TRUE(!page.contains(before) || page.contains(before + 1)) << before;
  }
}

// A first column that spans all rows and is longer or shorter than them.
Table Spanned(int rows, int span_lines) {
  Table table = Rows(std::vector<int>(static_cast<std::size_t>(rows), 2));
  std::erase_if(table.cells, [](const TableCell& cell) { return cell.column == 1; });
  TableCell cell;
  cell.column = 1;
  cell.row_span = rows;
  std::string text;
  for (int i = 0; i < span_lines; ++i) text += (i > 0 ? "\n" : "") + std::string("dài");
  cell.paragraphs.push_back(Text(text, Align::kLeft));
  table.cells.push_back(cell);
  return table;
}

TEST(Tables, SpansFlowOverPages) {
  for (const int span_lines : {1, 30, 79, 80, 81, 200}) {
    const Document document = Of(Spanned(40, span_lines));
    const auto laid = Lay(document);
    ASSERT_TRUE(laid.has_value());
    EXPECT_EQ(laid->SortedLetters(), SortedLetters(document)) << span_lines;
    for (const LaidPage& page : laid->pages)
      for (const LaidLine& line : page.lines)
        EXPECT_LT(line.baseline_pt, page.height_pt - document.margins.bottom_pt) << span_lines;
  }
}

TEST(Tables, TextStaysInsideItsCell) {
  const Document document = SamplePlan(25);
  const auto laid = Lay(document);
  ASSERT_TRUE(laid.has_value());
  for (const LaidPage& page : laid->pages)
    for (const LaidLine& line : page.lines) {
      EXPECT_GE(line.x_pt, document.margins.left_pt);
      EXPECT_LE(line.right_pt, page.width_pt - document.margins.right_pt + 0.05);
      for (const RuleItem& rule : page.rules) {  // no text crosses a vertical rule
        const bool beside =
            rule.x0_pt == rule.x1_pt && rule.y0_pt < line.baseline_pt - 3 && line.baseline_pt < rule.y1_pt;
        EXPECT_FALSE(beside && line.x_pt < rule.x0_pt && rule.x0_pt < line.right_pt) << line.text;
      }
    }
}

Error Refused(const Table& table) {
  const auto laid = Lay(Of(table));
  return laid ? Error{} : laid.error();
}

TEST(Tables, ContradictionsAreRefusedBeforeLayout) {
  Table past = Rows({1, 1});
  past.cells[2].row_span = 2;
  EXPECT_EQ(Refused(past).code, ErrorCode::kNotAccepted);
  EXPECT_THAT(Refused(past).message.vi, HasSubstr("hàng cuối"));
  EXPECT_THAT(Refused(past).message.vi, HasSubstr("hàng 2, cột 1"));

  Table overlap = Rows({1, 1});
  overlap.cells[0].row_span = 2;
  EXPECT_THAT(Refused(overlap).message.en, HasSubstr("overlap"));

  Table hole = Rows({1, 1});
  hole.cells.pop_back();
  EXPECT_THAT(Refused(hole).message.en, HasSubstr("no cell"));
  EXPECT_THAT(Refused(hole).message.en, HasSubstr("row 2, column 2"));

  Table header = Rows({1, 1});
  header.header_rows = 1;
  header.cells[0].row_span = 2;
  std::erase_if(header.cells, [](const TableCell& cell) { return cell.row == 1 && cell.column == 0; });
  EXPECT_THAT(Refused(header).message.en, HasSubstr("header"));

  Table shares = Rows({1});
  shares.column_shares = {0.5, 0.1};
  EXPECT_EQ(Refused(shares).code, ErrorCode::kNotAccepted);

  Table huge = Rows({1});
  huge.cells[0].row_span = 2'000'000'000;
  EXPECT_EQ(Refused(huge).code, ErrorCode::kNotAccepted);
}

}  // namespace
}  // namespace vanthu::templates
