#include "pipeline/base/date.h"

#include <gtest/gtest.h>

namespace vanthu {
namespace {

TEST(Date, ReadsAndWritesIso) {
  EXPECT_EQ(ToIso(*ParseIsoDate("2023-03-09")), "2023-03-09");
  EXPECT_EQ(ToIso(LastOfMonth(2024, 2)), "2024-02-29");
}

TEST(Date, RefusesDaysThatDoNotExist) {
  EXPECT_FALSE(ParseIsoDate("2023-02-29"));
  EXPECT_FALSE(ParseIsoDate("2023-2-9"));
  EXPECT_FALSE(ParseIsoDate("2023-02-0x"));
  EXPECT_FALSE(MakeDate(2023, 13, 1));
  EXPECT_FALSE(MakeDate(2023, 4, 31));
}

}  // namespace
}  // namespace vanthu
