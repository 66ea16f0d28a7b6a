#include "pipeline/report/compute.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "rules_for_tests.h"

namespace vanthu::report {
namespace {

using testing::HasSubstr;

SourceDocument DocumentOf(const char* number, const char* type, const char* agency, const char* date) {
  SourceDocument document;
  document.sha256 = std::string(64, number[0]);
  document.file = std::string(number) + ".pdf";
  document.number = number;
  document.notation = "KH-UBND";
  document.type_name = type;
  document.issuing_agency = agency;
  document.date = date == nullptr ? std::nullopt : std::optional<Date>(Day(date));
  document.digitised = Day("2026-02-01");
  document.pages = 3;
  document.searchable = true;
  document.born_digital = true;
  return document;
}

double Number(const Figures& figures, const char* name) {
  const auto found = figures.find(name);
  return found == figures.end() ? -1 : std::get<double>(found->second);
}

Result<ComputedReport> Compute(const Gathered& gathered, const std::string& members = "",
                               const char* period = "2026-Q1") {
  const Result<ReportData> data = DataWith("\"own_agencies\": [\"Ủy ban nhân dân xã Thanh Xá\"]" + members);
  if (!data) return Fail(data.error());
  return ComputeReport(PeriodOf(period), gathered, *data, Record(), Rules());
}

std::vector<std::string> CodesOf(const ComputedReport& report) {
  std::vector<std::string> codes;
  for (const ReportFinding& finding : report.findings) codes.push_back(finding.code);
  return codes;
}

TEST(Compute, CountsDocumentsOfThePeriodByTypeAndDirection) {
  Gathered gathered;
  gathered.documents = {DocumentOf("1", "Kế hoạch", "UỶ BAN NHÂN DÂN XÃ THANH XÁ", "2025-12-15"),
                        DocumentOf("2", "Kế hoạch", "ỦY BAN NHÂN DÂN HUYỆN", "2026-03-14"),
                        DocumentOf("3", "Công văn", "ỦY BAN NHÂN DÂN HUYỆN", "2026-03-15"),
                        DocumentOf("4", "Báo cáo", "ỦY BAN NHÂN DÂN HUYỆN", "2026-01-01"),
                        DocumentOf("5", "Báo cáo", "ỦY BAN NHÂN DÂN HUYỆN", nullptr)};
  gathered.documents[3].issuing_agency.reset();
  const Result<ComputedReport> computed = Compute(gathered);
  ASSERT_TRUE(computed.has_value()) << Describe(computed.error(), Language::kEnglish);
  const Report& report = *computed->record.report;
  EXPECT_EQ(Number(report.figures, "documents_total"), 3);
  EXPECT_EQ(Number(report.figures, "documents_issued"), 1);
  EXPECT_EQ(Number(report.figures, "documents_received"), 1);
  EXPECT_EQ(Number(report.figures, "documents_no_agency"), 1);
  EXPECT_EQ(Number(report.figures, "documents_undated"), 1);
  ASSERT_EQ(report.lists.at("documents_by_type").size(), 2u);
  EXPECT_EQ(Number(report.lists.at("documents_by_type")[1], "total"), 2);
  EXPECT_THAT(CodesOf(*computed), testing::Contains("report.documents.undated"));
}

TEST(Compute, AScanOfADocumentIsNotASecondDocument) {
  Gathered gathered;
  SourceDocument scan = DocumentOf("1", "Kế hoạch", "ỦY BAN NHÂN DÂN HUYỆN", "2026-01-05");
  scan.born_digital = false;
  scan.tasks.resize(1);
  gathered.documents = {scan, DocumentOf("1", "Kế hoạch", "UỶ BAN NHÂN DÂN HUYỆN", "2026-01-05")};
  const Result<ComputedReport> computed = Compute(gathered);
  ASSERT_TRUE(computed.has_value());
  EXPECT_EQ(Number(computed->record.report->figures, "documents_total"), 1);
  EXPECT_EQ(Number(computed->record.report->figures, "digitised_documents"), 2);  // both were digitised
  EXPECT_THAT(CodesOf(*computed), testing::Contains("report.documents.twice"));
}

TEST(Compute, DigitisationIsToldForThePeriodAndTheStore) {
  Gathered gathered;
  gathered.documents = {DocumentOf("1", "A", "B", nullptr), DocumentOf("2", "A", "B", nullptr),
                        DocumentOf("3", "A", "B", nullptr)};
  gathered.documents[1].searchable = false;
  gathered.documents[1].doubtful = true;
  gathered.documents[2].digitised = Day("2026-03-15");
  gathered.quarantine_days = {Day("2025-01-01"), Day("2026-01-01")};
  const Figures figures = Compute(gathered)->record.report->figures;
  EXPECT_EQ(Number(figures, "digitised_documents"), 2);
  EXPECT_EQ(Number(figures, "digitised_pages"), 6);
  EXPECT_EQ(Number(figures, "digitised_searchable_share"), 50);
  EXPECT_EQ(Number(figures, "digitised_quarantined"), 1);
  EXPECT_EQ(Number(figures, "store_documents"), 3);
  EXPECT_EQ(Number(figures, "store_searchable_share"), 66.67);
  EXPECT_EQ(Number(figures, "store_doubtful_share"), 33.33);
  EXPECT_EQ(Number(figures, "store_quarantined"), 2);
}

TEST(Compute, AnEmptyPeriodIsAReportOfZerosThatSaysSo) {
  const Result<ComputedReport> computed = Compute({});
  ASSERT_TRUE(computed.has_value());
  const Figures& figures = computed->record.report->figures;
  EXPECT_EQ(Number(figures, "documents_total"), 0);
  EXPECT_EQ(Number(figures, "tasks_total"), 0);
  EXPECT_FALSE(figures.contains("tasks_done_share"));  // a share of nothing
  EXPECT_FALSE(figures.contains("store_searchable_share"));
  EXPECT_THAT(CodesOf(*computed), testing::Contains("report.period.empty"));
}

TEST(Compute, TaskCountsAddUp) {
  Gathered gathered;
  SourceDocument plan = DocumentOf("25", "Kế hoạch", "ỦY BAN NHÂN DÂN XÃ THANH XÁ", "2026-01-05");
  for (int i = 0; i < 6; ++i) {
    Task task;
    task.ordinal = std::to_string(i + 1);
    task.content = "Việc " + *task.ordinal;
    task.group = {i < 3 ? "I Chỉ đạo" : "II Tuyên truyền"};
    task.lead =
        i == 0 ? std::vector<std::string>{"Văn phòng", "Công an"} : std::vector<std::string>{"Văn phòng"};
    task.deadline = Deadline{"x", DeadlineKind::kBy, std::nullopt, Day("2026-01-31"), std::nullopt};
    plan.tasks.push_back(task);
  }
  plan.tasks[5].deadline->end = Day("2025-12-01");
  gathered.documents = {plan};
  const auto entry = [](const char* ordinal, const std::string& rest) {
    return std::string("{\"document\": \"25/KH-UBND\", \"ordinal\": \"") + ordinal +
           "\", \"status\": " + rest + "}";
  };
  const Result<ComputedReport> computed =
      Compute(gathered, ", \"progress\": [" + entry("1", "\"done\", \"done_on\": \"2026-01-31\"") + "," +
                            entry("2", "\"done\", \"done_on\": \"2026-02-01\"") + "," +
                            entry("3", "\"in-progress\"") + "," + entry("6", "\"not-started\"") + "]");
  ASSERT_TRUE(computed.has_value()) << Describe(computed.error(), Language::kEnglish);
  const Report& report = *computed->record.report;
  const auto number = [&](const char* name) { return Number(report.figures, name); };
  EXPECT_EQ(number("tasks_total"), 6);
  EXPECT_EQ(number("tasks_due"), 5);
  EXPECT_EQ(number("tasks_carried_over"), 1);
  EXPECT_EQ(number("tasks_on_time"), 1);
  EXPECT_EQ(number("tasks_late"), 1);
  EXPECT_EQ(number("tasks_overdue"), 2);
  EXPECT_EQ(number("tasks_unreported"), 2);
  EXPECT_EQ(number("tasks_done_share"), 33.33);
  EXPECT_EQ(number("tasks_on_time_share"), 50);
  EXPECT_EQ(number("tasks_total"), number("tasks_on_time") + number("tasks_late") +
                                       number("tasks_in_progress") + number("tasks_overdue") +
                                       number("tasks_unreported"));
  EXPECT_EQ(report.lists.at("tasks").size(), 6u);
  EXPECT_EQ(report.lists.at("tasks_by_document").size(), 1u);
  ASSERT_EQ(report.lists.at("tasks_by_group").size(), 2u);
  EXPECT_EQ(Number(report.lists.at("tasks_by_group")[0], "total"), 3);
  ASSERT_EQ(report.lists.at("tasks_by_lead").size(), 2u);  // a task of two leads stands under both
  EXPECT_EQ(Number(report.lists.at("tasks_by_lead")[0], "total"), 6);
  EXPECT_EQ(Number(report.lists.at("tasks_by_lead")[1], "total"), 1);
}

std::string Procedures(const std::string& more, int online = 10) {
  return ", \"procedures\": [{\"name\": \"Hộ tịch\", \"online\": " + std::to_string(online) +
         ", \"direct\": 5, \"carried_over\": 1, \"early\": 4, \"on_time\": 9, \"overdue\": 1, \"in_time\": "
         "2, \"late\": 0" +
         more +
         "}, {\"name\": \"Đất đai\", \"online\": 1, \"direct\": 0, \"carried_over\": 0, \"early\": 0, "
         "\"on_time\": 0, \"overdue\": 0, \"in_time\": 1, \"late\": 0}]";
}

TEST(Compute, ProceduresAddUpToTheirTotal) {
  const Result<ComputedReport> computed =
      Compute({}, Procedures(", \"received\": 16, \"settled\": 14, \"in_progress\": 2"));
  ASSERT_TRUE(computed.has_value()) << Describe(computed.error(), Language::kEnglish);
  const Figures& figures = computed->record.report->figures;
  EXPECT_EQ(Number(figures, "procedures_received"), 17);
  EXPECT_EQ(Number(figures, "procedures_settled"), 14);
  EXPECT_EQ(Number(figures, "procedures_in_progress"), 3);
  EXPECT_EQ(Number(figures, "procedures_online_share"), 68.75);
  EXPECT_EQ(Number(figures, "procedures_on_time_share"), 92.86);
}

// Each of the four identities, broken alone, stops the report and names the row.
TEST(Compute, AnIdentityThatDoesNotHoldStopsTheReport) {
  const auto refusal = [](const std::string& members) -> std::string {
    const Result<ComputedReport> computed = Compute({}, members);
    if (computed) return "";
    EXPECT_EQ(ExitCode(computed.error().code), 3);
    EXPECT_THAT(computed.error().message.vi, HasSubstr("Hộ tịch"));
    return computed.error().message.vi;
  };
  EXPECT_THAT(refusal(Procedures(", \"received\": 17")), HasSubstr("3=4+5+6"));
  EXPECT_THAT(refusal(Procedures(", \"settled\": 13")), HasSubstr("7=8+9+10"));
  EXPECT_THAT(refusal(Procedures(", \"in_progress\": 3")), HasSubstr("11=12+13"));
  EXPECT_THAT(refusal(Procedures("", 11)), HasSubstr("3=7+11"));
}

TEST(Compute, ATotalThatIsNoneStopsTheReport) {
  const std::string total =
      ", \"procedures_total\": {\"online\": 11, \"direct\": 5, \"carried_over\": 1, \"early\": 4, "
      "\"on_time\": 9, "
      "\"overdue\": 1, \"in_time\": 3, \"late\": ";
  EXPECT_TRUE(Compute({}, Procedures("") + total + "0}").has_value());
  const Result<ComputedReport> computed = Compute({}, Procedures("") + total + "1}");
  ASSERT_FALSE(computed.has_value());
  EXPECT_THAT(computed.error().message.vi, HasSubstr("tổng cộng"));
}

TEST(Compute, IndicatorsAndDossiers) {
  const std::string five =
      "\"openness\": 17.85, \"progress\": 19.1, \"online_services\": 11, \"online_payment\": 9.05, "
      "\"digitisation\": 20";
  const Report all = *Compute({}, ", \"indicators\": {" + five +
                                      ", \"satisfaction\": 17}, \"dossiers\": "
                                      "{\"papers_digitised\": 2, \"papers_not_digitised\": 1}")
                          ->record.report;
  EXPECT_EQ(Number(all.figures, "indicators_score"), 94);
  EXPECT_EQ(Number(all.figures, "indicators_most"), 100);
  EXPECT_EQ(Number(all.figures, "dossiers_papers_share"), 66.67);
  EXPECT_FALSE(all.figures.contains("dossiers_results_share"));
  const Report some = *Compute({}, ", \"indicators\": {" + five + "}")->record.report;
  EXPECT_EQ(some.lists.at("indicators").size(), 6u);
  EXPECT_FALSE(some.figures.contains("indicators_score"));  // the sum of five is not the score
}

TEST(Compute, DataOfAnotherPeriodStopTheReport) {
  const Result<ComputedReport> computed = Compute({}, ", \"period\": \"2026-Q2\"");
  ASSERT_FALSE(computed.has_value());
  EXPECT_THAT(computed.error().message.vi, HasSubstr("2026-Q2"));
}

TEST(Compute, WithoutAHeadItIsADraftThatSaysSo) {
  const Result<ReportData> data = DataWith("\"due\": \"2026-03-17\"");
  const Result<ComputedReport> computed = ComputeReport(PeriodOf("2026-Q1"), {}, *data, Record(), Rules());
  ASSERT_TRUE(computed.has_value());
  EXPECT_EQ(computed->record.header.subject, Text("Kết quả thực hiện nhiệm vụ quý I năm 2026"));
  EXPECT_FALSE(computed->record.report->figures.contains("documents_received"));  // who reports is not known
  EXPECT_EQ(std::get<Date>(computed->record.report->figures.at("due")), Day("2026-03-17"));
  const auto draft = std::ranges::find(computed->findings, "report.head.incomplete", &ReportFinding::code);
  ASSERT_NE(draft, computed->findings.end());
  EXPECT_EQ(draft->severity, Severity::kError);
  EXPECT_THAT(draft->message.vi, HasSubstr("header.issuing_agency"));
}

// The names of the model are what is computed, and nothing else.
TEST(Compute, EveryFigureHasAName) {
  std::set<std::string_view> names;
  for (const FigureName& name : kReportFigures) names.insert(name.name);
  Gathered gathered;
  gathered.documents = {DocumentOf("1", "A", "B", "2026-01-01")};
  const Report report =
      *Compute(gathered,
               Procedures("") +
                   ", \"indicators\": {\"openness\": 1, \"progress\": 1, "
                   "\"online_services\": 1, \"online_payment\": 1, \"digitisation\": 1, \"satisfaction\": "
                   "1}, \"dossiers\": "
                   "{\"received\": 1, \"papers_digitised\": 1, \"papers_not_digitised\": 1, \"reused\": 1, "
                   "\"results_digitised\": 1, \"results_not_digitised\": 1}")
           ->record.report;
  for (const auto& [name, figure] : report.figures) EXPECT_TRUE(names.erase(name) == 1) << name;
  EXPECT_THAT(names,
              testing::UnorderedElementsAre("tasks_done_share", "tasks_on_time_share"));  // of no tasks
  for (const auto& [name, rows] : report.lists) {
    const auto list = std::ranges::find(kReportLists, name, &ReportList::name);
    ASSERT_NE(list, std::end(kReportLists)) << name;
    for (const Figures& row : rows)
      for (const auto& [column, figure] : row)
        EXPECT_NE(std::ranges::find(list->columns, column, &FigureName::name), list->columns.end()) << column;
  }
}

}  // namespace
}  // namespace vanthu::report
