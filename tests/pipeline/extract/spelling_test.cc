#include "pipeline/extract/spelling.h"

#include <gtest/gtest.h>

#include "pipeline/extract/rules.h"
#include "tests/pipeline/extract/layout_builder.h"

namespace vanthu::extract {
namespace {

std::string Mended(const char* text) {
  return Mend(text, TestRules().fields.spellings);
}

TEST(Spelling, MarksAreRestored) {
  EXPECT_EQ(Mended("UY BAN NHÂN DÂN TINH QUẢNG NGÃI"), "ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI");
  EXPECT_EQ(Mended("ỦY BAN NHÂN DÂN TỈNH LÂM ĐÒNG"), "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG");
  EXPECT_EQ(Mended("TUỨ TRƯỞNG"), "THỨ TRƯỞNG");  // no such syllable, one letter off
  EXPECT_EQ(Mended("Công thông tin điện tử Bộ GDĐT"), "Cổng thông tin điện tử Bộ GDĐT");
}

TEST(Spelling, WhatIsRightStays) {
  for (const char* text : {"ỦY BAN NHÂN DÂN XÃ KIẾN AN", "UỶ BAN NHÂN DÂN THỊ TRẤN THANH MIỆN",
                           "văn bản hành chính", "đánh giá lại", "công ăn việc làm",
                           "Phó chủ tịch Nguyễn Ngọc Phúc", "Lưu: VT, TTHC", "", "Tính toán", "Xa lộ"})
    EXPECT_EQ(Mended(text), text);
}

TEST(Spelling, OnlyRecognisedValuesAreMended) {
  for (const bool recognised : {false, true}) {
    LayoutBuilder b;
    if (recognised) b.Recognised();
    b.Row("UY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        .Row("TỈNH QUẢNG NGÃI", "Độc lập - Tự do - Hạnh phúc");
    b.Row("Số: 1/KH-UBND", "Quảng Ngãi, ngày 09 tháng 3 năm 2023").Gap(1).Centre("KẾ HOẠCH", kBold);
    const Record r = Extract(b.Build(), TestRules());
    EXPECT_EQ(r.header.issuing_agency.value_or(""),
              recognised ? "ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI" : "UY BAN NHÂN DÂN TỈNH QUẢNG NGÃI");
  }
}

}  // namespace
}  // namespace vanthu::extract
