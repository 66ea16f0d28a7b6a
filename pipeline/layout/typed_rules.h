// Rules that were typed: a row of underscores or dashes under a title is a ruled line, not text.
#pragma once

#include <vector>

#include "pipeline/model/page.h"

namespace vanthu::layout {

// Moves words that consist of at least five "_", "-", "–", "—" or "=" and stand alone at their height to
// `rules`. A blank to be filled in ("Số: ____") has text beside it and stays.
void TakeTypedRules(std::vector<Word>& words, std::vector<Ruling>& rules);

}  // namespace vanthu::layout
