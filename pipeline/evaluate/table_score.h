// Tables of a record against gold. Internal to the room.
#pragma once

#include "pipeline/evaluate/gold.h"

namespace vanthu::evaluate {

// Adds to adjacency, adjacency_tolerant, grits_con, teds_sum, tables, tables_too_large and differences.
void ScoreTables(const Json& gold, const Json& result, DocumentScore& score);

}  // namespace vanthu::evaluate
