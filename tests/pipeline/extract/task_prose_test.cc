#include "pipeline/extract/task_prose.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gold_record.h"
#include "pipeline/base/file.h"
#include "pipeline/extract/tasks.h"

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

struct Found {
  std::vector<Task> tasks;
  Notes notes;
};

Found Find(const DocumentLayout& document, const Header& header = {}) {
  Found out;
  out.tasks =
      FindTasks(document, document.tables, Outline{}, header, TestRules(), Mapper(document), &out.notes);
  return out;
}

Header Of(const char* type_code, const char* subject) {
  Header out;
  out.type_code = type_code;
  out.subject = subject;
  return out;
}

TEST(TaskProse, GoldItemsWithLabelledLines) {
  const nlohmann::json gold = ReadGold("an-thanh-2026");
  const DocumentLayout document = GoldProse("an-thanh-2026");
  const Found found = Find(document, GoldHeader(gold));
  EXPECT_THAT(TaskDifferences(gold, found.tasks), IsEmpty());
  ASSERT_GE(found.tasks.size(), 10u);
  const Evidence& deadline = found.notes.evidence.at("/tasks/0/deadline");
  EXPECT_GT(deadline.box.width(), 0);
  EXPECT_GE(deadline.confidence, kDoubtful);
  EXPECT_GT(found.notes.evidence.at("/tasks/9/lead").page, 0);
}

TEST(TaskProse, PlansWhoseTablesCarryTheTasksHaveNoneInProse) {
  for (const char* name : {"thanh-xa-2023", "kien-an-2023"}) {
    // sections on who does what, up to the signature: no date, or no lead
    DocumentLayout document = GoldProse(name);
    const auto end = std::find_if(document.flow.begin(), document.flow.end(), [](const FlowItem& item) {
      return item.paragraph && item.paragraph->text == "Nơi nhận:";
    });
    document.flow.erase(end, document.flow.end());
    EXPECT_THAT(Find(document, GoldHeader(ReadGold(name))).tasks, IsEmpty()) << name;
  }
}

TEST(TaskProse, LabelsInBrackets) {
  const Found found =
      Find(ProseOf({"II. NHIỆM VỤ",
                    "1. Xây dựng Đề án (Chủ trì: Sở Nội vụ; phối hợp: Sở Tài chính, Sở Tư pháp; thời gian: "
                    "Quý II/2025; sản phẩm: Đề án).",
                    "2. Tổ chức hội nghị."}));
  ASSERT_EQ(found.tasks.size(), 1u);
  const Task& task = found.tasks[0];
  EXPECT_EQ(task.content, "Xây dựng Đề án");
  EXPECT_EQ(task.ordinal, "1");
  EXPECT_THAT(task.group, ElementsAre("II. NHIỆM VỤ"));
  EXPECT_THAT(task.lead, ElementsAre("Sở Nội vụ"));
  EXPECT_THAT(task.coordinate, ElementsAre("Sở Tài chính", "Sở Tư pháp"));
  ASSERT_TRUE(task.deadline);
  EXPECT_EQ(task.deadline->text, "Quý II/2025");
  EXPECT_EQ(task.product, "Đề án");
}

TEST(TaskProse, LabelsInOneParagraph) {
  const Found found = Find(ProseOf({"1. Nâng cấp hệ thống",
                                    "Đơn vị chủ trì: Sở Khoa học và Công nghệ. Đơn vị phối hợp: các "
                                    "sở, ban, ngành. Thời gian hoàn thành: trước ngày 30/6/2025."}));
  ASSERT_EQ(found.tasks.size(), 1u);
  EXPECT_THAT(found.tasks[0].lead, ElementsAre("Sở Khoa học và Công nghệ"));
  EXPECT_THAT(found.tasks[0].coordinate, ElementsAre("các sở, ban, ngành"));
  EXPECT_EQ(ToIso(*found.tasks[0].deadline->end), "2025-06-30");
}

TEST(TaskProse, BulletsWithLabelsAreTasksOfTheirOwn) {
  const Found found =
      Find(ProseOf({"1. Tuyên truyền", "- Viết tin bài. Chủ trì: Đài Truyền thanh xã; thời gian: hàng tháng.",
                    "- In tờ rơi. Chủ trì: Văn phòng; thời gian: Quý I/2025."}));
  ASSERT_EQ(found.tasks.size(), 2u);
  EXPECT_EQ(found.tasks[0].content, "Viết tin bài.");
  EXPECT_THAT(found.tasks[0].group, ElementsAre("1. Tuyên truyền"));
  EXPECT_EQ(found.tasks[0].ordinal, std::nullopt);
  EXPECT_EQ(found.tasks[0].deadline->recurrence, "FREQ=MONTHLY");
}

TEST(TaskProse, ValuesOnTheLinesBelowTheirLabel) {
  const Found found = Find(ProseOf({"1. Rà soát", "- Chủ trì: Văn phòng", "- Sản phẩm:", "+ Báo cáo;",
                                    "+ Quyết định.", "- Thời gian: Quý I/2025"}));
  ASSERT_EQ(found.tasks.size(), 1u);
  EXPECT_EQ(found.tasks[0].product, "+ Báo cáo;\n+ Quyết định.");
}

TEST(TaskProse, SubItemsBelongToTheirItemUnlessTheyHaveLabels) {
  const Found found =
      Find(ProseOf({"1. Chuẩn bị", "a) Lập danh sách", "b) Đặt phòng", "Chủ trì: Văn phòng",
                    "Thời gian: Quý I/2025", "2. Tập huấn", "a) Cấp tỉnh", "Chủ trì: Sở Nội vụ",
                    "Thời gian: Quý II/2025", "b) Cấp xã", "Chủ trì: UBND xã", "Thời gian: Quý III/2025"}));
  ASSERT_EQ(found.tasks.size(), 3u);
  EXPECT_EQ(found.tasks[1].content, "Cấp tỉnh");
  EXPECT_EQ(found.tasks[1].ordinal, "a");
  EXPECT_THAT(found.tasks[1].group, ElementsAre("2. Tập huấn"));
}

TEST(TaskProse, MeetingsAndInvitationsAreNoTasks) {
  EXPECT_THAT(Find(ProseOf({"I. Thời gian: 14 giờ 30 phút, ngày 12 tháng 01 năm 2026.",
                            "II. Địa điểm: Trụ sở UBND.", "III. Thành phần: Lãnh đạo các đơn vị."}))
                  .tasks,
              IsEmpty());
  EXPECT_THAT(
      Find(ProseOf({"1. Mục tiêu: nâng cao chất lượng.", "2. Yêu cầu: đúng thời gian quy định."})).tasks,
      IsEmpty());
}

TEST(TaskProse, VerbsInsideNamesDoNotEndThem) {
  const Found found = Find(ProseOf({"II. NHIỆM VỤ",
                                    "1. Giao Sở Xây dựng chủ trì, phối hợp với Chi nhánh Văn phòng Đăng ký "
                                    "đất đai rà soát quy hoạch trước "
                                    "ngày 30/6/2025.",
                                    "2. Yêu cầu Ban Quản lý dự án đầu tư xây dựng công trình giao thông tỉnh "
                                    "đẩy mạnh thi công, hoàn thành "
                                    "trong Quý III/2025.",
                                    "Văn phòng thông báo để các đơn vị biết, thực hiện./."}));
  ASSERT_EQ(found.tasks.size(), 2u);
  EXPECT_THAT(found.tasks[0].lead, ElementsAre("Sở Xây dựng"));
  EXPECT_THAT(found.tasks[0].coordinate, ElementsAre("Chi nhánh Văn phòng Đăng ký đất đai"));
  EXPECT_THAT(found.tasks[1].lead,
              ElementsAre("Ban Quản lý dự án đầu tư xây dựng công trình giao thông tỉnh"));
  EXPECT_EQ(found.tasks[1].content.find('\n'), std::string::npos);  // the closing paragraph is no part of it
}

TEST(TaskProse, SentencesThatNameLeadAndDate) {
  const Found found = Find(
      ProseOf({"II. NHIỆM VỤ CỤ THỂ",
               "1. Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính và các đơn vị liên quan xây dựng Đề án, "
               "trình UBND tỉnh trước ngày 30/6/2025.",
               "2. Sở Tài chính theo chức năng, nhiệm vụ hướng dẫn các đơn vị.",
               "3. UBND các xã, phường báo cáo kết quả về Sở Nội vụ chậm nhất ngày 15/12/2025 để tổng hợp.",
               "4. Quyết định này có hiệu lực từ ngày 01/01/2026."}),
      Of("TB", "Kết luận năm 2025"));
  ASSERT_EQ(found.tasks.size(), 2u);
  EXPECT_THAT(found.tasks[0].lead, ElementsAre("Sở Nội vụ"));
  EXPECT_THAT(found.tasks[0].coordinate, ElementsAre("Sở Tài chính", "các đơn vị liên quan"));
  EXPECT_EQ(found.tasks[0].deadline->text, "trước ngày 30/6/2025");
  EXPECT_EQ(found.tasks[0].ordinal, "1");
  EXPECT_THAT(found.tasks[0].group, ElementsAre("II. NHIỆM VỤ CỤ THỂ"));
  EXPECT_THAT(found.tasks[1].lead, ElementsAre("UBND các xã, phường"));
  EXPECT_EQ(ToIso(*found.tasks[1].deadline->end), "2025-12-15");
  EXPECT_LT(found.notes.evidence.at("/tasks/0/lead").confidence, kDoubtful);
  EXPECT_THAT(found.notes.findings, testing::Contains(testing::Field(&Finding::code, "task.doubtful")));
}

TEST(TaskProse, LeadOfATitleGoesToItsBullets) {
  const Found found = Find(ProseOf({"1. UBND các huyện, thị xã chịu trách nhiệm:", "- Rà soát hộ nghèo.",
                                    "- Hoàn thành giải ngân trước ngày 31/12/2024."}),
                           Of("TB", "Kết luận"));
  ASSERT_EQ(found.tasks.size(), 1u);
  EXPECT_EQ(found.tasks[0].content, "Hoàn thành giải ngân trước ngày 31/12/2024.");
  EXPECT_THAT(found.tasks[0].lead, ElementsAre("UBND các huyện, thị xã"));
}

TEST(TaskProse, ReportsGiveNoTasksInSentences) {
  const DocumentLayout document = ProseOf({"1. Sở Nội vụ đã báo cáo kết quả trước ngày 15/12/2024."});
  EXPECT_THAT(Find(document, Of("BC", "Kết quả năm 2024")).tasks, IsEmpty());
}

TEST(TaskProse, AnyTextIsSafe) {
  std::vector<std::string> lines;
  for (int i = 0; i < 3000; ++i)
    lines.push_back(std::to_string(i % 7) + "." + std::to_string(i) + " (Chủ trì: ((( ; thời gian:");
  lines.push_back("1.1.1.1.1.1.1.1 \xff\xfe: :::");
  Find(ProseOf(lines));
}

}  // namespace
}  // namespace vanthu::extract
