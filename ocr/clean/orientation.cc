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
constexpr double kBonded = 0.1;       // all pages tried had 0.23 and above, an even grid of letters has 0
constexpr double kTurnedOver = 0.06;  // below it pages of figures came out wrong: they stay as they lie
constexpr int kStripes =
    6;  // profiles are taken in stripes, so that columns side by side and skew do little harm

// Ink without long rules and without anything larger than a big letter.
cv::Mat LetterInk(const cv::Mat& ink, double dpi) {
  const int most = Pixels(0.35, dpi);
  return PiecesKept(ink, [most](const int* stats) {
    return stats[cv::CC_STAT_WIDTH] < most && stats[cv::CC_STAT_HEIGHT] < most;
  });
}

std::vector<double> RowProfile(const cv::Mat& ink, int from, int to) {
  cv::Mat sums;
  cv::reduce(ink.colRange(from, to), sums, 1, cv::REDUCE_SUM, CV_32S);
  std::vector<double> out(static_cast<std::size_t>(ink.rows));
  for (int y = 0; y < ink.rows; ++y) out[static_cast<std::size_t>(y)] = sums.at<int>(y) / 255.0;
  return out;
}

// Letters without their marks: what is at least 0.6 as large as the middle one.
cv::Mat WithoutMarks(const cv::Mat& letters) {
  const auto size = [](const int* stats) {
    return std::max(stats[cv::CC_STAT_WIDTH], stats[cv::CC_STAT_HEIGHT]);
  };
  std::vector<int> sizes;
  const auto note = [&](const int* stats) {
    if (size(stats) >= 3) sizes.push_back(size(stats));  // dots and specks say nothing of the type's size
  };
  const auto is_letter = [&, middle = 0](const int* stats) mutable {
    if (middle == 0 && !sizes.empty()) {
      const auto at = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2);
      std::nth_element(sizes.begin(), at, sizes.end());
      middle = *at;
    }
    return size(stats) >= 0.6 * middle;
  };
  return PiecesKept(letters, is_letter, note);
}

// How many pieces stay when gaps of up to the reach are closed along rows (or columns).
int PiecesClosed(const cv::Mat& ink, const cv::Size& reach) {
  cv::Mat closed;
  cv::morphologyEx(ink, closed, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_RECT, reach));
  cv::Mat labels;
  return cv::connectedComponents(closed, labels, 8, CV_32S) - 1;
}

// Of the gaps between letters up to 0.03 inch: a word's letters are 0.01 apart, lines of 11 pt set solid
// 0.03.
double BondScore(const cv::Mat& letters, double dpi) {
  const cv::Mat bare = WithoutMarks(letters);
  const int reach = Pixels(0.03, dpi, 2);
  const double along = PiecesClosed(bare, {reach, 1}), across = PiecesClosed(bare, {1, reach});
  constexpr double kFew = 30;
  return along + across < kFew ? 0 : (across - along) / (across + along);
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

int FindUprightTurn(const cv::Mat& mask, double dpi) {
  const double scale = std::min(1.0, kMeasureDpi / dpi);
  cv::Mat small;
  cv::resize(mask, small, {}, scale, scale, cv::INTER_AREA);
  cv::threshold(small, small, 80, 255, cv::THRESH_BINARY);
  const double small_dpi = dpi * scale;
  cv::Mat letters = LetterInk(small, small_dpi);
  if (cv::countNonZero(letters) < 300 || letters.cols < 50 || letters.rows < 50) return 0;
  const double bond = BondScore(letters, small_dpi);
  const bool sideways =
      std::abs(bond) > kBonded ? bond < 0 : ProfileEnergy(letters.t()) > ProfileEnergy(letters);
  if (sideways) letters = Turned(letters, 90);
  const Skew skew = MeasureSkew(letters, small_dpi);
  if (skew.found) letters = Straightened(letters, StraightMap(letters.size(), skew), 0) > 127;
  const double up = UpScore(letters, small_dpi);
  // Sideways pages lie on the one side as often as on the other; upside down lies hardly one.
  const bool upside_down = up < (sideways ? 0 : -kTurnedOver);
  return ((sideways ? 90 : 0) + (upside_down ? 180 : 0)) % 360;
}

}  // namespace vanthu::ocr
