// Numbers, references, names and strings as a PDF file writes them (ISO 32000-1, 7.3). Thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace vanthu::type {

// A number with at most three decimals, never in exponent form: ISO 32000-1, 7.3.3.
void AppendNumber(std::string& out, double value);
std::string Number(double value);
std::string Reference(int object);              // "12 0 R"
std::string TextString(std::string_view utf8);  // (plain) or <FEFF...>
std::string Utf16Hex(std::string_view utf8);    // big endian
std::string NameOf(std::string_view text);      // "/application#2Fxml"

}  // namespace vanthu::type
