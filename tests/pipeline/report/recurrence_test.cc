#include "pipeline/report/recurrence.h"

#include "rules_for_tests.h"

namespace vanthu::report {
namespace {

Task TaskWith(DeadlineKind kind, const char* end, const char* rule = nullptr) {
  Task task;
  task.content = "x";
  task.deadline = Deadline{"x", kind, std::nullopt, end == nullptr ? std::nullopt : ParseIsoDate(end),
                           rule == nullptr ? Text() : Text(rule)};
  return task;
}

std::string DueOf(const Task& task, const char* period, std::optional<int> plan_year = 2026) {
  const std::optional<Date> due = DueDay(task, PeriodOf(period), plan_year);
  return due ? ToIso(*due) : "";
}
std::string RecursIn(const char* rule, const char* period, std::optional<int> plan_year = 2026) {
  return DueOf(TaskWith(DeadlineKind::kPeriodic, nullptr, rule), period, plan_year);
}

TEST(DueDay, IsTheDeadlinesEnd) {
  EXPECT_EQ(DueOf(TaskWith(DeadlineKind::kBy, "2026-05-31"), "2026-Q1"), "2026-05-31");
  EXPECT_EQ(DueOf(TaskWith(DeadlineKind::kQuarter, "2026-03-31"), "2026-Q1"), "2026-03-31");
}

// An ongoing task ends with the year, but nobody is late with it.
TEST(DueDay, IsNotThereForWhatHasNoDay) {
  for (const DeadlineKind kind : {DeadlineKind::kOngoing, DeadlineKind::kRelative, DeadlineKind::kUnknown})
    EXPECT_EQ(DueOf(TaskWith(kind, "2026-12-31"), "2026"), "");
  EXPECT_EQ(DueOf(Task(), "2026"), "");
  EXPECT_EQ(DueOf(TaskWith(DeadlineKind::kPeriodic, nullptr), "2026"), "");
}

TEST(DueDay, OfWhatRecursIsItsLastDayInThePeriod) {
  EXPECT_EQ(RecursIn("FREQ=MONTHLY;BYMONTHDAY=5", "2026-02"), "2026-02-05");
  EXPECT_EQ(RecursIn("FREQ=MONTHLY;BYMONTHDAY=5", "2026-Q1"), "2026-03-05");
  EXPECT_EQ(RecursIn("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=15", "2026-Q2"), "2026-03-15");
  EXPECT_EQ(RecursIn("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=15", "2026-02"), "");
  EXPECT_EQ(RecursIn("FREQ=MONTHLY;BYMONTHDAY=31", "2026-03"), "2026-02-28");
}

TEST(DueDay, WithoutADayIsThePeriodsLastWhereATurnEnds) {
  EXPECT_EQ(RecursIn("FREQ=MONTHLY;INTERVAL=3", "2026-Q2"), "2026-06-14");
  EXPECT_EQ(RecursIn("FREQ=MONTHLY;INTERVAL=3", "2026-05"), "");
  EXPECT_EQ(RecursIn("FREQ=MONTHLY;INTERVAL=6", "2026-H1"), "2026-06-14");
  EXPECT_EQ(RecursIn("FREQ=MONTHLY;INTERVAL=6", "2026-Q1"), "");
  EXPECT_EQ(RecursIn("FREQ=YEARLY", "2026"), "2026-12-14");
  EXPECT_EQ(RecursIn("FREQ=YEARLY", "2026-Q3"), "");
  EXPECT_EQ(RecursIn("FREQ=WEEKLY", "2026-01"), "2026-01-14");
}

TEST(DueDay, OfWhatRecursLiesInThePlansYear) {
  EXPECT_EQ(RecursIn("FREQ=MONTHLY;BYMONTHDAY=5", "2026-Q1", 2023), "");
  EXPECT_EQ(RecursIn("FREQ=MONTHLY;BYMONTHDAY=5", "2026-Q1", std::nullopt), "");
  Task task = TaskWith(DeadlineKind::kPeriodic, "2026-02-28", "FREQ=MONTHLY;BYMONTHDAY=5");
  EXPECT_EQ(DueOf(task, "2026-Q1", 2023), "");  // its March turn is after its end
  EXPECT_EQ(DueOf(task, "2026-02", 2023), "2026-02-05");
}

TEST(DueDay, OfARuleThatIsNoneIsNotThere) {
  for (const char* rule :
       {"", "FREQ", "FREQ=MONTHLY;BYDAY=MO", "FREQ=SECONDLY", "FREQ=YEARLY;INTERVAL=2", "INTERVAL=3"})
    EXPECT_EQ(RecursIn(rule, "2026"), "") << rule;
}

TEST(PlanYear, IsThatOfTheSubjectElseOfTheDate) {
  EXPECT_EQ(PlanYear(Text("Kiểm soát thủ tục hành chính năm 2026"), Day("2025-12-20")), 2026);
  EXPECT_EQ(PlanYear(Text("kế hoạch 5 năm 2021-2025, năm 2024"), std::nullopt), 2024);
  EXPECT_EQ(PlanYear(Text("Tổ chức hoạt động"), Day("2023-02-28")), 2023);
  EXPECT_EQ(PlanYear(Text("trong năm nay"), std::nullopt), std::nullopt);
  EXPECT_EQ(PlanYear(Text(), std::nullopt), std::nullopt);
}

}  // namespace
}  // namespace vanthu::report
