// Tasks of a plan, from its tables and from its prose.
#pragma once

#include <vector>

#include "pipeline/extract/notes.h"
#include "pipeline/extract/outline.h"
#include "pipeline/extract/rules.h"
#include "pipeline/model/record.h"

namespace vanthu::extract {

// `tables`: Record::tables (same indices as document.tables, places mapped to the page as the file shows it).
// Adds evidence under /tasks/N/... and findings to `notes`.
std::vector<Task> FindTasks(const DocumentLayout& document, const std::vector<Table>& tables,
                            const Outline& outline, const Rules& rules, const Mapper& mapper, Notes* notes);

}  // namespace vanthu::extract
