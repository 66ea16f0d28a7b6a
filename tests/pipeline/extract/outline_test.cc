#include "pipeline/extract/outline.h"

#include <gtest/gtest.h>

#include "pipeline/extract/rules.h"
#include "tests/pipeline/extract/layout_builder.h"

namespace vanthu::extract {
namespace {

// "I(1 2) II" for sections by label, to compare trees at a glance.
std::string Tree(const std::vector<Section>& sections) {
  std::string out;
  for (const Section& section : sections) {
    if (!out.empty()) out += ' ';
    out += section.label.value_or("-");
    if (!section.sections.empty()) out += "(" + Tree(section.sections) + ")";
  }
  return out;
}

std::optional<std::string> LabelOf(const char* text) {
  const auto found = ParseLabel(Folded(text), TestRules().fields.outline);
  if (!found) return std::nullopt;
  return found->label;
}

TEST(Label, Forms) {
  EXPECT_EQ(LabelOf("I. MỤC ĐÍCH"), "I");
  EXPECT_EQ(LabelOf("IV.TỔ CHỨC THỰC HIỆN"), "IV");
  EXPECT_EQ(LabelOf("1. Mục đích"), "1");
  EXPECT_EQ(LabelOf("1.1. Yêu cầu"), "1.1");
  EXPECT_EQ(LabelOf("1.1 Yêu cầu"), "1.1");
  EXPECT_EQ(LabelOf("a) Tập trung"), "a");
  EXPECT_EQ(LabelOf("đ) Các nội dung"), "đ");
  EXPECT_EQ(LabelOf("A. ĐÁNH GIÁ"), "A");
  EXPECT_EQ(LabelOf("Điều 5. Cơ quan Thường trực"), "Điều 5");
  EXPECT_EQ(LabelOf("Chương II"), "Chương II");
  EXPECT_EQ(LabelOf("Điều 5 của Luật Đầu tư công"), std::nullopt);
  EXPECT_EQ(LabelOf("2023 là năm"), std::nullopt);
  EXPECT_EQ(LabelOf("1.5 tỷ đồng"), std::nullopt);
  EXPECT_EQ(LabelOf("- Tổ chức"), std::nullopt);
  EXPECT_EQ(LabelOf("Việc thực hiện"), std::nullopt);
  EXPECT_EQ(LabelOf(""), std::nullopt);
}

TEST(Outline, BoldHeadingsNest) {
  LayoutBuilder b;
  b.Body("UBND xã xây dựng kế hoạch như sau:", kRegular);
  b.Body("I. MỤC ĐÍCH, YÊU CẦU.", kBold)
      .Body("1. Mục đích:", kBold)
      .Body("- Tổ chức thực hiện đầy đủ.", kRegular);
  b.Body("2. Yêu cầu:", kBold).Body("- Bảo đảm đồng bộ.", kRegular);
  b.Body("II. NỘI DUNG", kBold).Body("1. Thực hiện các nhiệm vụ.", kRegular).Body("2. Đổi mới.", kRegular);
  const Record r = Extract(b.Build(), TestRules());
  EXPECT_EQ(Tree(r.sections), "- I(1 2) II");
  EXPECT_EQ(r.sections[0].level, 0);
  EXPECT_EQ(r.sections[1].title.value_or(""), "MỤC ĐÍCH, YÊU CẦU.");
  EXPECT_EQ(r.sections[1].sections[0].title.value_or(""), "Mục đích:");
  EXPECT_EQ(r.sections[1].sections[0].level, 2);
  EXPECT_EQ(r.sections[2].paragraphs.size(), 2u);
}

TEST(Outline, WithoutTypeWeightTheRunDecides) {
  LayoutBuilder b;
  b.Recognised();
  b.Body("I. MỤC ĐÍCH, YÊU CẦU").Body("1. Mục đích").Body("- Tổ chức thực hiện đầy đủ.").Body("2. Yêu cầu");
  b.Body("- Bảo đảm đồng bộ.").Body("II. NỘI DUNG").Body("1. Thực hiện các nhiệm vụ kiểm soát thủ tục.");
  b.Body("2. Đổi mới cơ chế một cửa.").Body("III. KINH PHÍ").Body("Do ngân sách nhà nước bảo đảm.");
  const Record r = Extract(b.Build(), TestRules());
  EXPECT_EQ(Tree(r.sections), "I(1 2) II III");
  EXPECT_EQ(r.sections[1].paragraphs.size(), 2u);
}

TEST(Outline, RepeatedRomanLabelOfTheRecogniserIsTheNext) {
  for (const bool recognised : {true, false}) {
    LayoutBuilder b;
    if (recognised) b.Recognised();
    b.Body("I. MỤC ĐÍCH")
        .Body("Để làm.")
        .Body("II. NỘI DUNG")
        .Body("Là đây.")
        .Body("II. KINH PHÍ")
        .Body("Có đủ.");
    EXPECT_EQ(Tree(Extract(b.Build(), TestRules()).sections), recognised ? "I II III" : "I II II");
  }
}

TEST(Outline, ArticlesAndChapters) {
  LayoutBuilder b;
  b.Body("Căn cứ Luật Tổ chức Chính phủ ngày 18 tháng 02 năm 2025;");
  b.Centre("Chương I", kBold).Centre("QUY ĐỊNH CHUNG", kBold);
  b.Body("Điều 1. Phạm vi điều chỉnh", kBold).Body("Quy chế này quy định về tổ chức.", kRegular);
  b.Body("Điều 2. Đối tượng áp dụng", kBold)
      .Body("1. Các cơ quan nhà nước.", kRegular)
      .Body("2. Tổ chức, cá nhân.", kRegular);
  b.Centre("Chương II", kBold).Centre("TỔ CHỨC THỰC HIỆN", kBold);
  b.Body("Điều 3. Trách nhiệm", kBold).Body("Các đơn vị chịu trách nhiệm thi hành.", kRegular);
  const Record r = Extract(b.Build(), TestRules());
  EXPECT_EQ(Tree(r.sections), "- Chương I(Điều 1 Điều 2) Chương II(Điều 3)");
  EXPECT_EQ(r.sections[1].title.value_or(""), "QUY ĐỊNH CHUNG");
  EXPECT_EQ(r.sections[1].sections[1].paragraphs.size(), 2u);
}

TEST(Appendices, HeadingTitleAndAttachment) {
  LayoutBuilder b;
  b.Row("ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", kBold, kBold)
      .Row("XÃ X", "Độc lập - Tự do - Hạnh phúc", kBold, kBold);
  b.Row("Số: 25/KH-UBND", "X, ngày 09 tháng 3 năm 2023")
      .Gap(1)
      .Centre("KẾ HOẠCH", kBold)
      .Centre("Năm 2023", kBold);
  b.Body("Nội dung kế hoạch được nêu ở các phụ lục.", kRegular);
  b.NewPage()
      .Centre("Phụ lục I:", kBold)
      .Centre("Nội dung nhiệm vụ thực hiện kiểm soát", kBold)
      .Centre("thủ tục hành chính năm 2023", kBold);
  b.Centre("(Kèm theo Kế hoạch số 25 /KH-UBND ngày 09 /03/2023 của UBND xã X)")
      .Table({{"STT", "Nội dung"}, {"1", "Việc"}});
  b.Footnote("1 Chỉ tiêu giao tại Nghị quyết số 01/NQ-CP ngày 06/01/2023 của Chính phủ.");
  b.NewPage().Centre("Phụ lục II:", kBold).Centre("Rà soát, đánh giá", kBold);
  b.Centre("(Kèm theo Kế hoạch số 25/KH-UBND ngày 09/03/2023").Centre("của UBND xã X)");
  b.Table({{"STT", "Nội dung"}, {"1", "Việc"}})
      .Body("Ghi chú:", kBold)
      .Body("1. Các công chức tổ chức rà soát./.", kRegular);
  const Record r = Extract(b.Build(), TestRules());
  ASSERT_EQ(r.appendices.size(), 2u);
  const Appendix& one = r.appendices[0];
  EXPECT_EQ(one.label.value_or(""), "I");
  EXPECT_EQ(one.title.value_or(""), "Nội dung nhiệm vụ thực hiện kiểm soát thủ tục hành chính năm 2023");
  ASSERT_TRUE(one.attached_to.has_value());
  EXPECT_EQ(one.attached_to->number.value_or(""), "25");
  EXPECT_EQ(one.attached_to->date, MakeDate(2023, 3, 9));
  EXPECT_EQ(one.tables, std::vector<int>{0});
  EXPECT_EQ(one.first_page, 1);
  ASSERT_EQ(one.footnotes.size(), 1u);
  EXPECT_EQ(one.footnotes[0], "Chỉ tiêu giao tại Nghị quyết số 01/NQ-CP ngày 06/01/2023 của Chính phủ.");
  EXPECT_EQ(r.appendices[1].paragraphs.size(), 2u);
  ASSERT_EQ(r.citations.size(), 1u);  // the plan itself is none
  EXPECT_EQ(r.citations[0].number.value_or(""), "01");
  ASSERT_EQ(r.sections.size(), 1u);
}

TEST(Appendices, FillAHandwrittenNumberDoubtfully) {
  LayoutBuilder b;
  b.Row("ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", kBold, kBold)
      .Row("XÃ X", "Độc lập - Tự do - Hạnh phúc", kBold, kBold);
  b.Row("Số:      /KH-UBND", "X, ngày      tháng 3 năm 2023")
      .Gap(1)
      .Centre("KẾ HOẠCH", kBold)
      .Centre("Năm 2023", kBold);
  b.NewPage()
      .Centre("Phụ lục", kBold)
      .Centre("Nội dung", kBold)
      .Centre("(Kèm theo Kế hoạch số 25/KH-UBND ngày 09/03/2023 của UBND xã X)");
  const Record r = Extract(b.Build(), TestRules());
  EXPECT_EQ(r.header.number.value_or(""), "25");
  EXPECT_EQ(r.header.date, MakeDate(2023, 3, 9));
  EXPECT_LT(r.evidence.at("/header/number").confidence, kDoubtful);
  EXPECT_EQ(r.evidence.at("/header/number").page, 1);
}

TEST(Appendices, AloneIsItsOwnDocument) {
  LayoutBuilder b;
  b.Centre("Phụ lục", kBold).Centre("NỘI DUNG NHIỆM VỤ CỤ THỂ NĂM 2025", kBold);
  b.Centre(
      "(Kèm theo Kế hoạch số:       /KH-UBND ngày     tháng 8 năm 2025 của Chủ tịch UBND xã Hưng Thịnh)");
  b.Table({{"Stt", "Nhiệm vụ"}, {"1", "Việc"}});
  const Record r = Extract(b.Build(), TestRules());
  EXPECT_EQ(r.header.type_name.value_or(""), "Phụ lục");
  EXPECT_EQ(r.header.type_code, std::nullopt);
  EXPECT_EQ(r.header.subject.value_or(""), "NỘI DUNG NHIỆM VỤ CỤ THỂ NĂM 2025");
  EXPECT_EQ(r.header.issuing_agency, std::nullopt);
  ASSERT_TRUE(r.header.issued_with.has_value());
  EXPECT_EQ(r.header.issued_with->type_code.value_or(""), "KH");
  EXPECT_EQ(r.header.issued_with->notation.value_or(""), "KH-UBND");
  EXPECT_EQ(r.header.issued_with->agency.value_or(""), "Chủ tịch UBND xã Hưng Thịnh");
  ASSERT_EQ(r.appendices.size(), 1u);
  EXPECT_EQ(r.appendices[0].tables, std::vector<int>{0});
  EXPECT_TRUE(r.sections.empty());
  EXPECT_TRUE(r.citations.empty());
}

}  // namespace
}  // namespace vanthu::extract
