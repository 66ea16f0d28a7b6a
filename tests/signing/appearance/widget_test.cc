#include "signing/appearance/widget.h"

#include <gmock/gmock.h>

#include <array>
#include <cmath>

#include <fmt/format.h>
#include <poppler-document.h>
#include <poppler-page.h>

#include "pictures.h"
#include "pipeline/base/file.h"
#include "pipeline/base/unicode.h"
#include "pipeline/intake/intake.h"
#include "signing/appearance/page_of.h"
#include "signing/appearance/place.h"
#include "templates/engine/engine.h"

namespace vanthu::signing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const type::Fonts& TestFonts() {
  static const type::Fonts fonts = type::OpenFonts({}).value();
  return fonts;
}

const AppearanceRules& Rules() {
  static const AppearanceRules rules =
      ReadAppearanceRules(VANTHU_SOURCE_DIR "/signing/appearance/rules").value();
  return rules;
}

std::string Issued(bool pdfa_1b) {
  templates::Paragraph paragraph;
  paragraph.runs.push_back({"Nội dung", false, false, false, {}});
  templates::Document document;
  document.title = "Kế hoạch";
  document.author = "UBND";
  document.date = "2026-11-28";
  document.sections.push_back({templates::Orientation::kPortrait, false, false, {paragraph}});
  templates::EngineOptions options;
  options.pdfa_1b = pdfa_1b;
  return templates::SetPdf(document, TestFonts(), options).value();
}

// The document with the widget on it, without a signature.
std::string Drawn(const std::string& bytes, const AppearanceRequest& request, int page_index = 0) {
  const pdf::File file = pdf::File::Parse(bytes).value();
  pdf::Update update(file);
  const Result<Widget> widget = DrawnWidget(request, page_index, TestFonts(), Rules())(file, update);
  if (!widget) {
    ADD_FAILURE() << Describe(widget.error(), Language::kEnglish);
    return {};
  }
  pdf::Array rect;
  for (const double side : widget->rect) rect.push_back(pdf::Object(side));
  const pdf::Ref annotation = update.Add(pdf::Object(
      pdf::Dictionary{{"Type", pdf::Object(pdf::Name{"Annot"})},
                      {"Subtype", pdf::Object(pdf::Name{"Widget"})},
                      {"FT", pdf::Object(pdf::Name{"Sig"})},
                      {"F", pdf::Object(132)},
                      {"Rect", pdf::Object(rect)},
                      {"AP", pdf::Object(pdf::Dictionary{{"N", pdf::Object(*widget->appearance)}})}}));
  const auto pages = file.Pages(file.last()).value();
  const auto& node = pages[static_cast<std::size_t>(page_index)];
  pdf::Dictionary page = node.dictionary;
  const pdf::Object there = file.Resolve(page["Annots"], file.last());
  pdf::Array annotations = there.AsArray() != nullptr ? *there.AsArray() : pdf::Array();
  annotations.push_back(pdf::Object(annotation));
  page["Annots"] = pdf::Object(annotations);
  update.Write(node.ref, pdf::Object(page));
  return bytes + std::move(update).Finish();
}

std::string TextOf(const std::string& pdf) {
  const std::unique_ptr<poppler::document> document(
      poppler::document::load_from_raw_data(pdf.data(), static_cast<int>(pdf.size())));
  const std::unique_ptr<poppler::page> page(document->create_page(0));
  const auto utf8 = page->text(poppler::rectf(), poppler::page::raw_order_layout).to_utf8();
  return CollapseSpace(std::string(utf8.begin(), utf8.end()));
}

AppearanceRequest CopyBlock() {
  AppearanceRequest request;
  request.role = AppearanceRole::kCopy;
  request.lines = {"SAO Y", "ỦY BAN NHÂN DÂN XÃ THANH XÁ", "28-11-2026 09:03:05 +07:00"};
  return request;
}

TEST(Widget, TheBlockIsReadFromTheUpdatedDocument) {
  const std::string issued = Issued(false);
  const std::string drawn = Drawn(issued, CopyBlock());
  EXPECT_TRUE(drawn.starts_with(issued));
  EXPECT_THAT(TextOf(drawn), HasSubstr("SAO Y ỦY BAN NHÂN DÂN XÃ THANH XÁ 28-11-2026 09:03:05 +07:00"));
  if (const char* folder = std::getenv("VANTHU_KEEP_PDFS"))
    (void)WriteFileAtomically(std::string(folder) + "/widget.pdf", drawn);
}

TEST(Widget, ASecondBlockFindsTheFirst) {
  const std::string once = Drawn(Issued(false), CopyBlock());
  const pdf::File file = pdf::File::Parse(once).value();
  const auto pages = file.Pages(file.last()).value();
  const std::vector<Box> boxes = WidgetBoxes(file, pages[0].dictionary);
  ASSERT_EQ(boxes.size(), 1U);
  pdf::Update update(file);
  const Widget second = DrawnWidget(CopyBlock(), 0, TestFonts(), Rules())(file, update).value();
  EXPECT_LT(second.rect[2], boxes[0].x0);
}

TEST(Widget, PdfA1GetsNoTransparency) {
  const Picture seal = ReadPicture(SealPng(425), "seal.png").value();
  AppearanceRequest request;
  request.role = AppearanceRole::kAgency;
  request.picture = &seal;
  request.at = Point{400, 400};
  EXPECT_THAT(Drawn(Issued(false), request), HasSubstr("/SMask"));
  EXPECT_THAT(Drawn(Issued(true), request), Not(HasSubstr("/SMask")));
}

// A pen's stroke, blue on nothing.
Picture Signature() {
  return ReadPicture(
             PngOf(400, 150,
                   [](int x, int y) -> std::array<std::uint8_t, 4> {
                     const double wave = 75 + 60 * std::sin(x / 25.0) * (1 - x / 500.0);
                     return {20, 40, 180, static_cast<std::uint8_t>(std::abs(y - wave) < 4 ? 255 : 0)};
                   }),
             "pen.png")
      .value();
}

TEST(Widget, SignerSealAndCopyOnAPlan) {
  const std::string path = VANTHU_SOURCE_DIR "/samples/thanh-xa-2023.pdf";
  const auto document = intake::OpenDocument(path, {});
  std::vector<Page> words;
  for (int i = 0; i < (*document)->page_count(); ++i) words.push_back((*document)->ReadPage(i).value());
  const FoundPlace place =
      FindPlace(words, ReadPlaceRules(VANTHU_SOURCE_DIR "/signing/appearance/rules").value());
  const Picture pen = Signature();
  const Picture seal = ReadPicture(SealPng(425), "seal.png").value();
  AppearanceRequest signer;
  signer.picture = &pen;
  signer.place = place.box;
  std::string bytes = Drawn((*document)->bytes(), signer, place.page);
  const pdf::File file = pdf::File::Parse(bytes).value();
  AppearanceRequest agency;
  agency.role = AppearanceRole::kAgency;
  agency.picture = &seal;
  const std::vector<Box> signature =
      WidgetBoxes(file, file.Pages(file.last()).value()[static_cast<std::size_t>(place.page)].dictionary);
  ASSERT_EQ(signature.size(), 1U);
  agency.place = signature[0];
  bytes = Drawn(std::string(bytes), agency, place.page);
  bytes = Drawn(std::string(bytes), CopyBlock());
  const pdf::File last = pdf::File::Parse(bytes).value();
  EXPECT_EQ(last.revisions().size(), 4U);
  const Box stamped =
      WidgetBoxes(last, last.Pages(last.last()).value()[static_cast<std::size_t>(place.page)].dictionary)
          .at(1);
  EXPECT_NEAR(stamped.width(), 102, 0.1);
  EXPECT_NEAR(stamped.x1, signature[0].x0 + signature[0].width() / 3, 0.1);
  EXPECT_THAT(TextOf(bytes), HasSubstr("SAO Y"));
  if (const char* folder = std::getenv("VANTHU_KEEP_PDFS"))
    (void)WriteFileAtomically(std::string(folder) + "/plan.pdf", bytes);
}

TEST(Widget, NoSuchPage) {
  const std::string issued = Issued(false);
  const pdf::File file = pdf::File::Parse(issued).value();
  pdf::Update update(file);
  EXPECT_EQ(DrawnWidget(CopyBlock(), 1, TestFonts(), Rules())(file, update).error().code, ErrorCode::kUsage);
}

}  // namespace
}  // namespace vanthu::signing
