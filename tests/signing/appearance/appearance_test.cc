#include "signing/appearance/appearance.h"

#include <gmock/gmock.h>

#include <cmath>

#include "page_pdf.h"
#include "pictures.h"
#include "pipeline/base/unicode.h"

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

struct Made {
  Appearance appearance;
  KeptObjects objects{kFirstFree};
  std::string pdf;
};

Made Make(const AppearanceRequest& request, const TestPage& page = {}) {
  Made made;
  Result<Appearance> written = WriteAppearance(request, page.Frame(), TestFonts(), Rules(), made.objects);
  EXPECT_TRUE(written.has_value()) << (written ? "" : Describe(written.error(), Language::kEnglish));
  if (!written) return made;
  made.appearance = *written;
  made.pdf = PagePdf(page, {*written}, made.objects);
  return made;
}

// Upright and turned, cropped and off the origin, with a UserUnit: as pages of offices are.
std::vector<TestPage> Pages() {
  std::vector<TestPage> pages;
  for (const int rotate : {0, 90, 180, 270}) {
    pages.push_back({{0, 0, 595, 842}, {}, rotate, 1});
    pages.push_back({{-50, 30, 700, 900}, PdfRect{20, 60, 620, 880}, rotate, 1});
  }
  pages.push_back({{0, 0, 842, 595}, {}, 0, 1});
  return pages;
}

void ExpectNear(const Box& a, const Box& b, double tolerance) {
  EXPECT_NEAR(a.x0, b.x0, tolerance);
  EXPECT_NEAR(a.y0, b.y0, tolerance);
  EXPECT_NEAR(a.x1, b.x1, tolerance);
  EXPECT_NEAR(a.y1, b.y1, tolerance);
}

TEST(Appearance, ASealHasItsActualSizeUprightOnEveryPage) {
  const Picture seal = ReadPicture(WithResolution(SealPng(425), 300), "seal.png").value();  // 36 mm, 102 pt
  for (const TestPage& page : Pages()) {
    AppearanceRequest request;
    request.role = AppearanceRole::kAgency;
    request.picture = &seal;
    request.place = Box{300, 400, 420, 460};
    const Made made = Make(request, page);
    const Box& shown = made.appearance.shown;
    EXPECT_NEAR(shown.width(), 102, 0.1);
    EXPECT_NEAR(shown.x1, 340, 0.1);  // a third of the signature
    EXPECT_NEAR(shown.centre_y(), 430, 0.1);
    const Shot shot(made.pdf);
    Box ring = shown;  // the ring's outside is at 0.98 of the radius
    ring = {shown.x0 + 1, shown.y0 + 1, shown.x1 - 1, shown.y1 - 1};
    ExpectNear(shot.Ink(), ring, 1);
    EXPECT_EQ(shot.At(shown.centre_x() - 8, shown.centre_y() - 8), 0x0000C8U) << page.rotate_deg;
    EXPECT_EQ(shot.At(shown.centre_x() + 8, shown.centre_y() - 8), 0xFFFFFFU);
    EXPECT_EQ(shot.At(shown.centre_x() - 8, shown.centre_y() + 8), 0xFFFFFFU);
  }
}

TEST(Appearance, ASignatureIsFittedIntoItsPlace) {
  const Picture picture = ReadPicture(SealPng(100), "s.png").value();
  AppearanceRequest request;
  request.picture = &picture;
  request.place = Box{300, 400, 500, 460};
  const Made made = Make(request);
  ExpectNear(made.appearance.shown, {370, 400, 430, 460}, 0.01);
  request.at = Point{100, 200};
  ExpectNear(Make(request).appearance.shown, {69, 169, 131, 231}, 0.01);
}

TEST(Appearance, WithoutPictureTheRectangleIsThereAndEmpty) {
  AppearanceRequest request;
  request.place = Box{300, 400, 500, 460};
  const Made made = Make(request);
  ExpectNear(made.appearance.shown, {300, 400, 500, 460}, 0);
  EXPECT_THAT(made.objects.bodies.at(made.appearance.stream), HasSubstr("/Length 0"));
  EXPECT_TRUE(Shot(made.pdf).Ink().empty());
  EXPECT_THAT(WidgetEntries(made.appearance, false), HasSubstr("/Rect[300 382 500 442]/F 4/AP<</N"));
  EXPECT_THAT(WidgetEntries(made.appearance, true), HasSubstr("/F 132"));
}

TEST(Appearance, TheBlockOfACopyIsReadAsItWasWritten) {
  for (const TestPage& page : Pages()) {
    AppearanceRequest request;
    request.role = AppearanceRole::kCopy;
    request.lines = BlockLines(Rules().block.copy,
                               {"SAO Y", "12/SY-UBND", ToNfc("ỦY BAN NHÂN DÂN XÃ THANH XÁ, HUYỆN LIÊN HƯƠNG"),
                                "28-11-2026 09:03:05 +07:00"});
    const Made made = Make(request, page);
    EXPECT_EQ(ShownText(made.pdf),
              "SAO Y ỦY BAN NHÂN DÂN XÃ THANH XÁ, HUYỆN LIÊN HƯƠNG 28-11-2026 09:03:05 +07:00");
    EXPECT_NEAR(made.appearance.shown.x1, page.Frame().width() - 42.5, 0.01);
    EXPECT_LT(made.appearance.shown.y1, 70);
    const Box ink = Shot(made.pdf).Ink();
    EXPECT_FALSE(ink.empty());
    EXPECT_GE(ink.x0, made.appearance.shown.x0 - 0.5);
    EXPECT_LE(ink.x1, made.appearance.shown.x1 + 0.5);
    EXPECT_GE(ink.y0, made.appearance.shown.y0 - 0.5);
    EXPECT_LE(ink.y1, made.appearance.shown.y1 + 0.5);
    // Upright lines: wider than high, whichever way the page is turned.
    EXPECT_GT(ink.width(), ink.height());
  }
}

TEST(Appearance, LongTextGetsSmallerAndThenGrowsButIsNeverClipped) {
  AppearanceRequest request;
  request.role = AppearanceRole::kCopy;
  std::string agency;
  for (int i = 0; i < 40; ++i) agency += "Ủy ban nhân dân ";
  request.lines = {"SAO LỤC", agency + "cuối", std::string(120, 'W')};
  const Made made = Make(request);
  const std::string text = ShownText(made.pdf);
  EXPECT_THAT(text, HasSubstr("SAO LỤC Ủy ban"));
  EXPECT_THAT(text, HasSubstr("dân cuối"));
  EXPECT_EQ(std::count(text.begin(), text.end(), 'W'), 120);
  const Box ink = Shot(made.pdf).Ink();
  EXPECT_LE(ink.x1, made.appearance.shown.x1 + 0.5);
  EXPECT_LE(ink.y1, made.appearance.shown.y1 + 0.5);
  EXPECT_FALSE(made.appearance.remarks.empty());
}

TEST(Appearance, ASecondBlockStandsLeftOfTheFirst) {
  AppearanceRequest request;
  request.role = AppearanceRole::kAnnex;
  request.lines = {"25/KH-UBND", "28-11-2026 09:03:05 +07:00"};
  const Appearance first = Make(request).appearance;
  request.taken = {first.shown};
  const Appearance second = Make(request).appearance;
  EXPECT_LT(second.shown.x1, first.shown.x0);
  EXPECT_EQ(second.shown.y0, first.shown.y0);
}

TEST(Appearance, RealSizesOnAPageWithAUserUnit) {
  const Picture seal = ReadPicture(WithResolution(SealPng(425), 300), "seal.png").value();
  AppearanceRequest request;
  request.role = AppearanceRole::kAgency;
  request.picture = &seal;
  request.place = Box{100, 100, 160, 130};
  const Made made = Make(request, {{0, 0, 297, 421}, {}, 0, 2});
  EXPECT_NEAR(made.appearance.shown.width(), 51, 0.1);  // 51 units are 102 points
  ExpectNear(Shot(made.pdf).Ink(), made.appearance.shown, 2);
}

TEST(Appearance, OpaqueWhereTransparencyIsForbidden) {
  const Picture seal = ReadPicture(SealPng(425), "seal.png").value();
  AppearanceRequest request;
  request.role = AppearanceRole::kAgency;
  request.picture = &seal;
  request.at = Point{300, 300};
  EXPECT_THAT(Make(request).pdf, HasSubstr("/SMask"));
  request.allow_transparency = false;
  EXPECT_THAT(Make(request).pdf, Not(HasSubstr("/SMask")));
}

TEST(Appearance, ASealThatCannotBeTrueIsRefused) {
  const Picture seal = ReadPicture(WithResolution(SealPng(425), 96), "seal.png").value();  // 112 mm
  AppearanceRequest request;
  request.role = AppearanceRole::kAgency;
  request.picture = &seal;
  request.at = Point{300, 300};
  KeptObjects objects(kFirstFree);
  const auto refused = WriteAppearance(request, TestPage().Frame(), TestFonts(), Rules(), objects);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::kNotAccepted);
  request.picture_width_mm = 36;
  EXPECT_NEAR(Make(request).appearance.shown.width(), 102, 0.1);
}

TEST(Appearance, IsKeptOnThePageOrRefused) {
  const Picture seal = ReadPicture(SealPng(425), "seal.png").value();
  AppearanceRequest request;
  request.role = AppearanceRole::kAgency;
  request.picture = &seal;
  request.at = Point{10, 10};
  const Appearance moved = Make(request).appearance;
  EXPECT_EQ(moved.shown.x0, 0);
  EXPECT_EQ(moved.shown.y0, 0);
  EXPECT_EQ(moved.remarks.size(), 1U);  // the size was assumed
  request.at = Point{700, 10};
  KeptObjects objects(kFirstFree);
  EXPECT_EQ(WriteAppearance(request, TestPage().Frame(), TestFonts(), Rules(), objects).error().code,
            ErrorCode::kUsage);
  request.at.reset();
  EXPECT_EQ(WriteAppearance(request, TestPage().Frame(), TestFonts(), Rules(), objects).error().code,
            ErrorCode::kUsage);
}

TEST(Appearance, TheSameInputGivesTheSameObjects) {
  AppearanceRequest request;
  request.role = AppearanceRole::kCopy;
  request.lines = {"TRÍCH SAO", "Văn phòng", "28-11-2026 09:03:05 +07:00"};
  EXPECT_EQ(Make(request).objects.bodies, Make(request).objects.bodies);
}

TEST(Appearance, TextStandsUnderTheSignersPicture) {
  const Picture picture = ReadPicture(SealPng(100), "s.png").value();
  AppearanceRequest request;
  request.picture = &picture;
  request.place = Box{300, 400, 500, 460};
  request.lines = {"Ký bởi: Phạm Thị Mây", "28-11-2026 09:03:05 +07:00"};
  const Made made = Make(request);
  EXPECT_EQ(ShownText(made.pdf), "Ký bởi: Phạm Thị Mây 28-11-2026 09:03:05 +07:00");
  EXPECT_GE(made.appearance.shown.y0, 399.9);
  EXPECT_LE(made.appearance.shown.y1, 460.1);
}

}  // namespace
}  // namespace vanthu::signing
