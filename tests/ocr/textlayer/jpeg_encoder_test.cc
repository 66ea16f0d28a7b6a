#include "ocr/textlayer/jpeg_encoder.h"

#include <cstdio>
#include <cstdlib>

#include <jpeglib.h>

#include <gtest/gtest.h>
#include "page_sample.h"

namespace vanthu::ocr {
namespace {

struct Decoded {
  Raster raster;
  int density_unit = 0;
  int density = 0;
};

Decoded Decode(const std::string& jpeg) {
  jpeg_decompress_struct state;
  jpeg_error_mgr errors;
  state.err = jpeg_std_error(&errors);
  jpeg_create_decompress(&state);
  jpeg_mem_src(&state, reinterpret_cast<const unsigned char*>(jpeg.data()),
               static_cast<unsigned long>(jpeg.size()));
  jpeg_read_header(&state, TRUE);
  jpeg_start_decompress(&state);
  Decoded out;
  out.raster = {static_cast<int>(state.output_width),
                static_cast<int>(state.output_height),
                state.output_components,
                {},
                {}};
  out.density_unit = state.density_unit;
  out.density = state.X_density;
  out.raster.pixels.resize(static_cast<std::size_t>(out.raster.width_px) *
                           static_cast<std::size_t>(out.raster.height_px) *
                           static_cast<std::size_t>(out.raster.channels));
  while (state.output_scanline < state.output_height) {
    JSAMPROW row = out.raster.row(static_cast<int>(state.output_scanline));
    jpeg_read_scanlines(&state, &row, 1);
  }
  jpeg_finish_decompress(&state);
  jpeg_destroy_decompress(&state);
  return out;
}

TEST(JpegEncoder, KeepsSizeColourAndResolution) {
  for (const int channels : {1, 3}) {
    Raster drawing = Drawing(120, 90, channels);
    drawing.dpi = {100};
    const Decoded back = Decode(EncodeJpeg(drawing, 75).value());
    ASSERT_EQ(back.raster.width_px, 120);
    ASSERT_EQ(back.raster.height_px, 90);
    ASSERT_EQ(back.raster.channels, channels);
    EXPECT_EQ(back.density_unit, 1);
    EXPECT_EQ(back.density, 100);
    for (std::size_t i = 0; i < drawing.pixels.size(); ++i)
      ASSERT_NEAR(back.raster.pixels[i], drawing.pixels[i], 16) << i;  // a smooth picture at quality 75
  }
}

TEST(JpegEncoder, RefusesRastersThatLieAboutThemselves) {
  Raster drawing = Drawing(10, 10, 3);
  drawing.width_px = 11;
  EXPECT_EQ(EncodeJpeg(drawing, 75).error().code, ErrorCode::kLimit);
  EXPECT_EQ(EncodeJpeg(Raster{}, 75).error().code, ErrorCode::kLimit);
  Raster four = Drawing(10, 10, 1);
  four.channels = 4;
  EXPECT_EQ(EncodeJpeg(four, 75).error().code, ErrorCode::kLimit);
  Raster wide{70'000, 1, 1, {}, std::vector<std::uint8_t>(70'000)};
  EXPECT_EQ(EncodeJpeg(wide, 75).error().code, ErrorCode::kLimit);
}

}  // namespace
}  // namespace vanthu::ocr
