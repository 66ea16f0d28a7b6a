// TIFF, JPEG and PNG files as documents.
#include <gtest/gtest.h>
#include <tiff.h>

#include <memory>

#include "pipeline/intake/intake.h"
#include "pipeline/intake/picture.h"
#include "tests/pipeline/intake/encode.h"
#include "tests/pipeline/intake/tiny_pdf.h"

namespace vanthu {
namespace {

using test::CornerOf;
using test::EncodeJpeg;
using test::EncodePng;
using test::EncodeTiff;
using test::PngKind;
using test::Sample;
using test::TemporaryFile;
using test::TiffForm;

// A4 at 100 dpi.
constexpr int kWide = 827, kHigh = 1169;

std::unique_ptr<intake::Document> Open(const std::string& bytes, const char* suffix = ".bin",
                                       const intake::Options& options = {}) {
  const TemporaryFile file(bytes, suffix);
  auto document = intake::OpenDocument(file.path(), options);
  if (!document) {
    ADD_FAILURE() << Describe(document.error(), Language::kEnglish);
    return nullptr;
  }
  return std::move(*document);
}

Error ErrorOf(const std::string& bytes, const intake::Options& options = {}) {
  const TemporaryFile file(bytes);
  auto document = intake::OpenDocument(file.path(), options);
  if (!document) return document.error();
  const auto raster = (*document)->RenderPage(0, Dpi{200});
  if (!raster) return raster.error();
  ADD_FAILURE() << "no error";
  return {};
}

TEST(Jpeg, PageSizeFromItsDensity) {
  const auto document = Open(EncodeJpeg(Sample(kWide, kHigh, 3), {100, 0, false}));
  ASSERT_NE(document, nullptr);
  EXPECT_EQ(document->kind(), intake::FileKind::kJpeg);
  const auto page = document->ReadPage(0);
  ASSERT_TRUE(page);
  EXPECT_NEAR(page->width_pt, 595.4, 0.2);
  EXPECT_EQ(page->text_layer, TextLayer::kAbsent);
  EXPECT_TRUE(page->findings.empty());
  const auto raster = document->RenderPage(0, Dpi{100});
  ASSERT_TRUE(raster);
  EXPECT_EQ(raster->width_px, kWide);
  EXPECT_EQ(raster->channels, 3);
  EXPECT_EQ(CornerOf(*raster), 0);
}

TEST(Jpeg, NamedPdfIsStillAJpeg) {
  const auto document = Open(EncodeJpeg(Sample(kWide, kHigh, 1), {100, 0, false}), ".pdf");
  ASSERT_NE(document, nullptr);
  EXPECT_EQ(document->kind(), intake::FileKind::kJpeg);
}

TEST(Jpeg, MissingDensityIsGuessedFromA4AndSaid) {
  const auto document = Open(EncodeJpeg(Sample(kWide, kHigh, 1)));
  ASSERT_NE(document, nullptr);
  const auto page = document->ReadPage(0);
  ASSERT_TRUE(page);
  EXPECT_NEAR(page->height_pt, 842, 1);
  ASSERT_EQ(page->findings.size(), 1u);
  EXPECT_EQ(page->findings[0].code, "intake.picture.dpi");
}

// Every EXIF orientation shows the same upright page: the block's corner says how the stored picture was
// turned.
TEST(Jpeg, ExifOrientation) {
  const int corner[9] = {0, 0, 1, 2, 3, 0, 1, 2, 3};
  for (int orientation = 1; orientation <= 8; ++orientation) {
    const auto document = Open(EncodeJpeg(Sample(kWide, kHigh, 1), {100, orientation, false}));
    ASSERT_NE(document, nullptr);
    const auto raster = document->RenderPage(0, Dpi{100});
    ASSERT_TRUE(raster);
    EXPECT_EQ(CornerOf(*raster), corner[orientation]) << orientation;
    const bool turned = orientation >= 5;
    EXPECT_EQ(raster->width_px, turned ? kHigh : kWide) << orientation;
    const auto page = document->ReadPage(0);
    ASSERT_TRUE(page);
    EXPECT_NEAR(page->width_pt, turned ? 841.7 : 595.4, 0.5) << orientation;
    // The archive copy places the untouched bytes: its matrix must turn them the same way.
    const auto image = document->SoleImage(0);
    ASSERT_TRUE(image && *image);
    const Point block = (*image)->image_to_page.Map(Point{0.1, 0.05});
    const bool right = block.x > page->width_pt / 2, low = block.y > page->height_pt / 2;
    EXPECT_EQ(right, corner[orientation] == 1 || corner[orientation] == 2) << orientation;
    EXPECT_EQ(low, corner[orientation] >= 2) << orientation;
  }
}

TEST(Jpeg, CmykBecomesRgb) {
  const auto document = Open(EncodeJpeg(Sample(kWide, kHigh, 1), {100, 0, true}));
  ASSERT_NE(document, nullptr);
  const auto raster = document->RenderPage(0, Dpi{100});
  ASSERT_TRUE(raster);
  EXPECT_EQ(raster->channels, 3);
  EXPECT_EQ(CornerOf(*raster), 0);
  const auto image = document->SoleImage(0);
  ASSERT_TRUE(image);
  EXPECT_FALSE(image->has_value());
}

TEST(Jpeg, FinePicturesAreReducedToWhatIsAskedFor) {
  const auto document = Open(EncodeJpeg(Sample(4 * kWide, 4 * kHigh, 1), {400, 0, false}));
  ASSERT_NE(document, nullptr);
  for (const double dpi : {100.0, 150.0, 300.0}) {
    const auto raster = document->RenderPage(0, Dpi{dpi});
    ASSERT_TRUE(raster);
    EXPECT_NEAR(raster->width_px / raster->dpi.value, kWide / 100.0, 0.02) << dpi;
    EXPECT_EQ(CornerOf(*raster), 0);
  }
  EXPECT_NEAR(document->RenderPage(0, Dpi{100})->width_px, kWide, 2);
  EXPECT_EQ(document->RenderPage(0, Dpi{300})->width_px, 4 * kWide);  // near enough: its own pixels
}

TEST(Jpeg, TruncatedIsDamaged) {
  std::string bytes = EncodeJpeg(Sample(kWide, kHigh, 3), {100, 0, false});
  bytes.resize(bytes.size() / 2);
  const Error error = ErrorOf(bytes);
  EXPECT_EQ(error.code, ErrorCode::kDamaged);
  EXPECT_FALSE(error.cause.empty());
  EXPECT_EQ(ErrorOf(bytes.substr(0, 10)).code, ErrorCode::kDamaged);
}

TEST(Png, EveryKind) {
  for (const PngKind kind :
       {PngKind::kGrey, PngKind::kRgb, PngKind::kAlpha, PngKind::kPalette, PngKind::kDeep, PngKind::kBit}) {
    const auto document = Open(EncodePng(Sample(kWide, kHigh, 1), kind, 100));
    ASSERT_NE(document, nullptr);
    const auto page = document->ReadPage(0);
    ASSERT_TRUE(page);
    EXPECT_NEAR(page->width_pt, 595.4, 0.2);
    const auto raster = document->RenderPage(0, Dpi{100});
    ASSERT_TRUE(raster);
    EXPECT_EQ(CornerOf(*raster), 0) << static_cast<int>(kind);
  }
}

TEST(Png, TruncatedIsDamaged) {
  std::string bytes = EncodePng(Sample(kWide, kHigh, 1), PngKind::kGrey, 100);
  bytes.resize(bytes.size() / 2);
  EXPECT_EQ(ErrorOf(bytes).code, ErrorCode::kDamaged);
}

TEST(Png, HugeDimensionsAreRefusedBeforeDecoding) {
  std::string bytes = EncodePng(Sample(64, 64, 1), PngKind::kGrey);
  intake::Options options;
  options.limits.max_pixels = 1000;
  const Error error = ErrorOf(bytes, options);
  EXPECT_EQ(error.code, ErrorCode::kLimit);
  EXPECT_NE(error.message.en.find("1000"), std::string::npos);
}

TEST(Tiff, PagesOfEveryCompression) {
  std::vector<std::pair<Raster, TiffForm>> pages;
  for (const auto& [compression, bits, samples] : {std::tuple{COMPRESSION_NONE, 8, 1},
                                                   {COMPRESSION_CCITTFAX3, 1, 1},
                                                   {COMPRESSION_CCITTFAX4, 1, 1},
                                                   {COMPRESSION_LZW, 8, 3},
                                                   {COMPRESSION_ADOBE_DEFLATE, 8, 4},
                                                   {COMPRESSION_JPEG, 8, 3},
                                                   {COMPRESSION_PACKBITS, 8, 1},
                                                   {COMPRESSION_LZW, 16, 1}}) {
    TiffForm form;
    form.compression = compression;
    form.bits = bits;
    form.samples = samples;
    form.dpi_x = form.dpi_y = 100;
    pages.emplace_back(Sample(kWide, kHigh, 1), form);
  }
  const auto document = Open(EncodeTiff(pages));
  ASSERT_NE(document, nullptr);
  EXPECT_EQ(document->kind(), intake::FileKind::kTiff);
  ASSERT_EQ(document->page_count(), static_cast<int>(pages.size()));
  for (int i = document->page_count() - 1; i >= 0; --i) {
    const auto raster = document->RenderPage(i, Dpi{100});
    ASSERT_TRUE(raster) << i << Describe(raster.error(), Language::kEnglish);
    EXPECT_EQ(CornerOf(*raster), 0) << i;
    EXPECT_EQ(raster->width_px, kWide);
  }
}

TEST(Tiff, OrientationTag) {
  const int corner[9] = {0, 0, 1, 2, 3, 0, 1, 2, 3};
  for (const int bits : {1, 8})
    for (int orientation = 1; orientation <= 8; ++orientation) {
      TiffForm form;
      form.bits = bits;
      form.orientation = orientation;
      form.dpi_x = form.dpi_y = 100;
      const auto document = Open(EncodeTiff({{Sample(kWide, kHigh, 1), form}}));
      ASSERT_NE(document, nullptr);
      const auto raster = document->RenderPage(0, Dpi{100});
      ASSERT_TRUE(raster);
      EXPECT_EQ(CornerOf(*raster), corner[orientation]) << orientation << " " << bits;
    }
}

TEST(Tiff, FaxResolutionsAreMadeSquare) {
  TiffForm form;
  form.compression = COMPRESSION_CCITTFAX4;
  form.bits = 1;
  form.dpi_x = 204;
  form.dpi_y = 98;
  const auto document = Open(EncodeTiff({{Sample(1728, 1146, 1), form}}));
  ASSERT_NE(document, nullptr);
  const auto page = document->ReadPage(0);
  ASSERT_TRUE(page);
  EXPECT_NEAR(page->width_pt, 610, 1);
  EXPECT_NEAR(page->height_pt, 842, 1);
  const auto raster = document->RenderPage(0, Dpi{200});
  ASSERT_TRUE(raster);
  EXPECT_EQ(raster->width_px, 1728);
  EXPECT_NEAR(raster->height_px, 1146 * 204 / 98, 2);
  EXPECT_EQ(CornerOf(*raster), 0);
}

TEST(Tiff, ThumbnailsAreNoPages) {
  TiffForm form, small;
  form.dpi_x = form.dpi_y = 100;
  small.thumbnail = true;
  const auto document = Open(EncodeTiff({{Sample(kWide, kHigh, 1), form}, {Sample(80, 110, 1), small}}));
  ASSERT_NE(document, nullptr);
  EXPECT_EQ(document->page_count(), 1);
}

TEST(Tiff, LimitOfPages) {
  TiffForm form;
  intake::Options options;
  options.limits.max_pages = 3;
  const Raster raster = Sample(64, 90, 1);
  EXPECT_EQ(
      ErrorOf(EncodeTiff({{raster, form}, {raster, form}, {raster, form}, {raster, form}}), options).code,
      ErrorCode::kLimit);
}

TEST(Tiff, TruncatedIsDamaged) {
  TiffForm form;
  form.compression = COMPRESSION_CCITTFAX4;
  form.bits = 1;
  std::string bytes = EncodeTiff({{Sample(kWide, kHigh, 1), form}});
  EXPECT_EQ(ErrorOf(bytes.substr(0, bytes.size() / 2)).code, ErrorCode::kDamaged);
  EXPECT_EQ(ErrorOf(std::string("II*\0", 4)).code, ErrorCode::kDamaged);
}

TEST(Resolution, WhatIsBelieved) {
  using intake::PictureInfo;
  using intake::ResolutionOf;
  EXPECT_FALSE(ResolutionOf({2480, 3508, 300, 300, 1, 3}).guessed);
  EXPECT_FALSE(ResolutionOf({1728, 2200, 204, 196, 1, 1}).guessed);
  EXPECT_FALSE(ResolutionOf({595, 842, 72, 72, 1, 3}).guessed);  // A4 at 72 dpi is A4
  for (const PictureInfo& info :
       {PictureInfo{2480, 3508, 72, 72, 1, 3}, PictureInfo{2480, 3508, 0, 0, 1, 3},
        PictureInfo{2480, 3508, 1, 1, 1, 3}, PictureInfo{2480, 3508, 9999, 9999, 1, 3},
        PictureInfo{3508, 2480, 96, 96, 1, 3}}) {
    const auto resolution = ResolutionOf(info);
    EXPECT_TRUE(resolution.guessed);
    EXPECT_NEAR(resolution.x, 300, 1);
  }
}

}  // namespace
}  // namespace vanthu
