// Input: two grids. Output: how much of their contents agrees, position by position, in the best alignment of
// rows and columns. Method: Smock, Pesala, Abraham: "GriTS: Grid table similarity metric for table structure
// recognition", ICDAR 2023: the factored 2D most-similar-substructures heuristic of the authors' code - rows
// aligned by dynamic programming over the scores of their own column alignments, columns likewise, then the
// rewards summed where aligned rows and columns meet. Reward of two positions: 2 LCS / (length + length) of
// their cells' texts.
#include "pipeline/evaluate/grits.h"

#include <algorithm>
#include <functional>

namespace vanthu::evaluate {
namespace {

using Reward = std::function<double(int, int)>;

// The best order-keeping alignment of 0..m-1 with 0..n-1.
struct Alignment {
  double score = 0;
  std::vector<std::pair<int, int>> pairs;
};

Alignment AlignLine(int m, int n, const Reward& reward, bool with_pairs) {
  const std::size_t width = static_cast<std::size_t>(n) + 1;
  std::vector<double> best((static_cast<std::size_t>(m) + 1) * width, 0), rewards;
  const auto at = [width](int i, int j) {
    return static_cast<std::size_t>(i) * width + static_cast<std::size_t>(j);
  };
  if (with_pairs) rewards.assign(best.size(), 0);
  for (int i = 1; i <= m; ++i)
    for (int j = 1; j <= n; ++j) {
      const double gain = reward(i - 1, j - 1);
      if (with_pairs) rewards[at(i, j)] = gain;
      best[at(i, j)] = std::max({best[at(i - 1, j - 1)] + gain, best[at(i - 1, j)], best[at(i, j - 1)]});
    }
  Alignment out{best[at(m, n)], {}};
  if (!with_pairs) return out;
  for (int i = m, j = n; i > 0 && j > 0;) {
    if (best[at(i, j)] == best[at(i - 1, j - 1)] + rewards[at(i, j)]) {
      out.pairs.emplace_back(--i, --j);
    } else if (best[at(i, j)] == best[at(i - 1, j)]) {
      --i;
    } else {
      --j;
    }
  }
  return out;
}

}  // namespace

Tally GridSimilarity(const Grid& gold, const Grid& result, CellTexts& names) {
  Tally tally{0, static_cast<double>(gold.positions()), static_cast<double>(result.positions())};
  const std::vector<int> gold_texts = names.NumbersOf(gold), result_texts = names.NumbersOf(result);
  const auto similarity = [&](int gold_row, int gold_col, int row, int col) {
    const int a = gold.At(gold_row, gold_col), b = result.At(row, col);
    if (a < 0 || b < 0) return 0.0;
    return names.Similarity(gold_texts[static_cast<std::size_t>(a)],
                            result_texts[static_cast<std::size_t>(b)]);
  };
  const Alignment rows = AlignLine(
      gold.rows, result.rows,
      [&](int a, int b) {
        return AlignLine(
                   gold.columns, result.columns, [&](int c, int d) { return similarity(a, c, b, d); }, false)
            .score;
      },
      true);
  const Alignment columns = AlignLine(
      gold.columns, result.columns,
      [&](int c, int d) {
        return AlignLine(
                   gold.rows, result.rows, [&](int a, int b) { return similarity(a, c, b, d); }, false)
            .score;
      },
      true);
  for (const auto& [a, b] : rows.pairs)
    for (const auto& [c, d] : columns.pairs) tally.matched += similarity(a, c, b, d);
  return tally;
}

}  // namespace vanthu::evaluate
