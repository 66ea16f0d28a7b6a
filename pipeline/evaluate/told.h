// A sentence of the report with its values, in both languages of the program.
#pragma once

#include <fmt/format.h>

#include <string>

#include "pipeline/base/error.h"

namespace vanthu::evaluate {

template <typename... Values>
Message Told(fmt::format_string<const Values&...> vi, fmt::format_string<const Values&...> en,
             const Values&... values) {
  return {fmt::format(vi, values...), fmt::format(en, values...)};
}

// Names and values alone read the same in both.
inline Message ToldAlike(const std::string& text) {
  return {text, text};
}

}  // namespace vanthu::evaluate
