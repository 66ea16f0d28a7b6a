// What a rubber stamp says: HỎA TỐC, KHẨN, MẬT.
//
// Input: the mask of coloured ink and the place of a stamp in it. Output: its text, one line a space apart;
// empty where nothing can be read. Method: stamps are set by hand, so the angle is searched at which the
// rows' ink differs most (frames are parallel to their text); the frame goes, being one piece as wide as half
// the stamp; what is left is cut into lines and read by the engine. Accuracy: the one such stamp of ten
// received documents is read. Fails: stamps turned by more than 35 degrees, ink that ran.
#pragma once

#include <opencv2/core.hpp>
#include <string>

#include "ocr/recognise/engine.h"

namespace vanthu::ocr {

struct StampText {
  std::string text;
  double confidence = 0;  // of the least sure word; 0 for no text
};

StampText ReadStamp(const cv::Mat& ink, const cv::Rect& box, double dpi, Engine& engine);

}  // namespace vanthu::ocr
