#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/pipeline/extract/layout_builder.h"

namespace vanthu::extract {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Closing, SignerOfACollectiveAndRecipients) {
  LayoutBuilder b;
  b.Body(
      "Trên đây là kế hoạch kiểm soát thủ tục hành chính năm 2023, UBND xã yêu cầu các công chức thực "
      "hiện./.");
  b.Recipient("Nơi nhận:", "TM. ỦY BAN NHÂN DÂN", kBold);
  b.Recipient("- Văn phòng UBND huyện;", "CHỦ TỊCH", kBold)
      .Recipient("- Chủ tịch, Phó CT UBND xã;")
      .Recipient("- Các công");
  b.Recipient("chức xã;").Recipient("- Lưu: VT.", "Phạm Thị Mây", kBold);
  const Record r = Extract(b.Build(), TestRules());
  EXPECT_THAT(r.recipients,
              ElementsAre("Văn phòng UBND huyện", "Chủ tịch, Phó CT UBND xã", "Các công chức xã", "Lưu: VT"));
  ASSERT_TRUE(r.signer.has_value());
  EXPECT_THAT(r.signer->block, ElementsAre("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"));
  EXPECT_THAT(r.signer->authority, ElementsAre("TM."));
  EXPECT_EQ(r.signer->on_behalf_of.value_or(""), "ỦY BAN NHÂN DÂN");
  EXPECT_EQ(r.signer->position.value_or(""), "CHỦ TỊCH");
  EXPECT_EQ(r.signer->name.value_or(""), "Phạm Thị Mây");
  for (const char* pointer : {"/signer/name", "/signer/position", "/signer/on_behalf_of", "/recipients/2"})
    EXPECT_TRUE(r.evidence.count(pointer)) << pointer;
  ASSERT_EQ(r.sections.size(), 1u);
  EXPECT_EQ(r.sections[0].paragraphs.size(), 1u);
}

TEST(Closing, TwoMarksAndThreeLines) {
  LayoutBuilder b;
  b.Body("Nay thông báo để các đơn vị thực hiện./.");
  b.Recipient("Nơi nhận:", "TL. CHỦ TỊCH", kBold).Recipient("- Như trên;", "KT. CHÁNH VĂN PHÒNG", kBold);
  b.Recipient("- Lưu: VT, HCC, NC.", "PHÓ CHÁNH VĂN PHÒNG", kBold)
      .Gap(4)
      .Recipient("", "Thạch Cảnh Minh Vũ", kBold);
  const Record r = Extract(b.Build(), TestRules());
  ASSERT_TRUE(r.signer.has_value());
  EXPECT_THAT(r.signer->authority, ElementsAre("TL.", "KT."));
  EXPECT_EQ(r.signer->on_behalf_of.value_or(""), "CHỦ TỊCH");
  EXPECT_EQ(r.signer->position.value_or(""), "PHÓ CHÁNH VĂN PHÒNG");
  EXPECT_EQ(r.signer->name.value_or(""), "Thạch Cảnh Minh Vũ");
  EXPECT_THAT(r.recipients, ElementsAre("Như trên", "Lưu: VT, HCC, NC"));
}

TEST(Closing, MarkWithoutSpaceAndCommaInPosition) {
  LayoutBuilder b;
  b.Recipient("Nơi nhận:", "KT.HIỆU TRƯỞNG", kBold).Recipient("- Sở GDĐT (bc);", "PHÓ HIỆU TRƯỞNG", kBold);
  b.Recipient("- Lưu: VT, V.").Gap(3).Recipient("", "Trần Thanh Vũ", kBold);
  Record r = Extract(b.Build(), TestRules());
  ASSERT_TRUE(r.signer.has_value());
  EXPECT_THAT(r.signer->block, ElementsAre("KT.HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG"));
  EXPECT_EQ(r.signer->on_behalf_of.value_or(""), "HIỆU TRƯỞNG");
  LayoutBuilder c;
  c.Recipient("Nơi nhận:", "KT. BỘ TRƯỞNG, CHỦ NHIỆM", kBold)
      .Recipient("- Như trên;", "PHÓ CHỦ NHIỆM", kBold);
  c.Recipient("- Lưu: VT, TH (2) Thạch").Gap(3).Recipient("", "Phạm Mạnh Cường", kBold);
  r = Extract(c.Build(), TestRules());
  ASSERT_TRUE(r.signer.has_value());
  EXPECT_EQ(r.signer->on_behalf_of.value_or(""), "BỘ TRƯỞNG, CHỦ NHIỆM");
  EXPECT_EQ(r.signer->position.value_or(""), "PHÓ CHỦ NHIỆM");
  EXPECT_THAT(r.recipients, ElementsAre("Như trên", "Lưu: VT, TH (2) Thạch"));
}

TEST(Closing, HeadWithoutMark) {
  LayoutBuilder b;
  b.Recipient("Nơi nhận:", "THỦ TƯỚNG", kBold).Recipient("- Như Điều 1;").Recipient("- VPCP: BTCN, các PCN,");
  b.Recipient("  các Vụ, Cục, Công báo;").Recipient("- Lưu: VT, KSTT (2).", "Phạm Minh Chính", kBold);
  const Record r = Extract(b.Build(), TestRules());
  ASSERT_TRUE(r.signer.has_value());
  EXPECT_THAT(r.signer->authority, IsEmpty());
  EXPECT_EQ(r.signer->on_behalf_of, std::nullopt);
  EXPECT_EQ(r.signer->position.value_or(""), "THỦ TƯỚNG");
  EXPECT_EQ(r.signer->name.value_or(""), "Phạm Minh Chính");
  EXPECT_THAT(r.recipients,
              ElementsAre("Như Điều 1", "VPCP: BTCN, các PCN, các Vụ, Cục, Công báo", "Lưu: VT, KSTT (2)"));
}

TEST(Closing, AWrappedPositionIsOneLine) {
  const auto block = [](const char* first, const char* second, const char* third) {
    LayoutBuilder b;
    b.Recipient("Nơi nhận:", first, kBold).Recipient("- Lưu: VT.", second, kBold);
    b.Recipient("", third, kBold).Gap(3).Recipient("", "Bùi Ngọc Hải", kBold);
    return Extract(b.Build(), TestRules()).signer.value_or(Signer()).block;
  };
  EXPECT_THAT(block("TUQ. TRƯỞNG BAN", "TRƯỞNG PHÒNG KẾ HOẠCH", "TỔNG HỢP"),
              ElementsAre("TUQ. TRƯỞNG BAN", "TRƯỞNG PHÒNG KẾ HOẠCH TỔNG HỢP"));
  EXPECT_THAT(block("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "THƯỜNG TRỰC"),
              ElementsAre("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ THƯỜNG TRỰC"));
  EXPECT_THAT(block("TM. HỘI ĐỒNG", "KT. CHỦ TỊCH", "TỔNG GIÁM ĐỐC"),
              ElementsAre("TM. HỘI ĐỒNG", "KT. CHỦ TỊCH", "TỔNG GIÁM ĐỐC"));
}

TEST(Closing, SignedNotesAreNoNames) {
  LayoutBuilder b;
  b.Recipient("Nơi nhận:", "GIÁM ĐỐC", kBold).Recipient("- Lưu: VT.").Gap(1);
  b.Recipient("", "(Đã ký)")
      .Recipient("", "Ký bởi: Nguyễn Văn Ba")
      .Gap(1)
      .Recipient("", "Nguyễn Văn Ba", kBold);
  const Record r = Extract(b.Build(), TestRules());
  ASSERT_TRUE(r.signer.has_value());
  EXPECT_EQ(r.signer->name.value_or(""), "Nguyễn Văn Ba");
  EXPECT_THAT(r.signer->block, ElementsAre("GIÁM ĐỐC"));
}

TEST(Closing, RecognisedMarkIsMended) {
  LayoutBuilder b;
  b.Recognised();
  b.Recipient("Noi nhận:", "TM, ỦY BAN NHÂN DÂN")
      .Recipient("- Lưu: VT.", "CHỦ TỊCH")
      .Gap(3)
      .Recipient("", "Phạm Thị Mây");
  const Record r = Extract(b.Build(), TestRules());
  ASSERT_TRUE(r.signer.has_value());
  EXPECT_THAT(r.signer->block, ElementsAre("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"));
  EXPECT_EQ(r.signer->on_behalf_of.value_or(""), "ỦY BAN NHÂN DÂN");
}

TEST(Closing, ANameBesideItsBlocksMiddleHasLostAPart) {
  const auto read = [](const std::string& name) {
    LayoutBuilder b;
    b.Recognised();
    b.Recipient("Nơi nhận:", "KT. BỘ TRƯỞNG").Recipient("- Lưu: VT.", "THỨ TRƯỞNG").Gap(3);
    b.Recipient("", name);
    return Extract(b.Build(), TestRules());
  };
  const Record whole = read("Nguyễn Văn Phúc");
  EXPECT_GE(whole.evidence.at("/signer/name").confidence, 0.9);
  // The same name whose first syllable stood under the seal.
  LayoutBuilder b;
  b.Recognised();
  b.Recipient("Nơi nhận:", "KT. BỘ TRƯỞNG").Recipient("- Lưu: VT.", "THỨ TRƯỞNG").Gap(3);
  b.Place("Văn Phúc", 430 - LayoutBuilder::WidthOf("Văn Phúc") / 2 + 22, Region::kRight, Alignment::kCentre,
          {});
  const Record part = Extract(b.Build(), TestRules());
  EXPECT_EQ(part.signer->name.value_or(""), "Văn Phúc");
  EXPECT_LT(part.evidence.at("/signer/name").confidence, 0.9);
  EXPECT_TRUE(std::any_of(part.findings.begin(), part.findings.end(),
                          [](const Finding& f) { return f.code == "signer.name.doubtful"; }));
}

TEST(Closing, ANameAloneOverleafIsTheBlocks) {
  LayoutBuilder b;
  b.Recipient("Nơi nhận:", "TM. ỦY BAN NHÂN DÂN", kBold).Recipient("- Lưu: VT.", "CHỦ TỊCH", kBold);
  b.NewPage().Gap(1).Recipient("", "Phạm Thị Mây", kBold);
  const Record r = Extract(b.Build(), TestRules());
  ASSERT_TRUE(r.signer.has_value());
  EXPECT_EQ(r.signer->name.value_or(""), "Phạm Thị Mây");
  EXPECT_EQ(r.evidence.at("/signer/name").page, 1);
}

TEST(Closing, WhatFollowsOverleafIsNoName) {
  LayoutBuilder b;
  b.Recipient("Nơi nhận:", "TM. ỦY BAN NHÂN DÂN", kBold).Recipient("- Lưu: VT.", "CHỦ TỊCH", kBold);
  b.NewPage().Centre("Phụ Lục Một", kBold).Body("Danh mục nhiệm vụ của xã trong năm 2025 theo kế hoạch.");
  const Record r = Extract(b.Build(), TestRules());
  ASSERT_TRUE(r.signer.has_value());
  EXPECT_EQ(r.signer->name, std::nullopt);
}

TEST(Closing, MissingNameIsAFinding) {
  LayoutBuilder b;
  b.Recipient("Nơi nhận:", "CHỦ TỊCH", kBold).Recipient("- Lưu: VT.");
  const Record r = Extract(b.Build(), TestRules());
  ASSERT_TRUE(r.signer.has_value());
  EXPECT_EQ(r.signer->name, std::nullopt);
  EXPECT_TRUE(std::any_of(r.findings.begin(), r.findings.end(),
                          [](const Finding& f) { return f.code == "signer.name.absent"; }));
}

TEST(Closing, WithoutRecipientsLabel) {
  LayoutBuilder b;
  b.Body("Báo cáo kết quả thực hiện nhiệm vụ của xã trong năm 2025 theo quy định./.");
  b.Row("", "NGƯỜI LẬP BIỂU", {}, kBold).Gap(3).Row("", "Lê Thị Hoa", {}, kBold);
  const Record r = Extract(b.Build(), TestRules());
  ASSERT_TRUE(r.signer.has_value());
  EXPECT_EQ(r.signer->position.value_or(""), "NGƯỜI LẬP BIỂU");
  EXPECT_EQ(r.signer->name.value_or(""), "Lê Thị Hoa");
}

TEST(Closing, NoneInAPlainText) {
  LayoutBuilder b;
  b.Body("Kinh phí thực hiện do ngân sách nhà nước bảo đảm theo phân cấp.");
  const Record r = Extract(b.Build(), TestRules());
  EXPECT_FALSE(r.signer.has_value());
  EXPECT_THAT(r.recipients, IsEmpty());
}

}  // namespace
}  // namespace vanthu::extract
