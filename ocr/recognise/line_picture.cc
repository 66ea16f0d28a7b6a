#include "ocr/recognise/line_picture.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace vanthu::ocr {
namespace {

constexpr double kRoom = 0.6;         // x-heights on every side: measured, less loses tones of short lines
constexpr double kLeastXHeight = 13;  // px; smaller print (150 dpi scans) is enlarged
// px; larger print is reduced to this: measured on 300 dpi scans, at 28 px the model loses hooks and tones it
// reads at 19.
constexpr double kMostXHeight = 19;
constexpr int kMostWidth = 12000;  // px of a line picture

}  // namespace

LinePicture CutLine(const cv::Mat& print, const Segmentation& segmentation, const TextLine& line,
                    double dpi) {
  LinePicture out;
  const double x_height = std::clamp(line.x_height(), 4.0, 200.0);
  const int room = static_cast<int>(std::ceil(kRoom * x_height));
  cv::Rect box{line.box.x - room, line.box.y - room, line.box.width + 2 * room, line.box.height + 2 * room};
  const cv::Rect inside = box & cv::Rect{0, 0, print.cols, print.rows};
  if (inside.area() == 0) return out;

  const int index = segmentation.pieces[static_cast<std::size_t>(line.pieces.front())].line;
  cv::Mat own = cv::Mat::zeros(inside.size(), CV_8U);
  cv::Mat other = cv::Mat::zeros(inside.size(), CV_8U);
  for (int y = 0; y < inside.height; ++y) {
    const int* l = segmentation.labels.ptr<int>(inside.y + y) + inside.x;
    uchar* o = own.ptr(y);
    uchar* t = other.ptr(y);
    for (int x = 0; x < inside.width; ++x) {
      if (l[x] == 0) continue;
      (segmentation.pieces[static_cast<std::size_t>(l[x] - 1)].line == index ? o : t)[x] = 255;
    }
  }
  const int rim = dpi > 220 ? 7 : 5;
  cv::dilate(own, own, cv::getStructuringElement(cv::MORPH_ELLIPSE, {rim, rim}));
  own.setTo(0, other);
  cv::Mat grey(box.size(), CV_8U, cv::Scalar(255));
  cv::Mat target = grey(cv::Rect{inside.x - box.x, inside.y - box.y, inside.width, inside.height});
  print(inside).copyTo(target, own);

  double scale = 1;
  if (x_height < kLeastXHeight) scale = std::min(2.0, 1.3 * kLeastXHeight / x_height);
  if (x_height > kMostXHeight) scale = kMostXHeight / x_height;
  if (grey.cols * scale > kMostWidth) scale = static_cast<double>(kMostWidth) / grey.cols;
  if (std::abs(scale - 1) > 0.01)
    cv::resize(grey, grey, {}, scale, scale, scale > 1 ? cv::INTER_CUBIC : cv::INTER_AREA);
  out.grey = grey;
  out.print = print;
  out.scale = scale;
  out.left = box.x;
  out.dpi = dpi * scale;
  return out;
}

}  // namespace vanthu::ocr
