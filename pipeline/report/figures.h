// Exact arithmetic of reports: whole numbers in, decimals out that are what they say.
#pragma once

#include <cstdint>
#include <optional>

namespace vanthu::report {

// 100 * part / whole to two decimals, halves up, in whole numbers; null where whole is 0: a share of nothing
// is not there. 0 <= part <= 10^13.
std::optional<double> Share(std::int64_t part, std::int64_t whole);

// The number as hundredths; null where it has more than two decimals, is negative or over 10^9.
std::optional<std::int64_t> Hundredths(double number);
double FromHundredths(std::int64_t hundredths);

}  // namespace vanthu::report
