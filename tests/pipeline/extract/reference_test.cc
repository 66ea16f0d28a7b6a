#include "pipeline/extract/reference.h"

#include <gtest/gtest.h>

#include "pipeline/extract/agency.h"
#include "pipeline/extract/rules.h"
#include "tests/pipeline/extract/layout_builder.h"

namespace vanthu::extract {
namespace {

const FieldRules& Fields() {
  return TestRules().fields;
}

TEST(DocumentNumber, SplitsNumberAndNotation) {
  const struct {
    const char* text;
    const char* number;
    const char* notation;
  } cases[] = {
      {"25/KH-UBND", "25", "KH-UBND"},
      {"118/2025/NĐ-CP ngày", "118", "2025/NĐ-CP"},
      {"574 /UBND-KTTH", "574", "UBND-KTTH"},
      {"186/KH- UBND ngày", "186", "KH-UBND"},
      {"12-KH/HU", "12", "KH/HU"},
      {"58/KH-THPTCL2", "58", "KH-THPTCL2"},
      {"2319/QĐ-TTg", "2319", "QĐ-TTg"},
      {"12/UBND-KTTHa47.", "12", "UBND-KTTHa47"},
      {"12a/QĐ-UBND", "12a", "QĐ-UBND"},
      {"107/2021/NÐ-CP", "107", "2021/NĐ-CP"},  // Eth, as old files write it
      {"01/2018/NĐ-CP; số", "01", "2018/NĐ-CP"},
  };
  for (const auto& c : cases) {
    const auto found = ParseDocumentNumber(Folded(c.text), 0, false, false);
    ASSERT_TRUE(found.has_value()) << c.text;
    EXPECT_EQ(found->number.value_or(""), c.number) << c.text;
    EXPECT_EQ(found->notation.value_or(""), c.notation) << c.text;
  }
}

TEST(DocumentNumber, BlankGarbageAndNone) {
  const auto blank = ParseDocumentNumber(Folded("      /KH-UBND"), 0, false, false);
  ASSERT_TRUE(blank.has_value());
  EXPECT_FALSE(blank->number.has_value());
  EXPECT_FALSE(blank->unreadable);
  const auto garbage = ParseDocumentNumber(Folded("ø4! /KH-UBND"), 0, false, true);
  ASSERT_TRUE(garbage.has_value());
  EXPECT_TRUE(garbage->unreadable);
  EXPECT_FALSE(ParseDocumentNumber(Folded("15/8/2023"), 0, false, false).has_value());
  EXPECT_FALSE(ParseDocumentNumber(Folded("20 - Đề nghị"), 0, false, false).has_value());
  EXPECT_FALSE(ParseDocumentNumber(Folded(""), 0, true, true).has_value());
}

TEST(WrittenDate, EveryPadding) {
  const auto read = [](const char* text) {
    const auto found = FindWrittenDate(Folded(text), 0, std::string::npos, false);
    return found ? found->date : std::nullopt;
  };
  EXPECT_EQ(read("ngày 09 tháng 3 năm 2023"), MakeDate(2023, 3, 9));
  EXPECT_EQ(read("Ngày 9 tháng 03 năm 2023"), MakeDate(2023, 3, 9));
  EXPECT_EQ(read("ngày 09 /03/2023"), MakeDate(2023, 3, 9));
  EXPECT_EQ(read("ngày 24/6/2022"), MakeDate(2022, 6, 24));
  EXPECT_EQ(read("ngày 24-6-2022"), MakeDate(2022, 6, 24));
  EXPECT_EQ(read("ngày 24.06.2022"), MakeDate(2022, 6, 24));
  EXPECT_EQ(read("ngày09 tháng3 năm2023"), MakeDate(2023, 3, 9));
  EXPECT_EQ(read("trong ngày hôm nay"), std::nullopt);
  EXPECT_EQ(read("ngày 30 tháng 02 năm 2023"), std::nullopt);
  const auto blank = FindWrittenDate(Folded("ngày     tháng 8 năm 2025"), 0, std::string::npos, false);
  ASSERT_TRUE(blank.has_value());
  EXPECT_TRUE(blank->blank);
  EXPECT_EQ(blank->year, 2025);
}

TEST(WrittenDate, RecognisersLetters) {
  const auto found = FindWrittenDate(Folded("ngày O9 tháng l0 năm 2023"), 0, std::string::npos, true);
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->date, MakeDate(2023, 10, 9));
  EXPECT_TRUE(found->repaired);
}

std::string AgencyOf(const char* text) {
  const Folded folded(text);
  return folded.Slice(0, AgencyEnd(folded, 0, Fields()));
}

TEST(AgencyName, EndsBeforeWhatFollows) {
  EXPECT_EQ(AgencyOf("UBND huyện Thanh Hà về kiểm soát"), "UBND huyện Thanh Hà");
  EXPECT_EQ(AgencyOf("Ủy ban nhân dân huyện Chợ Mới tổ chức hoạt động"), "Ủy ban nhân dân huyện Chợ Mới");
  EXPECT_EQ(AgencyOf("Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ hướng dẫn về"),
            "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ");
  EXPECT_EQ(AgencyOf("Bộ trưởng Bộ Tài chính quy định việc"), "Bộ trưởng Bộ Tài chính");
  EXPECT_EQ(AgencyOf("Chính phủ ban hành Kế hoạch"), "Chính phủ");
  EXPECT_EQ(AgencyOf("Chính phủ sửa đổi, bổ sung"), "Chính phủ");
  EXPECT_EQ(AgencyOf("Văn phòng Chính phủ)."), "Văn phòng Chính phủ");
  EXPECT_EQ(AgencyOf("Chủ tịch UBND xã Hưng Thịnh)"), "Chủ tịch UBND xã Hưng Thịnh");
  EXPECT_EQ(AgencyOf("Sở Giáo dục và Đào tạo Đồng Tháp về việc"), "Sở Giáo dục và Đào tạo Đồng Tháp");
  EXPECT_EQ(AgencyOf("Trường THPT Cao Lãnh về việc phối hợp"), "Trường THPT Cao Lãnh");
  EXPECT_EQ(AgencyOf("Thanh tra Bộ Lao động - Thương binh và Xã hội; kịp thời"),
            "Thanh tra Bộ Lao động - Thương binh và Xã hội");
  EXPECT_EQ(AgencyOf("UBND tỉnh."), "UBND tỉnh");
  EXPECT_EQ(AgencyOf("Thủ tướng Chính phủ về thành lập"), "Thủ tướng Chính phủ");
  EXPECT_EQ(AgencyOf("Chính phủ và Nghị quyết số 02/NQ-CP"), "Chính phủ");
  EXPECT_EQ(AgencyOf("cơ quan"), "");
}

struct Read {
  std::string text, type, number, notation, agency;
  std::optional<Date> date;
};
std::optional<Read> ReadFirst(const char* text, bool recognised = false) {
  const Folded folded(text);
  ReferenceOptions options;
  options.recognised = recognised;
  for (std::size_t at = 0; at < folded.key.size(); ++at)
    if (const auto found = ParseReference(folded, at, Fields(), options)) {
      Read out{folded.Slice(found->span.begin, found->span.end),
               found->type_code,
               "",
               "",
               found->agency.value_or(""),
               {}};
      if (found->number) {
        out.number = found->number->number.value_or("");
        out.notation = found->number->notation.value_or("");
      }
      if (found->date) out.date = found->date->date;
      return out;
    }
  return std::nullopt;
}

TEST(Reference, FullForm) {
  const auto r =
      ReadFirst("Thực hiện Kế hoạch số 34/KH-UBND ngày 09/03/2023 của UBND huyện Thanh Hà về kiểm soát");
  ASSERT_TRUE(r.has_value());
  EXPECT_EQ(r->text, "Kế hoạch số 34/KH-UBND ngày 09/03/2023 của UBND huyện Thanh Hà");
  EXPECT_EQ(r->type, "KH");
  EXPECT_EQ(r->number, "34");
  EXPECT_EQ(r->notation, "KH-UBND");
  EXPECT_EQ(r->agency, "UBND huyện Thanh Hà");
  EXPECT_EQ(r->date, MakeDate(2023, 3, 9));
}

TEST(Reference, ShortForms) {
  auto r = ReadFirst("theo Nghị định 107/2021/NĐ-CP và các");
  ASSERT_TRUE(r.has_value());
  EXPECT_EQ(r->text, "Nghị định 107/2021/NĐ-CP");
  r = ReadFirst("triển khai Đề án 06 trên địa bàn");
  ASSERT_TRUE(r.has_value());
  EXPECT_EQ(r->text, "Đề án 06");
  EXPECT_EQ(r->type, "ĐA");
  EXPECT_EQ(r->number, "06");
  r = ReadFirst("Bộ chỉ số theo Quyết định số 766");
  ASSERT_TRUE(r.has_value());
  EXPECT_EQ(r->text, "Quyết định số 766");
  EXPECT_EQ(r->notation, "");
  r = ReadFirst("Căn cứ Kế hoạch 620/KH-SGDĐT ngày 26/12/2025 của Sở Giáo dục và Đào tạo Đồng Tháp về việc");
  ASSERT_TRUE(r.has_value());
  EXPECT_EQ(r->text, "Kế hoạch 620/KH-SGDĐT ngày 26/12/2025 của Sở Giáo dục và Đào tạo Đồng Tháp");
  r = ReadFirst("Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về đột phá");
  ASSERT_TRUE(r.has_value());
  EXPECT_EQ(r->number, "57");
  EXPECT_EQ(r->notation, "NQ/TW");
  EXPECT_EQ(r->agency, "Bộ Chính trị");
}

TEST(Reference, Laws) {
  auto r = ReadFirst("theo quy định của Luật Ngân sách nhà nước và văn bản hướng dẫn thi hành.");
  ASSERT_TRUE(r.has_value());
  EXPECT_EQ(r->text, "Luật Ngân sách nhà nước");
  EXPECT_EQ(r->type, "Luật");
  r = ReadFirst("Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;");
  ASSERT_TRUE(r.has_value());
  EXPECT_EQ(r->text, "Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025");
  EXPECT_EQ(r->date, MakeDate(2025, 6, 16));
  r = ReadFirst("Căn cứ Luật Phòng, chống tham nhũng ngày 20 tháng 11 năm 2018;");
  ASSERT_TRUE(r.has_value());
  EXPECT_EQ(r->text, "Luật Phòng, chống tham nhũng ngày 20 tháng 11 năm 2018");
  EXPECT_FALSE(ReadFirst("theo quy định của pháp luật hiện hành").has_value());
}

TEST(Reference, NoneInPlainText) {
  EXPECT_FALSE(ReadFirst("Ban hành Kế hoạch kiểm soát TTHC và thực hiện cơ chế một cửa").has_value());
  EXPECT_FALSE(ReadFirst("Nội dung Kế hoạch bảo đảm đồng bộ các nhiệm vụ").has_value());
  EXPECT_FALSE(ReadFirst("báo cáo 15 ngày một lần").has_value());
  EXPECT_FALSE(ReadFirst("Kế hoạch năm 2023 của xã").has_value());
}

TEST(Citations, ListOfOneKindAndOnceEach) {
  LayoutBuilder b;
  b.Body(
      "Công văn số 4643/UBND-KGVX ngày 28/8/2024; số 4975/UBND-KGVX ngày 17/09/2024 và số 6138/UBND-KGVX "
      "ngày "
      "13/11/2024. Thực hiện Công văn số 4643/UBND-KGVX.");
  const Record r = Extract(b.Build(), TestRules());
  ASSERT_EQ(r.citations.size(), 3u);
  EXPECT_EQ(r.citations[1].number.value_or(""), "4975");
  EXPECT_EQ(r.citations[1].type_code.value_or(""), "CV");
  EXPECT_EQ(r.citations[2].text, "số 6138/UBND-KGVX ngày 13/11/2024");
  ASSERT_TRUE(r.evidence.count("/citations/2"));
}

TEST(Citations, BasisOnlyInThePreamble) {
  LayoutBuilder b;
  b.Body(
      "Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08 tháng 6 năm 2010 của Chính phủ về kiểm soát TTHC; Nghị định "
      "số "
      "48/2013/NĐ-CP ngày 14 tháng 5 năm 2013 của Chính phủ;");
  b.Body("I. MỤC ĐÍCH", kBold)
      .Body("Theo Thông tư số 02/2017/TT-VPCP thì các đơn vị báo cáo hằng quý.", kRegular);
  const Record r = Extract(b.Build(), TestRules());
  ASSERT_EQ(r.citations.size(), 3u);
  EXPECT_EQ(r.citations[0].role, CitationRole::kBasis);
  EXPECT_EQ(r.citations[1].role, CitationRole::kBasis);
  EXPECT_EQ(r.citations[2].role, CitationRole::kBody);
}

TEST(Citations, FromTableCells) {
  LayoutBuilder b;
  b.Table({{"STT", "Nội dung"}, {"1", "Thực hiện Nghị quyết số 01/NQ-CP ngày 06/01/2023 của Chính phủ"}});
  const Record r = Extract(b.Build(), TestRules());
  ASSERT_EQ(r.citations.size(), 1u);
  EXPECT_EQ(r.citations[0].agency.value_or(""), "Chính phủ");
  EXPECT_FALSE(r.evidence.at("/citations/0").box.empty());
}

}  // namespace
}  // namespace vanthu::extract
