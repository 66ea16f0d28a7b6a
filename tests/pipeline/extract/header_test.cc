#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/pipeline/extract/layout_builder.h"

namespace vanthu::extract {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Optional;

bool Has(const Record& record, const std::string& code) {
  return std::any_of(record.findings.begin(), record.findings.end(),
                     [&](const Finding& finding) { return finding.code == code; });
}

constexpr const char* kMotto1 = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
constexpr const char* kMotto2 = "Độc lập - Tự do - Hạnh phúc";

// A commune's plan with the given left column and number line.
LayoutBuilder Plan(const std::string& upper, const std::string& lower, const std::string& number,
                   const std::string& place, LineStyle upper_style = kBold) {
  LayoutBuilder b;
  b.Row(upper, kMotto1, upper_style, kBold).Row(lower, kMotto2, kBold, kBold).Gap(1).Row(number, place);
  b.Gap(1).Centre("KẾ HOẠCH", kBold).Centre("Kiểm soát thủ tục hành chính năm 2023", kBold);
  b.Gap(1).Body(
      "Thực hiện Kế hoạch số 34/KH-UBND ngày 09/03/2023 của UBND huyện Thanh Hà về kiểm soát thủ tục.",
      kRegular);
  return b;
}

TEST(Header, PlanOfACommune) {
  const Record r = Extract(
      Plan("ỦY BAN NHÂN DÂN", "XÃ THANH XÁ", "Số: 25/KH-UBND", "Thanh Xá, ngày 09 tháng 3 năm 2023").Build(),
      TestRules());
  EXPECT_EQ(r.header.parent_agency, std::nullopt);
  EXPECT_THAT(r.header.issuing_agency, Optional(std::string("ỦY BAN NHÂN DÂN XÃ THANH XÁ")));
  EXPECT_THAT(r.header.number, Optional(std::string("25")));
  EXPECT_THAT(r.header.notation, Optional(std::string("KH-UBND")));
  EXPECT_THAT(r.header.type_code, Optional(std::string("KH")));
  EXPECT_THAT(r.header.type_name, Optional(std::string("Kế hoạch")));
  EXPECT_THAT(r.header.place, Optional(std::string("Thanh Xá")));
  EXPECT_EQ(r.header.date, MakeDate(2023, 3, 9));
  EXPECT_THAT(r.header.subject, Optional(std::string("Kiểm soát thủ tục hành chính năm 2023")));
  EXPECT_EQ(r.header.urgency, std::nullopt);
  EXPECT_EQ(r.header.secrecy, std::nullopt);
  EXPECT_FALSE(r.header.issued_with.has_value());
  for (const char* pointer : {"/header/issuing_agency", "/header/number", "/header/notation",
                              "/header/type_code", "/header/place", "/header/date", "/header/subject"}) {
    ASSERT_TRUE(r.evidence.count(pointer)) << pointer;
    EXPECT_GE(r.evidence.at(pointer).confidence, kDoubtful) << pointer;
    EXPECT_FALSE(r.evidence.at(pointer).box.empty()) << pointer;
  }
  // The number's box is the number's, not the line's.
  EXPECT_LT(r.evidence.at("/header/number").box.x1, r.evidence.at("/header/issuing_agency").box.x1 + 60);
}

TEST(Header, BlankNumberAndDateAreNullWithFindings) {
  const Record r = Extract(
      Plan("ỦY BAN NHÂN DÂN", "XÃ AN THÀNH", "Số:        /KH-UBND", "An Thành, ngày      tháng      năm 2026")
          .Build(),
      TestRules());
  EXPECT_EQ(r.header.number, std::nullopt);
  EXPECT_THAT(r.header.notation, Optional(std::string("KH-UBND")));
  EXPECT_EQ(r.header.date, std::nullopt);
  EXPECT_THAT(r.header.place, Optional(std::string("An Thành")));
  EXPECT_TRUE(Has(r, "header.number.blank"));
  EXPECT_TRUE(Has(r, "header.date.blank"));
}

TEST(Header, DottedBlanksAreBlank) {
  const Record r =
      Extract(Plan("ỦY BAN NHÂN DÂN", "XÃ X", "Số: ....../KH-UBND", "X, ngày ….. tháng 3 năm 2026").Build(),
              TestRules());
  EXPECT_EQ(r.header.number, std::nullopt);
  EXPECT_THAT(r.header.notation, Optional(std::string("KH-UBND")));
  EXPECT_EQ(r.header.date, std::nullopt);
  EXPECT_TRUE(Has(r, "header.date.blank"));
}

TEST(Header, ImpossibleDateIsNull) {
  const Record r = Extract(
      Plan("ỦY BAN NHÂN DÂN", "XÃ X", "Số: 1/KH-UBND", "X, ngày 31 tháng 02 năm 2023").Build(), TestRules());
  EXPECT_EQ(r.header.date, std::nullopt);
  EXPECT_TRUE(Has(r, "header.date.invalid"));
}

struct AgencyCase {
  const char* upper;
  bool upper_bold;
  const char* lower;
  const char* parent;  // null: none
  const char* issuer;
};
class Agencies : public testing::TestWithParam<AgencyCase> {};

TEST_P(Agencies, AreSplit) {
  const AgencyCase& c = GetParam();
  const Record r = Extract(Plan(c.upper, c.lower, "Số: 1/KH-X", "Hà Nội, ngày 01 tháng 3 năm 2023",
                                c.upper_bold ? kBold : kRegular)
                               .Build(),
                           TestRules());
  EXPECT_EQ(r.header.parent_agency.value_or(""), c.parent == nullptr ? "" : c.parent);
  EXPECT_EQ(r.header.issuing_agency.value_or(""), c.issuer);
}

INSTANTIATE_TEST_SUITE_P(
    Header, Agencies,
    testing::Values(
        AgencyCase{"ỦY BAN NHÂN DÂN", true, "TỈNH QUẢNG NGÃI", nullptr, "ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI"},
        AgencyCase{"UỶ BAN NHÂN DÂN", false, "THỊ TRẤN THANH MIỆN", nullptr,
                   "UỶ BAN NHÂN DÂN THỊ TRẤN THANH MIỆN"},
        AgencyCase{"SỞ GDĐT TỈNH ĐỒNG THÁP", false, "TRƯỜNG THPT CAO LÃNH 2", "SỞ GDĐT TỈNH ĐỒNG THÁP",
                   "TRƯỜNG THPT CAO LÃNH 2"},
        AgencyCase{"UBND TỈNH LÂM ĐỒNG", true, "SỞ NỘI VỤ", "UBND TỈNH LÂM ĐỒNG", "SỞ NỘI VỤ"},
        AgencyCase{"BỘ GIÁO DỤC", true, "VÀ ĐÀO TẠO", nullptr, "BỘ GIÁO DỤC VÀ ĐÀO TẠO"},
        AgencyCase{"HỘI ĐỒNG NHÂN DÂN", true, "HUYỆN CHỢ MỚI", nullptr, "HỘI ĐỒNG NHÂN DÂN HUYỆN CHỢ MỚI"},
        AgencyCase{"UBND HUYỆN THANH HÀ", false, "UBND XÃ THANH XÁ", "UBND HUYỆN THANH HÀ",
                   "UBND XÃ THANH XÁ"},
        AgencyCase{"BAN CHỈ ĐẠO", true, "PHÒNG CHỐNG THIÊN TAI", nullptr,
                   "BAN CHỈ ĐẠO PHÒNG CHỐNG THIÊN TAI"},
        AgencyCase{"ĐẢNG BỘ TỈNH HẢI DƯƠNG", false, "HUYỆN ỦY THANH HÀ", "ĐẢNG BỘ TỈNH HẢI DƯƠNG",
                   "HUYỆN ỦY THANH HÀ"},
        AgencyCase{"BỘ Y TẾ", true, "CỤC AN TOÀN THỰC PHẨM", "BỘ Y TẾ", "CỤC AN TOÀN THỰC PHẨM"}));

TEST(Header, ParentOnTwoLinesAndIssuerOnTwo) {
  LayoutBuilder b;
  b.Row("ỦY BAN NHÂN DÂN", kMotto1, kRegular, kBold).Row("XÃ HƯNG THỊNH", kMotto2, kRegular, kBold);
  b.Row("TRUNG TÂM PHỤC VỤ", "", kBold).Row("HÀNH CHÍNH CÔNG", "", kBold);
  b.Row("Số: 07/BC-PVHCC", "Hưng Thịnh, ngày 5 tháng 10 năm 2025")
      .Gap(1)
      .Centre("BÁO CÁO", kBold)
      .Centre("Kết quả quý III năm 2025", kBold);
  const Record r = Extract(b.Build(), TestRules());
  EXPECT_EQ(r.header.parent_agency.value_or(""), "ỦY BAN NHÂN DÂN XÃ HƯNG THỊNH");
  EXPECT_EQ(r.header.issuing_agency.value_or(""), "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG");
  EXPECT_EQ(r.header.type_code.value_or(""), "BC");
  EXPECT_EQ(r.header.number.value_or(""), "07");
}

TEST(Header, PartyDocument) {
  LayoutBuilder b;
  b.Row("ĐẢNG BỘ XÃ AN THÀNH", "ĐẢNG CỘNG SẢN VIỆT NAM", kRegular, kBold)
      .Row("BAN CHẤP HÀNH", "", kBold)
      .Row("*", "");
  b.Row("Số 12-KH/ĐU", "An Thành, ngày 10 tháng 01 năm 2026").Gap(1);
  b.Centre("KẾ HOẠCH", kBold).Centre("kiểm tra, giám sát năm 2026", kBold);
  const Record r = Extract(b.Build(), TestRules());
  EXPECT_EQ(r.header.parent_agency.value_or(""), "ĐẢNG BỘ XÃ AN THÀNH");
  EXPECT_EQ(r.header.issuing_agency.value_or(""), "BAN CHẤP HÀNH");
  EXPECT_EQ(r.header.number.value_or(""), "12");
  EXPECT_EQ(r.header.notation.value_or(""), "KH/ĐU");
  EXPECT_EQ(r.header.date, MakeDate(2026, 1, 10));
}

// In recognised text keywords match nearly: "Chương I" less its "I" is not "Chương trình".
TEST(Header, ProgrammeOfAScanIsNoChapter) {
  LayoutBuilder b;
  b.Recognised();
  b.Row("UBND HUYỆN CHÂU THÀNH", kMotto1, kRegular, kBold)
      .Row("PHÒNG GIÁO DỤC VÀ ĐÀO TẠO", kMotto2, kBold, kBold);
  b.Gap(1).Row("Số: 23/CTr-PGDĐT", "Châu Thành, ngày 10 tháng 01 năm 2023").Gap(1);
  b.Centre("CHƯƠNG TRÌNH", kBold).Centre("Công tác trọng tâm năm 2023", kBold).Gap(1);
  b.Body("Căn cứ Chương trình công tác năm 2023 của Ủy ban nhân dân huyện Châu Thành.", kRegular);
  const Record r = Extract(b.Build(), TestRules());
  EXPECT_EQ(r.header.type_name.value_or(""), "Chương trình");
  EXPECT_EQ(r.header.subject.value_or(""), "Công tác trọng tâm năm 2023");
  EXPECT_FALSE(Has(r, "header.type.from_notation"));
}

// The Youth Union writes its own name where others write Quốc hiệu; at the left the same words open an
// agency.
TEST(Header, YouthUnionDocument) {
  LayoutBuilder b;
  b.Row("ĐOÀN TNCS HỒ CHÍ MINH HUYỆN MAI SƠN", "ĐOÀN TNCS HỒ CHÍ MINH", kRegular, kBold)
      .Row("BCH ĐOÀN XÃ CHIỀNG MUNG", "", kBold)
      .Row("***", "");
  b.Row("Số: 14-KH/ĐTN", "Chiềng Mung, ngày 02 tháng 3 năm 2024").Gap(1);
  b.Centre("KẾ HOẠCH", kBold).Centre("Tổ chức Tháng Thanh niên năm 2024", kBold);
  const Record r = Extract(b.Build(), TestRules());
  EXPECT_EQ(r.header.parent_agency.value_or(""), "ĐOÀN TNCS HỒ CHÍ MINH HUYỆN MAI SƠN");
  EXPECT_EQ(r.header.issuing_agency.value_or(""), "BCH ĐOÀN XÃ CHIỀNG MUNG");
  EXPECT_EQ(r.header.number.value_or(""), "14");
  EXPECT_EQ(r.header.notation.value_or(""), "KH/ĐTN");
}

// A motto nobody knows (or that came out unreadable) must not become part of an agency's name.
TEST(Header, UnknownMottoIsNoAgency) {
  LayoutBuilder b;
  b.Row("HỘI SINH VIÊN VIỆT NAM", "HỘI SINH VIÊN MUÔN NĂM", kRegular, kBold)
      .Row("BCH HỘI SINH VIÊN TRƯỜNG A", "", kBold);
  b.Row("Số: 14/KH-HSV", "Hà Nội, ngày 02 tháng 3 năm 2024").Gap(1);
  b.Centre("KẾ HOẠCH", kBold).Centre("Tổ chức Tháng Thanh niên năm 2024", kBold);
  const Record r = Extract(b.Build(), TestRules());
  EXPECT_EQ(r.header.issuing_agency.value_or(""), "BCH HỘI SINH VIÊN TRƯỜNG A");
  EXPECT_EQ(r.header.parent_agency.value_or(""), "HỘI SINH VIÊN VIỆT NAM");
  ASSERT_TRUE(r.evidence.count("/header/issuing_agency"));
  EXPECT_LT(r.evidence.at("/header/issuing_agency").confidence, kDoubtful);
}

TEST(Header, LetterHasNoTypeCode) {
  LayoutBuilder b;
  b.Row("ỦY BAN NHÂN DÂN", kMotto1, kBold, kBold).Row("TỈNH QUẢNG NGÃI", kMotto2, kBold, kBold);
  b.Row("Số: 574 /UBND-KTTH", "Quảng Ngãi, ngày 04 tháng 02 năm 2025");
  b.Row("V/v đăng ký bổ sung nội", "").Row("dung trình HĐND tỉnh", "").Gap(1);
  b.Centre("Kính gửi: Thường trực HĐND tỉnh.")
      .Gap(1)
      .Body(
          "Theo đề nghị của Giám đốc Sở Tài chính tại Công văn số "
          "287/STC-HCSN ngày 04/02/2025, UBND tỉnh báo cáo như sau:");
  const Record r = Extract(b.Build(), TestRules());
  EXPECT_EQ(r.header.type_code, std::nullopt);
  EXPECT_EQ(r.header.type_name.value_or(""), "Công văn");
  EXPECT_EQ(r.header.number.value_or(""), "574");
  EXPECT_EQ(r.header.notation.value_or(""), "UBND-KTTH");
  EXPECT_EQ(r.header.subject.value_or(""), "đăng ký bổ sung nội dung trình HĐND tỉnh");
  EXPECT_THAT(r.addressees, ElementsAre("Thường trực HĐND tỉnh"));
  ASSERT_FALSE(r.sections.empty());
  EXPECT_EQ(r.sections[0].paragraphs.size(), 1u);
}

TEST(Header, DecisionKeepsVeViec) {
  LayoutBuilder b;
  b.Row("BỘ GIÁO DỤC VÀ ĐÀO TẠO", kMotto1, kBold, kBold).Row("", kMotto2, {}, kBold);
  b.Row("Số: 2676/QĐ-BGDĐT", "Hà Nội, ngày 24 tháng 9 năm 2025").Gap(1);
  b.Centre("QUYẾT ĐỊNH", kBold).Centre("Về việc phê duyệt Tài liệu hướng dẫn", kBold).Gap(1);
  b.Centre("BỘ TRƯỞNG BỘ GIÁO DỤC VÀ ĐÀO TẠO", kBold)
      .Body("Căn cứ Luật Tổ chức Chính phủ ngày 18 tháng 02 năm 2025;");
  const Record r = Extract(b.Build(), TestRules());
  EXPECT_EQ(r.header.type_code.value_or(""), "QĐ");
  EXPECT_EQ(r.header.subject.value_or(""), "Về việc phê duyệt Tài liệu hướng dẫn");
  EXPECT_EQ(r.header.issuing_agency.value_or(""), "BỘ GIÁO DỤC VÀ ĐÀO TẠO");
}

TEST(Header, PrimeMinister) {
  LayoutBuilder b;
  b.Row("THỦ TƯỚNG CHÍNH PHỦ", kMotto1, kBold, kBold).Row("", kMotto2, {}, kBold);
  b.Row("Số: 2319/QĐ-TTg", "Hà Nội, ngày 20 tháng 10 năm 2025").Gap(1);
  b.Centre("QUYẾT ĐỊNH", kBold).Centre("Thành lập Ban Chỉ đạo quốc gia về dữ liệu", kBold).Gap(1);
  b.Centre("THỦ TƯỚNG CHÍNH PHỦ", kBold).Body("Căn cứ Luật Tổ chức Chính phủ ngày 18 tháng 02 năm 2025;");
  const Record r = Extract(b.Build(), TestRules());
  EXPECT_EQ(r.header.notation.value_or(""), "QĐ-TTg");
  EXPECT_EQ(r.header.issuing_agency.value_or(""), "THỦ TƯỚNG CHÍNH PHỦ");
  EXPECT_EQ(r.header.subject.value_or(""), "Thành lập Ban Chỉ đạo quốc gia về dữ liệu");
}

TEST(Header, TelegramNamesItsAddressees) {
  LayoutBuilder b;
  b.Row("VĂN PHÒNG CHÍNH PHỦ", kMotto1, kBold, kBold).Row("", kMotto2, {}, kBold);
  b.Row("Số: 58/CĐ-VPCP", "Hà Nội, ngày 10 tháng 01 năm 2026").Gap(1);
  b.Centre("CÔNG ĐIỆN", kBold)
      .Centre("Phiên họp lần thứ nhất Ban Chỉ đạo quốc gia về dữ liệu.", kBold)
      .Gap(1);
  b.Centre("VĂN PHÒNG CHÍNH PHỦ điện:", kBold);
  b.Body("- Các đồng chí thành viên Ban Chỉ đạo quốc gia về dữ liệu;");
  b.Body("- Chủ tịch Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương.");
  b.Body(
      "Thực hiện ý kiến chỉ đạo của Thủ tướng Chính phủ, Văn phòng Chính phủ kính mời Đồng chí dự phiên "
      "họp.");
  const Record r = Extract(b.Build(), TestRules());
  EXPECT_EQ(r.header.type_code.value_or(""), "CĐ");
  EXPECT_EQ(r.header.subject.value_or(""), "Phiên họp lần thứ nhất Ban Chỉ đạo quốc gia về dữ liệu");
  EXPECT_THAT(r.addressees,
              ElementsAre("Các đồng chí thành viên Ban Chỉ đạo quốc gia về dữ liệu",
                          "Chủ tịch Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương"));
}

TEST(Header, InvitationWithoutSubjectAndUrgent) {
  LayoutBuilder b;
  b.Row("ỦY BAN NHÂN DÂN", kMotto1, kBold, kBold).Row("TỈNH LÂM ĐỒNG", kMotto2, kBold, kBold);
  b.Row("Số: 560/GM-UBND", "Lâm Đồng, ngày 06 tháng 11 năm 2025").Row("HỎA TỐC", "", kBold).Gap(1);
  b.Centre("GIẤY MỜI", kBold);
  b.Body(
      "Ủy ban nhân dân tỉnh tổ chức buổi làm việc để nghe Sở Nội vụ báo cáo đánh giá kết quả và giải pháp "
      "nâng cao "
      "các chỉ số của tỉnh trong năm 2025.");
  const Record r = Extract(b.Build(), TestRules());
  EXPECT_EQ(r.header.type_code.value_or(""), "GM");
  EXPECT_EQ(r.header.subject, std::nullopt);
  EXPECT_EQ(r.header.urgency.value_or(""), "Hỏa tốc");
  EXPECT_EQ(r.header.issuing_agency.value_or(""), "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG");
}

TEST(Header, AStampBelowALettersSubjectIsNotPartOfIt) {
  LayoutBuilder b;
  b.Row("ỦY BAN NHÂN DÂN", kMotto1, kBold, kBold).Row("TỈNH LÂM ĐỒNG", kMotto2, kBold, kBold);
  b.Row("Số: 03/UBND-VX", "Lâm Đồng, ngày 06 tháng 11 năm 2025");
  b.Row("V/v rà soát thủ tục", "").Row("hành chính nội bộ", "").Row("KHẨN", "", kBold).Gap(1);
  b.Body("Kính gửi: Sở Nội vụ.").Body("Ủy ban nhân dân tỉnh đề nghị các đơn vị rà soát.");
  const Record r = Extract(b.Build(), TestRules());
  EXPECT_EQ(r.header.subject.value_or(""), "rà soát thủ tục hành chính nội bộ");
  EXPECT_EQ(r.header.urgency.value_or(""), "Khẩn");
}

TEST(Header, AnUnreadStampMakesAbsenceDoubtful) {
  const auto finds = [](const std::optional<Mark>& mark) {
    LayoutBuilder b;
    b.Recognised();
    b.Row("ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        .Row("TỈNH LÂM ĐỒNG", "Độc lập - Tự do - Hạnh phúc");
    b.Row("Số: 560/GM-UBND", "Lâm Đồng, ngày 06 tháng 11 năm 2025").Gap(2).Centre("GIẤY MỜI");
    if (mark) b.Mark(*mark);
    const Record r = Extract(b.Build(), TestRules());
    return std::any_of(r.findings.begin(), r.findings.end(),
                       [](const Finding& f) { return f.code == "header.stamp.unread"; });
  };
  EXPECT_FALSE(finds(std::nullopt));
  EXPECT_TRUE(finds(Mark{MarkKind::kSeal, {40, 100, 140, 150}, ""}));
  EXPECT_FALSE(finds(Mark{MarkKind::kSeal, {320, 690, 420, 790}, ""}));
}

TEST(Header, AStampThatWasReadGivesTheUrgency) {
  LayoutBuilder b;
  b.Recognised();
  b.Row("ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
      .Row("TỈNH LÂM ĐỒNG", "Độc lập - Tự do - Hạnh phúc");
  b.Row("Số: 560/GM-UBND", "Lâm Đồng, ngày 06 tháng 11 năm 2025").Gap(2).Centre("GIẤY MỜI");
  b.Mark({MarkKind::kStamp, {40, 100, 140, 150}, "HỎA TỐC"});
  const Record r = Extract(b.Build(), TestRules());
  EXPECT_EQ(r.header.urgency.value_or(""), "Hỏa tốc");
  EXPECT_EQ(r.evidence.at("/header/urgency").source, Source::kOcr);
  EXPECT_FALSE(std::any_of(r.findings.begin(), r.findings.end(),
                           [](const Finding& f) { return f.code == "header.stamp.unread"; }));
}

TEST(Header, IssuedWithADecision) {
  LayoutBuilder b;
  b.Row("UỶ BAN NHÂN DÂN", kMotto1, kBold, kBold).Row("THỊ TRẤN THANH MIỆN", kMotto2, kBold, kBold).Gap(1);
  b.Centre("KẾ HOẠCH", kBold).Centre("Kiểm soát thủ tục hành chính năm 2024", kBold);
  b.Centre("(Ban hành kèm theo Quyết định số       /QĐ-UBND")
      .Centre("ngày      tháng 01 năm 2024 của Chủ tịch UBND thị trấn Thanh Miện)");
  const Record r = Extract(b.Build(), TestRules());
  EXPECT_EQ(r.header.number, std::nullopt);
  EXPECT_EQ(r.header.notation, std::nullopt);
  EXPECT_EQ(r.header.date, std::nullopt);
  EXPECT_EQ(r.header.subject.value_or(""), "Kiểm soát thủ tục hành chính năm 2024");
  ASSERT_TRUE(r.header.issued_with.has_value());
  EXPECT_EQ(r.header.issued_with->type_code.value_or(""), "QĐ");
  EXPECT_EQ(r.header.issued_with->number, std::nullopt);
  EXPECT_EQ(r.header.issued_with->notation.value_or(""), "QĐ-UBND");
  EXPECT_EQ(r.header.issued_with->date, std::nullopt);
  EXPECT_EQ(r.header.issued_with->agency.value_or(""), "Chủ tịch UBND thị trấn Thanh Miện");
  EXPECT_THAT(r.citations, IsEmpty());
}

TEST(Header, NumberStampedByASignatureAppearance) {
  LayoutBuilder b = Plan("ỦY BAN NHÂN DÂN", "XÃ X", "Số:         /KH-UBND", "X, ngày      tháng 3 năm 2023");
  // The stamped figures stand in the blanks, a little off the line.
  LayoutBuilder c;
  c.Row("ỦY BAN NHÂN DÂN", kMotto1, kBold, kBold).Row("XÃ X", kMotto2, kBold, kBold).Gap(1);
  const LineStyle stamped{std::nullopt, 1, Source::kAppearance};
  const double line_width = LayoutBuilder::WidthOf("Số:         /KH-UBND");
  c.Place("118", 165 - line_width / 2 + 30, Region::kLeft, Alignment::kLeft, stamped);
  const double date_width = LayoutBuilder::WidthOf("X, ngày      tháng 3 năm 2023");
  c.Place("09", 410 - date_width / 2 + 45, Region::kRight, Alignment::kLeft, stamped);
  c.Row("Số:         /KH-UBND", "X, ngày      tháng 3 năm 2023").Gap(1).Centre("KẾ HOẠCH", kBold);
  const Record r = Extract(c.Build(), TestRules());
  EXPECT_EQ(r.header.number.value_or(""), "118");
  EXPECT_EQ(r.evidence.at("/header/number").source, Source::kAppearance);
  EXPECT_EQ(r.header.date, MakeDate(2023, 3, 9));
}

TEST(Header, HandwrittenNumberIsNullWithAFinding) {
  LayoutBuilder b = Plan("ỦY BAN NHÂN DÂN", "XÃ X", "Số:         /KH-UBND", "X, ngày 02 tháng 3 năm 2023");
  b.Mark({MarkKind::kSignature, {130, 110, 190, 135}, ""});
  const Record r = Extract(b.Build(), TestRules());
  EXPECT_EQ(r.header.number, std::nullopt);
  EXPECT_TRUE(Has(r, "header.number.handwritten"));
}

TEST(Header, RecognisedTextWithConfusions) {
  LayoutBuilder b;
  b.Recognised();
  b.Row("UY BAN NHÂN DÂN", "CÔNG HÒA XÃ HỘI CHÚ NGHĨA VIỆT NAM")
      .Row("XÃ THANH XÁ", "Độc lâp - Tự do - Hạnh phúc")
      .Gap(1);
  b.Row("Sô: 25/KH-UBND", "Thanh Xá, ngày 09 tháng 3 năm 2023").Gap(1);
  b.Centre("KÉ HOẠCH").Centre("Kiểm soát thủ tục hành chính năm 2023");
  b.Body(
      "Thực hiện Kế hoạch số 34/KH-UBND ngày 09/03/2023 của UBND huyện Thanh Hà về kiểm soát thủ tục hành "
      "chính.");
  const Record r = Extract(b.Build(), TestRules());
  EXPECT_EQ(r.header.issuing_agency.value_or(""), "ỦY BAN NHÂN DÂN XÃ THANH XÁ");
  EXPECT_EQ(r.header.number.value_or(""), "25");
  EXPECT_EQ(r.header.type_code.value_or(""), "KH");
  EXPECT_EQ(r.header.date, MakeDate(2023, 3, 9));
}

TEST(Header, UncertainRecognisedNumberIsWithheld) {
  LayoutBuilder b;
  b.Recognised();
  const LineStyle unsure{std::nullopt, 0.3, Source::kOcr};
  b.Row("ỦY BAN NHÂN DÂN", kMotto1)
      .Row("XÃ X", kMotto2)
      .Gap(1)
      .Row("Số: 41 /KH-UBND", "X, ngày 09 tháng 3 năm 2023", unsure);
  b.Gap(1).Centre("KẾ HOẠCH");
  const Record r = Extract(b.Build(), TestRules());
  EXPECT_EQ(r.header.number, std::nullopt);
  EXPECT_TRUE(Has(r, "header.number.unreadable"));
}

TEST(Header, TypeAgainstNotationIsDoubtful) {
  LayoutBuilder b;
  b.Row("ỦY BAN NHÂN DÂN", kMotto1, kBold, kBold).Row("XÃ X", kMotto2, kBold, kBold);
  b.Row("Số: 12/BC-UBND", "X, ngày 09 tháng 3 năm 2023")
      .Gap(1)
      .Centre("KẾ HOẠCH", kBold)
      .Centre("Năm 2023", kBold);
  const Record r = Extract(b.Build(), TestRules());
  EXPECT_LT(r.evidence.at("/header/type_code").confidence, kDoubtful);
  EXPECT_TRUE(Has(r, "header.type.contradicts_notation"));
  EXPECT_TRUE(Has(r, "value.doubtful"));
}

TEST(Header, LinesOverBothColumnsAreCut) {
  LayoutBuilder b;
  b.Place("UBND XÃ AN THÀNH      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 85, Region::kBody, Alignment::kLeft,
          kBold);
  b.Gap(1);
  b.Place("                       Độc lập - Tự do - Hạnh phúc", 85, Region::kBody, Alignment::kLeft, kBold);
  b.Gap(1);
  b.Place("Số: 12/KH-UBND              An Thành, ngày 09 tháng 3 năm 2023", 85, Region::kBody,
          Alignment::kLeft, {});
  b.Gap(2).Centre("KẾ HOẠCH", kBold).Centre("Năm 2023", kBold);
  const Record r = Extract(b.Build(), TestRules());
  EXPECT_EQ(r.header.issuing_agency.value_or(""), "UBND XÃ AN THÀNH");
  EXPECT_EQ(r.header.number.value_or(""), "12");
  EXPECT_EQ(r.header.notation.value_or(""), "KH-UBND");
  EXPECT_EQ(r.header.place.value_or(""), "An Thành");
  EXPECT_EQ(r.header.date, MakeDate(2023, 3, 9));
}

TEST(Header, SignatureAppearanceAboveTheHeaderIsNoAgency) {
  LayoutBuilder b;
  const LineStyle stamped{std::nullopt, 1, Source::kAppearance};
  b.Row("TRUNG TÂM CÔNG BÁO", "Ký bởi: Ủy ban nhân dân tỉnh Quảng Ngãi", stamped, stamped);
  b.Row("VÀ TIN HỌC", "Cơ quan: Tỉnh Quảng Ngãi", stamped, stamped);
  b.Row("24.01.2025 20:06:24 +07:00", "Thời gian ký: 24/01/2025 14:23:43", stamped, stamped).Gap(1);
  b.Row("ỦY BAN NHÂN DÂN", kMotto1, kBold, kBold).Row("TỈNH QUẢNG NGÃI", kMotto2, kBold, kBold);
  b.Row("Số: 23/BC-UBND", "Quảng Ngãi, ngày 23 tháng 01 năm 2025")
      .Gap(1)
      .Centre("BÁO CÁO", kBold)
      .Centre("Tháng 01/2025", kBold);
  const Record r = Extract(b.Build(), TestRules());
  EXPECT_EQ(r.header.issuing_agency.value_or(""), "ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI");
  EXPECT_EQ(r.header.parent_agency, std::nullopt);
  EXPECT_EQ(r.header.date, MakeDate(2025, 1, 23));
}

TEST(Header, RecognisedTitleWithASpeckAndWrongWeight) {
  LayoutBuilder b;
  b.Recognised();
  b.Row("ỦY BAN NHÂN DÂN", kMotto1)
      .Row("XÃ X", kMotto2)
      .Row("Số: 1/KH-UBND", "X, ngày 09 tháng 3 năm 2023")
      .Gap(1);
  b.Centre("KẾ HOẠCH", kBold).Centre("Kiểm soát thủ tục hành chính và thực hiện", kBold);
  b.Centre("cơ chế một cửa năm 2023", kRegular)
      .Body("Thực hiện Kế hoạch số 34/KH-UBND ngày 09/03/2023 của UBND huyện.");
  DocumentLayout document = b.Build();
  for (FlowItem& item : document.flow)
    for (Line& line : item.paragraph->lines) {
      if (line.text.rfind("cơ chế", 0) != 0) continue;
      Word speck = line.words.front();
      speck.text = "-";
      speck.box.x1 = speck.box.x0 - 4;
      speck.box.x0 -= 8;
      speck.confidence = 0.4;
      line.words.insert(line.words.begin(), speck);
      line.text = "- " + line.text;
      item.paragraph->text = line.text;
    }
  EXPECT_EQ(Extract(document, TestRules()).header.subject.value_or(""),
            "Kiểm soát thủ tục hành chính và thực hiện cơ chế một cửa năm 2023");
}

TEST(Header, ASubjectMayOpenAsABodyDoes) {
  for (const char* first : {"thực hiện Nghị quyết số 57-NQ/TW", "Thực hiện cải cách hành chính năm 2025"}) {
    LayoutBuilder b;
    b.Row("ĐẢNG ỦY XÃ TÂN AN", kMotto1, kBold, kBold).Row("Số 45-KH/ĐU", kMotto2, {}, kBold).Gap(1);
    b.Centre("KẾ HOẠCH", kBold).Centre(first, kBold).Centre("của Bộ Chính trị", kBold).Gap(1);
    b.Body(
        "Thực hiện Kế hoạch số 34-KH/TU ngày 09/03/2025 của Tỉnh ủy, Đảng ủy xã ban hành Kế hoạch như sau.");
    EXPECT_EQ(Extract(b.Build(), TestRules()).header.subject.value_or(""),
              std::string(first) + " của Bộ Chính trị");
  }
}

TEST(Header, ABoldAddresseeIsNoPartOfTheSubject) {
  LayoutBuilder b;
  b.Row("SỞ NỘI VỤ", kMotto1, kBold, kBold).Row("Số: 09/TTr-SNV", kMotto2, {}, kBold).Gap(1);
  b.Centre("TỜ TRÌNH", kBold).Centre("Về việc ban hành Kế hoạch", kBold).Gap(1);
  b.Centre("Kính gửi: Chủ tịch Ủy ban nhân dân tỉnh", kBold).Body("Căn cứ Luật Lâm nghiệp;");
  const Record r = Extract(b.Build(), TestRules());
  EXPECT_EQ(r.header.subject.value_or(""), "Về việc ban hành Kế hoạch");
  EXPECT_EQ(r.addressees.size(), 1u);
}

TEST(Header, AMottoThatWrapsStillTellsItsHeight) {
  LayoutBuilder b;
  b.Row("ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA", kBold, kBold);
  b.Row("XÃ THANH XÁ", "VIỆT NAM", kBold, kBold).Row("", kMotto2, {}, kBold);
  b.Row("Số: 25/KH-UBND", "Thanh Xá, ngày 09 tháng 3 năm 2023").Gap(1).Centre("KẾ HOẠCH", kBold);
  const Record r = Extract(b.Build(), TestRules());
  EXPECT_EQ(r.header.issuing_agency.value_or(""), "ỦY BAN NHÂN DÂN XÃ THANH XÁ");
  EXPECT_GE(r.evidence.at("/header/issuing_agency").confidence, 0.9);
}

TEST(Header, ALocalityAloneIsADoubtfulIssuer) {
  LayoutBuilder b;
  b.Row("XÃ THANH XÁ", kMotto1, kBold, kBold).Row("", kMotto2, {}, kBold);
  b.Row("Số: 25/KH-UBND", "Thanh Xá, ngày 09 tháng 3 năm 2023").Gap(1).Centre("KẾ HOẠCH", kBold);
  EXPECT_LT(Extract(b.Build(), TestRules()).evidence.at("/header/issuing_agency").confidence, 0.9);
}

TEST(Header, NumberAndNotationOnTwoLinesOfLayout) {
  LayoutBuilder b;
  b.Recognised();
  b.Row("ỦY BAN NHÂN DÂN", kMotto1).Row("XÃ X", kMotto2).Gap(1);
  b.Place("Số:", 120, Region::kLeft, Alignment::kCentre, {});
  b.Place("X, ngày tháng l] năm 2023", 310, Region::kRight, Alignment::kCentre, {});
  b.Place("/KH-UBND", 168, Region::kLeft, Alignment::kCentre, {});
  b.Gap(2).Centre("KẾ HOẠCH", kBold);
  const Record r = Extract(b.Build(), TestRules());
  EXPECT_EQ(r.header.number, std::nullopt);
  EXPECT_EQ(r.header.notation.value_or(""), "KH-UBND");
  EXPECT_EQ(r.header.place.value_or(""), "X");
  EXPECT_EQ(r.header.date, std::nullopt);
  EXPECT_TRUE(Has(r, "header.date.handwritten"));
}

TEST(Header, SubjectOffTheAxis) {
  LayoutBuilder b;
  b.Row("VĂN PHÒNG CHÍNH PHỦ", kMotto1, kBold, kBold).Row("", kMotto2, {}, kBold);
  b.Row("Số: 58/CĐ-VPCP", "Hà Nội, ngày 10 tháng 01 năm 2026").Gap(1).Centre("CÔNG ĐIỆN", kBold);
  b.Place("Phiên họp lần thứ nhất Ban Chỉ đạo quốc gia.", 215, Region::kBody, Alignment::kLeft, kBold);
  b.Gap(3).Body(
      "Thực hiện ý kiến chỉ đạo của Thủ tướng Chính phủ, Văn phòng Chính phủ trân trọng kính mời Đồng chí dự "
      "họp.",
      kRegular);
  EXPECT_EQ(Extract(b.Build(), TestRules()).header.subject.value_or(""),
            "Phiên họp lần thứ nhất Ban Chỉ đạo quốc gia");
}

TEST(Header, NothingAtAll) {
  const Record r = Extract(DocumentLayout{}, TestRules());
  EXPECT_EQ(r.header.type_name, std::nullopt);
  EXPECT_FALSE(r.signer.has_value());
}

}  // namespace
}  // namespace vanthu::extract
