#include "pipeline/type/pdf_syntax.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iterator>

#include <fmt/format.h>

#include "pipeline/base/unicode.h"

namespace vanthu::type {

void AppendNumber(std::string& out, double value) {
  long long thousandths = std::llround(value * 1000);
  if (thousandths < 0) {
    out += '-';
    thousandths = -thousandths;
  }
  char digits[24];
  char* at = digits + sizeof digits;
  int decimals = 3;
  while (decimals > 0 && thousandths % 10 == 0) {
    thousandths /= 10;
    --decimals;
  }
  for (; decimals > 0; --decimals, thousandths /= 10) {
    *--at = static_cast<char>('0' + thousandths % 10);
    if (decimals == 1) *--at = '.';
  }
  do *--at = static_cast<char>('0' + thousandths % 10);
  while ((thousandths /= 10) != 0);
  out.append(at, digits + sizeof digits);
}

std::string Number(double value) {
  std::string out;
  AppendNumber(out, value);
  return out;
}

std::string Reference(int object) {
  return fmt::format("{} 0 R", object);
}

std::string TextString(std::string_view utf8) {
  const auto plain = [](char c) { return c >= 0x20 && c < 0x7F && c != '(' && c != ')' && c != '\\'; };
  if (std::all_of(utf8.begin(), utf8.end(), plain)) return fmt::format("({})", utf8);
  return "<FEFF" + Utf16Hex(utf8) + ">";
}

std::string Utf16Hex(std::string_view utf8) {
  std::string out;
  for (const char32_t c : ToCodePoints(utf8)) {
    const auto code = static_cast<std::uint32_t>(c);
    if (code < 0x10000)
      fmt::format_to(std::back_inserter(out), "{:04X}", code);
    else
      fmt::format_to(std::back_inserter(out), "{:04X}{:04X}", 0xD800 + ((code - 0x10000) >> 10),
                     0xDC00 + ((code - 0x10000) & 0x3FF));
  }
  return out;
}

std::string NameOf(std::string_view text) {
  std::string out = "/";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool regular =
        byte > 0x20 && byte < 0x7F && std::string_view("()<>[]{}/%#").find(c) == std::string_view::npos;
    if (regular)
      out += c;
    else
      out += fmt::format("#{:02X}", byte);
  }
  return out;
}

}  // namespace vanthu::type
