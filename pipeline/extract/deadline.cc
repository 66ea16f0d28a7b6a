#include "pipeline/extract/deadline.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <vector>

#include "pipeline/extract/deadline_grammar.h"

namespace vanthu::extract {
namespace {

// Guesses, all on the doubtful side of kDoubtful unless said: what a careful reader would ask about.
constexpr double kBeforeLongSpan = 0.85;   // "trước tháng 6": by the end of May, or some time in June
constexpr double kEdgeOfSpan = 0.85;       // "cuối năm"
constexpr double kSeveralRules = 0.8;      // "hàng tháng, quý, năm": the most frequent is taken
constexpr double kOngoingAndRule = 0.85;   // "thường xuyên, hàng quý"
constexpr double kInBrackets = 0.9;        // sure enough: nothing else says when
constexpr double kYearOfNeighbour = 0.95;  // "Trước 15/3; trước 15/6/2024"
constexpr double kUnordered = 0.8;         // the last date written is not the latest
constexpr double kTimesNotDividing = 0.7;  // "5 lần/năm"
constexpr double kUnknown = 0.85;

struct Days {
  std::optional<Date> first, last;
};

bool InOrder(const Date& a, const Date& b) {
  return std::chrono::sys_days(a) <= std::chrono::sys_days(b);
}

// The first and last day of a moment; null where it is not said or does not exist.
Days DaysOf(const Moment& moment) {
  Days out;
  if (moment.year == 0 || moment.unit == Unit::kSchoolYear) return out;
  if (moment.unit == Unit::kDay) {
    out.first = out.last = MakeDate(moment.year, moment.first_month, moment.day);
    return out;
  }
  if (moment.unit == Unit::kWeek) {
    const Date end = LastOfMonth(moment.year, moment.first_month);
    if (moment.day < 0) {
      out.last = end;
      out.first = Date(std::chrono::sys_days(end) - std::chrono::days(6));
    } else {
      out.first = MakeDate(moment.year, moment.first_month, 7 * moment.day - 6);
      out.last = MakeDate(moment.year, moment.first_month, 7 * moment.day);
      if (out.first && !out.last) out.last = end;
    }
    return out;
  }
  out.first = MakeDate(moment.year, moment.first_month, 1);
  out.last = LastOfMonth(moment.year, moment.last_month);
  if (moment.edge == Edge::kEnd) out.first.reset();
  if (moment.edge == Edge::kBegin || moment.edge == Edge::kMiddle) out.last.reset();
  return out;
}

const char* NameOf(int weekday) {
  static constexpr std::array<const char*, 7> kNames = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
  return kNames.at(static_cast<std::size_t>(weekday));
}

// Months of a unit; 0 for days and weeks.
int MonthsOf(Unit unit) {
  switch (unit) {
    case Unit::kMonth:
      return 1;
    case Unit::kQuarter:
      return 3;
    case Unit::kYear:
      return 12;
    default:
      return 0;
  }
}

// RFC 5545. A rule of so many months, "02 lần/năm" = every six months.
std::string RuleOf(const Repetition& repetition, double* certainty) {
  const auto interval = [](int n) { return n > 1 ? ";INTERVAL=" + std::to_string(n) : std::string(); };
  if (repetition.month_of_quarter > 0) {
    std::string months;
    for (int month = repetition.month_of_quarter; month <= 12; month += 3)
      months += (months.empty() ? "" : ",") + std::to_string(month);
    std::string out = "FREQ=YEARLY;BYMONTH=" + months;
    if (repetition.month_day != 0) out += ";BYMONTHDAY=" + std::to_string(repetition.month_day);
    return out;
  }
  const int times = std::max(1, repetition.times);
  if (repetition.unit == Unit::kDay) return "FREQ=DAILY" + interval(repetition.count);
  if (repetition.unit == Unit::kWeek) {
    if (times > 1) *certainty = std::min(*certainty, kTimesNotDividing);
    std::string out = "FREQ=WEEKLY" + interval(repetition.count);
    if (repetition.weekday >= 0) out += std::string(";BYDAY=") + NameOf(repetition.weekday);
    return out;
  }
  const int months = MonthsOf(repetition.unit) * repetition.count;
  if (times > months) {  // "2 lần/tháng"
    *certainty = std::min(*certainty, kTimesNotDividing);
    return months == 1 && times <= 4 ? "FREQ=WEEKLY" + interval(4 / times) : "FREQ=WEEKLY";
  }
  if (months % times != 0) *certainty = std::min(*certainty, kTimesNotDividing);
  const int step = std::max(1, months / times);
  std::string out = step % 12 == 0 ? "FREQ=YEARLY" + interval(step / 12) : "FREQ=MONTHLY" + interval(step);
  if (repetition.month_day != 0) out += ";BYMONTHDAY=" + std::to_string(repetition.month_day);
  return out;
}

// How often, to find the most frequent of several rules: days between two times.
int Spacing(const Repetition& repetition) {
  const int months = MonthsOf(repetition.unit);
  const int days = months > 0 ? 30 * months : repetition.unit == Unit::kWeek ? 7 : 1;
  return days * repetition.count / std::max(1, repetition.times);
}

template <typename T>
void KeepOuter(std::vector<T>* facts) {
  facts->erase(std::remove_if(facts->begin(), facts->end(), [](const T& fact) { return fact.depth > 0; }),
               facts->end());
}

DeadlineFacts OuterOf(DeadlineFacts facts) {
  KeepOuter(&facts.moments);
  KeepOuter(&facts.repetitions);
  KeepOuter(&facts.bare_units);
  KeepOuter(&facts.ongoing);
  KeepOuter(&facts.periodic);
  KeepOuter(&facts.unscheduled);
  KeepOuter(&facts.relative);
  return facts;
}

class Decision {
 public:
  Decision(DeadlineFacts facts, const std::optional<DefaultYear>& default_year)
      : facts_(std::move(facts)), default_year_(default_year) {
    for (const Moment& moment : facts_.moments) named_.push_back(moment.year != 0);
    GiveYears();
  }

  DeadlineReading Run() {
    if (!facts_.ongoing.empty())
      Ongoing();
    else if (!facts_.repetitions.empty() || facts_.bare_units.size() > 1 ||
             (!facts_.periodic.empty() && !facts_.bare_units.empty()))
      Periodic();
    else if (!BoundMoments().empty())
      By(BoundMoments());
    else if (!facts_.periodic.empty() && OnlyYears())
      PeriodicWithoutRule();
    else if (!facts_.moments.empty())
      Spans();
    else if (!facts_.relative.empty() || !facts_.unscheduled.empty())
      Relative();
    else
      out_.certainty = kUnknown;
    if (out_.impossible) out_.certainty = std::min(out_.certainty, 0.5);
    out_.clock_times = facts_.clock_times;
    return std::move(out_);
  }

 private:
  Deadline& deadline() { return out_.deadline; }
  void Doubt(double certainty) { out_.certainty = std::min(out_.certainty, certainty); }

  // Years that stand elsewhere: of the next moment, else of the one before, else of the document.
  void GiveYears() {
    std::vector<Moment>& moments = facts_.moments;
    // A year alone dates the moments beside it: "Năm 2024: quý II"
    for (std::size_t i = moments.size(); i-- > 1;)
      if (moments[i - 1].year == 0 && moments[i].year != 0) Take(moments[i], &moments[i - 1], i - 1);
    for (std::size_t i = 1; i < moments.size(); ++i)
      if (moments[i].year == 0 && moments[i - 1].year != 0) Take(moments[i - 1], &moments[i], i);
    for (std::size_t i = 0; i + 1 < moments.size(); ++i) {
      Moment& first = moments[i];
      Moment& last = moments[i + 1];
      if (!last.ends_range || first.year == 0 || first.year != last.year ||
          first.first_month <= last.last_month)
        continue;
      if (!named_[i])
        --first.year;  // "từ tháng 10 đến tháng 3/2025"
      else if (!named_[i + 1])
        ++last.year;  // "từ tháng 10/2024 đến tháng 3"
    }
    for (Moment& moment : moments) {
      if (moment.year != 0 || !default_year_) continue;
      moment.year = default_year_->year;
      moment.certainty = std::min(moment.certainty, default_year_->certainty);
    }
  }

  static void Take(const Moment& from, Moment* to, std::size_t) {
    to->year = from.year;
    if (from.sentence != to->sentence) to->certainty = std::min(to->certainty, kYearOfNeighbour);
  }

  bool OnlyYears() const {
    return std::all_of(facts_.moments.begin(), facts_.moments.end(),
                       [](const Moment& moment) { return moment.unit == Unit::kYear; });
  }

  // The days of a moment that is used: notes what does not exist.
  Days Used(const Moment& moment) {
    const Days days = DaysOf(moment);
    if (moment.unit == Unit::kDay && moment.year != 0 && !days.last) out_.impossible = true;
    Doubt(moment.certainty);
    if (moment.edge != Edge::kNone) Doubt(kEdgeOfSpan);
    return days;
  }

  void SetSpan(const std::vector<Moment>& moments) {
    bool open = false;
    for (const Moment& moment : moments) {
      const Days days = Used(moment);
      const bool from_only = moment.bound == Bound::kFrom && moments.size() == 1;
      if (days.first && (!deadline().start || InOrder(*days.first, *deadline().start)))
        deadline().start = days.first;
      if (!from_only && days.last && (!deadline().end || InOrder(*deadline().end, *days.last)))
        deadline().end = days.last;
      open = open || from_only;
    }
    if (open || facts_.open_end) deadline().end.reset();
  }

  void Ongoing() {
    deadline().kind = DeadlineKind::kOngoing;
    std::vector<Moment> spans;
    for (std::size_t i = 0; i < facts_.moments.size(); ++i) {
      const Moment& moment = facts_.moments[i];
      const bool beside =
          std::any_of(facts_.ongoing.begin(), facts_.ongoing.end(),
                      [&](const Marker& marker) { return marker.sentence == moment.sentence; });
      const bool dated = named_[i] || (moment.year != 0 && i + 1 < named_.size() && named_[i + 1]);
      if (!beside || !dated || moment.bound == Bound::kBefore) continue;
      if (moment.unit == Unit::kDay && moment.bound != Bound::kFrom && !moment.ends_range) continue;
      spans.push_back(moment);
    }
    SetSpan(spans);
    for (const Marker& marker : facts_.ongoing) Doubt(marker.certainty);
    const bool rule_beside = std::any_of(facts_.repetitions.begin(), facts_.repetitions.end(),
                                         [&](const Repetition& r) { return r.depth == 0; });
    if (rule_beside) Doubt(kOngoingAndRule);
  }

  void Periodic() {
    deadline().kind = DeadlineKind::kPeriodic;
    std::vector<Repetition> all = facts_.repetitions;
    if (all.empty()) all = facts_.bare_units;
    const auto finest =
        std::min_element(all.begin(), all.end(),
                         [](const Repetition& a, const Repetition& b) { return Spacing(a) < Spacing(b); });
    Repetition rule = *finest;
    for (const Repetition& other : all) {
      if (Spacing(other) != Spacing(rule)) Doubt(kSeveralRules);
      if (other.month_day != 0 && rule.month_day == 0 && other.unit == rule.unit) rule = other;
      if (other.month_of_quarter != 0 && rule.unit == Unit::kQuarter && rule.month_of_quarter == 0)
        rule = other;
    }
    Doubt(rule.certainty);
    if (rule.unit == Unit::kYear && rule.count == 1 && rule.times == 1 && YearlyOn(&deadline())) return;
    double certainty = 1;
    deadline().recurrence = RuleOf(rule, &certainty);
    Doubt(certainty);
    std::vector<Moment> years;
    for (std::size_t i = 0; i < facts_.moments.size(); ++i) {
      const Moment& moment = facts_.moments[i];
      if (named_[i] && moment.unit != Unit::kDay && moment.bound == Bound::kNone)
        years.push_back(moment);
      else if (moment.unit == Unit::kDay && rule.month_day == 0)
        Doubt(kSeveralRules);
    }
    SetSpan(years);
  }

  // "trước ngày 15/6 và 15/12 hàng năm", "Tháng 12 hàng năm"
  bool YearlyOn(Deadline* deadline) {
    std::set<int> months, days;
    for (std::size_t i = 0; i < facts_.moments.size(); ++i) {
      const Moment& moment = facts_.moments[i];
      if (named_[i] || moment.unit == Unit::kYear || moment.unit == Unit::kSchoolYear) continue;
      months.insert(moment.last_month);
      if (moment.unit == Unit::kDay)
        days.insert(moment.day);
      else if (moment.unit != Unit::kMonth)
        Doubt(kEdgeOfSpan);
      if (moment.edge == Edge::kEnd) days.insert(-1);
      Doubt(MomentWithoutYear(moment));
    }
    if (months.empty()) return false;
    std::string rule = "FREQ=YEARLY;BYMONTH=";
    for (const int month : months) rule += (month == *months.begin() ? "" : ",") + std::to_string(month);
    if (!days.empty()) {
      rule += ";BYMONTHDAY=";
      for (const int day : days) rule += (day == *days.begin() ? "" : ",") + std::to_string(day);
      if (days.size() > 1) Doubt(kSeveralRules);
    }
    deadline->recurrence = rule;
    return true;
  }

  // The document's year plays no part in "hàng năm", so its doubt does not either.
  double MomentWithoutYear(const Moment& moment) const {
    return default_year_ && moment.certainty == default_year_->certainty ? 1 : moment.certainty;
  }

  void PeriodicWithoutRule() {
    deadline().kind = DeadlineKind::kPeriodic;
    std::vector<Moment> years;
    for (std::size_t i = 0; i < facts_.moments.size(); ++i)
      if (named_[i]) years.push_back(facts_.moments[i]);
    SetSpan(years);
    for (const Marker& marker : facts_.periodic) Doubt(marker.certainty);
  }

  // Dates by which, the finest: a day beats a month beside it.
  std::vector<Moment> BoundMoments() const {
    std::vector<Moment> days, longer;
    for (const Moment& moment : facts_.moments) {
      if (moment.ends_range || (moment.bound != Bound::kBefore && moment.bound != Bound::kBy)) continue;
      (moment.unit == Unit::kDay ? days : longer).push_back(moment);
    }
    return days.empty() ? longer : days;
  }

  void By(const std::vector<Moment>& moments) {
    deadline().kind = DeadlineKind::kBy;
    const Moment& last = moments.back();
    const Days days = Used(last);
    deadline().end = days.last;
    if (last.unit != Unit::kDay && last.bound == Bound::kBefore && last.edge == Edge::kNone) {
      Doubt(kBeforeLongSpan);
      if (days.first) deadline().end = Date(std::chrono::sys_days(*days.first) - std::chrono::days(1));
    }
    for (const Moment& moment : moments) {
      const Days other = DaysOf(moment);
      if (other.last && deadline().end && !InOrder(*other.last, *days.last)) Doubt(kUnordered);
    }
  }

  void Spans() {
    std::vector<Moment> moments = facts_.moments;
    const auto has = [&](auto test) { return std::any_of(moments.begin(), moments.end(), test); };
    const auto drop = [&](auto test) {
      moments.erase(std::remove_if(moments.begin(), moments.end(), test), moments.end());
    };
    // A year beside finer moments only dates them.
    const bool range = has([](const Moment& m) { return m.ends_range || m.bound == Bound::kFrom; });
    if (!range && has([](const Moment& m) { return m.unit != Unit::kYear; }))
      drop([](const Moment& m) { return m.unit == Unit::kYear && m.edge == Edge::kNone; });
    if (!range && has([](const Moment& m) { return m.unit == Unit::kDay; }))
      drop([](const Moment& m) { return m.unit != Unit::kDay; });
    const bool days = !range && moments.front().unit == Unit::kDay;
    if (days) {
      deadline().kind = DeadlineKind::kOn;
      const Days on = Used(moments.back());
      deadline().start = on.first;
      deadline().end = on.last;
      return;
    }
    const auto all = [&](Unit unit) {
      return std::all_of(moments.begin(), moments.end(), [&](const Moment& m) { return m.unit == unit; });
    };
    const bool edges = has([](const Moment& m) { return m.edge != Edge::kNone; });
    const bool from = has([](const Moment& m) { return m.bound == Bound::kFrom; });
    if (moments.size() == 1 && moments.front().edge == Edge::kEnd)
      deadline().kind = DeadlineKind::kBy;
    else if (all(Unit::kQuarter) && !from && !edges)
      deadline().kind = DeadlineKind::kQuarter;
    else if (all(Unit::kYear) && moments.size() == 1 && !from && !edges && !facts_.open_end)
      deadline().kind = DeadlineKind::kYear;
    else
      deadline().kind = DeadlineKind::kBetween;
    SetSpan(moments);
  }

  void Relative() {
    deadline().kind = DeadlineKind::kRelative;
    for (const Marker& marker : facts_.relative) Doubt(marker.certainty);
  }

  DeadlineFacts facts_;
  const std::optional<DefaultYear>& default_year_;
  std::vector<bool> named_;  // the year stands with the moment itself
  DeadlineReading out_;
};

bool SaysWhen(DeadlineKind kind) {
  return kind != DeadlineKind::kUnknown && kind != DeadlineKind::kRelative;
}

}  // namespace

DeadlineReading ParseDeadline(std::string_view text, const std::optional<DefaultYear>& default_year,
                              const DeadlineRules& rules) {
  const DeadlineFacts facts = ReadFacts(LexDeadline(text, rules));
  DeadlineReading out = Decision(OuterOf(facts), default_year).Run();
  if (!SaysWhen(out.deadline.kind)) {
    DeadlineReading whole = Decision(facts, default_year).Run();
    if (SaysWhen(whole.deadline.kind)) {
      out = std::move(whole);
      out.certainty = std::min(out.certainty, kInBrackets);
    }
  }
  out.deadline.text = std::string(text);
  return out;
}

}  // namespace vanthu::extract
