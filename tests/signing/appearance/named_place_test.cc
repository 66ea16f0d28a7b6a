#include "signing/appearance/named_place.h"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include "templates/engine/engine.h"

namespace vanthu::signing {
namespace {

// What templates/ makes: a place in the right column, on each of two sections' pages.
std::string Issued() {
  const auto paragraph = [](const std::string& text) {
    templates::Paragraph p;
    p.runs.push_back({text, false, false, false, {}});
    p.align = templates::Align::kCentre;
    return p;
  };
  templates::Columns closing;
  closing.columns.push_back({0.5, {paragraph("Nơi nhận:")}});
  closing.columns.push_back(
      {0.5, {paragraph("CHỦ TỊCH"), templates::Place{"signer", 62}, paragraph("Phạm Thị Mây")}});
  templates::Document document;
  document.title = "Kế hoạch";
  document.author = "UBND";
  document.date = "2026-11-28";
  for (const auto orientation : {templates::Orientation::kPortrait, templates::Orientation::kLandscape}) {
    templates::Section section;
    section.orientation = orientation;
    section.blocks = {paragraph("Nội dung"), closing};
    document.sections.push_back(std::move(section));
  }
  return templates::SetPdf(document, templates::OpenFonts({}).value(), {}).value();
}

// Objects 1, 2, ... with a table.
std::string PdfOf(const std::vector<std::string>& bodies) {
  std::string out = "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n", table;
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    table += fmt::format("{:010} 00000 n \n", out.size());
    out += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, bodies[i]);
  }
  return fmt::format(
      "{}xref\n0 {}\n0000000000 65535 f \n{}trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{}\n%%EOF\n", out,
      bodies.size() + 1, table, bodies.size() + 1, out.size());
}

std::vector<FoundPlace> PlacesOf(const std::string& pdf, const std::string& name = "signer") {
  const Result<pdf::File> file = pdf::File::Parse(pdf);
  EXPECT_TRUE(file.has_value()) << (file ? "" : Describe(file.error(), Language::kEnglish));
  return file ? FindNamedPlaces(*file, name).value() : std::vector<FoundPlace>();
}

TEST(NamedPlace, OfADocumentOfOurs) {
  const std::vector<FoundPlace> places = PlacesOf(Issued());
  ASSERT_EQ(places.size(), 2U);
  EXPECT_EQ(places[0].page, 0);
  EXPECT_EQ(places[0].kind, PlaceKind::kNamed);
  EXPECT_NEAR(places[0].box.height(), 62, 0.01);
  EXPECT_GT(places[0].box.x0, 300);
  EXPECT_GT(places[0].box.y0, 56);
  EXPECT_LT(places[0].box.y1, 200);
  EXPECT_EQ(places[1].page, 1);
  EXPECT_GT(places[1].box.x0, 420);
  EXPECT_TRUE(PlacesOf(Issued(), "agency").empty());
}

TEST(NamedPlace, OnATurnedAndCroppedPage) {
  const std::vector<FoundPlace> places = PlacesOf(PdfOf(
      {"<</Type/Catalog/Pages 2 0 R/Names<</Dests<</Kids[4 0 R]>>>>>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>",
       "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/CropBox[100 0 600 800]/Rotate 90>>",
       "<</Limits[(place:signer)(place:signer)]/Names[(place:signer)<</D[3 0 R/FitR 200 300 260 500]>>]>>"}));
  ASSERT_EQ(places.size(), 1U);
  EXPECT_EQ(places[0].box, (Box{300, 100, 500, 160}));
}

TEST(NamedPlace, NonsenseIsLeftOutAndEnds) {
  const std::string page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]>>",
                    pages = "<</Type/Pages/Count 1/Kids[3 0 R]>>";
  const std::string catalog = "<</Type/Catalog/Pages 2 0 R/Names<</Dests 4 0 R>>>>";
  // A tree that leads back to itself; a destination beyond the page, of another kind, on no page.
  EXPECT_TRUE(PlacesOf(PdfOf({catalog, pages, page, "<</Kids[4 0 R 4 0 R 4 0 R]>>"})).empty());
  for (const char* destination :
       {"[3 0 R/FitR 700 0 800 100]", "[3 0 R/XYZ 0 0 0]", "[2 0 R/FitR 0 0 100 100]", "[3 0 R/FitR 5 5 5 5]",
        "null", "(x)", "[3 0 R/FitR(a)(b)(c)(d)]"})
    EXPECT_TRUE(
        PlacesOf(PdfOf({catalog, pages, page, std::string("<</Names[(place:signer)") + destination + "]>>"}))
            .empty())
        << destination;
}

}  // namespace
}  // namespace vanthu::signing
