#include "pipeline/evaluate/assignment.h"

#include <algorithm>
#include <limits>

namespace vanthu::evaluate {

std::vector<int> BestAssignment(const std::vector<std::vector<double>>& cost, double forbidden) {
  const std::size_t rows = cost.size();
  const std::size_t real_columns = rows > 0 ? cost.front().size() : 0;
  if (real_columns == 0) return std::vector<int>(rows, -1);
  // Rows beyond the columns need places of their own: columns that stand for "none".
  const std::size_t columns = std::max(rows, real_columns);
  const auto price = [&](std::size_t row, std::size_t column) {
    return column < real_columns ? std::min(cost[row][column], forbidden) : forbidden;
  };
  constexpr double kInfinite = std::numeric_limits<double>::infinity();
  std::vector<double> row_potential(rows + 1, 0), column_potential(columns + 1, 0);
  std::vector<std::size_t> owner(columns + 1, 0), way(columns + 1, 0);  // 1-based; column 0 is the free start
  for (std::size_t row = 1; row <= rows; ++row) {
    owner[0] = row;
    std::size_t column = 0;
    std::vector<double> least(columns + 1, kInfinite);
    std::vector<bool> used(columns + 1, false);
    do {
      used[column] = true;
      const std::size_t from = owner[column];
      double step = kInfinite;
      std::size_t next = 0;
      for (std::size_t j = 1; j <= columns; ++j) {
        if (used[j]) continue;
        const double reduced = price(from - 1, j - 1) - row_potential[from] - column_potential[j];
        if (reduced < least[j]) {
          least[j] = reduced;
          way[j] = column;
        }
        if (least[j] < step) {
          step = least[j];
          next = j;
        }
      }
      for (std::size_t j = 0; j <= columns; ++j) {
        if (used[j]) {
          row_potential[owner[j]] += step;
          column_potential[j] -= step;
        } else {
          least[j] -= step;
        }
      }
      column = next;
    } while (owner[column] != 0);
    for (; column != 0; column = way[column]) owner[column] = owner[way[column]];
  }
  std::vector<int> assigned(rows, -1);
  for (std::size_t j = 1; j <= real_columns; ++j)
    if (owner[j] != 0 && cost[owner[j] - 1][j - 1] < forbidden)
      assigned[owner[j] - 1] = static_cast<int>(j) - 1;
  return assigned;
}

}  // namespace vanthu::evaluate
