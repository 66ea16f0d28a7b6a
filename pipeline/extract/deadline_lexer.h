// The words of a deadline: numbers, Roman numerals, signs, and terms of rules/deadlines.json.
//
// Input: a deadline as written ("Trước ngày 31/5/2023"). Output: tokens in order, each with what it means and
// how sure that reading is. Method: longest phrase first, matched with diacritics; a phrase of two words and
// more also without, since recognisers lose marks; digits read as letters ("2O23") are mended and doubtful.
// Bounded: no more than kMostTokens tokens are made of any input.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/data_file.h"

namespace vanthu::extract {

enum class Term {
  kNone,  // a word that means nothing here
  kNumber,
  kRoman,  // a numeral I to IV, only ever read as a quarter
  kSlash,
  kDash,
  kDot,
  kComma,
  kSemicolon,
  kOpen,
  kClose,
  kBreak,  // a line's end
  kColon,
  // The terms of the rule file, named as its keys.
  kQuarter,
  kQuarterBeforeNumeral,
  kMonth,
  kMonthBeforeNumeral,
  kDay,
  kWeek,
  kYear,
  kHour,
  kMinute,
  kWorking,
  kBefore,
  kLatest,
  kUntil,
  kFrom,
  kTo,
  kInside,
  kAnd,
  kOf,
  kEvery,
  kTimes,
  kPeriodic,
  kUnscheduled,
  kOngoing,
  kRelative,
  kSince,
  kWithin,
  kBegin,
  kMiddle,
  kEnd,
  kLastDay,
  kHalfFirst,
  kHalfLast,
  kFollowing,
  kSchoolYear,
  kStage,
  kDocumentNumber,
  kWeekday,
  kSunday,
};

struct Token {
  Term term = Term::kNone;
  int number = 0;         // of kNumber and kRoman
  int digits = 0;         // of kNumber: how many were written
  double certainty = 1;   // of this reading of the signs on the page
  int misread_roman = 0;  // what a word or a number would be as a misread Roman numeral; 0 = none
  bool space_before = false;
  std::string word;  // folded with diacritics, of words
};

struct DeadlineRules {
  std::map<std::string, Term> phrases;  // MatchKey of the words, one space between
  std::map<std::string, Term> plain;    // without diacritics, phrases of two words and more
  std::size_t longest_phrase = 1;       // in words
  std::map<std::string, int> numbers;   // written numbers
  std::map<std::string, int> roman;     // as printed
  std::map<std::string, int> misread_roman;
};

Result<DeadlineRules> ReadDeadlineRules(const std::filesystem::path& file);

std::vector<Token> LexDeadline(std::string_view text, const DeadlineRules& rules);

}  // namespace vanthu::extract
