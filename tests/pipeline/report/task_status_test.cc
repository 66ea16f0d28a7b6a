#include "pipeline/report/task_status.h"

#include <gmock/gmock.h>

#include "rules_for_tests.h"

namespace vanthu::report {
namespace {

using testing::HasSubstr;

// 15 December 2025 to 14 March 2026.
std::string StatusIn(const char* due, std::optional<Progress> progress, const char* done_on = nullptr) {
  ProgressEntry entry;
  if (progress) entry.progress = *progress;
  if (done_on != nullptr) entry.done_on = Day(done_on);
  const std::optional<TaskStatus> status =
      StatusOf(due == nullptr ? std::nullopt : std::optional<Date>(Day(due)), progress ? &entry : nullptr,
               PeriodOf("2026-Q1"));
  return status ? Name(*status) : "";
}

constexpr auto kDone = Progress::kDone;
constexpr auto kUnderWay = Progress::kInProgress;
constexpr auto kNot = Progress::kNotStarted;

TEST(StatusOf, DoneInTimeUntilTheDeadlineItself) {
  EXPECT_EQ(StatusIn("2026-02-10", kDone, "2026-02-10"), "on_time");
  EXPECT_EQ(StatusIn("2026-02-10", kDone, "2026-02-11"), "late");
  EXPECT_EQ(StatusIn("2026-02-10", kDone, "2025-11-01"), "on_time");  // due here, done before the period
}

TEST(StatusOf, AtThePeriodsFirstAndLastDay) {
  EXPECT_EQ(StatusIn("2025-12-15", std::nullopt), "unreported");
  EXPECT_EQ(StatusIn("2025-12-14", std::nullopt), "");  // due before, and nothing is said of it
  EXPECT_EQ(StatusIn("2026-03-14", std::nullopt), "unreported");
  EXPECT_EQ(StatusIn("2026-03-15", std::nullopt), "");
  // A deadline on the last day is not missed yet; one on the day before is.
  EXPECT_EQ(StatusIn("2026-03-14", kUnderWay), "in_progress");
  EXPECT_EQ(StatusIn("2026-03-13", kUnderWay), "overdue");
  EXPECT_EQ(StatusIn("2026-03-14", kNot), "in_progress");
  // What is done after the last day is not done yet.
  EXPECT_EQ(StatusIn("2026-03-10", kDone, "2026-03-14"), "late");
  EXPECT_EQ(StatusIn("2026-03-10", kDone, "2026-03-15"), "overdue");
  EXPECT_EQ(StatusIn("2026-03-14", kDone, "2026-03-15"), "in_progress");
}

TEST(StatusOf, CarriedOverFromEarlierPeriods) {
  EXPECT_EQ(StatusIn("2025-10-01", kUnderWay), "overdue");
  EXPECT_EQ(StatusIn("2025-10-01", kDone, "2025-12-15"), "late");
  EXPECT_EQ(StatusIn("2025-10-01", kDone, "2025-12-14"), "");  // an earlier report had it
}

TEST(StatusOf, OfLaterDeadlinesWhatWasWorkedOn) {
  EXPECT_EQ(StatusIn("2026-06-30", kDone, "2026-03-01"), "on_time");
  EXPECT_EQ(StatusIn("2026-06-30", kUnderWay), "in_progress");
  EXPECT_EQ(StatusIn("2026-06-30", kNot), "");
  EXPECT_EQ(StatusIn("2026-06-30", kDone, "2026-05-01"), "");
}

TEST(StatusOf, WithoutADeadlineNothingIsLate) {
  EXPECT_EQ(StatusIn(nullptr, kDone, "2026-03-01"), "on_time");
  EXPECT_EQ(StatusIn(nullptr, kUnderWay), "in_progress");
  EXPECT_EQ(StatusIn(nullptr, kNot), "");
  EXPECT_EQ(StatusIn(nullptr, std::nullopt), "");
}

Task TaskOf(const char* group, const char* ordinal, const char* content, int row) {
  Task task;
  task.group = {group};
  task.ordinal = ordinal;
  task.content = content;
  task.table = 0;
  task.row = row;
  task.deadline = Deadline{"31/01/2026", DeadlineKind::kBy, std::nullopt, Day("2026-01-31"), std::nullopt};
  return task;
}

class Follow : public testing::Test {
 protected:
  Follow() {
    SourceDocument plan;
    plan.sha256 = std::string(64, 'a');
    plan.file = "ke-hoach.pdf";
    plan.number = "25";
    plan.notation = "KH-UBND";
    plan.date = Day("2026-01-05");
    plan.tasks = {TaskOf("I Chỉ đạo", "1", "Ban hành kế hoạch", 2), TaskOf("I Chỉ đạo", "2", "Rà soát", 3),
                  TaskOf("II Tuyên truyền", "1", "Phát thanh", 5)};
    documents_ = {plan};
  }

  std::string RefusalOf(const std::string& csv) {
    const Result<ReportData> data = DataOf(csv, "tien-do.csv");
    EXPECT_TRUE(data.has_value());
    const auto tasks = FollowTasks(documents_, data->progress, PeriodOf("2026-Q1"));
    if (tasks) return "";
    EXPECT_EQ(ExitCode(tasks.error().code), 3);
    return tasks.error().message.vi;
  }

  std::vector<SourceDocument> documents_;
};

TEST_F(Follow, EntriesFindTheirTasks) {
  const Result<ReportData> data = DataOf(
      "document,date,ordinal,group,content,table,row,status,done_on\n"
      "25/KH-UBND,05/01/2026,1.,I Chỉ đạo,,,,done,2026-01-30\n"
      "025 / kh-ubnd,,2,,,,,in-progress,\n"
      "ke-hoach.pdf,,,,phát thanh,1,6,done,2026-02-01\n",
      "tien-do.csv");
  ASSERT_TRUE(data.has_value()) << Describe(data.error(), Language::kEnglish);
  const auto tasks = FollowTasks(documents_, data->progress, PeriodOf("2026-Q1"));
  ASSERT_TRUE(tasks.has_value()) << Describe(tasks.error(), Language::kEnglish);
  std::vector<std::string> statuses;
  for (const FollowedTask& task : *tasks) statuses.emplace_back(Name(task.status));
  EXPECT_EQ(statuses, (std::vector<std::string>{"on_time", "overdue", "late"}));
}

TEST_F(Follow, AnEntryOfNoTaskOrOfSeveralStopsTheReport) {
  EXPECT_THAT(RefusalOf("document,ordinal,status\n26/KH-UBND,1,in-progress\n"), HasSubstr("26/KH-UBND"));
  EXPECT_THAT(RefusalOf("document,date,ordinal,status\n25/KH-UBND,6/1/2026,2,in-progress\n"),
              HasSubstr("dòng 2"));
  EXPECT_THAT(RefusalOf("document,ordinal,status\n25/KH-UBND,9,in-progress\n"),
              HasSubstr("không có nhiệm vụ"));
  EXPECT_THAT(RefusalOf("document,ordinal,status\n25/KH-UBND,1,in-progress\n"), HasSubstr("group"));
  EXPECT_THAT(
      RefusalOf("document,ordinal,row,status\n25/KH-UBND,2,,in-progress\n25/KH-UBND,,4,not-started\n"),
      HasSubstr("dòng 3"));
}

// Last turn's report says nothing of this turn's.
TEST_F(Follow, WhatRecursIsDoneAnewInEachPeriod) {
  documents_[0].tasks = {TaskOf("I", "1", "Báo cáo", 2)};
  documents_[0].tasks[0].deadline =
      Deadline{"hằng quý", DeadlineKind::kPeriodic, std::nullopt, std::nullopt, "FREQ=MONTHLY;INTERVAL=3"};
  const Result<ReportData> data =
      DataOf("document,ordinal,status,done_on\n25/KH-UBND,1,done,2026-03-10\n", "tien-do.csv");
  const auto status_in = [&](const char* period) {
    return std::string(Name(FollowTasks(documents_, data->progress, PeriodOf(period))->at(0).status));
  };
  EXPECT_EQ(status_in("2026-Q1"), "on_time");
  EXPECT_EQ(status_in("2026-Q2"), "unreported");
}

}  // namespace
}  // namespace vanthu::report
