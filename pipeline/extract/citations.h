// References to other documents, each once: in the body, in appendices, in footnotes and in table cells.
#pragma once

#include <vector>

#include "pipeline/extract/notes.h"
#include "pipeline/extract/outline.h"
#include "pipeline/extract/reading.h"
#include "pipeline/model/record.h"

namespace vanthu::extract {

// `body`: without head and closing. References to the document itself (`header`) are none. Evidence under
// /citations/N.
std::vector<Citation> FindCitations(const Reading& reading, const Range& body,
                                    const std::vector<Range>& appendices, const Outline& outline,
                                    const std::vector<Table>& tables, const Header& header,
                                    const FieldRules& rules, Notes* notes);

}  // namespace vanthu::extract
