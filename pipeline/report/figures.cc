#include "pipeline/report/figures.h"

#include <cmath>

namespace vanthu::report {

std::optional<double> Share(std::int64_t part, std::int64_t whole) {
  constexpr std::int64_t kHundredthsOfPerCent = 10'000;
  if (whole <= 0 || part < 0) return std::nullopt;
  const std::int64_t scaled = part * kHundredthsOfPerCent;
  return FromHundredths(scaled / whole + (scaled % whole * 2 >= whole ? 1 : 0));
}

std::optional<std::int64_t> Hundredths(double number) {
  constexpr double kMost = 1e9, kSlack = 1e-6;  // of decimals read as binary fractions
  if (!(number >= 0 && number <= kMost)) return std::nullopt;
  const double scaled = number * 100, whole = std::round(scaled);
  if (std::abs(scaled - whole) > kSlack) return std::nullopt;
  return static_cast<std::int64_t>(whole);
}

// The nearest double to the decimal, so that it is written as the decimal again.
double FromHundredths(std::int64_t hundredths) {
  return static_cast<double>(hundredths) / 100;
}

}  // namespace vanthu::report
