#include "pipeline/layout/layout.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "pipeline/layout/text.h"
#include "tests/pipeline/layout/page_builder.h"

namespace vanthu::layout {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

// The heading of a plan as NĐ 30/2020 sets it.
void AddHeading(PageBuilder& b) {
  b.Centred(165, 80, "ỦY BAN NHÂN DÂN", {12, true});
  b.Centred(165, 94, "XÃ AN THÀNH", {12, true});
  b.Rule(140, 98, 190);
  b.Centred(165, 118, "Số:      /KH-UBND", {12});
  b.Centred(410, 80, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", {12, true});
  b.Centred(410, 95, "Độc lập - Tự do - Hạnh phúc", {13, true});
  b.Rule(330, 99, 490);
  b.Centred(410, 120, "An Thành, ngày 09 tháng 3 năm 2023", {13, false, true});
}

// Justified lines from 85 to 544 with a first-line indent; the last one short. Returns the next baseline.
double AddProse(PageBuilder& b, double y, int lines, const std::string& word = "chữ") {
  for (int i = 0; i < lines; ++i) {
    double x = i == 0 ? 121 : 85;
    const double end = i + 1 == lines ? 300 : 544;
    const double width = WidthOf(word, 14);
    const int n = static_cast<int>((end - x + 3.5) / (width + 3.5));
    const double gap = (end - x - n * width) / (n - 1);
    for (int k = 0; k < n; ++k, x += width + gap) b.Text(x, y, word, {14});
    y += 18;
  }
  return y;
}

std::vector<std::string> Texts(const DocumentLayout& layout) {
  std::vector<std::string> texts;
  for (const FlowItem& item : layout.flow) texts.push_back(item.paragraph ? item.paragraph->text : "table");
  return texts;
}

TEST(LayoutTest, HeadingIsReadLeftThenRightInBands) {
  PageBuilder b;
  AddHeading(b);
  b.Centred(315, 150, "KẾ HOẠCH", {14, true});
  AddProse(b, 180, 3);
  const DocumentLayout layout = BuildLayout({b.page}, {});
  EXPECT_THAT(Texts(layout),
              ElementsAre("ỦY BAN NHÂN DÂN XÃ AN THÀNH", HasSubstr("VIỆT NAM Độc lập"), "Số: /KH-UBND",
                          HasSubstr("An Thành, ngày 09"), "KẾ HOẠCH", HasSubstr("chữ")));
  EXPECT_EQ(layout.flow[0].paragraph->region, Region::kLeft);
  EXPECT_EQ(layout.flow[1].paragraph->region, Region::kRight);
  EXPECT_EQ(layout.flow[4].paragraph->region, Region::kBody);
  EXPECT_EQ(layout.flow[4].paragraph->alignment, Alignment::kCentre);
  EXPECT_EQ(layout.pages[0].rulings.size(), 2U);
}

TEST(LayoutTest, HeadingWithoutRulesIsCutByItsType) {
  PageBuilder b;
  AddHeading(b);
  b.page.rulings.clear();
  AddProse(b, 180, 3);
  const std::vector<std::string> texts = Texts(BuildLayout({b.page}, {}));
  EXPECT_THAT(texts, ElementsAre("ỦY BAN NHÂN DÂN XÃ AN THÀNH", HasSubstr("Độc lập"), "Số: /KH-UBND",
                                 HasSubstr("ngày 09"), HasSubstr("chữ")));
}

TEST(LayoutTest, SubjectOfALetterFollowsThePlaceAndDate) {
  PageBuilder b;
  AddHeading(b);
  b.Centred(165, 134, "V/v rà soát thủ tục", {12});
  b.Centred(165, 148, "hành chính năm 2023", {12});
  b.Centred(315, 180, "Kính gửi: Các phòng, ban", {14});
  AddProse(b, 210, 3);
  const std::vector<std::string> texts = Texts(BuildLayout({b.page}, {}));
  EXPECT_THAT(texts, ElementsAre("ỦY BAN NHÂN DÂN XÃ AN THÀNH", HasSubstr("Độc lập"), "Số: /KH-UBND",
                                 HasSubstr("ngày 09"), "V/v rà soát thủ tục hành chính năm 2023",
                                 "Kính gửi: Các phòng, ban", HasSubstr("chữ")));
}

TEST(LayoutTest, TypedRulesAreRulesNotText) {
  PageBuilder b;
  AddHeading(b);
  b.page.rulings.clear();
  b.Centred(165, 100, "________", {10});
  b.Centred(410, 101, "__________________", {10});
  AddProse(b, 180, 3);
  const DocumentLayout layout = BuildLayout({b.page}, {});
  EXPECT_THAT(ReadingOrderText(layout), Not(HasSubstr("_")));
  EXPECT_EQ(layout.pages[0].rulings.size(), 2U);
  EXPECT_EQ(Texts(layout).at(2), "Số: /KH-UBND");
}

TEST(LayoutTest, RecipientsComeWhollyBeforeTheSigner) {
  PageBuilder b;
  AddProse(b, 100, 4);
  b.Text(85, 200, "Nơi nhận:", {12, true, true});
  b.Text(85, 213, "- Như trên;", {11});
  b.Text(85, 226, "- Các công chức xã;", {11});
  b.Text(85, 239, "- Lưu: VT.", {11});
  b.Centred(430, 200, "TM. ỦY BAN NHÂN DÂN", {14, true});
  b.Centred(430, 217, "CHỦ TỊCH", {14, true});
  b.Centred(430, 300, "Phạm Thị Mây", {14, true});
  const DocumentLayout layout = BuildLayout({b.page}, {});
  const std::vector<std::string> texts = Texts(layout);
  EXPECT_THAT(texts, ElementsAre(HasSubstr("chữ"), "Nơi nhận:", "- Như trên;", "- Các công chức xã;",
                                 "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH", "Phạm Thị Mây"));
  EXPECT_EQ(layout.flow.back().paragraph->region, Region::kRight);
}

TEST(LayoutTest, AnEndCutByThePageBreakIsPutTogether) {
  PageBuilder one(0), two(1);
  AddProse(one, 640, 3);
  one.Text(85, 750, "Nơi nhận:", {12, true, true});
  one.Text(85, 763, "- Như trên;", {11});
  one.Text(85, 776, "- Các công chức xã;", {11});
  one.Centred(430, 750, "TM. ỦY BAN NHÂN DÂN", {14, true});
  one.Centred(430, 767, "CHỦ TỊCH", {14, true});
  two.Text(85, 70, "- Lưu: VT.", {11});
  two.Centred(430, 120, "Phạm Thị Mây", {14, true});
  two.Centred(315, 160, "PHỤ LỤC", {14, true});
  AddProse(two, 200, 3);
  const std::vector<std::string> texts = Texts(BuildLayout({one.page, two.page}, {}));
  EXPECT_THAT(texts,
              ElementsAre(HasSubstr("chữ"), "Nơi nhận:", "- Như trên;", "- Các công chức xã;", "- Lưu: VT.",
                          "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH", "Phạm Thị Mây", "PHỤ LỤC", HasSubstr("chữ")));
}

TEST(LayoutTest, ProseIsOneColumnHoweverItsSpacesFall) {
  PageBuilder b;
  double y = 100;
  for (int i = 0; i < 6; ++i) y = AddProse(b, y, 4, i % 2 == 0 ? "chữ" : "hành") + 6;
  const DocumentLayout layout = BuildLayout({b.page}, {});
  EXPECT_EQ(layout.flow.size(), 6U);
  for (const FlowItem& item : layout.flow) {
    EXPECT_EQ(item.paragraph->region, Region::kBody);
    EXPECT_EQ(item.paragraph->alignment, Alignment::kJustified);
    EXPECT_GT(item.paragraph->first_indent_pt, 30);
  }
  EXPECT_TRUE(layout.tables.empty());
}

TEST(LayoutTest, AHeadingWhoseColumnsStandNear) {
  PageBuilder b;
  const std::string agency = "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO", motto = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
  const double left = WidthOf(agency, 13), right = left + 100 + 4.5;  // the motto begins 4.5 pt off
  b.Centred(100 + left / 2, 80, "UBND HUYỆN CHÂU THÀNH", {13});
  b.Text(right, 80, motto, {13, true});
  b.Text(100, 94, agency, {13, true});
  b.Centred(right + WidthOf(motto, 13) / 2, 95, "Độc lập - Tự do - Hạnh phúc", {13, true});
  b.Centred(100 + left / 2, 120, "Số: 23/CTr-PGDĐT", {13});
  b.Centred(right + WidthOf(motto, 13) / 2, 120, "Châu Thành, ngày 10 tháng 01 năm 2023", {13, false, true});
  std::string text;
  for (const std::string& paragraph : Texts(BuildLayout({b.page}, {}))) text += paragraph + "|";
  EXPECT_LT(text.find(agency), text.find(motto)) << text;
  EXPECT_LT(text.find("Hạnh phúc"), text.find("Số: 23")) << text;
}

TEST(LayoutTest, AStretchedLineIsNoPairOfColumns) {
  PageBuilder b;
  b.Text(85, 100, "Một dòng bình thường kéo dài đến hết chiều rộng của trang giấy A4 này đó");
  b.Text(85, 118, "chưa   đăng   ký   khai   sinh,   gửi   về   Phòng   Văn   hóa   ngày");
  b.Text(85, 136, "20/9/2025.");
  std::string text;
  for (const std::string& paragraph : Texts(BuildLayout({b.page}, {}))) text += paragraph + " ";
  EXPECT_NE(text.find("gửi về Phòng Văn hóa ngày 20/9/2025."), std::string::npos) << text;
}

TEST(LayoutTest, AYearThatEndsAParagraphOverleafIsNoPageNumber) {
  PageBuilder a(0), b(1);
  a.Text(85, 760, "Kinh phí thực hiện được bảo đảm từ nguồn chi thường xuyên được giao năm");
  b.Text(85, 60, "2024.");
  b.Text(121, 90, "Các khoa, phòng thực hiện.");
  const DocumentLayout document = BuildLayout({a.page, b.page}, {});
  std::string text;
  for (const FlowItem& item : document.flow) text += item.paragraph->text + "\n";
  EXPECT_NE(text.find("2024."), std::string::npos) << text;
}

TEST(LayoutTest, PageNumbersAreLeftOutAndParagraphsJoinedOverPages) {
  PageBuilder one(0), two(1);
  AddProse(one, 100, 6);
  // The last line of the page is full: the paragraph goes on.
  for (double x = 121; x < 500; x += 30) one.Text(x, 220, "đầu", {14});
  one.Text(523, 220, "đầu", {14});
  two.Centred(297, 40, "2", {13});
  for (double x = 85; x < 300; x += 30) two.Text(x, 100, "cuối", {14});
  AddProse(two, 124, 6);
  const DocumentLayout layout = BuildLayout({one.page, two.page}, {});
  const std::string text = ReadingOrderText(layout);
  EXPECT_THAT(text, HasSubstr("đầu cuối"));
  EXPECT_THAT(text, Not(HasSubstr("2")));
  EXPECT_THAT(PageText(layout.pages[1]), testing::StartsWith("2\n"));
}

TEST(LayoutTest, StampedNumbersFillTheirGapAndOtherStampsStayOut) {
  PageBuilder b;
  AddHeading(b);
  AddProse(b, 180, 3);
  const double gap = 165 - WidthOf("Số:      /KH-UBND", 12) / 2 + WidthOf("Số: ", 12);
  b.Stamped(gap, 118, "25");
  b.Stamped(240, 82, "Ký bởi: Ủy ban nhân dân");
  b.Stamped(240, 96, "Ngày ký: 09-03-2023 16:00:00");
  const DocumentLayout layout = BuildLayout({b.page}, {});
  EXPECT_THAT(Texts(layout), testing::Contains("Số: 25 /KH-UBND"));
  EXPECT_THAT(ReadingOrderText(layout), Not(HasSubstr("Ký bởi")));
  EXPECT_THAT(PageText(layout.pages[0]), HasSubstr("Ký bởi: Ủy ban nhân dân"));
}

TEST(LayoutTest, FootnotesFollowTheTableTheyBelongTo) {
  PageBuilder one(0), two(1);
  const std::vector<double> xs = {85, 200, 544};
  one.Grid(xs, {100, 130, 700});
  one.Text(90, 120, "STT", {12, true});
  one.Text(210, 120, "Nội dung", {12, true});
  one.Text(90, 150, "1");
  one.Text(210, 150, "Một nội dung dài");
  one.Rule(85, 740, 200);
  one.Text(85, 752, "1", {6});
  one.Text(88.5, 756, "Ghi chú của bảng.", {10});
  two.Grid(xs, {60, 90, 120});
  two.Text(90, 80, "2");
  two.Text(210, 80, "Hai");
  two.Text(90, 110, "3");
  two.Text(210, 110, "Ba");
  const DocumentLayout layout = BuildLayout({one.page, two.page}, {});
  EXPECT_THAT(Texts(layout), ElementsAre("table", "1 Ghi chú của bảng."));
  EXPECT_EQ(layout.tables.at(0).rows, 4);
  EXPECT_EQ(layout.flow[1].paragraph->region, Region::kFootnote);
}

TEST(LayoutTest, HostilePagesEndSoonAndBreakNothing) {
  const double nan = std::numeric_limits<double>::quiet_NaN(), huge = 1e300,
               inf = std::numeric_limits<double>::infinity();
  PageBuilder b;
  b.Text(100, 100, "chữ");
  for (const double v : {nan, huge, -huge, inf, -inf}) {
    Word w = b.page.words.front();
    w.box.x0 = v;
    b.page.words.push_back(w);
    w = b.page.words.front();
    w.baseline_pt = v;
    w.font_size_pt = v;
    w.glyphs[0].box.x1 = v;
    b.page.words.push_back(w);
    b.Rule(v, 100, 200);
    b.Rule(100, v, 200);
    b.Stroke(100, 100, v);
  }
  Page empty;
  empty.width_pt = nan;
  empty.height_pt = inf;
  const DocumentLayout layout = BuildLayout({b.page, empty}, {});
  EXPECT_EQ(layout.pages.size(), 2U);
  EXPECT_THAT(ReadingOrderText(layout), HasSubstr("chữ"));
}

TEST(LayoutTest, ManyWordsAndRulingsAreBounded) {
  PageBuilder b;
  Word w;
  w.text = "a";
  for (unsigned i = 0; i < 100'000; ++i) {
    const double x = (i * 7919 % 5900) * 0.1, y = (i * 104729 % 8400) * 0.1;
    w.box = {x, y, x + 1, y + 1};
    b.page.words.push_back(w);
    if (i % 2 == 0)
      b.Rule(x, y, x + 30);
    else
      b.Stroke(x, y, y + 30);
  }
  EXPECT_TRUE(BuildLayout({b.page}, {}).findings.empty());
  while (b.page.rulings.size() <= 200'000) b.Rule(10, 10, 20);
  const DocumentLayout layout = BuildLayout({b.page}, {});
  ASSERT_EQ(layout.findings.size(), 1U);
  EXPECT_EQ(layout.findings[0].code, "layout.rulings.many");
}

TEST(Layout, KeepsWhatWasNoticedWhileThePagesWereRead) {
  std::vector<Page> pages(2);
  pages[1].index = 1;
  pages[1].findings.push_back({Severity::kError, "intake.page.truncated", "Trang chỉ đọc được một phần", 1});
  const DocumentLayout layout = BuildLayout(pages, {});
  ASSERT_EQ(layout.findings.size(), 1U);
  EXPECT_EQ(layout.findings[0].code, "intake.page.truncated");
  EXPECT_EQ(layout.findings[0].page, 1);
}

}  // namespace
}  // namespace vanthu::layout
