#include "ocr/clean/marks.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "ocr/clean/picture.h"

namespace vanthu::ocr {
namespace {

constexpr double kMillimetre = 1 / 25.4;
constexpr double kWorkDpi = 50;
constexpr double kJoin = 3.0;      // mm between strokes of one mark
constexpr double kLeastSeal = 18;  // mm; NĐ 99/2016: agency seals are 30-42 mm across
constexpr double kMostSeal = 52;
constexpr double kWritingHeight = 11;  // mm: figures written into a form's blank
constexpr double kWritingWidth = 30;
constexpr double kLeastMark = 2.0;  // mm: smaller is a speck
constexpr std::size_t kMostPatches = 200;

MarkKind KindOf(double width_mm, double height_mm, bool red) {
  const double aspect = width_mm / std::max(0.1, height_mm);
  if (red) {
    const bool round = aspect > 0.75 && aspect < 1.33 && width_mm >= kLeastSeal && width_mm <= kMostSeal;
    return round ? MarkKind::kSeal : MarkKind::kStamp;
  }
  const bool writing = height_mm <= kWritingHeight && width_mm <= kWritingWidth;
  return writing ? MarkKind::kHandwriting : MarkKind::kSignature;
}

void Append(const cv::Mat& mask, double dpi, bool red, std::vector<InkPatch>& out) {
  if (mask.empty() || cv::countNonZero(mask) == 0) return;
  const double scale = std::min(1.0, kWorkDpi / dpi);
  cv::Mat small;
  cv::resize(mask, small, {}, scale, scale, cv::INTER_AREA);
  cv::threshold(small, small, 24, 255, cv::THRESH_BINARY);
  const double small_dpi = dpi * scale;
  const int join = OddPixels(kJoin * kMillimetre, small_dpi, 3);
  cv::Mat joined;
  cv::morphologyEx(small, joined, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_RECT, {join, join}));
  cv::Mat labels;
  cv::Mat stats;
  cv::Mat centres;
  const int n = cv::connectedComponentsWithStats(joined, labels, stats, centres, 8, CV_32S);
  for (int i = 1; i < n && out.size() < kMostPatches; ++i) {
    const int* s = stats.ptr<int>(i);
    const double w = s[cv::CC_STAT_WIDTH] / small_dpi / kMillimetre;
    const double h = s[cv::CC_STAT_HEIGHT] / small_dpi / kMillimetre;
    if (std::max(w, h) < kLeastMark || std::min(w, h) < 0.5) continue;
    const auto full = [&](int v) { return static_cast<int>(v / scale); };
    out.push_back({KindOf(w, h, red), cv::Rect{full(s[cv::CC_STAT_LEFT]), full(s[cv::CC_STAT_TOP]),
                                               full(s[cv::CC_STAT_WIDTH]), full(s[cv::CC_STAT_HEIGHT])}});
  }
}

}  // namespace

std::vector<InkPatch> FindPatches(const InkLayers& layers, double dpi) {
  std::vector<InkPatch> out;
  Append(layers.red, dpi, true, out);
  Append(layers.blue, dpi, false, out);
  // Pen inside a seal or a stamp (the figures of an arrival stamp) belongs to it.
  std::vector<InkPatch> kept;
  for (const InkPatch& patch : out) {
    const bool inside = patch.kind == MarkKind::kHandwriting &&
                        std::any_of(out.begin(), out.end(), [&](const InkPatch& other) {
                          return other.kind != MarkKind::kHandwriting && other.kind != MarkKind::kSignature &&
                                 (other.box & patch.box).area() * 10 > patch.box.area() * 7;
                        });
    if (!inside) kept.push_back(patch);
  }
  return kept;
}

}  // namespace vanthu::ocr
