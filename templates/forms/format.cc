#include "templates/forms/format.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>

#include "pipeline/base/unicode.h"

namespace vanthu::templates {
namespace {

struct FormatRule {
  const char* name;
  bool text, date, number;  // the kinds that may have it
  bool blank;
};

constexpr FormatRule kFormats[] = {
    {"", true, true, true, false},
    {"in-hoa", true, false, false, false},
    {"in-thuong", true, false, false, false},
    {"ngay", false, true, false, true},
    {"ngay-so", false, true, false, false},
    {"so", true, false, true, false},
    {"la-ma", true, false, true, false},
    {"so-van-ban", true, false, false, true},
    {"ten-loai", true, false, false, false},
    {"co-quan", true, false, false, false},
};

const FormatRule* RuleOf(std::string_view name) {
  for (const FormatRule& rule : kFormats)
    if (rule.name == name) return &rule;
  return nullptr;
}

tl::unexpected<Message> Refuse(std::string vi, std::string en) {
  return tl::unexpected<Message>(Message{std::move(vi), std::move(en)});
}

std::optional<double> NumberOf(const Value& value) {
  if (const double* number = value.As<double>()) return *number;
  const std::string* text = value.As<std::string>();
  if (text == nullptr) return std::nullopt;
  double number = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (error != std::errc() || end != text->data() + text->size()) return std::nullopt;
  return number;
}

std::string Blank(std::string_view format, const Conventions& conventions) {
  if (format == "so-van-ban") return conventions.number_blank;
  if (format == "ngay")
    return fmt::format("ngày{}tháng{}năm{}", conventions.day_blank, conventions.month_blank,
                       conventions.year_blank);
  return {};
}

bool StartsWithWord(std::u32string_view text, std::size_t at, std::u32string_view word) {
  if (text.substr(at, word.size()) != word) return false;
  const std::size_t end = at + word.size();
  return end == text.size() || text[end] == U' ';
}

// Where the locality begins in a name of a body of a locality ("xã" in "ủy ban nhân dân xã an thành"), and
// where the locality's own name does; in code points of the folded key. None where it is no such name.
struct LocalityPlace {
  std::size_t word = 0, name = 0;
};

std::optional<LocalityPlace> FindLocality(const std::u32string& key, const Conventions& conventions) {
  const auto body = std::find_if(
      conventions.bodies.begin(), conventions.bodies.end(),
      [&](const std::string& b) { return StartsWithWord(key, 0, ToCodePoints(FoldTonePlacement(b))); });
  if (body == conventions.bodies.end()) return std::nullopt;
  const std::size_t at = ToCodePoints(FoldTonePlacement(*body)).size() + 1;
  std::size_t longest = 0;  // "thị xã" and "thị trấn" before "xã"
  for (const std::string& locality : conventions.localities) {
    const std::u32string word = ToCodePoints(FoldTonePlacement(locality));
    if (at < key.size() && StartsWithWord(key, at, word)) longest = std::max(longest, word.size());
  }
  if (longest == 0) return std::nullopt;
  return LocalityPlace{at, std::min(key.size(), at + longest + 1)};
}

// The key has as many code points as the text: folding moves tones, it adds none.
std::u32string KeyOf(const std::string& text) {
  return ToCodePoints(FoldTonePlacement(ToLower(text)));
}

std::string Capital(std::u32string_view letter) {
  return ToUpper(FromCodePoints(letter));
}

}  // namespace

std::string LongDate(const Date& date) {
  const unsigned day = static_cast<unsigned>(date.day()), month = static_cast<unsigned>(date.month());
  return fmt::format("ngày {:02} tháng {} năm {}", day,
                     month <= 2 ? fmt::format("{:02}", month) : fmt::to_string(month),
                     static_cast<int>(date.year()));
}

std::string ShortDate(const Date& date) {
  const unsigned day = static_cast<unsigned>(date.day()), month = static_cast<unsigned>(date.month());
  return fmt::format("{:02}/{}/{}", day, month <= 2 ? fmt::format("{:02}", month) : fmt::to_string(month),
                     static_cast<int>(date.year()));
}

std::string VietnameseNumber(double number) {
  if (!std::isfinite(number)) return {};
  std::string text = fmt::format("{:.6f}", std::abs(number));
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  const std::size_t dot = text.find('.');
  std::string whole = text.substr(0, dot);
  for (std::size_t at = whole.size(); at > 3; at -= 3) whole.insert(at - 3, ".");
  std::string out = dot == std::string::npos ? whole : fmt::format("{},{}", whole, text.substr(dot + 1));
  return number < 0 && out != "0" ? fmt::format("-{}", out) : out;
}

std::string RomanNumeral(int number) {
  constexpr int kMost = 3999;
  if (number < 1 || number > kMost) return {};
  constexpr std::pair<int, const char*> kSigns[] = {
      {1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"},
      {40, "XL"},  {10, "X"},   {9, "IX"},  {5, "V"},    {4, "IV"},  {1, "I"}};
  std::string out;
  for (const auto& [value, sign] : kSigns)
    for (; number >= value; number -= value) out += sign;
  return out;
}

std::string PaddedNumber(const std::string& number) {
  const bool one_digit = number.size() == 1 && number[0] >= '0' && number[0] <= '9';
  return one_digit ? fmt::format("0{}", number) : number;
}

std::string AgencyInText(const std::string& agency, const Conventions& conventions) {
  std::string clean = CollapseSpace(agency);
  if (!IsUpperCase(clean)) return clean;
  const std::u32string key = KeyOf(clean);
  for (const std::string& known : conventions.agencies)
    if (KeyOf(known) == key) return known;
  const std::optional<LocalityPlace> place = FindLocality(key, conventions);
  const std::u32string lower = ToCodePoints(ToLower(clean));
  if (!place || lower.size() != key.size()) return clean;
  std::string out = Capital(std::u32string_view(lower).substr(0, 1));
  for (std::size_t i = 1; i < lower.size(); ++i) {
    const bool first_of_name = i >= place->name && lower[i - 1] == U' ';
    out += first_of_name ? Capital(std::u32string_view(lower).substr(i, 1))
                         : FromCodePoints(std::u32string_view(lower).substr(i, 1));
  }
  return out;
}

std::string AgencyInHead(const std::string& agency, const Conventions& conventions) {
  std::string clean = CollapseSpace(agency);
  const std::u32string key = KeyOf(clean), letters = ToCodePoints(clean);
  const std::optional<LocalityPlace> place = FindLocality(key, conventions);
  if (!place || letters.size() != key.size()) return clean;
  return FromCodePoints(std::u32string_view(letters).substr(0, place->word - 1)) + "\n" +
         FromCodePoints(std::u32string_view(letters).substr(place->word));
}

bool FormatFits(std::string_view format, ShapeKind kind) {
  const FormatRule* rule = RuleOf(format);
  if (rule == nullptr) return false;
  if (kind == ShapeKind::kDate) return rule->date;
  return kind == ShapeKind::kNumber ? rule->number : rule->text;
}

bool HasBlank(std::string_view format) {
  const FormatRule* rule = RuleOf(format);
  return rule != nullptr && rule->blank;
}

namespace {

// In small letters, Roman numerals as they are: "QUÝ III" is "quý III". Above 39 (L, C, D, M) nobody counts
// so.
std::string LowerButNumerals(const std::string& text) {
  const std::u32string letters = ToCodePoints(text);
  std::u32string out = ToCodePoints(ToLower(text));
  if (out.size() != letters.size()) return ToLower(text);  // not NFC: no letter is known by its place
  const auto parts = [](char32_t c) { return c < 0x80 && !std::isalnum(static_cast<int>(c)); };
  for (std::size_t begin = 0; begin < letters.size();) {
    std::size_t end = begin;
    while (end < letters.size() && !parts(letters[end])) ++end;
    const std::u32string word = letters.substr(begin, end - begin);
    if (word.find_first_not_of(U"IVX") == std::u32string::npos) out.replace(begin, word.size(), word);
    begin = end + 1;
  }
  return FromCodePoints(out);
}

}  // namespace

tl::expected<std::string, Message> FormatValue(const Value& value, std::string_view format,
                                               const Conventions& conventions) {
  if (value.Empty()) return Blank(format, conventions);
  if (const Date* date = value.As<Date>()) return format == "ngay" ? LongDate(*date) : ShortDate(*date);
  if (format == "so" || (format.empty() && value.As<double>() != nullptr)) {
    const std::optional<double> number = NumberOf(value);
    if (!number) return Refuse("không phải là số", "not a number");
    return VietnameseNumber(*number);
  }
  if (format == "la-ma") {
    const std::optional<double> number = NumberOf(value);
    std::string roman = number && *number == std::trunc(*number) && std::abs(*number) < 1e6
                            ? RomanNumeral(static_cast<int>(*number))
                            : std::string();
    if (roman.empty())
      return Refuse("không viết được bằng chữ số La Mã (1 đến 3999)",
                    "cannot be a Roman numeral (1 to 3999)");
    return roman;
  }
  const std::string* text = value.As<std::string>();
  if (text == nullptr) return Refuse("không phải là chữ", "not a text");
  if (format == "in-hoa") return ToUpper(*text);
  if (format == "in-thuong") return LowerButNumerals(*text);
  if (format == "so-van-ban") return PaddedNumber(*text);
  if (format == "co-quan") return AgencyInText(*text, conventions);
  if (format == "ten-loai") {
    const auto found = conventions.type_names.find(*text);
    if (found == conventions.type_names.end())
      return Refuse(fmt::format("«{}» không phải là ký hiệu tên loại văn bản", *text),
                    fmt::format("\"{}\" is no code of a kind of document", *text));
    return found->second;
  }
  return *text;
}

}  // namespace vanthu::templates
