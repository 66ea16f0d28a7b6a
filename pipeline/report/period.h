// Reporting periods: "2026-Q1" -> 15 December 2025 to 14 March 2026.
#pragma once

#include <string>
#include <string_view>

#include "pipeline/base/date.h"
#include "pipeline/base/error.h"
#include "pipeline/report/rules.h"

namespace vanthu::report {

struct Period {
  std::string code;  // "2026-Q1"
  std::string name;  // "Quý I năm 2026"
  Date first, last;  // both belong to it
  Date due;
  int year = 0;

  bool Holds(const Date& day) const { return first <= day && day <= last; }
};

// A year of four digits (1900 to 2199) and a code of the rules, exactly as they are written: kUsage, with
// what may be written, for anything else.
Result<Period> ParsePeriod(std::string_view text, const std::vector<PeriodRule>& rules);

}  // namespace vanthu::report
