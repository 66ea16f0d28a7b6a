#include "pipeline/extract/deadline_grammar.h"

#include <algorithm>
#include <utility>

namespace vanthu::extract {
namespace {

constexpr int kFirstYear = 1945;  // the oldest document of the state
constexpr int kLastYear = 2150;

// Guesses of how sure a reading is when a numeral is a misread one, and when a phrase leaves room.
constexpr double kMisreadNumeral = 0.7;
constexpr double kShortYear = 0.85;  // "15/3/24"
constexpr double kNearWord = 0.85;   // "đến thành 12": a slip of a letter
constexpr double kLoose = 0.8;       // "tuần 2 tháng 3", "cuối tháng"

bool IsYear(int number) {
  return number >= kFirstYear && number <= kLastYear;
}

class Parser {
 public:
  explicit Parser(const std::vector<Token>& tokens) : tokens_(tokens) {}

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
  Term TermAt(std::size_t i) const { return i < tokens_.size() ? tokens_[i].term : Term::kBreak; }
  bool Is(std::size_t i, Term term) const { return i < tokens_.size() && tokens_[i].term == term; }
  bool IsSeparator(std::size_t i) const {
    return Is(i, Term::kSlash) || Is(i, Term::kDash) || Is(i, Term::kDot);
  }
  bool IsNumber(std::size_t i, int least, int most) const {
    return Is(i, Term::kNumber) && tokens_[i].number >= least && tokens_[i].number <= most;
  }
  std::size_t Skip(std::size_t i, std::initializer_list<Term> terms) const {
    while (i < tokens_.size() && std::find(terms.begin(), terms.end(), tokens_[i].term) != terms.end()) ++i;
    return i;
  }
  double CertaintyOf(std::size_t from, std::size_t to) const {
    double out = 1;
    for (std::size_t i = from; i < to && i < tokens_.size(); ++i) out = std::min(out, tokens_[i].certainty);
    return out;
  }
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
        NewSentence();
        break;
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
    if (IsNumber(i, 0, 59) && !tokens_[i].space_before)
      ++i;
    else if (IsNumber(i, 0, 59) && Is(i + 1, Term::kMinute))
      ++i;
    if (Is(i, Term::kMinute)) ++i;
    if (Is(i, Term::kComma)) ++i;
    facts_.clock_times = true;
    at_ = i;
    return true;
  }

  // ---- numerals and years

  // A quarter's numeral at i: certainty, 0 if it is none.
  double QuarterNumeral(std::size_t i, int* quarter) const {
    if (i >= tokens_.size()) return 0;
    const Token& token = tokens_[i];
    if (token.term == Term::kRoman ||
        (token.term == Term::kNumber && token.number >= 1 && token.number <= 4 && token.digits <= 2)) {
      *quarter = token.number;
      return token.certainty;
    }
    if (token.misread_roman == 0) return 0;
    *quarter = token.misread_roman;
    return kMisreadNumeral;
  }

  // "/2023", " năm 2023", "-2023" at i; the end, or i if there is none.
  std::size_t ReadYear(std::size_t i, Moment* moment) const {
    std::size_t j = i;
    if (IsSeparator(j) || Is(j, Term::kComma)) ++j;
    j = Skip(j, {Term::kOf, Term::kInside});
    const std::size_t word = j;
    j = Skip(j, {Term::kYear});
    if (!Is(j, Term::kNumber)) return i;
    const Token& token = tokens_[j];
    if (IsYear(token.number) && token.digits == 4) {
      // a comma or a dash before a bare year starts something new: "tháng 6, 2025-2026"
      if (word == j && Is(i, Term::kComma)) return i;
      moment->year = token.number;
      moment->certainty = std::min(moment->certainty, token.certainty);
      return j + 1;
    }
    if (token.digits == 2 && token.number >= 15 && token.number <= 60 &&
        (j > word ||
         (IsSeparator(i) && moment->day > 0 && !tokens_[i].space_before && !token.space_before))) {
      moment->year = 2000 + token.number;
      moment->certainty = std::min(moment->certainty, kShortYear * token.certainty);
      return j + 1;
    }
    return i;
  }

  // "15/3/2024", "15 tháng 3 năm 2024" at i (after "ngày"); the end, 0 if there is none.
  std::size_t ReadDate(std::size_t i, Moment* moment) const {
    if (!IsNumber(i, 1, 31) || tokens_[i].digits > 2) return 0;
    std::size_t j = i + 1;
    bool sign = false;
    if (IsSeparator(j) && IsNumber(j + 1, 1, 12) && tokens_[j + 1].digits <= 2) {
      sign = true;
      ++j;
    } else {
      j = Skip(j, {Term::kSlash, Term::kComma});
      if (!Is(j, Term::kMonth)) return 0;
      ++j;
      if (!IsNumber(j, 1, 12)) return 0;
    }
    moment->unit = Unit::kDay;
    moment->day = tokens_[i].number;
    moment->first_month = moment->last_month = tokens_[j].number;
    moment->certainty = CertaintyOf(i, j + 1);
    const std::size_t end = ReadYear(j + 1, moment);
    // "4-6/2025" are months; "3.4" and "1-2" without a year are more likely no date
    if (sign && end == j + 1 && !Is(i + 1, Term::kSlash)) return 0;
    if (sign && end > j + 1 && Is(i + 1, Term::kDash) && !Is(j + 1, Term::kDash)) return 0;
    return end;
  }

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

  // "tháng 6/2025", "T6/2025" at i; the end, 0 if there is none.
  std::size_t ReadMonth(std::size_t i, Moment* moment) const {
    std::size_t number = i + 1;
    if (Is(i, Term::kMonthBeforeNumeral)) {
      if (Is(number, Term::kDot)) ++number;
    } else if (!Is(i, Term::kMonth)) {
      return 0;
    }
    if (!IsNumber(number, 1, 12) || tokens_[number].digits > 2) return 0;
    moment->unit = Unit::kMonth;
    moment->first_month = moment->last_month = tokens_[number].number;
    moment->certainty = std::min(moment->certainty, tokens_[number].certainty);
    return ReadYear(number + 1, moment);
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

  static bool NearMonth(const std::string& word) {
    return word.size() >= 4 && word.size() <= 8 && word.compare(0, 2, "th") == 0;
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

  static Moment QuarterOf(int quarter, double certainty) {
    Moment moment;
    moment.unit = Unit::kQuarter;
    moment.first_month = 3 * quarter - 2;
    moment.last_month = 3 * quarter;
    moment.certainty = certainty;
    return moment;
  }

  // ", III/2023", "- 6/2025", " và 12": more numerals after a month or a quarter.
  void MoreOf(Unit unit) {
    for (;;) {
      std::size_t i = at_;
      if (Is(i, Term::kComma) || Is(i, Term::kAnd))
        i = Skip(i, {Term::kComma, Term::kAnd});
      else if (Is(i, Term::kDash) || Is(i, Term::kTo))
        ++i;
      else if (unit == Unit::kQuarter && Is(i, Term::kSlash))
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

  // A unit at i: "tháng", "6 tháng", "quý". Returns its end, 0 if there is none.
  std::size_t ReadUnit(std::size_t i, Repetition* repetition) const {
    int count = 1;
    if (IsNumber(i, 1, 60)) {
      count = tokens_[i].number;
      ++i;
    }
    switch (TermAt(i)) {
      case Term::kDay:
        repetition->unit = Unit::kDay;
        break;
      case Term::kWeek:
        repetition->unit = Unit::kWeek;
        break;
      case Term::kMonth:
        repetition->unit = Unit::kMonth;
        break;
      case Term::kQuarter:
        repetition->unit = Unit::kQuarter;
        break;
      case Term::kYear:
        repetition->unit = Unit::kYear;
        break;
      default:
        return 0;
    }
    // "tháng 6", "năm 2024", "quý II" are moments
    int quarter = 0;
    if (Is(i + 1, Term::kNumber) && !Is(i + 2, Term::kTimes)) return 0;
    if (repetition->unit == Unit::kQuarter && QuarterNumeral(i + 1, &quarter) > 0 && !Is(i + 2, Term::kTimes))
      return 0;
    repetition->count = count;
    return i + 1;
  }

  void Repeat(Repetition repetition, std::size_t end, double certainty) {
    repetition.depth = depth_;
    repetition.certainty = certainty;
    facts_.repetitions.push_back(repetition);
    at_ = end;
  }

  bool TakeRepetition() {
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
      if (!word && bound_ == Bound::kNone && !Is(i + 1, Term::kEvery) && !Is(i + 1, Term::kOf)) return false;
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
      facts_.repetitions.back().certainty *= certainty;
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
    if (periodic) facts_.periodic.push_back(Here(1));
    Repeat(repetition, end, CertaintyOf(at_, end));
    for (;;) {
      i = Skip(at_, {Term::kComma, Term::kAnd, Term::kEvery, Term::kSlash});
      Repetition next;
      const std::size_t next_end = i > at_ ? ReadUnit(i, &next) : 0;
      if (next_end == 0) return true;
      Repeat(next, next_end, CertaintyOf(i, next_end));
    }
  }

  bool ClauseEnds(std::size_t i) const {
    switch (TermAt(i)) {
      case Term::kBreak:
      case Term::kSemicolon:
      case Term::kComma:
      case Term::kDot:
      case Term::kOpen:
      case Term::kClose:
      case Term::kAnd:
        return true;
      default:
        return false;
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

  bool StartsTime(std::size_t i) const {
    switch (TermAt(i)) {
      case Term::kBefore:
      case Term::kLatest:
      case Term::kUntil:
      case Term::kQuarter:
      case Term::kMonth:
      case Term::kDay:
      case Term::kInside:
      case Term::kFrom:
      case Term::kOngoing:
      case Term::kPeriodic:
      case Term::kEvery:
      case Term::kYear:
        return true;
      case Term::kNumber:
        return !Is(i + 1, Term::kNone);
      default:
        return false;
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

  bool DateFollows(std::size_t i) const {
    Moment ignored;
    i = Skip(i, {Term::kDay});
    return ReadDate(i, &ignored) > 0 || ReadMonth(i, &ignored) > 0 || Is(i, Term::kQuarter) ||
           Is(i, Term::kYear);
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

  const std::vector<Token>& tokens_;
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
