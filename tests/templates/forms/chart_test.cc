// <chart>: bars of a report's figures, with all that they say in words.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parts.h"

namespace vanthu::templates {
namespace {

using testing::HasSubstr;

constexpr const char* kChart = R"(<part><chart title="Tiến độ" unit="nhiệm vụ">
<series>Đúng hạn</series><series>Quá hạn</series>
<each path="report.tasks_by_document" as="kh">
<bar><label>Kế hoạch <v path="kh.name"/></label><v path="kh.on_time"/><v path="kh.late" optional="yes"/></bar>
</each></chart></part>)";

Record WithProgress() {
  Record record = SmallRecord();
  record.report.emplace();
  record.report->lists["tasks_by_document"] = {{{"name", "25/KH-UBND"}, {"on_time", 1250.0}, {"late", 2.0}},
                                               {{"name", "26/KH-UBND"}, {"on_time", 0.0}}};
  return record;
}

TEST(FormChart, TakesLabelsAndNumbersFromTheReport) {
  const Document document = DocumentOf(kChart, WithProgress());
  ASSERT_EQ(document.sections[0].blocks.size(), 3u);  // title, unit, bars
  EXPECT_TRUE(std::get<Paragraph>(document.sections[0].blocks[0]).keep_with_next);
  const Chart& chart = std::get<Chart>(document.sections[0].blocks[2]);
  EXPECT_EQ(chart.series, (std::vector<std::string>{"Đúng hạn", "Quá hạn"}));
  ASSERT_EQ(chart.groups.size(), 2u);
  EXPECT_EQ(chart.groups[0].label, "Kế hoạch 25/KH-UBND");
  EXPECT_EQ(chart.groups[0].values[0]->value, 1250);
  EXPECT_EQ(chart.groups[0].values[0]->text, "1.250");
  EXPECT_FALSE(chart.groups[1].values[1].has_value());
  EXPECT_THAT(chart.alt, HasSubstr("Tiến độ (nhiệm vụ)"));
}

TEST(FormChart, OfNothingIsNotThere) {
  Record record = WithProgress();
  record.report->lists["tasks_by_document"].clear();
  EXPECT_EQ(TextOf("<part><p>a</p></part>" + std::string(kChart), record), "a\n");
}

TEST(FormChart, MissingOrNegativeNumbersAreNamed) {
  Record record = WithProgress();
  record.report->lists["tasks_by_document"][1].erase("on_time");
  EXPECT_THAT(RefusalOf(kChart, record), HasSubstr("kh.on_time"));
  record.report->lists["tasks_by_document"][1]["on_time"] = -1.0;
  EXPECT_THAT(RefusalOf(kChart, record), HasSubstr("số âm"));
}

std::string FaultOf(const std::string& inside) {
  const std::vector<FormFault> faults = FaultsOf("<part><chart title=\"a\">" + inside + "</chart></part>");
  EXPECT_EQ(faults.size(), 1u) << inside;
  return faults.empty() ? "" : faults[0].message.vi;
}

TEST(FormChart, FaultsAreTold) {
  const std::string bar = "<bar><label>x</label><v path=\"report.tasks_done\"/></bar>";
  EXPECT_TRUE(FaultsOf("<part><chart title=\"a\"><series>s</series>" + bar + "</chart></part>").empty());
  EXPECT_THAT(FaultOf(bar), HasSubstr("<series>"));
  EXPECT_THAT(FaultOf("<series>s</series>"), HasSubstr("<bar>"));
  EXPECT_THAT(FaultOf("<series>s</series><series>t</series>" + bar), HasSubstr("1 giá trị"));
  EXPECT_THAT(FaultOf("<series>s</series><bar><label>x</label><v path=\"header.subject\"/></bar>"),
              HasSubstr("một số"));
  EXPECT_THAT(FaultOf("<series>s</series><bar><label>x</label><v path=\"report.tasks_dne\"/></bar>"),
              HasSubstr("tasks_done"));
  EXPECT_FALSE(
      FaultsOf("<part><chart title=\"a\"><series>s</series>" + bar + "<series>t</series></chart></part>")
          .empty());
}

TEST(ReportPaths, AreThoseOfTheModel) {
  EXPECT_EQ(TextOf("<part><p><v path=\"report.tasks_done\" format=\"so\"/></p></part>",
                   [] {
                     Record record = SmallRecord();
                     record.report.emplace();
                     record.report->figures["tasks_done"] = 1250.5;
                     return record;
                   }()),
            "1.250,5\n");
  EXPECT_EQ(TextOf("<part><if path=\"report\"><p>a</p><else><p>b</p></else></if></part>", SmallRecord()),
            "b\n");
}

}  // namespace
}  // namespace vanthu::templates
