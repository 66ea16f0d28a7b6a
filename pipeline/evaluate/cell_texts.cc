#include "pipeline/evaluate/cell_texts.h"

#include <algorithm>

namespace vanthu::evaluate {

int CellTexts::NumberOf(const std::string& text) {
  const auto [at, fresh] = numbers_.emplace(text, static_cast<int>(numbers_.size()));
  if (fresh) sequences_.push_back(symbols_.Clusters(text));
  return at->second;
}

std::vector<int> CellTexts::NumbersOf(const Grid& grid) {
  std::vector<int> out;
  out.reserve(grid.cells.size());
  for (const GridCell& cell : grid.cells) out.push_back(NumberOf(cell.key));
  return out;
}

template <typename Compute>
double CellTexts::Cached(std::unordered_map<std::uint64_t, double>& cache, int a, int b,
                         const Compute& compute) {
  const std::uint64_t pair =
      static_cast<std::uint64_t>(std::min(a, b)) << 32 | static_cast<std::uint64_t>(std::max(a, b));
  if (const auto found = cache.find(pair); found != cache.end()) return found->second;
  const double value =
      compute(sequences_[static_cast<std::size_t>(a)], sequences_[static_cast<std::size_t>(b)]);
  cache.emplace(pair, value);
  return value;
}

double CellTexts::Distance(int a, int b) {
  return a == b ? 0 : Cached(distances_, a, b, RelativeDistance);
}

double CellTexts::Similarity(int a, int b) {
  return a == b ? 1 : Cached(similarities_, a, b, SubsequenceSimilarity);
}

}  // namespace vanthu::evaluate
