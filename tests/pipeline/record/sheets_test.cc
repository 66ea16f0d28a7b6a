#include "pipeline/record/sheets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libxml/parser.h>

#include "pipeline/base/handle.h"
#include "pipeline/record/cell_value.h"
#include "tests/pipeline/record/random_record.h"
#include "tests/pipeline/record/zip_reader.h"

namespace vanthu::record {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Cell MakeCell(int row, int col, int rowspan, int colspan, const std::string& text) {
  Cell cell;
  cell.row = row;
  cell.col = col;
  cell.rowspan = rowspan;
  cell.colspan = colspan;
  cell.text = text;
  return cell;
}

Table MakeTable() {
  Table table;
  table.rows = 3;
  table.columns = 3;
  table.header_rows = 1;
  table.cells = {MakeCell(0, 0, 1, 1, "STT"),        MakeCell(0, 1, 1, 2, "Nội dung"),
                 MakeCell(1, 0, 2, 1, "1"),          MakeCell(1, 1, 1, 1, "12,5"),
                 MakeCell(1, 2, 1, 1, "09/03/2023"), MakeCell(2, 1, 1, 1, "=1+1"),
                 MakeCell(2, 2, 1, 1, "95%")};
  return table;
}

Record MakeRecord() {
  Record record;
  record.source.file = "a.pdf";
  record.header.number = "25";
  record.header.notation = "KH-UBND";
  Task task;
  task.group = {"I Xây dựng", "1 Văn bản"};
  task.ordinal = "01";
  task.content = "- Rà soát;\n- Báo cáo \"nhanh\", gọn";
  task.lead = {"A", "B"};
  task.deadline =
      Deadline{"Trước 15/3/2023", DeadlineKind::kBy, std::nullopt, MakeDate(2023, 3, 15), std::nullopt};
  task.product = "=HYPERLINK(\"http://192.0.2.1\")";
  task.page = 3;
  record.tasks = {task};
  return record;
}

// The values of a field's kind: s text, n number with its format, d date, - empty.
std::string Kind(const char* text) {
  const CellValue value = ReadCellValue(text);
  if (const auto* number = std::get_if<NumberValue>(&value)) return TextOf(value) + " " + number->format;
  if (std::holds_alternative<Date>(value)) return "date " + TextOf(value);
  return std::holds_alternative<std::string>(value) ? "text" : "empty";
}

TEST(ReadCellValue, ReadsVietnameseNumbersAndDates) {
  EXPECT_EQ(Kind("12"), "12 0");
  EXPECT_EQ(Kind(" -3 "), "-3 0");
  EXPECT_EQ(Kind("0"), "0 0");
  EXPECT_EQ(Kind("12,50"), "12.5 0.00");
  EXPECT_EQ(Kind("1.250.000"), "1250000 #,##0");
  EXPECT_EQ(Kind("1.250,5"), "1250.5 #,##0.0");
  EXPECT_EQ(Kind("95%"), "0.95 0%");
  EXPECT_EQ(Kind("12,5 %"), "0.125 0.0%");
  EXPECT_EQ(Kind("9/3/2023"), "date 2023-03-09");
  EXPECT_EQ(Kind(""), "empty");
}

TEST(ReadCellValue, KeepsAsTextWhatANumberWouldChange) {
  for (const char* text :
       {"01",         "0912345678", "1.1",        "1.25", "12.5000", "1,2,3", "1.", ",5", "1234567890123456",
        "31/02/2023", "3/2023",     "01/01/1899", "12 a", "1e5",     "NaN",   "%",  "-",  "- 5",
        "1.250.00",   "25/KH-UBND"})
    EXPECT_EQ(Kind(text), "text") << text;
}

TEST(TasksToCsv, FollowsRfc4180WithAByteOrderMark) {
  const std::string csv = TasksToCsv({MakeRecord()});
  EXPECT_EQ(csv.substr(0, 3), "\xEF\xBB\xBF");
  const std::size_t first = csv.find("\r\n");
  EXPECT_EQ(csv.substr(3, first - 3),
            "Tệp,Văn bản,Nhóm,TT,Mục tiêu,Nhiệm vụ,Nội dung,Chủ trì,Phối hợp,Thời hạn,Loại,Từ ngày,Đến "
            "ngày,Lặp lại,"
            "Sản phẩm,Ghi chú,Trang");
  EXPECT_EQ(csv.substr(first + 2),
            "a.pdf,25/KH-UBND,I Xây dựng > 1 Văn bản,01,,,\"- Rà soát;\n- Báo cáo \"\"nhanh\"\", gọn\",A; B,,"
            "Trước 15/3/2023,trước ngày,,2023-03-15,,\"'=HYPERLINK(\"\"http://192.0.2.1\"\")\",,4\r\n");
}

TEST(TablesToCsv, GuardsAgainstFormulasAndLeavesCoveredPositionsEmpty) {
  Table table = MakeTable();
  for (const char* text :
       {"+1-2", "@SUM(A1)", "-cmd|' /C calc'!A0", "- cmd|' /C calc'!A0", "- SUM(A1)", "＝1+1", "\t=1"}) {
    table.cells[4].text = text;
    EXPECT_THAT(TablesToCsv({table}), HasSubstr(std::string("'") + text)) << text;
  }
  for (const char* text : {"- Rà soát thủ tục (nếu có)", "-5", "-1.250,5"}) {
    table.cells[4].text = text;
    EXPECT_THAT(TablesToCsv({table}), Not(HasSubstr(std::string("'") + text))) << text;
  }
  EXPECT_EQ(TablesToCsv({MakeTable(), MakeTable()}).substr(3),
            "STT,Nội dung,\r\n1,\"12,5\",09/03/2023\r\n,'=1+1,95%\r\n"
            "\r\nSTT,Nội dung,\r\n1,\"12,5\",09/03/2023\r\n,'=1+1,95%\r\n");
}

std::map<std::string, std::string> Workbook(const Result<std::string>& bytes) {
  EXPECT_TRUE(bytes);
  std::map<std::string, std::string> parts = ReadZip(bytes.value());
  for (const auto& [name, content] : parts) {
    const Handle<xmlDoc, xmlFreeDoc> document(
        xmlReadMemory(content.data(), static_cast<int>(content.size()), nullptr, nullptr, XML_PARSE_NONET));
    EXPECT_TRUE(document) << name;
  }
  return parts;
}

TEST(TablesToXlsx, MergesCellsAndWritesNumbersAndDatesAsSuch) {
  const auto parts = Workbook(TablesToXlsx({MakeTable(), MakeTable()}));
  ASSERT_TRUE(parts.contains("xl/worksheets/sheet2.xml"));
  const std::string& sheet = parts.at("xl/worksheets/sheet1.xml");
  EXPECT_THAT(sheet, HasSubstr("<mergeCell ref=\"B1:C1\"/>"));
  EXPECT_THAT(sheet, HasSubstr("<mergeCell ref=\"A2:A3\"/>"));
  EXPECT_THAT(sheet, HasSubstr("<pane ySplit=\"1\""));  // the header stays in sight
  EXPECT_THAT(sheet, ::testing::ContainsRegex("<c r=\"A2\" s=\"[0-9]+\"><v>1</v>"));
  EXPECT_THAT(sheet, ::testing::ContainsRegex("<c r=\"B2\" s=\"[0-9]+\"><v>12.5</v>"));
  EXPECT_THAT(sheet, ::testing::ContainsRegex("<c r=\"C2\" s=\"[0-9]+\"><v>44994</v>"));  // 2023-03-09
  EXPECT_THAT(sheet, ::testing::ContainsRegex("<c r=\"C3\" s=\"[0-9]+\"><v>0.95"));
  EXPECT_THAT(sheet, ::testing::ContainsRegex("<c r=\"B3\" s=\"[0-9]+\" t=\"s\">"));  // "=1+1" is a string
  EXPECT_THAT(sheet, Not(HasSubstr("<f>")));
  EXPECT_THAT(parts.at("xl/sharedStrings.xml"), HasSubstr("<t>=1+1</t>"));
  EXPECT_THAT(parts.at("xl/styles.xml"), HasSubstr("dd/mm/yyyy"));
  EXPECT_THAT(parts.at("xl/workbook.xml"), HasSubstr("name=\"Bảng 2\""));
}

TEST(TasksToXlsx, ListsTasksAndDocuments) {
  const auto parts = Workbook(TasksToXlsx({MakeRecord(), Record()}));
  const std::string& tasks = parts.at("xl/worksheets/sheet1.xml");
  EXPECT_THAT(tasks, ::testing::ContainsRegex("<c r=\"M2\" s=\"[0-9]+\"><v>45000</v>"));  // 2023-03-15
  EXPECT_THAT(tasks, ::testing::ContainsRegex("<c r=\"Q2\" s=\"[0-9]+\"><v>4</v>"));
  EXPECT_THAT(tasks, HasSubstr("<autoFilter ref=\"A1:Q2\"/>"));
  EXPECT_THAT(tasks, Not(HasSubstr("<f>")));
  EXPECT_THAT(tasks, Not(HasSubstr("<hyperlink")));
  EXPECT_THAT(parts.at("xl/worksheets/sheet2.xml"),
              ::testing::ContainsRegex("<c r=\"I3\" s=\"[0-9]+\"><v>0</v>"));
  EXPECT_THAT(parts.at("xl/sharedStrings.xml"), HasSubstr("25/KH-UBND"));
}

TEST(Xlsx, TakesAnyRecordAndNoTables) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    const Record record = RandomRecord(seed).Make();
    Workbook(TasksToXlsx({record}));
    Workbook(TablesToXlsx(record.tables));
  }
  Workbook(TablesToXlsx({}));
}

TEST(Xlsx, CutsTextThatACellCannotHold) {
  Table table = MakeTable();
  for (int i = 0; i < 40'000; ++i) table.cells[4].text += "ế";
  const auto parts = Workbook(TablesToXlsx({table}));
  EXPECT_THAT(parts.at("xl/sharedStrings.xml"), HasSubstr("ế…"));
}

}  // namespace
}  // namespace vanthu::record
