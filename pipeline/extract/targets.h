// Targets of a plan: "đạt tối thiểu 80%".
//
// Input: the body's paragraphs and the cells of tables. Output: each percentage, and each counted thing that
// is to be reached, with how it compares and the clause it stands in, in reading order. Method: clauses by
// ";", line, sentence, bracket with a subject of its own, and the words of rules/targets.json; of several
// numbers in one clause each takes the part from the comma or "và" before it. Numbers alone in a cell are
// statistics, and what a report says was reached is no target. Accuracy: value, unit and comparison are sure;
// where a clause begins is a guess.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/extract/notes.h"
#include "pipeline/extract/outline.h"
#include "pipeline/extract/rules.h"
#include "pipeline/extract/target_rules.h"
#include "pipeline/model/record.h"

namespace vanthu::extract {

// The targets in one text (a paragraph, a cell); `page` is left 0.
std::vector<Target> TargetsIn(std::string_view text, bool report, const TargetRules& rules);

// Evidence under /targets/N.
std::vector<Target> FindTargets(const DocumentLayout& document, const std::vector<Table>& tables,
                                const Outline& outline, const Header& header, const Rules& rules,
                                const Mapper& mapper, Notes* notes);

}  // namespace vanthu::extract
