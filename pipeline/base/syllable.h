// Vietnamese orthography: is a word a possible syllable? Input: one token. Method: onset + rime + tone tables
// of the standard orthography (closed set); tones of checked rimes limited to sắc and nặng. Accuracy: any
// real syllable is accepted in either tone placement; foreign words, codes and abbreviations are not
// Vietnamese syllables, so callers judge rates over a page, never single words. Thread-safe; no allocation in
// IsVietnameseSyllable.
#pragma once

#include <string_view>

namespace vanthu {

// True for a possible Vietnamese syllable in any case ("Nghị", "THỦ"). Needs precomposed or combining marks,
// not both.
bool IsVietnameseSyllable(std::string_view word);

// Of the tokens of `text` that consist of letters only (after trimming punctuation), the share that is a
// possible syllable, an abbreviation in capitals ("UBND"), or a plain word of another language: bare Latin
// letters in ordinary case with a vowel ("Internet"); tokens = how many were judged.
struct SyllableRate {
  double valid = 0;   // 0..1
  double marked = 0;  // share of tokens that bear a Vietnamese mark: near 0 in text whose marks were lost
  double toneless =
      0;  // share of unmarked tokens that a tone would make a syllable: near 1 where marks were lost
  int tokens = 0;
};
SyllableRate RateSyllables(std::string_view text);

}  // namespace vanthu
