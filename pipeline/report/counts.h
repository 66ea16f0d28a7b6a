// The parts of a report, each from its own source. Internal to the room; thread-safe.
#pragma once

#include <vector>

#include "pipeline/base/error.h"
#include "pipeline/model/report.h"
#include "pipeline/report/data.h"
#include "pipeline/report/gathered.h"
#include "pipeline/report/period.h"
#include "pipeline/report/task_status.h"

namespace vanthu::report {

// Documents of the period by type; received and issued where `own_agencies` is not empty.
void CountDocuments(const std::vector<SourceDocument>& documents, const Period& period,
                    const std::vector<std::string>& own_agencies, const ReportRules& rules, Report* report);

void CountTasks(const std::vector<FollowedTask>& tasks, const Period& period, const ReportRules& rules,
                Report* report);

void CountDigitised(const Gathered& gathered, const Period& period, Report* report);

// kNotAccepted: an identity that does not hold, with its row.
Status AddProcedures(const ReportData& data, const ReportRules& rules, Report* report);

void AddIndicators(const ReportData& data, const ReportRules& rules, Report* report);
void AddDossiers(const ReportData& data, Report* report);

}  // namespace vanthu::report
