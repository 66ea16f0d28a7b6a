#include "pipeline/extract/task_table.h"

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

Found Find(const std::vector<Table>& tables, const Header& header = {}) {
  DocumentLayout document;
  document.tables = tables;
  for (std::size_t i = 0; i < tables.size(); ++i)
    document.flow.push_back({std::nullopt, static_cast<int>(i)});
  Found out;
  out.tasks = FindTasks(document, tables, Outline{}, header, TestRules(), Mapper(document), &out.notes);
  return out;
}

// Rows of texts; "<" takes the cell at its left on, "^" the one above, "" is empty.
Table Make(int header_rows, const std::vector<std::vector<std::string>>& rows) {
  Table out;
  out.pages = {0};
  out.header_rows = header_rows;
  out.rows = static_cast<int>(rows.size());
  out.columns = static_cast<int>(rows.front().size());
  const auto at = [&](int row, int col) -> const std::string& {
    return rows[static_cast<std::size_t>(row)][static_cast<std::size_t>(col)];
  };
  for (int row = 0; row < out.rows; ++row)
    for (int col = 0; col < out.columns; ++col) {
      if (at(row, col) == "<" || at(row, col) == "^") continue;
      Cell cell;
      cell.row = row;
      cell.col = col;
      cell.text = at(row, col);
      while (col + cell.colspan < out.columns && at(row, col + cell.colspan) == "<") ++cell.colspan;
      while (row + cell.rowspan < out.rows && at(row + cell.rowspan, col) == "^") ++cell.rowspan;
      cell.places = {{0, Box{double(col), double(row), col + 1.0, row + 1.0}}};
      out.cells.push_back(cell);
    }
  return out;
}

std::vector<std::string> Contents(const Found& found) {
  std::vector<std::string> out;
  for (const Task& task : found.tasks) out.push_back(task.content);
  return out;
}

class GoldTaskTables : public testing::TestWithParam<const char*> {};

TEST_P(GoldTaskTables, GiveTheGoldsTasks) {
  const nlohmann::json gold = ReadGold(GetParam());
  const Found found = Find(GoldTables(gold), GoldHeader(gold));
  EXPECT_THAT(TaskDifferences(gold, found.tasks), IsEmpty());
  EXPECT_GT(found.tasks.size(), 10u);
  for (std::size_t i = 0; i < found.tasks.size(); ++i) {
    EXPECT_EQ(found.notes.evidence.count(ItemPointer("/tasks", i, "content")), 1u);
    EXPECT_EQ(found.notes.evidence.count(ItemPointer("/tasks", i, "lead")) > 0, !found.tasks[i].lead.empty());
    EXPECT_EQ(found.notes.evidence.count(ItemPointer("/tasks", i, "deadline")) > 0,
              found.tasks[i].deadline.has_value());
  }
}

INSTANTIATE_TEST_SUITE_P(Samples, GoldTaskTables,
                         testing::Values("hung-thinh-2025", "kien-an-2023", "thanh-mien-2024",
                                         "thanh-xa-2023"));

TEST(TaskTable, ColumnsInAnyOrderAndName) {
  const Found found = Find({Make(1, {{"TT", "Thời gian hoàn thành", "Nội dung, nhiệm vụ", "Sản phẩm đầu ra",
                                      "Đơn vị phối hợp", "Đơn vị chủ trì", "Cấp trình"},
                                     {"1", "Quý II/2025", "Xây dựng Đề án", "Đề án",
                                      "Sở Tài chính, Sở Nội vụ", "Sở Tư pháp", "UBND tỉnh"}})});
  ASSERT_EQ(found.tasks.size(), 1u);
  const Task& task = found.tasks[0];
  EXPECT_EQ(task.ordinal, "1");
  EXPECT_EQ(task.content, "Xây dựng Đề án");
  EXPECT_EQ(task.product, "Đề án");
  EXPECT_THAT(task.lead, ElementsAre("Sở Tư pháp"));
  EXPECT_THAT(task.coordinate, ElementsAre("Sở Tài chính", "Sở Nội vụ"));
  ASSERT_TRUE(task.deadline);
  EXPECT_EQ(task.deadline->kind, DeadlineKind::kQuarter);
  EXPECT_EQ(task.table, 0);
  EXPECT_EQ(task.row, 1);
}

TEST(TaskTable, ACellThatSaysItselfWhoLeads) {
  const Found found = Find(
      {Make(1, {{"STT", "Nhiệm vụ", "Đơn vị thực hiện", "Thời hạn"},
                {"1", "Quán triệt", "Chủ trì: Ban Xây dựng Đảng; phối hợp: Ủy ban MTTQ xã", "Quý I/2025"},
                {"2", "Thành lập Tổ", "Chủ trì: Đảng ủy UBND xã Phối hợp: các chi bộ thôn", "Quý I/2025"},
                {"3", "Kiểm tra", "Phòng Nội vụ chủ trì, phối hợp với Công an xã", "Quý I/2025"},
                {"4", "Sơ kết", "Văn phòng Đảng ủy", "Quý I/2025"}})});
  ASSERT_EQ(found.tasks.size(), 4u);
  EXPECT_THAT(found.tasks[0].lead, ElementsAre("Ban Xây dựng Đảng"));
  EXPECT_THAT(found.tasks[0].coordinate, ElementsAre("Ủy ban MTTQ xã"));
  EXPECT_THAT(found.tasks[1].lead, ElementsAre("Đảng ủy UBND xã"));
  EXPECT_THAT(found.tasks[1].coordinate, ElementsAre("các chi bộ thôn"));
  EXPECT_THAT(found.tasks[2].lead, ElementsAre("Phòng Nội vụ"));
  EXPECT_THAT(found.tasks[2].coordinate, ElementsAre("Công an xã"));
  EXPECT_THAT(found.tasks[3].lead, ElementsAre("Văn phòng Đảng ủy"));
}

TEST(TaskTable, HeadingsOnTwoLevels) {
  const Found found =
      Find({Make(2, {{"STT", "Nhiệm vụ", "Đơn vị", "<", "Thời gian", "<"},
                     {"^", "^", "Chủ trì", "Phối hợp", "Bắt đầu", "Kết thúc"},
                     {"1", "Tổ chức tập huấn", "Phòng Nội vụ", "Công an xã", "01/3/2025", "15/4/2025"}})});
  ASSERT_EQ(found.tasks.size(), 1u);
  EXPECT_THAT(found.tasks[0].lead, ElementsAre("Phòng Nội vụ"));
  EXPECT_THAT(found.tasks[0].coordinate, ElementsAre("Công an xã"));
  ASSERT_TRUE(found.tasks[0].deadline);
  EXPECT_EQ(found.tasks[0].deadline->kind, DeadlineKind::kBetween);
  EXPECT_EQ(ToIso(*found.tasks[0].deadline->start), "2025-03-01");
  EXPECT_EQ(ToIso(*found.tasks[0].deadline->end), "2025-04-15");
}

TEST(TaskTable, SecondHeadingRowThatLayoutTookForBody) {
  const Found found = Find({Make(1, {{"STT", "Nội dung", "Phân công thực hiện", "<", "Thời hạn"},
                                     {"^", "^", "Chủ trì", "Phối hợp", "^"},
                                     {"(1)", "(2)", "(3)", "(4)", "(5)"},
                                     {"1", "Rà soát", "Văn phòng", "", "Tháng 6/2025"}})});
  EXPECT_THAT(Contents(found), ElementsAre("Rà soát"));
}

// Of a scan: a number row read badly says nothing of its columns.
TEST(TaskTable, WornNumberRowIsNoHeading) {
  Table table = Make(2, {{"STT", "Nội dung", "Chủ trì", "Phối hợp", "Thời hạn"},
                         {"am", "", "(3)", "4)", ""},
                         {"I", "Chung", "", "", ""},
                         {"1", "Rà soát", "Văn phòng", "", "Tháng 6/2025"}});
  for (Cell& cell : table.cells) cell.source = Source::kOcr;
  const Found found = Find({table});
  EXPECT_THAT(Contents(found), ElementsAre("Rà soát"));
  ASSERT_EQ(found.tasks.size(), 1u);
  EXPECT_THAT(found.tasks[0].group, ElementsAre("I Chung"));
}

TEST(TaskTable, HeadingThatLayoutDidNotSee) {
  const Found found = Find({Make(0, {{"STT", "Nội dung công việc", "Người thực hiện", "Thời gian"},
                                     {"1", "Họp chuyên môn", "Tổ trưởng", "Tháng 9/2025"},
                                     {"2", "Thao giảng", "Giáo viên", "Tháng 11/2025"}})});
  EXPECT_THAT(Contents(found), ElementsAre("Họp chuyên môn", "Thao giảng"));
}

TEST(TaskTable, TableWithoutHeadingTakesTheColumnsBeforeIt) {
  const Table first =
      Make(1, {{"STT", "Nội dung", "Chủ trì", "Thời hạn"}, {"1", "Việc A", "Sở Y tế", "Quý I/2025"}});
  const Found found = Find({first, Make(0, {{"2", "Việc B", "Sở Y tế", "Quý II/2025"}})});
  EXPECT_THAT(Contents(found), ElementsAre("Việc A", "Việc B"));
  EXPECT_THAT(Contents(Find({first, Make(0, {{"Nguyễn Văn A", "Trưởng ban", "", ""}})})),
              ElementsAre("Việc A"));
  EXPECT_THAT(Contents(Find({first, Make(0, {{"2", "Việc B", "Sở Y tế"}})})), ElementsAre("Việc A"));
}

TEST(TaskTable, GroupsNest) {
  const Found found = Find({Make(1, {{"STT", "Nội dung", "Chủ trì", "Thời hạn"},
                                     {"A", "Phần chung", "<", "<"},
                                     {"I", "Chỉ đạo", "", ""},
                                     {"1", "Ban hành kế hoạch", "", ""},
                                     {"1.1", "Dự thảo", "Văn phòng", "Quý I/2025"},
                                     {"1.2", "Trình ký", "Văn phòng", "Quý II/2025"},
                                     {"2", "Kiểm tra", "Thanh tra", "Quý III/2025"},
                                     {"II", "Tuyên truyền", "", ""},
                                     {"1", "Viết bài", "Đài Truyền thanh", "Thường xuyên"},
                                     {"B. PHẦN RIÊNG", "<", "<", "<"},
                                     {"1", "Báo cáo", "Văn phòng", "Hàng quý"}})});
  ASSERT_EQ(found.tasks.size(), 5u);
  EXPECT_THAT(found.tasks[0].group, ElementsAre("A Phần chung", "I Chỉ đạo", "1 Ban hành kế hoạch"));
  EXPECT_EQ(found.tasks[0].ordinal, "1.1");
  EXPECT_THAT(found.tasks[1].group, ElementsAre("A Phần chung", "I Chỉ đạo", "1 Ban hành kế hoạch"));
  EXPECT_THAT(found.tasks[3].group, ElementsAre("A Phần chung", "II Tuyên truyền"));
  EXPECT_THAT(found.tasks[4].group, ElementsAre("B. PHẦN RIÊNG"));
}

TEST(TaskTable, NumberedRowAfterASiblingLeavesTheGroup) {
  const Found found = Find({Make(1, {{"STT", "Nội dung", "Chủ trì", "Thời hạn"},
                                     {"1", "Ban hành kế hoạch", "", ""},
                                     {"1.1", "Dự thảo", "Văn phòng", "Quý I/2025"},
                                     {"2", "Kiểm tra", "Thanh tra", "Quý III/2025"}})});
  ASSERT_EQ(found.tasks.size(), 2u);
  EXPECT_THAT(found.tasks[0].group, ElementsAre("1 Ban hành kế hoạch"));
  EXPECT_THAT(found.tasks[1].group, IsEmpty());
}

TEST(TaskTable, NumberedRowsWithoutValuesAreTasks) {
  const Found found = Find({Make(1, {{"STT", "Nội dung", "Chủ trì", "Thời hạn"},
                                     {"1", "Ban hành kế hoạch", "", ""},
                                     {"2", "Kiểm tra", "Thanh tra", "Quý III/2025"}})});
  EXPECT_THAT(Contents(found), ElementsAre("Ban hành kế hoạch", "Kiểm tra"));
}

TEST(TaskTable, SubRowsWithValuesOfTheirOwn) {
  const Found found = Find({Make(1, {{"STT", "Nội dung", "Chủ trì", "Thời hạn"},
                                     {"1", "Tập huấn", "", ""},
                                     {"-", "Cấp tỉnh", "Sở Nội vụ", "Quý I/2025"},
                                     {"-", "Cấp xã", "UBND xã", "Quý II/2025"}})});
  EXPECT_THAT(Contents(found), ElementsAre("Cấp tỉnh", "Cấp xã"));
  EXPECT_THAT(found.tasks[0].group, ElementsAre("1 Tập huấn"));
  EXPECT_EQ(found.tasks[0].ordinal, std::nullopt);
}

TEST(TaskTable, SpanningValuesGoToEveryRow) {
  const Found found = Find({Make(1, {{"Mục tiêu", "Nhiệm vụ", "Hoạt động", "Chủ trì", "Thời gian"},
                                     {"G", "M1", "H1", "Sở A", "Quý I/2025"},
                                     {"^", "^", "H2", "Sở B", "^"},
                                     {"^", "M2", "H3", "Sở C", "Quý II/2025"}})});
  ASSERT_EQ(found.tasks.size(), 3u);
  EXPECT_EQ(found.tasks[1].goal, "G");
  EXPECT_EQ(found.tasks[1].mission, "M1");
  EXPECT_EQ(found.tasks[1].deadline->text, "Quý I/2025");
  EXPECT_EQ(found.tasks[2].mission, "M2");
}

TEST(TaskTable, ContentOverTwoRowsGivesATaskEach) {
  const Found found = Find({Make(1, {{"STT", "Nội dung", "Chủ trì", "Thời hạn"},
                                     {"1", "Kiểm tra", "Thanh tra", "Quý I/2025"},
                                     {"^", "^", "Công an", "Quý II/2025"}})});
  EXPECT_THAT(Contents(found), ElementsAre("Kiểm tra", "Kiểm tra"));
  EXPECT_THAT(found.tasks[1].lead, ElementsAre("Công an"));
}

TEST(TaskTable, RowWithoutContentGoesOnWithTheOneAbove) {
  const Found found = Find({Make(1, {{"STT", "Nội dung", "Chủ trì", "Thời hạn"},
                                     {"1", "Kiểm tra", "Thanh tra tỉnh", "Quý I/2025"},
                                     {"", "", "Công an tỉnh", ""},
                                     {"2", "Báo cáo", "Văn phòng", "nt"}})});
  ASSERT_EQ(found.tasks.size(), 2u);
  EXPECT_THAT(found.tasks[0].lead, ElementsAre("Thanh tra tỉnh", "Công an tỉnh"));
  EXPECT_THAT(found.notes.findings, testing::Contains(testing::Field(&Finding::code, "task.row.joined")));
  EXPECT_EQ(found.tasks[1].deadline->text, "Quý I/2025");
}

TEST(TaskTable, TotalsRemarksAndNumbersOfColumnsAreNoTasks) {
  const Found found = Find({Make(1, {{"STT", "Nội dung", "Chủ trì", "Thời hạn"},
                                     {"1", "2", "3", "4"},
                                     {"1", "Kiểm tra", "Thanh tra", "Quý I/2025"},
                                     {"", "", "", ""},
                                     {"STT", "Nội dung", "Chủ trì", "Thời hạn"},
                                     {"Tổng cộng", "<", "5", ""},
                                     {"Ghi chú: các đơn vị báo cáo", "<", "<", "<"}})});
  EXPECT_THAT(Contents(found), ElementsAre("Kiểm tra"));
}

TEST(TaskTable, BareNumbersUnderMonth) {
  const Found found = Find({Make(1, {{"STT", "Nội dung", "Người phụ trách", "Tháng"},
                                     {"1", "Khai giảng", "BGH", "9"},
                                     {"2", "Sơ kết", "BGH", "12 - 01"}})},
                           [] {
                             Header header;
                             header.subject = "Kế hoạch năm 2025";
                             return header;
                           }());
  ASSERT_EQ(found.tasks.size(), 2u);
  ASSERT_TRUE(found.tasks[0].deadline);
  EXPECT_EQ(ToIso(*found.tasks[0].deadline->start), "2025-09-01");
  EXPECT_EQ(found.tasks[0].deadline->text, "9");
}

Table Recognised(Table table) {
  for (Cell& cell : table.cells) cell.source = Source::kOcr;
  return table;
}

TEST(TaskTable, MisreadNumbersAreToldByTheirNeighbours) {
  const std::vector<std::vector<std::string>> rows = {{"STT", "Nội dung", "Chủ trì", "Thời hạn"},
                                                      {"l", "Chỉ đạo", "<", "<"},
                                                      {"1.", "Việc A", "Sở Y tế", "Quý I/2025"},
                                                      {"2.", "Việc B", "Sở Y tế", "Quý I/2025"},
                                                      {"H", "Triển khai", "<", "<"},
                                                      {"1.", "Việc C", "Sở Y tế", "Quý I/2025"},
                                                      {"2.", "Việc D", "Sở Y tế", "Quý I/2025"},
                                                      {"3.", "Việc E", "Sở Y tế", "Quý I/2025"},
                                                      {"+", "Việc F", "Sở Y tế", "Quý I/2025"},
                                                      {"5.", "Việc G", "Sở Y tế", "Quý I/2025"},
                                                      {":,", "Việc H", "Sở Y tế", "Quý I/2025"},
                                                      {"IH", "Khác", "<", "<"},
                                                      {"1.", "Việc I", "Sở Y tế", "Quý I/2025"},
                                                      {"+", "Việc K", "Sở Y tế", "Quý I/2025"}};
  const Found found = Find({Recognised(Make(1, rows))});
  ASSERT_EQ(found.tasks.size(), 10u);
  EXPECT_THAT(found.tasks[0].group, ElementsAre("I Chỉ đạo"));
  EXPECT_THAT(found.tasks[2].group, ElementsAre("II Triển khai"));
  EXPECT_EQ(found.tasks[5].ordinal, "4");
  EXPECT_EQ(found.tasks[7].ordinal, "6");
  EXPECT_THAT(found.tasks[7].group, ElementsAre("II Triển khai"));
  EXPECT_THAT(found.tasks[8].group, ElementsAre("III Khác"));
  EXPECT_LT(found.notes.evidence.at("/tasks/5/ordinal").confidence, kDoubtful);
  EXPECT_LT(found.notes.evidence.at("/tasks/2/group").confidence, kDoubtful);
  EXPECT_GE(found.notes.evidence.at("/tasks/4/ordinal").confidence, kDoubtful);
  EXPECT_THAT(found.notes.findings, testing::Contains(testing::Field(&Finding::code, "task.ordinal.mended")));
  // what a PDF's own text says is never mended
  EXPECT_EQ(Find({Make(1, rows)}).tasks[5].ordinal, std::nullopt);
}

TEST(TaskTable, NumeralThatLostAStroke) {
  const Found found = Find({Recognised(Make(1, {{"STT", "Nội dung", "Chủ trì", "Thời hạn"},
                                                {"I", "Chỉ đạo", "<", "<"},
                                                {"1", "Việc A", "Sở Y tế", "Quý I/2025"},
                                                {"II Triển khai", "<", "<", "<"},
                                                {"1", "Việc B", "Sở Y tế", "Quý I/2025"},
                                                {"II Tuyên truyền", "<", "<", "<"},
                                                {"1", "Việc C", "Sở Y tế", "Quý I/2025"}}))});
  ASSERT_EQ(found.tasks.size(), 3u);
  EXPECT_THAT(found.tasks[1].group, ElementsAre("II Triển khai"));
  EXPECT_THAT(found.tasks[2].group, ElementsAre("III Tuyên truyền"));
  EXPECT_LT(found.notes.evidence.at("/tasks/2/group").confidence, kDoubtful);
}

TEST(TaskTable, HeadingCrossedByAFalseLineIsReadWhereItIsRepeated) {
  const Found found = Find(
      {Recognised(Make(1, {{"STT", "Nội dung", "Chủ trì", "Phối hợp", "Thời hạn", "Kết qu hiệ", "ì thực n"},
                           {"1", "Việc A", "Sở Y tế", "", "Quý I/2025", "Báo cáo", "<"},
                           {"STT", "Nội dung", "Chủ trì", "Phối hợp", "Thời hạn", "Kết quả thực hiện", "<"},
                           {"", "", "", "", "", "- Quyết định", "<"}}))});
  ASSERT_EQ(found.tasks.size(), 1u);
  EXPECT_EQ(found.tasks[0].product, "Báo cáo\n- Quyết định");
}

TEST(TaskTable, NumberedLineAboveATableIsItsCaptionWhereOthersAre) {
  const auto table = [] { return Make(1, {{"STT", "Nội dung", "Chủ trì"}, {"1", "Việc", "Sở Y tế"}}); };
  DocumentLayout document;
  document.tables = {table(), table()};
  document.tables[0].caption = "1. Chỉ đạo";
  Paragraph line;
  line.text = "2. Tuyên truyền";
  document.flow = {{std::nullopt, 0}, {line, std::nullopt}, {std::nullopt, 1}};
  Notes notes;
  const auto tasks = [&] {
    return FindTasks(document, document.tables, Outline{}, Header{}, TestRules(), Mapper(document), &notes);
  };
  ASSERT_EQ(tasks().size(), 2u);
  EXPECT_THAT(tasks()[1].group, ElementsAre("2. Tuyên truyền"));
  document.tables[0].caption.clear();
  EXPECT_THAT(tasks()[1].group, IsEmpty());
}

TEST(TaskTable, MisreadHeadingsInOneCell) {
  const Found found = Find({Recognised(Make(1, {{"STT", "Nội dung", "Chủ trì", "Thời hạn"},
                                                {"I. CHỈ ĐẠO", "<", "<", "<"},
                                                {"", "Việc A", "Sở Y tế", "Quý I/2025"},
                                                {"H. TRIỂN KHAI", "<", "<", "<"},
                                                {"", "Việc B", "Sở Y tế", "Quý I/2025"}}))});
  ASSERT_EQ(found.tasks.size(), 2u);
  EXPECT_THAT(found.tasks[1].group, ElementsAre("II. TRIỂN KHAI"));
}

TEST(TaskTable, CrossesUnderQuarters) {
  const Found found = Find({Make(2, {{"TT", "Nhiệm vụ", "Chủ trì", "Năm 2025", "<", "<", "<"},
                                     {"^", "^", "^", "Quý I", "Quý II", "Quý III", "Quý IV"},
                                     {"1", "Rà soát", "Sở Tư pháp", "", "x", "", ""},
                                     {"2", "Kiểm tra", "Thanh tra", "", "", "X", "X"}})});
  ASSERT_EQ(found.tasks.size(), 2u);
  ASSERT_TRUE(found.tasks[0].deadline);
  EXPECT_EQ(found.tasks[0].deadline->kind, DeadlineKind::kQuarter);
  EXPECT_EQ(ToIso(*found.tasks[0].deadline->end), "2025-06-30");
  EXPECT_EQ(ToIso(*found.tasks[1].deadline->start), "2025-07-01");
  EXPECT_EQ(ToIso(*found.tasks[1].deadline->end), "2025-12-31");
}

// What the headings of real plans say, one letter a column: # ordinal, g goal, m mission, c content, l lead,
// p coordinate (phối hợp), d deadline, s start, e end, r product (result), n note, G group, - other.
std::string Roles(const std::vector<std::string>& headings, const std::vector<std::string>& row) {
  const std::optional<TaskColumns> columns =
      UnderstandColumns(Make(1, {headings, row}), nullptr, TestRules().tasks);
  if (!columns) return "none";
  std::string out;
  for (const Role role : columns->roles) out += "?#Ggmclpdsernx-"[static_cast<std::size_t>(role)];
  return out;
}

TEST(TaskTable, HeadingsOfRealPlans) {
  EXPECT_EQ(Roles({"TT", "Nhiệm vụ, giải pháp", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành",
                   "Sản phẩm"},
                  {"1", "Rà soát", "Sở Y tế", "Sở Tài chính", "Quý I/2025", "Báo cáo"}),
            "#clpdr");
  EXPECT_EQ(Roles({"STT", "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Cấp trình",
                   "Thời hạn trình", "Ghi chú"},
                  {"1", "Rà soát", "Sở Y tế", "Sở Tài chính", "UBND tỉnh", "Quý I/2025", ""}),
            "#clp-dn");
  EXPECT_EQ(
      Roles({"Stt", "Tên nhiệm vụ", "Cơ quan thực hiện", "Thời gian thực hiện", "Kết quả đầu ra", "Kinh phí"},
            {"1", "Rà soát", "Sở Y tế", "2025", "Báo cáo", "100"}),
      "#cldr-");
  EXPECT_EQ(
      Roles({"Số TT", "Nội dung công việc", "Người thực hiện", "Người phối hợp", "Thời gian", "Kết quả"},
            {"1", "Khai giảng", "Hiệu trưởng", "GVCN", "05/9/2025", ""}),
      "#clpdr");
  EXPECT_EQ(Roles({"Tháng", "Nội dung công việc", "Người phụ trách", "Ghi chú"},
                  {"9/2025", "Khai giảng", "BGH", ""}),
            "dcln");
  EXPECT_EQ(Roles({"STT", "Mục tiêu, chỉ tiêu", "Nhiệm vụ", "Đơn vị thực hiện", "Tiến độ"},
                  {"1", "Đạt 90%", "Rà soát", "Sở Y tế", "Thường xuyên"}),
            "#gcld");
  EXPECT_EQ(Roles({"TT", "Nội dung", "Nhiệm vụ cụ thể", "Đơn vị", "Thời hạn"},
                  {"1", "Thể chế", "Rà soát", "Sở Y tế", "Quý I/2025"}),
            "#mcld");
  EXPECT_EQ(Roles({"TT", "Lĩnh vực", "Tên TTHC", "Cơ quan chủ trì rà soát", "Bắt đầu", "Hoàn thành"},
                  {"1", "Hộ tịch", "Khai sinh", "Sở Tư pháp", "01/3/2025", "30/6/2025"}),
            "#Gclse");
  EXPECT_EQ(Roles({"TT", "Nội dung", "Yêu cầu, sản phẩm", "Thời gian", "Đơn vị chủ trì"},
                  {"1", "Rà soát", "Báo cáo", "Quý I/2025", "Sở Y tế"}),
            "#crdl");
  EXPECT_EQ(Roles({"TT", "Công việc", "Chủ trì", "Phối hợp", "Hoàn thành"},
                  {"1", "Rà soát", "Sở Y tế", "Sở Tài chính", "30/6/2025"}),
            "#clpd");
  EXPECT_EQ(
      Roles({"TT", "Nội dung", "Địa điểm", "Kinh phí thực hiện", "Thời gian thực hiện", "Bộ phận thực hiện"},
            {"1", "Tập huấn", "Hội trường", "5", "Quý I/2025", "Văn phòng"}),
      "#c--dl");
  EXPECT_EQ(Roles({"TT", "Tên báo cáo", "Đơn vị thực hiện", "Thời hạn gửi"},
                  {"1", "Báo cáo quý", "Văn phòng", "Hàng quý"}),
            "#cld");
}

TEST(TaskTable, HeadingsAsRecognisersMisreadThem) {
  Table table =
      Make(1, {{"STT", "Nội dụng cộng viêc", "Cơ quan chủ tri", "Cơ quan phôi hợp", "Thời han hoàn thanh"},
               {"1", "Rà soát", "Sở Y tế", "Sở Tài chính", "Quý I/2025"}});
  for (Cell& cell : table.cells) cell.source = Source::kOcr;
  EXPECT_EQ(Find({table}).tasks.size(), 1u);
}

TEST(TaskTable, OtherTablesHoldNoTasks) {
  // points of communes, prices, a contact list, the programme of a meeting, procedures with their fees,
  // signatures
  EXPECT_THAT(Contents(Find({Make(1, {{"STT", "Đơn vị", "Điểm chuẩn tối đa", "Điểm tự đánh giá", "Chỉ số"},
                                      {"1", "UBND xã Hàm Kiệm", "17,00", "15,50", "85,29%"}})})),
              IsEmpty());
  EXPECT_THAT(Contents(Find({Make(1, {{"STT", "Nội dung", "Đơn vị", "Số lượng", "Đơn giá", "Thành tiền"},
                                      {"1", "Máy in", "Cái", "2", "5.000.000", "10.000.000"}})})),
              IsEmpty());
  EXPECT_THAT(Contents(Find({Make(1, {{"STT", "Họ và tên", "Chức vụ", "Nhiệm vụ", "Số điện thoại"},
                                      {"1", "Nguyễn Văn A", "Chủ tịch", "Trưởng ban", "0912345678"}})})),
              IsEmpty());
  EXPECT_THAT(Contents(Find({Make(1, {{"Thời gian", "Nội dung", "Người thực hiện"},
                                      {"7h30 - 8h00", "Đón tiếp đại biểu", "Ban tổ chức"},
                                      {"8h00 - 8h15", "Khai mạc", "Chủ tịch"}})})),
              IsEmpty());
  EXPECT_THAT(
      Contents(Find({Make(1, {{"STT", "Tên thủ tục", "Thời hạn giải quyết", "Địa điểm", "Phí, lệ phí"},
                              {"1", "Đăng ký khai sinh", "Ngay trong ngày", "Bộ phận Một cửa", "Không"}})})),
      IsEmpty());
  EXPECT_THAT(Contents(Find({Make(0, {{"Nơi nhận:\n- Như trên;", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"}})})),
              IsEmpty());
  EXPECT_THAT(Contents(Find(
                  {Make(1, {{"STT", "Cơ quan/đơn vị", "Ghi chú"}, {"1", "Công an xã", "Đã tự kiểm tra"}})})),
              IsEmpty());
  EXPECT_THAT(Contents(Find({Make(1, {{"Chỉ tiêu", "Đơn vị", "Kế hoạch", "Thực hiện", "Tỷ lệ"},
                                      {"Thu ngân sách", "Tỷ đồng", "120", "100", "83%"}})})),
              IsEmpty());
}

TEST(TaskTable, HostileGridsAreSafe) {
  Table table = Make(1, {{"STT", "Nội dung", "Chủ trì"}, {"1", "Việc", "Sở Y tế"}});
  table.cells[3].rowspan = 1000000;
  table.cells[4].row = -5;
  table.cells[5].col = 900;
  table.header_rows = 77;
  Find({table});
  table.header_rows = -3;
  table.rows = 2000000000;
  Find({table});
  Find({Table{}});
}

}  // namespace
}  // namespace vanthu::extract
