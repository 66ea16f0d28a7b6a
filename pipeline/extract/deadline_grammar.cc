#include "pipeline/extract/deadline_grammar.h"

#include <algorithm>
#include <utility>

#include "pipeline/extract/deadline_repetition.h"
#include "pipeline/extract/deadline_tokens.h"

namespace vanthu::extract {
namespace {

constexpr double kNearWord = 0.85;  // a guess: "đến thành 12" is a slip of a letter

class Parser : public TokenReader {
 public:
  explicit Parser(const std::vector<Token>& tokens) : TokenReader(tokens) {}

  DeadlineFacts Run() {
    while (at_ < tokens_.size()) {
      if (TakeSign() || TakeCitation() || TakeClock() || TakeRepetition() || TakeMoment() || TakeDuration() ||
          TakeMarker() || TakeBareUnit())
        continue;
      ++at_;
      bound_ = Bound::kNone;
    }
    return std::move(facts_);
  }

 private:
  Marker Here(double certainty) const { return {sentence_, depth_, certainty}; }

  void NewSentence() {
    ++sentence_;
    bound_ = Bound::kNone;
    link_ = false;
  }

  // ---- signs, and what is no time at all

  bool TakeSign() {
    switch (TermAt(at_)) {
      case Term::kBreak:
      case Term::kSemicolon:
      case Term::kDot:
        NewSentence();
        break;
      case Term::kOpen:
        ++depth_;
        NewSentence();
        break;
      case Term::kClose:
        depth_ = std::max(0, depth_ - 1);
        NewSentence();
        break;
      case Term::kComma:
      case Term::kAnd:
      case Term::kColon:
      case Term::kSlash:
        break;
      case Term::kDash:
        // a dash binds only what stands right before it
        link_ = last_end_ == at_ && at_ > 0;
        break;
      default:
        return false;
    }
    ++at_;
    return true;
  }

  // "số 34/KH-UBND ngày 09/03/2023", "107/2021/NĐ-CP": a document's number and date are no deadline.
  bool TakeCitation() {
    std::size_t i = at_;
    if (Is(i, Term::kDocumentNumber) && Is(i + 1, Term::kNumber)) {
      i += 2;
    } else if (Is(i, Term::kNumber) && Is(i + 1, Term::kSlash)) {
      i += 2;
      if (Is(i, Term::kNumber) && Is(i + 1, Term::kSlash)) i += 2;
      if (!Is(i, Term::kNone)) return false;
    } else {
      return false;
    }
    while (Is(i, Term::kSlash) || Is(i, Term::kDash) || Is(i, Term::kNone) ||
           (Is(i, Term::kNumber) && Is(i - 1, Term::kSlash)))
      ++i;
    if (Is(i, Term::kDay)) {
      Moment ignored;
      const std::size_t end = ReadDate(i + 1, &ignored);
      if (end > 0) i = end;
    }
    at_ = i;
    return true;
  }

  // "17h00", "14 giờ 30 phút"
  bool TakeClock() {
    if (!IsNumber(at_, 0, 24) || !Is(at_ + 1, Term::kHour)) return false;
    std::size_t i = at_ + 2;
    if (IsNumber(i, 0, 59) && (!tokens_[i].space_before || Is(i + 1, Term::kMinute))) ++i;
    if (Is(i, Term::kMinute)) ++i;
    if (Is(i, Term::kComma)) ++i;
    facts_.clock_times = true;
    at_ = i;
    return true;
  }

  // ---- numerals and years

  // ---- moments

  void Add(Moment moment, std::size_t end, double certainty) {
    moment.sentence = sentence_;
    moment.depth = depth_;
    moment.certainty *= certainty;
    if (link_ && !facts_.moments.empty() && facts_.moments.back().sentence == sentence_) {
      moment.ends_range = true;
    } else if (bound_ != Bound::kNone) {
      moment.bound = bound_;
    } else if (!facts_.moments.empty() && last_end_ > 0 &&
               Skip(last_end_, {Term::kComma, Term::kAnd, Term::kDay}) >= at_) {
      const Bound before = facts_.moments.back().bound;  // "trước 15/6 và 15/12"
      if (before == Bound::kBefore || before == Bound::kBy) moment.bound = before;
    }
    facts_.moments.push_back(moment);
    at_ = end;
    last_end_ = end;
    bound_ = Bound::kNone;
    link_ = false;
  }

  bool TakeMoment() {
    return TakeDay() || TakeWeek() || TakeHalf() || TakeMonth() || TakeQuarter() || TakeEdge() || TakeYear();
  }

  bool TakeDay() {
    std::size_t i = at_;
    const bool word = Is(i, Term::kDay) || Is(i, Term::kLastDay);
    if (Is(i, Term::kDay)) ++i;
    i = Skip(i, {Term::kDay});
    Moment moment;
    if (const std::size_t end = ReadDate(i, &moment); end > 0) {
      Add(moment, end, CertaintyOf(at_, i));
      return true;
    }
    // "ngày 15 và 20/3/2024", "01-15/3/2024", "ngày 01 đến ngày 15 tháng 3": the first takes its month of the
    // next
    if (!IsNumber(i, 1, 31) || tokens_[i].digits > 2) return false;
    const std::size_t join = i + 1;
    const bool list = Is(join, Term::kAnd) || Is(join, Term::kComma);
    const bool range = Is(join, Term::kDash) || Is(join, Term::kTo);
    if (!list && !range) return false;
    if (!word && bound_ == Bound::kNone && !Is(join, Term::kDash)) return false;
    const std::size_t next = Skip(join + 1, {Term::kDay});
    Moment second;
    const std::size_t end = ReadDate(next, &second);
    if (end == 0) return false;
    moment = second;
    moment.day = tokens_[i].number;
    Add(moment, join, tokens_[i].certainty);
    link_ = range;
    at_ = next;
    Add(second, end, 1);
    return true;
  }

  // "tuần 2 tháng 3/2024", "tuần thứ 2 của tháng 3", "tuần cuối tháng 6"
  bool TakeWeek() {
    if (!Is(at_, Term::kWeek)) return false;
    std::size_t i = Skip(at_ + 1, {Term::kWeekday});
    int week = 0;
    int roman = 0;
    if (Is(i, Term::kEnd))
      week = -1;
    else if (Is(i, Term::kBegin))
      week = 1;
    else if (IsNumber(i, 1, 5))
      week = tokens_[i].number;
    else if (QuarterNumeral(i, &roman) > 0)
      week = roman;
    else
      return false;
    i = Skip(i + 1, {Term::kOf, Term::kInside, Term::kComma});
    Moment moment;
    const std::size_t end = ReadMonth(i, &moment);
    if (end == 0) return false;
    moment.unit = Unit::kWeek;
    moment.day = week;
    Add(moment, end, kLoose);
    return true;
  }

  // "6 tháng đầu năm 2024", "9 tháng đầu năm", "nửa cuối năm 2024"
  bool TakeHalf() {
    std::size_t i = at_;
    Moment moment;
    moment.unit = Unit::kHalf;
    int months = 6;
    bool first = true;
    if (IsNumber(i, 1, 11) && Is(i + 1, Term::kMonth) && (Is(i + 2, Term::kBegin) || Is(i + 2, Term::kEnd))) {
      months = tokens_[i].number;
      first = Is(i + 2, Term::kBegin);
      i += 3;
    } else if (Is(i, Term::kHalfFirst) || Is(i, Term::kHalfLast)) {
      first = Is(i, Term::kHalfFirst);
      ++i;
    } else {
      return false;
    }
    i = Skip(i, {Term::kOf});
    if (!Is(i, Term::kYear)) return false;
    moment.first_month = first ? 1 : 13 - months;
    moment.last_month = first ? months : 12;
    const std::size_t end = ReadYear(i, &moment);
    Add(moment, std::max(end, i + 1), CertaintyOf(at_, i));
    return true;
  }

  bool TakeMonth() {
    Moment moment;
    std::size_t end = ReadMonth(at_, &moment);
    if (end == 0 && IsNumber(at_, 1, 12) && tokens_[at_].digits <= 2 &&
        (Is(at_ + 1, Term::kSlash) || Is(at_ + 1, Term::kDot) || Is(at_ + 1, Term::kDash)) &&
        IsNumber(at_ + 2, kFirstYear, kLastYear)) {
      moment.unit = Unit::kMonth;  // "6/2025"
      moment.first_month = moment.last_month = tokens_[at_].number;
      moment.year = tokens_[at_ + 2].number;
      moment.certainty = CertaintyOf(at_, at_ + 3);
      end = at_ + 3;
    }
    // "đến thành 12": a slip in the word, but what stands around it leaves no doubt
    if (end == 0 && Is(at_, Term::kNone) && NearMonth(tokens_[at_].word) && at_ > 0 &&
        (Is(at_ - 1, Term::kTo) || Is(at_ - 1, Term::kFrom)) && IsNumber(at_ + 1, 1, 12)) {
      moment.unit = Unit::kMonth;
      moment.first_month = moment.last_month = tokens_[at_ + 1].number;
      moment.certainty = kNearWord;
      end = ReadYear(at_ + 2, &moment);
    }
    if (end == 0) return false;
    Add(moment, end, 1);
    MoreOf(Unit::kMonth);
    return true;
  }

  bool TakeQuarter() {
    const bool word = Is(at_, Term::kQuarter);
    if (!word && !Is(at_, Term::kQuarterBeforeNumeral)) return false;
    std::size_t i = at_ + 1;
    if (Is(i, Term::kDot)) ++i;
    int quarter = 0;
    const double sure = QuarterNumeral(i, &quarter);
    if (sure == 0) return false;
    Moment moment = QuarterOf(quarter, sure);
    const std::size_t end = ReadYear(i + 1, &moment);
    Add(moment, end, 1);
    MoreOf(Unit::kQuarter);
    return true;
  }

  // ", III/2023", "- 6/2025", " và 12": more numerals after a month or a quarter.
  void MoreOf(Unit unit) {
    for (;;) {
      std::size_t i = at_;
      if (Is(i, Term::kComma) || Is(i, Term::kAnd))
        i = Skip(i, {Term::kComma, Term::kAnd});
      else if (Is(i, Term::kDash) || Is(i, Term::kTo) || (unit == Unit::kQuarter && Is(i, Term::kSlash)))
        ++i;
      else
        return;
      const bool range = Is(at_, Term::kDash) || Is(at_, Term::kTo);
      Moment moment;
      std::size_t end = 0;
      if (unit == Unit::kQuarter) {
        int quarter = 0;
        const double sure = QuarterNumeral(i, &quarter);
        if (sure == 0 ||
            (Is(i, Term::kNumber) && Is(i + 1, Term::kSlash) && !IsNumber(i + 2, kFirstYear, kLastYear)))
          return;
        moment = QuarterOf(quarter, sure);
        end = ReadYear(i + 1, &moment);
      } else {
        if (!IsNumber(i, 1, 12) || tokens_[i].digits > 2) return;
        if (IsSeparator(i + 1) && Is(i + 2, Term::kNumber) && !IsYear(tokens_[i + 2].number)) return;
        if (Is(i + 1, Term::kMonth) || Is(i + 1, Term::kTimes) || Is(i + 1, Term::kDay)) return;
        moment.unit = Unit::kMonth;
        moment.first_month = moment.last_month = tokens_[i].number;
        moment.certainty = tokens_[i].certainty;
        end = ReadYear(i + 1, &moment);
      }
      link_ = range;
      at_ = i;
      last_end_ = i;
      Add(moment, end, 1);
    }
  }

  // "cuối năm 2024", "đầu quý II", "giữa tháng 6"
  bool TakeEdge() {
    Edge edge = Edge::kNone;
    if (Is(at_, Term::kBegin)) edge = Edge::kBegin;
    if (Is(at_, Term::kMiddle)) edge = Edge::kMiddle;
    if (Is(at_, Term::kEnd)) edge = Edge::kEnd;
    if (edge == Edge::kNone) return false;
    const std::size_t i = Skip(at_ + 1, {Term::kOf});
    Moment moment;
    moment.edge = edge;
    std::size_t end = ReadMonth(i, &moment);
    if (end == 0 && (Is(i, Term::kQuarter) || Is(i, Term::kQuarterBeforeNumeral))) {
      int quarter = 0;
      const double sure = QuarterNumeral(i + 1, &quarter);
      if (sure > 0) {
        moment = QuarterOf(quarter, sure);
        moment.edge = edge;
        end = ReadYear(i + 2, &moment);
      }
    }
    if (end == 0 && Is(i, Term::kYear)) {
      moment.unit = Unit::kYear;
      moment.first_month = 1;
      moment.last_month = 12;
      end = std::max(ReadYear(i, &moment), i + 1);
    }
    if (end == 0) return false;
    Add(moment, end, 1);
    return true;
  }

  bool TakeYear() {
    std::size_t i = at_;
    Moment moment;
    moment.unit = Is(i, Term::kSchoolYear) ? Unit::kSchoolYear : Unit::kYear;
    moment.first_month = 1;
    moment.last_month = 12;
    const bool word = Is(i, Term::kYear) || Is(i, Term::kSchoolYear);
    i = Skip(i, {Term::kYear, Term::kSchoolYear});
    if (!IsNumber(i, kFirstYear, kLastYear) || tokens_[i].digits != 4) {
      // "trong năm": this year
      if (!word || at_ == 0 || !Is(at_ - 1, Term::kInside) || Is(at_ + 1, Term::kFollowing)) return false;
      Add(moment, at_ + 1, 1);
      return true;
    }
    moment.year = tokens_[i].number;
    moment.certainty = tokens_[i].certainty;
    const Unit unit = moment.unit;
    Add(moment, i + 1, 1);
    const bool range = Is(at_, Term::kDash) || Is(at_, Term::kTo) || Is(at_, Term::kSlash);
    const bool list = Is(at_, Term::kComma) || Is(at_, Term::kAnd);
    const std::size_t next = Skip(at_ + 1, {Term::kYear});
    if ((range || list) && IsNumber(next, kFirstYear, kLastYear) && tokens_[next].digits == 4) {
      moment.year = tokens_[next].number;
      moment.unit = unit;
      link_ = true;
      last_end_ = at_ = next;
      Add(moment, next + 1, 1);
    }
    return true;
  }

  // ---- repetitions

  bool TakeRepetition() {
    const FoundRepetitions found = ReadRepetitions(tokens_, at_, bound_ != Bound::kNone);
    if (found.end == 0) return false;
    for (Repetition repetition : found.repetitions) {
      repetition.depth = depth_;
      facts_.repetitions.push_back(repetition);
    }
    if (found.periodic) facts_.periodic.push_back(Here(1));
    at_ = found.end;
    return true;
  }

  // ---- the rest

  // "10 ngày kể từ …", "05 ngày làm việc", "Trước 01 ngày của …": counted from something else
  bool TakeDuration() {
    std::size_t i = at_;
    if (!IsNumber(i, 1, 999)) return false;
    const Term unit = TermAt(i + 1);
    if (unit != Term::kDay && unit != Term::kWeek && unit != Term::kHour &&
        !(unit == Term::kMonth &&
          (Is(i + 2, Term::kSince) || Is(i + 2, Term::kRelative) || Is(i + 2, Term::kFrom))))
      return false;
    facts_.relative.push_back(Here(1));
    at_ = i + 2;
    SkipClause();
    return true;
  }

  void SkipClause() {
    bound_ = Bound::kNone;
    for (; at_ < tokens_.size(); ++at_) {
      switch (TermAt(at_)) {
        case Term::kBreak:
        case Term::kSemicolon:
        case Term::kOpen:
        case Term::kClose:
        case Term::kBefore:
        case Term::kLatest:
        case Term::kOngoing:
        case Term::kPeriodic:
        case Term::kEvery:
          return;
        case Term::kDot:
          if (!(at_ > 0 && Is(at_ - 1, Term::kNumber) && Is(at_ + 1, Term::kNumber))) return;
          break;
        case Term::kComma:
          if (StartsTime(at_ + 1)) return;
          break;
        default:
          break;
      }
    }
  }

  void Bind(Bound bound) {
    bound_ = bound;
    ++at_;
  }

  bool TakeMarker() {
    const double certainty = CertaintyOf(at_, at_ + 1);
    switch (TermAt(at_)) {
      case Term::kBefore:
        Bind(Bound::kBefore);
        return true;
      case Term::kLatest:
        Bind(Bound::kBy);
        return true;
      case Term::kUntil:
      case Term::kTo:
        return TakeUntil();
      case Term::kFrom:
        Bind(Bound::kFrom);
        return true;
      case Term::kInside:
      case Term::kOf:
      case Term::kDay:
      case Term::kStage:
        ++at_;
        return true;
      case Term::kOngoing:
        facts_.ongoing.push_back(Here(certainty));
        break;
      case Term::kPeriodic:
        facts_.periodic.push_back(Here(certainty));
        break;
      case Term::kUnscheduled:
        facts_.unscheduled.push_back(Here(certainty));
        break;
      case Term::kFollowing:
        facts_.open_end = true;
        break;
      case Term::kSince:
        if (facts_.relative.empty() && DateFollows(at_ + 1)) {
          Bind(Bound::kFrom);
          return true;
        }
        [[fallthrough]];
      case Term::kWithin:
      case Term::kRelative:
        facts_.relative.push_back(Here(certainty));
        ++at_;
        SkipClause();
        return true;
      default:
        return false;
    }
    ++at_;
    bound_ = Bound::kNone;
    return true;
  }

  // "đến", "đến hết": the end of a range that "từ" or a moment right before it began, else a bound of its own
  bool TakeUntil() {
    const bool began =
        !facts_.moments.empty() && facts_.moments.back().sentence == sentence_ &&
        facts_.moments.back().depth == depth_ && !facts_.moments.back().ends_range &&
        (facts_.moments.back().bound == Bound::kFrom || Skip(last_end_, {Term::kComma}) == at_);
    link_ =
        began && (facts_.moments.back().bound == Bound::kFrom || facts_.moments.back().bound == Bound::kNone);
    Bind(Bound::kBy);
    return true;
  }

  bool TakeBareUnit() {
    Repetition repetition;
    const std::size_t end = ReadUnit(at_, &repetition);
    if (end == 0 || repetition.unit == Unit::kDay) return false;
    repetition.depth = depth_;
    facts_.bare_units.push_back(repetition);
    at_ = end;
    return true;
  }

  std::size_t at_ = 0;
  std::size_t last_end_ = 0;  // where the last moment ended
  int sentence_ = 0;
  int depth_ = 0;
  Bound bound_ = Bound::kNone;  // of the next moment
  bool link_ = false;           // the next moment ends a range
  DeadlineFacts facts_;
};

}  // namespace

DeadlineFacts ReadFacts(const std::vector<Token>& tokens) {
  return Parser(tokens).Run();
}

}  // namespace vanthu::extract
