#include "sample_document.h"

#include <cstdlib>
#include <iostream>

namespace vanthu::templates {
namespace {

Paragraph Styled(const std::string& text, double size, bool bold, bool italic = false) {
  Paragraph paragraph;
  paragraph.runs.push_back({text, bold, italic, false, std::nullopt});
  paragraph.size_pt = size;
  paragraph.align = Align::kCentre;
  return paragraph;
}

Paragraph Ruled(Paragraph paragraph, double share) {
  paragraph.rule_share = share;
  return paragraph;
}

Columns Head() {
  Columns head;
  head.columns.resize(2);
  head.columns[0].width_share = 0.42;
  head.columns[0].items = {Styled("ỦY BAN NHÂN DÂN", 13, true), Ruled(Styled("XÃ THANH XÁ", 13, true), 0.4),
                           Styled("Số: 25/KH-UBND", 13, false)};
  head.columns[1].width_share = 0.58;
  head.columns[1].items = {Styled("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, true),
                           Ruled(Styled("Độc lập - Tự do - Hạnh phúc", 14, true), 1),
                           Styled("Thanh Xá, ngày 09 tháng 3 năm 2023", 14, false, true)};
  return head;
}

Columns Closing() {
  Columns closing;
  closing.keep_with_previous = true;
  closing.space_before_pt = 12;
  closing.columns.resize(2);
  Paragraph label = Styled("Nơi nhận:", 12, true, true);
  label.align = Align::kLeft;
  closing.columns[0].items.push_back(label);
  for (const char* name : {"- Văn phòng UBND huyện;", "- Các ban, ngành của xã;", "- Lưu: VT."}) {
    Paragraph recipient = Styled(name, 11, false);
    recipient.align = Align::kLeft;
    recipient.role = Role::kListItem;
    closing.columns[0].items.push_back(recipient);
  }
  closing.columns[1].items = {Styled("TM. ỦY BAN NHÂN DÂN", 14, true), Styled("KT. CHỦ TỊCH", 14, true),
                              Styled("PHÓ CHỦ TỊCH", 14, true), Place{"signer", 70},
                              Styled("Phạm Thị Mây", 14, true)};
  return closing;
}

TableCell Cell(int row, int column, const std::string& text, Align align = Align::kLeft) {
  TableCell cell;
  cell.row = row;
  cell.column = column;
  cell.paragraphs.push_back(Text(text, align));
  cell.paragraphs[0].size_pt = 12;
  cell.paragraphs[0].first_indent_pt = 0;
  cell.paragraphs[0].space_before_pt = 0;
  return cell;
}

void AddHeader(Table& table, const std::vector<std::string>& names) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    table.cells.push_back(Cell(0, static_cast<int>(i), names[i], Align::kCentre));
    table.cells.back().paragraphs[0].runs[0].bold = true;
    table.cells.back().header = true;
  }
  table.header_rows = 1;
  table.rows = 1;
  table.row_kinds = {RowKind::kBody};
}

void AddGroup(Table& table, const std::string& label, const std::string& title) {
  table.cells.push_back(Cell(table.rows, 0, label, Align::kCentre));
  TableCell cell = Cell(table.rows, 1, title);
  cell.column_span = static_cast<int>(table.column_shares.size()) - 1;
  cell.header = true;
  cell.paragraphs[0].runs[0].bold = true;
  table.cells.push_back(cell);
  table.row_kinds.push_back(RowKind::kGroup);
  ++table.rows;
}

Table Tasks(int rows) {
  Table table;
  table.summary = "Nhiệm vụ, đơn vị và thời hạn";
  table.column_shares = {0.06, 0.40, 0.15, 0.15, 0.12, 0.12};
  AddHeader(table, {"STT", "Nội dung", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian", "Sản phẩm"});
  for (int i = 0; i < rows; ++i) {
    if (i % 7 == 0)
      AddGroup(table, std::string(1, static_cast<char>('A' + i / 7 % 26)), "Công khai thủ tục hành chính");
    const int row = table.rows++;
    table.row_kinds.push_back(RowKind::kBody);
    table.cells.push_back(Cell(row, 0, std::to_string(i + 1), Align::kCentre));
    table.cells.push_back(Cell(
        row, 1,
        "Rà soát, cập nhật và niêm yết công khai đầy đủ các thủ tục hành chính thuộc thẩm quyền giải quyết "
        "theo Nghị định số 63/2010/NĐ-CP ngày 08/6/2010 của Chính phủ, nhiệm vụ số " +
            std::to_string(i + 1) + "."));
    table.cells.push_back(Cell(row, 2, "Công chức Văn phòng - Thống kê"));
    table.cells.push_back(Cell(row, 3, "Các ban, ngành, đoàn thể của xã"));
    table.cells.push_back(Cell(row, 4, i % 3 == 0 ? "Thường xuyên" : "Quý I/2023", Align::kCentre));
    table.cells.push_back(Cell(row, 5, "Báo cáo"));
  }
  return table;
}

}  // namespace

Paragraph Text(const std::string& text, Align align) {
  Paragraph paragraph;
  paragraph.runs.push_back({text, false, false, false, std::nullopt});
  paragraph.align = align;
  paragraph.first_indent_pt = 36;
  paragraph.space_before_pt = 6;
  return paragraph;
}

Document SamplePlan(int rows) {
  Document document;
  document.title = "Kế hoạch số 25/KH-UBND";
  document.author = "Ủy ban nhân dân xã Thanh Xá";
  document.subject = "Kiểm soát thủ tục hành chính năm 2023";
  document.date = "2023-03-09";
  Section body;
  body.blocks.push_back(Head());
  Paragraph title = Styled("KẾ HOẠCH", 14, true);
  title.role = Role::kTitle;
  title.keep_with_next = true;
  title.space_before_pt = 18;
  body.blocks.push_back(title);
  Paragraph subject = Ruled(Styled("Kiểm soát thủ tục hành chính trên địa bàn xã năm 2023", 14, true), 0.35);
  subject.keep_with_next = true;
  body.blocks.push_back(subject);
  for (int i = 1; i <= 6; ++i) {
    Paragraph heading = Styled(std::to_string(i) + ". MỤC ĐÍCH, YÊU CẦU", 14, true);
    heading.role = Role::kHeading;
    heading.align = Align::kLeft;
    heading.space_before_pt = 6;
    heading.keep_with_next = true;
    body.blocks.push_back(heading);
    for (int k = 0; k < 3; ++k)
      body.blocks.push_back(
          Text("Thực hiện Nghị định số 63/2010/NĐ-CP ngày 08 tháng 6 năm 2010 của Chính phủ về kiểm soát thủ "
               "tục hành "
               "chính và Kế hoạch số 96/KH-UBND ngày 17 tháng 02 năm 2023 của Ủy ban nhân dân huyện, Ủy ban "
               "nhân dân xã "
               "Thanh Xá xây dựng Kế hoạch kiểm soát thủ tục hành chính trên địa bàn xã năm 2023, cụ thể như "
               "sau: nâng "
               "cao chất lượng, hiệu quả công tác kiểm soát thủ tục hành chính, mục " +
               std::to_string(i) + "." + std::to_string(k + 1) + "./."));
  }
  body.blocks.push_back(Closing());
  document.sections.push_back(std::move(body));
  if (rows > 0) {
    Section annex;
    annex.orientation = Orientation::kLandscape;
    annex.restart_numbers = true;
    Paragraph label = Styled("PHỤ LỤC", 14, true);
    label.role = Role::kTitle;
    annex.blocks.push_back(label);
    annex.blocks.push_back(
        Styled("(Kèm theo Kế hoạch số 25/KH-UBND ngày 09 tháng 3 năm 2023)", 14, false, true));
    annex.blocks.push_back(Tasks(rows));
    document.sections.push_back(std::move(annex));
  }
  return document;
}

Document LongTable(int rows) {
  Document document;
  document.title = "Bảng dài";
  document.date = "2026-01-05";
  Table table;
  table.column_shares = {0.08, 0.27, 0.14, 0.13, 0.14, 0.14, 0.1};
  AddHeader(table, {"STT", "Nội dung", "Chủ trì", "Phối hợp", "Từ", "Đến", "Ghi chú"});
  for (int i = 0; i < rows; ++i) {
    const int row = table.rows++;
    table.row_kinds.push_back(RowKind::kBody);
    table.cells.push_back(Cell(row, 0, std::to_string(i + 1), Align::kCentre));
    table.cells.push_back(
        Cell(row, 1, "Số hóa hồ sơ, kết quả giải quyết thủ tục hành chính số " + std::to_string(i * 7919)));
    table.cells.push_back(Cell(row, 2, "Văn phòng - Thống kê"));
    table.cells.push_back(Cell(row, 3, "Tư pháp - Hộ tịch"));
    table.cells.push_back(Cell(row, 4, "01/01/2026", Align::kCentre));
    table.cells.push_back(Cell(row, 5, "31/12/2026", Align::kCentre));
    table.cells.push_back(Cell(row, 6, ""));
  }
  Section section;
  section.blocks.push_back(std::move(table));
  document.sections.push_back(std::move(section));
  return document;
}

const Fonts& TestFonts() {
  static const Fonts fonts = [] {
    Result<Fonts> opened = OpenFonts({});
    if (!opened) {
      std::cerr << Describe(opened.error(), Language::kEnglish) << '\n';
      std::abort();
    }
    return std::move(*opened);
  }();
  return fonts;
}

}  // namespace vanthu::templates
