// How often: "hàng quý", "02 lần/năm", "ngày 15 của tháng cuối quý".
//
// Input: the tokens of a deadline and where to look. Output: the repetitions that stand there, one after
// another
// ("hàng tháng, quý, năm" are three), and where they end. Method: the productions of deadline_grammar.h.
#pragma once

#include <cstddef>
#include <vector>

#include "pipeline/extract/deadline_grammar.h"

namespace vanthu::extract {

struct FoundRepetitions {
  std::vector<Repetition> repetitions;  // depth is left 0
  bool periodic = false;                // "định kỳ" stands before them
  std::size_t end = 0;                  // 0 = none found
};

// `bound`: "trước" or the like stands before, so that a bare number may be a day.
FoundRepetitions ReadRepetitions(const std::vector<Token>& tokens, std::size_t at, bool bound);

}  // namespace vanthu::extract
