// Encodes small pictures for tests.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pipeline/model/raster.h"

namespace vanthu::test {

// White paper with a black block in the top left corner: a quarter of the width, an eighth of the height.
Raster Sample(int width_px, int height_px, int channels);
// Where the black block is: 0 top left, 1 top right, 2 bottom right, 3 bottom left; -1 nowhere.
int CornerOf(const Raster& raster);

struct JpegForm {
  int dpi = 0;          // 0: no density
  int orientation = 0;  // 0: no EXIF
  bool cmyk = false;    // inverted, with Adobe's marker
};
std::string EncodeJpeg(const Raster& raster, const JpegForm& form = {});

enum class PngKind { kGrey, kRgb, kAlpha, kPalette, kDeep, kBit };
std::string EncodePng(const Raster& raster, PngKind kind, int dpi = 0);

struct TiffForm {
  int compression = 1;  // TIFF tag 259
  int bits = 8;         // a sample: 1, 8, 16
  int samples = 1;      // 1, 3, 4
  int orientation = 1;
  float dpi_x = 200;
  float dpi_y = 200;
  bool thumbnail = false;
};
std::string EncodeTiff(const std::vector<std::pair<Raster, TiffForm>>& pages);

}  // namespace vanthu::test
