// Labels that number headings and rows: "A.", "I", "1.", "1.2", "a)", "-".
#pragma once

#include <string>

namespace vanthu::extract {

// How deep a label stands: smaller is further out.
enum LabelLevel : int {
  kCaption = 0,
  kPart = 1,
  kCapital = 2,
  kRoman = 3,
  kUnnumbered = 4,
  kArabic = 5,
  kDecimal = 6,  // 1.2; each further number is one more
  kLetter = 10,
  kBullet = 11,
};

// The level of a label as written; kUnnumbered if it is none.
int LevelOf(const std::string& label);

// "I. KIỂM SOÁT …" -> "I.": the label at the head of a text; empty if there is none. A label is followed by a
// space and ends in a sign, or is a Roman numeral.
std::string LabelIn(const std::string& text);

// "1." -> "1", "(2)" -> "2", "a)" -> "a".
std::string BareLabel(const std::string& label);

}  // namespace vanthu::extract
