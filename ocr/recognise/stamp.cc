#include "ocr/recognise/stamp.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "ocr/recognise/line_picture.h"
#include "ocr/recognise/segment.h"
#include "pipeline/base/unicode.h"

namespace vanthu::ocr {
namespace {

// mm; Decree 30/2020 has 20x8 to 40x8, turned and with an arrow round them they are larger.
constexpr double kLeastWidth = 12;
constexpr double kMostWidth = 90;
constexpr double kLeastHeight = 5;
constexpr double kMostHeight = 50;
constexpr int kMostAngle = 35;     // degrees, searched one by one
constexpr double kFrame = 0.4;     // of the stamp's width or height: a piece so large is its frame
constexpr double kSearchDpi = 75;  // enough to tell rows of letters 5 mm tall
constexpr std::size_t kMostLines = 6;
constexpr std::size_t kLeastPieces = 3;  // of a line with a word

// The mask turned clockwise, on ground large enough to hold it.
cv::Mat Turned(const cv::Mat& mask, double angle_deg) {
  const int side = static_cast<int>(std::hypot(mask.cols, mask.rows)) + 4;
  cv::Mat map = cv::getRotationMatrix2D({mask.cols / 2.0F, mask.rows / 2.0F}, -angle_deg, 1);
  map.at<double>(0, 2) += (side - mask.cols) / 2.0;
  map.at<double>(1, 2) += (side - mask.rows) / 2.0;
  cv::Mat out;
  cv::warpAffine(mask, out, map, {side, side}, cv::INTER_LINEAR, cv::BORDER_CONSTANT, {0});
  cv::threshold(out, out, 127, 255, cv::THRESH_BINARY);
  return out;
}

double Sharpness(const cv::Mat& mask) {
  cv::Mat rows;
  cv::reduce(mask, rows, 1, cv::REDUCE_SUM, CV_64F);
  double sum = 0;
  for (int y = 1; y < rows.rows; ++y) {
    const double step = rows.at<double>(y) - rows.at<double>(y - 1);
    sum += step * step;
  }
  return sum;
}

double FindAngle(const cv::Mat& mask, double dpi) {
  cv::Mat small;
  const double scale = std::min(1.0, kSearchDpi / dpi);
  cv::resize(mask, small, {}, scale, scale, cv::INTER_AREA);
  double best = 0;
  double most = -1;
  for (int angle = -kMostAngle; angle <= kMostAngle; ++angle) {
    const double sharpness = Sharpness(Turned(small, angle));
    if (sharpness <= most) continue;
    most = sharpness;
    best = angle;
  }
  return best;
}

void EraseFrame(cv::Mat& mask) {
  const cv::Rect all = cv::boundingRect(mask);
  cv::Mat labels;
  cv::Mat stats;
  cv::Mat centres;
  const int n = cv::connectedComponentsWithStats(mask, labels, stats, centres, 8, CV_32S);
  for (int i = 1; i < n; ++i) {
    const int* s = stats.ptr<int>(i);
    const bool wide = s[cv::CC_STAT_WIDTH] > kFrame * all.width;
    const bool tall = s[cv::CC_STAT_HEIGHT] > 0.7 * all.height;
    if (wide || tall) mask.setTo(0, labels == i);
  }
}

}  // namespace

StampText ReadStamp(const cv::Mat& ink, const cv::Rect& box, double dpi, Engine& engine) {
  const double width_mm = box.width / dpi * 25.4;
  const double height_mm = box.height / dpi * 25.4;
  if (width_mm < kLeastWidth || width_mm > kMostWidth || height_mm < kLeastHeight || height_mm > kMostHeight)
    return {};
  const cv::Rect inside = box & cv::Rect{0, 0, ink.cols, ink.rows};
  if (inside.empty()) return {};
  cv::Mat mask = Turned(ink(inside), FindAngle(ink(inside), dpi));
  EraseFrame(mask);
  if (cv::countNonZero(mask) == 0) return {};
  const Segmentation segmentation = FindLines(mask, dpi, [](double, double) { return 0; });
  StampText out;
  double least = 1;
  for (std::size_t l = 0; l < std::min(kMostLines, segmentation.lines.size()); ++l) {
    const TextLine& line = segmentation.lines[l];
    if (line.pieces.size() < kLeastPieces) continue;
    const LinePicture picture = CutLine(255 - mask, segmentation, line, dpi);
    if (picture.grey.empty()) continue;
    for (const ReadWord& word : engine.Read(picture.grey, picture.dpi)) {
      std::string text;
      for (const Symbol& symbol : word.symbols) text += ToNfc(symbol.text);
      if (ToLower(text) == ToUpper(text)) continue;  // a piece of the frame
      out.text += (out.text.empty() ? "" : " ") + text;
      least = std::min(least, word.confidence);
    }
  }
  out.confidence = out.text.empty() ? 0 : least;
  return out;
}

}  // namespace vanthu::ocr
