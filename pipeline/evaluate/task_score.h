// Tasks of a record against gold. Internal to the room.
#pragma once

#include "pipeline/evaluate/gold.h"

namespace vanthu::evaluate {

// Adds to task_rows, task_columns, task_columns_tolerant, deadlines, whole_tasks, whole_tasks_tolerant,
// differences.
void ScoreTasks(const Gold& gold, const Json& result, DocumentScore& score);

}  // namespace vanthu::evaluate
