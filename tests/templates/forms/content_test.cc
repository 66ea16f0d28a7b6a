// The block noi-dung, and the addressees.
#include <gtest/gtest.h>

#include "parts.h"

namespace vanthu::templates {
namespace {

constexpr const char* kContent = "<part><block name=\"noi-dung\"/></part>";

const Paragraph& At(const Document& document, std::size_t index) {
  return std::get<Paragraph>(document.sections.at(0).blocks.at(index));
}

TEST(Content, BasesAreSlantedAndTheFirstLevelIsInCapitals) {
  const Document document = DocumentOf(kContent, SmallRecord());
  EXPECT_TRUE(At(document, 0).runs[0].italic);
  EXPECT_FALSE(At(document, 1).runs[0].italic);
  EXPECT_EQ(At(document, 2).runs[0].text, "I. MỤC ĐÍCH");
  EXPECT_EQ(At(document, 2).role, Role::kHeading);
  EXPECT_TRUE(At(document, 2).keep_with_next);
}

TEST(Content, ArticlesRunIntoTheirText) {
  Record record = SmallRecord();
  vanthu::Section article;
  article.label = "Điều 1";
  article.level = 1;
  article.paragraphs = {"Ban hành kèm theo Quyết định này Kế hoạch.", "1. Khoản một."};
  vanthu::Section titled;
  titled.label = "Điều 2";
  titled.title = "Hiệu lực";
  record.sections = {article, titled};
  const Document document = DocumentOf(kContent, record);
  EXPECT_EQ(At(document, 0).runs[0].text, "Điều 1.");
  EXPECT_TRUE(At(document, 0).runs[0].bold);
  EXPECT_FALSE(At(document, 0).runs[1].bold);
  EXPECT_EQ(TextOf(document),
            "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch.\n1. Khoản một.\nĐiều 2. Hiệu lực\n");
}

TEST(Content, ChaptersStandCentredOverTheirTitle) {
  Record record = SmallRecord();
  vanthu::Section chapter;
  chapter.label = "Chương I";
  chapter.title = "Quy định chung";
  record.sections = {chapter};
  const Document document = DocumentOf(kContent, record);
  EXPECT_EQ(At(document, 0).align, Align::kCentre);
  EXPECT_EQ(TextOf(document), "Chương I\nQUY ĐỊNH CHUNG\n");
}

TEST(Content, PreambleAndRestStandApart) {
  EXPECT_EQ(
      TextOf(
          "<part><block name=\"noi-dung\" sections=\"preamble\"/><p>QUYẾT ĐỊNH:</p><block name=\"noi-dung\" "
          "sections=\"rest\"/></part>",
          SmallRecord()),
      "Căn cứ Luật Tổ chức chính quyền địa phương.\nỦy ban nhân dân xã lập kế hoạch:\nQUYẾT ĐỊNH:\n"
      "I. MỤC ĐÍCH\n- Thực hiện đúng quy định./.\n");
}

// Elsewhere only a mark that is missing is set.
TEST(Content, BasesEndWithTheirMarks) {
  Record record = SmallRecord();
  record.sections[0].paragraphs = {"Căn cứ Luật A", "Căn cứ Luật B;", "Căn cứ Luật C",
                                   "Ủy ban lập kế hoạch:"};
  record.sections.resize(1);
  EXPECT_EQ(TextOf("<part><block name=\"noi-dung\"/></part>", record),
            "Căn cứ Luật A;\nCăn cứ Luật B;\nCăn cứ Luật C.\nỦy ban lập kế hoạch:\n");
  record.sections[0].paragraphs = {"Căn cứ Luật A,", "Căn cứ Luật B;"};
  EXPECT_EQ(TextOf("<part><block name=\"noi-dung\" sections=\"preamble\"/></part>", record),
            "Căn cứ Luật A;\nCăn cứ Luật B.\n");
}

TEST(Addressees, OneOnTheLineSeveralBelow) {
  Record record = SmallRecord();
  constexpr const char* kForm = "<part><block name=\"kinh-gui\"/></part>";
  record.addressees = {"Văn phòng Chính phủ"};
  EXPECT_EQ(TextOf(kForm, record), "Kính gửi: Văn phòng Chính phủ\n");
  record.addressees = {"Sở Nội vụ", "Sở Tư pháp"};
  EXPECT_EQ(TextOf(kForm, record), "Kính gửi:\n- Sở Nội vụ;\n- Sở Tư pháp.\n");
  record.addressees.clear();
  EXPECT_NE(RefusalOf(kForm, record).find("addressees"), std::string::npos);
}

}  // namespace
}  // namespace vanthu::templates
