#include "templates/forms/tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "parts.h"
#include "templates/forms/fit_columns.h"

namespace vanthu::templates {
namespace {

using testing::HasSubstr;

Task TaskOf(std::vector<std::string> group, Text goal, Text mission, const char* content) {
  Task task;
  task.group = std::move(group);
  task.goal = std::move(goal);
  task.mission = std::move(mission);
  task.content = content;
  return task;
}

const Table& TableOf(const Document& document) {
  return std::get<Table>(document.sections.at(0).blocks.at(0));
}

const TableCell* CellAt(const Table& table, int row, int column) {
  for (const TableCell& cell : table.cells)
    if (row >= cell.row && row < cell.row + cell.row_span && column >= cell.column &&
        column < cell.column + cell.column_span)
      return &cell;
  return nullptr;
}

TEST(FormTable, GroupsAndNumbers) {
  Record record = SmallRecord();
  record.tasks = {TaskOf({"I Chỉ đạo"}, {}, {}, "một"), TaskOf({"I Chỉ đạo"}, {}, {}, "hai"),
                  TaskOf({"II Kiểm tra"}, {}, {}, "ba\n- dòng")};
  const Document document = DocumentOf(
      "<part><table numbers=\"yes\"><column width=\"1\" align=\"centre\">STT</column><column "
      "width=\"3\">Việc</column>"
      "<each path=\"tasks\" as=\"v\"><row groups=\"v.group\"><cell><v path=\"v.position\"/></cell><cell><v "
      "path=\"v.content\"/></cell></row></each></table></part>",
      record);
  EXPECT_EQ(TextOf(document),
            "STT\tViệc\n(1)\t(2)\nI\tChỉ đạo\n1\tmột\n2\thai\nII\tKiểm tra\n3\tba - dòng\n");
  const Table& table = TableOf(document);
  EXPECT_EQ(table.header_rows, 2);
  EXPECT_EQ(table.row_kinds[1], RowKind::kNumbers);
  EXPECT_EQ(table.row_kinds[2], RowKind::kGroup);
  EXPECT_DOUBLE_EQ(table.column_shares[1], 0.75);
  EXPECT_EQ(CellAt(table, 6, 1)->paragraphs.size(), 2u);  // lines of a list are paragraphs of their own
}

TEST(FormTable, MergedCellsFollowTheirHierarchy) {
  Record record = SmallRecord();
  record.tasks = {TaskOf({}, "A", "x", "1"), TaskOf({}, "A", "x", "2"), TaskOf({}, "A", "y", "3"),
                  TaskOf({}, "B", "y", "4")};
  const Document document = DocumentOf(
      "<part><table><column width=\"1\">a</column><column width=\"1\">b</column><column "
      "width=\"1\">c</column><each "
      "path=\"tasks\" as=\"v\"><row><cell merge=\"yes\"><v path=\"v.goal\"/></cell><cell merge=\"yes\"><v "
      "path=\"v.mission\"/></cell><cell><v path=\"v.content\"/></cell></row></each></table></part>",
      record);
  const Table& table = TableOf(document);
  EXPECT_EQ(CellAt(table, 1, 0)->row_span, 3);
  EXPECT_EQ(CellAt(table, 1, 1)->row_span, 2);
  EXPECT_EQ(CellAt(table, 3, 1)->row_span, 1);  // y of A and y of B are two
  EXPECT_EQ(CellAt(table, 4, 1)->row_span, 1);
}

std::string OverRows(const char* rows) {
  return std::string("<part><table><column width=\"1\">a</column><column width=\"1\">b</column>\n") + rows +
         "</table></part>";
}

TEST(FormTable, CellsCoverRows) {
  Record record = SmallRecord();
  record.tasks = {TaskOf({}, {}, {}, "1"), TaskOf({}, {}, {}, "2")};
  const Document document =
      DocumentOf(OverRows("<each path=\"tasks\" as=\"v\"><row><cell rows=\"2\"><v path=\"v.content\"/></cell>"
                          "<cell>x</cell></row><row><cell>y</cell></row></each>"),
                 record);
  const Table& table = TableOf(document);
  EXPECT_EQ(table.rows, 5);
  EXPECT_EQ(CellAt(table, 2, 0)->row_span, 2);
  EXPECT_EQ(CellAt(table, 4, 0)->row, 3);
  EXPECT_EQ(TextOf(document), "a\tb\n1\tx\ny\n2\tx\ny\n");
}

TEST(FormTable, DashedLinesOfACellAreItems) {
  Record record = SmallRecord();
  record.tasks = {TaskOf({}, {}, {}, "Gồm:\n- một;\n+ hai"), TaskOf({}, {}, {}, "- chỉ một")};
  const Document document = DocumentOf(
      "<part><table><column width=\"1\">a</column><each path=\"tasks\" as=\"v\"><row><cell><v "
      "path=\"v.content\"/></cell></row></each></table></part>",
      record);
  const TableCell* cell = CellAt(TableOf(document), 1, 0);
  ASSERT_EQ(cell->paragraphs.size(), 3u);
  EXPECT_EQ(cell->paragraphs[0].role, Role::kParagraph);
  EXPECT_EQ(cell->paragraphs[1].role, Role::kListItem);
  EXPECT_EQ(cell->paragraphs[2].role, Role::kListItem);
  EXPECT_EQ(CellAt(TableOf(document), 2, 0)->paragraphs[0].role, Role::kParagraph);  // one line is no list
}

// How many rows there are is known only with the record.
TEST(FormTable, CellsPastTheLastRowAreRefusedWithTheirLine) {
  Record record = SmallRecord();
  record.tasks = {TaskOf({"I Chỉ đạo"}, {}, {}, "1"), TaskOf({"II Kiểm tra"}, {}, {}, "2")};
  const std::string refusal = RefusalOf(
      OverRows("<row>\n<cell rows=\"4\">nhóm</cell><cell/></row>\n<each path=\"tasks\" as=\"v\"><row>"
               "<cell><v path=\"v.content\"/></cell></row></each>"),
      record);
  EXPECT_THAT(refusal, HasSubstr("thu.xml"));
  EXPECT_THAT(refusal, HasSubstr("dòng 4, <cell>: ô kéo 4 hàng (rows), vượt quá hàng cuối của bảng: từ đây "
                                 "chỉ còn 3 hàng"));
  EXPECT_THAT(RefusalOf(OverRows("<row><cell rows=\"3\"/><cell/></row>\n<each path=\"tasks\" as=\"v\">\n<row "
                                 "groups=\"v.group\"><cell><v path=\"v.content\"/></cell></row></each>"),
                        record),
              HasSubstr("dòng 5, <row>: hàng nhóm (groups) chen vào"));
  EXPECT_THAT(RefusalOf(OverRows("<each path=\"tasks\" as=\"v\">\n<row><cell rows=\"3\"/><cell/></row>"
                                 "<row><cell/></row></each>"),
                        record),
              HasSubstr("dòng 4, <row>: hàng có 3 ô, bảng có 2 cột (1 ô kéo từ hàng trên xuống)"));
}

TEST(FormTable, HeadsOfHeads) {
  const Document document = DocumentOf(
      "<part><table><column width=\"1\">STT</column><columns title=\"Nhận\"><column "
      "width=\"1\">Mới</column><column "
      "width=\"1\">Cũ</column></columns><row><cell span=\"2\">a</cell><cell>b</cell></row></table></part>",
      SmallRecord());
  const Table& table = TableOf(document);
  EXPECT_EQ(table.header_rows, 2);
  EXPECT_EQ(CellAt(table, 0, 0)->row_span, 2);
  EXPECT_EQ(CellAt(table, 0, 1)->column_span, 2);
  EXPECT_EQ(TextOf(document), "STT\tNhận\nMới\tCũ\na\tb\n");
}

vanthu::Table Figures(const char* total) {
  vanthu::Table table;
  table.rows = 2;
  table.columns = 4;
  table.header_rows = 1;
  const char* const texts[] = {"TT", "Tổng", "Mới", "Cũ", "1", total, "1.200", "34"};
  for (int i = 0; i < 8; ++i) {
    Cell cell;
    cell.row = i / 4;
    cell.col = i % 4;
    cell.text = texts[i];
    table.cells.push_back(cell);
  }
  return table;
}

constexpr const char* kFigures =
    "<part><each path=\"tables\" as=\"b\"><table path=\"b.cells\" sums=\"2=3+4\"/></each></part>";

TEST(Sums, RowsThatDoNotAddUpAreNamed) {
  Record record = SmallRecord();
  record.tables = {Figures("1.234")};
  EXPECT_EQ(RefusalOf(kFigures, record), "");
  record.tables = {Figures("1.235")};
  EXPECT_THAT(RefusalOf(kFigures, record),
              HasSubstr("hàng 2 («1 1.235»): 2=3+4 không đúng: 1.235 khác 1.234"));
  record.tables = {Figures("nhiều")};
  EXPECT_THAT(RefusalOf(kFigures, record), HasSubstr("cần số"));
}

// 0,1 + 0,2 is 0,3; a point is for thousands and nothing else.
TEST(Sums, AreExactDecimals) {
  Record record = SmallRecord();
  const auto refusal = [&](const char* total, const char* first, const char* second) {
    record.tables = {Figures(total)};
    record.tables[0].cells[6].text = first;
    record.tables[0].cells[7].text = second;
    return RefusalOf(kFigures, record);
  };
  EXPECT_EQ(refusal("0,3", "0,1", "0,2"), "");
  EXPECT_THAT(refusal("0,300001", "0,1", "0,2"), HasSubstr("0,300001 khác 0,3"));
  EXPECT_EQ(refusal("1.000.000,5", "999.999", "1,5"), "");
  for (const char* total : {"12.34", "1.2345", ".123", "1234.567", "1,", ",5", "-3", "1.000,0000001"})
    EXPECT_THAT(refusal(total, "1", "2"), HasSubstr("cần số")) << total;
}

TEST(RecordTable, KeepsCellsSpansAndHeads) {
  Record record = SmallRecord();
  vanthu::Table table = Figures("1.234");
  table.cells.resize(5);  // the second row: one cell over all, a group
  table.cells[4].colspan = 4;
  table.cells[4].text = "I Nhóm";
  record.tables = {table};
  const Document document = DocumentOf(
      "<part orientation=\"auto\"><each path=\"body_tables\" as=\"b\"><table "
      "path=\"b.cells\" size=\"13\"/></each></part>",
      record);
  const Table& set = TableOf(document);
  EXPECT_EQ(set.row_kinds[1], RowKind::kGroup);
  EXPECT_EQ(CellAt(set, 1, 3)->column_span, 4);
  EXPECT_TRUE(CellAt(set, 0, 0)->header);
  EXPECT_TRUE(CellAt(set, 0, 0)->paragraphs[0].runs[0].bold);
  EXPECT_EQ(CellAt(set, 0, 0)->paragraphs[0].size_pt, 13);
  EXPECT_NEAR(std::accumulate(set.column_shares.begin(), set.column_shares.end(), 0.0), 1, 1e-9);
  EXPECT_EQ(document.sections[0].orientation, Orientation::kPortrait);  // four columns
}

TEST(RecordTable, RowsOfSumsAreBold) {
  Record record = SmallRecord();
  record.tables = {Figures("1.234")};
  record.tables[0].cells[4].text = "Tổng cộng:";
  const char* form =
      "<part orientation=\"auto\"><each path=\"body_tables\" as=\"b\"><table "
      "path=\"b.cells\"/></each></part>";
  const Document sums = DocumentOf(form, record);
  EXPECT_TRUE(CellAt(TableOf(sums), 1, 1)->paragraphs[0].runs[0].bold);
  record.tables[0].cells[4].text = "Tổng cục Thuế";
  const Document other = DocumentOf(form, record);
  EXPECT_FALSE(CellAt(TableOf(other), 1, 1)->paragraphs[0].runs[0].bold);
}

// As in a plan on a landscape page: beside its long text nothing is gained by "Văn / phòng / UBND / xã".
TEST(FitColumns, ShortPhrasesDoNotStandWordBelowWord) {
  std::vector<ColumnLoad> columns;
  const std::pair<int, int> loads[] = {{2, 5},  {2, 6},   {140, 10}, {17, 6},
                                       {19, 6}, {15, 10}, {52, 10},  {20, 8}};
  for (const auto& [length, word] : loads) columns.push_back({std::vector<int>(15, length), word});
  const std::vector<double> shares = FitColumns(columns, 125);
  for (const std::size_t column : {3u, 4u}) EXPECT_GE(shares[column] * 125, 10.5) << column;
  EXPECT_GT(shares[2], 0.25);
}

TEST(FitColumns, LongTextsGetWidthAndWordsTheirRoom) {
  const std::vector<double> shares = FitColumns(
      {{std::vector<int>(20, 2), 3}, {std::vector<int>(20, 400), 9}, {std::vector<int>(20, 60), 12}}, 100);
  ASSERT_EQ(shares.size(), 3u);
  EXPECT_GT(shares[1], 0.6);
  EXPECT_GE(shares[0] * 100, 3);
  EXPECT_GE(shares[2] * 100, 12);
  EXPECT_NEAR(shares[0] + shares[1] + shares[2], 1, 1e-9);
  EXPECT_TRUE(FitColumns({}, 100).empty());
  EXPECT_EQ(FitColumns(std::vector<ColumnLoad>(60), 100).size(), 60u);
}

}  // namespace
}  // namespace vanthu::templates
