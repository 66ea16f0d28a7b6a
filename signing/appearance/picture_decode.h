// libpng and libjpeg behind one value. Private to the room.
#pragma once

#include "signing/appearance/picture.h"

namespace vanthu::signing {

struct DecodedPicture {
  int width_px = 0, height_px = 0;
  std::vector<std::uint8_t> rgb;
  std::vector<std::uint8_t> alpha;  // empty: the file has no alpha
  double dpi_x = 0, dpi_y = 0;      // 0: the file does not say
  int orientation = 1;              // EXIF and TIFF tag 274: 1 upright ... 8
};

bool IsPng(std::string_view bytes);
bool IsJpeg(std::string_view bytes);

// Errors as ReadPicture, without the file's name.
Result<DecodedPicture> DecodePng(std::string_view bytes, std::int64_t most_pixels);
// CMYK becomes RGB as Adobe's programs store it.
Result<DecodedPicture> DecodeJpeg(std::string_view bytes, std::int64_t most_pixels);

}  // namespace vanthu::signing
