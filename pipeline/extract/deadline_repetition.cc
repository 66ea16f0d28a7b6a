#include "pipeline/extract/deadline_repetition.h"

#include <utility>

#include "pipeline/extract/deadline_tokens.h"

namespace vanthu::extract {
namespace {

class RepetitionReader : public TokenReader {
 public:
  RepetitionReader(const std::vector<Token>& tokens, std::size_t at, bool bound)
      : TokenReader(tokens), at_(at), bound_(bound) {}

  FoundRepetitions Run() {
    if (!Take()) return {};
    return std::move(found_);
  }

 private:
  void Repeat(Repetition repetition, std::size_t end, double certainty) {
    repetition.certainty = certainty;
    found_.repetitions.push_back(repetition);
    found_.end = at_ = end;
  }

  bool Take() {
    return TakeDayOfMonth() || TakeWeekday() || TakeMonthOfQuarter(at_, 0) || TakeTimes() || TakeEvery() ||
           TakeEdgeOfPeriod();
  }

  // "ngày 05 hàng tháng", "ngày 15 của tháng cuối quý", "ngày 25 của tháng"
  bool TakeDayOfMonth() {
    std::size_t i = at_;
    int day = 0;
    if (Is(i, Term::kLastDay)) {
      day = -1;
      ++i;
    } else {
      const bool word = Is(i, Term::kDay);
      i = Skip(i, {Term::kDay});
      if (!IsNumber(i, 1, 31) || tokens_[i].digits > 2) return false;
      if (!word && !bound_ && !Is(i + 1, Term::kEvery) && !Is(i + 1, Term::kOf)) return false;
      day = tokens_[i].number;
      ++i;
      // "từ ngày 15 đến ngày 20 hàng tháng", "ngày 15, 30 hàng tháng": the last
      const std::size_t other = Skip(i, {Term::kTo, Term::kDash, Term::kComma, Term::kAnd, Term::kDay});
      if (other > i && IsNumber(other, 1, 31) && (Is(other + 1, Term::kEvery) || Is(other + 1, Term::kOf))) {
        day = tokens_[other].number;
        i = other + 1;
      }
    }
    const double certainty = CertaintyOf(at_, i);
    const std::size_t before_of = i;
    i = Skip(i, {Term::kOf, Term::kInside, Term::kComma});
    const std::size_t here = at_;
    at_ = i;
    if (TakeMonthOfQuarter(i, day)) {
      found_.repetitions.back().certainty *= certainty;
      return true;
    }
    at_ = here;
    const bool every = Is(i, Term::kEvery);
    if (every) ++i;
    if (!every && before_of == i) return false;
    if (Is(i, Term::kMonth) && !Is(i + 1, Term::kNumber)) {
      Repetition repetition;
      repetition.month_day = day;
      Repeat(repetition, i + 1, certainty);
      return true;
    }
    if (every && Is(i, Term::kQuarter)) {
      Repetition repetition;
      repetition.unit = Unit::kQuarter;
      repetition.month_day = day;
      Repeat(repetition, i + 1, certainty * kLoose);
      return true;
    }
    return false;
  }

  // "tháng cuối quý", "tháng đầu của mỗi quý"
  bool TakeMonthOfQuarter(std::size_t i, int day) {
    if (Is(i, Term::kEvery)) ++i;
    if (!Is(i, Term::kMonth)) return false;
    Repetition repetition;
    if (Is(i + 1, Term::kEnd))
      repetition.month_of_quarter = 3;
    else if (Is(i + 1, Term::kMiddle))
      repetition.month_of_quarter = 2;
    else if (Is(i + 1, Term::kBegin))
      repetition.month_of_quarter = 1;
    else
      return false;
    i = Skip(i + 2, {Term::kOf, Term::kInside, Term::kEvery});
    int quarter = 0;
    if (!Is(i, Term::kQuarter) || QuarterNumeral(i + 1, &quarter) > 0) return false;
    repetition.unit = Unit::kQuarter;
    repetition.month_day = day;
    Repeat(repetition, i + 1, 1);
    return true;
  }

  // "thứ sáu hàng tuần"
  bool TakeWeekday() {
    std::size_t i = at_;
    Repetition repetition;
    repetition.unit = Unit::kWeek;
    if (Is(i, Term::kDay)) ++i;
    if (Is(i, Term::kWeekday) && IsNumber(i + 1, 2, 7)) {
      repetition.weekday = tokens_[i + 1].number - 2;
      i += 2;
    } else if (Is(i, Term::kWeekday) && Is(i + 1, Term::kYear)) {
      repetition.weekday = 3;  // "thứ năm" is Thursday: năm is also five
      i += 2;
    } else if (Is(i, Term::kSunday)) {
      repetition.weekday = 6;
      ++i;
    } else {
      return false;
    }
    i = Skip(i, {Term::kOf, Term::kInside, Term::kComma});
    if (Is(i, Term::kEvery)) ++i;
    if (!Is(i, Term::kWeek)) return false;
    Repeat(repetition, i + 1, 1);
    return true;
  }

  // "02 lần/năm", "06 tháng/ 01 lần", "mỗi năm 1 lần", "3 tháng một lần", "tháng/lần"
  bool TakeTimes() {
    Repetition repetition;
    std::size_t i = at_;
    if (IsNumber(i, 1, 60) && Is(i + 1, Term::kTimes)) {
      const int times = tokens_[i].number;
      i = Skip(i + 2, {Term::kSlash, Term::kInside, Term::kOf, Term::kEvery, Term::kDash, Term::kPeriodic});
      const std::size_t end = ReadUnit(i, &repetition);
      if (end == 0) return false;
      repetition.times = times;
      Repeat(repetition, end, CertaintyOf(at_, end));
      return true;
    }
    if (Is(i, Term::kEvery)) ++i;
    const std::size_t end = ReadUnit(i, &repetition);
    if (end == 0) return false;
    i = Skip(end, {Term::kSlash, Term::kInside, Term::kDash, Term::kComma});
    if (IsNumber(i, 1, 60) && Is(i + 1, Term::kTimes)) {
      repetition.times = tokens_[i].number;
      i += 2;
    } else if (i > end && Is(i, Term::kTimes)) {
      ++i;
    } else {
      return false;
    }
    Repeat(repetition, i, CertaintyOf(at_, i));
    return true;
  }

  // "hàng quý", "hàng tháng, quý, năm", "định kỳ 6 tháng", "theo quý"
  bool TakeEvery() {
    std::size_t i = at_;
    const bool periodic = Is(i, Term::kPeriodic);
    const bool by = Is(i, Term::kRelative) && tokens_[i].word == "theo";
    if (!periodic && !by && !Is(i, Term::kEvery)) return false;
    ++i;
    if (periodic)
      i = Skip(i, {Term::kOf, Term::kInside, Term::kOpen, Term::kComma, Term::kColon, Term::kEvery});
    if (by) i = Skip(i, {Term::kEvery});
    Repetition repetition;
    const std::size_t end = ReadUnit(i, &repetition);
    if (end == 0) return false;
    if (by && !ClauseEnds(end)) return false;  // "theo tháng thanh niên"
    if (periodic) found_.periodic = true;
    Repeat(repetition, end, CertaintyOf(at_, end));
    for (;;) {
      i = Skip(at_, {Term::kComma, Term::kAnd, Term::kEvery, Term::kSlash});
      Repetition next;
      const std::size_t next_end = i > at_ ? ReadUnit(i, &next) : 0;
      if (next_end == 0) return true;
      Repeat(next, next_end, CertaintyOf(i, next_end));
    }
  }

  // "cuối tháng", "cuối quý", "cuối mỗi năm": of every one
  bool TakeEdgeOfPeriod() {
    if (!Is(at_, Term::kEnd) && !Is(at_, Term::kBegin)) return false;
    std::size_t i = Skip(at_ + 1, {Term::kOf});
    const bool every = Is(i, Term::kEvery);
    if (every) ++i;
    Repetition repetition;
    if (Is(i, Term::kYear) && !every) return false;
    const std::size_t end = ReadUnit(i, &repetition);
    if (end == 0 || repetition.count != 1) return false;
    if (Is(at_, Term::kEnd) && repetition.unit == Unit::kMonth) repetition.month_day = -1;
    Repeat(repetition, end, every ? 1 : kLoose);
    return true;
  }

  std::size_t at_;
  bool bound_;
  FoundRepetitions found_;
};

}  // namespace

FoundRepetitions ReadRepetitions(const std::vector<Token>& tokens, std::size_t at, bool bound) {
  return RepetitionReader(tokens, at, bound).Run();
}

}  // namespace vanthu::extract
