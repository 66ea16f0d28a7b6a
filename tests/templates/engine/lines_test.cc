// Lines of a paragraph: where they end, how wide they are, what the fonts lack.
#include "templates/engine/lines.h"

#include <gmock/gmock.h>

#include "laid_pages.h"
#include "pipeline/base/unicode.h"
#include "sample_document.h"

namespace vanthu::templates {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Document Of(std::vector<Block> blocks) {
  Document document;
  document.title = "Thử";
  document.sections.resize(1);
  document.sections[0].blocks = std::move(blocks);
  return document;
}

constexpr double kLeft = 85, kRight = 595.2756 - 42.5;

Paragraph Plain(const std::string& text, Align align = Align::kJustified) {
  Paragraph paragraph = Text(text, align);
  paragraph.first_indent_pt = 0;
  return paragraph;
}

std::string Repeated(const std::string& text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

TEST(Lines, JustifiedLinesEndAtTheMarginAndTheLastDoesNot) {
  const auto laid = Lay(Of({Text(Repeated("kiểm soát thủ tục hành chính ", 12))}));
  ASSERT_TRUE(laid.has_value());
  const auto& lines = laid->pages[0].lines;
  ASSERT_GE(lines.size(), 3U);
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    EXPECT_NEAR(lines[i].right_pt, kRight, 0.05);
    EXPECT_NEAR(lines[i].x_pt, kLeft + (i == 0 ? 36 : 0), 0.01);
  }
  EXPECT_LT(lines.back().right_pt, kRight - 20);
}

TEST(Lines, ANumberNeverBreaks) {
  for (int pad = 0; pad < 40; ++pad) {  // whatever its place on the line
    const auto laid =
        Lay(Of({Plain(Repeated("x", 1 + pad) + " " + Repeated("Nghị định số 63/2010/NĐ-CP ", 20))}));
    ASSERT_TRUE(laid.has_value());
    for (const LaidLine& line : laid->pages[0].lines) {
      EXPECT_THAT(line.text, testing::Not(testing::EndsWith("/")));
      EXPECT_THAT(line.text, testing::Not(testing::EndsWith("-")));
      EXPECT_LE(line.right_pt, kRight + 0.05);
    }
  }
}

TEST(Lines, AWordWiderThanTheLineDividesAfterAMark) {
  const std::string path = Repeated("https://dichvucong.gov.vn/", 8);
  const auto laid = Lay(Of({Plain(path, Align::kLeft)}));
  ASSERT_TRUE(laid.has_value());
  std::string all;
  for (const LaidLine& line : laid->pages[0].lines) {
    all += line.text;
    EXPECT_LE(line.right_pt, kRight + 0.05);
    EXPECT_THAT(std::string("/.:"), HasSubstr(std::string(1, line.text.back()))) << line.text;
  }
  EXPECT_EQ(all, path);
  EXPECT_GT(laid->pages[0].lines.size(), 2U);
}

TEST(Lines, AWordWithoutMarksDividesAnywhereAndLosesNothing) {
  const std::string word = Repeated("ệ", 300);
  const auto laid = Lay(Of({Plain("a " + word, Align::kLeft)}));
  ASSERT_TRUE(laid.has_value());
  EXPECT_EQ(laid->SortedLetters(), SortedLetters(Of({Plain("a" + word)})));
  for (const LaidLine& line : laid->pages[0].lines) EXPECT_LE(line.right_pt, kRight + 0.05);
}

TEST(Lines, RunsWithoutASpaceBetweenHoldTogether) {
  Paragraph paragraph = Plain("");
  paragraph.runs = {{Repeated("từ ", 30), false, false, false, {}},
                    {"Điều", true, false, false, {}},
                    {"12a", false, true, false, {}}};
  const auto laid = Lay(Of({paragraph}));
  ASSERT_TRUE(laid.has_value());
  bool together = false;
  for (const LaidLine& line : laid->pages[0].lines)
    together = together || line.text.find("Điều12a") != std::string::npos;
  EXPECT_TRUE(together);
}

TEST(Lines, LineFeedsBreakAndNonBreakingSpacesHold) {
  const auto laid =
      Lay(Of({Plain("một\nhai\n\nbốn", Align::kLeft), Plain(Repeated("xã\u00A0Thanh ", 30), Align::kLeft)}));
  ASSERT_TRUE(laid.has_value());
  const auto texts = laid->pages[0].Texts();
  EXPECT_THAT(std::vector<std::string>(texts.begin(), texts.begin() + 4),
              ElementsAre("một", "hai", "", "bốn"));
  for (std::size_t i = 4; i < texts.size(); ++i) EXPECT_THAT(texts[i], testing::StartsWith("xã"));
}

TEST(Lines, IndentsHangAndCentreAndRight) {
  Paragraph hanging = Plain(Repeated("chữ ", 40), Align::kLeft);
  hanging.indent_pt = 30;
  hanging.first_indent_pt = -20;
  const auto laid = Lay(Of({hanging, Plain("giữa", Align::kCentre), Plain("phải", Align::kRight)}));
  ASSERT_TRUE(laid.has_value());
  const auto& lines = laid->pages[0].lines;
  EXPECT_NEAR(lines[0].x_pt, kLeft + 10, 0.01);
  EXPECT_NEAR(lines[1].x_pt, kLeft + 30, 0.01);
  const LaidLine& centred = lines[lines.size() - 2];
  EXPECT_NEAR(centred.x_pt - kLeft, kRight - centred.right_pt, 0.05);
  EXPECT_NEAR(lines.back().right_pt, kRight, 0.05);
}

TEST(Lines, ARuleIsAsLongAsAskedAndCentred) {
  Paragraph paragraph = Plain("Độc lập - Tự do - Hạnh phúc", Align::kCentre);
  paragraph.rule_share = 0.5;
  const auto laid = Lay(Of({paragraph}));
  ASSERT_TRUE(laid.has_value());
  ASSERT_EQ(laid->pages[0].rules.size(), 1U);
  const RuleItem& rule = laid->pages[0].rules[0];
  const LaidLine& line = laid->pages[0].lines[0];
  EXPECT_NEAR(rule.x1_pt - rule.x0_pt, (line.right_pt - line.x_pt) / 2, 0.05);
  EXPECT_NEAR(rule.x0_pt + rule.x1_pt, line.x_pt + line.right_pt, 0.1);
  EXPECT_GT(rule.y0_pt, line.baseline_pt + 2);
}

TEST(Lines, DecomposedTextIsTheSame) {
  const std::string nfd = "Ke\u0302\u0301 hoa\u0323ch";
  const auto one = Lay(Of({Plain(nfd)})), two = Lay(Of({Plain(ToNfc(nfd))}));
  ASSERT_TRUE(one && two);
  EXPECT_EQ(one->pages[0].lines[0].text, "Kế hoạch");
  EXPECT_EQ(one->pages[0].lines[0].right_pt, two->pages[0].lines[0].right_pt);
}

TEST(Lines, AMarkWithoutAComposedLetterStandsOnItsBase) {
  const auto laid = Lay(Of({Plain("m\u0300x", Align::kLeft), Plain("mx", Align::kLeft)}));
  ASSERT_TRUE(laid.has_value());
  EXPECT_EQ(laid->pages[0].lines[0].text, "m\u0300x");
  EXPECT_NEAR(laid->pages[0].lines[0].right_pt, laid->pages[0].lines[1].right_pt, 0.01);
}

TEST(Lines, ACharacterThatTheFontLacksIsNamedWithItsPlace) {
  for (const auto& [text, name] : {std::pair("ngày 中 tháng", "U+4E2D"),
                                   {"a\xFF", "U+FFFD"},
                                   {"\uE000", "U+E000"},
                                   {"a\x07", "U+0007"}}) {
    const auto laid = Lay(Of({Plain("trước"), Plain(text)}));
    ASSERT_FALSE(laid.has_value()) << name;
    EXPECT_EQ(laid.error().code, ErrorCode::kMissingResource);
    EXPECT_THAT(laid.error().message.vi, HasSubstr(name));
    EXPECT_THAT(laid.error().message.vi, HasSubstr("khối 2"));
  }
}

}  // namespace
}  // namespace vanthu::templates
