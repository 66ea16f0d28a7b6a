// GriTS-Con: grid table similarity of contents. Internal to the room.
#pragma once

#include "pipeline/evaluate/cell_texts.h"

namespace vanthu::evaluate {

// matched: the likeness of the most similar pair of substructures; expected, found: grid positions of each.
// Cost: the product of both numbers of positions.
Tally GridSimilarity(const Grid& gold, const Grid& result, CellTexts& names);

}  // namespace vanthu::evaluate
