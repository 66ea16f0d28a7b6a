// Encoded pictures -> pixels: libjpeg, libpng and libtiff, each in its own .cc. Private to the room.
// Errors: kDamaged (also truncated), kNotAccepted, kLimit (before anything is decoded). Thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/error.h"
#include "pipeline/intake/picture.h"
#include "pipeline/model/raster.h"

namespace vanthu::intake {

struct DecodeLimits {
  std::int64_t max_pixels = 0;
  int max_pages = 0;
};

Result<PictureInfo> InspectJpeg(std::string_view bytes);
// At 1, 1/2, 1/4 or 1/8 of its size, the smallest that keeps `min_long_px` on the long side (0: full size)
// and stays under max_pixels. Grey stays grey; CMYK becomes RGB.
Result<Raster> DecodeJpeg(std::string_view bytes, int min_long_px, const DecodeLimits& limits);

Result<PictureInfo> InspectPng(std::string_view bytes);
// On white paper where it is transparent.
Result<Raster> DecodePng(std::string_view bytes, const DecodeLimits& limits);

// One a page; thumbnails and masks are left out.
struct TiffPage {
  PictureInfo info;
  int directory = 0;
};
Result<std::vector<TiffPage>> InspectTiff(std::string_view bytes, const DecodeLimits& limits);
Result<Raster> DecodeTiff(std::string_view bytes, const TiffPage& page, const DecodeLimits& limits);

// EXIF, as in a JPEG's APP1 segment after "Exif\0\0": fills orientation and, where still unknown, the
// resolution.
void ReadExif(std::string_view tiff, PictureInfo& info);

// The errors all three share.
Error DamagedPicture(const char* format, std::string cause);
Error TooManyPixels(std::int64_t width_px, std::int64_t height_px, std::int64_t max_pixels);

}  // namespace vanthu::intake
