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
// Darker channel values say nothing more: noise and the scanner's black level rule there.
constexpr int kBlackLevel = 12;
// Chroma of sure and of possible coloured ink, in density units; measured on faded seals (0.43 neper) and on
// the colour fringes of black print after the 3 px mean (below 0.2).
constexpr int kSureChroma = 32;
constexpr int kPossibleChroma = 16;
// Chroma as a share of the greatest density: black print of the received scans reaches 0.2, dark blue pen
// starts at 0.4.
constexpr double kColouredShare = 0.33;
// The same as a difference of 8 bit reflectances: near black, densities alone would make a colour of the
// scanner's cast (print of 10, 5, 25 on a received letter); dark pens reach 40.
constexpr int kColouredDifference = 28;
constexpr int kLeastPixels = 64;  // of an ink, before its own colour is measured
// What is left of an ink's grain below this (neper) is no print: dropped, and halved up to half as much
// again.
constexpr double kGrain = 0.2;
// The same in spreads of the ink's own share: noisy strokes leave more.
constexpr double kSpreads = 2.5;

using Table = std::array<uchar, 256>;

Table DensityTable(double tint) {
  Table table{};
  for (int v = 0; v < 256; ++v) {
    const double density = -std::log(std::max(v, kBlackLevel) / 255.0) * kUnits * tint;
    table[static_cast<std::size_t>(v)] = static_cast<uchar>(std::clamp(std::lround(density), 0L, 255L));
  }
  return table;
}

Table ReflectanceTable() {
  Table table{};
  for (int d = 0; d < 256; ++d)
    table[static_cast<std::size_t>(d)] = static_cast<uchar>(std::lround(255 * std::exp(-d / kUnits)));
  return table;
}

cv::Mat Apply(const cv::Mat& channel, const Table& table) {
  cv::Mat out;
  cv::LUT(channel, cv::Mat(1, 256, CV_8U, const_cast<uchar*>(table.data())), out);
  return out;
}

// The print's own colour as a factor for each channel's density, from a sample of the middle tones: below,
// the scanner's black level rules; brightly coloured ones are other inks. The median is taken, so faint ink
// does not count as long as most such pixels are print.
std::array<double, 3> PrintTint(const cv::Mat& rgb) {
  std::array<std::array<int, 256>, 3> counts{};
  int total = 0;
  for (int y = 0; y < rgb.rows; y += 3) {
    const auto* row = rgb.ptr<cv::Vec3b>(y);
    for (int x = 0; x < rgb.cols; x += 3) {
      const cv::Vec3b& p = row[x];
      const int sum = p[0] + p[1] + p[2];
      const int spread = std::max({p[0], p[1], p[2]}) - std::min({p[0], p[1], p[2]});
      if (sum < 3 * 40 || sum > 3 * 120 || spread > 60) continue;
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

// What part of its chroma an ink's palest channel bears: usually, and how far it spreads upward.
struct InkShare {
  double usual = 0;
  double spread = 0;
};

// From a histogram in 1/64. The median, for up to a third of a seal's pixels may lie on text; the spread up
// to the 75th percentile.
InkShare ShareOf(const std::array<int, 257>& count) {
  const auto quantile = [&](int hundredths) {
    int seen = 0;
    std::size_t bin = 0;
    while (bin < 255 && (seen += count[bin]) * 100 < count[256] * hundredths) ++bin;
    return (static_cast<double>(bin) + 0.5) / 64;
  };
  const double usual = quantile(50);
  return {usual, quantile(75) - usual};
}

// Lifts one ink: writes the print's grey value over the pixels near its mask. The share of the chroma that
// the ink's palest channel bears is measured patch by patch, for pens and seals of one page differ. Chroma is
// the greatest nearby: JPEG keeps it at half resolution, so a thin stroke's own pixels show too little.
void LiftInk(const cv::Mat& least_density, const cv::Mat& chroma, const cv::Mat& mask, int reach,
             cv::Mat& print) {
  cv::Mat near;
  cv::dilate(mask, near, cv::getStructuringElement(cv::MORPH_RECT, {reach, reach}));
  cv::Mat strongest;
  cv::dilate(chroma, strongest, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
  cv::Mat labels;
  const int patches = cv::connectedComponents(near, labels, 8, CV_32S);
  // Histograms of the share in 1/64, up to 4.
  std::vector<std::array<int, 257>> counts(static_cast<std::size_t>(patches));
  std::array<int, 257> all{};
  for (int y = 0; y < mask.rows; ++y) {
    const uchar* m = mask.ptr(y);
    const uchar* lo = least_density.ptr(y);
    const uchar* ch = strongest.ptr(y);
    const int* label = labels.ptr<int>(y);
    for (int x = 0; x < mask.cols; ++x) {
      if (m[x] == 0 || ch[x] < kSureChroma) continue;
      const auto bin = static_cast<std::size_t>(std::min(255, lo[x] * 64 / ch[x]));
      ++counts[static_cast<std::size_t>(label[x])][bin];
      ++counts[static_cast<std::size_t>(label[x])][256];
      ++all[bin];
      ++all[256];
    }
  }
  std::vector<InkShare> shares;
  shares.reserve(counts.size());
  for (const auto& count : counts) shares.push_back(ShareOf(count[256] >= kLeastPixels ? count : all));
  const Table grey = ReflectanceTable();
  for (int y = 0; y < near.rows; ++y) {
    const uchar* m = near.ptr(y);
    const uchar* lo = least_density.ptr(y);
    const uchar* ch = strongest.ptr(y);
    const int* label = labels.ptr<int>(y);
    uchar* out = print.ptr(y);
    for (int x = 0; x < near.cols; ++x) {
      if (m[x] == 0) continue;
      const InkShare& share = shares[static_cast<std::size_t>(label[x])];
      const double left = lo[x] - share.usual * ch[x];
      const double grain = std::max(kGrain * kUnits, kSpreads * share.spread * ch[x]);
      const double kept = left < grain ? 0 : left < 1.5 * grain ? left / 2 : left;
      out[x] = grey[static_cast<std::size_t>(std::clamp(std::lround(kept), 0L, 255L))];
    }
  }
}

// Possible pixels near sure ones, without specks.
cv::Mat InkMask(const cv::Mat& sure, const cv::Mat& possible, double dpi) {
  cv::Mat mask;
  const int reach = OddPixels(0.03, dpi, 3);
  cv::dilate(sure, mask, cv::getStructuringElement(cv::MORPH_RECT, {reach, reach}));
  mask &= possible;
  const int least = Pixels(0.02, dpi, 3) * Pixels(0.02, dpi, 3);
  return PiecesKept(mask, [least](const int* stats) { return stats[cv::CC_STAT_AREA] >= least; });
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
  const Table reflectance = ReflectanceTable();
  const cv::Mat difference = Apply(least, reflectance) - Apply(most, reflectance);
  const cv::Mat coloured = (chroma > share) & (difference >= kColouredDifference);
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
  cv::Mat least_density;
  cv::min(density[0], density[1], least_density);
  cv::min(least_density, density[2], least_density);
  for (const cv::Mat& mask : {out.red, out.blue})
    if (cv::countNonZero(mask) > 0) LiftInk(least_density, chroma, mask, reach, out.print);
  return out;
}

}  // namespace vanthu::ocr
