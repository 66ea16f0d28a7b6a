#include "pipeline/layout/grid.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tests/pipeline/layout/page_builder.h"

namespace vanthu::layout {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;

std::vector<std::vector<int>> CellsOf(const Grid& grid) {
  std::vector<std::vector<int>> cells;
  for (const GridCell& c : grid.cells) cells.push_back({c.row, c.col, c.rowspan, c.colspan});
  return cells;
}

// Every position is covered by the one cell that claims it.
void ExpectCovered(const Grid& grid) {
  int area = 0;
  for (const GridCell& c : grid.cells) area += c.rowspan * c.colspan;
  EXPECT_EQ(area, grid.rows() * grid.columns());
  for (const int i : grid.cover) EXPECT_GE(i, 0);
}

TEST(GridTest, PlainGrid) {
  PageBuilder b;
  b.Grid({50, 100, 200}, {100, 120, 140, 160});
  const Grids found = FindGrids(b.page.rulings, 12, false);
  ASSERT_EQ(found.grids.size(), 1U);
  EXPECT_EQ(found.grids[0].rows(), 3);
  EXPECT_EQ(found.grids[0].columns(), 2);
  EXPECT_EQ(found.grids[0].cells.size(), 6U);
  EXPECT_TRUE(found.loose.empty());
  ExpectCovered(found.grids[0]);
}

TEST(GridTest, SpansFromMissingEdges) {
  PageBuilder b;
  // A heading over two columns and a cell over two rows.
  for (const double y : {100.0, 140.0, 180.0}) b.Rule(50, y, 350);
  b.Rule(150, 120, 350);
  b.Rule(150, 160, 350);
  b.Stroke(50, 100, 180);
  b.Stroke(150, 100, 180);
  b.Stroke(250, 120, 180);
  b.Stroke(350, 100, 180);
  const Grids found = FindGrids(b.page.rulings, 12, false);
  ASSERT_EQ(found.grids.size(), 1U);
  EXPECT_THAT(CellsOf(found.grids[0]),
              ElementsAre(ElementsAre(0, 0, 2, 1), ElementsAre(0, 1, 1, 2), ElementsAre(1, 1, 1, 1),
                          ElementsAre(1, 2, 1, 1), ElementsAre(2, 0, 2, 1), ElementsAre(2, 1, 1, 1),
                          ElementsAre(2, 2, 1, 1), ElementsAre(3, 1, 1, 1), ElementsAre(3, 2, 1, 1)));
  ExpectCovered(found.grids[0]);
}

TEST(GridTest, TablesSideBySideStayApart) {
  PageBuilder b;
  b.Grid({50, 100, 200}, {100, 120, 140});
  b.Grid({230, 300, 400}, {100, 130, 160});
  const Grids found = FindGrids(b.page.rulings, 12, false);
  ASSERT_EQ(found.grids.size(), 2U);
  EXPECT_NEAR(found.grids[0].box.x1, 200, 1);
  EXPECT_NEAR(found.grids[1].box.x0, 230, 1);
}

TEST(GridTest, DashesAndDoubledRulesAreOneLine) {
  PageBuilder b;
  b.Grid({50, 100, 200}, {100, 140});
  b.Rule(50, 101.5, 200);                                      // doubled
  for (double x = 50; x < 200; x += 4) b.Rule(x, 120, x + 2);  // dashed
  const Grids found = FindGrids(b.page.rulings, 12, false);
  ASSERT_EQ(found.grids.size(), 1U);
  EXPECT_EQ(found.grids[0].rows(), 2);
  EXPECT_EQ(found.grids[0].columns(), 2);
}

TEST(GridTest, OpenSidesAreClosedWhereRulesEndTogether) {
  PageBuilder b;
  // No outer verticals, and the page break cut the bottom.
  for (const double y : {100.0, 120.0, 140.0}) b.Rule(50, y, 300);
  b.Stroke(120, 100, 170);
  b.Stroke(220, 100, 170);
  const Grids found = FindGrids(b.page.rulings, 12, false);
  ASSERT_EQ(found.grids.size(), 1U);
  EXPECT_EQ(found.grids[0].columns(), 3);
  EXPECT_EQ(found.grids[0].rows(), 3);
  EXPECT_TRUE(found.grids[0].bottom_open);
  EXPECT_FALSE(found.grids[0].top_open);
}

TEST(GridTest, PartsOfAnOpenTableBetweenGroupRowsAreOne) {
  for (const bool closed : {false, true}) {
    PageBuilder b;
    for (const double y : {100.0, 120.0, 145.0, 170.0, 200.0}) b.Rule(50, y, 300);
    std::vector<double> xs = {120, 220};
    if (closed) xs = {50, 120, 220, 300};
    for (const double x : xs) {  // between 120 and 145 stands a row of one cell
      b.Stroke(x, 100, 120);
      b.Stroke(x, 145, 200);
    }
    const Grids found = FindGrids(b.page.rulings, 12, false);
    // With sides that were drawn they are two tables, one over the other.
    ASSERT_EQ(found.grids.size(), closed ? 2U : 1U);
    if (closed) continue;
    EXPECT_EQ(found.grids[0].rows(), 4);
    EXPECT_EQ(found.grids[0].columns(), 3);
    EXPECT_EQ(found.grids[0].cells.size(), 10U);
    ExpectCovered(found.grids[0]);
  }
}

TEST(GridTest, AnOuterRuleDrawnInPartIsCompleted) {
  for (const bool recognised : {false, true}) {
    for (const char side : {'l', 'r', 't', 'b'}) {
      PageBuilder b;
      for (const double y : {100.0, 130.0, 160.0, 190.0}) {
        if ((y == 100 && side == 't') || (y == 190 && side == 'b'))
          b.Rule(50, y, 120);
        else
          b.Rule(50, y, 300);
      }
      for (const double x : {50.0, 120.0, 220.0, 300.0}) {
        if ((x == 50 && side == 'l') || (x == 300 && side == 'r'))
          b.Stroke(x, 100, 130);
        else
          b.Stroke(x, 100, 190);
      }
      const Grids found = FindGrids(b.page.rulings, 12, recognised);
      ASSERT_EQ(found.grids.size(), 1U) << side;
      EXPECT_EQ(found.grids[0].cells.size(), 9U) << side;
      ExpectCovered(found.grids[0]);
      // No sign that the page break left the side open.
      EXPECT_FALSE(found.grids[0].top_open || found.grids[0].bottom_open) << side;
    }
  }
}

TEST(GridTest, AnUndrawnCornerIsNotCompleted) {
  PageBuilder b;
  // No field at the top left: its rules do not reach the outer lines.
  b.Rule(120, 100, 300);
  for (const double y : {130.0, 160.0, 190.0}) b.Rule(50, y, 300);
  b.Stroke(50, 130, 190);
  for (const double x : {120.0, 220.0, 300.0}) b.Stroke(x, 100, 190);
  const Grids found = FindGrids(b.page.rulings, 12, false);
  ASSERT_EQ(found.grids.size(), 1U);
  EXPECT_EQ(found.grids[0].rows(), 3);
  EXPECT_EQ(found.grids[0].columns(), 3);
  EXPECT_TRUE(found.loose.empty());
}

TEST(GridTest, TicksAndUnderlinesBoundNothing) {
  PageBuilder b;
  b.Grid({50, 100, 200}, {100, 120, 140});
  b.Rule(110, 130, 150);    // underline inside a cell
  b.Stroke(150, 100, 106);  // a tick that hangs from the frame
  const Grids found = FindGrids(b.page.rulings, 12, false);
  ASSERT_EQ(found.grids.size(), 1U);
  EXPECT_EQ(found.grids[0].rows(), 2);
  EXPECT_EQ(found.grids[0].columns(), 2);
  ASSERT_EQ(found.loose.size(), 1U);
  EXPECT_THAT(found.loose[0].position_pt, DoubleNear(130, 0.1));
}

TEST(GridTest, ScannedRulesMissTheirJoints) {
  PageBuilder b;
  // Broken, short of the corners, a point or two off.
  b.Rule(52, 100.8, 120);
  b.Rule(126, 100.2, 303);
  b.Rule(47, 121, 297);
  b.Rule(51, 139.5, 299);
  b.Stroke(50, 103, 137);
  b.Stroke(151, 98, 120);
  b.Stroke(150.2, 123, 141);
  b.Stroke(300.5, 101, 138);
  const Grids found = FindGrids(b.page.rulings, 12, true);
  ASSERT_EQ(found.grids.size(), 1U);
  EXPECT_EQ(found.grids[0].rows(), 2);
  EXPECT_EQ(found.grids[0].columns(), 2);
  EXPECT_EQ(found.grids[0].cells.size(), 4U);
}

TEST(GridTest, FaceThatIsNoRectangleIsCut) {
  PageBuilder b;
  b.Grid({50, 100, 150, 200}, {100, 120, 140, 160});
  // Take out the middle: an L of three fields.
  std::erase_if(b.page.rulings, [](const Ruling& r) { return r.horizontal && r.position_pt == 120; });
  b.Rule(100, 120, 200);
  const Grids found = FindGrids(b.page.rulings, 12, false);
  ASSERT_EQ(found.grids.size(), 1U);
  ExpectCovered(found.grids[0]);
}

TEST(GridTest, PointsFindTheirCells) {
  PageBuilder b;
  b.Grid({50, 100, 200}, {100, 120, 140});
  const Grid grid = FindGrids(b.page.rulings, 12, false).grids.at(0);
  EXPECT_EQ(grid.CellAt({75, 110}), 0);
  EXPECT_EQ(grid.CellAt({150, 130}), 3);
  EXPECT_EQ(grid.CellAt({300, 130}), -1);
  EXPECT_EQ(grid.CellAt({75, 99}), -1);
}

TEST(GridTest, ManyLinesEndSoon) {
  std::vector<Ruling> rulings;
  for (unsigned i = 0; i < 50'000; ++i) {
    Ruling r;
    r.horizontal = i % 2 == 0;
    r.position_pt = (i * 7919 % 5000) * 0.17;
    r.start_pt = (i * 104729 % 5000) * 0.1;
    r.end_pt = r.start_pt + (i % 100);
    rulings.push_back(r);
  }
  const Grids found = FindGrids(rulings, 12, false);
  for (const Grid& g : found.grids) ExpectCovered(g);
}

}  // namespace
}  // namespace vanthu::layout
