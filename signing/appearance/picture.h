// The picture of a signature or a seal: PNG or JPEG bytes become pixels of a known size on paper, and those a
// PDF image.
//
// Size on paper: the file's resolution (PNG pHYs in metres, JFIF density) where it is between 50 and 2400 dpi
// and of both axes; else 300 dpi, the resolution of the national guideline's scans, at which 500 pixels make
// a seal of 42 mm. 72 and 96 dpi are believed too: a tool that wrote them drew a picture of that size. A
// picture whose size was assumed says so, as a seal must be shown in its actual size.
//
// Errors: kDamaged, kNotAccepted (neither PNG nor JPEG), kLimit (bytes, pixels: before anything is decoded).
// Values; thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/error.h"
#include "pipeline/type/pdf_objects.h"

namespace vanthu::signing {

struct Picture {
  int width_px = 0;
  int height_px = 0;
  std::vector<std::uint8_t> rgb;    // sRGB, rows from the top
  std::vector<std::uint8_t> alpha;  // empty: opaque
  double width_pt = 0;              // on paper
  double height_pt = 0;
  bool size_assumed = false;  // the file says no resolution
};

struct PictureLimits {
  std::uint64_t most_bytes = 16'000'000;
  std::int64_t most_pixels = 25'000'000;  // a camera's; kept are at most 600 dpi of the drawn size
};

// Fully transparent borders are kept: they belong to the size. `name` is for the messages.
Result<Picture> ReadPicture(std::string_view bytes, const std::string& name,
                            const PictureLimits& limits = {});

// On white paper, without alpha.
Picture Flattened(Picture picture);

// Means of the covered pixels, weighted by alpha, where it would be drawn finer than 600 dpi at this size.
Picture Reduced(Picture picture, double drawn_width_pt, double drawn_height_pt);

// The image XObject (and its soft mask); returns its object. `colours`: the object of an ICCBased colour
// space for RGB, so that the picture is right under any output intent and none (ISO 19005-2, 6.2.4).
int WritePicture(const Picture& picture, int colours, type::PdfObjects& objects);

// That colour space: an array object and its profile (sRGB). kInternal where no profile can be made.
Result<int> WriteColours(type::PdfObjects& objects);

}  // namespace vanthu::signing
