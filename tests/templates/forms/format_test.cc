#include "templates/forms/format.h"

#include <gtest/gtest.h>

#include "parts.h"

namespace vanthu::templates {
namespace {

std::string Written(const Value& value, std::string_view format) {
  const auto text = FormatValue(value, format, Rules());
  return text ? *text : "refused: " + text.error().en;
}

TEST(Format, DatesPadTheDayBelowTenAndTheMonthsOneAndTwo) {
  EXPECT_EQ(LongDate(*MakeDate(2023, 3, 9)), "ngày 09 tháng 3 năm 2023");
  EXPECT_EQ(LongDate(*MakeDate(2023, 1, 5)), "ngày 05 tháng 01 năm 2023");
  EXPECT_EQ(LongDate(*MakeDate(2023, 2, 28)), "ngày 28 tháng 02 năm 2023");
  EXPECT_EQ(LongDate(*MakeDate(2020, 12, 31)), "ngày 31 tháng 12 năm 2020");
  EXPECT_EQ(ShortDate(*MakeDate(2022, 6, 23)), "23/6/2022");
  EXPECT_EQ(ShortDate(*MakeDate(2022, 2, 3)), "03/02/2022");
}

TEST(Format, NumbersHavePointsBetweenThousandsAndADecimalComma) {
  EXPECT_EQ(VietnameseNumber(0), "0");
  EXPECT_EQ(VietnameseNumber(999), "999");
  EXPECT_EQ(VietnameseNumber(1250.5), "1.250,5");
  EXPECT_EQ(VietnameseNumber(-1234567), "-1.234.567");
  EXPECT_EQ(VietnameseNumber(0.1), "0,1");
  EXPECT_EQ(Written({std::string("1250")}, "so"), "1.250");
  EXPECT_EQ(Written({std::string("nhiều")}, "so"), "refused: not a number");
}

TEST(Format, RomanNumerals) {
  EXPECT_EQ(RomanNumeral(4), "IV");
  EXPECT_EQ(RomanNumeral(1999), "MCMXCIX");
  EXPECT_EQ(RomanNumeral(0), "");
  EXPECT_EQ(RomanNumeral(4000), "");
  EXPECT_EQ(Written({14.0}, "la-ma"), "XIV");
  EXPECT_NE(Written({1.5}, "la-ma").find("refused"), std::string::npos);
}

TEST(Format, ANumberOrDateThatIsNotThereLeavesABlank) {
  EXPECT_EQ(Written({}, "so-van-ban"), Rules().number_blank);
  EXPECT_EQ(Written({}, "ngay"),
            "ngày" + Rules().day_blank + "tháng" + Rules().month_blank + "năm" + Rules().year_blank);
  EXPECT_EQ(Written({}, "ngay-so"), "");
  EXPECT_EQ(Written({std::string("5")}, "so-van-ban"), "05");
  EXPECT_EQ(Written({std::string("25")}, "so-van-ban"), "25");
}

TEST(Format, NamesOfKindsAndAgencies) {
  EXPECT_EQ(Written({std::string("KH")}, "ten-loai"), "Kế hoạch");
  EXPECT_NE(Written({std::string("XX")}, "ten-loai").find("refused"), std::string::npos);
  EXPECT_EQ(Written({std::string("Kế hoạch")}, "in-hoa"), "KẾ HOẠCH");
  EXPECT_EQ(Written({std::string("BÁO CÁO QUÝ III/2025, Giai đoạn IV")}, "in-thuong"),
            "báo cáo quý III/2025, giai đoạn IV");
  EXPECT_EQ(AgencyInText("ỦY BAN NHÂN DÂN XÃ AN THÀNH", Rules()), "Ủy ban nhân dân xã An Thành");
  EXPECT_EQ(AgencyInText("UỶ BAN NHÂN DÂN THỊ TRẤN THANH MIỆN", Rules()),
            "Uỷ ban nhân dân thị trấn Thanh Miện");
  EXPECT_EQ(AgencyInText("UBND xã Kiến An", Rules()), "UBND xã Kiến An");
  EXPECT_EQ(AgencyInText("SỞ KHOA HỌC VÀ CÔNG NGHỆ", Rules()), "Sở Khoa học và Công nghệ");
  EXPECT_EQ(AgencyInText("BAN DÂN TỘC", Rules()), "BAN DÂN TỘC");  // how it is written is not known
}

TEST(Format, AnAgencyBreaksBeforeItsLocality) {
  EXPECT_EQ(AgencyInHead("ỦY BAN NHÂN DÂN XÃ THANH XÁ", Rules()), "ỦY BAN NHÂN DÂN\nXÃ THANH XÁ");
  EXPECT_EQ(AgencyInHead("UỶ BAN NHÂN DÂN THỊ XÃ SA PA", Rules()), "UỶ BAN NHÂN DÂN\nTHỊ XÃ SA PA");
  EXPECT_EQ(AgencyInHead("VĂN PHÒNG CHÍNH PHỦ", Rules()), "VĂN PHÒNG CHÍNH PHỦ");
}

}  // namespace
}  // namespace vanthu::templates
