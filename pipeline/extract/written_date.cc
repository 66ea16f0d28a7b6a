#include "pipeline/extract/written_date.h"

#include <algorithm>

namespace vanthu::extract {
namespace {

// Official documents of the state that this program meets: from its foundation on.
constexpr int kFirstYear = 1945;
constexpr int kLastYear = 2100;

struct Figure {
  std::size_t end = 0;
  int value = -1;  // -1: none there
  bool repaired = false;
};

bool IsFiller(char c) {
  return c == ' ' || c == '.' || c == '_' || c == '\x01';
}

// Up to `most` digits; fillers before it are skipped, so that "ngày ..... tháng" has no figure.
Figure ReadFigure(std::string_view key, std::size_t at, int most, bool recognised) {
  while (at < key.size() && IsFiller(key[at])) ++at;
  Figure out;
  std::size_t end = at;
  int value = 0;
  bool digit_seen = false;
  while (end < key.size() && static_cast<int>(end - at) < most) {
    char c = key[end];
    if (recognised && c == 'o') c = '0';
    if (recognised && (c == 'l' || c == 'i')) c = '1';
    if (c < '0' || c > '9') break;
    out.repaired = out.repaired || c != key[end];
    digit_seen = digit_seen || c == key[end];
    value = value * 10 + (c - '0');
    ++end;
  }
  out.end = at;
  const bool word_goes_on = end < key.size() && key[end] >= '0' && key[end] <= '9';
  if (end == at || word_goes_on || !digit_seen) return out;
  out.end = end;
  out.value = value;
  return out;
}

// Skips what the recogniser made of handwriting: up to six signs before `word`. At `at` if the word is not
// near.
std::size_t SkipJunk(std::string_view key, std::size_t at, std::string_view word) {
  constexpr std::size_t kMaxJunk = 6;
  const std::size_t found =
      key.substr(0, std::min(key.size(), at + kMaxJunk + 1 + word.size())).find(word, at);
  return found == std::string_view::npos ? at : found;
}

// The end of `word` (at most one edit in recognised text), fillers before it skipped; npos if it is not
// there.
std::size_t WordEnd(std::string_view key, std::size_t at, std::string_view word, bool recognised) {
  while (at < key.size() && IsFiller(key[at])) ++at;
  if (key.substr(at, word.size()) == word) return at + word.size();
  if (!recognised || at + word.size() > key.size()) return std::string_view::npos;
  int edits = 0;
  for (std::size_t i = 0; i < word.size(); ++i) edits += key[at + i] != word[i];
  return edits == 1 && word.size() > 3 ? at + word.size() : std::string_view::npos;
}

void Judge(int year, int month, int day, bool all_there, WrittenDate* out) {
  if (year >= 0) out->year = year;
  if (!all_there) {
    out->blank = true;
    return;
  }
  out->date = year >= kFirstYear && year <= kLastYear ? MakeDate(year, month, day) : std::nullopt;
  out->wrong = !out->date;
}

// "09/03/2023" after "ngày"; fills `out` and says whether it was one.
bool ReadNumeric(std::string_view key, const Figure& day, bool recognised, WrittenDate* out) {
  const std::size_t first = SkipSpace(key, day.end);
  if (first >= key.size() || (key[first] != '/' && key[first] != '-' && key[first] != '.')) return false;
  const Figure month = ReadFigure(key, first + 1, 2, recognised);
  if (month.value < 0) return false;
  const std::size_t second = SkipSpace(key, month.end);
  if (second >= key.size() || key[second] != key[first]) return false;
  const Figure year = ReadFigure(key, second + 1, 4, recognised);
  if (year.value < 0) return false;
  out->end = year.end;
  out->repaired = day.repaired || month.repaired || year.repaired;
  Judge(year.value, month.value, day.value, true, out);
  return true;
}

}  // namespace

std::optional<WrittenDate> ParseWrittenDate(const Folded& text, std::size_t at, bool recognised) {
  const std::string_view key = text.key;
  if (key.substr(std::min(at, key.size()), 4) != "ngay") return std::nullopt;
  WrittenDate out;
  out.begin = at;
  const Figure day = ReadFigure(key, at + 4, 2, recognised);
  if (day.value >= 0 && ReadNumeric(key, day, recognised, &out)) return out;
  std::size_t month_word = WordEnd(key, day.end, "thang", recognised);
  if (month_word == std::string_view::npos && recognised) {
    month_word = WordEnd(key, SkipJunk(key, day.end, "thang"), "thang", recognised);
    out.unreadable = month_word != std::string_view::npos;
  }
  if (month_word == std::string_view::npos) return std::nullopt;
  const Figure month = ReadFigure(key, month_word, 2, recognised);
  std::size_t year_word = WordEnd(key, month.end, "nam", recognised);
  if (year_word == std::string_view::npos && recognised) {
    year_word = WordEnd(key, SkipJunk(key, month.end, "nam"), "nam", recognised);
    out.unreadable = out.unreadable || year_word != std::string_view::npos;
  }
  if (year_word == std::string_view::npos) {
    const std::size_t slash = SkipSpace(key, month.end);  // "ngày 09 tháng 3/2023"
    const Figure year =
        slash < key.size() && key[slash] == '/' ? ReadFigure(key, slash + 1, 4, recognised) : Figure{};
    if (month.value < 0 || year.value < 0) return std::nullopt;
    out.end = year.end;
    Judge(year.value, month.value, day.value, day.value >= 0, &out);
    return out;
  }
  const Figure year = ReadFigure(key, year_word, 4, recognised);
  out.end = year.value >= 0 ? year.end : year_word;
  out.repaired = day.repaired || month.repaired || year.repaired;
  const bool all_there = day.value >= 0 && month.value >= 0 && year.value >= 0;
  Judge(year.value, month.value, day.value, all_there && !out.unreadable, &out);
  return out;
}

std::optional<WrittenDate> FindWrittenDate(const Folded& text, std::size_t from, std::size_t to,
                                           bool recognised) {
  to = std::min(to, text.key.size());
  for (std::size_t at = text.key.find("ngay", from); at < to; at = text.key.find("ngay", at + 1)) {
    if (at > 0 && IsLetterOrDigit(text.key[at - 1])) continue;
    if (std::optional<WrittenDate> date = ParseWrittenDate(text, at, recognised)) return date;
  }
  return std::nullopt;
}

}  // namespace vanthu::extract
