// Bars on the page, and what a reader that cannot see them is told.
#include <gmock/gmock.h>
#include <podofo/podofo.h>

#include "laid_pages.h"
#include "pipeline/base/unicode.h"
#include "sample_document.h"
#include "templates/engine/chart_table.h"

namespace vanthu::templates {
namespace {

using testing::HasSubstr;

Chart SmallChart(int groups = 2) {
  Chart chart;
  chart.series = {"Đúng hạn", "Quá hạn"};
  chart.alt = "Biểu đồ thanh ngang: Tiến độ.";
  for (int i = 0; i < groups; ++i)
    chart.groups.push_back({"Kế hoạch " + std::to_string(i + 1),
                            {ChartValue{10.0 * (i + 1), std::to_string(10 * (i + 1))},
                             i == 0 ? std::nullopt : std::optional<ChartValue>({0, "0"})}});
  return chart;
}

Document With(Chart chart) {
  Document document;
  document.title = "Báo cáo";
  document.sections.emplace_back();
  document.sections[0].blocks.emplace_back(std::move(chart));
  return document;
}

Document AfterText(Chart chart) {
  Document document = With(std::move(chart));
  Paragraph paragraph;
  paragraph.runs.push_back({"Trước biểu đồ", false, false, false, std::nullopt});
  document.sections[0].blocks.insert(document.sections[0].blocks.begin(), paragraph);
  return document;
}

std::string SetOf(const Document& document) {
  EngineOptions options;
  options.compress = false;
  const Result<std::string> pdf = SetPdf(document, TestFonts(), options);
  EXPECT_TRUE(pdf.has_value()) << (pdf ? "" : Describe(pdf.error(), Language::kEnglish));
  return pdf.value_or("");
}

TEST(Chart, BarsAreAsLongAsTheirValues) {
  const Result<LaidDocument> laid = Lay(With(SmallChart()));
  ASSERT_TRUE(laid.has_value());
  ASSERT_EQ(laid->pages.size(), 1u);
  const std::vector<FillItem>& fills = laid->pages[0].fills;
  ASSERT_EQ(fills.size(), 4u);  // two of the key; none for the value that is absent, nor for 0
  const FillItem &first = fills[2], &second = fills[3];
  EXPECT_DOUBLE_EQ((second.x1_pt - second.x0_pt) / (first.x1_pt - first.x0_pt), 2);
  EXPECT_EQ(first.x0_pt, second.x0_pt);
  EXPECT_EQ(first.fill, fills[0].fill);
  EXPECT_NE(fills[0].fill, fills[1].fill);
}

TEST(Chart, EveryValueStandsBesideItsBarInsideThePage) {
  const Document document = With(SmallChart(3));
  const Result<LaidDocument> laid = Lay(document);
  ASSERT_TRUE(laid.has_value());
  EXPECT_EQ(laid->SortedLetters(), SortedLetters(document));
  const LaidPage& page = laid->pages[0];
  for (const LaidLine& line : page.lines)
    EXPECT_LE(line.right_pt, page.width_pt - document.margins.right_pt + 0.01);
  for (const FillItem& fill : page.fills)
    for (const LaidLine& line : page.lines)
      EXPECT_FALSE(line.x_pt < fill.x1_pt && line.right_pt > fill.x0_pt && line.baseline_pt > fill.y0_pt &&
                   line.baseline_pt < fill.y1_pt)
          << line.text << " lies on a bar";
}

TEST(Chart, WithoutAnyValueAboveZeroHasNoBar) {
  Chart chart = SmallChart(1);
  chart.groups[0].values = {ChartValue{0, "0"}, std::nullopt};
  const Result<LaidDocument> laid = Lay(With(chart));
  ASSERT_TRUE(laid.has_value());
  EXPECT_EQ(laid->pages[0].fills.size(), 2u);  // the key
}

// Cut between groups: each part has its own Figure with what it shows, and the key again.
TEST(Chart, HigherThanAPageIsCutBetweenGroups) {
  const Document document = With(SmallChart(60));
  const Result<LaidDocument> laid = Lay(document);
  ASSERT_TRUE(laid.has_value());
  ASSERT_GT(laid->pages.size(), 1u);
  EXPECT_EQ(laid->SortedLetters(), SortedLetters(document));
  EXPECT_EQ(laid->tree.figures.size(), laid->pages.size());
  std::string alts;
  for (const auto& [element, figure] : laid->tree.figures) {
    EXPECT_EQ(laid->tree.Elements()[element].tag, Tag::kFigure);
    EXPECT_LT(figure.y0_pt, figure.y1_pt);
    alts += figure.alt;
  }
  for (int i = 1; i <= 60; ++i) EXPECT_THAT(alts, HasSubstr("Kế hoạch " + std::to_string(i) + ": Đúng hạn "));
}

TEST(Chart, StaysWholeOnTheNextPage) {
  Document document;
  document.title = "Báo cáo";
  document.sections.emplace_back();
  for (int i = 0; i < 44; ++i) {
    Paragraph paragraph;
    paragraph.runs.push_back({"Dòng", false, false, false, std::nullopt});
    document.sections[0].blocks.emplace_back(paragraph);
  }
  document.sections[0].blocks.emplace_back(SmallChart(6));
  const Result<LaidDocument> laid = Lay(document);
  ASSERT_TRUE(laid.has_value());
  ASSERT_EQ(laid->pages.size(), 2u);
  EXPECT_TRUE(laid->pages[0].fills.empty());
  EXPECT_EQ(laid->tree.figures.size(), 1u);
}

// ISO 14289-1, 7.3: a Figure with alternative text, all of whose content is in it.
TEST(Chart, IsAFigureWithAlternativeText) {
  const std::string pdf = SetOf(AfterText(SmallChart()));
  PoDoFo::PdfMemDocument document;
  document.LoadFromBuffer(pdf.data(), static_cast<long>(pdf.size()));
  const PoDoFo::PdfObject* figure = nullptr;
  for (const PoDoFo::PdfObject* object : document.GetObjects())
    if (object->IsDictionary() && object->GetDictionary().HasKey("S") &&
        object->GetDictionary().GetKey("S")->GetName() == "Figure")
      figure = object;
  ASSERT_NE(figure, nullptr);
  EXPECT_EQ(figure->GetDictionary().GetKey("Alt")->GetString().GetStringUtf8(),
            "Biểu đồ thanh ngang: Tiến độ. Kế hoạch 1: Đúng hạn 10. Kế hoạch 2: Đúng hạn 20, Quá hạn 0.");
  const PoDoFo::PdfDictionary& layout = figure->GetDictionary().GetKey("A")->GetDictionary();
  EXPECT_EQ(layout.GetKey("O")->GetName(), "Layout");
  EXPECT_EQ(layout.GetKey("BBox")->GetArray().size(), 4u);
  EXPECT_EQ(figure->GetDictionary().GetKey("K")->GetArray().size(), 2u);  // its bars, its text
  EXPECT_THAT(pdf, HasSubstr("/Figure<</MCID"));
  EXPECT_EQ(pdf, SetOf(AfterText(SmallChart())));
}

TEST(Chart, OfNothingOrOfNegativeValuesIsRefused) {
  const auto refused = [](const Chart& chart) { return !SetPdf(With(chart), TestFonts(), {}).has_value(); };
  EXPECT_FALSE(refused(SmallChart()));
  EXPECT_TRUE(refused(SmallChart(0)));
  Chart chart = SmallChart();
  chart.groups[0].values[0]->value = -1;
  EXPECT_TRUE(refused(chart));
  chart = SmallChart();
  chart.groups[0].values.pop_back();
  EXPECT_TRUE(refused(chart));
  chart = SmallChart();
  chart.series.assign(kMostSeries + 1, "x");
  EXPECT_TRUE(refused(chart));
}

TEST(Chart, AsATableHasAllItsValues) {
  const Table table = ChartTable(SmallChart());
  EXPECT_EQ(table.rows, 3);
  EXPECT_EQ(table.cells.size(), 9u);
  Document document = With(SmallChart());
  document.sections[0].blocks.emplace_back(table);
  EXPECT_TRUE(SetPdf(document, TestFonts(), {}).has_value());  // a table that the engine takes
}

}  // namespace
}  // namespace vanthu::templates
