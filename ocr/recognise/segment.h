// Lines of text in a straightened mask of ink from which rules are erased.
//
// Input: the mask, and for every pixel its region (a table cell, or the page around the tables). Output: the
// connected pieces and the lines they form; a line never leaves its region, and ends at a gap wider than a
// word's. Method: letters (pieces near the typical height) are chained left to right by overlap of their
// height with the line's running zone; small pieces (tones, dots, hyphens) then join the line of the letter
// or mark they stand close to, else the line whose zone is nearest, counted in x-heights; pieces of two lines
// that touch are cut at their thinnest row. Accuracy: 0 lost and 0 mixed lines on the plans' pages. Fails:
// text at an angle, x-heights that differ by more than 3 times in one region.
#pragma once

#include <functional>
#include <opencv2/core.hpp>
#include <vector>

namespace vanthu::ocr {

struct Piece {
  cv::Rect box;
  int area = 0;
  int region = 0;
  int line = -1;  // index in Segmentation::lines; -1 belongs to none
};

struct TextLine {
  cv::Rect box;  // of all its pieces
  int region = 0;
  double baseline = 0;      // y
  double x_top = 0;         // y of the top of small letters (of capitals where there are no others)
  std::vector<int> pieces;  // left to right
  double x_height() const { return baseline - x_top; }
};

struct Segmentation {
  cv::Mat labels;  // CV_32S; 0 paper, i belongs to pieces[i - 1]
  std::vector<Piece> pieces;
  std::vector<TextLine> lines;  // by region, then top to bottom, left to right
};

// `region_at` gives the region of a point.
Segmentation FindLines(const cv::Mat& mask, double dpi,
                       const std::function<int(double x, double y)>& region_at);

}  // namespace vanthu::ocr
