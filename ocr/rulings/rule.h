// Ruled lines in a straightened mask of ink.
//
// Input: the mask (deskew.h), its resolution. Output: straight thin marks along one axis, as lines of low
// slope. Method: opening along the axis after a dilation by one pixel across it (a rule that steps a row
// stays whole), a straight fit per piece, pieces on one line joined over short gaps. What has ink close
// beside it along much of its length is letters that touch, not a rule. Accuracy: all rules of the scanned
// plans (0.5 pt at 200 dpi). Fails: dotted leaders (left to the text on purpose), rules curved by more than a
// rule's thickness between two joints.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

namespace vanthu::ocr {

// Pixels. A horizontal rule runs along x from start to end; its y goes from at_start to at_end. Vertical: x
// and y swapped.
struct Rule {
  bool horizontal = true;
  double start = 0;
  double end = 0;
  double at_start = 0;
  double at_end = 0;
  double thickness = 1;
  double inked = 0;  // of its length, what bears ink
  double confidence = 1;

  double At(double along) const {
    return end <= start ? at_start : at_start + (at_end - at_start) * (along - start) / (end - start);
  }
  double length() const { return end - start; }
  double position() const { return (at_start + at_end) / 2; }
};

// Rules of one direction, at least `least_inches` long.
std::vector<Rule> FindRules(const cv::Mat& mask, double dpi, bool horizontal, double least_inches);

}  // namespace vanthu::ocr
