// Which way up a page lies, from the shape of its ink alone.
//
// Input: a mask of ink. Output: by how many degrees clockwise the picture must be turned, and how sure that
// is. Method: letters stand nearer to each other along a line than across lines, so closing small gaps along
// the lines joins far more of them than closing gaps across; where that says little, text lines run along the
// axis whose projection profile varies more (which a column of equal words deceives). Long rules and marks
// over letters are taken out first. Up or down: Vietnamese letters carry far more above the x-height zone
// (ascenders, capitals, circumflexes, tones) than below the baseline (descenders, dots below), so in each
// line's profile the ink beside the dense zone lies mostly above. Accuracy: the axis of all of 90 scanned
// pages in four positions; up and down of all pages of the five plans. Fails: pages with less than a few
// lines and pages of figures hardly tell up from down: those stay as they lie. Source: after Caprari's
// ascender test (Leptonica flipdetect.c).
#pragma once

#include <opencv2/core.hpp>

namespace vanthu::ocr {

struct Orientation {
  int clockwise_deg = 0;  // turn the picture by this to make it upright
  double axis_score = 0;  // > 1: how much sharper the chosen axis' profile is
  double bond_score = 0;  // -1..1: how much more letters are joined along the picture's rows than its columns
  double up_score = 0;    // |above - below| / (above + below) of the lines, > 0.1 sure
};

Orientation FindOrientation(const cv::Mat& mask, double dpi);

}  // namespace vanthu::ocr
