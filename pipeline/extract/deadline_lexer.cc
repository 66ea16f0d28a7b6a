#include "pipeline/extract/deadline_lexer.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "pipeline/base/unicode.h"

namespace vanthu::extract {
namespace {

// A cell says when in some words; the longest seen has 40. What follows is not looked at.
constexpr std::size_t kMostTokens = 400;
constexpr std::size_t kMostBytes = 8192;

// Guesses, on the doubtful side of kDoubtful where a digit is at stake.
constexpr double kWithoutMarks = 0.95;
constexpr double kMendedDigit = 0.7;

constexpr std::array<std::pair<const char*, Term>, 38> kTermNames = {{
    {"quarter", Term::kQuarter},
    {"quarter_before_numeral", Term::kQuarterBeforeNumeral},
    {"month", Term::kMonth},
    {"month_before_numeral", Term::kMonthBeforeNumeral},
    {"day", Term::kDay},
    {"week", Term::kWeek},
    {"year", Term::kYear},
    {"hour", Term::kHour},
    {"minute", Term::kMinute},
    {"working", Term::kWorking},
    {"before", Term::kBefore},
    {"latest", Term::kLatest},
    {"until", Term::kUntil},
    {"from", Term::kFrom},
    {"to", Term::kTo},
    {"inside", Term::kInside},
    {"and", Term::kAnd},
    {"of", Term::kOf},
    {"every", Term::kEvery},
    {"times", Term::kTimes},
    {"periodic", Term::kPeriodic},
    {"unscheduled", Term::kUnscheduled},
    {"ongoing", Term::kOngoing},
    {"relative", Term::kRelative},
    {"since", Term::kSince},
    {"within", Term::kWithin},
    {"begin", Term::kBegin},
    {"middle", Term::kMiddle},
    {"end", Term::kEnd},
    {"last_day", Term::kLastDay},
    {"half_first", Term::kHalfFirst},
    {"half_last", Term::kHalfLast},
    {"following", Term::kFollowing},
    {"school_year", Term::kSchoolYear},
    {"stage", Term::kStage},
    {"document_number", Term::kDocumentNumber},
    {"weekday", Term::kWeekday},
    {"sunday", Term::kSunday},
}};

struct Raw {
  std::string text;
  bool word = false;
  bool space_before = false;
};

enum class Kind { kSpace, kLetter, kDigit, kSign };

Kind KindOf(char32_t c) {
  if (c <= U' ' || c == 0xA0 || (c >= 0x2000 && c <= 0x200B) || c == 0x202F) return Kind::kSpace;
  if (c >= U'0' && c <= U'9') return Kind::kDigit;
  if ((c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || (c >= 0xC0 && c < 0x2000) || c == U'|')
    return Kind::kLetter;
  return Kind::kSign;
}

// Runs of letters, runs of digits, single signs. Letters that stand for digits inside a number stay with it.
std::vector<Raw> Split(std::string_view text) {
  std::vector<Raw> out;
  const std::u32string code = ToCodePoints(ToNfc(text.substr(0, kMostBytes)));
  const auto looks_like_digit = [](char32_t c) { return c == U'O' || c == U'o' || c == U'l' || c == U'I'; };
  bool space = false;
  for (std::size_t i = 0; i < code.size() && out.size() < kMostTokens;) {
    const Kind kind = KindOf(code[i]);
    if (kind == Kind::kSpace) {
      if (code[i] == U'\n') out.push_back({"\n", false, true});
      space = true;
      ++i;
      continue;
    }
    std::size_t end = i + 1;
    if (kind == Kind::kDigit) {
      while (end < code.size() && (KindOf(code[end]) == Kind::kDigit || looks_like_digit(code[end]))) ++end;
      // "5h", "2lần": a letter that starts a word is no digit
      while (end > i + 1 && KindOf(code[end - 1]) == Kind::kLetter && end < code.size() &&
             KindOf(code[end]) == Kind::kLetter)
        --end;
    } else if (kind == Kind::kLetter) {
      while (end < code.size() && KindOf(code[end]) == Kind::kLetter) ++end;
      // "l5/3", "O6": a letter for a digit before digits
      const bool numeral = end == i + 1 && looks_like_digit(code[i]) && code[i] != U'I' &&
                           end < code.size() && KindOf(code[end]) == Kind::kDigit;
      if (numeral)
        while (end < code.size() && KindOf(code[end]) == Kind::kDigit) ++end;
    }
    out.push_back({FromCodePoints(code.substr(i, end - i)), kind == Kind::kLetter, space});
    space = false;
    i = end;
  }
  return out;
}

std::optional<Token> NumberOf(const Raw& raw, const DeadlineRules& rules) {
  Token token;
  token.term = Term::kNumber;
  bool any_digit = false;
  for (const char c : raw.text) {
    int digit = 0;
    if (c >= '0' && c <= '9') {
      digit = c - '0';
      any_digit = true;
    } else if (c == 'O' || c == 'o') {
      token.certainty = kMendedDigit;
    } else if (c == 'l' || c == 'I') {
      digit = 1;
      token.certainty = kMendedDigit;
    } else {
      return std::nullopt;
    }
    if (token.digits < 9) token.number = token.number * 10 + digit;
    ++token.digits;
  }
  if (!any_digit) return std::nullopt;
  if (const auto found = rules.misread_roman.find(raw.text); found != rules.misread_roman.end())
    token.misread_roman = found->second;
  return token;
}

Term SignOf(const std::string& sign) {
  static const std::map<std::string, Term> signs = {
      {"/", Term::kSlash}, {"-", Term::kDash},      {"–", Term::kDash},   {"—", Term::kDash},
      {"−", Term::kDash},  {"‐", Term::kDash},      {"‑", Term::kDash},   {"→", Term::kDash},
      {"÷", Term::kDash},  {".", Term::kDot},       {",", Term::kComma},  {"&", Term::kAnd},
      {"+", Term::kAnd},   {";", Term::kSemicolon}, {"(", Term::kOpen},   {"[", Term::kOpen},
      {")", Term::kClose}, {"]", Term::kClose},     {"\n", Term::kBreak}, {":", Term::kColon}};
  const auto found = signs.find(sign);
  return found == signs.end() ? Term::kNone : found->second;
}

Token WordOf(const Raw& raw, const std::string& key, const DeadlineRules& rules) {
  Token token;
  token.word = key;
  if (const auto roman = rules.roman.find(raw.text); roman != rules.roman.end()) {
    token.term = Term::kRoman;
    token.number = roman->second;
    return token;
  }
  if (const auto misread = rules.misread_roman.find(raw.text); misread != rules.misread_roman.end())
    token.misread_roman = misread->second;
  if (const auto number = rules.numbers.find(key); number != rules.numbers.end()) {
    token.term = Term::kNumber;
    token.number = number->second;
    token.digits = 1;
  }
  return token;
}

// The longest phrase that starts at raws[i]; its length in raws, 0 if none.
std::size_t MatchPhrase(const std::vector<Raw>& raws, const std::vector<std::string>& keys, std::size_t i,
                        const DeadlineRules& rules, Token* token) {
  std::string phrase;
  std::size_t best = 0;
  for (std::size_t n = 1; n <= rules.longest_phrase && i + n <= raws.size(); ++n) {
    if (!raws[i + n - 1].word) break;
    if (n > 1) phrase += ' ';
    phrase += keys[i + n - 1];
    if (const auto found = rules.phrases.find(phrase); found != rules.phrases.end()) {
      *token = Token{};
      token->term = found->second;
      best = n;
    } else if (n > 1) {
      const auto plain = rules.plain.find(WithoutDiacritics(phrase));
      if (plain == rules.plain.end()) continue;
      *token = Token{};
      token->term = plain->second;
      token->certainty = kWithoutMarks;
      best = n;
    }
  }
  if (best > 0) {
    token->word = keys[i];
    if (const auto misread = rules.misread_roman.find(raws[i].text);
        best == 1 && misread != rules.misread_roman.end())
      token->misread_roman = misread->second;
  }
  return best;
}

// "QII" is "Q" and "II".
void SplitQuarterSigns(std::vector<Raw>* raws, const DeadlineRules& rules) {
  std::vector<Raw> out;
  for (Raw& raw : *raws) {
    if (raw.word && raw.text.size() > 1 && raw.text[0] == 'Q' && rules.roman.count(raw.text.substr(1)) > 0) {
      out.push_back({"Q", true, raw.space_before});
      out.push_back({raw.text.substr(1), true, false});
    } else {
      out.push_back(std::move(raw));
    }
  }
  *raws = std::move(out);
}

std::size_t WordsIn(const std::string& phrase) {
  return static_cast<std::size_t>(std::count(phrase.begin(), phrase.end(), ' ')) + 1;
}

}  // namespace

Result<DeadlineRules> ReadDeadlineRules(const std::filesystem::path& path) {
  Result<DataFile> file = ReadDataFile(path);
  if (!file) return Fail(file.error());
  DeadlineRules out;
  DataReader root = file->root();
  DataReader terms = root.Item("terms");
  for (const auto& [name, term] : kTermNames) {
    for (const std::string& phrase : terms.Texts(name)) {
      const std::string key = MatchKey(phrase);
      out.phrases[key] = term;
      out.longest_phrase = std::max(out.longest_phrase, WordsIn(key));
      if (WordsIn(key) > 1) out.plain.emplace(WithoutDiacritics(key), term);
    }
  }
  for (DataReader& entry : root.Items("numbers")) {
    const int value = static_cast<int>(entry.Number("value", 1, 31));
    for (const std::string& word : entry.Texts("words")) out.numbers[MatchKey(word)] = value;
  }
  for (DataReader& entry : root.Items("roman")) {
    const int value = static_cast<int>(entry.Number("value", 1, 4));
    for (const std::string& numeral : entry.Texts("written")) out.roman[numeral] = value;
    for (const std::string& numeral : entry.Texts("misread")) out.misread_roman[numeral] = value;
  }
  if (Status status = file->Check(); !status) return Fail(status.error());
  return out;
}

std::vector<Token> LexDeadline(std::string_view text, const DeadlineRules& rules) {
  std::vector<Raw> raws = Split(text);
  SplitQuarterSigns(&raws, rules);
  std::vector<std::string> keys(raws.size());
  for (std::size_t i = 0; i < raws.size(); ++i)
    if (raws[i].word) keys[i] = MatchKey(raws[i].text);
  std::vector<Token> out;
  for (std::size_t i = 0; i < raws.size();) {
    Token token;
    std::size_t used = 1;
    if (!raws[i].word) {
      if (const std::optional<Token> number = NumberOf(raws[i], rules)) {
        token = *number;
      } else {
        token.term = SignOf(raws[i].text);
      }
    } else if (const std::optional<Token> number = NumberOf(raws[i], rules)) {
      token = *number;  // "l5"
    } else {
      token = WordOf(raws[i], keys[i], rules);
      if (token.term != Term::kRoman) {
        Token phrase;
        const std::size_t length = MatchPhrase(raws, keys, i, rules, &phrase);
        if (length > 1 || (length == 1 && token.term == Term::kNone)) {
          token = phrase;
          used = length;
        }
      }
    }
    token.space_before = raws[i].space_before;
    out.push_back(std::move(token));
    i += used;
  }
  return out;
}

}  // namespace vanthu::extract
