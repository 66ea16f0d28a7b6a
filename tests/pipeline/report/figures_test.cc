#include "pipeline/report/figures.h"

#include <gtest/gtest.h>

namespace vanthu::report {
namespace {

TEST(Share, IsExactToTwoDecimals) {
  EXPECT_EQ(Share(1, 3), 33.33);
  EXPECT_EQ(Share(2, 3), 66.67);
  EXPECT_EQ(Share(1, 8), 12.5);
  EXPECT_EQ(Share(3, 3), 100);
  EXPECT_EQ(Share(0, 7), 0);
  EXPECT_EQ(Share(1, 800), 0.13);  // 0.125: halves go up
  EXPECT_EQ(Share(999'999, 1'000'000), 100);
  EXPECT_EQ(Share(1'000'000'000, 3'000'000'000), 33.33);
}

TEST(Share, OfNothingIsNotThere) {
  EXPECT_EQ(Share(0, 0), std::nullopt);
  EXPECT_EQ(Share(5, 0), std::nullopt);
}

TEST(Hundredths, TakeTwoDecimalsAndNoMore) {
  EXPECT_EQ(Hundredths(17.85), 1785);
  EXPECT_EQ(Hundredths(0.1 + 0.2), 30);
  EXPECT_EQ(Hundredths(18), 1800);
  EXPECT_EQ(Hundredths(17.855), std::nullopt);
  EXPECT_EQ(Hundredths(-1), std::nullopt);
  EXPECT_EQ(Hundredths(1e12), std::nullopt);
  // Ten tenths are one, which binary fractions do not give.
  std::int64_t sum = 0;
  for (int i = 0; i < 10; ++i) sum += *Hundredths(0.1);
  EXPECT_EQ(FromHundredths(sum), 1);
}

}  // namespace
}  // namespace vanthu::report
