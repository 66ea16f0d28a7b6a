#include "ocr/clean/background.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace vanthu::ocr {
namespace {

constexpr double kMapDpi = 25;  // measured: lines of 9 pt text still leave paper between them
constexpr int kClosing =
    11;  // map pixels, 11 mm: wider than a bold title's strokes, narrower than a photograph
constexpr double kDarkest = 0.55;  // of the bright paper: guess, keeps black borders black
constexpr double kBrightQuantile = 0.9;

double Quantile(const cv::Mat& grey, double quantile) {
  int counts[256] = {};
  for (int y = 0; y < grey.rows; ++y)
    for (int x = 0; x < grey.cols; ++x) ++counts[grey.at<uchar>(y, x)];
  const double wanted = quantile * static_cast<double>(grey.total());
  double seen = 0;
  for (int v = 0; v < 256; ++v) {
    seen += counts[v];
    if (seen >= wanted) return v;
  }
  return 255;
}

cv::Mat Divided(const cv::Mat& channel, const cv::Mat& small) {
  cv::Mat paper;
  const cv::Mat kernel = cv::getStructuringElement(cv::MORPH_ELLIPSE, {kClosing, kClosing});
  cv::morphologyEx(small, paper, cv::MORPH_CLOSE, kernel, {-1, -1}, 1, cv::BORDER_REPLICATE);
  const double floor = std::max(1.0, kDarkest * Quantile(paper, kBrightQuantile));
  cv::max(paper, floor, paper);
  cv::GaussianBlur(paper, paper, {0, 0}, 2.0, 0, cv::BORDER_REPLICATE);
  cv::Mat full;
  cv::resize(paper, full, channel.size(), 0, 0, cv::INTER_LINEAR);
  cv::Mat out;
  cv::divide(channel, full, out, 255.0);
  return out;
}

}  // namespace

cv::Mat DivideBackground(const cv::Mat& picture, double dpi) {
  const double scale = std::min(1.0, kMapDpi / dpi);
  const cv::Size size{std::max(1, static_cast<int>(std::lround(picture.cols * scale))),
                      std::max(1, static_cast<int>(std::lround(picture.rows * scale)))};
  cv::Mat small;
  cv::resize(picture, small, size, 0, 0, cv::INTER_AREA);
  if (picture.channels() == 1) return Divided(picture, small);
  std::vector<cv::Mat> channels;
  std::vector<cv::Mat> maps;
  cv::split(picture, channels);
  cv::split(small, maps);
  for (std::size_t i = 0; i < channels.size(); ++i) channels[i] = Divided(channels[i], maps[i]);
  cv::Mat out;
  cv::merge(channels, out);
  return out;
}

}  // namespace vanthu::ocr
