#include <gmock/gmock.h>

#include "pipeline/report/data.h"
#include "rules_for_tests.h"

namespace vanthu::report {
namespace {

using testing::HasSubstr;

std::string RefusalOf(const std::string& csv) {
  const Result<ReportData> data = DataOf(csv, "tien-do.csv");
  if (data) return "";
  EXPECT_EQ(ExitCode(data.error().code), 3);
  EXPECT_EQ(data.error().file, "tien-do.csv");
  return data.error().message.vi;
}

TEST(ProgressCsv, ReadsVietnameseHeadsSemicolonsAndDates) {
  const Result<ReportData> data = DataOf(
      "\xEF\xBB\xBFVăn bản;STT;Trạng thái;Ngày hoàn thành;Kết quả\r\n"
      "25/KH-UBND;1;Hoàn thành;14/3/2026;\"Đã ban hành; \"\"số 30\"\"\"\r\n"
      ";;;;\r\n"
      "25/KH-UBND;2;dang thuc hien;;\r\n",
      "tien-do.csv");
  ASSERT_TRUE(data.has_value()) << Describe(data.error(), Language::kEnglish);
  ASSERT_EQ(data->progress.size(), 2u);
  const ProgressEntry& done = data->progress[0];
  EXPECT_EQ(done.document, "25/KH-UBND");
  EXPECT_EQ(done.ordinal, Text("1"));
  EXPECT_EQ(done.progress, Progress::kDone);
  EXPECT_EQ(done.done_on, Day("2026-03-14"));
  EXPECT_EQ(done.result, Text("Đã ban hành; \"số 30\""));
  EXPECT_EQ(data->progress[1].progress, Progress::kInProgress);
  EXPECT_EQ(data->progress[1].where.vi, "dòng 4");
}

TEST(ProgressCsv, ReadsCommasTabsAndAQuotedLineFeed) {
  for (const char separator : {',', '\t'}) {
    std::string csv = "document,row,status,done_on,content\na,3,done,2026-01-02,\"x\ny\"\nb,4,not-started";
    for (char& c : csv)
      if (c == ',') c = separator;
    const Result<ReportData> data = DataOf(csv, "tien-do.csv");
    ASSERT_TRUE(data.has_value()) << Describe(data.error(), Language::kEnglish);
    ASSERT_EQ(data->progress.size(), 2u);
    EXPECT_EQ(data->progress[0].content, Text("x y"));
    EXPECT_EQ(data->progress[0].row, 3);
    EXPECT_EQ(data->progress[1].where.vi, "dòng 4");
  }
}

TEST(ProgressCsv, SaysWhichLineIsWrong) {
  EXPECT_THAT(RefusalOf(""), HasSubstr("không có dòng nào"));
  EXPECT_THAT(RefusalOf("document,stat\n"), HasSubstr("«stat»"));
  EXPECT_THAT(RefusalOf("document,ordinal\n"), HasSubstr("status"));
  EXPECT_THAT(RefusalOf("document,status,trạng thái\n"), HasSubstr("hai lần"));
  EXPECT_THAT(RefusalOf("document,status\na,xog\n"), HasSubstr("dòng 2"));
  EXPECT_THAT(RefusalOf("document,status\n,done\n"), HasSubstr("phải có"));
  EXPECT_THAT(RefusalOf("document,status\na,done\n"), HasSubstr("ngày hoàn thành"));
  EXPECT_THAT(RefusalOf("document,status,done_on\na,done,31/2/2026\n"), HasSubstr("31/2/2026"));
  EXPECT_THAT(RefusalOf("document,status,done_on\na,in-progress,1/2/2026\n"), HasSubstr("chưa hoàn thành"));
  EXPECT_THAT(RefusalOf("document,status,row\na,not-started,0\n"), HasSubstr("từ 1"));
  EXPECT_THAT(RefusalOf("document,status\na,not-started,b\n"), HasSubstr("nhiều ô"));
  EXPECT_THAT(RefusalOf("document,status\n\"a,done\n"), HasSubstr("không đóng"));
}

}  // namespace
}  // namespace vanthu::report
