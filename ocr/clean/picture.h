// Pictures inside the recogniser's room: OpenCV matrices over a Raster, and the scale they are read at.
// Private to `ocr`. Pixels, origin top left; grey pictures are 8 bit, 0 ink, 255 paper; masks are 0 or 255.
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <opencv2/core.hpp>

#include "pipeline/model/geometry.h"
#include "pipeline/model/raster.h"

namespace vanthu::ocr {

// The raster's pixels, not copied: valid as long as the raster is. Null where the raster is not well formed.
cv::Mat View(const Raster& raster);

// A length on paper in whole pixels, at least `least`.
inline int Pixels(double inches, double dpi, int least = 1) {
  return std::max(least, static_cast<int>(std::lround(inches * dpi)));
}

// The same, made odd: the size of a kernel with a centre.
inline int OddPixels(double inches, double dpi, int least = 1) {
  return Pixels(inches, dpi, least) | 1;
}

// The picture turned clockwise by 0, 90, 180 or 270 degrees.
cv::Mat Turned(const cv::Mat& picture, int clockwise_deg);

// Pixels of a picture of `size` -> pixels of the same picture turned clockwise.
Affine TurnMap(cv::Size size, int clockwise_deg);

Affine Inverse(const Affine& map);

// The connected pieces of a mask (8 neighbours) that `keep` wants; each is told by its row of
// statistics (cv::CC_STAT_AREA and the like). `seen`, if given, is told of every piece before the first is
// kept.
using PieceTest = std::function<bool(const int* stats)>;
cv::Mat PiecesKept(const cv::Mat& mask, const PieceTest& keep,
                   const std::function<void(const int* stats)>& seen = {});

}  // namespace vanthu::ocr
