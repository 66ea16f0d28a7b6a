#include "pipeline/base/unicode.h"

#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>
#include <unordered_map>

namespace vanthu {
namespace {

const icu::Normalizer2& Nfc() {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status)) throw std::logic_error("ICU has no NFC data");
  return *normalizer;
}

const icu::Normalizer2& Nfd() {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFDInstance(status);
  if (U_FAILURE(status)) throw std::logic_error("ICU has no NFD data");
  return *normalizer;
}

icu::UnicodeString ToIcu(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}

std::string ToUtf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

icu::UnicodeString Normalise(const icu::Normalizer2& normalizer, const icu::UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString out = normalizer.normalize(text, status);
  return U_SUCCESS(status) ? out : text;
}

bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

const icu::Locale& Vietnamese() {
  static const icu::Locale locale("vi");
  return locale;
}

bool IsSpace(char32_t c) {
  return u_isUWhiteSpace(static_cast<UChar32>(c)) != 0 || c == 0x200B || c == 0xFEFF;
}

// The two-letter open rimes whose tone has two places in use, new spelling (on the second) to old (on the
// first). Source: the practice described in Nghị định 30/2020's own text, which mixes both.
const std::unordered_map<std::u32string, std::u32string>& NewToOld() {
  static const std::unordered_map<std::u32string, std::u32string> map = {
      {U"oà", U"òa"}, {U"oá", U"óa"}, {U"oả", U"ỏa"}, {U"oã", U"õa"}, {U"oạ", U"ọa"},
      {U"oè", U"òe"}, {U"oé", U"óe"}, {U"oẻ", U"ỏe"}, {U"oẽ", U"õe"}, {U"oẹ", U"ọe"},
      {U"uỳ", U"ùy"}, {U"uý", U"úy"}, {U"uỷ", U"ủy"}, {U"uỹ", U"ũy"}, {U"uỵ", U"ụy"}};
  return map;
}

}  // namespace

std::string ToNfc(std::string_view text) {
  if (IsAscii(text)) return std::string(text);
  return ToUtf8(Normalise(Nfc(), ToIcu(text)));
}

std::string ToLower(std::string_view text) {
  return ToUtf8(Normalise(Nfc(), ToIcu(text)).toLower(Vietnamese()));
}

std::string ToUpper(std::string_view text) {
  return ToUtf8(Normalise(Nfc(), ToIcu(text)).toUpper(Vietnamese()));
}

std::string WithoutDiacritics(std::string_view text) {
  if (IsAscii(text)) return std::string(text);
  const icu::UnicodeString decomposed = Normalise(Nfd(), ToIcu(text));
  icu::UnicodeString out;
  for (int32_t i = 0; i < decomposed.length();) {
    const UChar32 c = decomposed.char32At(i);
    i += U16_LENGTH(c);
    if (u_charType(c) == U_NON_SPACING_MARK) continue;
    out.append(c == 0x0111 ? UChar32('d') : c == 0x0110 ? UChar32('D') : c);
  }
  return ToUtf8(out);
}

std::string FoldTonePlacement(std::string_view text) {
  std::u32string code = ToCodePoints(ToNfc(text));
  for (std::size_t i = 0; i + 1 < code.size(); ++i) {
    const auto letter = [&](std::size_t k) {
      return k < code.size() && u_isalpha(static_cast<UChar32>(code[k]));
    };
    if (letter(i + 2)) continue;  // closed syllable: one form only
    const std::u32string pair = {static_cast<char32_t>(u_tolower(static_cast<UChar32>(code[i]))),
                                 static_cast<char32_t>(u_tolower(static_cast<UChar32>(code[i + 1])))};
    const auto found = NewToOld().find(pair);
    if (found == NewToOld().end()) continue;
    const char32_t before = i > 0 ? static_cast<char32_t>(u_tolower(static_cast<UChar32>(code[i - 1]))) : 0;
    if (pair[0] == U'u' && before == U'q') continue;  // quý: the u belongs to the onset
    for (std::size_t k = 0; k < 2; ++k) {
      const bool upper = u_isupper(static_cast<UChar32>(code[i + k])) != 0;
      const UChar32 folded = static_cast<UChar32>(found->second[k]);
      code[i + k] = static_cast<char32_t>(upper ? u_toupper(folded) : folded);
    }
  }
  return FromCodePoints(code);
}

std::string MatchKey(std::string_view text) {
  return FoldTonePlacement(ToLower(CollapseSpace(text)));
}

std::string SearchKey(std::string_view text) {
  return WithoutDiacritics(ToLower(CollapseSpace(text)));
}

std::string CollapseSpace(std::string_view text) {
  std::u32string out;
  bool pending = false;
  for (const char32_t c : ToCodePoints(text)) {
    if (IsSpace(c)) {
      pending = !out.empty();
      continue;
    }
    if (pending) out.push_back(U' ');
    pending = false;
    out.push_back(c);
  }
  return FromCodePoints(out);
}

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n\f\v";
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

std::vector<std::string> GraphemeClusters(std::string_view text) {
  std::vector<std::string> out;
  const icu::UnicodeString source = ToIcu(text);
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> breaks(
      icu::BreakIterator::createCharacterInstance(Vietnamese(), status));
  if (U_FAILURE(status)) throw std::logic_error("ICU has no break iterator");
  breaks->setText(source);
  int32_t start = breaks->first();
  for (int32_t end = breaks->next(); end != icu::BreakIterator::DONE; start = end, end = breaks->next())
    out.push_back(ToUtf8(source.tempSubStringBetween(start, end)));
  return out;
}

std::u32string ToCodePoints(std::string_view text) {
  const icu::UnicodeString source = ToIcu(text);
  std::u32string out;
  out.reserve(static_cast<std::size_t>(source.length()));
  for (int32_t i = 0; i < source.length();) {
    const UChar32 c = source.char32At(i);
    i += U16_LENGTH(c);
    out.push_back(static_cast<char32_t>(c));
  }
  return out;
}

std::string FromCodePoints(std::u32string_view text) {
  icu::UnicodeString out;
  for (const char32_t c : text) {
    const bool valid = c <= 0x10FFFF && !(c >= 0xD800 && c <= 0xDFFF);
    out.append(valid ? static_cast<UChar32>(c) : UChar32(0xFFFD));
  }
  return ToUtf8(out);
}

bool IsUpperCase(std::string_view text) {
  bool letter = false;
  for (const char32_t c : ToCodePoints(text)) {
    if (u_islower(static_cast<UChar32>(c))) return false;
    letter = letter || u_isalpha(static_cast<UChar32>(c));
  }
  return letter;
}

double NormalisedDistance(std::string_view a, std::string_view b) {
  const std::vector<std::string> left = GraphemeClusters(a);
  const std::vector<std::string> right = GraphemeClusters(b);
  if (left.empty() && right.empty()) return 0;
  std::vector<std::size_t> previous(right.size() + 1), current(right.size() + 1);
  for (std::size_t j = 0; j <= right.size(); ++j) previous[j] = j;
  for (std::size_t i = 1; i <= left.size(); ++i) {
    current[0] = i;
    for (std::size_t j = 1; j <= right.size(); ++j)
      current[j] = std::min(
          {previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (left[i - 1] == right[j - 1] ? 0u : 1u)});
    std::swap(previous, current);
  }
  return static_cast<double>(previous[right.size()]) /
         static_cast<double>(std::max(left.size(), right.size()));
}

}  // namespace vanthu
