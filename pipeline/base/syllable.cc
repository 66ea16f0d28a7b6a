#include "pipeline/base/syllable.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

namespace vanthu {
namespace {

// Letters without tone are written in ASCII inside this file:
//   ă A, â B, ê E, ô O, ơ P, ư U, đ D; others stand for themselves.
// Tones: 0 none, 1 huyền, 2 hỏi, 3 ngã, 4 sắc, 5 nặng.

// Source of the tables: the orthography as taught (Bộ Giáo dục, "Quy định về chính tả tiếng Việt", 1980),
// completed with the rimes of Hoàng Phê's Từ điển tiếng Việt that occur in loan syllables (oong, uyp, êng).
constexpr std::array<std::string_view, 28> kOnsets = {
    "",  "D",  "b",   "c",  "ch", "d",  "g",  "gh", "gi", "h", "k",  "kh", "l", "m",
    "n", "ng", "ngh", "nh", "p",  "ph", "qu", "r",  "s",  "t", "th", "tr", "v", "x"};

// In the order of `<` on char, so that a search can halve it.
constexpr std::array kRimes = std::to_array<std::string_view>({
    "Ac",   "Am",   "An",   "Ang",  "Ap",   "At",                          // ă
    "Bc",   "Bm",   "Bn",   "Bng",  "Bp",   "Bt",   "Bu",   "By",          // â
    "E",    "Ech",  "Em",   "En",   "Eng",  "Enh",  "Ep",   "Et",   "Eu",  // ê
    "O",    "Oc",   "Oi",   "Om",   "On",   "Ong",  "Op",   "Ot",          // ô
    "P",    "Pi",   "Pm",   "Pn",   "Pp",   "Pt",                          // ơ
    "U",    "UPc",  "UPi",  "UPm",  "UPn",  "UPng", "UPp",  "UPt",  "UPu",  "Ua",   "Uc",
    "Ui",   "Um",                  // ươ, ưa, ư
    "Un",   "Ung",  "Ut",   "Uu",  //
    "a",    "ac",   "ach",  "ai",   "am",   "an",   "ang",  "anh",  "ao",   "ap",   "at",
    "au",   "ay",                                                  //
    "e",    "ec",   "em",   "en",   "eng",  "eo",   "ep",   "et",  //
    "i",    "iEc",  "iEm",  "iEn",  "iEng", "iEp",  "iEt",  "iEu",  "ia",   "ich",  "im",
    "in",   "inh",  "ip",   "it",   "iu",  //
    "o",    "oAc",  "oAm",  "oAn",  "oAng", "oAt",  "oa",   "oac",  "oach", "oai",  "oam",
    "oan",  "oang", "oanh", "oao",  "oap",  "oat",  "oay",  "oc",   "oe",   "oem",  "oen",
    "oeng", "oeo",  "oet",  "oi",   "om",   "on",   "ong",  "ooc",  "oong", "op",   "ot",  //
    "u",    "uBc",  "uBn",  "uBng", "uBt",  "uBy",  "uE",   "uEch", "uEn",  "uEnh", "uEt",
    "uOc",  "uOi",  "uOm",  "uOn",  "uOng", "uOt",  "uP",   "ua",   "uc",   "ui",   "um",
    "un",   "ung",  "up",   "ut",   "uy",   "uyE",  "uyEn", "uyEt", "uya",  "uych", "uyn",
    "uynh", "uyp",  "uyt",  "uyu",                                         //
    "y",    "yEm",  "yEn",  "yEng", "yEt",  "yEu",  "yn",   "ynh",  "yt",  //
});
static_assert(std::is_sorted(kRimes.begin(), kRimes.end()));
static_assert(std::is_sorted(kOnsets.begin() + 1, kOnsets.end()));

struct Letter {
  char base = 0;  // in this file's ASCII; 0 = no letter of Vietnamese
  std::uint8_t tone = 0;
  bool upper = false;
  bool marked = false;  // a tone, hook, breve, circumflex or stroke
};

struct VowelRow {
  char base;
  std::array<char32_t, 6> forms;  // by tone
};

constexpr std::array<VowelRow, 12> kVowels = {{
    {'a', {U'a', U'à', U'ả', U'ã', U'á', U'ạ'}},
    {'A', {U'ă', U'ằ', U'ẳ', U'ẵ', U'ắ', U'ặ'}},
    {'B', {U'â', U'ầ', U'ẩ', U'ẫ', U'ấ', U'ậ'}},
    {'e', {U'e', U'è', U'ẻ', U'ẽ', U'é', U'ẹ'}},
    {'E', {U'ê', U'ề', U'ể', U'ễ', U'ế', U'ệ'}},
    {'i', {U'i', U'ì', U'ỉ', U'ĩ', U'í', U'ị'}},
    {'o', {U'o', U'ò', U'ỏ', U'õ', U'ó', U'ọ'}},
    {'O', {U'ô', U'ồ', U'ổ', U'ỗ', U'ố', U'ộ'}},
    {'P', {U'ơ', U'ờ', U'ở', U'ỡ', U'ớ', U'ợ'}},
    {'u', {U'u', U'ù', U'ủ', U'ũ', U'ú', U'ụ'}},
    {'U', {U'ư', U'ừ', U'ử', U'ữ', U'ứ', U'ự'}},
    {'y', {U'y', U'ỳ', U'ỷ', U'ỹ', U'ý', U'ỵ'}},
}};

// The lower-case form of a letter of the Vietnamese alphabet; other code points unchanged.
char32_t Lower(char32_t c) {
  if (c >= U'A' && c <= U'Z') return c + 0x20;
  if (c >= 0xC0 && c <= 0xDE && c != 0xD7) return c + 0x20;
  if (c == 0x0102 || c == 0x0110 || c == 0x0128 || c == 0x0168 || c == 0x01A0) return c + 1;
  if (c == 0x01AF) return 0x01B0;
  if (c >= 0x1EA0 && c <= 0x1EF9) return c | 1;
  return c;
}

Letter LetterOf(char32_t code) {
  const char32_t c = Lower(code);
  Letter letter;
  letter.upper = c != code;
  if (c == U'đ') return {'D', 0, letter.upper, true};
  if (c < 0x80) {
    if (c >= U'a' && c <= U'z') letter.base = static_cast<char>(c);
    return letter;
  }
  for (const VowelRow& row : kVowels)
    for (std::size_t tone = 0; tone < row.forms.size(); ++tone)
      if (row.forms[tone] == c) return {row.base, static_cast<std::uint8_t>(tone), letter.upper, true};
  return letter;
}

// What a combining mark adds: a tone (1-5), or a change of the base letter.
std::uint8_t ToneOfMark(char32_t c) {
  switch (c) {
    case 0x0300:
      return 1;
    case 0x0309:
      return 2;
    case 0x0303:
      return 3;
    case 0x0301:
      return 4;
    case 0x0323:
      return 5;
    default:
      return 0;
  }
}

char WithMark(char base, char32_t mark) {
  constexpr std::string_view kPlain = "aeo", kCircumflex = "BEO";
  if (mark == 0x0302)
    if (const std::size_t i = kPlain.find(base); i != std::string_view::npos) return kCircumflex[i];
  if (mark == 0x0306 && base == 'a') return 'A';
  if (mark == 0x031B && base == 'o') return 'P';
  if (mark == 0x031B && base == 'u') return 'U';
  return 0;
}

// Next code point of ill- or well-formed UTF-8; advances `at`.
char32_t Next(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at++);
  if (lead < 0x80) return lead;
  const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : -1;
  if (more < 0) return 0xFFFD;
  char32_t code = lead & (0x3F >> more);
  for (int i = 0; i < more; ++i) {
    if (at >= text.size() || (byte(at) & 0xC0) != 0x80) return 0xFFFD;
    code = code << 6 | (byte(at++) & 0x3F);
  }
  return code;
}

// The longest syllable is "nghiêng": seven letters.
constexpr std::size_t kMaxLetters = 7;

struct Spelling {
  std::array<char, kMaxLetters> base{};
  std::size_t size = 0;
  std::uint8_t tone = 0;
  std::size_t tone_at = 0;
  std::string_view letters() const { return {base.data(), size}; }
};

std::optional<Spelling> Spell(std::string_view word) {
  Spelling s;
  int tones = 0;
  for (std::size_t at = 0; at < word.size();) {
    const char32_t code = Next(word, at);
    if (code >= 0x0300 && code <= 0x036F) {
      if (s.size == 0) return std::nullopt;
      if (const std::uint8_t tone = ToneOfMark(code); tone != 0) {
        s.tone = tone;
        s.tone_at = s.size - 1;
        ++tones;
      } else if (const char base = WithMark(s.base[s.size - 1], code); base != 0) {
        s.base[s.size - 1] = base;
      } else {
        return std::nullopt;
      }
      continue;
    }
    const Letter letter = LetterOf(code);
    if (letter.base == 0 || s.size == kMaxLetters) return std::nullopt;
    s.base[s.size++] = letter.base;
    if (letter.tone != 0) {
      s.tone = letter.tone;
      s.tone_at = s.size - 1;
      ++tones;
    }
  }
  if (s.size == 0 || tones > 1) return std::nullopt;
  return s;
}

bool IsIn(const auto& sorted, std::string_view key) {
  return std::binary_search(sorted.begin(), sorted.end(), key);
}

// Which letter may begin the rime after this onset.
bool Agree(std::string_view onset, std::string_view rime) {
  const char first = rime[0];
  const bool front = first == 'e' || first == 'E' || first == 'i' || first == 'y';
  if (onset == "k") return front;
  if (onset == "gh" || onset == "ngh") return front && first != 'y';
  if (onset == "c" || onset == "ng") return !front;
  if (onset == "g") return !front || first == 'i';  // gì, giếng: the i counts twice
  if (onset == "qu") return first != 'u' && first != 'U' && !(first == 'o');
  if (onset == "gi") return first != 'i' && first != 'y';
  if (first == 'y' && rime.size() > 1)
    return onset.empty();  // yên, yêu stand alone: elsewhere it is iên, iêu
  return true;
}

// The tone stands on the letter that has a hook, breve or circumflex, if there is one (the second of ươ).
bool ToneFits(const Spelling& s, std::size_t rime_at) {
  if (s.tone == 0) return true;
  if (s.tone_at < rime_at && !(s.letters()[s.tone_at] == 'u' || s.letters()[s.tone_at] == 'i')) return false;
  const std::string_view letters = s.letters();
  for (std::size_t i = letters.size(); i-- > rime_at;)
    if (letters[i] >= 'A' && letters[i] <= 'Z') return s.tone_at == i;
  constexpr std::string_view kVowelLetters = "aeiouy";
  return kVowelLetters.find(letters[s.tone_at]) != std::string_view::npos;
}

bool IsChecked(std::string_view rime) {
  const char last = rime.back();
  return last == 'c' || last == 'p' || last == 't' ||
         (rime.size() > 2 && rime.substr(rime.size() - 2) == "ch");
}

bool IsSyllable(const Spelling& s, bool any_tone = false) {
  const std::string_view letters = s.letters();
  for (std::size_t n = 0; n <= 3 && n < letters.size(); ++n) {
    const std::string_view onset = letters.substr(0, n), rime = letters.substr(n);
    if (!IsIn(kOnsets, onset) || !IsIn(kRimes, rime) || !Agree(onset, rime)) continue;
    if (!any_tone && IsChecked(rime) && s.tone != 4 && s.tone != 5) continue;
    if (ToneFits(s, n)) return true;
  }
  return false;
}

bool IsLetter(char32_t c) {
  if (c < 0x80) return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
  if (c == 0xAA || c == 0xB5 || c == 0xBA) return true;
  if (c >= 0xC0 && c <= 0x2AF) return c != 0xD7 && c != 0xF7;
  return (c >= 0x0300 && c <= 0x1FFF) || c >= 0x3040;  // marks, other scripts, private use, U+FFFD
}

bool IsBlank(char32_t c) {
  return c <= 0x20 || c == 0xA0 || (c >= 0x2000 && c <= 0x200B) || c == 0x3000;
}

struct TokenFacts {
  bool letters_only = true;
  bool foreign = false;  // a letter that Vietnamese does not have
  bool marked = false;
  bool marked_vowel = false;
  bool vowel = false;
  bool upper_after_lower = false;
  std::size_t letters = 0;
  std::size_t upper = 0;
};

TokenFacts FactsOf(std::string_view token) {
  TokenFacts facts;
  bool lower_before = false;
  for (std::size_t at = 0; at < token.size();) {
    const char32_t code = Next(token, at);
    if (!IsLetter(code)) {
      facts.letters_only = false;
      return facts;
    }
    if (code >= 0x0300 && code <= 0x036F) {
      facts.marked = facts.marked_vowel = true;
      continue;
    }
    const Letter letter = LetterOf(code);
    ++facts.letters;
    facts.foreign = facts.foreign || letter.base == 0;
    facts.marked = facts.marked || letter.marked;
    facts.marked_vowel = facts.marked_vowel || (letter.marked && letter.base != 'D');
    facts.vowel = facts.vowel || std::string_view("aeiouyABEOPU").find(letter.base) != std::string_view::npos;
    facts.upper += letter.upper ? 1 : 0;
    facts.upper_after_lower = facts.upper_after_lower || (letter.upper && lower_before);
    lower_before = !letter.upper;
  }
  return facts;
}

// The token without the punctuation around it.
std::string_view Bare(std::string_view token) {
  std::size_t first = token.size(), last = 0;
  for (std::size_t at = 0; at < token.size();) {
    const std::size_t start = at;
    const char32_t code = Next(token, at);
    if (!IsLetter(code) && !(code >= U'0' && code <= U'9')) continue;
    first = std::min(first, start);
    last = at;
  }
  return first < last ? token.substr(first, last - first) : std::string_view();
}

}  // namespace

bool IsVietnameseSyllable(std::string_view word) {
  const std::optional<Spelling> spelling = Spell(word);
  return spelling && IsSyllable(*spelling);
}

SyllableRate RateSyllables(std::string_view text) {
  int valid = 0, marked = 0, toneless = 0, tokens = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    std::size_t end = at;
    while (at < text.size() && !IsBlank(Next(text, at))) end = at;
    const std::string_view token = Bare(text.substr(start, end - start));
    if (token.empty()) continue;
    const TokenFacts facts = FactsOf(token);
    if (!facts.letters_only || facts.letters == 0) continue;
    ++tokens;
    marked += facts.marked ? 1 : 0;
    if (!facts.marked) {
      const std::optional<Spelling> spelling = Spell(token);
      toneless += spelling && IsSyllable(*spelling, true) ? 1 : 0;
    }
    const bool abbreviation =
        !facts.foreign && !facts.marked_vowel && facts.upper == facts.letters && facts.letters <= 8;
    const bool plain = !facts.foreign && !facts.marked && facts.vowel && !facts.upper_after_lower;
    valid += abbreviation || plain || IsVietnameseSyllable(token) ? 1 : 0;
  }
  if (tokens == 0) return {};
  return {static_cast<double>(valid) / tokens, static_cast<double>(marked) / tokens,
          static_cast<double>(toneless) / tokens, tokens};
}

}  // namespace vanthu
