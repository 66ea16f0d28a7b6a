// When a task is due, as far as its record tells.
#pragma once

#include <optional>

#include "pipeline/model/record.h"
#include "pipeline/report/period.h"

namespace vanthu::report {

// The day until which the task is to be done. Of one that recurs: its last day in the period, none where the
// period has none. None as well for what has no day: ongoing, relative to an event, unknown.
// `plan_year`: the year that the plan is for, where it is known; a task that recurs and says no days of its
// own recurs in that year only.
std::optional<Date> DueDay(const Task& task, const Period& period, std::optional<int> plan_year);

// The year that a document plans for: the last "năm 2026" of its subject, else its date's.
std::optional<int> PlanYear(const Text& subject, const std::optional<Date>& date);

}  // namespace vanthu::report
