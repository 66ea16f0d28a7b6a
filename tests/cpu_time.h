// How long a piece of work takes of the processor. Not of the clock on the wall: the machine may be busy with
// other things, and a test would fail without a fault.
#pragma once

#include <ctime>

namespace vanthu {

// Tight bounds are written for the release build. Without the optimiser, or with every access checked, the
// same work takes several times as long; what must not happen, growth with the square, still shows.
#if defined(__SANITIZE_ADDRESS__) || !defined(NDEBUG)
inline constexpr double kTimeFactor = 10;
#else
inline constexpr double kTimeFactor = 1;
#endif

// Seconds of this process, all its threads together; not of its children.
double CpuSecondsOf(const auto& work) {
  const std::clock_t start = std::clock();
  work();
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

}  // namespace vanthu
