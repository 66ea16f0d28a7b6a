// Pages: where they end, what is repeated, what is numbered.
#include <gmock/gmock.h>

#include <set>

#include "laid_pages.h"
#include "sample_document.h"

namespace vanthu::templates {
namespace {

using testing::HasSubstr;

Document Of(std::vector<Block> blocks) {
  Document document;
  document.title = "Thử";
  document.sections.resize(1);
  document.sections[0].blocks = std::move(blocks);
  return document;
}

Paragraph Tagged(const std::string& tag, int lines) {
  Paragraph paragraph = Text("", Align::kLeft);
  for (int i = 0; i < lines; ++i)
    paragraph.runs.push_back({tag + (i + 1 < lines ? "\n" : ""), false, false, false, {}});
  return paragraph;
}

double Bottom(const Document& document, const LaidPage& page) {
  return page.height_pt - document.margins.bottom_pt;
}

TEST(Flow, NoLineStandsAloneAndNothingLeavesThePage) {
  std::vector<Block> blocks;
  for (int i = 0; i < 60; ++i) blocks.emplace_back(Tagged("đoạn" + std::to_string(i), 1 + i % 7));
  const Document document = Of(blocks);
  const auto laid = Lay(document);
  ASSERT_TRUE(laid.has_value());
  ASSERT_GT(laid->pages.size(), 3U);
  for (const LaidPage& page : laid->pages)
    for (const LaidLine& line : page.lines) EXPECT_LT(line.baseline_pt, Bottom(document, page));
  for (std::size_t p = 0; p + 1 < laid->pages.size(); ++p) {
    const auto here = laid->pages[p].Texts(), next = laid->pages[p + 1].Texts();
    if (here.back() != next.front()) continue;  // no paragraph is divided here
    EXPECT_EQ(here[here.size() - 2], here.back());
    EXPECT_EQ(next[1], next[0]);
  }
  EXPECT_EQ(laid->SortedLetters(), SortedLetters(document));
}

TEST(Flow, AHeadingStaysWithItsText) {
  for (int lines = 30; lines < 50; ++lines) {
    Paragraph heading = Tagged("mục", 1);
    heading.role = Role::kHeading;
    heading.keep_with_next = true;
    const auto laid = Lay(Of({Tagged("trước", lines), heading, Tagged("sau", 4)}));
    ASSERT_TRUE(laid.has_value());
    for (const LaidPage& page : laid->pages) EXPECT_NE(page.Texts().back(), "mục") << lines;
  }
}

TEST(Flow, ColumnsNeverDivideAndTheClosingTakesLinesAlong) {
  for (int lines = 30; lines < 50; ++lines) {
    Columns closing;
    closing.keep_with_previous = true;
    closing.columns = {{0.5, {Tagged("nhận", 5)}},
                       {0.5, {Tagged("ký", 3), Place{"signer", 60}, Tagged("tên", 1)}}};
    const auto laid = Lay(Of({Tagged("thân", lines), closing}));
    ASSERT_TRUE(laid.has_value());
    const auto last = laid->pages.back().Texts();
    EXPECT_EQ(std::count(last.begin(), last.end(), "nhận"), 5);
    EXPECT_EQ(std::count(last.begin(), last.end(), "ký"), 3);
    EXPECT_GE(std::count(last.begin(), last.end(), "thân"), 2);
    ASSERT_EQ(laid->pages.back().places.size(), 1U);
    EXPECT_NEAR(laid->pages.back().places[0].y1_pt - laid->pages.back().places[0].y0_pt, 60, 0.01);
  }
}

TEST(Flow, NumbersAreHiddenOnPageOneAndRestart) {
  Document document = SamplePlan(40);
  const auto laid = Lay(document);
  ASSERT_TRUE(laid.has_value());
  std::vector<std::string> numbers;
  for (const LaidPage& page : laid->pages) {
    const LaidLine& last = page.lines.back();
    const bool numbered = last.element == kArtifact && last.baseline_pt < document.margins.top_pt;
    numbers.push_back(numbered ? last.text : "-");
    if (!numbered) continue;
    const double left = document.margins.left_pt, right = page.width_pt - document.margins.right_pt;
    EXPECT_NEAR((last.x_pt + last.right_pt) / 2, (left + right) / 2, 0.1);
    EXPECT_EQ(last.size_pt, 13);
  }
  ASSERT_GT(numbers.size(), 6U);
  EXPECT_EQ(numbers[0], "-");
  EXPECT_EQ(numbers[1], "2");
  std::size_t annex = 0;
  while (laid->pages[annex].width_pt < laid->pages[annex].height_pt) ++annex;
  EXPECT_EQ(numbers[annex], "-");
  EXPECT_EQ(numbers[annex + 1], "2");
}

TEST(Flow, WhatIsHigherThanAPageIsANamedError) {
  Columns high;
  high.columns = {{1, {Tagged("dòng", 80)}}};
  const auto columns = Lay(Of({Tagged("x", 1), high}));
  ASSERT_FALSE(columns.has_value());
  EXPECT_EQ(columns.error().code, ErrorCode::kLimit);
  EXPECT_THAT(columns.error().message.vi, HasSubstr("khối 2"));
  const auto place = Lay(Of({Place{"signer", 900}}));
  ASSERT_FALSE(place.has_value());
  EXPECT_EQ(place.error().code, ErrorCode::kLimit);
  const auto pages = Lay(LongTable(500), 3);
  ASSERT_FALSE(pages.has_value());
  EXPECT_EQ(pages.error().code, ErrorCode::kLimit);
}

TEST(Flow, KeptChainsHigherThanAPageStillEnd) {
  std::vector<Block> blocks;
  for (int i = 0; i < 200; ++i) {
    Paragraph paragraph = Tagged("dây", 1);
    paragraph.keep_with_next = true;
    blocks.emplace_back(paragraph);
  }
  const auto laid = Lay(Of(blocks));
  ASSERT_TRUE(laid.has_value());
  EXPECT_EQ(laid->SortedLetters().size(), 600U);
}

TEST(Flow, HeadingLevelsSkipNone) {
  std::vector<Block> blocks;
  for (const int level : {3, 1, 4, 2, 6, 6, 6, 1}) {
    Paragraph heading = Tagged("mục", 1);
    heading.role = Role::kHeading;
    heading.level = level;
    blocks.emplace_back(heading);
  }
  const auto laid = Lay(Of(blocks));
  ASSERT_TRUE(laid.has_value());
  int before = 0;
  for (const Element& element : laid->tree.Elements()) {
    if (element.tag < Tag::kH1 || element.tag > Tag::kH6) continue;
    const int level = static_cast<int>(element.tag) - static_cast<int>(Tag::kH1) + 1;
    EXPECT_LE(level, before + 1);
    before = level;
  }
}

}  // namespace
}  // namespace vanthu::templates
