#include "ocr/rulings/grid.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "tests/ocr/drawing.h"

namespace vanthu::ocr {
namespace {

constexpr double kDpi = 200;

// Columns at 100, 200, 600, 900; rows at 100, 160, 320, 480; the second row spans columns 2 and 3.
cv::Mat Table(int thickness) {
  cv::Mat mask = cv::Mat::zeros(700, 1100, CV_8U);
  for (const int y : {100, 160, 320, 480}) cv::line(mask, {100, y}, {900, y}, 255, thickness);
  for (const int x : {100, 200, 900}) cv::line(mask, {x, 100}, {x, 480}, 255, thickness);
  cv::line(mask, {600, 100}, {600, 160}, 255, thickness);
  cv::line(mask, {600, 320}, {600, 480}, 255, thickness);
  for (int y = 220; y < 300; y += 40)
    cv::putText(mask, "wide cell with BOLD text", {220, y}, cv::FONT_HERSHEY_COMPLEX, 0.8, 255, 2);
  return mask;
}

TEST(Grids, AreReadWithTheirSpans) {
  for (const int thickness : {1, 2, 4}) {
    const RuledPage page = FindGrids(Table(thickness), kDpi);
    ASSERT_EQ(page.grids.size(), 1U) << thickness;
    const Grid& grid = page.grids[0];
    EXPECT_EQ(grid.rows.size(), 4U);
    EXPECT_EQ(grid.columns.size(), 4U);
    EXPECT_EQ(grid.cells, 8);
    EXPECT_EQ(grid.CellAt(300, 240), grid.CellAt(800, 240));
    EXPECT_NE(grid.CellAt(300, 400), grid.CellAt(800, 400));
    EXPECT_EQ(grid.CellAt(50, 240), -1);
    EXPECT_TRUE(page.loose.empty());
  }
}

TEST(Grids, CloseBreaksInFaintRules) {
  cv::Mat mask = Table(2);
  for (int x = 110; x < 890; x += 60) mask(cv::Rect{x, 318, 6, 5}).setTo(0);
  for (int y = 110; y < 470; y += 50) mask(cv::Rect{198, y, 5, 5}).setTo(0);
  const RuledPage page = FindGrids(mask, kDpi);
  ASSERT_EQ(page.grids.size(), 1U);
  EXPECT_EQ(page.grids[0].cells, 8);
}

// A cell spans rows whose line goes through its text: at the height of some letters' bars the ink runs on.
TEST(Grids, TakeNoLineOfTextForAnEdge) {
  for (const int face : {cv::FONT_HERSHEY_SIMPLEX, cv::FONT_HERSHEY_TRIPLEX}) {
    for (int baseline = 312; baseline <= 340; baseline += 2) {
      cv::Mat mask = cv::Mat::zeros(700, 1100, CV_8U);
      for (const int y : {100, 520}) cv::line(mask, {100, y}, {900, y}, 255, 2);
      cv::line(mask, {600, 320}, {900, 320}, 255, 2);
      for (const int x : {100, 600, 900}) cv::line(mask, {x, 100}, {x, 520}, 255, 2);
      std::string text = "tuezzzmuceszthezgazxezutzmztuezzzmuceszthezgazxezutzmz";
      while (cv::getTextSize(text, face, 0.5, 2, nullptr).width > 490) text.pop_back();
      cv::putText(mask, text, {106, baseline}, face, 0.5, 255, 2);
      const RuledPage page = FindGrids(mask, kDpi);
      ASSERT_EQ(page.grids.size(), 1U);
      EXPECT_EQ(page.grids[0].cells, 3) << face << " " << baseline;
    }
  }
}

// An edge that letters touch is still one, also where it was not found as a rule of its own.
TEST(Grids, KeepAnEdgeThatLettersTouch) {
  cv::Mat mask = cv::Mat::zeros(700, 1100, CV_8U);
  for (const int y : {100, 520}) cv::line(mask, {100, y}, {900, y}, 255, 2);
  cv::line(mask, {100, 320}, {900, 320}, 255, 2);
  for (const int x : {100, 600, 900}) cv::line(mask, {x, 100}, {x, 520}, 255, 2);
  cv::putText(mask, "the hidden bell that Bob", {110, 319}, cv::FONT_HERSHEY_COMPLEX, 0.8, 255, 2);
  const RuledPage page = FindGrids(mask, kDpi);
  ASSERT_EQ(page.grids.size(), 1U);
  EXPECT_EQ(page.grids[0].cells, 4);
}

TEST(Grids, KeepARuleThatStandsInOneLowRow) {
  cv::Mat mask = Table(2);
  cv::line(mask, {400, 100}, {400, 160}, 255, 2);
  const RuledPage page = FindGrids(mask, kDpi);
  ASSERT_EQ(page.grids.size(), 1U);
  EXPECT_EQ(page.grids[0].cells, 9);
}

TEST(Grids, SeeATableOfOneLowRow) {
  cv::Mat mask = cv::Mat::zeros(400, 1100, CV_8U);
  for (const int y : {100, 144}) cv::line(mask, {100, y}, {900, y}, 255, 2);
  for (const int x : {100, 200, 600, 900}) cv::line(mask, {x, 100}, {x, 144}, 255, 2);
  cv::putText(mask, "HIGH LOW BILL", {220, 132}, cv::FONT_HERSHEY_COMPLEX, 0.9, 255, 3);
  const RuledPage page = FindGrids(mask, kDpi);
  ASSERT_EQ(page.grids.size(), 1U);
  EXPECT_EQ(page.grids[0].columns.size(), 4U);
  EXPECT_EQ(page.grids[0].cells, 3);
}

TEST(Grids, LeaveRulesUnderHeadingsLoose) {
  cv::Mat mask = cv::Mat::zeros(400, 1100, CV_8U);
  cv::line(mask, {200, 100}, {330, 100}, 255, 2);
  cv::putText(mask, "HEADING WITH BARS", {100, 80}, cv::FONT_HERSHEY_COMPLEX, 1, 255, 3);
  const RuledPage page = FindGrids(mask, kDpi);
  EXPECT_TRUE(page.grids.empty());
  ASSERT_EQ(page.loose.size(), 1U);
  EXPECT_NEAR(page.loose[0].start, 200, 3);
  EXPECT_NEAR(page.loose[0].end, 330, 3);
  EXPECT_NEAR(page.loose[0].position(), 100, 1.5);
}

TEST(Grids, TakeNoRulesFromNoise) {
  cv::Mat mask(600, 600, CV_8U);
  cv::RNG random(3);
  random.fill(mask, cv::RNG::UNIFORM, 0, 256);
  mask = mask > 128;
  EXPECT_TRUE(FindGrids(mask, kDpi).Rules().empty());
  mask.setTo(255);
  EXPECT_TRUE(FindGrids(mask, kDpi).Rules().empty());
}

TEST(EraseRules, KeepsStrokesThatCross) {
  cv::Mat mask = cv::Mat::zeros(200, 400, CV_8U);
  cv::line(mask, {20, 100}, {380, 100}, 255, 2);
  cv::line(mask, {200, 70}, {200, 130}, 255, 4);
  RuledPage page = FindGrids(mask, kDpi);
  ASSERT_EQ(page.loose.size(), 1U);
  EraseRules(page.loose, kDpi, mask);
  EXPECT_EQ(mask.at<uchar>(100, 60), 0);
  EXPECT_EQ(mask.at<uchar>(100, 200), 255);
}

}  // namespace
}  // namespace vanthu::ocr
