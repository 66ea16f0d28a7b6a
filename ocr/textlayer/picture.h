// A page's picture as a PDF image: the file's own JPEG as it is, or a raster encoded here. Private to the
// room.
#pragma once

#include <optional>
#include <string>

#include "ocr/textlayer/textlayer.h"
#include "pipeline/base/error.h"

namespace vanthu::ocr {

enum class PictureFilter { kDct, kFlate, kCcitt };

struct Picture {
  int width_px = 0;
  int height_px = 0;
  int components = 1;  // 1 grey, 3 RGB
  int bits = 8;        // a component; 1: black 0, white 1
  PictureFilter filter = PictureFilter::kDct;
  std::string bytes;       // encoded
  bool plain_rgb = false;  // a JPEG that holds RGB without saying so: /ColorTransform 0
  Affine to_page;          // unit square (y down) -> page points (y down)
};

// Exactly one of jpeg and raster, else kInternal. Errors as in BuildArchivePdf, without the page.
Result<Picture> MakePicture(ArchivePage& page);

}  // namespace vanthu::ocr
