#include "pipeline/extract/document_number.h"

#include <algorithm>

namespace vanthu::extract {
namespace {

// No agency's yearly count has more digits (a guess: the largest seen has five).
constexpr std::size_t kMaxDigits = 7;
constexpr std::size_t kMaxNotation = 40;  // QCVN 102:2016 allows 30
constexpr std::size_t kMaxGarbage = 8;

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

bool BeginsPart(const Folded& text, std::size_t at) {
  return at < text.key.size() && (text.shape[at] == 'U' || text.shape[at] == 'd');
}

bool IsPartChar(const Folded& text, std::size_t at) {
  if (at >= text.key.size()) return false;
  if (IsLetterOrDigit(text.key[at])) return true;
  // "B.TTTT", "KH&ĐT": a sign only between letters.
  return (text.key[at] == '.' || text.key[at] == '&') && at + 1 < text.key.size() &&
         text.shape[at + 1] == 'U' && at > 0 && IsLetterOrDigit(text.key[at - 1]);
}

// The sign that joins two parts, spaces on one side of it allowed; its end, or npos.
std::size_t JoinEnd(const Folded& text, std::size_t at) {
  const std::size_t sign = SkipSpace(text.key, at);
  if (sign >= text.key.size() || (text.key[sign] != '/' && text.key[sign] != '-')) return std::string::npos;
  const std::size_t next = SkipSpace(text.key, sign + 1);
  if (sign > at && next > sign + 1 && text.key[sign] == '-')
    return std::string::npos;  // " - ": a dash of the sentence
  return BeginsPart(text, next) ? next : std::string::npos;
}

// The end of a notation that begins at `at`.
std::size_t NotationEnd(const Folded& text, std::size_t at) {
  const std::size_t limit = std::min(text.key.size(), at + kMaxNotation);
  std::size_t end = at;
  while (at < limit) {
    while (at < limit && IsPartChar(text, at)) ++at;
    end = at;
    const std::size_t next = JoinEnd(text, at);
    if (next == std::string::npos) break;
    at = next;
  }
  return end;
}

// Without spaces, every dash a hyphen, Eth as Đ.
std::string Tidy(const std::string& written) {
  const Folded folded(written);
  std::string out;
  for (std::size_t i = 0; i < folded.key.size(); ++i) {
    if (folded.key[i] == ' ') continue;
    if (folded.key[i] == '-') {
      out += '-';
      continue;
    }
    const std::string one = folded.text.substr(folded.offset[i], folded.offset[i + 1] - folded.offset[i]);
    out += one == "\xC3\x90" ? "\xC4\x90" : one;
  }
  return out;
}

// The first word in [at, reach) that reads as a notation ("UBND-KTTH"): the slash before it was lost. `reach`
// if none.
std::size_t CodeAfter(const Folded& text, std::size_t at, std::size_t reach) {
  for (std::size_t i = at; i < reach; ++i) {
    if (text.shape[i] != 'U' || (i > 0 && IsLetterOrDigit(text.key[i - 1]))) continue;
    std::size_t end = i;
    while (end < text.key.size() && text.shape[end] == 'U') ++end;
    if (end > i + 1 && end + 1 < text.key.size() && text.key[end] == '-' && text.shape[end + 1] == 'U')
      return i;
  }
  return reach;
}

bool HasLetter(const Folded& text, std::size_t begin, std::size_t end) {
  return std::any_of(text.shape.begin() + static_cast<std::ptrdiff_t>(begin),
                     text.shape.begin() + static_cast<std::ptrdiff_t>(end), [](char c) { return c == 'U'; });
}

}  // namespace

std::optional<DocumentNumber> ParseDocumentNumber(const Folded& text, std::size_t at, bool bare,
                                                  bool garbage) {
  const std::string& key = text.key;
  DocumentNumber out;
  at = SkipSpace(key, at);
  while (at < key.size() && key[at] == '.') at = SkipSpace(key, at + 1);  // "Số: ....../KH-UBND"
  out.begin = at;
  std::size_t end = at;
  while (end < key.size() && IsDigit(key[end])) ++end;
  if (end - at > kMaxDigits) return std::nullopt;
  const std::size_t digits_end = end;
  if (end > at && end + 1 < key.size() && text.shape[end] == 'l' &&
      (key[end + 1] == '/' || key[end + 1] == '-'))
    ++end;  // "12a/"
  out.number_end = end;
  if (end > at) out.number = text.Slice(at, end);
  std::size_t sign = SkipSpace(key, end);
  while (sign < key.size() && key[sign] == '.') sign = SkipSpace(key, sign + 1);
  const auto is_sign = [&](std::size_t i) {
    return i < key.size() && (key[i] == '/' || (key[i] == '-' && digits_end > at));
  };
  if (!is_sign(sign) && garbage) {
    const std::size_t reach = std::min(key.size(), at + kMaxGarbage + 1);
    const std::size_t slash = key.find('/', at);
    if (slash != std::string::npos && slash < reach) {
      out.unreadable = true;
      out.number = std::nullopt;
      out.number_end = sign = slash;
    } else if (const std::size_t word = CodeAfter(text, at, reach); word < reach) {
      out.unreadable = true;
      out.number = std::nullopt;
      out.number_end = word;
      out.notation_begin = word;
      out.end = NotationEnd(text, word);
      out.notation = Tidy(text.Slice(word, out.end));
      return out;
    }
  }
  const std::size_t next = SkipSpace(key, sign + 1);
  const bool spaced_dash = is_sign(sign) && key[sign] == '-' && sign > out.number_end && next > sign + 1;
  if (is_sign(sign) && !spaced_dash && BeginsPart(text, next)) {
    const std::size_t notation_end = NotationEnd(text, next);
    if (HasLetter(text, next, notation_end)) {
      out.notation_begin = next;
      out.end = notation_end;
      out.notation = Tidy(text.Slice(next, notation_end));
      return out;
    }
  }
  if (out.unreadable || !out.number || !bare) return std::nullopt;
  out.end = out.notation_begin = out.number_end;
  return out;
}

std::string TypeCodeOf(const std::string& notation) {
  std::size_t begin = 0;
  std::size_t digits = 0;
  while (digits < notation.size() && IsDigit(notation[digits])) ++digits;
  if (digits == 4 && digits < notation.size() && notation[digits] == '/') begin = digits + 1;
  return notation.substr(begin, std::min(notation.find_first_of("-/", begin), notation.size()) - begin);
}

}  // namespace vanthu::extract
