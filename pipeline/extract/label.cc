// Labels of divisions and items.
#include <algorithm>

#include "pipeline/extract/outline.h"

namespace vanthu::extract {
namespace {

// Ranks after those of the divisions (1 to 9 in rules/outline.json).
constexpr int kCapitalLetter = 10;  // "A."
constexpr int kRoman = 11;          // "I."
constexpr int kNumber = 12;         // "1.", then "1.1" 13, "1.1.1" 14, ...
constexpr int kSmallLetter = 20;    // "a)"

std::size_t RomanEnd(const Folded& text, std::size_t at) {
  constexpr std::string_view kLetters = "ivxlc";
  std::size_t end = at;
  while (end < text.key.size() && text.shape[end] == 'U' &&
         kLetters.find(text.key[end]) != std::string_view::npos)
    ++end;
  return end;
}

// "1", "1.1", "1.2.3": the end, and how many parts.
std::size_t NumberEnd(const Folded& text, std::size_t at, int* parts) {
  const std::string& key = text.key;
  std::size_t end = at;
  *parts = 0;
  while (end < key.size() && key[end] >= '0' && key[end] <= '9') {
    const std::size_t from = end;
    while (end < key.size() && key[end] >= '0' && key[end] <= '9') ++end;
    if (end - from > 2) return at;
    ++*parts;
    if (end + 1 < key.size() && key[end] == '.' && key[end + 1] >= '0' && key[end + 1] <= '9')
      ++end;
    else
      break;
  }
  return end;
}

// After a label stands '.', ')', ':' or '/', then a space or a letter; a number with parts ("1.1") needs only
// a space.
std::optional<std::size_t> SignEnd(const Folded& text, std::size_t at, bool bare_allowed) {
  const std::string& key = text.key;
  if (at >= key.size()) return std::nullopt;
  std::size_t end = at;
  if (key[end] == '.' || key[end] == ')' || key[end] == '/' || key[end] == ':') {
    ++end;
    if (end < key.size() && (key[end] == '.' || key[end] == ')')) ++end;
  } else if (key[end] == '-' && end + 1 < key.size() && key[end + 1] == ' ') {
    ++end;
  } else if (!(bare_allowed && key[end] == ' ')) {
    return std::nullopt;
  }
  const std::size_t next = SkipSpace(key, end);
  if (end == at && next < key.size() && text.shape[next] != 'U') return std::nullopt;  // "1.5 tỷ"
  if (next >= key.size()) return next;
  if (next == end && !IsLetterOrDigit(key[next])) return std::nullopt;
  if (next == end && text.shape[next] == 'd') return std::nullopt;  // "1.5 tỷ"
  return next;
}

std::optional<LabelMatch> ParseDivision(const Folded& text, std::size_t at, const OutlineRules& rules) {
  if (at >= text.shape.size() || text.shape[at] != 'U') return std::nullopt;
  for (const Division& division : rules.divisions) {
    const KeywordMatch word = MatchKeywordAt(text.key, at, division.key, false);
    if (!word) continue;
    const std::size_t label = SkipSpace(text.key, word.end);
    int parts = 0;
    std::size_t end = std::max(RomanEnd(text, label), NumberEnd(text, label, &parts));
    if (end == label) {  // "Phần thứ nhất"
      while (end < text.key.size() && IsLetterOrDigit(text.key[end])) ++end;
      if (!division.titled_below || end == label || SkipSpace(text.key, end) < text.key.size()) continue;
    }
    std::size_t next = end;
    const bool capital = CapitalShare(text, at, word.end) > 0.9;
    if (const std::optional<std::size_t> sign = SignEnd(text, end, false)) next = *sign;
    const bool alone = SkipSpace(text.key, next) >= text.key.size();
    // "Điều 5 của Luật ..." goes on in small letters: no heading.
    if (next == end && !alone && !capital && text.shape[SkipSpace(text.key, end)] != 'U') continue;
    return LabelMatch{text.Slice(at, end), division.rank, at, SkipSpace(text.key, next),
                      division.titled_below};
  }
  return std::nullopt;
}

}  // namespace

std::optional<LabelMatch> ParseLabel(const Folded& text, const OutlineRules& rules) {
  const std::size_t at = SkipSpace(text.key, 0);
  if (at >= text.key.size()) return std::nullopt;
  if (std::optional<LabelMatch> division = ParseDivision(text, at, rules)) return division;
  if (const std::size_t end = RomanEnd(text, at); end > at)
    if (const std::optional<std::size_t> next = SignEnd(text, end, false))
      if (end - at > 1 || text.key[at] != 'c')  // "C." is the letter after B more often than a hundred
        return LabelMatch{text.Slice(at, end), kRoman, at, *next, false};
  int parts = 0;
  if (const std::size_t end = NumberEnd(text, at, &parts); end > at)
    if (const std::optional<std::size_t> next = SignEnd(text, end, parts > 1))
      return LabelMatch{text.Slice(at, end), kNumber + std::min(parts, 6) - 1, at, *next, false};
  const bool letter = text.shape[at] == 'U' || text.shape[at] == 'l';
  if (letter && (at + 1 >= text.key.size() || !IsLetterOrDigit(text.key[at + 1])))
    if (const std::optional<std::size_t> next = SignEnd(text, at + 1, false);
        next && text.key[at + 1] != '/' && text.key[at + 1] != '-')
      return LabelMatch{text.Slice(at, at + 1), text.shape[at] == 'U' ? kCapitalLetter : kSmallLetter, at,
                        *next, false};
  return std::nullopt;
}

}  // namespace vanthu::extract
