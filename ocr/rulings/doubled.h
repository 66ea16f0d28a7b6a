// Double rules, made solid.
//
// Input: the straightened mask of ink, its resolution. Output: the same with the gap between the two strands
// of each double rule inked, so that it is one thick rule to whoever looks for rules; one strand alone has
// ink close beside it, as letters have, and its place is not the rule's. Method: runs longer than a letter's
// stem or bar, in each direction; a gap between two of them that is no wider than printers make it, over a
// length as long. Accuracy: CSS `3px double` and Word's at 1/2 to 1 1/2 pt, 200 and 300 dpi. Fails: wider
// gaps (two rules then); gaps that the scan closed (a thick rule already). For finding rules only: letters
// that stand so are inked, too.
#pragma once

#include <opencv2/core.hpp>

namespace vanthu::ocr {

cv::Mat WithDoubleRulesSolid(const cv::Mat& mask, double dpi);

}  // namespace vanthu::ocr
