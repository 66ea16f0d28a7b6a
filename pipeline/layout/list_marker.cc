#include "pipeline/layout/list_marker.h"

#include <array>

#include "pipeline/base/unicode.h"

namespace vanthu::layout {
namespace {

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}
bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

constexpr std::array<std::string_view, 12> kDashes = {"-", "–", "—", "−", "‐",      "+",
                                                      "*", "•", "●", "▪", "\u00b7", "\uf0b7"};

int RomanDigit(char c) {
  switch (c) {
    case 'I':
      return 1;
    case 'V':
      return 5;
    case 'X':
      return 10;
    case 'L':
      return 50;
    default:
      return 0;
  }
}

// Value of a well-formed Roman numeral up to 89, else 0.
int RomanValue(std::string_view s) {
  if (s.empty() || s.size() > 8) return 0;
  int value = 0;
  for (std::size_t i = 0; i < s.size(); ++i) {
    const int digit = RomanDigit(s[i]);
    if (digit == 0) return 0;
    value += i + 1 < s.size() && RomanDigit(s[i + 1]) > digit ? -digit : digit;
  }
  return value > 0 && value < 90 ? value : 0;
}

// "12", "1.2", "1.2.3": the length, 0 if none. The first part has at most three digits ("2023" is a year),
// the others two ("7.920" is an amount).
std::size_t NumberLength(std::string_view s, int& last, int& depth) {
  std::size_t i = 0;
  depth = 0;
  last = 0;
  while (i < s.size() && IsDigit(s[i])) {
    std::size_t end = i;
    int value = 0;
    while (end < s.size() && IsDigit(s[end]) && end - i < 4) value = value * 10 + (s[end++] - '0');
    const std::size_t most = depth == 0 ? 3 : 2;
    if (end - i > most || (end < s.size() && IsDigit(s[end]))) return 0;
    last = value;
    ++depth;
    i = end;
    if (i + 1 < s.size() && s[i] == '.' && IsDigit(s[i + 1])) {
      ++i;
    } else {
      break;
    }
  }
  return i;
}

bool BeginsWithCapital(std::string_view text) {
  const std::u32string codes = ToCodePoints(text.substr(0, 8));
  return !codes.empty() && IsUpperCase(FromCodePoints(std::u32string_view(codes).substr(0, 1)));
}

}  // namespace

std::optional<Marker> FindMarker(std::string_view text) {
  const auto make = [&](MarkerKind kind, std::size_t bytes) {
    return Marker{kind, bytes, bytes < text.size() && text[bytes] != ' '};
  };
  for (const std::string_view dash : kDashes)
    if (text.starts_with(dash)) {
      // "--", "-/-", "+84", "-5": no list item.
      if (text.size() > dash.size() && (text[dash.size()] == dash[0] || IsDigit(text[dash.size()])))
        return std::nullopt;
      return make(MarkerKind::kDash, dash.size());
    }
  std::size_t i = 0;
  const bool open = text.starts_with("(");
  if (open) ++i;
  int value = 0, depth = 0;
  const std::size_t digits = NumberLength(text.substr(i), value, depth);
  const auto closed = [&](std::size_t end) {
    if (end >= text.size()) return false;
    if (open) return text[end] == ')';
    return text[end] == '.' || text[end] == ')' ||
           (text[end] == '/' && end + 1 < text.size() && text[end + 1] == ' ');
  };
  if (digits > 0) {
    const std::size_t end = i + digits;
    if (closed(end)) {
      const Marker m = make(MarkerKind::kNumber, end + 1);
      // "12.000", "2.a" are no markers; "1.Xây" is.
      if (m.attached && IsDigit(text[end + 1])) return std::nullopt;
      return m;
    }
    // "1.2 Xây dựng" is numbered, "1.2 km" is measured.
    if (!open && depth >= 2 && end < text.size() && text[end] == ' ' &&
        BeginsWithCapital(text.substr(end + 1)))
      return make(MarkerKind::kNumber, end);
    return std::nullopt;
  }
  std::size_t letters = 0;
  while (i + letters < text.size() && IsLetter(text[i + letters]) && letters < 9) ++letters;
  const std::string_view word = text.substr(i, letters);
  if (letters == 0 || !closed(i + letters)) {
    // "đ)" continues "a) b) c) d)".
    if (text.substr(i).starts_with("đ") && closed(i + 2)) return make(MarkerKind::kLetter, i + 3);
    return std::nullopt;
  }
  const Marker after = make(MarkerKind::kLetter, i + letters + 1);
  if (RomanValue(word) > 0 && !(after.attached && letters == 1 && text[i + letters] == '.'))
    return Marker{MarkerKind::kRoman, after.bytes, after.attached};
  // "U.B.N.D" is no list.
  if (letters == 1 && !after.attached) return after;
  if (letters == 1 && text[i + 1] == ')') return after;
  return std::nullopt;
}

std::optional<Ordinal> ReadOrdinal(std::string_view text) {
  if (text.starts_with("(") && text.ends_with(")") && text.size() > 2) text = text.substr(1, text.size() - 2);
  if (!text.empty() && (text.back() == '.' || text.back() == ')' || text.back() == '/'))
    text.remove_suffix(1);
  if (text.empty()) return std::nullopt;
  Ordinal ordinal;
  const std::size_t digits = NumberLength(text, ordinal.value, ordinal.depth);
  if (digits == text.size()) return ordinal;
  if (digits > 0) return std::nullopt;
  if (const int roman = RomanValue(text); roman > 0) return Ordinal{MarkerKind::kRoman, roman, 1};
  if (text.size() == 1 && IsLetter(text[0])) return Ordinal{MarkerKind::kLetter, text[0] | 0x20, 1};
  if (text == "đ") return Ordinal{MarkerKind::kLetter, 'e', 1};
  return std::nullopt;
}

}  // namespace vanthu::layout
