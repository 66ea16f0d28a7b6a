// A text folded for matching, one ASCII letter a code point, so that a match says where it stands in the
// text.
//
// Input: UTF-8 (ill-formed bytes are U+FFFD). Output: `key` = base letters in lower case ("Thủ tục" -> "thu
// tuc"), every dash '-', every bullet '*', an ellipsis '.', every double quotation mark '"', white space ' ',
// digits as they are, anything else '\x01'. Method: a table of the code points up to U+1FFF made once with
// SearchKey. Thread-safe. Keywords in rule files are written with their diacritics and folded by the same
// function.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vanthu::extract {

struct Folded {
  std::string text;   // as written
  std::string key;    // one char a code point of `text`
  std::string shape;  // of each char of `key`: 'U' capital, 'l' small letter, 'd' digit, '.' sign, ' '
  std::vector<std::uint32_t> offset;  // byte offset in `text` of each char of `key`, and of the end

  Folded() = default;
  explicit Folded(std::string_view text);

  // What stands in `text` under [begin, end) of `key`, white space at its ends cut.
  std::string Slice(std::size_t begin, std::size_t end) const;
};

bool IsLetterOrDigit(char folded);

// The share of capitals among the letters of [begin, end); 0 without letters.
double CapitalShare(const Folded& folded, std::size_t begin = 0, std::size_t end = std::string::npos);

// The key of a text alone, each run of white space one space, trimmed.
std::string FoldKey(std::string_view text);

// How a keyword was met: where it ends in the key, and how sure we are (1 for letter by letter).
struct KeywordMatch {
  std::size_t end = 0;
  double certainty = 0;  // 0 = no match
  explicit operator bool() const { return certainty > 0; }
};

// Does `keyword` (folded) stand at `begin` of `key`, ending at a word's end? Spaces in the keyword match any
// run of spaces, none included between letters and signs ("KT.HIEU"). Up to one edit in eight letters is
// allowed where `recognised`: the recogniser's confusions seldom do more to a printed keyword (a guess, kept
// low on purpose).
KeywordMatch MatchKeywordAt(std::string_view key, std::size_t begin, std::string_view keyword,
                            bool recognised);

// The first of `keywords` (longest first) that stands at `begin`.
KeywordMatch MatchAnyAt(std::string_view key, std::size_t begin, const std::vector<std::string>& keywords,
                        bool recognised);

// The next position at or after `at` that is no space.
std::size_t SkipSpace(std::string_view key, std::size_t at);

}  // namespace vanthu::extract
