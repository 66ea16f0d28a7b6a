#include "ocr/rulings/open_sides.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "ocr/rulings/grid.h"
#include "tests/ocr/drawing.h"

namespace vanthu::ocr {
namespace {

constexpr double kDpi = 200;
constexpr int kXs[] = {100, 200, 600, 900};
constexpr int kYs[] = {100, 200, 360, 560};

// Three rows and three columns; `open` names the outer rules that are missing: l, r, t, b.
cv::Mat Table(const std::string& open) {
  const auto is_open = [&](char side) { return open.find(side) != std::string::npos; };
  cv::Mat mask = cv::Mat::zeros(700, 1100, CV_8U);
  for (const int y : kYs)
    if (!(y == kYs[0] && is_open('t')) && !(y == kYs[3] && is_open('b')))
      cv::line(mask, {kXs[0], y}, {kXs[3], y}, 255, 2);
  for (const int x : kXs)
    if (!(x == kXs[0] && is_open('l')) && !(x == kXs[3] && is_open('r')))
      cv::line(mask, {x, kYs[0]}, {x, kYs[3]}, 255, 2);
  for (const int y : {150, 300, 460})
    for (const int x : {120, 220, 620})
      cv::putText(mask, "Hi", {x, y}, cv::FONT_HERSHEY_COMPLEX, 0.8, 255, 2);
  return mask;
}

// Share of a rule that is told as there.
double Told(const RuledPage& page, bool horizontal, double at, double from, double to) {
  double told = 0;
  for (const Rule& rule : page.Rules())
    if (rule.horizontal == horizontal && std::abs(rule.position() - at) < 6)
      told += std::max(0.0, std::min(rule.end, to) - std::max(rule.start, from));
  return told / (to - from);
}

void ExpectWhole(const RuledPage& page, const std::string& open) {
  ASSERT_EQ(page.grids.size(), 1U) << open;
  const Grid& grid = page.grids[0];
  EXPECT_EQ(grid.rows.size(), 4U) << open;
  EXPECT_EQ(grid.columns.size(), 4U) << open;
  EXPECT_EQ(grid.cells, 9) << open;
  // Every text stands in a cell of its own.
  std::vector<int> cells;
  for (const int y : {150, 300, 460})
    for (const int x : {130, 230, 630}) cells.push_back(grid.CellAt(x, y));
  std::sort(cells.begin(), cells.end());
  EXPECT_GE(cells.front(), 0) << open;
  EXPECT_EQ(std::unique(cells.begin(), cells.end()), cells.end()) << open;
  // The frame is told whole: what comes after builds its cells from the rules alone.
  for (const int y : {kYs[0], kYs[3]}) EXPECT_GT(Told(page, true, y, kXs[0], kXs[3]), 0.97) << open << y;
  for (const int x : {kXs[0], kXs[3]}) EXPECT_GT(Told(page, false, x, kYs[0], kYs[3]), 0.97) << open << x;
}

TEST(OpenSides, AreClosedWhereTheOtherRulesEndTogether) {
  for (const std::string open : {"", "r", "l", "t", "b", "lr", "tb", "rb", "lt", "lrb"})
    ExpectWhole(FindGrids(Table(open), kDpi), open);
}

TEST(OpenSides, AnOuterRuleFoundInPartIsTheWholeRule) {
  cv::Mat right = Table("r");
  cv::line(right, {900, 150}, {900, 260}, 255, 2);  // over parts of two rows
  ExpectWhole(FindGrids(right, kDpi), "right in part");
  cv::Mat bottom = Table("b");
  cv::line(bottom, {100, 560}, {200, 560}, 255, 2);
  ExpectWhole(FindGrids(bottom, kDpi), "bottom in part");
}

TEST(OpenSides, ARowlessColumnOfSpanningCellsIsClosed) {
  cv::Mat mask = Table("r");
  mask(cv::Rect{604, 194, 400, 12}).setTo(0);  // the last cell spans the first two rows
  mask(cv::Rect{604, 130, 290, 40}).setTo(0);
  const RuledPage page = FindGrids(mask, kDpi);
  ASSERT_EQ(page.grids.size(), 1U);
  EXPECT_EQ(page.grids[0].cells, 8);
  EXPECT_EQ(page.grids[0].CellAt(700, 150), page.grids[0].CellAt(700, 300));
  EXPECT_GT(Told(page, false, 900, 100, 560), 0.97);
}

// Rows of a single cell have no rule down that would hold the parts of an open table together.
TEST(OpenSides, ATableOfPartsBetweenGroupRowsIsOne) {
  cv::Mat mask = cv::Mat::zeros(900, 1100, CV_8U);
  const int ys[] = {100, 160, 220, 320, 420, 480, 580, 680};  // a group row at 160 and at 420
  for (const int y : ys)
    if (y != 680) cv::line(mask, {100, y}, {900, y}, 255, 2);
  for (const int x : {200, 600}) {
    cv::line(mask, {x, 100}, {x, 160}, 255, 2);
    cv::line(mask, {x, 220}, {x, 420}, 255, 2);
    cv::line(mask, {x, 480}, {x, 680}, 255, 2);
  }
  mask(cv::Rect{90, 570, 104, 20}).setTo(0);  // the first cell spans the last two rows
  const RuledPage page = FindGrids(mask, kDpi);
  ASSERT_EQ(page.grids.size(), 1U);
  EXPECT_EQ(page.grids[0].cells, 3 + 1 + 6 + 1 + 5);
  EXPECT_EQ(page.grids[0].CellAt(150, 190), page.grids[0].CellAt(850, 190));
  EXPECT_EQ(page.grids[0].CellAt(150, 530), page.grids[0].CellAt(150, 630));
  EXPECT_GT(Told(page, false, 100, 100, 680), 0.97);
  EXPECT_GT(Told(page, true, 680, 100, 900), 0.97);
}

TEST(OpenSides, ClosedTablesAndThoseOfOtherColumnsStayApart) {
  cv::Mat closed = cv::Mat::zeros(900, 1100, CV_8U);
  for (const int y : {100, 200, 300, 400, 500, 600}) cv::line(closed, {100, y}, {900, y}, 255, 2);
  for (const int x : {100, 200, 600, 900}) {
    cv::line(closed, {x, 100}, {x, 300}, 255, 2);
    cv::line(closed, {x, 400}, {x, 600}, 255, 2);
  }
  EXPECT_EQ(FindGrids(closed, kDpi).grids.size(), 2U);
  cv::Mat mask = cv::Mat::zeros(900, 1100, CV_8U);
  for (const int y : {100, 200, 300, 400, 500, 600}) cv::line(mask, {100, y}, {900, y}, 255, 2);
  for (const int x : {200, 600}) cv::line(mask, {x, 100}, {x, 300}, 255, 2);
  for (const int x : {300, 700}) cv::line(mask, {x, 400}, {x, 600}, 255, 2);
  EXPECT_EQ(FindGrids(mask, kDpi).grids.size(), 2U);
}

// One rule alone that runs on, or an overrun at a corner, is no column.
TEST(OpenSides, AreNotMadeOfOverruns) {
  cv::Mat mask = Table("");
  cv::line(mask, {900, 360}, {1050, 360}, 255, 2);
  for (const int y : kYs) cv::line(mask, {900, y}, {918, y}, 255, 2);
  const RuledPage page = FindGrids(mask, kDpi);
  ASSERT_EQ(page.grids.size(), 1U);
  EXPECT_EQ(page.grids[0].columns.size(), 4U);
}

// A table whose heading is narrower than its body keeps the blank corner outside.
TEST(OpenSides, AnUndrawnCornerIsNotDrawn) {
  cv::Mat mask = Table("");
  mask(cv::Rect{90, 90, 104, 104}).setTo(0);
  const RuledPage page = FindGrids(mask, kDpi);
  ASSERT_EQ(page.grids.size(), 1U);
  EXPECT_LT(Told(page, false, 100, 105, 195), 0.1);
  EXPECT_LT(Told(page, true, 100, 105, 195), 0.1);
}

}  // namespace
}  // namespace vanthu::ocr
