// Ruled tables on one page and over pages, from synthetic pages.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pipeline/layout/layout.h"
#include "pipeline/layout/text.h"
#include "tests/pipeline/layout/page_builder.h"

namespace vanthu::layout {
namespace {

using testing::ElementsAre;

const std::vector<double> kColumns = {60, 100, 300, 420, 540};

void AddHeader(PageBuilder& b, double y) {
  b.Centred(80, y, "STT", {12, true});
  b.Centred(200, y, "Nội dung", {12, true});
  b.Centred(360, y, "Chủ trì", {12, true});
  b.Centred(480, y, "Thời gian", {12, true});
}

void AddRow(PageBuilder& b, double y, const std::vector<std::string>& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) b.Text(kColumns[i] + 5, y, cells[i]);
}

std::string At(const Table& t, int row, int col) {
  const Cell* c = t.At(row, col);
  return c == nullptr ? "?" : c->text;
}

TEST(TableTest, TextGoesToItsCellsAndWrappedLinesJoin) {
  PageBuilder b;
  b.Grid(kColumns, {100, 120, 180, 200});
  AddHeader(b, 114);
  AddRow(b, 134, {"1", "Xây dựng kế hoạch về:", "Văn phòng", "Quý I"});
  b.Text(105, 148, "- Cải cách thủ tục;");
  b.Text(105, 162, "- Kiểm soát thủ tục.");
  AddRow(b, 194, {"2", "Báo cáo", "Công chức", "Quý II"});
  const DocumentLayout layout = BuildLayout({b.page}, {});
  ASSERT_EQ(layout.tables.size(), 1U);
  const Table& t = layout.tables[0];
  EXPECT_EQ(t.rows, 3);
  EXPECT_EQ(t.columns, 4);
  EXPECT_EQ(t.header_rows, 1);
  EXPECT_EQ(At(t, 1, 1), "Xây dựng kế hoạch về:\n- Cải cách thủ tục;\n- Kiểm soát thủ tục.");
  EXPECT_EQ(At(t, 2, 3), "Quý II");
  EXPECT_EQ(t.cells.front().bold, std::optional<bool>(true));
}

TEST(TableTest, AWordOverAnEdgeIsSplitByItsGlyphs) {
  PageBuilder b;
  b.Grid({60, 96, 132, 168}, {100, 120, 140});
  b.Text(60, 114, "aaaaaabbbbbbcccccc");  // three cells of six letters, written without a gap
  b.Text(62, 134, "x");
  const Table t = BuildLayout({b.page}, {}).tables.at(0);
  EXPECT_EQ(At(t, 0, 0), "aaaaaa");
  EXPECT_EQ(At(t, 0, 1), "bbbbbb");
  EXPECT_EQ(At(t, 0, 2), "cccccc");
}

TEST(TableTest, AWordTooLongForItsCellStaysThereAndIsDoubtful) {
  PageBuilder b;
  b.Grid({60, 107, 160}, {100, 120, 140});
  b.Text(62, 114, "15/6/2024");  // 54 pt in a cell of 47: the rule goes through a figure
  b.Text(62, 134, "x");
  const Table t = BuildLayout({b.page}, {}).tables.at(0);
  EXPECT_EQ(At(t, 0, 0), "15/6/2024");
  EXPECT_EQ(At(t, 0, 1), "");
  EXPECT_LT(t.cells.front().confidence, 0.9);
}

TEST(TableTest, FramesThatAreNoTables) {
  PageBuilder b;
  b.Grid({400, 540}, {40, 100});  // a lone box
  b.Text(410, 70, "ĐẾN Số: 12");
  b.Grid({60, 200}, {300, 320, 340});  // one column: a stamp
  b.Text(70, 315, "Ngày:");
  b.Grid({300, 320, 340}, {500, 520, 540, 560});  // a raster without text
  b.Text(60, 700, "Văn bản thường.");
  const DocumentLayout layout = BuildLayout({b.page}, {});
  EXPECT_TRUE(layout.tables.empty());
  EXPECT_THAT(ReadingOrderText(layout), testing::HasSubstr("ĐẾN Số: 12"));
}

TEST(TableTest, NestedHeadingsAndNumberRows) {
  PageBuilder b;
  for (const double y : {100.0, 140.0, 160.0, 180.0, 200.0}) b.Rule(60, y, 420);
  b.Rule(180, 120, 420);
  b.Stroke(60, 100, 200);
  b.Stroke(180, 100, 200);
  b.Stroke(260, 120, 200);
  b.Stroke(340, 120, 200);
  b.Stroke(420, 100, 200);
  b.Centred(120, 124, "Đơn vị", {12, true});
  b.Centred(300, 114, "Hồ sơ", {12, true});
  b.Centred(220, 134, "Nhận", {12, true});
  b.Centred(300, 134, "Trả", {12, true});
  b.Centred(380, 134, "Tồn", {12, true});
  b.Centred(120, 154, "(1)");
  b.Centred(220, 154, "(2)");
  b.Centred(300, 154, "(3)");
  b.Centred(380, 154, "(4)=(2)-(3)");
  b.Text(65, 174, "Xã A");
  b.Text(200, 174, "12");
  b.Text(65, 194, "Xã B");
  b.Text(200, 194, "15");
  const Table t = BuildLayout({b.page}, {}).tables.at(0);
  EXPECT_EQ(t.header_rows, 3);
  EXPECT_EQ(t.At(0, 1)->colspan, 3);
  EXPECT_EQ(t.At(0, 0)->rowspan, 2);
}

// "(1)" alone in its cell is read badly off a scan: signs only, some of them still the column's number.
TEST(TableTest, NumberRowThatWasReadBadly) {
  const auto page = [](int number, const std::vector<std::string>& numbers, const std::string& task) {
    PageBuilder b;
    b.page.index = number;
    b.page.recognised = true;
    b.Grid(kColumns, {100, 120, 140, 160});
    AddHeader(b, 114);
    AddRow(b, 134, numbers);
    AddRow(b, 154, {std::to_string(number + 1), task, "Văn phòng", "Quý I"});
    return b.page;
  };
  const std::vector<Table> tables =
      BuildLayout({page(0, {"am", "(2)", "", "4)"}, "Một"), page(1, {"Q)", "@)", "(3)", ""}, "Hai")}, {})
          .tables;
  ASSERT_EQ(tables.size(), 1U);
  EXPECT_EQ(tables[0].header_rows, 2);
  EXPECT_EQ(tables[0].rows, 4);
  EXPECT_EQ(At(tables[0], 3, 1), "Hai");
  // A row of short words that number nothing is a row.
  const Table other = BuildLayout({page(0, {"1", "Họp", "VP", "QI"}, "Một")}, {}).tables.at(0);
  EXPECT_EQ(other.header_rows, 1);
}

TEST(TableTest, ATableThatBeginsWithAGroupRowHasNoHeading) {
  PageBuilder b;
  for (const double y : {100.0, 120.0, 140.0, 160.0}) b.Rule(60, y, 540);
  for (const double x : {60.0, 100.0, 540.0}) b.Stroke(x, 100, 160);
  for (const double x : {300.0, 420.0}) b.Stroke(x, 120, 160);
  b.Centred(80, 114, "I", {12, true});
  b.Text(105, 114, "Cải cách thủ tục hành chính", {12, true});
  AddRow(b, 134, {"1", "Việc một", "A", "Quý I"});
  AddRow(b, 154, {"2", "Việc hai", "B", "Quý II"});
  EXPECT_EQ(BuildLayout({b.page}, {}).tables.at(0).header_rows, 0);
}

TEST(TableTest, TurnedHeadingIsReadInItsDirection) {
  PageBuilder b;
  b.Grid({60, 100, 300}, {100, 200, 220});
  b.Turned(74, 190, "Số thứ tự", 270, {12, true});
  b.Centred(200, 150, "Nội dung", {12, true});
  b.Text(65, 214, "1");
  b.Text(105, 214, "Việc");
  EXPECT_EQ(At(BuildLayout({b.page}, {}).tables.at(0), 0, 0), "Số thứ tự");
}

class BreakTest : public testing::Test {
 protected:
  BreakTest() : one(0), two(1) {
    one.Grid(kColumns, {100, 120, 740, 780});
    AddHeader(one, 114);
    AddRow(one, 134, {"1", "Việc một.", "Văn phòng", "Quý I"});
  }
  Table Join() {
    const DocumentLayout layout = BuildLayout({one.page, two.page}, {});
    EXPECT_EQ(layout.tables.size(), 1U);
    return layout.tables.at(0);
  }
  PageBuilder one, two;
};

TEST_F(BreakTest, RepeatedHeadingIsDropped) {
  AddRow(one, 774, {"2", "Việc hai.", "Văn phòng", "Quý I"});
  two.Grid(kColumns, {60, 80, 100});
  AddHeader(two, 74);
  AddRow(two, 94, {"3", "Việc ba.", "Văn phòng", "Quý II"});
  const Table t = Join();
  EXPECT_EQ(t.rows, 4);
  EXPECT_EQ(t.header_rows, 1);
  EXPECT_EQ(At(t, 3, 0), "3");
  EXPECT_THAT(t.pages, ElementsAre(0, 1));
}

TEST_F(BreakTest, CutRowIsJoinedCellByCell) {
  AddRow(one, 754, {"2", "Rà soát các thủ tục hành chính", "Văn phòng", "Thường"});
  one.Text(105, 768, "thuộc thẩm quyền giải quyết của");
  two.Grid(kColumns, {60, 80, 120, 140});
  AddHeader(two, 74);
  two.Text(105, 94, "xã, báo cáo kết quả.");
  two.Text(425, 94, "xuyên");
  AddRow(two, 134, {"3", "Việc ba.", "Văn phòng", "Quý II"});
  // The cell of the last column reaches the end of its row as well.
  for (Word& w : one.page.words)
    if (w.text == "Thường") {
      w.baseline_pt += 14;
      w.box.y0 += 14;
      w.box.y1 += 14;
    }
  const Table t = Join();
  EXPECT_EQ(t.rows, 4);
  EXPECT_EQ(At(t, 2, 1),
            "Rà soát các thủ tục hành chính thuộc thẩm quyền giải quyết của xã, báo cáo kết quả.");
  EXPECT_EQ(At(t, 2, 3), "Thường xuyên");
  EXPECT_EQ(At(t, 2, 2), "Văn phòng");
  EXPECT_EQ(t.At(2, 1)->places.size(), 2U);
  EXPECT_EQ(At(t, 3, 0), "3");
}

TEST_F(BreakTest, ANewRowWithoutAnOrdinalStaysARow) {
  AddRow(one, 754, {"2", "Chia theo tuyến:", "Văn phòng", "Quý I"});
  two.Grid(kColumns, {60, 80, 100, 120});
  AddRow(two, 74, {"", "- Tuyến tỉnh", "Sở Y tế", "Quý II"});
  AddRow(two, 94, {"", "- Tuyến huyện", "Huyện", "Quý II"});
  AddRow(two, 114, {"3", "Việc ba.", "Văn phòng", "Quý II"});
  const Table t = Join();
  EXPECT_EQ(t.rows, 6);
  EXPECT_EQ(At(t, 3, 1), "- Tuyến tỉnh");
}

TEST(TableTest, ACellWhoseTextStandsWhollyOverleafIsItsRows) {
  PageBuilder one(0), two(1);
  std::vector<double> ys;
  for (double y = 100; y <= 780; y += 20) ys.push_back(y);
  one.Grid(kColumns, ys);
  AddHeader(one, 114);
  for (int i = 1; i < 32; ++i)
    AddRow(one, 114 + 20 * i, {std::to_string(i), "Việc này.", "Văn phòng", "Quý I"});
  AddRow(one, 754, {"32", "Kiểm tra thư viện", "Văn phòng", "Quý I"});
  AddRow(one, 774, {"33", "Kiểm tra phòng thí nghiệm", "", "Quý I"});
  two.Grid(kColumns, {60, 80, 100});
  AddRow(two, 74, {"", "", "Nhân viên", ""});
  AddRow(two, 94, {"34", "Việc cuối.", "Văn phòng", "Quý II"});
  const Table t = BuildLayout({one.page, two.page}, {}).tables.at(0);
  EXPECT_EQ(t.rows, 35);
  EXPECT_EQ(At(t, 33, 2), "Nhân viên");
}

TEST(TableTest, ARowWithoutARuleAtTheBreakGoesOn) {
  PageBuilder one(0), two(1);
  one.Grid(kColumns, {100, 120, 140, 160});
  AddHeader(one, 114);
  AddRow(one, 134, {"1", "Việc một.", "Văn phòng", "Quý I"});
  AddRow(one, 154, {"2", "Việc hai.", "Văn phòng", "Quý I"});
  for (const double x : kColumns) one.Stroke(x, 160, 780);
  AddRow(one, 174, {"3", "Khảo sát;", "Các bệnh viện", "Quý I"});
  AddRow(one, 194, {"", "- Đào tạo;", "chuyên khoa", ""});
  for (const double x : kColumns) two.Stroke(x, 60, 80);
  two.Grid(kColumns, {80, 100});
  AddRow(two, 74, {"", "- Vận hành.", "tuyến tỉnh", ""});
  AddRow(two, 94, {"4", "Việc bốn.", "Văn phòng", "Quý II"});
  const Table t = BuildLayout({one.page, two.page}, {}).tables.at(0);
  EXPECT_EQ(t.rows, 5);
  EXPECT_EQ(At(t, 3, 1), "Khảo sát;\n- Đào tạo;\n- Vận hành.");
}

TEST_F(BreakTest, TheNextOrdinalBeginsARow) {
  AddRow(one, 774, {"2", "việc hai còn dở dang mà", "Văn phòng", "Quý I"});
  two.Grid(kColumns, {60, 80, 100});
  AddRow(two, 74, {"3", "tiếp tục rà soát", "Văn phòng", "Quý II"});
  AddRow(two, 94, {"4", "việc bốn", "Văn phòng", "Quý II"});
  EXPECT_EQ(Join().rows, 5);
}

TEST_F(BreakTest, OpenRowSpansAreCarriedOver) {
  // The second column spans the last row of page one and the first of page two.
  AddRow(one, 754, {"2", "Giám sát việc thực hiện ở các", "Văn phòng", "Quý I."});
  one.Text(105, 768, "bộ phận và đôn đốc các việc giải");
  for (const double y : {60.0, 120.0}) two.Rule(60, y, 540);
  two.Rule(300, 90, 540);
  for (const double x : kColumns) two.Stroke(x, 60, 120);
  two.Text(105, 74, "quyết hồ sơ của công chức.");
  two.Text(305, 74, "Công chức");
  two.Text(425, 74, "Quý III.");
  two.Text(305, 104, "Văn thư");
  two.Text(425, 104, "Quý IV.");
  const Table t = Join();
  EXPECT_EQ(t.rows, 5);
  const Cell* cell = t.At(2, 1);
  ASSERT_NE(cell, nullptr);
  EXPECT_EQ(cell->rowspan, 3);
  EXPECT_EQ(t.At(4, 0), t.At(2, 0));
  EXPECT_EQ(At(t, 3, 2), "Công chức");
  EXPECT_EQ(At(t, 4, 2), "Văn thư");
}

TEST_F(BreakTest, AFragmentOfOneRowIsPartOfTheTable) {
  AddRow(one, 774, {"2", "Việc hai.", "Văn phòng", "Quý I"});
  two.Grid(kColumns, {60, 80});
  AddRow(two, 74, {"3", "Việc ba.", "Văn phòng", "Quý II"});
  two.Text(60, 120, "Văn bản sau bảng.");
  EXPECT_EQ(Join().rows, 4);
}

TEST_F(BreakTest, OtherColumnsOrTextBetweenKeepTablesApart) {
  AddRow(one, 774, {"2", "Việc hai.", "Văn phòng", "Quý I"});
  two.Centred(297, 70, "Phụ lục II", {14, true});
  two.Grid(kColumns, {100, 120, 140});
  AddHeader(two, 114);
  AddRow(two, 134, {"1", "Việc ba.", "Văn phòng", "Quý II"});
  EXPECT_EQ(BuildLayout({one.page, two.page}, {}).tables.size(), 2U);
  PageBuilder other(1);
  other.Grid({60, 250, 540}, {60, 80, 100});
  other.Text(65, 74, "Khác");
  other.Text(260, 74, "Cột");
  EXPECT_EQ(BuildLayout({one.page, other.page}, {}).tables.size(), 2U);
}

TEST_F(BreakTest, AShiftedScanStillJoins) {
  AddRow(one, 774, {"2", "Việc hai.", "Văn phòng", "Quý I"});
  std::vector<double> shifted;
  for (const double x : kColumns) shifted.push_back(x + 14);
  two.Grid(shifted, {60, 80, 100});
  for (int i = 0; i < 4; ++i) two.Text(shifted[static_cast<std::size_t>(i)] + 5, 74, i == 0 ? "3" : "Chữ");
  two.Text(shifted[0] + 5, 94, "4");
  EXPECT_EQ(Join().rows, 5);
}

TEST(TableTest, CaptionIsTheLineRightAbove) {
  PageBuilder b;
  b.Text(60, 90, "1. Thực hiện các nhiệm vụ", {14, true});
  b.Grid(kColumns, {100, 120, 140});
  AddHeader(b, 114);
  AddRow(b, 134, {"1", "Việc", "A", "Quý I"});
  b.Text(60, 160, "2. Báo cáo", {14, true});
  b.Grid(kColumns, {170, 190, 210});
  AddHeader(b, 184);
  AddRow(b, 204, {"1", "Việc", "B", "Quý I"});
  const DocumentLayout layout = BuildLayout({b.page}, {});
  ASSERT_EQ(layout.tables.size(), 2U);
  EXPECT_EQ(layout.tables[0].caption, "1. Thực hiện các nhiệm vụ");
  EXPECT_EQ(layout.tables[1].caption, "2. Báo cáo");
}

}  // namespace
}  // namespace vanthu::layout
