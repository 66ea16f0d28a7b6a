#include "pipeline/extract/row_label.h"

#include <algorithm>

#include "pipeline/base/unicode.h"

namespace vanthu::extract {
namespace {

bool AllOf(const std::string& text, bool (*test)(char)) {
  return !text.empty() && std::all_of(text.begin(), text.end(), test);
}

}  // namespace

int LevelOf(const std::string& label) {
  const std::string trimmed = CollapseSpace(label);
  if (trimmed == "-" || trimmed == "+" || trimmed == "*" || trimmed == "–" || trimmed == "•") return kBullet;
  std::string text;
  for (const char c : trimmed) {
    if (c == '.' && !text.empty()) text += '.';
    if (c != '.' && c != ')' && c != '(' && c != ':' && c != '/') text += c;
  }
  while (!text.empty() && text.back() == '.') text.pop_back();
  if (text.empty() || text.size() > 12) return kUnnumbered;
  const auto is_roman = [](char c) { return c == 'I' || c == 'V' || c == 'X' || c == 'L'; };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto is_decimal = [](char c) { return (c >= '0' && c <= '9') || c == '.'; };
  if (AllOf(text, is_digit)) return kArabic;
  if (AllOf(text, is_roman)) return kRoman;
  if (AllOf(text, is_decimal)) {
    const int dots = static_cast<int>(std::count(text.begin(), text.end(), '.'));
    return std::min<int>(kDecimal + dots - 1, kLetter - 1);
  }
  if (text.size() == 1 && text[0] >= 'A' && text[0] <= 'Z') return kCapital;
  if (text == "đ" || (text.size() == 1 && text[0] >= 'a' && text[0] <= 'z')) return kLetter;
  return kUnnumbered;
}

std::string LabelIn(const std::string& text) {
  const std::size_t end = text.find(' ');
  if (end > 8 || end == 0) return {};  // also where there is no blank: npos
  const char sign = text[end - 1];
  const std::string label = text.substr(0, end);
  const int level = LevelOf(label);
  const bool with_sign = sign == '.' || sign == ')' || sign == ':' || sign == '/';
  if (level == kUnnumbered) return {};
  return with_sign || level == kRoman || level == kBullet ? label : std::string();
}

std::string BareLabel(const std::string& label) {
  std::string out = label;
  while (!out.empty() && (out.back() == '.' || out.back() == ')' || out.back() == ':' || out.back() == '/'))
    out.pop_back();
  if (!out.empty() && out.front() == '(') out.erase(0, 1);
  return out;
}

}  // namespace vanthu::extract
