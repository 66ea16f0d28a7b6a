#include "pipeline/report/data.h"

#include <gmock/gmock.h>

#include "rules_for_tests.h"

namespace vanthu::report {
namespace {

using testing::HasSubstr;

constexpr const char* kRow =
    "\"name\": \"Hộ tịch\", \"online\": 10, \"direct\": 5, \"carried_over\": 1, \"early\": 4, \"on_time\": "
    "9, "
    "\"overdue\": 1, \"in_time\": 2, \"late\": 0";

std::string RefusalOf(const std::string& members) {
  const Result<ReportData> data = DataWith(members);
  if (data) return "";
  EXPECT_EQ(ExitCode(data.error().code), 3) << members;
  return data.error().message.vi;
}

TEST(ReportData, ReadsEveryPart) {
  const Result<ReportData> data = DataWith(
      "\"$comment\": \"x\", \"period\": \"2026-Q1\", \"due\": \"2026-03-17\", "
      "\"record\": {\"header\": {\"issuing_agency\": \"ỦY BAN NHÂN DÂN XÃ A\"}}, \"own_agencies\": [\"UBND "
      "XÃ A\"], "
      "\"procedures\": [{" +
      std::string(kRow) +
      "}], \"indicators\": {\"openness\": 17.85}, "
      "\"dossiers\": {\"received\": 100}, "
      "\"progress\": [{\"document\": \"25/KH-UBND\", \"row\": 3, \"status\": \"done\", \"done_on\": "
      "\"2026-03-01\"}]");
  ASSERT_TRUE(data.has_value()) << Describe(data.error(), Language::kEnglish);
  EXPECT_EQ(data->period, Text("2026-Q1"));
  EXPECT_EQ(data->due, Day("2026-03-17"));
  EXPECT_THAT(data->record_json, HasSubstr("vanthu/record/1"));
  ASSERT_EQ(data->procedures->size(), 1u);
  const auto& figures = data->procedures->front().figures;
  EXPECT_EQ(figures.at("received"), 16);  // sums that are not said are computed
  EXPECT_EQ(figures.at("settled"), 14);
  EXPECT_EQ(figures.at("in_progress"), 2);
  EXPECT_EQ(data->indicators.at("openness"), 1785);
  EXPECT_EQ(data->dossiers.at("received"), 100);
  EXPECT_EQ(data->progress.front().row, 3);
}

// A misspelt key is a figure that would be missing in silence.
TEST(ReportData, RefusesWhatNobodyKnows) {
  EXPECT_THAT(RefusalOf("\"proceduers\": []"), HasSubstr("proceduers"));
  EXPECT_THAT(RefusalOf("\"procedures\": [{" + std::string(kRow) + ", \"overdeu\": 1}]"),
              HasSubstr("overdeu"));
  EXPECT_THAT(RefusalOf("\"indicators\": {\"opennes\": 1}"), HasSubstr("opennes"));
  EXPECT_THAT(RefusalOf("\"progress\": [{\"document\": \"a\", \"status\": \"done\", \"done_on\": "
                        "\"2026-01-01\", \"x\": 1}]"),
              HasSubstr("/x"));
}

TEST(ReportData, RefusesFiguresThatAreNone) {
  EXPECT_THAT(RefusalOf("\"procedures\": [{\"name\": \"A\", \"online\": 1}]"), HasSubstr("direct"));
  EXPECT_THAT(RefusalOf("\"dossiers\": {\"received\": 1.5}"), HasSubstr("số nguyên"));
  EXPECT_THAT(RefusalOf("\"dossiers\": {\"received\": -1}"), HasSubstr("received"));
  EXPECT_THAT(RefusalOf("\"dossiers\": {\"received\": \"1\"}"), HasSubstr("received"));
  EXPECT_THAT(RefusalOf("\"indicators\": {\"openness\": 18.5}"), HasSubstr("openness"));
  EXPECT_THAT(RefusalOf("\"indicators\": {\"openness\": 1.001}"), HasSubstr("thập phân"));
  EXPECT_THAT(RefusalOf("\"due\": \"17/3/2026\""), HasSubstr("/due"));
  EXPECT_THAT(RefusalOf("\"dossiers\": {\"received\": 1, \"received\": 2}"), HasSubstr("hai lần"));
  EXPECT_THAT(RefusalOf("\"procedures\": [{" + std::string(kRow) + "}, {" + kRow + "}]"),
              HasSubstr("Hộ tịch"));
}

TEST(ReportData, RefusesWhatIsNoDataFile) {
  for (const std::string& bytes :
       {std::string("{"), std::string("{}"), std::string("{\"schema\": \"vanthu/record/1\"}"),
        std::string(100'000, '[').insert(0, "{\"a\":")}) {
    const Result<ReportData> data = DataOf(bytes);
    ASSERT_FALSE(data.has_value());
    EXPECT_EQ(ExitCode(data.error().code), 3);
    EXPECT_EQ(data.error().file, "so-lieu.json");
  }
}

}  // namespace
}  // namespace vanthu::report
