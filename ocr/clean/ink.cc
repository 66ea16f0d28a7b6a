#include "ocr/clean/ink.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "ocr/clean/picture.h"

namespace vanthu::ocr {
namespace {

// Densities are kept in 8 bits: kUnits to one neper, so 255 stands for exp(-3.2) of the paper.
constexpr double kUnits = 80;
// Chroma of sure and of possible coloured ink, in density units; measured on faded seals (0.43 neper) and on
// the colour fringes of black print after the 3 px mean (below 0.2).
constexpr int kSureChroma = 32;
constexpr int kPossibleChroma = 16;
// Chroma as a share of the greatest density: black print of the received scans reaches 0.2, dark blue pen
// starts at 0.4.
constexpr double kColouredShare = 0.33;
constexpr int kLeastPixels = 64;  // of an ink, before its own colour is measured

using Table = std::array<uchar, 256>;

Table DensityTable(double tint) {
  Table table{};
  for (int v = 0; v < 256; ++v) {
    const double density = -std::log((v + 0.5) / 255.5) * kUnits * tint;
    table[static_cast<std::size_t>(v)] = static_cast<uchar>(std::clamp(std::lround(density), 0L, 255L));
  }
  return table;
}

cv::Mat Apply(const cv::Mat& channel, const Table& table) {
  cv::Mat out;
  cv::LUT(channel, cv::Mat(1, 256, CV_8U, const_cast<uchar*>(table.data())), out);
  return out;
}

// The print's own colour as a factor for each channel's density, from a sample of the dark pixels. The median
// is taken, so seals and signatures do not count as long as most dark pixels are print.
std::array<double, 3> PrintTint(const cv::Mat& rgb) {
  std::array<std::array<int, 256>, 3> counts{};
  int total = 0;
  for (int y = 0; y < rgb.rows; y += 3) {
    const auto* row = rgb.ptr<cv::Vec3b>(y);
    for (int x = 0; x < rgb.cols; x += 3) {
      const cv::Vec3b& p = row[x];
      if (p[0] + p[1] + p[2] > 3 * 120) continue;
      for (std::size_t c = 0; c < 3; ++c) ++counts[c][p[static_cast<int>(c)]];
      ++total;
    }
  }
  if (total < 200) return {1, 1, 1};
  std::array<double, 3> density{};
  for (std::size_t c = 0; c < 3; ++c) {
    int seen = 0;
    int v = 0;
    while (v < 255 && (seen += counts[c][static_cast<std::size_t>(v)]) * 2 < total) ++v;
    density[c] = -std::log((v + 0.5) / 255.5);
  }
  const double mean = (density[0] + density[1] + density[2]) / 3;
  std::array<double, 3> tint{};
  for (std::size_t c = 0; c < 3; ++c) tint[c] = std::clamp(mean / std::max(0.05, density[c]), 0.75, 1.35);
  return tint;
}

// The palest channel's density as a share of the chroma, over the sure pixels of one ink.
double ResidualShare(const cv::Mat& least, const cv::Mat& chroma, const cv::Mat& mask) {
  std::array<int, 512> counts{};
  int total = 0;
  for (int y = 0; y < mask.rows; ++y) {
    const uchar* m = mask.ptr(y);
    const uchar* lo = least.ptr(y);
    const uchar* ch = chroma.ptr(y);
    for (int x = 0; x < mask.cols; ++x) {
      if (m[x] == 0 || ch[x] < kSureChroma) continue;
      ++counts[static_cast<std::size_t>(std::min(511, lo[x] * 128 / ch[x]))];
      ++total;
    }
  }
  if (total < kLeastPixels) return 0.2;
  int seen = 0;
  std::size_t k = 0;
  while (k < 511 && (seen += counts[k]) * 20 < total * 13)
    ++k;  // the 65th percentile: a thin stroke's edge is paler
  return static_cast<double>(k) / 128;
}

// Writes the print's grey value over the pixels near `mask`.
void LiftInk(const std::array<cv::Mat, 3>& density, const cv::Mat& chroma, const cv::Mat& mask, double share,
             int reach, cv::Mat& print) {
  cv::Mat near;
  cv::dilate(mask, near, cv::getStructuringElement(cv::MORPH_RECT, {reach, reach}));
  std::array<uchar, 256> grey{};
  for (int d = 0; d < 256; ++d)
    grey[static_cast<std::size_t>(d)] = static_cast<uchar>(std::lround(255 * std::exp(-d / kUnits)));
  for (int y = 0; y < near.rows; ++y) {
    const uchar* m = near.ptr(y);
    const uchar* ch = chroma.ptr(y);
    uchar* out = print.ptr(y);
    for (int x = 0; x < near.cols; ++x) {
      if (m[x] == 0) continue;
      const int least =
          std::min({density[0].at<uchar>(y, x), density[1].at<uchar>(y, x), density[2].at<uchar>(y, x)});
      // What is left of an ink's grain below a third of a neper is no print.
      int left = static_cast<int>(std::lround(least - share * ch[x]));
      if (left < kUnits * 0.35) left = left < kUnits * 0.2 ? 0 : left / 2;
      out[x] = grey[static_cast<std::size_t>(std::clamp(left, 0, 255))];
    }
  }
}

// Possible pixels near sure ones, without specks.
cv::Mat InkMask(const cv::Mat& sure, const cv::Mat& possible, double dpi) {
  cv::Mat mask;
  const int reach = OddPixels(0.03, dpi, 3);
  cv::dilate(sure, mask, cv::getStructuringElement(cv::MORPH_RECT, {reach, reach}));
  mask &= possible;
  cv::Mat labels;
  cv::Mat stats;
  cv::Mat centres;
  const int n = cv::connectedComponentsWithStats(mask, labels, stats, centres, 8, CV_32S);
  const int least = Pixels(0.02, dpi, 3) * Pixels(0.02, dpi, 3);
  std::vector<uchar> keep(static_cast<std::size_t>(n), 0);
  for (int i = 1; i < n; ++i)
    keep[static_cast<std::size_t>(i)] = stats.at<int>(i, cv::CC_STAT_AREA) >= least ? 255 : 0;
  for (int y = 0; y < mask.rows; ++y) {
    const int* l = labels.ptr<int>(y);
    uchar* m = mask.ptr(y);
    for (int x = 0; x < mask.cols; ++x) m[x] = keep[static_cast<std::size_t>(l[x])];
  }
  return mask;
}

}  // namespace

InkLayers SeparateInks(const cv::Mat& white_paper, double dpi) {
  InkLayers out;
  if (white_paper.channels() == 1) {
    out.print = white_paper.clone();
    return out;
  }
  cv::cvtColor(white_paper, out.print, cv::COLOR_RGB2GRAY);
  const std::array<double, 3> tint = PrintTint(white_paper);
  std::vector<cv::Mat> channels;
  cv::split(white_paper, channels);
  std::array<cv::Mat, 3> density;
  std::array<cv::Mat, 3> smooth;
  const int mean = OddPixels(0.013, dpi, 3);
  for (std::size_t c = 0; c < 3; ++c) {
    density[c] = Apply(channels[c], DensityTable(tint[c]));
    cv::blur(density[c], smooth[c], {mean, mean});
  }
  cv::Mat least;
  cv::Mat most;
  cv::min(smooth[0], smooth[1], least);
  cv::min(least, smooth[2], least);
  cv::max(smooth[0], smooth[1], most);
  cv::max(most, smooth[2], most);
  const cv::Mat chroma = most - least;
  cv::Mat share;
  most.convertTo(share, CV_8U, kColouredShare);
  const cv::Mat coloured = chroma > share;
  const cv::Mat possible = (chroma >= kPossibleChroma) & coloured;
  const cv::Mat sure = (chroma >= kSureChroma) & coloured;
  if (cv::countNonZero(sure) < kLeastPixels) {
    out.red = cv::Mat::zeros(sure.size(), CV_8U);
    out.blue = out.red.clone();
    return out;
  }
  // Reddish ink is palest in the red channel.
  const cv::Mat reddish = (smooth[0] < smooth[1]) & (smooth[0] < smooth[2]);
  out.red = InkMask(sure & reddish, possible & reddish, dpi);
  out.blue = InkMask(sure & ~reddish, possible & ~reddish, dpi);
  const int reach = OddPixels(0.025, dpi, 5);
  for (const cv::Mat& mask : {out.red, out.blue}) {
    if (cv::countNonZero(mask) == 0) continue;
    LiftInk(density, chroma, mask, ResidualShare(least, chroma, mask), reach, out.print);
  }
  return out;
}

}  // namespace vanthu::ocr
