// Any bytes as a report's data file, JSON or CSV: no crash, no hang, and what comes out keeps its promises.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "pipeline/base/file.h"
#include "pipeline/report/compute.h"

namespace {

using namespace vanthu;
using namespace vanthu::report;

const ReportRules& TestRules() {
  static const ReportRules rules = [] {
    Result<ReportRules> read = ReadReportRules(DataFolder() / "report");
    if (!read) std::abort();
    return std::move(*read);
  }();
  return rules;
}

void Require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size > 1 << 16) return 0;
  const std::string text(reinterpret_cast<const char*>(bytes), size);
  const Result<Period> period = ParsePeriod("2026-Q1", TestRules().periods);
  ParsePeriod(text, TestRules().periods);
  ReportData data;
  if (!ParseReportData(text, "x", TestRules(), &data)) return 0;
  for (const ProgressEntry& entry : data.progress) {
    Require(!entry.document.empty());
    Require((entry.progress == Progress::kDone) == entry.done_on.has_value());
    Require(!entry.done_on || entry.done_on->ok());
  }
  data.period.reset();
  data.progress.clear();  // of documents that are not there
  const Result<ComputedReport> computed = ComputeReport(*period, {}, data, Record(), TestRules());
  if (computed) Require(computed->record.report.has_value());
  return 0;
}
