#include "ocr/rulings/rule.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "ocr/clean/picture.h"

namespace vanthu::ocr {
namespace {

constexpr double kMostThickness =
    0.065;  // inches, 4.7 pt: Word's heaviest single border is 6 pt, used on no table seen
constexpr double kLeastSlenderness = 5;  // length over thickness
constexpr double kLeastClear =
    0.75;                          // share of the length without ink close beside it; bars of TTTT have 0.6
constexpr double kJoinGap = 0.12;  // inches: a break in a faint rule
constexpr double kJoinOffset = 0.012;  // inches across
// Pieces of a broken rule, inches: longer than a letter's bar or stem.
constexpr double kLeastPieceAcross = 0.15;
constexpr double kLeastPieceDown = 0.2;
constexpr double kLeastInked = 0.7;  // share of a broken rule's length that its pieces cover
constexpr int kMostPieces = 6000;    // more are noise or a picture, not rules

// A horizontal fit through one labelled piece: the mean y of each column, least squares over the columns.
Rule Fit(const cv::Mat& labels, int label, const int* stats) {
  const int left = stats[cv::CC_STAT_LEFT];
  const int top = stats[cv::CC_STAT_TOP];
  const int w = stats[cv::CC_STAT_WIDTH];
  const int h = stats[cv::CC_STAT_HEIGHT];
  double n = 0;
  double sx = 0;
  double sy = 0;
  double sxx = 0;
  double sxy = 0;
  for (int y = top; y < top + h; ++y) {
    const int* l = labels.ptr<int>(y) + left;
    for (int x = 0; x < w; ++x) {
      if (l[x] != label) continue;
      n += 1;
      sx += x;
      sy += y;
      sxx += static_cast<double>(x) * x;
      sxy += static_cast<double>(x) * y;
    }
  }
  const double det = n * sxx - sx * sx;
  const double slope = det > 0 ? (n * sxy - sx * sy) / det : 0;
  const double level = (sy - slope * sx) / n;
  Rule rule;
  rule.start = left;
  rule.end = left + w;
  rule.at_start = level + 0.5;
  rule.at_end = level + slope * w + 0.5;
  rule.inked = w;
  rule.thickness = std::max(1.0, n / w - 2);  // the dilation added one row on each side
  return rule;
}

// Share of the rule's length where nothing lies close above or below it.
double ClearShare(const cv::Mat& mask, const Rule& rule, double dpi) {
  const int reach = static_cast<int>(std::ceil(rule.thickness / 2)) + Pixels(0.012, dpi, 2);
  int clear = 0;
  int seen = 0;
  for (int x = static_cast<int>(rule.start); x < static_cast<int>(rule.end); ++x) {
    const int y = static_cast<int>(rule.At(x));
    const int above = y - reach;
    const int below = y + reach;
    if (x < 0 || x >= mask.cols) continue;
    ++seen;
    const bool ink = (above >= 0 && above < mask.rows && mask.at<uchar>(above, x) != 0) ||
                     (below >= 0 && below < mask.rows && mask.at<uchar>(below, x) != 0);
    if (!ink) ++clear;
  }
  return seen == 0 ? 0 : static_cast<double>(clear) / seen;
}

// Rules on one line with a short gap become one.
std::vector<Rule> Joined(std::vector<Rule> rules, double dpi) {
  std::sort(rules.begin(), rules.end(), [](const Rule& a, const Rule& b) { return a.start < b.start; });
  std::vector<Rule> out;
  for (const Rule& rule : rules) {
    Rule* before = nullptr;
    for (Rule& candidate : out) {
      const double gap = rule.start - candidate.end;
      if (gap > kJoinGap * dpi || rule.end < candidate.end) continue;
      const double offset = std::abs(candidate.At(rule.start) - rule.At(rule.start));
      if (offset > std::max(2.0, kJoinOffset * dpi)) continue;
      if (before == nullptr || candidate.end > before->end) before = &candidate;
    }
    if (before == nullptr) {
      out.push_back(rule);
      continue;
    }
    const double whole = before->length() + rule.length();
    before->inked += rule.inked;
    before->thickness =
        (before->thickness * before->length() + rule.thickness * rule.length()) / std::max(1.0, whole);
    before->at_end = rule.at_end;
    before->end = rule.end;
  }
  return out;
}

}  // namespace

std::vector<Rule> FindRules(const cv::Mat& mask, double dpi, bool horizontal, double least_inches) {
  const cv::Mat along = horizontal ? mask : cv::Mat(mask.t());
  const int length = Pixels(std::min(least_inches, horizontal ? kLeastPieceAcross : kLeastPieceDown), dpi, 8);
  cv::Mat runs;
  cv::dilate(along, runs, cv::getStructuringElement(cv::MORPH_RECT, {1, 3}));
  cv::morphologyEx(runs, runs, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_RECT, {length, 1}));
  cv::Mat labels;
  cv::Mat stats;
  cv::Mat centres;
  const int n = cv::connectedComponentsWithStats(runs, labels, stats, centres, 8, CV_32S);
  std::vector<Rule> rules;
  if (n > kMostPieces) return rules;
  for (int i = 1; i < n; ++i) {
    const int* s = stats.ptr<int>(i);
    if (static_cast<double>(s[cv::CC_STAT_AREA]) / s[cv::CC_STAT_WIDTH] - 2 > kMostThickness * dpi) continue;
    Rule rule = Fit(labels, i, s);
    if (rule.length() < kLeastSlenderness * rule.thickness) continue;
    rule.confidence = ClearShare(along, rule, dpi);
    if (rule.confidence < kLeastClear) continue;
    rules.push_back(rule);
  }
  rules = Joined(std::move(rules), dpi);
  std::erase_if(rules, [&](const Rule& rule) {
    return rule.length() < least_inches * dpi || rule.inked < kLeastInked * rule.length();
  });
  for (Rule& rule : rules) rule.horizontal = horizontal;
  return rules;
}

}  // namespace vanthu::ocr
