// A period, what the store tells and what the user hands in become a report: a record that a form renders.
//
// Method: whole numbers are counted and added, shares are rounded once (figures.h); what nobody said is
// absent. Nothing is asked of the clock: the same input gives the same record. Errors: kNotAccepted where
// figures do not satisfy their identities, with the row named, or where the data contradict themselves.
// Thread-safe.
#pragma once

#include <vector>

#include "pipeline/base/error.h"
#include "pipeline/model/record.h"
#include "pipeline/report/data.h"
#include "pipeline/report/gathered.h"
#include "pipeline/report/period.h"

namespace vanthu::report {

// In both languages; the record's findings hold the Vietnamese.
struct ReportFinding {
  Severity severity = Severity::kInfo;
  std::string code;
  Message message;
};

struct ComputedReport {
  Record record;
  std::vector<ReportFinding> findings;
};

// `head`: the report's own header, sections, signer, as far as the user gave them.
Result<ComputedReport> ComputeReport(const Period& period, const Gathered& gathered, const ReportData& data,
                                     Record head, const ReportRules& rules);

}  // namespace vanthu::report
