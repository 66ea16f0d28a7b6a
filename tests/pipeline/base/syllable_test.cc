#include "pipeline/base/syllable.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

namespace vanthu {
namespace {

// A sentence with every kind of rime that the plans and decrees use, and the awkward syllables of the
// language.
TEST(Syllable, AcceptsRealSyllables) {
  const char* text =
      "Căn cứ Luật Tổ chức chính quyền địa phương ngày tháng năm Nghị định của Chính phủ về công tác văn thư "
      "Ủy ban "
      "nhân dân xã Quyết định phê duyệt kế hoạch cải cách hành chính giai đoạn nguyễn khuya khuỷu ngoằn "
      "ngoèo thuở "
      "quở rượu hươu cừu mười ngửi người uống ương yếu ý ỉa tuần xuất khuấy quây quốc giữa giường giếng gì "
      "gìn thuế "
      "huênh luýnh loạch xoáy thoắt boong soóc quýt quít quí quỵ nghiêng nghiêm kỹ thuật gỡ ghế ngã nghề "
      "đường "
      "oanh uyên huyết xoăn khoét xoèn tuýp quyển huỳnh khuynh hoà hòa uỷ ủy thuý thúy khoẻ khỏe loè lòe";
  std::istringstream words(text);
  for (std::string word; words >> word;) EXPECT_TRUE(IsVietnameseSyllable(word)) << word;
}

TEST(Syllable, AcceptsCapitalsAndDecomposedMarks) {
  for (const char* word : {"THỦ", "TỤC", "Đẩy", "ĐƯỜNG", "NGUYỄN", "Ê", "Ỷ"})
    EXPECT_TRUE(IsVietnameseSyllable(word)) << word;
  EXPECT_TRUE(IsVietnameseSyllable("ngh\u0069\u0323"));         // nghị, NFD
  EXPECT_TRUE(IsVietnameseSyllable("qu\u0079e\u0302\u0301t"));  // quyết, NFD
  EXPECT_TRUE(IsVietnameseSyllable("\u01B0\u01A1\u0300ng"));    // ường, half composed
}

TEST(Syllable, RefusesWhatCannotBeWritten) {
  for (const char* word : {"",     "ơươ", "hoc", "cach",  "họcc",   "ngiên",   "cê",       "kông", "ghường",
                           "Céđg", "hoµ", "x·",  "Tuỳdn", "đuờng",  "phươngg", "nghiêngs", "áá",   "zá",
                           "wê",   "fải", "q",   "qa",    "thòạng", "lụât",    "ngừơi"})
    EXPECT_FALSE(IsVietnameseSyllable(word)) << word;
}

TEST(Syllable, CheckedRimesTakeOnlyTwoTones) {
  EXPECT_TRUE(IsVietnameseSyllable("các"));
  EXPECT_TRUE(IsVietnameseSyllable("cạc"));
  EXPECT_FALSE(IsVietnameseSyllable("càc"));
  EXPECT_FALSE(IsVietnameseSyllable("cảch"));
}

TEST(SyllableRate, VietnameseText) {
  const SyllableRate rate =
      RateSyllables("Số: 25/KH-UBND, ngày 09 tháng 3 (Kèm theo Quyết định của UBND tỉnh).");
  EXPECT_EQ(rate.tokens,
            10);  // Số ngày tháng Kèm theo Quyết định của UBND tỉnh; numbers and notations are not judged
  EXPECT_DOUBLE_EQ(rate.valid, 1.0);
  EXPECT_GT(rate.marked, 0.6);
}

TEST(SyllableRate, ForeignTextIsValidButUnmarked) {
  const SyllableRate rate = RateSyllables("The quick brown fox jumps over Internet and email.");
  EXPECT_DOUBLE_EQ(rate.valid, 1.0);
  EXPECT_DOUBLE_EQ(rate.marked, 0.0);
}

TEST(SyllableRate, LegacyBytesAreNotValid) {
  // "Cộng hoà xã hội chủ nghĩa Việt Nam" in TCVN3, read as Latin-1.
  const SyllableRate rate = RateSyllables("Céng hoµ x· héi chñ nghÜa ViÖt Nam");
  EXPECT_LT(rate.valid, 0.75);
}

TEST(SyllableRate, GarbageOfARecogniser) {
  EXPECT_LT(RateSyllables("CONGhoAXa hQi Ngliia VigtNam tlnh BQc LAm DOng tUbndT xyzt").valid, 0.7);
}

TEST(SyllableRate, NothingToJudge) {
  EXPECT_EQ(RateSyllables("12 345 6/7 - ...").tokens, 0);
  EXPECT_EQ(RateSyllables("").tokens, 0);
  EXPECT_EQ(RateSyllables("\xC3").tokens, 1);  // ill-formed: one letter that is none of ours
  EXPECT_EQ(RateSyllables("\xC3").valid, 0);
}

}  // namespace
}  // namespace vanthu
