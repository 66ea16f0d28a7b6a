// The rules of tasks, deadlines, organisations and targets as read from rules/*.json.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "pipeline/base/error.h"
#include "pipeline/extract/deadline_lexer.h"
#include "pipeline/extract/organisation.h"

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
  kOther,  // known, and of no use here: "Kinh phí"
};

struct RolePhrase {
  std::string key;  // FoldKey
  Role role = Role::kUnknown;
  int strength = 0;  // 3 strong, 2 medium, 1 weak
};

struct ColumnRules {
  std::vector<RolePhrase> phrases;
  std::vector<std::string> totals;                       // MatchKey
  std::vector<std::string> remarks, ditto, group_words;  // FoldKey
};

struct TaskRules {
  DeadlineRules deadlines;
  OrganisationRules organisations;
  ColumnRules columns;
};

Result<TaskRules> ReadTaskRules(const std::filesystem::path& folder);

}  // namespace vanthu::extract
