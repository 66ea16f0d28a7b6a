// Skew of a page, across and down apart, and its removal.
//
// Input: a mask of ink in any resolution from 75 dpi. Output: two angles; the straightened picture with its
// map. Method: across, the angle whose projection profile is sharpest (sum of squared differences of
// neighbouring rows), coarse then fine; refined by the long horizontal rules; down, from the long vertical
// rules once the first is taken out, else the same angle. Accuracy: 0.03 degrees on the plans. Range: +-6
// degrees. Fails: pages with fewer than about three lines of text (angle 0, `found` false). Source: Postl's
// criterion as in Leptonica's skew.c; separate angles after img2table.
#pragma once

#include <opencv2/core.hpp>

#include "pipeline/model/geometry.h"

namespace vanthu::ocr {

// Degrees, clockwise positive (y grows downward): how far the lines run down to the right, the columns to the
// left.
struct Skew {
  double across_deg = 0;
  double down_deg = 0;
  bool found = false;
};

Skew MeasureSkew(const cv::Mat& mask, double dpi);

// Pixels of the straightened picture -> pixels of the skewed one; the centre and the size stay.
Affine StraightMap(cv::Size size, const Skew& skew);

// The picture seen through `map` (straight -> skewed), same size; what comes from outside is `paper`.
cv::Mat Straightened(const cv::Mat& picture, const Affine& map, double paper);

}  // namespace vanthu::ocr
