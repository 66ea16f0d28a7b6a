// The shipped rules, and days in short, for the tests of this room.
#pragma once

#include <gtest/gtest.h>

#include "pipeline/report/data.h"
#include "pipeline/report/period.h"
#include "pipeline/report/rules.h"

namespace vanthu::report {

inline const ReportRules& Rules() {
  static const ReportRules rules = [] {
    Result<ReportRules> read = ReadReportRules(VANTHU_SOURCE_DIR "/pipeline/report/rules");
    if (!read) throw std::runtime_error(Describe(read.error(), Language::kEnglish));
    return std::move(*read);
  }();
  return rules;
}

inline Period PeriodOf(const std::string& text) {
  const Result<Period> period = ParsePeriod(text, Rules().periods);
  if (!period) throw std::runtime_error(Describe(period.error(), Language::kEnglish));
  return *period;
}

inline Date Day(const char* iso) {
  return ParseIsoDate(iso).value();
}

inline Result<ReportData> DataOf(const std::string& bytes, const std::string& file = "so-lieu.json") {
  ReportData data;
  if (Status parsed = ParseReportData(bytes, file, Rules(), &data); !parsed) return Fail(parsed.error());
  return data;
}

// Of a JSON data file with these members beside the schema.
inline Result<ReportData> DataWith(const std::string& members) {
  return DataOf("{\"schema\": \"vanthu/report-data/1\", " + members + "}");
}

}  // namespace vanthu::report
