#include "signing/pades/content_tokens.h"

#include <charconv>

namespace vanthu::signing {
namespace {

constexpr std::size_t kMostOperands = 4096;

bool IsSpace(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}
bool IsDelimiter(char c) {
  return std::string_view("()<>[]{}/%").find(c) != std::string_view::npos;
}

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

std::optional<double> ParseNumber(std::string_view word) {
  if (!word.empty() && word.front() == '+') word.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc() || end != word.data() + word.size()) return std::nullopt;
  return value;
}

}  // namespace

double ContentOperator::FromEnd(std::size_t i) const {
  return i < operands.size() ? operands[operands.size() - 1 - i].number : 0;
}

void ContentTokens::SkipSpace() {
  while (!rest_.empty()) {
    if (IsSpace(rest_.front())) {
      rest_.remove_prefix(1);
    } else if (rest_.front() == '%') {
      const std::size_t end = rest_.find_first_of("\r\n");
      rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end);
    } else {
      return;
    }
  }
}

std::string ContentTokens::ReadLiteral() {
  std::string text;
  int depth = 0;
  std::size_t i = 0;
  for (; i < rest_.size(); ++i) {
    char c = rest_[i];
    if (c == '(' && depth++ == 0) continue;
    if (c == ')' && --depth == 0) break;
    if (c == '\\' && i + 1 < rest_.size()) {
      c = rest_[++i];
      if (c >= '0' && c <= '7') {
        int code = 0;
        for (int digits = 0; digits < 3 && i < rest_.size() && rest_[i] >= '0' && rest_[i] <= '7'; ++digits)
          code = code * 8 + (rest_[i++] - '0');
        --i;
        c = static_cast<char>(code);
      } else if (c == 'n') {
        c = '\n';
      } else if (c == 'r' || c == 't' || c == 'b' || c == 'f') {
        c = ' ';
      }
    }
    text += c;
  }
  rest_.remove_prefix(std::min(i + 1, rest_.size()));
  return text;
}

std::string ContentTokens::ReadHex() {
  std::string text;
  int high = -1;
  std::size_t i = 1;
  for (; i < rest_.size() && rest_[i] != '>'; ++i) {
    const int value = HexValue(rest_[i]);
    if (value < 0) continue;
    if (high < 0) {
      high = value;
    } else {
      text += static_cast<char>(high * 16 + value);
      high = -1;
    }
  }
  if (high >= 0) text += static_cast<char>(high * 16);
  rest_.remove_prefix(std::min(i + 1, rest_.size()));
  return text;
}

std::string ContentTokens::ReadName() {
  rest_.remove_prefix(1);
  std::string name;
  while (!rest_.empty() && !IsSpace(rest_.front()) && !IsDelimiter(rest_.front())) {
    if (rest_.front() == '#' && rest_.size() > 2 && HexValue(rest_[1]) >= 0 && HexValue(rest_[2]) >= 0) {
      name += static_cast<char>(HexValue(rest_[1]) * 16 + HexValue(rest_[2]));
      rest_.remove_prefix(3);
    } else {
      name += rest_.front();
      rest_.remove_prefix(1);
    }
  }
  return name;
}

std::string_view ContentTokens::ReadWord() {
  std::size_t i = 0;
  while (i < rest_.size() && !IsSpace(rest_[i]) && !IsDelimiter(rest_[i])) ++i;
  if (i == 0) i = 1;  // a delimiter that stands alone
  const std::string_view word = rest_.substr(0, i);
  rest_.remove_prefix(i);
  return word;
}

void ContentTokens::SkipInlinePicture() {
  const std::size_t data = rest_.find("ID");
  std::size_t at = data == std::string_view::npos ? data : data + 2;
  while (at != std::string_view::npos) {
    at = rest_.find("EI", at);
    if (at == std::string_view::npos) break;
    const bool begins = IsSpace(rest_[at - 1]);
    const bool ends = at + 2 >= rest_.size() || IsSpace(rest_[at + 2]);
    if (begins && ends) {
      rest_.remove_prefix(at + 2);
      return;
    }
    at += 2;
  }
  rest_ = {};
}

std::optional<ContentOperator> ContentTokens::Next() {
  ContentOperator found;
  const auto add = [&](ContentOperand operand) {
    if (found.operands.size() < kMostOperands) found.operands.push_back(std::move(operand));
  };
  using Kind = ContentOperand::Kind;
  for (SkipSpace(); !rest_.empty(); SkipSpace()) {
    const char c = rest_.front();
    if (c == '(') {
      add({Kind::kString, 0, ReadLiteral()});
    } else if (c == '<' && !rest_.starts_with("<<")) {
      add({Kind::kString, 0, ReadHex()});
    } else if (c == '/') {
      add({Kind::kName, 0, ReadName()});
    } else if (IsDelimiter(c)) {
      rest_.remove_prefix(rest_.starts_with("<<") || rest_.starts_with(">>") ? 2 : 1);
      add({c == '[' ? Kind::kOpen : c == ']' ? Kind::kClose : Kind::kOther, 0, {}});
    } else {
      const std::string_view word = ReadWord();
      if (const auto number = ParseNumber(word)) {
        add({Kind::kNumber, *number, {}});
        continue;
      }
      if (word == "true" || word == "false" || word == "null") {
        add({});
        continue;
      }
      found.name = std::string(word.substr(0, 16));
      if (word == "BI") SkipInlinePicture();
      return found;
    }
  }
  return std::nullopt;
}

}  // namespace vanthu::signing
