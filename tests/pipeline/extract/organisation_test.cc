#include "pipeline/extract/organisation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pipeline/base/file.h"

namespace vanthu::extract {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const OrganisationRules& TestRules() {
  static const OrganisationRules rules = [] {
    Result<OrganisationRules> read = ReadOrganisationRules(DataFolder() / "rules" / "organisations.json");
    if (!read) ADD_FAILURE() << Describe(read.error(), Language::kEnglish);
    return read ? *read : OrganisationRules{};
  }();
  return rules;
}

std::vector<std::string> Names(std::string_view text) {
  return SplitOrganisations(text, TestRules()).names;
}

TEST(Organisation, OneNameLosesDashAndClosingSign) {
  EXPECT_THAT(Names("- UBND xã,"), ElementsAre("UBND xã"));
  EXPECT_THAT(Names("Văn phòng UBND xã."), ElementsAre("Văn phòng UBND xã"));
  EXPECT_THAT(Names("Chủ tịch UBND xã;"), ElementsAre("Chủ tịch UBND xã"));
  EXPECT_THAT(Names("Văn phòng UBND xã (Bộ phận Một cửa xã)"),
              ElementsAre("Văn phòng UBND xã (Bộ phận Một cửa xã)"));
  EXPECT_THAT(Names("CC VP – TK (phụ trách Nội vụ)"), ElementsAre("CC VP – TK (phụ trách Nội vụ)"));
  EXPECT_THAT(Names(""), IsEmpty());
  EXPECT_THAT(Names(" - \n…"), IsEmpty());
}

TEST(Organisation, LinesAndSemicolonsDivide) {
  EXPECT_THAT(Names("- Văn phòng HĐND và UBND xã;\n- Văn hóa xã hội xã\n- Các công chức được giao nhiệm vụ "
                    "chủ trì thực "
                    "hiện rà soát, đơn giản hóa TTHC."),
              ElementsAre("Văn phòng HĐND và UBND xã", "Văn hóa xã hội xã",
                          "Các công chức được giao nhiệm vụ chủ trì thực hiện rà soát, đơn giản hóa TTHC"));
  EXPECT_THAT(Names("Các công chức chuyên môn thuộc UBND xã; ngành dọc tại xã"),
              ElementsAre("Các công chức chuyên môn thuộc UBND xã", "ngành dọc tại xã"));
  EXPECT_THAT(Names("Công chức Văn hóa và Thông tin xã; các công chức chuyên môn"),
              ElementsAre("Công chức Văn hóa và Thông tin xã", "các công chức chuyên môn"));
  EXPECT_THAT(
      Names("Các công chức chuyên môn\n- Trang thông tin điện tử xã;\n- Đài truyền thanh huyện."),
      ElementsAre("Các công chức chuyên môn", "Trang thông tin điện tử xã", "Đài truyền thanh huyện"));
  EXPECT_THAT(Names("Phòng Văn hóa và Thông tin\nhuyện"), ElementsAre("Phòng Văn hóa và Thông tin huyện"));
}

TEST(Organisation, ANameWrappedBeforeItsDashIsOne) {
  EXPECT_THAT(Names("- Văn phòng HĐND & UBND thị trấn\n- Công chức Văn hoá\n- Thông tin thị trấn."),
              ElementsAre("Văn phòng HĐND & UBND thị trấn", "Công chức Văn hoá - Thông tin thị trấn"));
}

TEST(Organisation, AnEnumerationAfterAColonStaysWhole) {
  EXPECT_THAT(Names("- Các Sở: Tư pháp; Thông tin và Truyền thông. - Văn phòng UBND tỉnh;\n- Văn phòng HĐND- "
                    "UBND thị trấn;"),
              ElementsAre("Các Sở: Tư pháp; Thông tin và Truyền thông", "Văn phòng UBND tỉnh",
                          "Văn phòng HĐND- UBND thị trấn"));
  EXPECT_THAT(Names("Các Sở: Nội vụ, Tài chính; UBND các huyện"),
              ElementsAre("Các Sở: Nội vụ, Tài chính", "UBND các huyện"));
}

TEST(Organisation, CommasAndAndDivideOnlyWholeNames) {
  EXPECT_THAT(Names("Các cơ quan chuyên môn, Trung tâm PVHCC"),
              ElementsAre("Các cơ quan chuyên môn", "Trung tâm PVHCC"));
  EXPECT_THAT(Names("Sở Tài chính, Sở Nội vụ, UBND các xã, phường"),
              ElementsAre("Sở Tài chính", "Sở Nội vụ", "UBND các xã, phường"));
  EXPECT_THAT(Names("Sở Văn hóa, Thể thao và Du lịch, Sở Tài chính"),
              ElementsAre("Sở Văn hóa, Thể thao và Du lịch", "Sở Tài chính"));
  EXPECT_THAT(Names("UBND xã và các đơn vị liên quan"), ElementsAre("UBND xã", "các đơn vị liên quan"));
  EXPECT_THAT(Names("Hội Nông dân và Hội Phụ nữ xã"), ElementsAre("Hội Nông dân", "Hội Phụ nữ xã"));
  EXPECT_THAT(Names("các sở, ban, ngành và UBND các xã, phường"),
              ElementsAre("các sở, ban, ngành", "UBND các xã, phường"));
  EXPECT_THAT(Names("Công an xã, Ban CHQS xã, Trạm Y tế"),
              ElementsAre("Công an xã", "Ban CHQS xã", "Trạm Y tế"));
  EXPECT_THAT(Names("Hiệu trưởng, Phó Hiệu trưởng, Kế toán"),
              ElementsAre("Hiệu trưởng", "Phó Hiệu trưởng", "Kế toán"));
}

TEST(Organisation, NamesAreNotCut) {
  for (const char* name : {"Văn phòng HĐND và UBND xã",
                           "Văn phòng HĐND&UBND thị trấn",
                           "Văn phòng HĐND & UBND thị trấn",
                           "Văn phòng HĐND UBND cấp xã",
                           "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân tỉnh",
                           "UBND các xã, thị trấn",
                           "Sở Giáo dục và Đào tạo",
                           "Phòng Văn hóa – Xã hội",
                           "Văn phòng Đảng ủy - Nội vụ",
                           "Cán bộ, công chức, của các cơ quan đơn vị được phân công tiếp nhận hồ sơ tại Bộ "
                           "phận một cửa các cấp",
                           "Tổ chức, cá nhân và chuyên gia có liên quan",
                           "Cơ quan báo, đài có liên quan",
                           "Cơ quan có phản ánh, thông tin trên báo chí",
                           "Các bộ phận, cán bộ, công chức chuyên môn thuộc UBND thị trấn có liên quan",
                           "Các Phòng, Ban chuyên môn",
                           "Chủ tịch, Phó Chủ tịch UBND xã",
                           "Đảng ủy, HĐND, UBND xã",
                           "Các phòng ban chuyên môn thuộc UBND xã",
                           "Văn phòng Đoàn ĐBQH và HĐND tỉnh",
                           "Sở Lao động - Thương binh và Xã hội",
                           "Trường THPT Cao Lãnh 2",
                           "Công chức Tư pháp - Hộ tịch",
                           "Cán bộ, giáo viên, nhân viên nhà trường",
                           "Trang thông tin điện tử thị trấn",
                           "các sở, ban, ngành, đoàn thể tỉnh"})
    EXPECT_THAT(Names(name), ElementsAre(name));
}

TEST(Organisation, AFieldAfterAndIsNoOfficeOfItsOwn) {
  EXPECT_THAT(Names("Phòng Tổ chức bộ máy và Tổ chức phi chính phủ"),
              ElementsAre("Phòng Tổ chức bộ máy và Tổ chức phi chính phủ"));
  EXPECT_THAT(Names("Sở Nội vụ và Sở Tài chính"), ElementsAre("Sở Nội vụ", "Sở Tài chính"));
}

TEST(Organisation, TwoParagraphsOnOneLine) {
  EXPECT_THAT(Names("Văn phòng HĐND&UBND thị trấn Công chức Văn hóa - TT"),
              ElementsAre("Văn phòng HĐND&UBND thị trấn", "Công chức Văn hóa - TT"));
  EXPECT_THAT(Names("Văn phòng HĐND và UBND xã Các công chức chuyên môn"),
              ElementsAre("Văn phòng HĐND và UBND xã", "Các công chức chuyên môn"));
  EXPECT_THAT(Names("UBND xã Hội An"), ElementsAre("UBND xã Hội An"));
  EXPECT_THAT(Names("Các bộ phận chuyên môn thuộc UBND thị trấn"),
              ElementsAre("Các bộ phận chuyên môn thuộc UBND thị trấn"));
}

TEST(Organisation, RegisterWritesNamesOut) {
  const auto normalise = [](const char* name) { return NormaliseOrganisation(name, TestRules()); };
  EXPECT_EQ(normalise("VP HĐND&UBND xã"), "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã");
  EXPECT_EQ(normalise("Văn phòng HĐND- UBND thị trấn"),
            "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân thị trấn");
  EXPECT_EQ(normalise("Văn phòng HĐND UBND cấp xã"), "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân cấp xã");
  EXPECT_EQ(normalise("Trung tâm PVHCC"), "Trung tâm Phục vụ hành chính công");
  EXPECT_EQ(normalise("Trung tâm phục vụ hành chính công xã"), "Trung tâm Phục vụ hành chính công xã");
  EXPECT_EQ(normalise("Sở GD&ĐT"), "Sở Giáo dục và Đào tạo");
  EXPECT_EQ(normalise("Sở LĐ-TB&XH tỉnh"), "Sở Lao động - Thương binh và Xã hội tỉnh");
  EXPECT_EQ(normalise("UBND xã Thanh Xá"), "Ủy ban nhân dân xã Thanh Xá");
  EXPECT_EQ(normalise("Các công chức chuyên môn"), std::nullopt);
  EXPECT_EQ(normalise("Sở ABC"), std::nullopt);
}

TEST(Organisation, AnyTextIsSafe) {
  std::string longest;
  for (int i = 0; i < 5000; ++i) longest += "Sở Tài chính, ";
  EXPECT_GT(Names(longest).size(), 100u);
  Names("\xff\xfe((((;;;,,,và và & \xc3");
  NormaliseOrganisation("\xc3\x28 UBND\x80", TestRules());
}

}  // namespace
}  // namespace vanthu::extract
