// Print against noise: a grey picture to a mask of ink, without salt, scanner edges and black borders.
#pragma once

#include <opencv2/core.hpp>

namespace vanthu::ocr {

// A light blur against sensor noise, scaled with the resolution.
cv::Mat Smoothed(const cv::Mat& grey, double dpi);

// The grey value that parts ink from paper: Otsu's over the whole picture, kept within what print on white
// can be.
double InkThreshold(const cv::Mat& grey);

// 255 where there is ink. Specks smaller than a full stop's part, and dark areas that hang on the picture's
// border (lid, binding, another sheet's edge), are left out.
cv::Mat InkMask(const cv::Mat& grey, double dpi);

}  // namespace vanthu::ocr
