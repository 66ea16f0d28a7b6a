// Pictures before they are pages: what a file's header says, and turning decoded pixels into a page's Raster.
// Private to the room.
#pragma once

#include <cstdint>

#include "pipeline/model/raster.h"

namespace vanthu::intake {

struct PictureInfo {
  int width_px = 0;  // as stored
  int height_px = 0;
  double dpi_x = 0;  // 0 = the file does not say
  double dpi_y = 0;
  int orientation = 1;  // EXIF and TIFF tag 274: 1 upright … 8
  int components = 3;
};

// Resolution of the page. The file's own where it makes a sheet of paper; else guessed from the shape: the
// long side of a sheet of A4, or the smallest dpi at which the picture fits on one. Missing, below 50 or
// above 2400 dpi, a page over A2 or under A6, and 72 or 96 dpi (what programs write when they do not know) on
// a picture of A4's shape that would not be an A sheet, are not believed.
struct Resolution {
  double x = 0;
  double y = 0;
  bool guessed = false;
};
Resolution ResolutionOf(const PictureInfo& info);

// The raster turned upright by an EXIF orientation.
Raster Upright(Raster raster, int orientation);

// Stored unit square (y down) -> page of width x height points (upright).
Affine UprightAffine(int orientation, double width_pt, double height_pt);

// Bilinear when enlarging, mean of the covered pixels when reducing; both sides at least 1.
Raster Resample(const Raster& raster, int width_px, int height_px);

}  // namespace vanthu::intake
