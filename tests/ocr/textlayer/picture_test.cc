#include "ocr/textlayer/picture.h"

#include <gtest/gtest.h>

#include "page_sample.h"

namespace vanthu::ocr {
namespace {

ArchivePage JpegPage(std::string bytes, int width_px, int height_px, int components) {
  ArchivePage page;
  page.width_pt = 100;
  page.height_pt = 100;
  page.jpeg = std::move(bytes);
  page.jpeg_width_px = width_px;
  page.jpeg_height_px = height_px;
  page.jpeg_components = components;
  return page;
}

ErrorCode CodeOf(ArchivePage page) {
  const auto picture = MakePicture(page);
  EXPECT_FALSE(picture.has_value());
  return picture ? ErrorCode::kUsage : picture.error().code;
}

TEST(Picture, JpegGoesInUntouched) {
  const std::string bytes = Jpeg(64, 48, 3);
  ArchivePage page = JpegPage(bytes, 64, 48, 3);
  EXPECT_EQ(MakePicture(page)->bytes, bytes);
  ArchivePage grey = JpegPage(Jpeg(64, 48, 1), 64, 48, 1);
  EXPECT_EQ(MakePicture(grey)->components, 1);
}

TEST(Picture, BrokenJpegIsRefused) {
  const std::string good = Jpeg(64, 48, 3);
  EXPECT_EQ(CodeOf(JpegPage("", 64, 48, 3)), ErrorCode::kDamaged);
  EXPECT_EQ(CodeOf(JpegPage("not a JPEG", 64, 48, 3)), ErrorCode::kDamaged);
  EXPECT_EQ(CodeOf(JpegPage(good.substr(0, 20), 64, 48, 3)), ErrorCode::kDamaged);
  EXPECT_EQ(CodeOf(JpegPage(good.substr(0, good.size() / 2), 64, 48, 3)), ErrorCode::kDamaged);
  EXPECT_EQ(CodeOf(JpegPage(good, 65, 48, 3)), ErrorCode::kDamaged);
  EXPECT_EQ(CodeOf(JpegPage(good, 64, 48, 1)), ErrorCode::kDamaged);
  for (std::size_t cut = 0; cut < good.size(); cut += 7) {
    ArchivePage page = JpegPage(good.substr(0, cut), 64, 48, 3);
    EXPECT_FALSE(MakePicture(page).has_value()) << cut;
  }
}

TEST(Picture, PaddingAfterTheEndIsFine) {
  ArchivePage page = JpegPage(Jpeg(64, 48, 3) + std::string(100, '\0'), 64, 48, 3);
  EXPECT_TRUE(MakePicture(page).has_value());
}

// A four-component frame header is enough: libjpeg takes it for CMYK.
TEST(Picture, CmykIsNotAccepted) {
  const std::string header(
      "\xFF\xD8\xFF\xC0\x00\x14\x08\x00\x30\x00\x40\x04\x01\x11\x00\x02\x11\x00\x03\x11\x00\x04\x11\x00", 24);
  const std::string scan("\xFF\xDA\x00\x0E\x04\x01\x00\x02\x00\x03\x00\x04\x00\x00\x3F\x00\xFF\xD9", 18);
  EXPECT_EQ(CodeOf(JpegPage(header + scan, 64, 48, 4)), ErrorCode::kNotAccepted);
}

TEST(Picture, RasterOfWrongSizeIsRefused) {
  ArchivePage page;
  page.raster = Drawing(10, 10, 3);
  page.raster->pixels.pop_back();
  EXPECT_EQ(CodeOf(page), ErrorCode::kLimit);
  page.raster = Raster{};
  EXPECT_EQ(CodeOf(page), ErrorCode::kLimit);
}

TEST(Picture, BlackAndWhiteIsFaxCodedAndSmall) {
  ArchivePage page;
  page.raster = BlackAndWhite(1654, 2339);
  const auto picture = MakePicture(page);
  EXPECT_EQ(picture->filter, PictureFilter::kCcitt);
  EXPECT_LT(picture->bytes.size(), 5000u);
}

}  // namespace
}  // namespace vanthu::ocr
