#include "pipeline/layout/line_joins.h"

#include <algorithm>

namespace vanthu::layout {
namespace {

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

// Without the punctuation that closes a phrase: "UBND;" -> "UBND".
std::string_view Bare(std::string_view token) {
  while (!token.empty() && std::string_view(".,;:)]\"").find(token.back()) != std::string_view::npos)
    token.remove_suffix(1);
  return token;
}

bool HasDigitOrSlash(std::string_view token) {
  return std::any_of(token.begin(), token.end(),
                     [](char c) { return IsDigit(c) || c == '/' || c == '_' || c == '@'; });
}

// Ends in a hyphen or slash that is attached to a word.
bool IsOpenToken(std::string_view token) {
  return token.size() > 1 && (token.back() == '-' || token.back() == '/') &&
         token[token.size() - 2] != token.back();
}

// Width of a space and of a digit in Times New Roman, in the type size.
constexpr double kSpace = 0.25;
constexpr double kDigit = 0.5;
constexpr std::size_t kMaxTokens = 100'000;

}  // namespace

void LineJoins::Learn(const Line& line) {
  for (std::size_t i = 0; i < line.words.size(); ++i) {
    const std::string& token = line.words[i].text;
    if (token.size() > 100) continue;
    for (const char mark : {'-', '/'}) {
      const std::size_t at = token.find(mark, 1);
      if (at == std::string::npos || at + 1 >= token.size() || IsDigit(token[at - 1]) ||
          IsDigit(token[at + 1]))
        continue;
      (mark == '-' ? hyphen_ : slash_).joined++;
    }
    if (token.find_first_of("-/") == std::string::npos) continue;
    if (IsOpenToken(token) && i + 1 < line.words.size()) {
      (token.back() == '-' ? hyphen_ : slash_).spaced++;
      if (tokens_.size() < kMaxTokens) tokens_[token + std::string(Bare(line.words[i + 1].text))].spaced++;
    } else if (tokens_.size() < kMaxTokens) {
      tokens_[std::string(Bare(token))].joined++;
    }
  }
}

std::string_view LineJoins::Between(const Line& above, const Line& below, double room_pt) const {
  if (above.words.empty() || below.words.empty()) return " ";
  const std::string& a = above.words.back().text;
  const std::string& b = below.words.front().text;
  if (IsOpenToken(a)) {
    if (const auto known = tokens_.find(a + std::string(Bare(b))); known != tokens_.end())
      return known->second.spaced > known->second.joined ? " " : "";
    if (HasDigitOrSlash(std::string_view(a).substr(0, a.size() - 1))) return "";
    const Habit& habit = a.back() == '-' ? hyphen_ : slash_;
    return habit.spaced > habit.joined ? " " : "";
  }
  const bool numbers = IsDigit(b.front()) &&
                       (IsDigit(a.back()) ||
                        (a.size() > 1 && (a.back() == '.' || a.back() == ',') && IsDigit(a[a.size() - 2])));
  if (numbers && above.words.size() == 1 && room_pt < kDigit * above.font_size_pt) return "";
  return " ";
}

bool HadRoom(double room_pt, const Line& above, const Line& below) {
  if (below.words.empty()) return false;
  const double size = above.font_size_pt;
  // Lines are measured with an error of a fraction of a glyph; recognised ones with more.
  const double slack = (above.confidence < 1 ? 0.5 : 0.15) * size;
  return room_pt > kSpace * size + below.words.front().box.width() + slack;
}

}  // namespace vanthu::layout
