// The rules of tasks, deadlines, organisations and targets as read from rules/*.json.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "pipeline/base/error.h"
#include "pipeline/extract/deadline_lexer.h"
#include "pipeline/extract/organisation.h"
#include "pipeline/extract/target_rules.h"

namespace vanthu::extract {

// What a column of a table, or a labelled line of prose, says of a task.
enum class Role {
  kUnknown,
  kOrdinal,
  kGroup,
  kGoal,
  kMission,
  kContent,
  kLead,
  kCoordinate,
  kDeadline,
  kStart,
  kEnd,
  kProduct,
  kNote,
  kMark,   // a column for a quarter, month or year, with crosses where something is done
  kOther,  // known, and of no use here: "Kinh phí"
};

struct RolePhrase {
  std::string key;  // FoldKey
  Role role = Role::kUnknown;
  int strength = 0;  // 3 strong, 2 medium, 1 weak
};

struct ColumnRules {
  std::vector<RolePhrase> phrases;
  std::vector<std::string> totals, marks;                // MatchKey
  std::vector<std::string> remarks, ditto, group_words;  // FoldKey
};

struct ProseRules {
  std::vector<RolePhrase> labels;                            // longest first
  std::vector<std::string> giving, chairs, with, verbs, by;  // FoldKey, longest first
  std::vector<std::string> in_names;                         // FoldKey, longest first: hold a verb, are none
  std::vector<std::string> types_without_tasks;              // codes of document types
};

struct TaskRules {
  DeadlineRules deadlines;
  OrganisationRules organisations;
  ColumnRules columns;
  ProseRules prose;
  TargetRules targets;
};

Result<TaskRules> ReadTaskRules(const std::filesystem::path& folder);

}  // namespace vanthu::extract
