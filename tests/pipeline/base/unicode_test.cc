#include "pipeline/base/unicode.h"

#include <gtest/gtest.h>

namespace vanthu {
namespace {

TEST(Unicode, ComposesAndFolds) {
  EXPECT_EQ(ToNfc("Thu\u0309 tu\u0323c"), "Thủ tục");
  EXPECT_EQ(WithoutDiacritics("Thủ tục Đường"), "Thu tuc Duong");
  EXPECT_EQ(SearchKey("  THỦ\u00a0 TỤC "), "thu tuc");
  EXPECT_EQ(ToUpper("đường ủy"), "ĐƯỜNG ỦY");
}

TEST(Unicode, FoldsTonePlacementOnlyWhereTwoFormsAreInUse) {
  EXPECT_EQ(FoldTonePlacement("hoà"), "hòa");
  EXPECT_EQ(FoldTonePlacement("CỘNG HOÀ"), "CỘNG HÒA");
  EXPECT_EQ(FoldTonePlacement("UỶ BAN"), "ỦY BAN");
  EXPECT_EQ(FoldTonePlacement("hoàn"), "hoàn");  // closed
  EXPECT_EQ(FoldTonePlacement("quý"), "quý");    // the u belongs to the onset
  EXPECT_EQ(FoldTonePlacement("thuý hoè"), "thúy hòe");
  EXPECT_EQ(MatchKey("Uỷ  ban"), MatchKey("ủy ban"));
}

TEST(Unicode, CountsClustersAndDistances) {
  EXPECT_EQ(GraphemeClusters("u\u0309y").size(), 2u);
  EXPECT_DOUBLE_EQ(NormalisedDistance("", ""), 0);
  EXPECT_DOUBLE_EQ(NormalisedDistance("tục", "tuc"), 1.0 / 3);
}

TEST(Unicode, AnyBytesAreSafe) {
  EXPECT_EQ(ToNfc("a\xff\xfe"), "a\uFFFD\uFFFD");
  EXPECT_TRUE(IsUpperCase("KẾ HOẠCH 1"));
  EXPECT_FALSE(IsUpperCase("123"));
}

}  // namespace
}  // namespace vanthu
