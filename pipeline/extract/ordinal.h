// Roman and Arabic ordinals of sections and appendices.
#pragma once

#include <optional>
#include <string>

namespace vanthu::extract {

// "II" -> 2, "12" -> 12; null for anything else.
std::optional<int> OrdinalValue(const std::string& label);

// The ordinal after `previous` where `label` repeats it, in its own figures ("II", "II" -> "III"): the
// recogniser loses strokes of Roman figures. `label` itself in any other case.
std::string WithoutRepeat(const std::string& previous, const std::string& label);

}  // namespace vanthu::extract
