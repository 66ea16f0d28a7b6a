// What periodic reports are made of, as data: rules/periods.json and rules/report.json.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "pipeline/base/error.h"

namespace vanthu::report {

struct MonthDay {
  int month = 1;
  int day = 1;
  bool previous_year = false;
};

struct PeriodRule {
  std::string code;  // what follows the year: "-Q1"; empty for the year itself
  std::string name;  // "Quý I năm {year}"
  MonthDay from, to, due;
};

// "7=8+9+10" by the names of the columns.
struct Identity {
  std::string written;
  std::string total;
  std::vector<std::string> parts;
};

struct ProcedureRules {
  std::vector<std::string> columns;
  std::vector<Identity> identities;
};

struct IndicatorRule {
  std::string id, name;
  double most = 0;
};

// What a report says where nobody said it.
struct DraftWords {
  std::string issuing_agency, notation, place, recipient, position, name, type_code, type_name, subject;
};

struct ProgressWords {
  std::vector<std::string> done, in_progress, not_started;       // as MatchKey has them
  std::map<std::string, std::vector<std::string>> columns;       // of the CSV form; likewise
  std::map<std::string, std::string, std::less<>> status_names;  // "on_time": "Hoàn thành đúng hạn"
};

struct ReportRules {
  std::vector<PeriodRule> periods;
  ProcedureRules procedures;
  std::vector<IndicatorRule> indicators;
  DraftWords draft;
  ProgressWords progress;
  std::string no_type, no_group, no_lead;
};

// kMissingResource naming the file and the key where the files are not as they must be.
Result<ReportRules> ReadReportRules(const std::filesystem::path& folder);

}  // namespace vanthu::report
