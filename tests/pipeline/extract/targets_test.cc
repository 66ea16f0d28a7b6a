#include "pipeline/extract/targets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <sstream>

#include "gold_record.h"
#include "pipeline/base/file.h"

namespace vanthu::extract {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const Rules& TestRules() {
  static const RulesHandle rules = [] {
    Result<RulesHandle> read = ReadRules(DataFolder() / "rules");
    if (!read) ADD_FAILURE() << Describe(read.error(), Language::kEnglish);
    return read ? std::move(*read) : RulesHandle();
  }();
  return *rules;
}

std::string Show(const Target& target) {
  std::ostringstream out;
  out << target.comparison << " " << target.value << " " << target.unit << " | " << target.text;
  return out.str();
}

std::vector<std::string> Read(std::string_view text, bool report = false) {
  std::vector<std::string> out;
  for (const Target& target : TargetsIn(text, report, TestRules().tasks.targets)) out.push_back(Show(target));
  return out;
}

class GoldTargets : public testing::TestWithParam<const char*> {};

TEST_P(GoldTargets, AreFound) {
  const std::string name = GetParam();
  const nlohmann::json gold = ReadGold(name);
  DocumentLayout document;
  const std::vector<Table> tables = GoldTables(gold);
  if (tables.empty()) document = GoldProse(name);
  Notes notes;
  std::vector<std::string> found, expected;
  for (const Target& target :
       FindTargets(document, tables, Outline{}, GoldHeader(gold), TestRules(), Mapper(document), &notes))
    found.push_back(Show(target));
  for (const nlohmann::json& target : gold["targets"])
    expected.push_back(Show({target["text"], target["value"], target["unit"], target["comparison"], 0}));
  EXPECT_EQ(notes.evidence.size(), found.size());
  std::sort(found.begin(), found.end());
  std::sort(expected.begin(), expected.end());
  std::vector<std::string> missing, surplus;
  std::set_difference(expected.begin(), expected.end(), found.begin(), found.end(),
                      std::back_inserter(missing));
  std::set_difference(found.begin(), found.end(), expected.begin(), expected.end(),
                      std::back_inserter(surplus));
  EXPECT_THAT(missing, IsEmpty());
  EXPECT_THAT(surplus, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Samples, GoldTargets,
                         testing::Values("an-thanh-2026", "hung-thinh-2025", "kien-an-2023",
                                         "thanh-mien-2024", "thanh-xa-2023"));

TEST(Targets, Comparisons) {
  EXPECT_THAT(Read("Tỷ lệ hộ nghèo không quá 5%"), ElementsAre("<= 5 % | Tỷ lệ hộ nghèo không quá 5%"));
  EXPECT_THAT(Read("Tỷ lệ hồ sơ trễ hạn dưới 2%."), ElementsAre("< 2 % | Tỷ lệ hồ sơ trễ hạn dưới 2%."));
  EXPECT_THAT(Read("Mức độ hài lòng đạt trên 95,5%"),
              ElementsAre("> 95.5 % | Mức độ hài lòng đạt trên 95,5%"));
  EXPECT_THAT(Read("- Từ 90% hồ sơ trở lên"), testing::SizeIs(1));
  EXPECT_THAT(Read("Giảm 20% chi phí tuân thủ"), ElementsAre("= 20 % | Giảm 20% chi phí tuân thủ"));
  EXPECT_THAT(Read("Phấn đấu đạt ít nhất 02 sáng kiến cải cách hành chính"),
              ElementsAre(">= 2 sáng kiến | Phấn đấu đạt ít nhất 02 sáng kiến cải cách hành chính"));
}

TEST(Targets, ClausesWithAndWithoutASubjectInBrackets) {
  EXPECT_THAT(Read("Thanh toán trực tuyến (Đạt tỷ lệ tối thiểu 98%)."),
              ElementsAre(">= 98 % | Thanh toán trực tuyến (Đạt tỷ lệ tối thiểu 98%)."));
  EXPECT_THAT(
      Read("Rà soát (10% thủ tục được kiến nghị; giảm tối thiểu 20% thông tin phải khai)"),
      ElementsAre("= 10 % | 10% thủ tục được kiến nghị", ">= 20 % | giảm tối thiểu 20% thông tin phải khai"));
}

TEST(Targets, StatisticsDatesAndReportsAreNone) {
  EXPECT_THAT(Read("85,29%"), IsEmpty());
  EXPECT_THAT(Read("Trước ngày 31/5/2023"), IsEmpty());
  EXPECT_THAT(Read("Nghị định số 63/2010/NĐ-CP"), IsEmpty());
  EXPECT_THAT(Read("Tỷ lệ hồ sơ đúng hạn đạt 98%", true), IsEmpty());
  EXPECT_THAT(Read("Phấn đấu tỷ lệ hồ sơ đúng hạn đạt 98%", true), testing::SizeIs(1));
}

TEST(Targets, AnyTextIsSafe) {
  std::string longest;
  for (int i = 0; i < 4000; ++i) longest += "(100%, và ";
  Read(longest);
  Read(std::string("\xff%\xfe 1,,,.%", 10));
  Read("99999999999999999999999999999999%");
}

}  // namespace
}  // namespace vanthu::extract
