#include "ocr/recognise/agreement.h"

#include <gtest/gtest.h>

#include <sstream>

namespace vanthu::ocr {
namespace {

// Words apart by spaces; "word@0.8" has that confidence, others are sure.
std::vector<Page> PageOf(const std::string& text) {
  Page page;
  page.recognised = true;
  std::istringstream in(text);
  double x = 50;
  for (std::string item; in >> item;) {
    Word word;
    const std::size_t at = item.find('@');
    word.text = item.substr(0, at);
    word.confidence = at == std::string::npos ? 0.96 : std::stod(item.substr(at + 1));
    word.source = Source::kOcr;
    word.font_size_pt = 12;
    word.baseline_pt = 100;
    word.box = {x, 90, x + 30, 104};
    x += 33;
    page.words.push_back(word);
  }
  return {page};
}

std::string Settled(const std::string& text, const std::vector<std::string>& phrases = {}) {
  std::vector<Page> pages = PageOf(text);
  SettleByAgreement(pages, phrases);
  std::string out;
  for (const Word& word : pages[0].words) out += (out.empty() ? "" : " ") + word.text;
  return out;
}

TEST(Agreement, ADoubtfulMarkTakesTheFormThatTheDocumentUsesElsewhere) {
  EXPECT_EQ(Settled("sửa đổi, bổ sung và bổ sung rồi (Bố@0.75 sung)"),
            "sửa đổi, bổ sung và bổ sung rồi (Bổ sung)");
}

TEST(Agreement, OneOccurrenceIsNoProof) {
  EXPECT_EQ(Settled("bổ sung rồi Bố@0.75 sung"), "bổ sung rồi Bố sung");
}

TEST(Agreement, WhatIsSureStandsEvenAgainstTheDocument) {
  // A document's own slip of the pen, printed clearly, is kept.
  EXPECT_EQ(Settled("thể chế và thể chế và thế chế"), "thể chế và thể chế và thế chế");
}

TEST(Agreement, TonesOverACapitalsCircumflexAreNeverSure) {
  const std::string use = "chuyển đổi số và chuyển đổi số; chuyển đổi số; chuyển đổi số. ";
  EXPECT_EQ(Settled(use + "CHUYỂN ĐỐI@0.962 SỐ"), use + "CHUYỂN ĐỔI SỐ");
  EXPECT_EQ(Settled("CHUYỂN ĐỐI@0.962 SỐ", {"chuyển đổi số"}), "CHUYỂN ĐỐI SỐ");  // one phrase is not enough
  std::vector<Page> pages = PageOf(use + "CHUYỂN ĐỐI@0.962 SỐ");
  SettleByAgreement(pages, {});
  EXPECT_LT(pages[0].words[pages[0].words.size() - 2].confidence, 0.95);
  // Other marks of a sure word stand, as does what is surer still.
  EXPECT_EQ(Settled(use + "CHUYỂN ĐỘI@0.962 SỐ"), use + "CHUYỂN ĐỘI SỐ");
  EXPECT_EQ(Settled(use + "CHUYỂN ĐỐI@0.985 SỐ"), use + "CHUYỂN ĐỐI SỐ");
  EXPECT_EQ(Settled(use + "chuyển đối@0.962 số"), use + "chuyển đối số");
}

TEST(Agreement, SetPhrasesVoteToo) {
  EXPECT_EQ(Settled("Cống@0.88 dịch vụ", {"cổng dịch vụ công"}), "Cổng dịch vụ");
  EXPECT_EQ(Settled("CHUYÊN MỒN@0.8", {"chuyên môn"}), "CHUYÊN MÔN");
}

TEST(Agreement, OfTwoFormsThatAreAsGoodNoneIsTaken) {
  EXPECT_EQ(Settled("hang@0.7 năm", {"hàng năm", "hằng năm"}), "hang năm");
}

TEST(Agreement, NamesNumbersAndBaseLettersAreLeftAlone) {
  EXPECT_EQ(Settled("Trần Văn Bổ và Trần Văn Bổ và Văn Bố@0.7"), "Trần Văn Bổ và Trần Văn Bổ và Văn Bố");
  EXPECT_EQ(Settled("ngày 25/3 ngày 25/3 ngày 26/3@0.5"), "ngày 25/3 ngày 25/3 ngày 26/3");
  EXPECT_EQ(Settled("bổ sung bổ sung bộ@0.7 xung"), "bổ sung bổ sung bộ xung");
}

TEST(Agreement, CaseThatOnlyHeightTellsFollowsTheDocument) {
  EXPECT_EQ(Settled("nhận hồ sơ, trả hồ sơ và phát sinh hồ SƠ"), "nhận hồ sơ, trả hồ sơ và phát sinh hồ sơ");
  EXPECT_EQ(Settled("UBND xã, UBND xã, UBND Xã"), "UBND xã, UBND xã, UBND xã");
  EXPECT_EQ(Settled("nhận hồ sơ, trả hồ sơ, NHẬN HỒ SƠ"), "nhận hồ sơ, trả hồ sơ, NHẬN HỒ SƠ");
}

TEST(Agreement, AbbreviationsVoteThoughCapitalsAreReadLessSurely) {
  EXPECT_EQ(Settled("Cổng DVC@0.91 tỉnh Cổng DVC@0.92 tỉnh Cống@0.9 DVC@0.91"),
            "Cổng DVC tỉnh Cổng DVC tỉnh Cổng DVC");
  EXPECT_EQ(Settled("UBND@0.91 xã, UBND@0.91 xã, UBND@0.92 Xã;"), "UBND xã, UBND xã, UBND xã;");
  EXPECT_EQ(Settled("Cổng DVC@0.8 tỉnh Cổng DVC@0.8 tỉnh Cống@0.9 DVC@0.8"),
            "Cổng DVC tỉnh Cổng DVC tỉnh Cống DVC");
}

TEST(Agreement, CaseIsNotTakenFromTheNeighbouringCell) {
  std::vector<Page> pages = PageOf("thiếu văn phòng, thiếu văn phòng, thiếu Văn phòng");
  Word& cell = pages[0].words[7];
  cell.box.x0 += 200;
  cell.box.x1 += 200;
  SettleByAgreement(pages, {});
  EXPECT_EQ(cell.text, "Văn");
}

// Moves the words from `first` on to the next line.
void Wrap(Page& page, std::size_t first) {
  for (std::size_t i = first; i < page.words.size(); ++i) {
    Word& word = page.words[i];
    const double back = 33.0 * static_cast<double>(first) - 5;
    word.box = {word.box.x0 - back, word.box.y0 + 18, word.box.x1 - back, word.box.y1 + 18};
    word.baseline_pt += 18;
  }
}

TEST(Agreement, ATitleUnderAHeadingKeepsItsCapital) {
  const std::string use = "chương trình công tác; chương trình công tác; chương trình công tác. ";
  std::vector<Page> pages = PageOf(use + "CHƯƠNG TRÌNH Công tác");
  Wrap(pages[0], 14);
  SettleByAgreement(pages, {});
  EXPECT_EQ(pages[0].words[14].text, "Công");
  pages = PageOf("của UBND xã, của UBND xã, của UBND xã, của UBND Xã");  // an abbreviation is no heading
  Wrap(pages[0], 11);
  SettleByAgreement(pages, {});
  EXPECT_EQ(pages[0].words[11].text, "xã");
}

TEST(Agreement, AChangedWordSaysHowSureItIs) {
  std::vector<Page> pages = PageOf("bổ sung bổ sung bố@0.75 sung");
  SettleByAgreement(pages, {});
  EXPECT_GE(pages[0].words[4].confidence, 0.9);
  EXPECT_LT(pages[0].words[4].confidence, 0.95);
}

TEST(Agreement, SpecksAreDroppedAndWordsOfTheFileAreNot) {
  EXPECT_EQ(Settled("kết | quả ›@0.8 và |@0.5"), "kết | quả và");
}

}  // namespace
}  // namespace vanthu::ocr
