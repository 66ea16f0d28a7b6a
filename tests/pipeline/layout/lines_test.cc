#include "pipeline/layout/lines.h"

#include <gtest/gtest.h>

#include "pipeline/layout/line_joins.h"
#include "tests/pipeline/layout/page_builder.h"

namespace vanthu::layout {
namespace {

TEST(LinesTest, OrdersWordsAndLines) {
  PageBuilder b;
  b.Text(100, 220, "ba bốn");
  b.Text(160, 200.5, "hai");  // half a point off the line, and later in the file
  b.Text(100, 200, "một");
  const std::vector<Line> lines = BuildLines(b.page.words, 0);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].text, "một hai");
  EXPECT_EQ(lines[1].text, "ba bốn");
}

TEST(LinesTest, RaisedMarkStaysWithItsWord) {
  PageBuilder b;
  const double end = b.Text(100, 200, "Quốc gia");
  b.Text(end, 195, "1", {7});
  b.Text(100, 214, "dòng sau");
  const std::vector<Line> lines = BuildLines(b.page.words, 0);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].text, "Quốc gia1");
}

// Recipients set close to fill one line: letters overlap, and of a painted space 0.3 pt stays.
TEST(LinesTest, APaintedSpacePartsWordsThatTouch) {
  PageBuilder b;
  const double end = b.Text(100, 200, "Vụ,", {11});
  b.Text(end + 0.3, 200, "Cục:", {11});
  EXPECT_EQ(BuildLines(b.page.words, 0)[0].text, "Vụ,Cục:");
  b.page.words[0].space_after = true;
  EXPECT_EQ(BuildLines(b.page.words, 0)[0].text, "Vụ, Cục:");
}

TEST(LinesTest, RaisedMarkBeforeTheTextIsAWordOfItsOwn) {
  PageBuilder b;
  b.Text(100, 196, "1", {6.5});
  b.Text(103.25, 200, "Chỉ tiêu giao tại Nghị quyết", {10});
  const std::vector<Line> lines = BuildLines(b.page.words, 0);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].text, "1 Chỉ tiêu giao tại Nghị quyết");
}

TEST(LinesTest, SmallTypeHasLinesOfItsOwn) {
  PageBuilder b;
  for (int i = 0; i < 4; ++i) b.Text(100, 200 + 20 * i, "dòng chữ thường của trang", {14});
  b.Text(100, 290, "chú thích nhỏ", {9});
  b.Text(100, 301, "dòng hai", {9});
  const std::vector<Line> lines = BuildLines(b.page.words, 0);
  ASSERT_EQ(lines.size(), 6U);
  EXPECT_EQ(lines[4].text, "chú thích nhỏ");
  EXPECT_DOUBLE_EQ(lines[4].font_size_pt, 9);
}

TEST(LinesTest, TurnedTextIsReadInItsDirection) {
  PageBuilder b;
  b.Turned(100, 300, "Số hồ sơ", 270);  // upward; the second line stands right of the first
  b.Turned(114, 300, "đã nhận", 270);
  const std::vector<Line> up = BuildLines(b.page.words, 0);
  ASSERT_EQ(up.size(), 2U);
  EXPECT_EQ(up[0].text, "Số hồ sơ");
  EXPECT_EQ(up[1].text, "đã nhận");
  PageBuilder d;
  d.Turned(114, 300, "Số hồ sơ", 90);  // downward; the second line stands left
  d.Turned(100, 300, "đã nhận", 90);
  const std::vector<Line> down = BuildLines(d.page.words, 0);
  ASSERT_EQ(down.size(), 2U);
  EXPECT_EQ(down[0].text, "Số hồ sơ");
}

TEST(LinesTest, StyleOfALineIsThatOfAllItsWords) {
  PageBuilder b;
  const double end = b.Text(100, 200, "Điều 1.", {14, true});
  b.Text(end + 3.5, 200, "Phạm vi", {14});
  const Line line = BuildLines(b.page.words, 0).at(0);
  EXPECT_EQ(line.bold, std::optional<bool>(false));
  b.page.words.back().bold.reset();
  EXPECT_EQ(BuildLines(b.page.words, 0).at(0).bold, std::nullopt);
}

Line LineOf(const std::string& text) {
  PageBuilder b;
  b.Text(0, 100, text);
  return BuildLines(b.page.words, 0).at(0);
}

TEST(LineJoinsTest, TokensBrokenAtAHyphenOrSlashJoin) {
  LineJoins joins;
  EXPECT_EQ(joins.Between(LineOf("Quyết định số 117/QĐ-"), LineOf("UBND ngày"), 0, false), "");
  EXPECT_EQ(joins.Between(LineOf("Đảng ủy -"), LineOf("Nội vụ"), 0, false), " ");
  EXPECT_EQ(joins.Between(LineOf("và"), LineOf("trả"), 100, false), " ");
}

TEST(LineJoinsTest, TheDocumentsOwnSpellingDecides) {
  LineJoins spaced;
  spaced.Learn({LineOf("Văn phòng HĐND- UBND thị trấn")}, 400);
  EXPECT_EQ(spaced.Between(LineOf("phòng HĐND-"), LineOf("UBND thị"), 0, false), " ");
  LineJoins joined;
  joined.Learn({LineOf("Văn phòng HĐND-UBND; thị trấn")}, 400);
  EXPECT_EQ(joined.Between(LineOf("phòng HĐND-"), LineOf("UBND thị"), 0, false), "");
}

TEST(LineJoinsTest, AWordThatFillsItsLineMayBeBroken) {
  LineJoins joins;
  joins.Learn({LineOf("Các công chức chuyên môn"), LineOf("quản lý thị trấn")}, 400);
  EXPECT_EQ(joins.Between(LineOf("chuyê"), LineOf("n môn"), 1, false), "");
  EXPECT_EQ(joins.Between(LineOf("công"), LineOf("chức"), 1, false), " ");  // both are words of the document
  EXPECT_EQ(joins.Between(LineOf("chuyê"), LineOf("n môn"), 30, false), " ");  // there was room
  EXPECT_EQ(joins.Between(LineOf("HĐND&UBN"), LineOf("D thị trấn"), 1, false), "");
  EXPECT_EQ(joins.Between(LineOf("22/2019/TT"), LineOf("-BTTTT"), 1, false), "");
  EXPECT_EQ(joins.Between(LineOf("107/2021/NĐ-CP;"), LineOf("Nghị"), 1, false), " ");
}

TEST(LineJoinsTest, APaintedSpaceDecides) {
  LineJoins joins;
  Line above = LineOf("phòng HĐND-");
  above.words.back().space_after = true;
  EXPECT_EQ(joins.Between(above, LineOf("UBND thị"), 0, false), " ");
  Line piece = LineOf("chuyê");
  piece.words.back().space_after = false;
  EXPECT_EQ(joins.Between(piece, LineOf("n môn"), 5, true), "");    // other lines have one
  EXPECT_EQ(joins.Between(piece, LineOf("n môn"), 30, true), " ");  // a paragraph ended there
  EXPECT_EQ(joins.EndsParagraph(piece, 30, true), std::optional<bool>(true));
  EXPECT_EQ(joins.EndsParagraph(piece, 30, false), std::nullopt);
}

TEST(LineJoinsTest, DigitsJoinOnlyWhereATokenFillsItsLine) {
  LineJoins joins;
  EXPECT_EQ(joins.Between(LineOf("03/08/1"), LineOf("975"), 2, false), "");
  EXPECT_EQ(joins.Between(LineOf("2025"), LineOf("2026"), 40, false), " ");
  EXPECT_EQ(joins.Between(LineOf("năm 2025"), LineOf("2026"), 2, false), " ");
  EXPECT_EQ(joins.Between(LineOf("1.250."), LineOf("000 đồng"), 2, false), "");
  EXPECT_EQ(joins.Between(LineOf("2."), LineOf("2"), 2, false), " ");  // a label and a number
}

TEST(LineJoinsTest, AYearAfterASlashAndAnAbbreviationAfterAnAmpersand) {
  LineJoins joins;
  joins.Learn({LineOf("các công chức UBND xã Thanh Xá")}, 400);
  EXPECT_EQ(joins.Between(LineOf("Quý II, III/"), LineOf("2026"), 0, false), "");
  EXPECT_EQ(joins.Between(LineOf("06 tháng/"), LineOf("01 lần"), 0, false), " ");
  EXPECT_EQ(joins.Between(LineOf("Văn phòng HĐND&"), LineOf("UBND xã"), 0, false), "");
  EXPECT_EQ(joins.Between(LineOf("HĐND&UBND"), LineOf("xã Thanh"), 1, false), " ");
}

}  // namespace
}  // namespace vanthu::layout
