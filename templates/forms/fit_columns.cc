#include "templates/forms/fit_columns.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace vanthu::templates {
namespace {

// Rows that are looked at: more change nothing, and the search takes columns² x rows x steps.
constexpr std::size_t kMostRows = 200;
constexpr int kMostSteps = 400;
constexpr double kPadding = 1;      // of a column, in characters: 6 pt
constexpr double kLostPerLine = 2;  // half a Vietnamese syllable and its space
// Of a row's height. Tried on the five plans: at 0 short phrases stand word below word beside long texts, at
// 0.35 in two or three lines, and no plan takes a page more.
constexpr double kOtherLine = 0.35;

class Fitting {
 public:
  Fitting(const std::vector<ColumnLoad>& columns, int width) : columns_(columns) {
    for (const ColumnLoad& column : columns) {
      // Two more than its longest word: padding, and letters wider than the average.
      least_.push_back(std::max(3.0, column.longest_word + 2.0));
      rows_ = std::max(rows_, column.lengths.size());
    }
    stride_ = std::max<std::size_t>(1, rows_ / kMostRows);
    const double needed = std::accumulate(least_.begin(), least_.end(), 0.0);
    spare_ = std::max(0.0, width - needed);
    widths_ = least_;
    for (double& one : widths_) one += spare_ / static_cast<double>(columns.size());
  }

  std::vector<double> Shares() {
    int steps = 0;
    double step = spare_ / 4;
    while (step >= 0.5) {
      if (steps < kMostSteps && Improve(step))
        ++steps;
      else
        step /= 2;
    }
    const double total = std::accumulate(widths_.begin(), widths_.end(), 0.0);
    for (double& one : widths_) one /= total;
    return widths_;
  }

 private:
  // Lines break between words: half a word is lost at the end of each but the last.
  static double Lines(int length, double width) {
    const double room = width - kPadding;
    return length <= room ? 1 : std::max(1.0, length / std::max(1.0, room - kLostPerLine));
  }

  // The rows' heights in lines, and something for every other line: a narrow column beside a long text costs
  // no height, yet words one below the other are hard to read.
  double Cost() const {
    double sum = 0;
    for (std::size_t row = 0; row < rows_; row += stride_) {
      double most = 1, all = 0;
      for (std::size_t c = 0; c < columns_.size(); ++c) {
        if (row >= columns_[c].lengths.size()) continue;
        const double lines = Lines(columns_[c].lengths[row], widths_[c]);
        most = std::max(most, lines);
        all += lines - 1;
      }
      sum += most + kOtherLine * all;
    }
    return sum;
  }

  // Moves `step` characters from one column to another, where that helps most.
  bool Improve(double step) {
    constexpr double kWorthwhile = 1e-3;
    double best = Cost() - kWorthwhile;
    std::size_t best_from = 0, best_to = 0;
    for (std::size_t from = 0; from < widths_.size(); ++from) {
      if (widths_[from] - step < least_[from]) continue;
      for (std::size_t to = 0; to < widths_.size(); ++to) {
        if (to == from) continue;
        widths_[from] -= step;
        widths_[to] += step;
        const double cost = Cost();
        widths_[from] += step;
        widths_[to] -= step;
        if (cost < best) {
          best = cost;
          best_from = from;
          best_to = to;
        }
      }
    }
    if (best_from == best_to) return false;
    widths_[best_from] -= step;
    widths_[best_to] += step;
    return true;
  }

  const std::vector<ColumnLoad>& columns_;
  std::vector<double> least_, widths_;
  std::size_t rows_ = 0, stride_ = 1;
  double spare_ = 0;
};

}  // namespace

std::vector<double> FitColumns(const std::vector<ColumnLoad>& columns, int width) {
  if (columns.empty()) return {};
  // The search is quadratic in columns; so wide a table is no table of a document.
  constexpr std::size_t kMostFitted = 40;
  if (columns.size() > kMostFitted)
    return std::vector<double>(columns.size(), 1.0 / static_cast<double>(columns.size()));
  return Fitting(columns, width).Shares();
}

}  // namespace vanthu::templates
