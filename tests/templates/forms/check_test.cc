// What a clerk is told: every fault in one run, with its line, its element and the nearest name.
#include "templates/forms/check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parts.h"

namespace vanthu::templates {
namespace {

using testing::AllOf;
using testing::HasSubstr;

FormFault TheFault(std::string_view pages) {
  const std::vector<FormFault> faults = FaultsOf(pages);
  EXPECT_EQ(faults.size(), 1u) << pages;
  for (const FormFault& fault : faults) SCOPED_TRACE(Describe(fault, "", Language::kEnglish));
  return faults.empty() ? FormFault{} : faults[0];
}

TEST(CheckForm, NamesTheNearestMemberOfTheRecord) {
  const FormFault fault = TheFault("<part>\n\n<p><v path=\"header.subjet\"/></p></part>");
  EXPECT_EQ(fault.line, 4);
  EXPECT_EQ(fault.element, "v");
  EXPECT_THAT(fault.message.vi, AllOf(HasSubstr("«header.subjet»"), HasSubstr("có phải là «subject»?")));
  EXPECT_THAT(fault.message.en, HasSubstr("did you mean \"subject\"?"));
  EXPECT_EQ(Describe(fault, "a.xml", Language::kVietnamese).substr(0, 19), "a.xml, dòng 4, <v>");
}

TEST(CheckForm, ListsTheNamesWhereNoneIsNear) {
  EXPECT_THAT(TheFault("<part><p><v path=\"signer.zzzz\"/></p></part>").message.vi,
              HasSubstr("ở đây chỉ có: authority, block, name, on_behalf_of, position"));
}

TEST(CheckForm, FindsAllFaultsInOneRun) {
  const std::vector<FormFault> faults = FaultsOf(R"(<part>
<paragraf>chữ</paragraf>
<p style="noi-dumg">a</p>
<p size="12">a</p>
<p><v path="heder.number"/></p>
<p><v/></p>
<table path="tables"/>
chữ rơi
</part>)");
  std::vector<long> lines;
  for (const FormFault& fault : faults) lines.push_back(fault.line);
  EXPECT_THAT(lines, testing::IsSupersetOf({3, 4, 5, 6, 7, 8}));
  EXPECT_TRUE(std::is_sorted(lines.begin(), lines.end()));
}

TEST(CheckForm, SchemaFaultsAreSentencesWithTheNearestWord) {
  EXPECT_THAT(TheFault("<part><headding level=\"1\">a</headding></part>").message.vi,
              AllOf(HasSubstr("không có phần tử <headding>"), HasSubstr("«heading»")));
  EXPECT_THAT(TheFault("<part><p stile=\"giua\">a</p></part>").message.vi,
              AllOf(HasSubstr("không có thuộc tính «stile»"), HasSubstr("«style»")));
  EXPECT_THAT(TheFault("<part><p style=\"guia\">a</p></part>").message.vi,
              AllOf(HasSubstr("không nhận giá trị «guia»"), HasSubstr("«giua»")));
  EXPECT_THAT(TheFault("<part><block name=\"noi-nhn\"/></part>").message.vi, HasSubstr("«noi-nhan»"));
  EXPECT_THAT(TheFault("<part><p><v/></p></part>").message.vi, HasSubstr("thiếu thuộc tính bắt buộc «path»"));
  EXPECT_THAT(TheFault("<part>chữ</part>").message.vi, HasSubstr("không được viết chữ ở đây"));
}

TEST(CheckForm, KnowsTheNamesGivenByEach) {
  EXPECT_TRUE(
      FaultsOf(
          "<part><each path=\"tasks\" as=\"viec\"><p><v path=\"viec.content\"/> <v path=\"viec.position\" "
          "format=\"la-ma\"/></p></each></part>")
          .empty());
  EXPECT_THAT(
      TheFault(
          "<part><each path=\"tasks\" as=\"viec\"><p>a</p></each><p><v path=\"viec.content\"/></p></part>")
          .message.vi,
      HasSubstr("không có «viec»"));
  EXPECT_THAT(TheFault("<part><each path=\"tasks\" as=\"header\"><p>a</p></each></part>").message.vi,
              HasSubstr("đã được dùng"));
  EXPECT_THAT(TheFault("<part><each path=\"header.subject\" as=\"x\"><p>a</p></each></part>").message.vi,
              HasSubstr("cần một danh sách"));
  EXPECT_THAT(TheFault("<part><each path=\"tasks\" as=\"x\" deep=\"yes\"><p>a</p></each></part>").message.vi,
              HasSubstr("deep"));
}

TEST(CheckForm, ValuesMustBeWritable) {
  EXPECT_THAT(TheFault("<part><p><v path=\"header\"/></p></part>").message.vi, HasSubstr("là nhóm giá trị"));
  EXPECT_THAT(TheFault("<part><p><v path=\"tasks.content\"/></p></part>").message.vi, HasSubstr("<each>"));
  EXPECT_THAT(TheFault("<part><p><v path=\"header.date.year\"/></p></part>").message.vi,
              HasSubstr("là ngày tháng, không có gì bên trong"));
  EXPECT_THAT(TheFault("<part><p><v path=\"header.subject\" format=\"ngay\"/></p></part>").message.vi,
              HasSubstr("dạng viết «ngay» không dùng cho chữ"));
  EXPECT_TRUE(FaultsOf("<part><p><v path=\"recipients\" separator=\", \"/></p></part>").empty());
}

TEST(CheckForm, RowsFillTheirTable) {
  EXPECT_THAT(TheFault("<part><table><column width=\"1\">a</column><column "
                       "width=\"1\">b</column><row><cell/></row></table></part>")
                  .message.vi,
              HasSubstr("hàng có 1 ô, bảng có 2 cột"));
  EXPECT_TRUE(
      FaultsOf(
          "<part><table><column width=\"1\">a</column><columns title=\"g\"><column width=\"1\">b</column>"
          "<column width=\"1\">c</column></columns><row><cell span=\"3\"/></row></table></part>")
          .empty());
  EXPECT_THAT(TheFault("<part><table/></part>").message.vi, HasSubstr("bảng cần path hoặc"));
  EXPECT_THAT(TheFault("<part><table path=\"header\"/></part>").message.vi,
              HasSubstr("cần một bảng của bản ghi"));
  EXPECT_THAT(
      TheFault("<part><table><row><cell/></row><column width=\"1\">a</column></table></part>").message.vi,
      HasSubstr("các cột đứng trước"));
}

constexpr char kTwoColumns[] = "<part><table><column width=\"1\">a</column><column width=\"1\">b</column>\n";

FormFault TheFaultOfRows(const std::string& rows) {
  return TheFault(kTwoColumns + rows + "</table></part>");
}

TEST(CheckForm, CellsOverRowsStayInsideTheirTable) {
  EXPECT_TRUE(FaultsOf(kTwoColumns + std::string("<row><cell rows=\"2\"/><cell/></row><row><cell/></row>"
                                                 "</table></part>"))
                  .empty());
  const FormFault past =
      TheFaultOfRows("<row><cell/><cell/></row>\n<row>\n<cell rows=\"3\"/><cell/></row>\n<row><cell/></row>");
  EXPECT_EQ(past.line, 5);
  EXPECT_EQ(past.element, "cell");
  EXPECT_THAT(past.message.vi, AllOf(HasSubstr("kéo 3 hàng"), HasSubstr("chỉ còn 2 hàng")));
  EXPECT_THAT(past.message.en, AllOf(HasSubstr("covers 3 rows"), HasSubstr("there are 2")));
  // What comes below leaves the covered column out.
  const FormFault full = TheFaultOfRows("<row><cell rows=\"2\"/><cell/></row>\n<row><cell/><cell/></row>");
  EXPECT_EQ(full.line, 4);
  EXPECT_THAT(full.message.vi, HasSubstr("hàng có 3 ô, bảng có 2 cột (1 ô kéo từ hàng trên xuống)"));
  EXPECT_THAT(
      TheFaultOfRows("<row><cell rows=\"2\" merge=\"yes\"/><cell/></row><row><cell/></row>").message.vi,
      HasSubstr("merge"));
}

TEST(CheckForm, CellsRunIntoNoneFromAbove) {
  const FormFault fault = TheFault(
      "<part><table><column width=\"1\">a</column><column width=\"1\">b</column><column "
      "width=\"1\">c</column>"
      "<row><cell/><cell rows=\"2\"/><cell/></row>\n<row><cell span=\"2\"/></row></table></part>");
  EXPECT_EQ(fault.line, 3);
  EXPECT_THAT(fault.message.vi, HasSubstr("chồng lên"));
}

// No data gives the last row one below it; how many there are in an <each> shows when it is filled in.
TEST(CheckForm, CellsOverRowsThatDependOnData) {
  const std::string each =
      "<each path=\"tasks\" as=\"v\"><row><cell rows=\"2\"/><cell/></row>"
      "<row><cell/></row></each>";
  EXPECT_TRUE(FaultsOf(kTwoColumns + each + "</table></part>").empty());
  EXPECT_EQ(TheFaultOfRows(each + "\n<row><cell rows=\"2\"/><cell/></row>").line, 4);
  EXPECT_EQ(TheFaultOfRows("<row><cell rows=\"4\"/><cell/></row><if path=\"tasks\"><row><cell/></row>"
                           "<else><row><cell/></row></else></if>")
                .line,
            3);
  EXPECT_EQ(TheFaultOfRows(each + "\n<row><cell/><cell/><cell/></row>").line, 4);
}

TEST(CheckForm, BlocksAndConditions) {
  EXPECT_THAT(TheFault("<part><block name=\"chu-ky\"><p>a</p></block></part>").message.vi,
              HasSubstr("quoc-hieu"));
  EXPECT_THAT(TheFault("<part><if path=\"signer\" empty=\"yes\" is=\"a\"><p>a</p></if></part>").message.vi,
              HasSubstr("không đi cùng"));
  EXPECT_TRUE(FaultsOf("<part><if path=\"tasks.goal\"><p>a</p><else><p>b</p></else></if></part>").empty());
}

}  // namespace
}  // namespace vanthu::templates
