// The colour profile that every PDF/A of ours names as its output intent.
#pragma once

#include <string>

namespace vanthu {

// An ICC v2 profile of sRGB, made by lcms2 with a fixed date: the same bytes every time. Empty: lcms2 failed.
// Thread-safe.
std::string SrgbProfile();

}  // namespace vanthu
