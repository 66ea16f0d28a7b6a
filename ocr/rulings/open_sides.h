// Outer rules of a table that were not drawn, or are too faint to be seen.
//
// Input: the rules of one table. Output: the missing outer rules, marked by no ink of their own. Method:
// rules of one direction that run on past the last rule of the other to a common end bound a row or column
// whose outer rule is missing; browsers clip half of it at the page's edge, and many tables have open sides.
// One rule alone that runs on is an overrun. Accuracy: exact on drawn tables. Fails: a last column narrower
// than 0.2 inch (taken for overruns); an open side with a single rule to tell of it.
#pragma once

#include <vector>

#include "ocr/rulings/rule.h"

namespace vanthu::ocr {

// Whether a rule was inferred, not seen.
inline bool IsInferred(const Rule& rule) {
  return rule.inked <= 0;
}

// Whether b goes on with a, which stands above it, as one table: of a table open at both sides a row of a
// single cell has nothing but the rules over and under it. The same ends and the same columns tell.
bool IsNextPart(const std::vector<Rule>& across_a, const std::vector<Rule>& down_a,
                const std::vector<Rule>& across_b, const std::vector<Rule>& down_b, double dpi);

// Appends the missing outer rules to those of their direction.
void CloseOpenSides(double dpi, std::vector<Rule>& across, std::vector<Rule>& down);

}  // namespace vanthu::ocr
