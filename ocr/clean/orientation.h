// Which way up a page lies, from the shape of its ink alone.
//
// Input: a mask of ink. Output: by how many degrees clockwise the picture must be turned. Method: letters
// stand nearer to each other along a line than across lines, so closing small gaps along the lines joins far
// more of them than closing gaps across; where that says little, text lines run along the axis whose
// projection profile varies more (which a column of equal words deceives). Long rules and marks over letters
// are taken out first. Up or down: Vietnamese letters carry far more above the x-height zone (ascenders,
// capitals, circumflexes, tones) than below the baseline (descenders, dots below), so in each line's profile
// the ink beside the dense zone lies mostly above. Accuracy: the axis of all of 90 scanned pages in four
// positions; up and down of all pages of the five plans. Fails: pages with less than a few lines and pages of
// figures hardly tell up from down: those stay as they lie. Source: after Caprari's ascender test (Leptonica
// flipdetect.c).
#pragma once

#include <opencv2/core.hpp>

namespace vanthu::ocr {

// 0, 90, 180 or 270 degrees clockwise: the turn that makes the picture upright.
int FindUprightTurn(const cv::Mat& mask, double dpi);

}  // namespace vanthu::ocr
