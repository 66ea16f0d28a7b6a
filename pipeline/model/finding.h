// Something a person should know about a document that was handled all the same.
#pragma once

#include <optional>
#include <string>

namespace vanthu {

enum class Severity { kInfo, kWarning, kError };

struct Finding {
  Severity severity = Severity::kInfo;
  std::string code;         // dotted, stable: "header.date.blank"
  std::string message;      // in Vietnamese
  std::optional<int> page;  // 0-based
  friend bool operator==(const Finding&, const Finding&) = default;
};

}  // namespace vanthu
