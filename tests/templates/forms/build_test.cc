#include "templates/forms/build.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parts.h"

namespace vanthu::templates {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(BuildDocument, TextAndValuesWithOneSpaceBetween) {
  EXPECT_EQ(
      TextOf(
          "<part><p>\n  Số <v path=\"header.number\"/>,\n  <v path=\"header.urgency\" optional=\"yes\"/>\n "
          "<b>năm</b> 2023<br/> dòng hai </p></part>",
          SmallRecord()),
      "Số 5, năm 2023\ndòng hai\n");
}

TEST(BuildDocument, MissingDataIsAnErrorThatNamesEveryLine) {
  const std::string refusal = RefusalOf(
      "<part>\n<p><v path=\"header.urgency\"/></p>\n<p><v path=\"header.secrecy\"/></p>\n<p><v "
      "path=\"header.parent_agency\" "
      "optional=\"yes\"/></p></part>",
      SmallRecord());
  EXPECT_THAT(refusal, AllOf(HasSubstr("dòng 3, <v>: bản ghi không có «header.urgency»"),
                             HasSubstr("dòng 4, <v>: bản ghi không có «header.secrecy»"),
                             Not(HasSubstr("parent_agency"))));
}

TEST(BuildDocument, RepeatsAndConditions) {
  Record record = SmallRecord();
  EXPECT_EQ(TextOf("<part><each path=\"recipients\" as=\"noi\"><p><v path=\"noi.position\"/>. <v "
                   "path=\"noi\"/></p></each>"
                   "<if path=\"header.number\" is=\"5\"><p>năm</p><else><p>khác</p></else></if>"
                   "<if path=\"header.number\" is=\"6\"><p>sáu</p><else><p>khác</p></else></if>"
                   "<if path=\"header.urgency\" empty=\"yes\"><p>thường</p></if>"
                   "<if path=\"signer.authority\" is=\"TM.\"><p>tập thể</p></if>"
                   "<if path=\"header.subject\" starts=\"Kiểm\"><p>kiểm</p></if></part>",
                   record),
            "1. Như trên\n2. Lưu: VT\nnăm\nkhác\nthường\ntập thể\nkiểm\n");
}

TEST(BuildDocument, DeepGoesThroughSectionsOfSections) {
  Record record = SmallRecord();
  vanthu::Section inner;
  inner.label = "1";
  inner.title = "Yêu cầu";
  inner.level = 2;
  record.sections[1].sections.push_back(inner);
  EXPECT_EQ(TextOf("<part><each path=\"sections\" as=\"muc\" deep=\"yes\"><if path=\"muc.title\"><heading "
                   "level=\"1\"><v "
                   "path=\"muc.label\"/>) <v path=\"muc.title\"/></heading></if></each></part>",
                   record),
            "I) Mục đích\n1) Yêu cầu\n");
}

TEST(BuildDocument, PartsHaveOrientationAndNumbers) {
  const Document document = DocumentOf(
      "<part><p>a</p></part><part orientation=\"landscape\" numbers=\"restart\"><p>b</p></part><part/>",
      SmallRecord());
  ASSERT_EQ(document.sections.size(), 2u);  // an empty part is no page
  EXPECT_EQ(document.sections[0].orientation, Orientation::kPortrait);
  EXPECT_EQ(document.sections[1].orientation, Orientation::kLandscape);
  EXPECT_TRUE(document.sections[1].restart_numbers);
  EXPECT_EQ(document.title, "Kế hoạch Kiểm soát thủ tục hành chính");
  EXPECT_EQ(document.date, "2023-02-09");
}

TEST(BuildDocument, WithoutPagesIsAnError) {
  EXPECT_THAT(RefusalOf("<part/>", SmallRecord()), HasSubstr("không cho ra trang nào"));
}

TEST(BuildDocument, WorkIsBounded) {
  Record record = SmallRecord();
  Task task;
  task.content = "Việc";
  record.tasks.assign(3000, task);
  EXPECT_THAT(
      RefusalOf(
          "<part><each path=\"tasks\" as=\"a\"><each path=\"tasks\" as=\"b\"><p>x</p></each></each></part>",
          record),
      HasSubstr("lặp quá nhiều"));
}

TEST(BuildDocument, TheHeadHasNumberPlaceAndDate) {
  const std::string text = TextOf("<part><block name=\"quoc-hieu\"/></part>", SmallRecord());
  EXPECT_EQ(text,
            "ỦY BAN NHÂN DÂN\nXÃ AN THÀNH\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
            "Độc lập - Tự do - Hạnh phúc\nSố: 05/KH-UBND\nAn Thành, ngày 09 tháng 02 năm 2023\n");
}

TEST(BuildDocument, TheHeadLeavesBlanks) {
  Record record = SmallRecord();
  record.header.number.reset();
  record.header.date.reset();
  const std::string text = TextOf("<part><block name=\"quoc-hieu\"/></part>", record);
  EXPECT_THAT(text, HasSubstr("Số: " + Rules().number_blank + "/KH-UBND\n"));
  EXPECT_THAT(text, HasSubstr("An Thành, ngày" + Rules().day_blank + "tháng"));
  record.header.notation.reset();
  EXPECT_THAT(RefusalOf("<part><block name=\"quoc-hieu\"/></part>", record), HasSubstr("header.notation"));
}

TEST(BuildDocument, ADocumentIssuedWithAnotherBearsNoNumber) {
  Record record = SmallRecord();
  record.header.number = record.header.notation = record.header.place = std::nullopt;
  record.header.date.reset();
  record.header.issued_with = IssuedWith{"QĐ", std::nullopt, "QĐ-UBND", std::nullopt, std::nullopt};
  EXPECT_THAT(TextOf("<part><block name=\"quoc-hieu\"/></part>", record), Not(HasSubstr("Số:")));
}

TEST(BuildDocument, StampsAreRed) {
  Record record = SmallRecord();
  record.header.urgency = "Hỏa tốc";
  const Document document = DocumentOf("<part><block name=\"quoc-hieu\"/></part>", record);
  const auto& head = std::get<Columns>(document.sections[0].blocks[1]);
  const auto& stamp = std::get<Paragraph>(head.columns[0].items.back());
  EXPECT_EQ(stamp.runs.at(0).text, "HỎA TỐC");
  EXPECT_TRUE(stamp.runs.at(0).red);
  EXPECT_NEAR(stamp.frame.value_or(Paragraph::Frame{}).width_pt, 85, 0.1);  // 30 mm
}

constexpr const char* kClosing = "<part><p>a</p><block name=\"noi-nhan\"/><block name=\"chu-ky\"/></part>";

TEST(BuildDocument, RecipientsAndSignatureStandSideBySide) {
  const Document document = DocumentOf(kClosing, SmallRecord());
  ASSERT_EQ(document.sections[0].blocks.size(), 2u);
  const auto& closing = std::get<Columns>(document.sections[0].blocks[1]);
  EXPECT_TRUE(closing.keep_with_previous);
  EXPECT_EQ(std::get<Place>(closing.columns[1].items[2]).name, "signer");
  EXPECT_EQ(TextOf(document),
            "a\nNơi nhận:\n- Như trên;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn A\n");
}

TEST(BuildDocument, SignatureLinesFollowTheAuthority) {
  Record record = SmallRecord();
  const auto lines = [&](std::vector<std::string> authority, Text behalf, const char* position) {
    record.signer = Signer{{}, std::move(authority), std::move(behalf), position, "A"};
    const std::string text = TextOf("<part><block name=\"chu-ky\"/></part>", record);
    return text.substr(0, text.size() - 3);
  };
  EXPECT_EQ(lines({}, std::nullopt, "CHỦ TỊCH"), "CHỦ TỊCH");
  EXPECT_EQ(lines({"KT."}, "CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH");
  EXPECT_EQ(lines({"TM.", "KT."}, "ỦY BAN NHÂN DÂN", "PHÓ CHỦ TỊCH"),
            "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH");
  EXPECT_EQ(lines({"Q."}, std::nullopt, "CHỦ TỊCH"), "Q. CHỦ TỊCH");
  record.signer = Signer{{}, {"TL.", "TUQ."}, "CHỦ TỊCH", "TRƯỞNG PHÒNG", "A"};
  EXPECT_THAT(RefusalOf("<part><block name=\"chu-ky\"/></part>", record), HasSubstr("không lập được"));
  record.signer->block = {"TL. CHỦ TỊCH", "TRƯỞNG PHÒNG"};
  EXPECT_EQ(TextOf("<part><block name=\"chu-ky\"/></part>", record), "TL. CHỦ TỊCH\nTRƯỞNG PHÒNG\nA\n");
}

TEST(BuildDocument, NobodySignsIsAnErrorUnlessOptional) {
  Record record = SmallRecord();
  record.signer.reset();
  record.recipients.clear();
  EXPECT_THAT(RefusalOf(kClosing, record), AllOf(HasSubstr("người ký"), HasSubstr("nơi nhận")));
  EXPECT_EQ(TextOf("<part><p>a</p><block name=\"noi-nhan\" optional=\"yes\"/><block name=\"chu-ky\" "
                   "optional=\"yes\"/></part>",
                   record),
            "a\n");
}

TEST(BuildDocument, NfdRecordsGiveNfcText) {
  Record record = SmallRecord();
  record.header.subject =
      "Ke\xCC\x82\xCC\x81 hoa\xCC\xA3"
      "ch";
  EXPECT_EQ(TextOf("<part><p><v path=\"header.subject\"/></p></part>", record), "Kế hoạch\n");
}

}  // namespace
}  // namespace vanthu::templates
