#include "ocr/clean/deskew.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <vector>

#include "ocr/clean/picture.h"

namespace vanthu::ocr {
namespace {

constexpr double kMeasureDpi = 100;
constexpr double kRange = 6.0;  // degrees; scanners with a feeder stay below 3
constexpr std::size_t kMostPoints = 40000;
constexpr double kLongRule = 0.5;   // inches
constexpr double kMostShear = 1.0;  // degrees between across and down: more is a wrong rule, not a scanner

double Radians(double degrees) {
  return degrees * std::numbers::pi / 180;
}

// How sharp the row profile is when the page is turned back by `degrees`. A point counts in the two rows it
// lies between, so that the measure changes smoothly with the angle.
double Sharpness(const std::vector<cv::Point>& points, double degrees, int rows, int columns,
                 std::vector<int>& profile) {
  const double slope = std::tan(Radians(degrees));
  const int margin = static_cast<int>(std::abs(slope) * columns) + 2;
  profile.assign(static_cast<std::size_t>(rows + 2 * margin + 2), 0);
  const int step = static_cast<int>(std::lround(slope * 65536));
  for (const cv::Point& p : points) {
    const int y = ((p.y + margin) << 16) - p.x * step;
    const auto row = static_cast<std::size_t>(y >> 16);
    const int part = (y >> 10) & 63;
    profile[row] += 64 - part;
    profile[row + 1] += part;
  }
  double sum = 0;
  for (std::size_t i = 1; i < profile.size(); ++i) {
    const double d = profile[i] - profile[i - 1];
    sum += d * d;
  }
  return sum;
}

// The angle of the sharpest profile; between steps by the parabola through its neighbours.
double Sharpest(const std::vector<cv::Point>& points, cv::Size size, double from, double to, double step) {
  std::vector<int> profile;
  std::vector<double> scores;
  const int steps = static_cast<int>(std::lround((to - from) / step));
  for (int i = 0; i <= steps; ++i)
    scores.push_back(Sharpness(points, from + i * step, size.height, size.width, profile));
  const auto best = static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
  double shift = 0;
  if (best > 0 && best + 1 < scores.size()) {
    const double bend = scores[best - 1] - 2 * scores[best] + scores[best + 1];
    if (bend < 0) shift = (scores[best - 1] - scores[best + 1]) / (2 * bend);
  }
  return from + (static_cast<double>(best) + std::clamp(shift, -0.5, 0.5)) * step;
}

// Points of the ink's edges: the lower rim of strokes, which text lines share as their baseline.
std::vector<cv::Point> RimPoints(const cv::Mat& mask) {
  std::vector<cv::Point> points;
  for (int y = 0; y + 1 < mask.rows; ++y) {
    const uchar* here = mask.ptr(y);
    const uchar* below = mask.ptr(y + 1);
    for (int x = 0; x < mask.cols; ++x)
      if (here[x] != 0 && below[x] == 0) points.emplace_back(x, y);
  }
  if (points.size() > kMostPoints) {
    const std::size_t step = points.size() / kMostPoints + 1;
    std::size_t n = 0;
    for (std::size_t i = 0; i < points.size(); i += step) points[n++] = points[i];
    points.resize(n);
  }
  return points;
}

// The length-weighted median slope of long thin rules that run down the picture, in degrees (positive: to the
// left).
std::optional<double> RuleSlope(const cv::Mat& mask, double dpi) {
  const int length = Pixels(kLongRule, dpi, 8);
  cv::Mat wide;
  cv::Mat rules;
  cv::dilate(mask, wide, cv::getStructuringElement(cv::MORPH_RECT, {3, 1}));
  cv::morphologyEx(wide, rules, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_RECT, {1, length}));
  cv::Mat labels;
  cv::Mat stats;
  cv::Mat centres;
  const int n = cv::connectedComponentsWithStats(rules, labels, stats, centres, 8, CV_32S);
  std::vector<std::pair<double, double>> slopes;  // degrees, weight
  for (int i = 1; i < n; ++i) {
    const int* s = stats.ptr<int>(i);
    const int h = s[cv::CC_STAT_HEIGHT];
    const double thickness = static_cast<double>(s[cv::CC_STAT_AREA]) / h;
    if (h < 2 * length || thickness > Pixels(0.08, dpi, 5)) continue;
    // Centre of the run in the top and the bottom fifth.
    double x[2] = {0, 0};
    double y[2] = {0, 0};
    int count[2] = {0, 0};
    const int top = s[cv::CC_STAT_TOP];
    for (int row = top; row < top + h; ++row) {
      const int end = row - top < h / 5 ? 0 : row - top >= h - h / 5 ? 1 : -1;
      if (end < 0) continue;
      const int* l = labels.ptr<int>(row);
      for (int col = s[cv::CC_STAT_LEFT]; col < s[cv::CC_STAT_LEFT] + s[cv::CC_STAT_WIDTH]; ++col) {
        if (l[col] != i) continue;
        x[end] += col;
        y[end] += row;
        ++count[end];
      }
    }
    if (count[0] == 0 || count[1] == 0) continue;
    const double dx = x[1] / count[1] - x[0] / count[0];
    const double dy = y[1] / count[1] - y[0] / count[0];
    slopes.emplace_back(-std::atan2(dx, dy) * 180 / std::numbers::pi, h);
  }
  if (slopes.empty()) return std::nullopt;
  std::sort(slopes.begin(), slopes.end());
  double total = 0;
  for (const auto& s : slopes) total += s.second;
  double seen = 0;
  for (const auto& s : slopes)
    if ((seen += s.second) * 2 >= total) return s.first;
  return slopes.back().first;
}

}  // namespace

Affine StraightMap(cv::Size size, const Skew& skew) {
  const double across = Radians(skew.across_deg);
  const double down = Radians(skew.down_deg);
  const double cx = size.width / 2.0;
  const double cy = size.height / 2.0;
  Affine map{std::cos(across), std::sin(across), -std::sin(down), std::cos(down), 0, 0};
  map.e = cx - map.a * cx - map.c * cy;
  map.f = cy - map.b * cx - map.d * cy;
  return map;
}

cv::Mat Straightened(const cv::Mat& picture, const Affine& map, double paper) {
  // Pixel centres lie half a pixel inside.
  const Affine centred = Affine{1, 0, 0, 1, 0.5, 0.5}.Then(map).Then({1, 0, 0, 1, -0.5, -0.5});
  const cv::Matx23d m(centred.a, centred.c, centred.e, centred.b, centred.d, centred.f);
  cv::Mat out;
  cv::warpAffine(picture, out, m, picture.size(), cv::INTER_CUBIC | cv::WARP_INVERSE_MAP, cv::BORDER_CONSTANT,
                 cv::Scalar::all(paper));
  return out;
}

Skew MeasureSkew(const cv::Mat& mask, double dpi) {
  Skew skew;
  const double scale = std::min(1.0, kMeasureDpi / dpi);
  cv::Mat small;
  cv::resize(mask, small, {}, scale, scale, cv::INTER_AREA);
  cv::threshold(small, small, 90, 255, cv::THRESH_BINARY);
  const double small_dpi = dpi * scale;
  const std::vector<cv::Point> points = RimPoints(small);
  if (points.size() < 200 || small.cols < 40 || small.rows < 40) return skew;
  double angle = Sharpest(points, small.size(), -kRange, kRange, 0.25);
  angle = Sharpest(points, small.size(), angle - 0.3, angle + 0.3, 0.05);
  skew.found = true;
  skew.across_deg = skew.down_deg = angle;
  const cv::Mat turned = Straightened(small, StraightMap(small.size(), skew), 0);
  cv::Mat ink;
  cv::threshold(turned, ink, 100, 255, cv::THRESH_BINARY);
  if (const auto across = RuleSlope(ink.t(), small_dpi); across && std::abs(*across) < 0.3)
    skew.across_deg = angle - *across;
  if (const auto down = RuleSlope(ink, small_dpi); down && std::abs(*down) < kMostShear)
    skew.down_deg = angle + *down;
  else
    skew.down_deg = skew.across_deg;
  return skew;
}

}  // namespace vanthu::ocr
