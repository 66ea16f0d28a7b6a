#include "ocr/clean/picture.h"

#include <cstddef>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace vanthu::ocr {

cv::Mat View(const Raster& raster) {
  const auto width = static_cast<std::size_t>(std::max(0, raster.width_px));
  const auto height = static_cast<std::size_t>(std::max(0, raster.height_px));
  if (raster.channels != 1 && raster.channels != 3) return {};
  const auto channels = static_cast<std::size_t>(raster.channels);
  if (width == 0 || height == 0 || raster.pixels.size() < width * height * channels) return {};
  // OpenCV has no matrix over constant data; every use below reads only.
  auto* pixels = const_cast<std::uint8_t*>(raster.pixels.data());
  return {raster.height_px, raster.width_px, raster.channels == 3 ? CV_8UC3 : CV_8UC1, pixels,
          width * channels};
}

cv::Mat Turned(const cv::Mat& picture, int clockwise_deg) {
  cv::Mat out;
  switch (clockwise_deg) {
    case 90:
      cv::rotate(picture, out, cv::ROTATE_90_CLOCKWISE);
      return out;
    case 180:
      cv::rotate(picture, out, cv::ROTATE_180);
      return out;
    case 270:
      cv::rotate(picture, out, cv::ROTATE_90_COUNTERCLOCKWISE);
      return out;
    default:
      return picture;
  }
}

Affine TurnMap(cv::Size size, int clockwise_deg) {
  const double w = size.width;
  const double h = size.height;
  switch (clockwise_deg) {
    case 90:  // x' = h - y, y' = x
      return {0, 1, -1, 0, h, 0};
    case 180:
      return {-1, 0, 0, -1, w, h};
    case 270:  // x' = y, y' = w - x
      return {0, -1, 1, 0, 0, w};
    default:
      return {};
  }
}

Affine Inverse(const Affine& m) {
  const double det = m.a * m.d - m.b * m.c;
  Affine out{m.d / det, -m.b / det, -m.c / det, m.a / det, 0, 0};
  out.e = -(out.a * m.e + out.c * m.f);
  out.f = -(out.b * m.e + out.d * m.f);
  return out;
}

cv::Mat PiecesKept(const cv::Mat& mask, const PieceTest& keep,
                   const std::function<void(const int* stats)>& seen) {
  cv::Mat labels;
  cv::Mat stats;
  cv::Mat centres;
  const int n = cv::connectedComponentsWithStats(mask, labels, stats, centres, 8, CV_32S);
  for (int i = 1; i < n && seen; ++i) seen(stats.ptr<int>(i));
  std::vector<uchar> value(static_cast<std::size_t>(n), 0);
  for (int i = 1; i < n; ++i) value[static_cast<std::size_t>(i)] = keep(stats.ptr<int>(i)) ? 255 : 0;
  cv::Mat out(mask.size(), CV_8U);
  for (int y = 0; y < mask.rows; ++y) {
    const int* l = labels.ptr<int>(y);
    uchar* o = out.ptr(y);
    for (int x = 0; x < mask.cols; ++x) o[x] = value[static_cast<std::size_t>(l[x])];
  }
  return out;
}

}  // namespace vanthu::ocr
