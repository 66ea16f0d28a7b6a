#include "signing/appearance/page_frame.h"

#include <gtest/gtest.h>

#include <limits>

namespace vanthu::signing {
namespace {

TEST(PageFrame, ShownCornersOfTurnedPages) {
  const PdfRect media{10, 20, 210, 320};  // 200 x 300
  const PageFrame upright(media, {}, 0, 1), quarter(media, {}, 90, 1), half(media, {}, -180, 1),
      three(media, {}, 270 + 360, 1);
  EXPECT_EQ(upright.width(), 200);
  EXPECT_EQ(quarter.width(), 300);
  EXPECT_EQ(quarter.height(), 200);
  const auto top_left = [](const PageFrame& page) {
    const Point p = page.ToUser(Point{0, 0});
    return std::pair(p.x, p.y);
  };
  EXPECT_EQ(top_left(upright), std::pair(10.0, 320.0));
  EXPECT_EQ(top_left(quarter), std::pair(10.0, 20.0));
  EXPECT_EQ(top_left(half), std::pair(210.0, 20.0));
  EXPECT_EQ(top_left(three), std::pair(210.0, 320.0));
  for (const PageFrame& page : {upright, quarter, half, three}) {
    const Box box{11, 12, 33, 44};
    EXPECT_EQ(page.ToShown(page.ToUser(box)), box);
  }
}

TEST(PageFrame, CropBoxesAreCutAndNonsenseIsLeftOut) {
  const PdfRect media{0, 0, 600, 800};
  EXPECT_EQ(PageFrame(media, PdfRect{500, 700, 100, 900}, 0, 1).width(), 400);  // corners in any order
  EXPECT_EQ(PageFrame(media, PdfRect{500, 700, 100, 900}, 0, 1).height(), 100);
  EXPECT_EQ(PageFrame(media, PdfRect{700, 0, 900, 100}, 0, 1).width(), 600);  // beyond the page
  EXPECT_EQ(PageFrame(media, {}, 45, 1).rotate_deg(), 0);
  EXPECT_EQ(PageFrame(media, {}, 0, -3).user_unit(), 1);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_NEAR(PageFrame({0, nan, 600, 800}, {}, 0, 1).width(), 595.28, 0.01);
}

}  // namespace
}  // namespace vanthu::signing
