// A line, what was read of it, and how large its type is: what the corrections by shape look at.
#pragma once

#include "ocr/recognise/engine.h"
#include "ocr/recognise/line_picture.h"
#include "ocr/recognise/measure.h"
#include "ocr/recognise/segment.h"

namespace vanthu::ocr {

struct ReadInk {
  const Segmentation& segmentation;
  const TextLine& line;
  const LinePicture& picture;
  LineMeasure measure;

  double em(double px) const { return px / measure.size_px; }
  // The stretch of a symbol, page pixels.
  double Left(const Symbol& symbol) const { return picture.PageX(symbol.x0); }
  double Right(const Symbol& symbol) const { return picture.PageX(symbol.x1); }
};

inline constexpr double kByShape = 0.88;  // confidence of what was read otherwise: doubtful

}  // namespace vanthu::ocr
