// What the user hands in with --data: figures that no store knows, the report's own head and signer, and the
// progress of tasks. docs/report.md says how the files are written.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/error.h"
#include "pipeline/model/record.h"
#include "pipeline/report/rules.h"

namespace vanthu::report {

enum class Progress { kDone, kInProgress, kNotStarted };

// What is said of one task. Which one: its document, and as much of the rest as singles it out.
struct ProgressEntry {
  std::string file;
  Message where;         // "dòng 3"
  std::string document;  // "25/KH-UBND"
  std::optional<Date> date;
  Text ordinal, group, content;
  std::optional<int> table, row;  // from 1
  Progress progress = Progress::kNotStarted;
  std::optional<Date> done_on;  // of what is done
  Text result;
};

struct ProcedureRow {
  std::string name;
  std::map<std::string, std::int64_t, std::less<>> figures;  // by column of the rules
};

struct ReportData {
  Text period;  // that it is for
  std::optional<Date> due;
  std::string record_json;  // the report's own head, sections, signer, as a record; empty: none
  std::vector<std::string> own_agencies;
  std::optional<std::vector<ProcedureRow>> procedures;
  std::optional<ProcedureRow> procedures_total;
  std::map<std::string, std::int64_t, std::less<>> indicators;  // hundredths of a point, by id
  std::map<std::string, std::int64_t, std::less<>> dossiers;    // by figure, without "dossiers_"
  std::vector<ProgressEntry> progress;
  std::string file;  // for messages
};

// JSON, or the CSV form of progress, told apart by the first letter; adds to `data`. Errors: kNotAccepted
// naming the file and the key or line; kLimit.
Status ParseReportData(std::string_view bytes, const std::string& file, const ReportRules& rules,
                       ReportData* data);

}  // namespace vanthu::report
