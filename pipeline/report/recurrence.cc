// Input: a task's deadline and recurrence (an RRULE as pipeline/extract writes them), a period. Output: a
// day. Method: FREQ, INTERVAL, BYMONTH, BYMONTHDAY. With a day of the month: the last such day of the period.
// Without: a task of every so many months is due when the months of the year that the period ends with make
// up a whole number of them (quarterly: March, June, ...), on the period's last day; likewise one of days or
// weeks, in every period. Where it fails: rules with other parts (BYDAY, COUNT), which are never written,
// give no day.
#include "pipeline/report/recurrence.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "pipeline/base/unicode.h"

namespace vanthu::report {
namespace {

using Parts = std::map<std::string, std::string, std::less<>>;

std::optional<Parts> ParseRule(std::string_view rule) {
  Parts parts;
  while (!rule.empty()) {
    const std::size_t end = std::min(rule.find(';'), rule.size());
    const std::string_view part = rule.substr(0, end);
    const std::size_t equals = part.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    parts.emplace(part.substr(0, equals), part.substr(equals + 1));
    rule.remove_prefix(std::min(rule.size(), end + 1));
  }
  static const std::set<std::string, std::less<>> kKnown = {"FREQ", "INTERVAL", "BYMONTH", "BYMONTHDAY"};
  for (const auto& [name, value] : parts)
    if (!kKnown.contains(name)) return std::nullopt;
  return parts;
}

// The numbers of a part; none where it is not there or is no list of numbers from 1 to `most`.
std::vector<int> NumbersOf(const Parts& parts, const char* name, int most) {
  std::vector<int> out;
  const auto found = parts.find(name);
  std::string_view rest = found == parts.end() ? std::string_view() : std::string_view(found->second);
  while (!rest.empty()) {
    int number = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
    if (error != std::errc() || number < 1 || number > most) return {};
    out.push_back(number);
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    if (!rest.empty()) rest.remove_prefix(1);
  }
  return out;
}

int MonthOf(const Date& date) {
  return static_cast<int>(static_cast<unsigned>(date.month()));
}
int YearOf(const Date& date) {
  return static_cast<int>(date.year());
}

// The last day of the period that is one of these days of these months (none: of every `step` months); a
// month without that day ends with its last (the 31st of April: the 30th).
std::optional<Date> LastNamedDay(const Period& period, const std::vector<int>& months,
                                 const std::vector<int>& days, int step) {
  std::optional<Date> last;
  for (int year = YearOf(period.first); year <= YearOf(period.last); ++year)
    for (int month = 1; month <= 12; ++month) {
      if (months.empty() ? month % step != 0 : std::ranges::find(months, month) == months.end()) continue;
      for (const int day : days) {
        const Date date = MakeDate(year, month, day).value_or(LastOfMonth(year, month));
        if (period.Holds(date) && (!last || *last < date)) last = date;
      }
    }
  return last;
}

std::optional<Date> LastOccurrence(const std::string& rule, const Period& period) {
  constexpr int kMonths = 12, kMostInterval = 120;
  const std::optional<Parts> parts = ParseRule(rule);
  if (!parts) return std::nullopt;
  const auto found = parts->find("FREQ");
  const std::string frequency = found == parts->end() ? "" : found->second;
  const std::vector<int> intervals = NumbersOf(*parts, "INTERVAL", kMostInterval);
  const int interval = intervals.empty() ? 1 : intervals.front();
  if (frequency == "DAILY" || frequency == "WEEKLY") return period.last;
  const bool yearly = frequency == "YEARLY";
  if (!yearly && frequency != "MONTHLY") return std::nullopt;
  // Every two years or more: which ones is not told.
  const int step = yearly ? kMonths * interval : interval;
  if (step > kMonths) return std::nullopt;
  const std::vector<int> months = NumbersOf(*parts, "BYMONTH", kMonths);
  const std::vector<int> days = NumbersOf(*parts, "BYMONTHDAY", 31);
  if (!days.empty()) return LastNamedDay(period, months, days, step);
  const int end = MonthOf(period.last);
  if (!months.empty() ? std::ranges::find(months, end) != months.end() : end % step == 0) return period.last;
  return std::nullopt;
}

}  // namespace

std::optional<Date> DueDay(const Task& task, const Period& period, std::optional<int> plan_year) {
  if (!task.deadline) return std::nullopt;
  const Deadline& deadline = *task.deadline;
  switch (deadline.kind) {
    case DeadlineKind::kBy:
    case DeadlineKind::kOn:
    case DeadlineKind::kBetween:
    case DeadlineKind::kQuarter:
    case DeadlineKind::kYear:
      return deadline.end;
    case DeadlineKind::kPeriodic:
      break;
    case DeadlineKind::kOngoing:
    case DeadlineKind::kRelative:
    case DeadlineKind::kUnknown:
      return std::nullopt;
  }
  if (!deadline.recurrence) return std::nullopt;
  const std::optional<Date> due = LastOccurrence(*deadline.recurrence, period);
  if (!due) return std::nullopt;
  if (deadline.start || deadline.end) {
    const bool inside =
        (!deadline.start || *deadline.start <= *due) && (!deadline.end || *due <= *deadline.end);
    return inside ? due : std::nullopt;
  }
  return plan_year == YearOf(*due) ? due : std::nullopt;
}

std::optional<int> PlanYear(const Text& subject, const std::optional<Date>& date) {
  constexpr std::size_t kDigits = 4;
  const std::string text = MatchKey(subject.value_or(""));
  const std::string word = MatchKey("năm") + " ";
  for (std::size_t at = text.rfind(word); at != std::string::npos && at != 0; at = text.rfind(word, at - 1)) {
    const char* begin = text.data() + at + word.size();
    int year = 0;
    const auto [end, error] = std::from_chars(begin, text.data() + text.size(), year);
    if (error == std::errc() && end - begin == kDigits) return year;
  }
  return date ? std::optional<int>(YearOf(*date)) : std::nullopt;
}

}  // namespace vanthu::report
