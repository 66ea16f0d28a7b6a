#include "pipeline/extract/spelling.h"

#include <algorithm>

#include "pipeline/base/data_file.h"
#include "pipeline/base/syllable.h"
#include "pipeline/base/unicode.h"
#include "pipeline/extract/folded.h"

namespace vanthu::extract {
namespace {

struct Token {
  std::size_t begin = 0;  // in the key
  std::size_t end = 0;
};

std::vector<Token> TokensOf(const Folded& text) {
  std::vector<Token> out;
  for (std::size_t i = 0; i < text.key.size();) {
    if (!IsLetterOrDigit(text.key[i])) {
      ++i;
      continue;
    }
    Token token{i, i};
    while (token.end < text.key.size() && IsLetterOrDigit(text.key[token.end])) ++token.end;
    out.push_back(token);
    i = token.end;
  }
  return out;
}

Spelling SpellingOf(const std::string& phrase) {
  const Folded folded(ToLower(phrase));
  const Folded as_written(phrase);
  Spelling out;
  for (const Token& token : TokensOf(folded)) {
    out.capital.push_back(as_written.shape[token.begin] == 'U');
    out.keys.push_back(folded.key.substr(token.begin, token.end - token.begin));
    out.written.push_back(folded.Slice(token.begin, token.end));
  }
  return out;
}

bool OneLetterOff(std::string_view a, std::string_view b) {
  if (a.size() != b.size() || a.size() < 3) return false;
  int different = 0;
  for (std::size_t i = 0; i < a.size(); ++i) different += a[i] != b[i];
  return different == 1;
}

bool Fits(const Folded& text, const Token& token, const std::string& key) {
  const std::string_view own = std::string_view(text.key).substr(token.begin, token.end - token.begin);
  if (own == key) return true;
  return OneLetterOff(own, key) && !IsVietnameseSyllable(text.Slice(token.begin, token.end));
}

// `written` with the capitals of the token it replaces.
std::string WithCapitalsOf(const std::string& written, const Folded& text, const Token& token) {
  const std::size_t capitals =
      static_cast<std::size_t>(std::count(text.shape.begin() + static_cast<std::ptrdiff_t>(token.begin),
                                          text.shape.begin() + static_cast<std::ptrdiff_t>(token.end), 'U'));
  if (capitals == token.end - token.begin && capitals > 1) return ToUpper(written);
  if (capitals == 0) return written;
  std::u32string code_points = ToCodePoints(written);
  const std::string first = ToUpper(FromCodePoints(code_points.substr(0, 1)));
  if (capitals == token.end - token.begin || text.shape[token.begin] == 'U')
    return first + FromCodePoints(code_points.substr(1));
  return written;
}

// Tokens [at, at + size) with what replaces them.
struct Repair {
  std::size_t token = 0;
  std::string written;
};

bool MatchPhrase(const Folded& text, const std::vector<Token>& tokens, std::size_t at,
                 const Spelling& phrase) {
  if (at + phrase.keys.size() > tokens.size()) return false;
  bool exact = phrase.keys.size() == 1;
  for (std::size_t i = 0; i < phrase.keys.size(); ++i) {
    if (!Fits(text, tokens[at + i], phrase.keys[i])) return false;
    if (phrase.name && phrase.capital[i] && text.shape[tokens[at + i].begin] != 'U') return false;
    exact = exact || text.key.compare(tokens[at + i].begin, tokens[at + i].end - tokens[at + i].begin,
                                      phrase.keys[i]) == 0;
  }
  return exact;  // at least one syllable's letters are all there
}

void AddRepairs(const Folded& text, const std::vector<Token>& tokens, std::size_t at, const Spelling& phrase,
                std::vector<Repair>* repairs) {
  for (std::size_t i = 0; i < phrase.keys.size(); ++i) {
    const Token& token = tokens[at + i];
    const std::string own = text.Slice(token.begin, token.end);
    if (MatchKey(own) == MatchKey(phrase.written[i])) continue;
    repairs->push_back({at + i, WithCapitalsOf(phrase.written[i], text, token)});
  }
}

const Spelling* PhraseAt(const Folded& text, const std::vector<Token>& tokens, std::size_t at,
                         const SpellingRules& rules) {
  for (const Spelling& phrase : rules.phrases)
    if (MatchPhrase(text, tokens, at, phrase)) return &phrase;
  if (at == 0)
    for (const Spelling& word : rules.opening_words)
      if (tokens.size() > 1 && text.shape[tokens[0].begin] == 'U' && text.shape[tokens[1].begin] == 'U' &&
          MatchPhrase(text, tokens, 0, word))
        return &word;
  return nullptr;
}

}  // namespace

std::string Mend(const std::string& written, const SpellingRules& rules) {
  const Folded text(written);
  const std::vector<Token> tokens = TokensOf(text);
  std::vector<Repair> repairs;
  bool after_phrase = false;
  for (std::size_t at = 0; at < tokens.size();) {
    const Spelling* phrase = PhraseAt(text, tokens, at, rules);
    if (phrase == nullptr && after_phrase) {
      // "ỦY BAN NHÂN DÂN TINH ...": the unit's word follows the body's name.
      for (const Spelling& word : rules.opening_words)
        if (at + 1 < tokens.size() && text.shape[tokens[at + 1].begin] == 'U' &&
            MatchPhrase(text, tokens, at, word))
          phrase = &word;
    }
    after_phrase = phrase != nullptr && phrase->keys.size() > 1;
    if (phrase == nullptr) {
      ++at;
      continue;
    }
    AddRepairs(text, tokens, at, *phrase, &repairs);
    at += phrase->keys.size();
  }
  std::string out = written;
  for (auto repair = repairs.rbegin(); repair != repairs.rend(); ++repair) {
    const Token& token = tokens[repair->token];
    const std::size_t begin = text.offset[token.begin];
    out.replace(begin, text.offset[token.end] - begin, repair->written);
  }
  return out;
}

Result<SpellingRules> ReadSpellingRules(const std::filesystem::path& folder) {
  Result<DataFile> file = ReadDataFile(folder / "spellings.json");
  if (!file) return Fail(file.error());
  DataReader root = file->root();
  SpellingRules out;
  for (const char* list : {"names", "places", "phrases"})
    for (const std::string& phrase : root.Texts(list)) {
      out.phrases.push_back(SpellingOf(phrase));
      out.phrases.back().name = list != std::string_view("phrases");
    }
  for (const std::string& word : root.Texts("opening_words")) out.opening_words.push_back(SpellingOf(word));
  if (Status status = file->Check(); !status) return Fail(status.error());
  std::stable_sort(out.phrases.begin(), out.phrases.end(),
                   [](const Spelling& a, const Spelling& b) { return a.keys.size() > b.keys.size(); });
  return out;
}

}  // namespace vanthu::extract
