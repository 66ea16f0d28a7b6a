#include "pipeline/extract/folded.h"

#include <algorithm>
#include <array>

#include "pipeline/base/unicode.h"

namespace vanthu::extract {
namespace {

constexpr char kOther = '\x01';
constexpr char32_t kTableSize = 0x2100;  // Latin with its additions, and the general punctuation

struct Letter {
  char key = kOther;
  char shape = '.';
};

char FoldKeyOf(char32_t c) {
  if (c < 0x80)
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : (c <= ' ' ? ' ' : static_cast<char>(c));
  if (c == 0xA0 || c == 0x202F || (c >= 0x2000 && c <= 0x200B)) return ' ';
  if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xAD) return '-';
  if (c == 0x201C || c == 0x201D || c == 0xAB || c == 0xBB) return '"';
  if (c == 0x2026) return '.';
  if (c == 0x2022 || c == 0xB7) return '*';
  if (c == 0x2018 || c == 0x2019) return '\'';
  const std::string key = SearchKey(FromCodePoints(std::u32string(1, c)));
  return key.size() == 1 && key[0] >= 'a' && key[0] <= 'z' ? key[0] : kOther;
}

char ShapeOf(char32_t c, char key) {
  if (key == ' ') return ' ';
  if (key >= '0' && key <= '9') return 'd';
  if (key < 'a' || key > 'z') return '.';
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? 'U' : 'l';
  const std::string written = FromCodePoints(std::u32string(1, c));
  return ToLower(written) == written ? 'l' : 'U';
}

const std::array<Letter, kTableSize>& Table() {
  static const std::array<Letter, kTableSize> table = [] {
    std::array<Letter, kTableSize> out{};
    for (char32_t c = 0; c < kTableSize; ++c) {
      const char key = c == 0xD0 ? 'd' : FoldKeyOf(c);  // Eth stands for Đ in many old files
      out[c] = {key, ShapeOf(c, key)};
    }
    return out;
  }();
  return table;
}

// Decodes one code point at `at` of ill- or well-formed UTF-8; returns its length in bytes (>= 1).
std::size_t Decode(std::string_view text, std::size_t at, char32_t* code) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const unsigned char lead = byte(0);
  const std::size_t length = lead < 0x80   ? 1
                             : lead < 0xC2 ? 0
                             : lead < 0xE0 ? 2
                             : lead < 0xF0 ? 3
                             : lead < 0xF5 ? 4
                                           : 0;
  *code = 0xFFFD;
  if (length == 0 || at + length > text.size()) return 1;
  if (length == 1) {
    *code = lead;
    return 1;
  }
  char32_t value = lead & (0x7Fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0u) != 0x80u) return 1;
    value = (value << 6) | (byte(i) & 0x3Fu);
  }
  *code = value;
  return length;
}

// Geometric shapes and the private-use codes of Word's bullet fonts.
bool IsBullet(char32_t c) {
  return (c >= 0x25A0 && c <= 0x25FF) || c == 0xF0B7 || c == 0xF0A7 || c == 0xF02D;
}

}  // namespace

bool IsLetterOrDigit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

double CapitalShare(const Folded& folded, std::size_t begin, std::size_t end) {
  end = std::min(end, folded.shape.size());
  int letters = 0;
  int capitals = 0;
  for (std::size_t i = begin; i < end; ++i) {
    letters += folded.shape[i] == 'U' || folded.shape[i] == 'l';
    capitals += folded.shape[i] == 'U';
  }
  return letters == 0 ? 0 : static_cast<double>(capitals) / letters;
}

Folded::Folded(std::string_view in) : text(in) {
  const std::array<Letter, kTableSize>& table = Table();
  key.reserve(text.size());
  shape.reserve(text.size());
  offset.reserve(text.size() + 1);
  for (std::size_t at = 0; at < text.size();) {
    char32_t code = 0;
    const std::size_t length = Decode(text, at, &code);
    // A combining mark on its own adds nothing to the key: NFD text folds as NFC does.
    if (code < 0x300 || code > 0x36F) {
      const Letter letter = code < kTableSize ? table[code] : Letter{IsBullet(code) ? '*' : kOther, '.'};
      key.push_back(letter.key);
      shape.push_back(letter.shape);
      offset.push_back(static_cast<std::uint32_t>(at));
    }
    at += length;
  }
  offset.push_back(static_cast<std::uint32_t>(text.size()));
}

std::string Folded::Slice(std::size_t begin, std::size_t end) const {
  end = std::min(end, key.size());
  while (begin < end && key[begin] == ' ') ++begin;
  while (end > begin && key[end - 1] == ' ') --end;
  if (begin >= end) return {};
  return text.substr(offset[begin], offset[end] - offset[begin]);
}

std::string FoldKey(std::string_view text) {
  const Folded folded(text);
  std::string out;
  for (const char c : folded.key) {
    if (c == ' ' && (out.empty() || out.back() == ' ')) continue;
    out.push_back(c);
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

namespace {

// Letter by letter; a space of the keyword matches any run of spaces, also none beside a sign.
std::size_t ExactEnd(std::string_view key, std::size_t at, std::string_view keyword) {
  for (std::size_t i = 0; i < keyword.size(); ++i) {
    if (keyword[i] == ' ') {
      const std::size_t before = at;
      while (at < key.size() && key[at] == ' ') ++at;
      if (at == before && i > 0 && IsLetterOrDigit(keyword[i - 1])) return std::string_view::npos;
    } else if (at < key.size() && key[at] == keyword[i]) {
      ++at;
    } else {
      return std::string_view::npos;
    }
  }
  return at;
}

// The least edits that turn `keyword` into a prefix of key[at..], and that prefix's end at a word's end.
KeywordMatch NearestEnd(std::string_view key, std::size_t at, std::string_view keyword, int allowed) {
  const std::size_t reach = std::min(key.size() - at, keyword.size() + static_cast<std::size_t>(allowed));
  std::vector<int> row(reach + 1);
  for (std::size_t j = 0; j <= reach; ++j) row[j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= keyword.size(); ++i) {
    int diagonal = row[0];
    row[0] = static_cast<int>(i);
    int least = row[0];
    for (std::size_t j = 1; j <= reach; ++j) {
      const int above = row[j];
      row[j] = std::min({diagonal + (keyword[i - 1] == key[at + j - 1] ? 0 : 1), above + 1, row[j - 1] + 1});
      diagonal = above;
      least = std::min(least, row[j]);
    }
    if (least > allowed) return {};
  }
  KeywordMatch best;
  int best_edits = allowed + 1;
  for (std::size_t j = 1; j <= reach; ++j) {
    // A space is no end: "chuong i" less its "i" would be found in "chuong trinh".
    const bool word_ends = key[at + j - 1] != ' ' && (at + j >= key.size() || !IsLetterOrDigit(key[at + j]) ||
                                                      !IsLetterOrDigit(key[at + j - 1]));
    if (!word_ends || row[j] >= best_edits) continue;
    best_edits = row[j];
    best = {at + j, 1.0 - 0.5 * row[j] / static_cast<double>(keyword.size())};
  }
  return best;
}

}  // namespace

KeywordMatch MatchKeywordAt(std::string_view key, std::size_t begin, std::string_view keyword,
                            bool recognised) {
  if (keyword.empty() || begin >= key.size()) return {};
  const std::size_t end = ExactEnd(key, begin, keyword);
  if (end != std::string_view::npos) {
    const bool word_ends =
        end >= key.size() || !IsLetterOrDigit(key[end]) || !IsLetterOrDigit(keyword.back());
    if (word_ends) return {end, 1.0};
  }
  const int allowed = recognised ? static_cast<int>(keyword.size() / 8) : 0;
  if (allowed == 0) return {};
  return NearestEnd(key, begin, keyword, allowed);
}

KeywordMatch MatchAnyAt(std::string_view key, std::size_t begin, const std::vector<std::string>& keywords,
                        bool recognised) {
  for (const std::string& keyword : keywords)
    if (const KeywordMatch match = MatchKeywordAt(key, begin, keyword, false)) return match;
  if (!recognised) return {};
  KeywordMatch best;
  for (const std::string& keyword : keywords)
    if (const KeywordMatch match = MatchKeywordAt(key, begin, keyword, true);
        match.certainty > best.certainty)
      best = match;
  return best;
}

std::size_t SkipSpace(std::string_view key, std::size_t at) {
  while (at < key.size() && key[at] == ' ') ++at;
  return at;
}

}  // namespace vanthu::extract
