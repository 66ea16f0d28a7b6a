// Targets of a plan: "đạt tối thiểu 80%".
#pragma once

#include <vector>

#include "pipeline/extract/notes.h"
#include "pipeline/extract/outline.h"
#include "pipeline/extract/rules.h"
#include "pipeline/model/record.h"

namespace vanthu::extract {

// As FindTasks; evidence under /targets/N.
std::vector<Target> FindTargets(const DocumentLayout& document, const std::vector<Table>& tables,
                                const Outline& outline, const Rules& rules, const Mapper& mapper,
                                Notes* notes);

}  // namespace vanthu::extract
