#include "pipeline/extract/deadline.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "pipeline/base/file.h"

namespace vanthu::extract {
namespace {

const DeadlineRules& TestRules() {
  static const DeadlineRules rules = [] {
    Result<DeadlineRules> read = ReadDeadlineRules(DataFolder() / "rules" / "deadlines.json");
    if (!read) ADD_FAILURE() << Describe(read.error(), Language::kEnglish);
    return read ? *read : DeadlineRules{};
  }();
  return rules;
}

const char* NameOf(DeadlineKind kind) {
  switch (kind) {
    case DeadlineKind::kBy:
      return "by";
    case DeadlineKind::kOn:
      return "on";
    case DeadlineKind::kBetween:
      return "between";
    case DeadlineKind::kQuarter:
      return "quarter";
    case DeadlineKind::kYear:
      return "year";
    case DeadlineKind::kOngoing:
      return "ongoing";
    case DeadlineKind::kPeriodic:
      return "periodic";
    case DeadlineKind::kRelative:
      return "relative";
    case DeadlineKind::kUnknown:
      return "unknown";
  }
  return "?";
}

// "by -..2023-05-31 FREQ=..."
std::string Show(const Deadline& deadline) {
  std::string out = NameOf(deadline.kind);
  if (deadline.start || deadline.end)
    out += " " + (deadline.start ? ToIso(*deadline.start) : "-") + ".." +
           (deadline.end ? ToIso(*deadline.end) : "-");
  if (deadline.recurrence) out += " " + *deadline.recurrence;
  return out;
}

DeadlineReading Parse(const std::string& text, std::optional<DefaultYear> year = DefaultYear{2024, 0.92}) {
  return ParseDeadline(text, year, TestRules());
}

struct Case {
  const char* text;
  const char* expected;
};

class DeadlineText : public testing::TestWithParam<Case> {};

TEST_P(DeadlineText, IsReadAsOfficesMeanIt) {
  EXPECT_EQ(Show(Parse(GetParam().text).deadline), GetParam().expected) << GetParam().text;
}

std::string CaseName(const testing::TestParamInfo<Case>& info) {
  return "Case" + std::to_string(info.index);
}

INSTANTIATE_TEST_SUITE_P(
    Quarters, DeadlineText,
    testing::Values(Case{"Quý I/2023", "quarter 2023-01-01..2023-03-31"},
                    Case{"Quý 1/2023", "quarter 2023-01-01..2023-03-31"},
                    Case{"Quý II năm 2024.", "quarter 2024-04-01..2024-06-30"},
                    Case{"Quý III năm năm 2024.", "quarter 2024-07-01..2024-09-30"},
                    Case{"Trong quý II và quý IV năm 2023", "quarter 2023-04-01..2023-12-31"},
                    Case{"Quý II, III/2023", "quarter 2023-04-01..2023-09-30"},
                    Case{"Quý II - IV/2023", "quarter 2023-04-01..2023-12-31"},
                    Case{"Quý I, II, III, IV năm 2025", "quarter 2025-01-01..2025-12-31"},
                    Case{"Quý III/2024 và Quý I/2025", "quarter 2024-07-01..2025-03-31"},
                    Case{"QUÝ IV/2025", "quarter 2025-10-01..2025-12-31"},
                    Case{"Qúy IV/2025", "quarter 2025-10-01..2025-12-31"},
                    Case{"Q.II/2024", "quarter 2024-04-01..2024-06-30"},
                    Case{"QIII/2024", "quarter 2024-07-01..2024-09-30"},
                    Case{"Hoàn thành trong quý IV/2024", "quarter 2024-10-01..2024-12-31"},
                    Case{"Quý II", "quarter 2024-04-01..2024-06-30"},
                    Case{"Quý 2 - 2025", "quarter 2025-04-01..2025-06-30"},
                    Case{"Năm 2025: Quý III", "quarter 2025-07-01..2025-09-30"},
                    Case{"Từ quý II đến quý IV/2024", "between 2024-04-01..2024-12-31"},
                    Case{"Hết quý III/2024", "by -..2024-09-30"},
                    Case{"Cuối quý II/2024", "by -..2024-06-30"}),
    CaseName);

INSTANTIATE_TEST_SUITE_P(
    Days, DeadlineText,
    testing::Values(Case{"Trước ngày 31/5/2023", "by -..2023-05-31"},
                    Case{"Trước 28/02/2023", "by -..2023-02-28"},
                    Case{"- Trước ngày 10/3/2023 (UBND xã,)\n- Trước ngày 15/3/2023 (Công chức phụ trách).",
                         "by -..2023-03-15"},
                    Case{"Chậm nhất ngày 15/9/2024", "by -..2024-09-15"},
                    Case{"Chậm nhất là ngày 17 tháng 6 năm 2025", "by -..2025-06-17"},
                    Case{"Trước ngày 05 tháng 12 năm 2024", "by -..2024-12-05"},
                    Case{"xong trước 31/12", "by -..2024-12-31"},
                    Case{"Hoàn thành trước ngày 30-6-2025", "by -..2025-06-30"},
                    Case{"Trước 17h00 ngày 15/3/2024", "by -..2024-03-15"},
                    Case{"trước 14 giờ, ngày 11 tháng 01 năm 2026", "by -..2026-01-11"},
                    Case{"Đến ngày 30/6/2025", "by -..2025-06-30"},
                    Case{"Hoàn thành chậm nhất trong ngày 20.11.2025", "by -..2025-11-20"},
                    Case{"Trước 15/6 và 15/12/2024", "by -..2024-12-15"},
                    Case{"Trước ngày 15/6; trước ngày 15/12/2025", "by -..2025-12-15"},
                    Case{"Hạn cuối: 20/11/2025", "by -..2025-11-20"},
                    Case{"Quý I/2024 (trước ngày 15/3/2024)", "quarter 2024-01-01..2024-03-31"},
                    Case{"Ngày 15/3/2024", "on 2024-03-15..2024-03-15"},
                    Case{"15/3/2024", "on 2024-03-15..2024-03-15"},
                    Case{"Ngày 28 tháng 4 năm 2026", "on 2026-04-28..2026-04-28"},
                    Case{"Trong ngày 10 tháng 01 năm 2026", "on 2026-01-10..2026-01-10"},
                    Case{"Từ ngày 15/3/2024 đến ngày 20/4/2024", "between 2024-03-15..2024-04-20"},
                    Case{"Từ ngày 15/3 đến 20/4/2025", "between 2025-03-15..2025-04-20"},
                    Case{"Từ 01/3 - 15/3/2024", "between 2024-03-01..2024-03-15"},
                    Case{"Từ ngày 01 đến ngày 15 tháng 9 năm 2025", "between 2025-09-01..2025-09-15"},
                    Case{"Ngày 01-15/3/2024", "between 2024-03-01..2024-03-15"},
                    Case{"Từ ngày 01/7/2025", "between 2025-07-01..-"}),
    CaseName);

INSTANTIATE_TEST_SUITE_P(
    MonthsAndYears, DeadlineText,
    testing::Values(
        Case{"Trong tháng 6/2025", "between 2025-06-01..2025-06-30"},
        Case{"Tháng 3", "between 2024-03-01..2024-03-31"},
        Case{"Tháng 02 năm 2024", "between 2024-02-01..2024-02-29"},
        Case{"T6/2024", "between 2024-06-01..2024-06-30"}, Case{"6/2025", "between 2025-06-01..2025-06-30"},
        Case{"Từ tháng 4 đến tháng 12/2023.", "between 2023-04-01..2023-12-31"},
        Case{"Từ tháng 3 đến thành 12 năm 2024", "between 2024-03-01..2024-12-31"},
        Case{"Tháng 4 - 6/2025", "between 2025-04-01..2025-06-30"},
        Case{"Tháng 4-6/2025", "between 2025-04-01..2025-06-30"},
        Case{"Tháng 4/2025 - tháng 6/2025", "between 2025-04-01..2025-06-30"},
        Case{"Tháng 4, 5/2024", "between 2024-04-01..2024-05-31"},
        Case{"Từ tháng 10 đến tháng 3/2025", "between 2024-10-01..2025-03-31"},
        Case{"Từ tháng 10/2024 đến tháng 3", "between 2024-10-01..2025-03-31"},
        Case{"6 tháng đầu năm 2024", "between 2024-01-01..2024-06-30"},
        Case{"06 tháng cuối năm 2024", "between 2024-07-01..2024-12-31"},
        Case{"9 tháng đầu năm 2024", "between 2024-01-01..2024-09-30"},
        Case{"Quý I/2024 và 6 tháng đầu năm 2024.", "between 2024-01-01..2024-06-30"},
        Case{"Quý I/2024 và 6 tháng đầu năm", "between 2024-01-01..2024-06-30"},
        Case{"Năm 2026.", "year 2026-01-01..2026-12-31"},
        Case{"Trong năm 2023", "year 2023-01-01..2023-12-31"},
        Case{"Trong năm năm 2024", "year 2024-01-01..2024-12-31"},
        Case{"Cả năm 2025", "year 2025-01-01..2025-12-31"}, Case{"2025", "year 2025-01-01..2025-12-31"},
        Case{"Trong năm", "year 2024-01-01..2024-12-31"},
        Case{"Năm 2025 - 2026", "between 2025-01-01..2026-12-31"},
        Case{"Giai đoạn 2021-2025", "between 2021-01-01..2025-12-31"},
        Case{"Năm 2025 và các năm tiếp theo", "between 2025-01-01..-"},
        Case{"Đến hết năm 2025", "by -..2025-12-31"}, Case{"Đến năm 2030", "by -..2030-12-31"},
        Case{"Trước tháng 6/2025", "by -..2025-05-31"}, Case{"Đến hết tháng 6/2024", "by -..2024-06-30"},
        Case{"Cuối năm 2024", "by -..2024-12-31"}, Case{"Đầu năm 2025", "between 2025-01-01..-"},
        Case{"Tuần 2 tháng 3/2024", "between 2024-03-08..2024-03-14"}, Case{"Năm học 2024-2025", "between"}),
    CaseName);

INSTANTIATE_TEST_SUITE_P(
    OngoingAndRelative, DeadlineText,
    testing::Values(
        Case{"Thường xuyên", "ongoing"}, Case{"Thường xuyên năm 2026.", "ongoing 2026-01-01..2026-12-31"},
        Case{"Thường xuyên trong năm 2024.", "ongoing 2024-01-01..2024-12-31"},
        Case{"Thường xuyên trong năm", "ongoing"},
        Case{"Theo yêu cầu hoặc thường xuyên trong năm 2023", "ongoing 2023-01-01..2023-12-31"},
        Case{"Thường xuyên (Trước 01 ngày của hồ sơ đến hạn trả kết quả).", "ongoing"},
        Case{"Thường xuyên trong năm 2023.\n- Kết quả rà soát, các công chức gửi về Văn phòng HĐND và UBND "
             "xã chậm nhất "
             "ngày 20/6/2023 để tổng hợp nộp UBND huyện trước ngày 30/6/2023",
             "ongoing 2023-01-01..2023-12-31"},
        Case{"Thường xuyên, liên tục", "ongoing"}, Case{"thưởng xuyên", "ongoing"},
        Case{"Theo tiến độ đã giao", "relative"}, Case{"Theo hướng dẫn của Văn phòng UBND huyện", "relative"},
        Case{"Theo Chương trình công tác đã phê duyệt", "relative"}, Case{"Theo yêu cầu", "relative"},
        Case{"Theo Kế hoạch số 34/KH-UBND ngày 09/03/2023 của UBND huyện", "relative"},
        Case{"Theo Kế hoạch năm 2024 của tỉnh", "relative"},
        Case{"Trong thời gian 10 ngày kể từ ngày tiếp nhận", "relative"},
        Case{"05 ngày làm việc kể từ ngày nhận đủ hồ sơ", "relative"},
        Case{"Sau 10 ngày kể từ ngày 15/3/2024", "relative"},
        Case{"Trước 01 ngày của hồ sơ đến hạn", "relative"},
        Case{"Ngay sau khi Kế hoạch được ban hành", "relative"}, Case{"Khi có phát sinh", "relative"},
        Case{"Đột xuất", "relative"}, Case{"Theo kế hoạch (Quý II/2024)", "quarter 2024-04-01..2024-06-30"},
        Case{"Theo hướng dẫn của tỉnh, trước ngày 30/6/2024", "by -..2024-06-30"},
        Case{"Tham dự Hội nghị, Hội thảo, tọa đàm, ...", "unknown"}, Case{"Bảng chữ cái", "unknown"},
        Case{"", "unknown"}),
    CaseName);

INSTANTIATE_TEST_SUITE_P(
    Periodic, DeadlineText,
    testing::Values(
        Case{"02 lần/năm", "periodic FREQ=MONTHLY;INTERVAL=6"},
        Case{"Định kỳ 06 tháng/ 01 lần", "periodic FREQ=MONTHLY;INTERVAL=6"},
        Case{"Ngày 05 hàng tháng", "periodic FREQ=MONTHLY;BYMONTHDAY=5"},
        Case{"Hàng quý", "periodic FREQ=MONTHLY;INTERVAL=3"}, Case{"Hàng năm", "periodic FREQ=YEARLY"},
        Case{"Hằng năm", "periodic FREQ=YEARLY"}, Case{"hằng tuần", "periodic FREQ=WEEKLY"},
        Case{"Hàng tháng", "periodic FREQ=MONTHLY"}, Case{"Hàng ngày", "periodic FREQ=DAILY"},
        Case{"Thứ sáu hàng tuần", "periodic FREQ=WEEKLY;BYDAY=FR"},
        Case{"Thứ 2 hằng tuần", "periodic FREQ=WEEKLY;BYDAY=MO"},
        Case{"Thứ năm hàng tuần", "periodic FREQ=WEEKLY;BYDAY=TH"},
        Case{"chậm nhất vào ngày 15 của tháng cuối quý thuộc kỳ báo cáo.",
             "periodic FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=15"},
        Case{"Ngày 15 tháng cuối quý", "periodic FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=15"},
        Case{"Trước ngày 10 của tháng đầu quý", "periodic FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=10"},
        Case{"Trước ngày 20 hàng tháng", "periodic FREQ=MONTHLY;BYMONTHDAY=20"},
        Case{"Trước ngày 20/12 hàng năm", "periodic FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=20"},
        Case{"Trước ngày 15/6 và 15/12 hàng năm", "periodic FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15"},
        Case{"Tháng 12 hàng năm", "periodic FREQ=YEARLY;BYMONTH=12"},
        Case{"Định kỳ hoặc đột xuất trong năm 2023", "periodic 2023-01-01..2023-12-31"},
        Case{"Định kỳ hoặc đột xuất trong năm 2024.", "periodic 2024-01-01..2024-12-31"},
        Case{"Định kỳ, đột xuất theo yêu cầu", "periodic"},
        Case{"Định kỳ hàng quý", "periodic FREQ=MONTHLY;INTERVAL=3"},
        Case{"Định kỳ 6 tháng", "periodic FREQ=MONTHLY;INTERVAL=6"},
        Case{"Định kỳ 6 tháng, năm", "periodic FREQ=MONTHLY;INTERVAL=6"},
        Case{"Hàng tháng, hàng quý, hàng năm", "periodic FREQ=MONTHLY"},
        Case{"Tháng, quý, năm", "periodic FREQ=MONTHLY"},
        Case{"Hàng quý năm 2024", "periodic 2024-01-01..2024-12-31 FREQ=MONTHLY;INTERVAL=3"},
        Case{"1 lần/quý", "periodic FREQ=MONTHLY;INTERVAL=3"}, Case{"01 lần/năm", "periodic FREQ=YEARLY"},
        Case{"Mỗi năm 1 lần", "periodic FREQ=YEARLY"},
        Case{"Mỗi quý một lần", "periodic FREQ=MONTHLY;INTERVAL=3"},
        Case{"3 tháng/lần", "periodic FREQ=MONTHLY;INTERVAL=3"},
        Case{"4 lần/năm", "periodic FREQ=MONTHLY;INTERVAL=3"}, Case{"01 lần/tuần", "periodic FREQ=WEEKLY"},
        Case{"Ngày cuối cùng của tháng", "periodic FREQ=MONTHLY;BYMONTHDAY=-1"}),
    CaseName);

TEST(Deadline, KeepsItsText) {
  EXPECT_EQ(Parse("Quý I/2023 ").deadline.text, "Quý I/2023 ");
}

TEST(Deadline, TakesTheDocumentsYearOnlyWithItsDoubt) {
  EXPECT_DOUBLE_EQ(Parse("Quý II", DefaultYear{2024, 0.8}).certainty, 0.8);
  EXPECT_DOUBLE_EQ(Parse("Quý II/2024", DefaultYear{2024, 0.8}).certainty, 1.0);
  EXPECT_EQ(Show(Parse("Quý II", std::nullopt).deadline), "quarter");
  EXPECT_EQ(Show(Parse("Trước ngày 15/12", std::nullopt).deadline), "by");
}

TEST(Deadline, DateThatDoesNotExistLeavesTheKind) {
  const DeadlineReading reading = Parse("Trước ngày 31/02/2024");
  EXPECT_EQ(Show(reading.deadline), "by");
  EXPECT_TRUE(reading.impossible);
  EXPECT_LT(reading.certainty, kDoubtful);
}

TEST(Deadline, MisreadNumeralsAreDoubtful) {
  for (const auto& [text, expected] : {std::pair{"Quý H/2024", "quarter 2024-04-01..2024-06-30"},
                                       std::pair{"Quý ll/2024", "quarter 2024-04-01..2024-06-30"},
                                       std::pair{"Quý HI năm 2024", "quarter 2024-07-01..2024-09-30"},
                                       std::pair{"Quý l/2024", "quarter 2024-01-01..2024-03-31"},
                                       std::pair{"Quý I/2O24", "quarter 2024-01-01..2024-03-31"},
                                       std::pair{"Trước ngày l5/3/2024", "by -..2024-03-15"}}) {
    const DeadlineReading reading = Parse(text);
    EXPECT_EQ(Show(reading.deadline), expected) << text;
    EXPECT_LT(reading.certainty, kDoubtful) << text;
  }
}

TEST(Deadline, ADateWithADamagedYearIsDoubtful) {
  for (const char* text : {"31/10/202", "01/3/202431/3/2024"})
    EXPECT_LT(Parse(text, DefaultYear{2024, 1}).certainty, kDoubtful) << text;
}

TEST(Deadline, HoursOfADayAreNoted) {
  EXPECT_TRUE(Parse("7h30 - 8h00").clock_times);
  EXPECT_TRUE(Parse("14 giờ 30 phút, ngày 12/01/2026").clock_times);
  EXPECT_FALSE(Parse("Quý I/2023").clock_times);
}

TEST(Deadline, AnyTextIsSafe) {
  std::string longest;
  for (int i = 0; i < 20000; ++i) longest += "trước ngày 31/12/2024 và ";
  EXPECT_EQ(Parse(longest).deadline.kind, DeadlineKind::kBy);
  EXPECT_EQ(Parse(std::string("\xff\xfe\x80 quý \xc3", 11)).deadline.kind, DeadlineKind::kUnknown);
  EXPECT_EQ(Show(Parse("ngày 99999999999/99999999999/99999999999").deadline), "unknown");
}

}  // namespace
}  // namespace vanthu::extract
