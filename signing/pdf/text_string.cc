#include "signing/pdf/text_string.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "pipeline/base/unicode.h"

namespace vanthu::signing::pdf {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

// ISO 32000-1, D.3: where PDFDocEncoding is not Latin-1.
constexpr std::array<char16_t, 8> kFrom18 = {0x02D8, 0x02C7, 0x02C6, 0x02D9, 0x02DD, 0x02DB, 0x02DA, 0x02DC};
constexpr std::array<char16_t, 33> kFrom80 = {
    0x2022, 0x2020, 0x2021, 0x2026, 0x2014, 0x2013, 0x0192, 0x2044, 0x2039, 0x203A, 0x2212,
    0x2030, 0x201E, 0x201C, 0x201D, 0x2018, 0x2019, 0x201A, 0x2122, 0xFB01, 0xFB02, 0x0141,
    0x0152, 0x0160, 0x0178, 0x017D, 0x0131, 0x0142, 0x0153, 0x0161, 0x017E, 0xFFFD, 0x20AC};

char32_t FromDocEncoding(unsigned char byte) {
  if (byte >= 0x18 && byte < 0x18 + kFrom18.size()) return kFrom18[byte - 0x18U];
  if (byte >= 0x80 && byte < 0x80 + kFrom80.size()) return kFrom80[byte - 0x80U];
  return byte;
}

std::u32string FromUtf16(std::string_view bytes, bool big_endian) {
  std::u32string out;
  char32_t high = 0;
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    const auto first = static_cast<unsigned char>(bytes[i]);
    const auto second = static_cast<unsigned char>(bytes[i + 1]);
    const char32_t unit = big_endian ? first << 8U | second : second << 8U | first;
    const bool is_high = unit >= 0xD800 && unit < 0xDC00;
    const bool is_low = unit >= 0xDC00 && unit < 0xE000;
    if (high != 0) {
      out += is_low ? 0x10000 + ((high - 0xD800) << 10U) + (unit - 0xDC00) : kReplacement;
      high = 0;
      if (is_low) continue;
    }
    if (is_high)
      high = unit;
    else
      out += is_low ? kReplacement : unit;
  }
  if (high != 0 || bytes.size() % 2 != 0) out += kReplacement;
  return out;
}

// ISO 32000-2 and old writers mark a language by ESC ... ESC inside UTF-16. One pass: a hostile string is
// nothing but marks.
void DropLanguageMarks(std::u32string& text) {
  constexpr char32_t kEscape = 0x1B;
  bool inside = false;
  std::erase_if(text, [&inside](char32_t c) {
    const bool drops = inside || c == kEscape;
    if (c == kEscape) inside = !inside;
    return drops;
  });
}

}  // namespace

String TextString(std::string_view utf8) {
  if (std::ranges::all_of(utf8, [](char c) { return c >= 0x20 && c < 0x7F; })) return {std::string(utf8)};
  String out{"\xFE\xFF"};
  const auto unit = [&out](char32_t value) {
    out.bytes += static_cast<char>(value >> 8U);
    out.bytes += static_cast<char>(value & 0xFFU);
  };
  for (const char32_t c : ToCodePoints(ToNfc(utf8))) {
    if (c < 0x10000) {
      unit(c);
      continue;
    }
    unit(0xD800 + ((c - 0x10000) >> 10U));
    unit(0xDC00 + ((c - 0x10000) & 0x3FFU));
  }
  return out;
}

std::string Utf8Of(const String& text) {
  const std::string_view bytes = text.bytes;
  if (bytes.starts_with("\xEF\xBB\xBF")) return ToNfc(bytes.substr(3));
  std::u32string decoded;
  if (bytes.starts_with("\xFE\xFF") || bytes.starts_with("\xFF\xFE")) {
    decoded = FromUtf16(bytes.substr(2), bytes.starts_with("\xFE\xFF"));
    DropLanguageMarks(decoded);
  } else {
    for (const char byte : bytes) decoded += FromDocEncoding(static_cast<unsigned char>(byte));
  }
  return ToNfc(FromCodePoints(decoded));
}

std::string Utf8Of(const Object& object) {
  return object.AsString() != nullptr ? Utf8Of(*object.AsString()) : std::string();
}

}  // namespace vanthu::signing::pdf
