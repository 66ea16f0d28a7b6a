// The rules of tasks, deadlines, organisations and targets as read from rules/*.json.
#pragma once

#include <filesystem>

#include "pipeline/base/error.h"

namespace vanthu::extract {

struct TaskRules {};

Result<TaskRules> ReadTaskRules(const std::filesystem::path& folder);

}  // namespace vanthu::extract
