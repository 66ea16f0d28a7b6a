// TEDS: tree edit distance similarity of two tables. Internal to the room.
#pragma once

#include "pipeline/evaluate/cell_texts.h"

namespace vanthu::evaluate {

// 1 - distance / nodes of the larger tree: 1 equal. Cost: about four times the product of both numbers of
// cells.
double TreeSimilarity(const Grid& gold, const Grid& result, CellTexts& names);

}  // namespace vanthu::evaluate
