// Inks taken apart: black print on one side, coloured ink (seals, pen, stamps) on the other.
//
// Input: RGB with white paper (background.h). Output: a grey picture of the print alone, in which black text
// under a seal or a signature stays and the coloured ink is gone; and the masks of reddish and bluish ink.
// Method: Beer-Lambert. In optical densities inks add: D = a (1,1,1) + b (ink's own colour). In the channel
// where the coloured ink is palest its share is a constant k of its chroma Dmax - Dmin, so print = Dmin - k
// (Dmax - Dmin); k is the median over the ink's own pixels. The print's tint (bluish toner, scanner cast) is
// measured first and taken out. Accuracy: on sealed pages of the plans the CER is that of unsealed ones
// (docs/benchmarks.md). Fails: ink as dark as the print (black pen); grey scans, where nothing can be told
// apart.
#pragma once

#include <opencv2/core.hpp>

namespace vanthu::ocr {

struct InkLayers {
  cv::Mat print;  // grey, paper 255
  cv::Mat red;    // mask of red, violet, orange ink; empty for a grey picture
  cv::Mat blue;   // mask of blue, green ink; empty for a grey picture
};

InkLayers SeparateInks(const cv::Mat& white_paper, double dpi);

}  // namespace vanthu::ocr
