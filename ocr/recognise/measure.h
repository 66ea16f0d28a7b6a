// Type size and baseline of a line, from its pieces and what was read of them.
//
// Method: the heights of letters whose class is known (x-height 0.46 em, capitals and digits 0.67 em of Times
// New Roman and its metric twins), the median of all; the baseline from letters without descenders. Accuracy:
// 3 % of the size.
#pragma once

#include "ocr/recognise/engine.h"
#include "ocr/recognise/line_picture.h"
#include "ocr/recognise/segment.h"

namespace vanthu::ocr {

inline constexpr double kXHeightEm = 0.459;
inline constexpr double kCapHeightEm = 0.67;  // ink of a scan is about a pixel taller than the outline

struct LineMeasure {
  double size_px = 0;   // of the em
  double baseline = 0;  // y, page pixels
  int letters = 0;      // how many letters say so; below 2 both are guesses from the line's zone
};

LineMeasure MeasureLine(const Segmentation& segmentation, const TextLine& line, const LinePicture& picture,
                        const ReadLine& reading);

// The piece of letter height that lies under most of [x0, x1] (page pixels); null if none does.
const Piece* PieceUnder(const Segmentation& segmentation, const TextLine& line, double x0, double x1);

}  // namespace vanthu::ocr
