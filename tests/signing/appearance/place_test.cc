#include "signing/appearance/place.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <map>

#include "pipeline/intake/intake.h"

namespace vanthu::signing {
namespace {

const PlaceRules& Rules() {
  static const PlaceRules rules = ReadPlaceRules(VANTHU_SOURCE_DIR "/signing/appearance/rules").value();
  return rules;
}

// A page of A4; lines of words 5 points a letter wide and 14 high.
class PageOf {
 public:
  explicit PageOf(int index) {
    page_.index = index;
    page_.width_pt = 595;
    page_.height_pt = 842;
  }
  PageOf& Left(double x, double top, const std::string& text) {
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find(' ', at), text.size());
      const double width = 5.0 * static_cast<double>(end - at);
      Word& word = page_.words.emplace_back();
      word.text = text.substr(at, end - at);
      word.box = {x, top, x + width, top + 14};
      x += width + 3;
      at = end + 1;
    }
    return *this;
  }
  PageOf& Centred(double axis, double top, const std::string& text) {
    const auto spaces = static_cast<double>(std::count(text.begin(), text.end(), ' '));
    const double width = 5 * (static_cast<double>(text.size()) - spaces) + 3 * spaces;
    return Left(axis - width / 2, top, text);
  }
  Page& page() { return page_; }

 private:
  Page page_;
};

Page Signed(int index, double axis = 430) {
  PageOf page(index);
  page.Left(85, 300, "thực hiện Kế hoạch này./.")
      .Left(85, 400, "Nơi nhận:")
      .Left(85, 416, "- Như trên;")
      .Left(85, 432, "- Lưu: VT.")
      .Centred(axis, 400, "TM. ỦY BAN NHÂN DÂN")
      .Centred(axis, 417, "KT. CHỦ TỊCH")
      .Centred(axis, 434, "PHÓ CHỦ TỊCH")
      .Centred(axis, 520, "Phạm Thị Mây");
  return page.page();
}

TEST(Place, IsBetweenTitleAndName) {
  const FoundPlace place = FindPlace({Signed(2)}, Rules());
  EXPECT_EQ(place.page, 2);
  EXPECT_EQ(place.kind, PlaceKind::kBesideName);
  EXPECT_GT(place.confidence, 0.95);
  EXPECT_EQ(place.title, "TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH");
  EXPECT_EQ(place.name, "Phạm Thị Mây");
  EXPECT_NEAR(place.box.y0, 449, 0.1);
  EXPECT_NEAR(place.box.y1, 519, 0.1);
  EXPECT_NEAR(place.box.centre_x(), 430, 8);  // letters of several bytes are wider in these tests
  EXPECT_NEAR(place.box.width(), 170, 0.1);
}

TEST(Place, TheDocumentsSignerIsTheOneBesideTheRecipients) {
  PageOf annex(3);
  annex.Centred(430, 600, "THỦ TRƯỞNG ĐƠN VỊ").Centred(430, 700, "Trần Văn Bình");
  const FoundPlace place = FindPlace({Signed(2), annex.page()}, Rules());
  EXPECT_EQ(place.page, 2);
  const FoundPlace alone = FindPlace({annex.page()}, Rules());
  EXPECT_EQ(alone.name, "Trần Văn Bình");
  EXPECT_LT(alone.confidence, 0.9);
}

TEST(Place, IsMappedToThePageAsShown) {
  Page page = Signed(0);
  page.to_source = {1, 0, 0, 1, 10, -20};
  EXPECT_NEAR(FindPlace({page}, Rules()).box.y0, 429, 0.1);
}

TEST(Place, AHeadingInCapitalsIsNoSigner) {
  PageOf page(0);
  page.Centred(297, 200, "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ")
      .Left(85, 230, "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;")
      .Left(85, 250, "Theo đề nghị của Văn phòng.");
  EXPECT_EQ(FindPlace({page.page()}, Rules()).kind, PlaceKind::kCorner);
}

TEST(Place, WhatStandsInTheGapIsNoName) {
  PageOf page(0);
  page.Left(85, 400, "Nơi nhận:")
      .Centred(430, 400, "GIÁM ĐỐC")
      .Centred(430, 440, "(Đã ký)")
      .Centred(430, 500, "Lê Văn An");
  const FoundPlace place = FindPlace({page.page()}, Rules());
  EXPECT_EQ(place.name, "Lê Văn An");
  EXPECT_NEAR(place.box.y1, 499, 0.1);
}

TEST(Place, WithoutANameItIsUnderTheTitleAndLessSure) {
  PageOf page(0);
  page.Left(85, 400, "Nơi nhận:").Centred(430, 400, "GIÁM ĐỐC");
  const FoundPlace place = FindPlace({page.page()}, Rules());
  EXPECT_EQ(place.kind, PlaceKind::kUnderTitle);
  EXPECT_LT(place.confidence, 0.8);
  EXPECT_NEAR(place.box.y0, 415, 0.1);
  EXPECT_GE(place.box.height(), 40 - 1.1);
}

TEST(Place, ANarrowGapIsLessSure) {
  PageOf page(0);
  page.Left(85, 400, "Nơi nhận:").Centred(430, 400, "GIÁM ĐỐC").Centred(430, 440, "Lê Văn An");
  const FoundPlace place = FindPlace({page.page()}, Rules());
  EXPECT_EQ(place.kind, PlaceKind::kBesideName);
  EXPECT_LT(place.confidence, 0.8);
  EXPECT_NEAR(place.box.height(), 40, 0.1);
}

TEST(Place, WithoutAnySignerItIsAtTheBottomRight) {
  PageOf text(0), blank(1);
  text.Left(85, 300, "Một đoạn văn không có người ký.");
  const FoundPlace place = FindPlace({text.page(), blank.page()}, Rules());
  EXPECT_EQ(place.page, 0);
  EXPECT_EQ(place.kind, PlaceKind::kCorner);
  EXPECT_LT(place.confidence, 0.5);
  EXPECT_GT(place.box.y0, 314);
  EXPECT_NEAR(place.box.x1, 595 - 42.5, 0.1);
  EXPECT_EQ(FindPlace({}, Rules()).kind, PlaceKind::kCorner);
}

TEST(Place, WordsOfSignaturesThereAlreadyDoNotCount) {
  Page page = Signed(0);
  PageOf shown(0);
  shown.Centred(430, 470, "GIÁM ĐỐC").Centred(430, 500, "Trần Văn Bình");
  for (Word& word : shown.page().words) {
    word.source = Source::kAppearance;
    page.words.push_back(word);
  }
  EXPECT_EQ(FindPlace({page}, Rules()).name, "Phạm Thị Mây");
}

std::vector<Page> Read(const std::filesystem::path& path) {
  const auto document = intake::OpenDocument(path, {});
  std::vector<Page> pages;
  if (!document) return pages;
  for (int page = 0; page < (*document)->page_count(); ++page)
    pages.push_back((*document)->ReadPage(page).value());
  return pages;
}

TEST(Place, OnThePlansOfTheSamples) {
  const std::map<std::string, std::string> names = {{"an-thanh-2026.pdf", "Nguyễn Đức Thắng"},
                                                    {"kien-an-2023.pdf", "Nguyễn Thành Trung"},
                                                    {"thanh-xa-2023.pdf", "Phạm Thị Mây"}};
  for (const auto& [file, name] : names) {
    const FoundPlace place = FindPlace(Read(VANTHU_SOURCE_DIR "/samples/" + file), Rules());
    EXPECT_EQ(place.name, name);
    EXPECT_EQ(place.kind, PlaceKind::kBesideName);
    EXPECT_GE(place.box.height(), 58);
  }
  // Appendices alone: nobody signs there.
  for (const char* file : {"hung-thinh-2025.pdf", "thanh-mien-2024.pdf"})
    EXPECT_EQ(FindPlace(Read(std::string(VANTHU_SOURCE_DIR "/samples/") + file), Rules()).kind,
              PlaceKind::kCorner);
}

// Documents that offices received, signed by people: the centre of the signer's widget, from the top left.
// VANTHU_RECEIVED_DIR names their folder; they are no part of the project.
TEST(Place, HoldsTheSignaturesOfReceivedDocuments) {
  const char* folder = std::getenv("VANTHU_RECEIVED_DIR");
  if (folder == nullptr) GTEST_SKIP() << "VANTHU_RECEIVED_DIR is not set";
  struct Signature {
    const char* file;
    int page;
    Point centre;
  };
  for (const Signature& signature :
       {Signature{"dt-kh58.pdf", 1, {431.5, 543.5}}, Signature{"ld-cd58.pdf", 1, {384.5, 456.5}},
        Signature{"ld-qd2319.pdf", 3, {387.5, 582.5}}, Signature{"qn-tb565.pdf", 3, {445, 565}}}) {
    const FoundPlace place = FindPlace(Read(std::filesystem::path(folder) / signature.file), Rules());
    EXPECT_EQ(place.page, signature.page) << signature.file;
    EXPECT_TRUE(place.box.Contains(signature.centre)) << signature.file;
    EXPECT_GT(place.confidence, 0.9);
  }
}

}  // namespace
}  // namespace vanthu::signing
