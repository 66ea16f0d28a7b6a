#include "pipeline/extract/deadline_tokens.h"

namespace vanthu::extract {
namespace {

// Guesses of how sure a reading is.
constexpr double kMisreadNumeral = 0.7;
constexpr double kShortYear = 0.85;  // "15/3/24"

}  // namespace

double TokenReader::QuarterNumeral(std::size_t i, int* quarter) const {
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

std::size_t TokenReader::ReadYear(std::size_t i, Moment* moment) const {
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
      (j > word || (IsSeparator(i) && moment->day > 0 && !tokens_[i].space_before && !token.space_before))) {
    moment->year = 2000 + token.number;
    moment->certainty = std::min(moment->certainty, kShortYear * token.certainty);
    return j + 1;
  }
  return i;
}

std::size_t TokenReader::ReadDate(std::size_t i, Moment* moment) const {
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
  // "31/10/202", "01/3/202431/3/2024": a year that lost a figure, or ran into the next date
  constexpr double kDamaged = 0.6;  // a guess, below what counts as certain
  if (sign && end == j + 1 && Is(end, Term::kSlash) && Is(end + 1, Term::kNumber))
    moment->certainty = std::min(moment->certainty, kDamaged);
  // "4-6/2025" are months; "3.4" and "1-2" without a year are more likely no date
  if (sign && end == j + 1 && !Is(i + 1, Term::kSlash)) return 0;
  if (sign && end > j + 1 && Is(i + 1, Term::kDash) && !Is(j + 1, Term::kDash)) return 0;
  return end;
}

std::size_t TokenReader::ReadMonth(std::size_t i, Moment* moment) const {
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

Moment TokenReader::QuarterOf(int quarter, double certainty) {
  Moment moment;
  moment.unit = Unit::kQuarter;
  moment.first_month = 3 * quarter - 2;
  moment.last_month = 3 * quarter;
  moment.certainty = certainty;
  return moment;
}

std::size_t TokenReader::ReadUnit(std::size_t i, Repetition* repetition) const {
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

bool TokenReader::ClauseEnds(std::size_t i) const {
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

bool TokenReader::StartsTime(std::size_t i) const {
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

bool TokenReader::DateFollows(std::size_t i) const {
  Moment ignored;
  i = Skip(i, {Term::kDay});
  return ReadDate(i, &ignored) > 0 || ReadMonth(i, &ignored) > 0 || Is(i, Term::kQuarter) ||
         Is(i, Term::kYear);
}

bool TokenReader::NearMonth(const std::string& word) {
  return word.size() >= 4 && word.size() <= 8 && word.compare(0, 2, "th") == 0;
}

}  // namespace vanthu::extract
