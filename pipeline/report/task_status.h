// Where each task stands in a period: done in time or late, in progress, overdue.
//
// A task is in a report where its deadline lies in the period; where it lay before and the task was not done
// when the period began; or where it comes later, or there is none, and the progress says that it was done in
// the period or is under way. It is judged as of the period's last day: what is done later is not done yet,
// and a deadline on that very day is not missed yet.
#pragma once

#include <string>
#include <vector>

#include "pipeline/base/error.h"
#include "pipeline/report/data.h"
#include "pipeline/report/gathered.h"
#include "pipeline/report/period.h"

namespace vanthu::report {

enum class TaskStatus { kOnTime, kLate, kInProgress, kOverdue, kUnreported };

const char* Name(TaskStatus status);  // "on_time"

struct FollowedTask {
  const SourceDocument* document = nullptr;
  const Task* task = nullptr;
  const ProgressEntry* entry = nullptr;  // null: the progress says nothing of it
  std::optional<Date> due;
  TaskStatus status = TaskStatus::kUnreported;
};

// Null: the task is not in this report. Judges dates alone.
std::optional<TaskStatus> StatusOf(const std::optional<Date>& due, const ProgressEntry* entry,
                                   const Period& period);

// In the order of the documents and their tasks; points into its arguments. kNotAccepted where an entry of
// the progress is of no task, or of several, or where two are of one.
Result<std::vector<FollowedTask>> FollowTasks(const std::vector<SourceDocument>& documents,
                                              const std::vector<ProgressEntry>& progress,
                                              const Period& period);

}  // namespace vanthu::report
