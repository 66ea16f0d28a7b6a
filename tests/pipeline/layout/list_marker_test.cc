#include "pipeline/layout/list_marker.h"

#include <gtest/gtest.h>

namespace vanthu::layout {
namespace {

TEST(ListMarkerTest, KnowsItems) {
  for (const char* text :
       {"- Xây dựng", "+ Rà soát", "1. Mục đích", "1) Một", "(1) Một", "1.2. Hai", "1.2 Hai", "a) Các",
        "đ) Các", "b. Các", "I. MỤC ĐÍCH", "IV. TỔ CHỨC", "• Một", "-Xây dựng", "1.Xây dựng"})
    EXPECT_TRUE(FindMarker(text)) << text;
}

TEST(ListMarkerTest, RefusesWhatOnlyLooksLikeOne) {
  for (const char* text : {"12 tháng", "2023", "7.920 hồ sơ", "1.000", "1.5 km", "-5 độ", "+84 90", "--",
                           "U.B.N.D", "Văn phòng", "", "09/03/2023", "2023. Năm"})
    EXPECT_FALSE(FindMarker(text)) << text;
}

TEST(ListMarkerTest, TellsAttachedText) {
  EXPECT_TRUE(FindMarker("-Xây dựng")->attached);
  EXPECT_FALSE(FindMarker("- Xây dựng")->attached);
  EXPECT_EQ(FindMarker("1.2. Hai")->bytes, 4U);
}

TEST(ListMarkerTest, ReadsOrdinals) {
  EXPECT_EQ(ReadOrdinal("12")->value, 12);
  EXPECT_EQ(ReadOrdinal("3.")->value, 3);
  EXPECT_EQ(ReadOrdinal("1.2")->value, 2);
  EXPECT_EQ(ReadOrdinal("1.2")->depth, 2);
  EXPECT_EQ(ReadOrdinal("IV")->value, 4);
  EXPECT_EQ(ReadOrdinal("IV")->kind, MarkerKind::kRoman);
  EXPECT_EQ(ReadOrdinal("(3)")->value, 3);
  EXPECT_EQ(ReadOrdinal("b)")->kind, MarkerKind::kLetter);
  EXPECT_FALSE(ReadOrdinal("STT"));
  EXPECT_FALSE(ReadOrdinal("2023"));
  EXPECT_FALSE(ReadOrdinal("12,5"));
  EXPECT_FALSE(ReadOrdinal(""));
}

}  // namespace
}  // namespace vanthu::layout
