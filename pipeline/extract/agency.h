// Names of agencies: where one ends in running text, and how the lines of a header make one or two of them.
//
// Method: grammar over capitals, administrative units and the lists of rules/agencies.json. Accuracy: a name
// followed by a verb that is not in the list of stops runs on until the next punctuation mark.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pipeline/extract/field_rules.h"
#include "pipeline/extract/folded.h"

namespace vanthu::extract {

// The end of the agency's name that begins at `at`; `at` itself if none does.
std::size_t AgencyEnd(const Folded& text, std::size_t at, const FieldRules& rules);

// One line of a header's left column.
struct AgencyLine {
  Folded text;
  std::optional<bool> bold;
};

// Which lines make the governing agency ([0, issuer_begin)) and which the issuing one ([issuer_begin, size)).
struct AgencySplit {
  std::size_t issuer_begin = 0;  // 0: no governing agency
  double certainty = 1;
};
AgencySplit SplitAgencyLines(const std::vector<AgencyLine>& lines, const AgencyRules& rules, bool recognised);

}  // namespace vanthu::extract
