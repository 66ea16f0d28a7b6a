// Reads single phrases of a deadline at a given token: a numeral, a year, a date, a month, a unit of time.
// Nothing is consumed: each returns where the phrase ends, 0 (or the begin, where said) if it does not stand
// there.
#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <vector>

#include "pipeline/extract/deadline_grammar.h"

namespace vanthu::extract {

inline constexpr int kFirstYear = 1945;  // the oldest document of the state
inline constexpr int kLastYear = 2150;

inline bool IsYear(int number) {
  return number >= kFirstYear && number <= kLastYear;
}

// A guess: a phrase that leaves room, such as "tuần 2 tháng 3", "cuối tháng".
inline constexpr double kLoose = 0.8;

class TokenReader {
 public:
  explicit TokenReader(const std::vector<Token>& tokens) : tokens_(tokens) {}

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

  // A quarter's numeral at i: certainty, 0 if it is none.
  double QuarterNumeral(std::size_t i, int* quarter) const;
  // "/2023", " năm 2023", "-2023" at i; the end, or i if there is none.
  std::size_t ReadYear(std::size_t i, Moment* moment) const;
  // "15/3/2024", "15 tháng 3 năm 2024" at i (after "ngày"); the end, 0 if there is none.
  std::size_t ReadDate(std::size_t i, Moment* moment) const;
  // "tháng 6/2025", "T6/2025" at i; the end, 0 if there is none.
  std::size_t ReadMonth(std::size_t i, Moment* moment) const;
  static Moment QuarterOf(int quarter, double certainty);
  // A unit at i: "tháng", "6 tháng", "quý". Returns its end, 0 if there is none.
  std::size_t ReadUnit(std::size_t i, Repetition* repetition) const;
  bool ClauseEnds(std::size_t i) const;
  bool StartsTime(std::size_t i) const;
  bool DateFollows(std::size_t i) const;
  static bool NearMonth(const std::string& word);

 protected:
  const std::vector<Token>& tokens_;
};

}  // namespace vanthu::extract
