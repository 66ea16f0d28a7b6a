// Layout -> Record: header, signer, recipients, citations, sections, appendices, tasks, deadlines, targets,
// each value with its evidence. Knows Vietnamese administrative documents; the rules are data
// (share/vanthu/rules).
#pragma once

#include <filesystem>
#include <memory>

#include "pipeline/base/error.h"
#include "pipeline/model/layout.h"
#include "pipeline/model/record.h"

namespace vanthu::extract {

// The rule files, read and checked once; const and thread-safe afterwards.
class Rules;
struct RulesDeleter {
  void operator()(const Rules* rules) const;
};
using RulesHandle = std::unique_ptr<const Rules, RulesDeleter>;

// kMissingResource names the file that is missing or wrong.
Result<RulesHandle> ReadRules(const std::filesystem::path& folder);

// Everything but Record::source, which the caller knows. Always succeeds: what was looked for and not found
// is null, what is doubtful has its confidence below kDoubtful or a finding.
Record Extract(const DocumentLayout& document, const Rules& rules);

}  // namespace vanthu::extract
