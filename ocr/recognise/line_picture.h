// One line of text cut out for the recogniser.
//
// Input: the straightened grey print, the segmentation, a line. Output: the line alone on white, with room
// around it, at a height at which small letters have about the size the model was trained at, and the way
// back to the page. Method: only the line's own pieces, widened by the rim of their strokes, are copied; so
// neighbours that reach into the box never show. Room: tight crops of short lines lose tones ("công." ->
// "cong.").
#pragma once

#include <opencv2/core.hpp>

#include "ocr/recognise/segment.h"

namespace vanthu::ocr {

struct LinePicture {
  cv::Mat grey;
  double scale = 1;  // picture pixels per page pixel
  double left = 0;   // page pixels of the picture's left edge
  double dpi = 0;
  cv::Mat print;  // the page's own, not cut out: what is too pale for the mask shows there

  double PageX(double x) const { return left + x / scale; }
};

LinePicture CutLine(const cv::Mat& print, const Segmentation& segmentation, const TextLine& line, double dpi);

}  // namespace vanthu::ocr
