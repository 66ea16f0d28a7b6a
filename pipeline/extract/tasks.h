// Tasks of a plan, from its tables and from its prose, in reading order.
#pragma once

#include <optional>
#include <vector>

#include "pipeline/extract/deadline.h"
#include "pipeline/extract/notes.h"
#include "pipeline/extract/outline.h"
#include "pipeline/extract/rules.h"
#include "pipeline/model/record.h"

namespace vanthu::extract {

// `tables`: Record::tables (same indices as document.tables, places mapped to the page as the file shows it).
// `header`: for the year of deadlines that name none. Adds evidence under /tasks/N/... and findings to
// `notes`.
std::vector<Task> FindTasks(const DocumentLayout& document, const std::vector<Table>& tables,
                            const Outline& outline, const Header& header, const Rules& rules,
                            const Mapper& mapper, Notes* notes);

// The year a document is about: the one its subject names, else that of its date; null where the subject
// names several.
std::optional<DefaultYear> YearOf(const Header& header);

}  // namespace vanthu::extract
