#include "templates/forms/fit_columns.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace vanthu::templates {
namespace {

// Rows that are looked at: more change nothing, and the search takes columns² x rows x steps.
constexpr std::size_t kMostRows = 200;
constexpr int kMostSteps = 400;

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
  double Height() const {
    double sum = 0;
    for (std::size_t row = 0; row < rows_; row += stride_) {
      double most = 1;
      for (std::size_t c = 0; c < columns_.size(); ++c)
        if (row < columns_[c].lengths.size()) most = std::max(most, columns_[c].lengths[row] / widths_[c]);
      sum += most;
    }
    return sum;
  }

  // Moves `step` characters from one column to another, where that helps most.
  bool Improve(double step) {
    constexpr double kWorthwhile = 1e-3;
    double best = Height() - kWorthwhile;
    std::size_t best_from = 0, best_to = 0;
    for (std::size_t from = 0; from < widths_.size(); ++from) {
      if (widths_[from] - step < least_[from]) continue;
      for (std::size_t to = 0; to < widths_.size(); ++to) {
        if (to == from) continue;
        widths_[from] -= step;
        widths_[to] += step;
        const double height = Height();
        widths_[from] += step;
        widths_[to] -= step;
        if (height < best) {
          best = height;
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
