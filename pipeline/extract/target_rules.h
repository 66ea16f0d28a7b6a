// The rules of targets as read from rules/targets.json; texts are folded (FoldKey), longest first.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "pipeline/base/error.h"

namespace vanthu::extract {

struct Comparison {
  std::string sign;  // ">="
  std::vector<std::string> before, after;
};

struct TargetRules {
  std::vector<Comparison> comparisons;
  std::vector<std::string> units, reached, counted, begins, ends, opens, lead_in, intended, past;
  std::vector<std::string> reports;  // codes of document types
};

Result<TargetRules> ReadTargetRules(const std::filesystem::path& file);

}  // namespace vanthu::extract
