#include "ocr/rulings/doubled.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "ocr/rulings/grid.h"
#include "tests/ocr/drawing.h"

namespace vanthu::ocr {
namespace {

// A rule in points, as printed: one strand, or two with a gap as wide as each.
struct Pen {
  double dpi = 300;
  double strand_pt = 0.75;
  double lean = 0;  // what skew is left: rise over run
  int Px(double pt) const { return static_cast<int>(std::lround(pt * dpi / 72)); }

  void Strand(cv::Mat& mask, bool across, double at, double from, double to) const {
    const int thick = std::max(1, Px(strand_pt));
    for (int along = Px(from); along <= Px(to); ++along) {
      const int first = static_cast<int>(std::lround(at * dpi / 72 + (across ? lean : -lean) * along));
      for (int d = 0; d < thick; ++d)
        (across ? mask.at<uchar>(first + d, along) : mask.at<uchar>(along, first + d)) = 255;
    }
  }
  void Double(cv::Mat& mask, bool across, double at, double from, double to) const {
    Strand(mask, across, at - strand_pt, from - strand_pt, to + 2 * strand_pt);
    Strand(mask, across, at + strand_pt, from - strand_pt, to + 2 * strand_pt);
  }
};

// Points. Four columns, the first three rows' first cell is one, the last row's are single rules where
// `mixed`.
cv::Mat Table(const Pen& pen, bool mixed) {
  cv::Mat mask = cv::Mat::zeros(pen.Px(330), pen.Px(460), CV_8U);
  const auto rule = [&](bool single, bool across, double at, double from, double to) {
    single ? pen.Strand(mask, across, at, from, to) : pen.Double(mask, across, at, from, to);
  };
  rule(false, true, 40, 40, 420);
  for (const double y : {90, 150}) rule(mixed, true, y, 120, 420);
  rule(false, true, 210, 40, 420);
  rule(false, true, 280, 40, 420);
  for (const double x : {40, 420}) rule(false, false, x, 40, 280);
  for (const double x : {120, 230, 330}) rule(mixed, false, x, 40, 280);
  for (const double y : {70, 130, 190, 250})
    for (const double x : {50, 126, 236, 336})
      cv::putText(mask, "HIll Tell", {pen.Px(x), pen.Px(y)}, cv::FONT_HERSHEY_COMPLEX, pen.dpi / 330, 255,
                  pen.dpi > 250 ? 4 : 2);
  return mask;
}

TEST(DoubleRules, AreOneRuleEach) {
  for (const double dpi : {200.0, 300.0})
    for (const double strand : {0.5, 0.75, 1.5})
      for (const double lean : {0.0, 0.002})
        for (const bool mixed : {false, true}) {
          const Pen pen{dpi, strand, lean};
          const cv::Mat mask = Table(pen, mixed);
          const std::string what = std::to_string(dpi) + " dpi " + std::to_string(strand) + " pt " +
                                   std::to_string(lean) + (mixed ? " mixed" : "");
          const RuledPage page = FindGrids(mask, dpi);
          ASSERT_EQ(page.grids.size(), 1U) << what;
          EXPECT_EQ(page.grids[0].rows.size(), 5U) << what;
          EXPECT_EQ(page.grids[0].columns.size(), 5U) << what;
          EXPECT_EQ(page.grids[0].cells, 14) << what;
          EXPECT_TRUE(page.loose.empty()) << what;
        }
}

// What is left of a strand would be read as a dash, or keep lines of two cells together.
TEST(DoubleRules, AreErasedWithBothStrands) {
  for (const double dpi : {200.0, 300.0})
    for (const double strand : {0.5, 0.75, 1.5}) {
      const Pen pen{dpi, strand, 0.001};
      cv::Mat mask = cv::Mat::zeros(pen.Px(200), pen.Px(300), CV_8U);
      for (const double y : {40, 100, 160}) pen.Double(mask, true, y, 40, 260);
      for (const double x : {40, 150, 260}) pen.Double(mask, false, x, 40, 160);
      EraseRules(FindGrids(mask, dpi).Rules(), dpi, mask);
      EXPECT_LT(cv::countNonZero(mask), pen.Px(3) * pen.Px(3)) << dpi << " " << strand;
    }
}

// A heading's underline, doubled.
TEST(DoubleRules, StandLooseUnderAHeading) {
  const Pen pen{300, 0.75, 0};
  cv::Mat mask = cv::Mat::zeros(pen.Px(100), pen.Px(300), CV_8U);
  cv::putText(mask, "HEADING WITH BARS", {pen.Px(20), pen.Px(40)}, cv::FONT_HERSHEY_COMPLEX, 2, 255, 5);
  pen.Double(mask, true, 50, 90, 190);
  const RuledPage page = FindGrids(mask, pen.dpi);
  EXPECT_TRUE(page.grids.empty());
  ASSERT_EQ(page.loose.size(), 1U);
  EXPECT_NEAR(page.loose[0].position(), pen.Px(50) + 1.5, 2);
  EXPECT_NEAR(page.loose[0].thickness, pen.Px(2.25), 2);
}

// Bars and stems that stand close together.
TEST(DoubleRules, AreNotSeenInText) {
  const std::string lines[] = {"TTTTEEEE FFLLIIII ZZZZ", "illllll fillet HHIIHH", "EBF TTT ZZEEZZ HHTT",
                               "IIIIIIII llllllll"};
  for (const double dpi : {200.0, 300.0})
    for (const int face : {cv::FONT_HERSHEY_SIMPLEX, cv::FONT_HERSHEY_COMPLEX, cv::FONT_HERSHEY_TRIPLEX})
      for (const double size_pt : {9.0, 11.0, 14.0}) {
        const double scale = size_pt * 0.66 * dpi / 72 / 21;  // capitals are 21 px tall at scale 1
        const int stroke = static_cast<int>(std::lround(size_pt * 0.08 * dpi / 72));
        const int step = static_cast<int>(size_pt * 1.3 * dpi / 72);
        cv::Mat mask = cv::Mat::zeros(step * 8, static_cast<int>(8 * dpi), CV_8U);
        for (int i = 0; i < 6; ++i)
          cv::putText(mask, lines[i % 4], {40, step * (i + 1)}, face, scale, 255, std::max(1, stroke));
        EXPECT_EQ(cv::countNonZero(WithDoubleRulesSolid(mask, dpi) - mask), 0)
            << dpi << " " << face << " " << size_pt;
      }
}

// A fraction's bar between its figures, and a low row of one line: neither is doubled.
TEST(DoubleRules, LeaveWhatStandsFurtherApart) {
  const Pen pen{300, 0.75, 0};
  cv::Mat mask = cv::Mat::zeros(pen.Px(100), pen.Px(300), CV_8U);
  for (const double y : {30, 34, 60}) pen.Strand(mask, true, y, 20, 280);
  EXPECT_EQ(cv::countNonZero(WithDoubleRulesSolid(mask, pen.dpi) - mask), 0);
}

}  // namespace
}  // namespace vanthu::ocr
