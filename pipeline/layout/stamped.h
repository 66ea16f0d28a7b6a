// Text of signature pictures: a number or a day stamped into the gap that was left for it belongs to the
// line; all other stamped text (who signed, when) stands apart from the body.
#pragma once

#include <vector>

#include "pipeline/layout/lines.h"

namespace vanthu::layout {

// Moves the words of `stamped` that fill a gap of a row into that row.
void FillGaps(std::vector<Row>& rows, std::vector<Word>& stamped);

}  // namespace vanthu::layout
