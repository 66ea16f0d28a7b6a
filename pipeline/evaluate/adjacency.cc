// Input: a grid. Output: which non-empty cell has which as its next neighbour right and down.
// Method: Göbel, Hassan, Oro, Orsi: "A methodology for evaluating algorithms for table understanding in PDF
// documents", DocEng 2012; the measure of the ICDAR 2013 table competition. From every non-empty cell, over
// each row (column) that it covers, the first non-empty cell to the right (below) is its neighbour; two cells
// are related once in a direction, by the shortest way. The relation counts empty positions between. Texts
// are compared after MatchKey.
#include "pipeline/evaluate/adjacency.h"

#include <algorithm>
#include <set>

namespace vanthu::evaluate {
namespace {

constexpr int kRight = 0;
constexpr int kDown = 1;

struct Neighbour {
  int cell = -1;
  int gap = 0;
};

Neighbour FirstFrom(const Grid& grid, int row, int col, int direction, const std::vector<int>& texts,
                    const CellTexts& names) {
  for (int gap = 0; row < grid.rows && col < grid.columns; ++gap) {
    const int cell = grid.At(row, col);
    if (cell >= 0 && !names.IsEmpty(texts[static_cast<std::size_t>(cell)])) return {cell, gap};
    (direction == kRight ? col : row) += 1;
  }
  return {};
}

}  // namespace

Relations FindRelations(const Grid& grid, const std::vector<int>& texts, const CellTexts& names) {
  Relations relations;
  for (std::size_t i = 0; i < grid.cells.size(); ++i) {
    if (names.IsEmpty(texts[i])) continue;
    const GridCell& cell = grid.cells[i];
    for (const int direction : {kRight, kDown}) {
      std::map<int, int> neighbours;  // cell -> smallest gap
      const int lanes = direction == kRight ? cell.rowspan : cell.colspan;
      for (int lane = 0; lane < lanes; ++lane) {
        const int row = direction == kRight ? cell.row + lane : cell.row + cell.rowspan;
        const int col = direction == kRight ? cell.col + cell.colspan : cell.col + lane;
        const Neighbour next = FirstFrom(grid, row, col, direction, texts, names);
        if (next.cell < 0) continue;
        const auto [at, fresh] = neighbours.emplace(next.cell, next.gap);
        if (!fresh) at->second = std::min(at->second, next.gap);
      }
      for (const auto& [neighbour, gap] : neighbours)
        ++relations[{texts[i], texts[static_cast<std::size_t>(neighbour)], direction, gap}];
    }
  }
  return relations;
}

Tally CompareRelations(const Relations& gold, const Relations& result) {
  Tally tally;
  for (const auto& [relation, count] : gold) {
    tally.expected += count;
    if (const auto same = result.find(relation); same != result.end())
      tally.matched += std::min(count, same->second);
  }
  for (const auto& [relation, count] : result) tally.found += count;
  return tally;
}

std::vector<int> Tolerated(const std::vector<int>& gold, const std::vector<int>& result, double tolerance,
                           CellTexts& names) {
  const std::set<int> known(gold.begin(), gold.end());
  std::map<int, int> replacement;
  std::vector<int> out;
  out.reserve(result.size());
  for (const int text : result) {
    const auto [at, fresh] = replacement.emplace(text, text);
    if (fresh && !known.contains(text) && !names.IsEmpty(text)) {
      double least = tolerance;
      for (const int candidate : known) {
        const double shorter = static_cast<double>(std::min(names.Length(text), names.Length(candidate)));
        const double longer = static_cast<double>(std::max(names.Length(text), names.Length(candidate)));
        if (names.IsEmpty(candidate) || longer - shorter > tolerance * longer)
          continue;  // too far by length alone
        const double distance = names.Distance(text, candidate);
        if (distance > least || (distance == least && at->second != text)) continue;
        least = distance;
        at->second = candidate;
      }
    }
    out.push_back(at->second);
  }
  return out;
}

}  // namespace vanthu::evaluate
