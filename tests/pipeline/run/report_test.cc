// A report gathers from a store that the test fills.
#include "pipeline/run/report.h"

#include <gmock/gmock.h>

#include "pipeline/base/file.h"
#include "pipeline/record/json.h"
#include "tests/pipeline/archive/scratch.h"

namespace vanthu::run {
namespace {

Task TaskOf(const char* ordinal, const char* end) {
  Task task;
  task.ordinal = ordinal;
  task.content = std::string("Việc ") + ordinal;
  task.deadline = Deadline{"x", DeadlineKind::kBy, std::nullopt, ParseIsoDate(end), std::nullopt};
  return task;
}

void Put(archive::Store& store, const std::string& original, const std::string& number, const Date& date,
         std::vector<Task> tasks) {
  archive::DocumentEntry entry = archive::Plan(original);
  entry.record.header.number = number;
  entry.record.header.date = date;
  entry.record.tasks = std::move(tasks);
  entry.files[1].bytes = record::ToJson(entry.record, record::JsonStyle::kIndented);
  archive::ExpectOk(store.Commit(entry, "/in/" + original));
}

double Number(const report::ComputedReport& report, const char* name) {
  return std::get<double>(report.record.report->figures.at(name));
}

class StoreReport : public testing::Test {
 protected:
  StoreReport() {
    const auto store = scratch_.Open();
    Put(*store, "a", "25", *MakeDate(2023, 3, 9), {TaskOf("1", "2023-03-14"), TaskOf("2", "2023-03-15")});
    Put(*store, "b", "26", *MakeDate(2023, 3, 15), {});
    archive::ExpectOk(store->Quarantine({"/in/bad.pdf", Sha256Hex("bad"), {}}));
  }

  Result<report::ComputedReport> Make(const std::string& period,
                                      std::vector<std::filesystem::path> data = {}) {
    return MakeReport({scratch_.store(), period, std::move(data)});
  }
  std::filesystem::path Write(const std::string& name, const std::string& bytes) {
    archive::ExpectOk(WriteFileAtomically(scratch_ / name, bytes));
    return scratch_ / name;
  }

  archive::Scratch scratch_;
};

TEST_F(StoreReport, GathersDocumentsAndTasks) {
  const auto csv = Write("tien-do.csv", "document,ordinal,status,done_on\n25/KH-UBND,1,done,2023-03-10\n");
  const auto first = Make("2023-Q1", {csv});
  ASSERT_TRUE(first.has_value()) << Describe(first.error(), Language::kEnglish);
  EXPECT_EQ(Number(*first, "documents_total"), 1);
  EXPECT_EQ(Number(*first, "tasks_due"), 1);
  EXPECT_EQ(Number(*first, "tasks_on_time"), 1);
  EXPECT_EQ(Number(*first, "store_documents"), 2);
  EXPECT_EQ(Number(*first, "store_pages"), 6);
  EXPECT_EQ(Number(*first, "store_searchable"), 2);
  EXPECT_EQ(Number(*first, "store_doubtful"), 2);
  EXPECT_EQ(Number(*first, "store_quarantined"), 1);
  const auto second = Make("2023-Q2", {csv});
  ASSERT_TRUE(second.has_value());
  EXPECT_EQ(Number(*second, "documents_total"), 1);
  EXPECT_EQ(Number(*second, "tasks_unreported"), 1);
}

TEST_F(StoreReport, TheSameStoreGivesTheSameRecordAndIsNotChanged) {
  const auto once = Make("2023-Q1"), again = Make("2023-Q1");
  ASSERT_TRUE(once && again);
  const auto json = [](const auto& report) {
    return record::ToJson(report->record, record::JsonStyle::kIndented);
  };
  EXPECT_EQ(json(once), json(again));
  const Result<Record> read = record::ParseJson(json(once));
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(record::ToJson(*read, record::JsonStyle::kIndented), json(once));
}

TEST_F(StoreReport, TakesItsHeadFromTheData) {
  const auto json =
      Write("so-lieu.json",
            "{\"schema\": \"vanthu/report-data/1\", \"record\": {\"header\": {\"issuing_agency\": "
            "\"ỦY BAN NHÂN DÂN XÃ THANH XÁ\", \"notation\": \"BC-UBND\", \"place\": \"Thanh Xá\"}, "
            "\"recipients\": [\"Lưu: VT\"], \"signer\": {\"block\": [\"CHỦ TỊCH\"], \"name\": \"A\"}}}");
  const auto report = Make("2023-Q1", {json});
  ASSERT_TRUE(report.has_value()) << Describe(report.error(), Language::kEnglish);
  EXPECT_EQ(report->record.header.notation, Text("BC-UBND"));
  EXPECT_EQ(Number(*report, "documents_issued"), 1);
  for (const auto& finding : report->findings) EXPECT_NE(finding.severity, Severity::kError) << finding.code;
}

TEST_F(StoreReport, RefusesWithTheCodesOfTheContract) {
  EXPECT_EQ(ExitCode(Make("2023-Q9").error().code), 2);
  EXPECT_EQ(ExitCode(Make("2023-Q1", {scratch_ / "none.json"}).error().code), 3);
  EXPECT_EQ(ExitCode(Make("2023-Q1", {Write("bad.json",
                                            "{\"schema\": \"vanthu/report-data/1\", \"record\": "
                                            "{\"header\": {\"date\": \"x\"}}}")})
                         .error()
                         .code),
            3);
  EXPECT_EQ(ExitCode(MakeReport({scratch_ / "no-store", "2023-Q1", {}}).error().code), 3);
}

}  // namespace
}  // namespace vanthu::run
