#include "signing/pdf/parser.h"

#include <charconv>
#include <limits>
#include <utility>

namespace vanthu::signing::pdf {
namespace {

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

// A node of the map with key and value; measured with malloc_usable_size.
constexpr std::size_t kEntryCost_bytes = 128;
constexpr std::size_t kSharedCost_bytes = 80;  // an empty array or dictionary of its own

}  // namespace

bool IsSpace(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

bool IsRegular(char c) {
  constexpr std::string_view kDelimiters = "()<>[]{}/%";
  return !IsSpace(c) && kDelimiters.find(c) == std::string_view::npos;
}

void Parser::SkipWhite() {
  while (at_ < bytes_.size() && IsSpace(bytes_[at_])) ++at_;
}

void Parser::SkipSpace() {
  while (true) {
    SkipWhite();
    if (Peek() != '%') return;
    while (at_ < bytes_.size() && bytes_[at_] != '\n' && bytes_[at_] != '\r') ++at_;
  }
}

bool Parser::Take(std::string_view text) {
  if (at_ > bytes_.size() || bytes_.substr(at_, text.size()) != text) return false;
  at_ += text.size();
  return true;
}

bool Parser::TakeWord(std::string_view word) {
  SkipSpace();
  if (at_ > bytes_.size() || bytes_.substr(at_, word.size()) != word) return false;
  const std::size_t after = at_ + word.size();
  if (after < bytes_.size() && IsRegular(bytes_[after])) return false;
  at_ = after;
  return true;
}

std::optional<std::int64_t> Parser::TakeUnsigned() {
  SkipSpace();
  std::size_t end = at_;
  std::int64_t value = 0;
  while (end < bytes_.size() && IsDigit(bytes_[end]) && end - at_ < 18)
    value = value * 10 + (bytes_[end++] - '0');
  if (end == at_ || (end < bytes_.size() && IsRegular(bytes_[end]))) return std::nullopt;
  at_ = end;
  return value;
}

std::optional<Ref> Parser::TakeHeader() {
  const std::size_t begin = at_;
  const auto number = TakeUnsigned();
  const auto generation = number ? TakeUnsigned() : std::nullopt;
  constexpr std::int64_t kMost = std::numeric_limits<int>::max();
  // "obj" may be followed by anything: "1 0 obj<<" and "1 0 obj[" are common, "1 0 obj5" is wrong, so
  // TakeWord.
  if (!generation || *number > kMost || *generation > kMost || !TakeWord("obj")) {
    at_ = begin;
    return std::nullopt;
  }
  return Ref{static_cast<int>(*number), static_cast<int>(*generation)};
}

std::optional<Object> Parser::TakeObject() {
  return Next(0);
}

bool Parser::Pay(std::size_t bytes) {
  cost_ += bytes;
  return cost_ <= most_cost_;
}

std::optional<Object> Parser::Next(int depth) {
  SkipSpace();
  if (AtEnd() || depth > kMostDepth || !Pay(sizeof(Object))) return std::nullopt;
  const char c = Peek();
  if (c == '/') {
    auto name = NextName();
    return name ? std::optional<Object>(Object(std::move(*name))) : std::nullopt;
  }
  if (c == '(' || (c == '<' && Peek(1) != '<')) {
    auto string = c == '(' ? NextLiteral() : NextHex();
    return string ? std::optional<Object>(Object(std::move(*string))) : std::nullopt;
  }
  if (c == '<') return NextDictionary(depth);
  if (c == '[') return NextArray(depth);
  if (IsDigit(c)) {
    if (const auto ref = TakeRef()) return Object(*ref);
    return NextNumber();
  }
  if (c == '+' || c == '-' || c == '.') return NextNumber();
  if (TakeWord("true")) return Object(true);
  if (TakeWord("false")) return Object(false);
  if (TakeWord("null")) return Object();
  return std::nullopt;
}

std::optional<Ref> Parser::TakeRef() {
  const std::size_t begin = at_;
  const auto number = TakeUnsigned();
  const auto generation = number ? TakeUnsigned() : std::nullopt;
  constexpr std::int64_t kMost = std::numeric_limits<int>::max();
  if (!generation || *number > kMost || *generation > kMost || !TakeWord("R")) {
    at_ = begin;
    return std::nullopt;
  }
  return Ref{static_cast<int>(*number), static_cast<int>(*generation)};
}

std::optional<Object> Parser::NextNumber() {
  std::size_t end = at_;
  while (end < bytes_.size() && IsRegular(bytes_[end])) ++end;
  std::string_view text = bytes_.substr(at_, end - at_);
  at_ = end;
  const bool negative = text.front() == '-';
  if (negative || text.front() == '+') text.remove_prefix(1);
  const std::size_t point = text.find('.');
  std::size_t digits = 0;
  for (const char c : text) digits += IsDigit(c) ? 1 : 0;
  if (digits == 0 || digits != text.size() - (point != std::string_view::npos ? 1 : 0)) return std::nullopt;
  if (point == std::string_view::npos) {
    std::int64_t value = 0;
    const auto [last, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc()) return Object(negative ? -value : value);
  }
  double value = 0;
  const auto [last, error] =
      std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (error != std::errc()) return std::nullopt;
  return Object(negative ? -value : value);
}

std::optional<Object> Parser::NextArray(int depth) {
  ++at_;
  if (!Pay(kSharedCost_bytes)) return std::nullopt;
  Array out;
  while (true) {
    SkipSpace();
    if (Take("]")) break;
    auto item = Next(depth + 1);
    if (!item) return std::nullopt;
    out.push_back(std::move(*item));
  }
  out.shrink_to_fit();
  return Object(std::move(out));
}

std::optional<Object> Parser::NextDictionary(int depth) {
  at_ += 2;
  if (!Pay(kSharedCost_bytes)) return std::nullopt;
  Dictionary out;
  while (true) {
    SkipSpace();
    if (Take(">>")) break;
    auto key = Peek() == '/' ? NextName() : std::nullopt;
    auto value = key && Pay(kEntryCost_bytes) ? Next(depth + 1) : std::nullopt;
    if (!value) return std::nullopt;
    const auto [entry, is_new] = out.try_emplace(std::move(key->text), *value);
    // Of two values some readers take the first, some the last.
    if (!is_new && !(entry->second == *value)) return std::nullopt;
  }
  return Object(std::move(out));
}

std::optional<Name> Parser::NextName() {
  ++at_;
  Name out;
  while (at_ < bytes_.size() && IsRegular(bytes_[at_])) {
    const int high = Peek() == '#' ? HexDigit(Peek(1)) : -1;
    const int low = high >= 0 ? HexDigit(Peek(2)) : -1;
    if (low >= 0) {
      out.text += static_cast<char>(high * 16 + low);
      at_ += 3;
    } else {
      out.text += bytes_[at_++];
    }
  }
  if (!Pay(out.text.size() > 15 ? out.text.capacity() : 0)) return std::nullopt;
  return out;
}

std::optional<String> Parser::NextLiteral() {
  ++at_;
  String out;
  int open = 1;
  while (at_ < bytes_.size()) {
    const char c = bytes_[at_++];
    if (c == '\\') {
      Escape(out.bytes);
      continue;
    }
    if (c == '\r') {  // 7.3.4.2: every line end in a string is a line feed
      if (Peek() == '\n') ++at_;
      out.bytes += '\n';
      continue;
    }
    if (c == '(') ++open;
    if (c == ')' && --open == 0) {
      if (!Pay(out.bytes.size() > 15 ? out.bytes.capacity() : 0)) return std::nullopt;
      return out;
    }
    out.bytes += c;
  }
  return std::nullopt;
}

void Parser::Escape(std::string& out) {
  if (AtEnd()) return;
  const char c = bytes_[at_++];
  constexpr std::string_view kLetters = "nrtbf";
  constexpr std::string_view kMeanings = "\n\r\t\b\f";
  if (const std::size_t found = kLetters.find(c); found != std::string_view::npos) {
    out += kMeanings[found];
  } else if (c >= '0' && c <= '7') {
    int value = c - '0';
    for (int i = 0; i < 2 && Peek() >= '0' && Peek() <= '7'; ++i) value = value * 8 + (bytes_[at_++] - '0');
    out += static_cast<char>(value & 0xFF);
  } else if (c == '\r') {  // a line end after "\" is no part of the string
    if (Peek() == '\n') ++at_;
  } else if (c != '\n') {
    out += c;
  }
}

std::optional<String> Parser::NextHex() {
  ++at_;
  String out;
  int high = -1;
  while (at_ < bytes_.size()) {
    const char c = bytes_[at_++];
    if (c == '>') {
      if (high >= 0) out.bytes += static_cast<char>(high * 16);
      if (!Pay(out.bytes.size() > 15 ? out.bytes.capacity() : 0)) return std::nullopt;
      return out;
    }
    if (IsSpace(c)) continue;
    const int digit = HexDigit(c);
    if (digit < 0) return std::nullopt;
    if (high < 0) {
      high = digit;
    } else {
      out.bytes += static_cast<char>(high * 16 + digit);
      high = -1;
    }
  }
  return std::nullopt;
}

}  // namespace vanthu::signing::pdf
