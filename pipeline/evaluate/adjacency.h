// Adjacency relations of a table (ICDAR 2013). Internal to the room.
#pragma once

#include <map>
#include <tuple>
#include <vector>

#include "pipeline/evaluate/cell_texts.h"

namespace vanthu::evaluate {

// Text of a cell, text of its neighbour, right (0) or down (1), empty positions between.
using Relation = std::tuple<int, int, int, int>;
using Relations = std::map<Relation, int>;  // with how often each occurs

// `texts`: the number of each cell's text.
Relations FindRelations(const Grid& grid, const std::vector<int>& texts, const CellTexts& names);
// Relations of both, with repetitions; expected: of `gold`.
Tally CompareRelations(const Relations& gold, const Relations& result);

// The result's texts, each that the gold lacks replaced by the gold text nearest to it if at most `tolerance`
// of its clusters differ.
std::vector<int> Tolerated(const std::vector<int>& gold, const std::vector<int>& result, double tolerance,
                           CellTexts& names);

}  // namespace vanthu::evaluate
