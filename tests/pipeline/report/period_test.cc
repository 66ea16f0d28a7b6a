#include "pipeline/report/period.h"

#include <gmock/gmock.h>

#include "rules_for_tests.h"

namespace vanthu::report {
namespace {

std::string SpanOf(const std::string& text) {
  const Period period = PeriodOf(text);
  return ToIso(period.first) + " " + ToIso(period.last);
}

// The table of docs/report.md: 15th to 14th.
TEST(Period, RunsFromThe15thToThe14th) {
  EXPECT_EQ(SpanOf("2026-01"), "2025-12-15 2026-01-14");
  EXPECT_EQ(SpanOf("2026-02"), "2026-01-15 2026-02-14");
  EXPECT_EQ(SpanOf("2026-12"), "2026-11-15 2026-12-14");
  EXPECT_EQ(SpanOf("2026-Q1"), "2025-12-15 2026-03-14");
  EXPECT_EQ(SpanOf("2026-Q2"), "2026-03-15 2026-06-14");
  EXPECT_EQ(SpanOf("2026-Q3"), "2026-06-15 2026-09-14");
  EXPECT_EQ(SpanOf("2026-Q4"), "2026-09-15 2026-12-14");
  EXPECT_EQ(SpanOf("2026-H1"), "2025-12-15 2026-06-14");
  EXPECT_EQ(SpanOf("2026-9M"), "2025-12-15 2026-09-14");
  EXPECT_EQ(SpanOf("2026"), "2025-12-15 2026-12-14");
}

// Twelve months and four quarters cover the year, each day once.
TEST(Period, MonthsAndQuartersJoinWithoutGap) {
  const auto joined = [](const std::vector<std::string>& codes) {
    for (std::size_t i = 1; i < codes.size(); ++i) {
      const std::chrono::sys_days next = PeriodOf(codes[i]).first;
      EXPECT_EQ(std::chrono::sys_days(PeriodOf(codes[i - 1]).last) + std::chrono::days(1), next) << codes[i];
    }
  };
  std::vector<std::string> months;
  for (int month = 1; month <= 12; ++month)
    months.push_back("2028-" + std::string(month < 10 ? "0" : "") + std::to_string(month));
  months.push_back("2029-01");
  joined(months);
  joined({"2028-Q1", "2028-Q2", "2028-Q3", "2028-Q4", "2029-Q1"});
  joined({"2027", "2028", "2029"});
}

TEST(Period, HasANameAndADueDay) {
  EXPECT_EQ(PeriodOf("2026-Q3").name, "Quý III năm 2026");
  EXPECT_EQ(PeriodOf("2026-03").name, "Tháng 3 năm 2026");
  EXPECT_EQ(PeriodOf("2026-H1").name, "6 tháng đầu năm 2026");
  EXPECT_EQ(ToIso(PeriodOf("2026-Q1").due), "2026-03-15");
}

TEST(Period, HoldsBothItsEdges) {
  const Period period = PeriodOf("2026-Q1");
  EXPECT_FALSE(period.Holds(Day("2025-12-14")));
  EXPECT_TRUE(period.Holds(Day("2025-12-15")));
  EXPECT_TRUE(period.Holds(Day("2026-03-14")));
  EXPECT_FALSE(period.Holds(Day("2026-03-15")));
}

TEST(Period, NothingElseIsAPeriod) {
  for (const char* text :
       {"", "26-Q1", "2026Q1", "2026-Q5", "2026-Q0", "2026-q1", "2026-00", "2026-13", "2026-1", "2026-H2",
        "2026-6M", "2026-", " 2026", "2026 ", "1899", "9999-Q1", "2026-Q1x", "-026-Q1", "２０２６"}) {
    const Result<Period> period = ParsePeriod(text, Rules().periods);
    ASSERT_FALSE(period.has_value()) << text;
    EXPECT_EQ(ExitCode(period.error().code), 2) << text;
    EXPECT_THAT(period.error().advice.vi, testing::HasSubstr("2026-Q1")) << text;
  }
}

}  // namespace
}  // namespace vanthu::report
