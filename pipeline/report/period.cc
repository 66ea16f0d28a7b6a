#include "pipeline/report/period.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "pipeline/base/unicode.h"

namespace vanthu::report {
namespace {

constexpr std::size_t kYearDigits = 4;
constexpr int kFirstYear = 1900, kLastYear = 2199;  // a guess: what an archive may hold

std::string NameIn(const PeriodRule& rule, int year) {
  std::string name = rule.name;
  constexpr std::string_view kYear = "{year}";
  if (const std::size_t at = name.find(kYear); at != std::string::npos)
    name.replace(at, kYear.size(), fmt::to_string(year));
  return name;
}

tl::unexpected<Error> Refuse(std::string_view text, const std::vector<PeriodRule>& rules) {
  std::string codes;
  for (const PeriodRule& rule : rules) codes += (codes.empty() ? "2026" : ", 2026") + rule.code;
  Error error;
  error.code = ErrorCode::kUsage;
  const std::string shown = ToNfc(text.substr(0, 40));
  error.message = {fmt::format("không có kỳ báo cáo «{}»", shown),
                   fmt::format("there is no reporting period \"{}\"", shown)};
  error.advice = {"Viết năm và kỳ, ví dụ: " + codes, "Write a year and a period, such as: " + codes};
  return Fail(std::move(error));
}

}  // namespace

Result<Period> ParsePeriod(std::string_view text, const std::vector<PeriodRule>& rules) {
  int year = 0;
  const bool digits = text.size() >= kYearDigits && std::all_of(text.begin(), text.begin() + kYearDigits,
                                                                [](char c) { return c >= '0' && c <= '9'; });
  if (digits) std::from_chars(text.data(), text.data() + kYearDigits, year);
  if (year < kFirstYear || year > kLastYear) return Refuse(text, rules);
  const std::string_view code = text.substr(kYearDigits);
  const auto rule = std::ranges::find_if(rules, [&](const PeriodRule& r) { return r.code == code; });
  if (rule == rules.end()) return Refuse(text, rules);
  const auto day = [&](const MonthDay& at) {
    return *MakeDate(year - (at.previous_year ? 1 : 0), at.month,
                     at.day);  // the rules hold days of every year
  };
  return Period{std::string(text), NameIn(*rule, year), day(rule->from), day(rule->to), day(rule->due), year};
}

}  // namespace vanthu::report
