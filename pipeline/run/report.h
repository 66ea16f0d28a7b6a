// A store, a period and the user's data through every stage of a report: gather -> compute; the form follows
// (issue.h).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "pipeline/base/error.h"
#include "pipeline/report/compute.h"

namespace vanthu::run {

struct ReportRequest {
  std::filesystem::path store;
  std::string period;                       // "2026-Q1"
  std::vector<std::filesystem::path> data;  // JSON, or CSV of progress
};

// Reads the store, never writes it. The same store, data and rules give the same record.
Result<report::ComputedReport> MakeReport(const ReportRequest& request);

}  // namespace vanthu::run
