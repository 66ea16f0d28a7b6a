// Known spellings put back into recognised text: "UY BAN NHÂN DÂN TINH QUẢNG NGÃI" -> "ỦY BAN NHÂN DÂN TỈNH
// QUẢNG NGÃI".
//
// Input: a recognised value. Output: the same value, syllables of known phrases in their known spelling and
// the value's own capitals. Method: token by token against rules/spellings.json; a token fits if its letters
// without marks are the phrase's, or if it is no possible Vietnamese syllable and one letter off. Tone
// placement ("UỶ", "ỦY") is left as written. Fails where a name of the same letters and other marks is meant
// (rare: phrases have two syllables or more).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "pipeline/base/error.h"

namespace vanthu::extract {

// A phrase by its syllables.
struct Spelling {
  std::vector<std::string> keys;     // folded
  std::vector<std::string> written;  // small letters
  bool name = false;                 // only where every syllable that is written with a capital has one
  std::vector<bool> capital;
};

struct SpellingRules {
  std::vector<Spelling> phrases;        // most syllables first
  std::vector<Spelling> opening_words;  // one syllable, only where a name begins
};

Result<SpellingRules> ReadSpellingRules(const std::filesystem::path& folder);

std::string Mend(const std::string& text, const SpellingRules& rules);

}  // namespace vanthu::extract
