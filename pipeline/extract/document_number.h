// Số, ký hiệu: "25/KH-UBND", "118/2025/NĐ-CP", "12-KH/HU", "     /KH-UBND".
//
// Input: folded text and where the number may begin (after the label). Output: number and notation as the
// contract splits them: the first run of digits, and all that follows the first sign, without spaces. Method:
// by hand, one pass. A notation ends where a part neither begins with a capital nor a digit, or where a sign
// stands between two spaces. Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.3; Hướng dẫn 36-HD/VPTW for
// the Party's form.
#pragma once

#include <optional>
#include <string>

#include "pipeline/extract/folded.h"

namespace vanthu::extract {

struct DocumentNumber {
  std::size_t begin = 0;       // of the number, or of the sign where the number is blank
  std::size_t number_end = 0;  // begin = number_end: blank
  std::size_t notation_begin = 0;
  std::size_t end = 0;
  std::optional<std::string> number;
  std::optional<std::string> notation;
  bool unreadable = false;  // something that is no number stands before the sign
};

// At `at` (spaces skipped). Null if neither a number nor a notation stands there. `bare`: a number without a
// notation counts. `garbage`: up to eight signs that are no number may stand before the notation (handwriting
// misread).
std::optional<DocumentNumber> ParseDocumentNumber(const Folded& text, std::size_t at, bool bare,
                                                  bool garbage);

// The type code of a notation: "KH" of "KH-UBND", "NĐ" of "2010/NĐ-CP", "KH" of "KH/HU".
std::string TypeCodeOf(const std::string& notation);

}  // namespace vanthu::extract
