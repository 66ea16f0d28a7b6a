#include "ocr/clean/orientation.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "ocr/clean/deskew.h"
#include "ocr/clean/picture.h"

namespace vanthu::ocr {
namespace {

constexpr double kMeasureDpi = 100;
constexpr int kStripes =
    6;  // profiles are taken in stripes, so that columns side by side and skew do little harm

// Ink without long rules and without anything larger than a big letter.
cv::Mat LetterInk(const cv::Mat& ink, double dpi) {
  cv::Mat labels;
  cv::Mat stats;
  cv::Mat centres;
  const int n = cv::connectedComponentsWithStats(ink, labels, stats, centres, 8, CV_32S);
  const int most = Pixels(0.35, dpi);
  std::vector<uchar> keep(static_cast<std::size_t>(n), 0);
  for (int i = 1; i < n; ++i)
    keep[static_cast<std::size_t>(i)] =
        stats.at<int>(i, cv::CC_STAT_WIDTH) < most && stats.at<int>(i, cv::CC_STAT_HEIGHT) < most ? 255 : 0;
  cv::Mat out(ink.size(), CV_8U);
  for (int y = 0; y < ink.rows; ++y) {
    const int* l = labels.ptr<int>(y);
    uchar* o = out.ptr(y);
    for (int x = 0; x < ink.cols; ++x) o[x] = keep[static_cast<std::size_t>(l[x])];
  }
  return out;
}

std::vector<double> RowProfile(const cv::Mat& ink, int from, int to) {
  cv::Mat sums;
  cv::reduce(ink.colRange(from, to), sums, 1, cv::REDUCE_SUM, CV_32S);
  std::vector<double> out(static_cast<std::size_t>(ink.rows));
  for (int y = 0; y < ink.rows; ++y) out[static_cast<std::size_t>(y)] = sums.at<int>(y) / 255.0;
  return out;
}

double ProfileEnergy(const cv::Mat& ink) {
  double energy = 0;
  for (int s = 0; s < kStripes; ++s) {
    const int from = ink.cols * s / kStripes;
    const int to = ink.cols * (s + 1) / kStripes;
    if (to - from < 8) continue;
    const auto profile = RowProfile(ink, from, to);
    for (std::size_t i = 2; i < profile.size(); ++i) {
      const double d = profile[i] - profile[i - 2];
      energy += d * d;
    }
  }
  return energy;
}

// Ink above and below the dense zones of the text lines.
double UpScore(const cv::Mat& ink, double dpi) {
  double above = 0;
  double below = 0;
  const int reach = Pixels(0.09, dpi, 4);  // of ascenders and tone marks at 14 pt
  for (int s = 0; s < kStripes; ++s) {
    const int from = ink.cols * s / kStripes;
    const int to = ink.cols * (s + 1) / kStripes;
    if (to - from < 8) continue;
    const auto profile = RowProfile(ink, from, to);
    const int rows = static_cast<int>(profile.size());
    double peak = 0;
    for (const double v : profile) peak = std::max(peak, v);
    const double dense = 0.4 * peak;
    for (int y = 0; y < rows;) {
      if (profile[static_cast<std::size_t>(y)] < dense) {
        ++y;
        continue;
      }
      int end = y;
      while (end < rows && profile[static_cast<std::size_t>(end)] >= dense) ++end;
      if (end - y >= Pixels(0.03, dpi, 2) && end - y <= Pixels(0.2, dpi, 6)) {
        for (int k = 1; k <= reach; ++k) {
          if (y - k >= 0) above += profile[static_cast<std::size_t>(y - k)];
          if (end - 1 + k < rows) below += profile[static_cast<std::size_t>(end - 1 + k)];
        }
      }
      y = end;
    }
  }
  return above + below < 20 ? 0 : (above - below) / (above + below);
}

}  // namespace

Orientation FindOrientation(const cv::Mat& mask, double dpi) {
  Orientation out;
  const double scale = std::min(1.0, kMeasureDpi / dpi);
  cv::Mat small;
  cv::resize(mask, small, {}, scale, scale, cv::INTER_AREA);
  cv::threshold(small, small, 80, 255, cv::THRESH_BINARY);
  const double small_dpi = dpi * scale;
  cv::Mat letters = LetterInk(small, small_dpi);
  if (cv::countNonZero(letters) < 300 || letters.cols < 50 || letters.rows < 50) return out;
  const double lying = ProfileEnergy(letters);
  const double standing = ProfileEnergy(letters.t());
  const bool sideways = standing > lying;
  out.axis_score = (std::max(lying, standing) + 1) / (std::min(lying, standing) + 1);
  if (sideways) letters = Turned(letters, 90);
  const Skew skew = MeasureSkew(letters, small_dpi);
  if (skew.found) letters = Straightened(letters, StraightMap(letters.size(), skew), 0) > 127;
  const double up = UpScore(letters, small_dpi);
  out.up_score = std::abs(up);
  const bool upside_down = up < 0;
  out.clockwise_deg = ((sideways ? 90 : 0) + (upside_down ? 180 : 0)) % 360;
  return out;
}

}  // namespace vanthu::ocr
