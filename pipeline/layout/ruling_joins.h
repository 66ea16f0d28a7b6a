// Pieces of ruled lines -> whole lines: dashes, overlaps, doubled rules.
#pragma once

#include <vector>

#include "pipeline/model/page.h"

namespace vanthu::layout {

// `across_pt`: two rules nearer than this are one. `gap_pt`: a gap up to this is bridged.
std::vector<Ruling> JoinRulings(std::vector<Ruling> rulings, double across_pt, double gap_pt);

}  // namespace vanthu::layout
