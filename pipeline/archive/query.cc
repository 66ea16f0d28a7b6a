#include "pipeline/archive/query.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "pipeline/archive/tokenizer.h"
#include "pipeline/base/file.h"
#include "pipeline/base/unicode.h"

namespace vanthu::archive {
namespace {

// A piece of the query between spaces; `field` where a known name and a colon stand before it.
struct Piece {
  const FieldRule* rule = nullptr;
  std::string name;  // as typed, for messages
  std::string value;
  bool quoted = false;
};

bool IsSpace(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

// The opening quote at `at` (", “, ” or «), as its length in bytes; 0: none.
std::size_t QuoteAt(std::string_view text, std::size_t at) {
  for (const std::string_view quote : {"\"", "“", "”", "„", "«", "»"})
    if (text.substr(at, quote.size()) == quote) return quote.size();
  return 0;
}

class Splitter {
 public:
  Splitter(std::string_view text, const FieldRules& rules) : text_(text), rules_(rules) {}

  std::vector<Piece> Split() {
    std::vector<Piece> pieces;
    while (true) {
      while (at_ < text_.size() && IsSpace(text_[at_])) ++at_;
      if (at_ >= text_.size()) return pieces;
      Piece piece;
      ReadName(piece);
      ReadValue(piece);
      pieces.push_back(std::move(piece));
    }
  }

 private:
  void ReadName(Piece& piece) {
    std::size_t end = at_;
    while (end < text_.size() && !IsSpace(text_[end]) && text_[end] != ':' && QuoteAt(text_, end) == 0) ++end;
    if (end >= text_.size() || text_[end] != ':') return;
    std::string name = SearchKey(text_.substr(at_, end - at_));
    std::replace(name.begin(), name.end(), '_', '-');
    const auto found = rules_.find(name);
    if (found == rules_.end()) return;
    piece.rule = &found->second;
    piece.name = std::string(text_.substr(at_, end - at_));
    at_ = end + 1;
  }

  void ReadValue(Piece& piece) {
    if (at_ < text_.size())
      if (const std::size_t quote = QuoteAt(text_, at_); quote > 0) {
        at_ += quote;
        piece.quoted = true;
        while (at_ < text_.size()) {
          if (const std::size_t closing = QuoteAt(text_, at_); closing > 0) {
            at_ += closing;
            return;
          }
          piece.value += text_[at_++];
        }
        return;  // a quote left open reaches to the end
      }
    while (at_ < text_.size() && !IsSpace(text_[at_]) && QuoteAt(text_, at_) == 0)
      piece.value += text_[at_++];
  }

  std::string_view text_;
  const FieldRules& rules_;
  std::size_t at_ = 0;
};

Error Usage(std::string vi, std::string en) {
  Error error;
  error.code = ErrorCode::kUsage;
  error.message = {std::move(vi), std::move(en)};
  error.advice = {
      "Ví dụ: thủ tục hành chính so:25 ky-hieu:KH-UBND nguoi-ky:\"Phạm Thị Mây\" tu:2023-01-01",
      "For example: thủ tục hành chính number:25 notation:KH-UBND signer:\"Phạm Thị Mây\" from:2023-01-01"};
  return error;
}

// 2023-03-09, 09/03/2023, 9.3.2023, 2023-03, 03/2023, 2023: the first day meant, or with `last` the last one.
std::optional<Date> ParseDay(std::string_view text, bool last) {
  std::vector<std::string> parts = {""};
  for (const char c : Trim(text)) {
    if (c == '-' || c == '/' || c == '.') {
      parts.emplace_back();
    } else if (c >= '0' && c <= '9' && parts.back().size() < 4) {
      parts.back() += c;
    } else {
      return std::nullopt;
    }
  }
  std::vector<int> numbers;
  for (const std::string& part : parts) {
    if (part.empty()) return std::nullopt;
    numbers.push_back(std::stoi(part));
  }
  if (parts.size() > 3) return std::nullopt;
  if (parts.front().size() != 4) std::reverse(numbers.begin(), numbers.end());
  if (std::max(parts.front().size(), parts.back().size()) != 4) return std::nullopt;
  if (numbers.size() == 3) return MakeDate(numbers[0], numbers[1], numbers[2]);
  const int month = numbers.size() == 2 ? numbers[1] : last ? 12 : 1;
  const std::optional<Date> first = MakeDate(numbers[0], month, 1);
  if (!first || !last) return first;
  return LastOfMonth(numbers[0], month);
}

// FTS5's "a b c": folded words hold letters, digits and marks only, so nothing in them can end the quotes.
std::string Phrase(const std::vector<std::string>& words, bool exact) {
  const std::string_view between = exact ? " \x01" : " ";
  static_assert(kExactMark == '\x01');
  std::string out;
  for (const std::string& word : words) out.append(between).append(word);
  out[0] = '"';
  out.push_back('"');
  return out;
}

class Builder {
 public:
  Status Add(const Piece& piece) {
    if (piece.rule == nullptr) return AddText(piece.value);
    switch (piece.rule->match) {
      case FieldMatch::kWords:
        return AddFilter(piece.value, piece.rule->columns);
      case FieldMatch::kNumber:
        return AddNumber(piece.value);
      case FieldMatch::kFrom:
        return AddDate(piece, false, query_.from);
      case FieldMatch::kTo:
        return AddDate(piece, true, query_.to);
    }
    return {};
  }

  ParsedQuery Take() {
    std::string text;
    for (const std::string& term : terms_) text += (text.empty() ? "" : " AND ") + term;
    // Better matches of the same documents: the words side by side, and as typed where they were typed with
    // marks. This widens nothing (it implies the terms above), but bm25 adds what it scores.
    const bool marked = exact_ != words_;
    if (marked || words_.size() > 1)
      text = fmt::format("({}) OR {}", text, Phrase(marked ? exact_ : words_, marked));
    query_.has_text = !text.empty();
    if (!text.empty()) filters_.push_back("(" + text + ")");
    for (const std::string& filter : filters_) query_.match += (query_.match.empty() ? "" : " AND ") + filter;
    query_.nothing =
        asked_nothing_ && query_.match.empty() && query_.numbers.empty() && !query_.from && !query_.to;
    return std::move(query_);
  }

 private:
  Status Count(std::size_t words) {
    count_ += words;
    if (count_ <= kMaxQueryWords) return {};
    return Fail(Usage(fmt::format("câu tìm kiếm dài quá {} từ", kMaxQueryWords),
                      fmt::format("the query has more than {} words", kMaxQueryWords)));
  }

  Status AddText(const std::string& value) {
    const std::vector<std::string> words = FoldTokens(value);
    if (words.empty()) {
      asked_nothing_ = true;
      return {};
    }
    if (Status counted = Count(words.size()); !counted) return counted;
    terms_.push_back(Phrase(words, false));  // "25/KH-UBND" is three words that stand together
    words_.insert(words_.end(), words.begin(), words.end());
    ForEachToken(value, [&](const Token& token) {
      exact_.push_back(MatchKey(std::string_view(value).substr(token.begin, token.end - token.begin)));
      return true;
    });
    return {};
  }

  Status AddFilter(const std::string& value, const std::vector<std::string>& columns) {
    const std::vector<std::string> words = FoldTokens(value);
    if (words.empty()) {
      asked_nothing_ = true;
      return {};
    }
    if (Status counted = Count(words.size()); !counted) return counted;
    std::string names;
    for (const std::string& column : columns) names += (names.empty() ? "" : " ") + column;
    filters_.push_back(fmt::format("{{{}}} : {}", names, Phrase(words, false)));
    return {};
  }

  // so:25, so:25/KH-UBND
  Status AddNumber(const std::string& value) {
    const std::size_t slash = value.find('/');
    const std::string key = NumberKey(std::string_view(value).substr(0, slash));
    if (key.empty()) {
      asked_nothing_ = true;
      return {};
    }
    query_.numbers.push_back(key);
    return slash == std::string::npos ? Status() : AddFilter(value.substr(slash + 1), {"code"});
  }

  static Status AddDate(const Piece& piece, bool last, std::optional<Date>& out) {
    const std::optional<Date> day = ParseDay(piece.value, last);
    if (!day)
      return Fail(Usage(fmt::format("{}: cần một ngày như 2023-03-09, 09/03/2023 hoặc 2023", piece.name),
                        fmt::format("{}: wants a day like 2023-03-09, 09/03/2023 or 2023", piece.name)));
    // Said twice, both hold.
    out = !out ? *day : last ? std::min(*out, *day) : std::max(*out, *day);
    return {};
  }

  ParsedQuery query_;
  std::vector<std::string> terms_, filters_;
  std::vector<std::string> words_, exact_;  // of the text, in order
  std::size_t count_ = 0;
  bool asked_nothing_ = false;
};

std::optional<FieldMatch> MatchNamed(const std::string& name) {
  if (name == "words") return FieldMatch::kWords;
  if (name == "number") return FieldMatch::kNumber;
  if (name == "from") return FieldMatch::kFrom;
  if (name == "to") return FieldMatch::kTo;
  return std::nullopt;
}

Error BadRules(const std::filesystem::path& path, const std::string& cause) {
  Error error;
  error.code = ErrorCode::kMissingResource;
  error.file = path.string();
  error.message = {"không dùng được danh mục trường tìm kiếm", "the list of search fields cannot be used"};
  error.advice = {"Cài đặt lại chương trình", "Install the program again"};
  error.cause = cause;
  return error;
}

}  // namespace

Result<FieldRules> LoadFieldRules(const std::filesystem::path& path) {
  const Result<std::string> bytes = ReadFile(path, 1 << 20);
  if (!bytes) return Fail(BadRules(path, Describe(bytes.error(), Language::kEnglish)));
  try {
    FieldRules rules;
    const nlohmann::json document = nlohmann::json::parse(*bytes);
    for (const auto& field : document.at("fields")) {
      const std::optional<FieldMatch> match = MatchNamed(field.at("match").get<std::string>());
      if (!match) return Fail(BadRules(path, "unknown match: " + field.at("match").get<std::string>()));
      FieldRule rule{*match, {}};
      if (*match == FieldMatch::kWords) rule.columns = field.at("columns").get<std::vector<std::string>>();
      for (const std::string name : field.at("names")) rules[SearchKey(name)] = rule;
    }
    return rules;
  } catch (const nlohmann::json::exception& failure) {
    return Fail(BadRules(path, failure.what()));
  }
}

Result<ParsedQuery> ParseQuery(std::string_view query, const FieldRules& rules) {
  if (query.size() > kMaxQueryBytes) return Fail(Usage("câu tìm kiếm quá dài", "the query is too long"));
  const std::vector<Piece> pieces = Splitter(query, rules).Split();
  if (pieces.empty()) return Fail(Usage("câu tìm kiếm rỗng", "the query is empty"));
  Builder builder;
  for (const Piece& piece : pieces)
    if (Status added = builder.Add(piece); !added) return Fail(added.error());
  return builder.Take();
}

std::string NumberKey(std::string_view number) {
  std::string key;
  for (const std::string& token : FoldTokens(number)) key += token;
  const std::size_t first = key.find_first_not_of('0');
  return first == std::string::npos ? key.substr(0, key.empty() ? 0 : 1) : key.substr(first);
}

}  // namespace vanthu::archive
