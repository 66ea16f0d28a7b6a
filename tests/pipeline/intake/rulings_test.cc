// Strokes, thin fills and what only looks like them.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/pipeline/intake/read_tiny.h"

namespace vanthu {
namespace {

using test::Read;
using test::TinyPdf;

std::size_t CountOf(const Page& page, bool horizontal) {
  return static_cast<std::size_t>(std::count_if(page.rulings.begin(), page.rulings.end(),
                                                [&](const Ruling& r) { return r.horizontal == horizontal; }));
}

TEST(Rulings, StrokedSegment) {
  const Page page = Read(TinyPdf().AddPage("0.5 w 100 700 m 300 700 l S"));
  ASSERT_EQ(page.rulings.size(), 1u);
  const Ruling& r = page.rulings[0];
  EXPECT_TRUE(r.horizontal);
  EXPECT_NEAR(r.position_pt, 142, 0.01);
  EXPECT_NEAR(r.start_pt, 100, 0.01);
  EXPECT_NEAR(r.end_pt, 300, 0.01);
  EXPECT_NEAR(r.thickness_pt, 0.5, 0.01);
}

TEST(Rulings, StrokedRectangleGivesItsEdges) {
  const Page page = Read(TinyPdf().AddPage("1 w 100 600 200 100 re S"));
  EXPECT_EQ(CountOf(page, true), 2u);
  EXPECT_EQ(CountOf(page, false), 2u);
  EXPECT_TRUE(page.shadings.empty());
}

TEST(Rulings, ThinFillIsAnEdgeAndAWideOneAShading) {
  const Page page = Read(TinyPdf().AddPage("100 700 200 0.48 re f 0.8 0.9 1 rg 100 600 200 40 re f"));
  ASSERT_EQ(page.rulings.size(), 1u);
  EXPECT_NEAR(page.rulings[0].position_pt, 842 - 700.24, 0.01);
  ASSERT_EQ(page.shadings.size(), 1u);
  EXPECT_NEAR(page.shadings[0].y0, 842 - 640, 0.01);
}

TEST(Rulings, FrameFilledAroundAHole) {
  const Page page = Read(TinyPdf().AddPage("100 600 200 100 re 101 601 198 98 re f*"));
  EXPECT_EQ(CountOf(page, true), 2u);
  EXPECT_EQ(CountOf(page, false), 2u);
}

TEST(Rulings, CurrentMatrixAndClipAreApplied) {
  const Page page =
      Read(TinyPdf().AddPage("q 2 0 0 2 10 20 cm 50 300 m 150 300 l S Q "
                             "q 100 0 50 842 re W n 0 400 m 595 400 l S Q "
                             "q 0 0 10 10 re W n 0 300 m 595 300 l S Q"));
  ASSERT_EQ(page.rulings.size(), 2u);
  const Ruling& scaled =
      page.rulings[0].position_pt < page.rulings[1].position_pt ? page.rulings[0] : page.rulings[1];
  const Ruling& clipped = &scaled == &page.rulings[0] ? page.rulings[1] : page.rulings[0];
  EXPECT_NEAR(scaled.position_pt, 842 - 620, 0.01);
  EXPECT_NEAR(scaled.start_pt, 110, 0.01);
  EXPECT_NEAR(scaled.thickness_pt, 2, 0.01);
  EXPECT_NEAR(clipped.start_pt, 100, 0.1);
  EXPECT_NEAR(clipped.end_pt, 150, 0.1);
}

TEST(Rulings, CellBordersPaintedInPiecesAreOneLine) {
  // As Word paints them: corner, edge, corner, edge.
  const Page page =
      Read(TinyPdf().AddPage("100 700 0.48 0.48 re f 100.48 700 99.5 0.48 re f 200 700 0.48 0.48 re f "
                             "200.48 700 99.5 0.48 re f 300 700 0.48 0.48 re f"));
  ASSERT_EQ(CountOf(page, true), 1u);
  EXPECT_NEAR(page.rulings[0].start_pt, 100, 0.01);
  EXPECT_NEAR(page.rulings[0].end_pt, 300.48, 0.01);
  EXPECT_EQ(CountOf(page, false), 0u);
}

TEST(Rulings, DashesAndDots) {
  std::string dots, dashes = "[3 2] 0 d 100 500 m 300 500 l S [] 0 d ";
  for (int i = 0; i < 50; ++i) dots += std::to_string(100 + 2 * i) + " 700 0.5 0.5 re f ";
  for (int i = 0; i < 20; ++i)
    dashes += std::to_string(100 + 8 * i) + " 600 m " + std::to_string(105 + 8 * i) + " 600 l S ";
  const Page page = Read(TinyPdf().AddPage(dots + dashes));
  ASSERT_EQ(page.rulings.size(), 3u);
  for (const Ruling& r : page.rulings) {
    EXPECT_TRUE(r.horizontal);
    EXPECT_NEAR(r.start_pt, 100, 0.01);
    EXPECT_GT(r.end_pt, 190);
  }
}

TEST(Rulings, SeparateLinesStaySeparate) {
  const Page page =
      Read(TinyPdf().AddPage("100 700 m 200 700 l S 215 700 m 300 700 l S 100 698 m 200 698 l S"));
  EXPECT_EQ(page.rulings.size(), 3u);
}

TEST(Rulings, NoRulings) {
  const Page page =
      Read(TinyPdf().AddPage("1 1 1 RG 100 700 m 300 700 l S 0 0 0 RG "  // white on white
                             "100 100 m 300 400 l S "                    // oblique
                             "100 500 m 150 600 250 600 300 500 c S "    // a curve
                             "8 w 100 300 m 300 300 l S 1 w "            // a beam
                             "100 200 m 300 200 l n"));                  // never painted
  EXPECT_TRUE(page.rulings.empty());
}

TEST(Rulings, CurvesWithLevelEndsHaveNoStraightPieces) {
  // A ring as an elliptic seal: its control points lie level with its ends.
  EXPECT_TRUE(Read(TinyPdf().AddPage("100 500 m 100 560 140 600 200 600 c 260 600 300 560 300 500 c S"))
                  .rulings.empty());
}

TEST(Rulings, WhiteLinesOnAShadingAreSeen) {
  const Page page =
      Read(TinyPdf().AddPage("0.2 0.3 0.6 rg 100 600 200 60 re f 1 1 1 RG 100 630 m 300 630 l S"));
  EXPECT_EQ(page.rulings.size(), 1u);
}

TEST(Rulings, GradientsAndSoftMasksAreNotEdges) {
  TinyPdf pdf;
  const int function = pdf.AddObject("<< /FunctionType 2 /Domain [0 1] /C0 [1 0 0] /C1 [0 0 1] /N 1 >>");
  const int shading =
      pdf.AddObject("<< /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 595 0] /Function " +
                    std::to_string(function) + " 0 R >>");
  pdf.AddResources("/Shading << /S1 " + std::to_string(shading) + " 0 R >>");
  pdf.AddPage("q 100 600 200 40 re W n /S1 sh Q");
  EXPECT_TRUE(Read(pdf).rulings.empty());
}

}  // namespace
}  // namespace vanthu
