// Paper made white: uneven light, tinted paper, shadows of folds and bindings.
//
// Input: grey or RGB. Output: the same size and kind, paper 255 in every channel.
// Method: the paper is what stays after a grey closing at about 25 dpi, smoothed; each channel is divided by
// it. Accuracy: on the five scanned plans the paper's standard deviation falls to that of the sensor's noise.
// Fails: dark areas wider than the closing (photographs, black borders) are lightened; they are bounded by
// kDarkest, so that a black area stays darker than half of the paper. Source: Leptonica's pixBackgroundNorm,
// in its morphological form.
#pragma once

#include <opencv2/core.hpp>

namespace vanthu::ocr {

cv::Mat DivideBackground(const cv::Mat& picture, double dpi);

}  // namespace vanthu::ocr
