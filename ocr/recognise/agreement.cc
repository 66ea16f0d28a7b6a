#include "ocr/recognise/agreement.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "pipeline/base/unicode.h"

namespace vanthu::ocr {
namespace {

constexpr double kSettled =
    0.95;  // measured: of 8,000 surer words on three scanned plans none had wrong marks
constexpr double kSettledStacked = 0.98;  // of capitals that bear a tone on a circumflex: wrong ones had 0.96
constexpr double kSureCapitals = 0.9;     // of an abbreviation; most on clean scans have 0.90 to 0.93
constexpr double kBySense = 0.91;
constexpr int kVotes = 2;
constexpr int kPhraseVotes = 3;  // a set phrase counts as much as three places in the document
constexpr double kSpeck = 0.95;  // a lone sign below this is a speck or a piece of a rule

// A word of the document: its letters, apart from the signs around them.
struct Token {
  Word* word = nullptr;
  std::u32string letters;  // as read
  std::size_t begin = 0;   // of the letters in the word's code points
  std::string form;        // lower case, tone placement folded
  std::string bare;        // form without marks
  bool capital = false;
  bool upper = false;   // capitals throughout
  bool closed = false;  // a sign after it ends the phrase
};

bool IsLetter(char32_t c) {
  return ToLower(FromCodePoints({&c, 1})) != ToUpper(FromCodePoints({&c, 1}));
}

Token MakeToken(Word& word) {
  Token token;
  token.word = &word;
  const std::u32string code = ToCodePoints(word.text);
  std::size_t begin = 0, end = code.size();
  while (begin < end && !IsLetter(code[begin])) ++begin;
  while (end > begin && !IsLetter(code[end - 1])) --end;
  token.closed = end < code.size();
  const auto first = code.begin() + static_cast<std::ptrdiff_t>(begin);
  const auto last = code.begin() + static_cast<std::ptrdiff_t>(end);
  if (begin == end || !std::all_of(first, last, IsLetter)) return token;
  token.letters.assign(first, last);
  token.begin = begin;
  const std::string text = FromCodePoints(token.letters);
  token.form = MatchKey(text);
  token.bare = WithoutDiacritics(token.form);
  token.upper = token.letters.size() > 1 && IsUpperCase(text);
  token.capital = !token.upper && IsUpperCase(FromCodePoints({token.letters.data(), 1}));
  return token;
}

using Pair = std::pair<std::string, std::string>;

class Votes {
 public:
  void Add(const std::string& left, const std::string& right, int votes) {
    pairs_[{left, right}] += votes;
    forms_[WithoutDiacritics(left)].insert(left);
    forms_[WithoutDiacritics(right)].insert(right);
  }
  // How often `right` began with a small letter after `left`, and how often with a capital.
  void AddCase(const std::string& left, const std::string& right, bool capital) {
    auto& count = cases_[{left, right}];
    ++(capital ? count.second : count.first);
  }
  bool IsAlwaysSmall(const std::string& left, const std::string& right) const {
    const auto found = cases_.find({left, right});
    return found != cases_.end() && found->second.first >= kVotes && found->second.second == 0;
  }
  int Of(const std::string& left, const std::string& form, const std::string& right) const {
    return Count(left, form) + Count(form, right);
  }
  const std::set<std::string>* Forms(const std::string& bare) const {
    const auto found = forms_.find(bare);
    return found == forms_.end() ? nullptr : &found->second;
  }

 private:
  int Count(const std::string& left, const std::string& right) const {
    if (left.empty() || right.empty()) return 0;
    const auto found = pairs_.find({left, right});
    return found == pairs_.end() ? 0 : found->second;
  }
  std::map<Pair, int> pairs_;
  std::map<Pair, std::pair<int, int>> cases_;
  std::map<std::string, std::set<std::string>> forms_;
};

// The tokens that stand before and after, where no sign parts them.
struct Beside {
  std::string left, right;
  bool capital = false;  // either begins with a capital
};

Beside Around(const std::vector<Token>& tokens, std::size_t i) {
  Beside beside;
  if (i > 0 && !tokens[i - 1].closed && tokens[i].begin == 0) {
    beside.left = tokens[i - 1].form;
    beside.capital = tokens[i - 1].capital;
  }
  if (i + 1 < tokens.size() && !tokens[i].closed && tokens[i + 1].begin == 0) {
    beside.right = tokens[i + 1].form;
    beside.capital = beside.capital || tokens[i + 1].capital;
  }
  return beside;
}

// The better attested form of the token's letters; empty where the form read stands.
std::string BetterForm(const Token& token, const Beside& beside, const Votes& votes) {
  const std::set<std::string>* forms = votes.Forms(token.bare);
  if (forms == nullptr) return {};
  // Only surer words vote, so the token itself has not.
  const int own = votes.Of(beside.left, token.form, beside.right);
  std::string best;
  int most = 0;
  bool alone = true;
  for (const std::string& form : *forms) {
    const int count = form == token.form ? 0 : votes.Of(beside.left, form, beside.right);
    if (count == most) alone = false;
    if (count <= most) continue;
    most = count;
    best = form;
    alone = true;
  }
  return alone && most >= kVotes && most >= 4 * own ? best : std::string();
}

// Over a capital's circumflex an acute and a hook are the same few pixels (200 dpi, 12 pt): the model may be
// surer of one than the ink allows.
bool HasStackedTone(const Token& token) {
  static constexpr std::u32string_view kStacked = U"ẤẾỐẨỂỔ";
  return token.upper && std::any_of(token.letters.begin(), token.letters.end(),
                                    [](char32_t c) { return kStacked.find(c) != std::u32string_view::npos; });
}

// Whether two forms are one but for acutes and hooks over circumflexes.
bool AreAlikeInCapitals(const std::string& a, const std::string& b) {
  const auto folded = [](const std::string& form) {
    std::u32string code = ToCodePoints(form);
    constexpr std::u32string_view kHooks = U"ẩểổ";
    constexpr std::u32string_view kAcutes = U"ấếố";
    for (char32_t& c : code)
      if (const std::size_t at = kHooks.find(c); at != std::u32string_view::npos) c = kAcutes[at];
    return code;
  };
  return folded(a) == folded(b);
}

void Rewrite(const Token& token, const std::string& form) {
  std::u32string code = ToCodePoints(token.word->text);
  const std::u32string letters = ToCodePoints(form);
  if (letters.size() != token.letters.size()) return;
  for (std::size_t k = 0; k < letters.size(); ++k) {
    const std::string letter = FromCodePoints({letters.data() + k, 1});
    const bool upper = IsUpperCase(FromCodePoints({token.letters.data() + k, 1}));
    code[token.begin + k] = ToCodePoints(upper ? ToUpper(letter) : letter)[0];
  }
  token.word->text = FromCodePoints(code);
  for (std::size_t k = 0; k < token.word->glyphs.size() && k < code.size(); ++k)
    token.word->glyphs[k].code = code[k];
  token.word->confidence = std::max(token.word->confidence, kBySense);
}

// Capitals are never read as surely as small letters: an abbreviation may be the less sure half of a pair.
bool MayVote(const Token& token) {
  return token.word->confidence >= (token.upper ? kSureCapitals : kSettled);
}

// Letters whose small form is their capital's, only lower: alone on a line nothing tells which they are.
bool HasCaseByHeightAlone(const Token& token) {
  const std::string bare = WithoutDiacritics(ToLower(FromCodePoints(token.letters)));
  const std::size_t judged = token.upper ? bare.size() : 1;
  return (token.upper || token.capital) && bare.find_first_not_of("cosvwxz") >= judged;
}

// Whether a word goes on from another on its line, or on the line below: neither is sure to, from cell to
// cell.
bool Follows(const Word& before, const Word& word) {
  const double size = std::max(1.0, before.font_size_pt);
  const double down = word.baseline_pt - before.baseline_pt;
  if (std::abs(down) < 0.3 * size)
    return word.box.x0 - before.box.x1 < 1.2 * size && word.box.x0 > before.box.x0;
  return down > 0 && down < 2 * size && word.box.x0 < before.box.x0 + size;
}

// Headings in capitals, and names, keep theirs.
bool MayBeSmall(const Token& before, const Token& token) {
  if (!Follows(*before.word, *token.word)) return false;
  if (before.closed || token.begin != 0 || !HasCaseByHeightAlone(token)) return false;
  return token.upper ? !before.upper : !before.capital;
}

// A title under its type's name in capitals ("CHƯƠNG TRÌNH" / "Công tác ...") begins anew, whatever the text
// makes of the two. One word in capitals at a line's end may be an abbreviation ("UBND" / "xã").
bool BeginsUnderAHeading(const std::vector<Token>& tokens, std::size_t i) {
  if (i < 2 || tokens[i].upper || !tokens[i - 1].upper || !tokens[i - 2].upper || tokens[i - 2].closed)
    return false;
  const Word& before = *tokens[i - 1].word;
  const double level = 0.3 * std::max(1.0, before.font_size_pt);
  return tokens[i].word->baseline_pt > before.baseline_pt + level &&
         std::abs(tokens[i - 2].word->baseline_pt - before.baseline_pt) < level;
}

void LowerCase(const Token& token) {
  std::u32string code = ToCodePoints(token.word->text);
  const std::u32string small = ToCodePoints(ToLower(FromCodePoints(token.letters)));
  if (small.size() != token.letters.size()) return;
  std::copy(small.begin(), small.end(), code.begin() + static_cast<std::ptrdiff_t>(token.begin));
  token.word->text = FromCodePoints(code);
  for (std::size_t k = 0; k < token.word->glyphs.size() && k < code.size(); ++k)
    token.word->glyphs[k].code = code[k];
  token.word->confidence = std::min(token.word->confidence, kBySense);
}

bool IsSpeck(const Word& word) {
  constexpr std::u32string_view kSigns = U"|¦\\_~^ˆ`´'\"‘’“”„‹›«»·•*<>";
  if (word.source != Source::kOcr || word.confidence >= kSpeck) return false;
  const std::u32string code = ToCodePoints(word.text);
  return std::all_of(code.begin(), code.end(),
                     [&](char32_t c) { return kSigns.find(c) != std::u32string_view::npos; });
}

}  // namespace

std::vector<std::string> ReadPhrases(const std::filesystem::path& path) {
  std::vector<std::string> phrases;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);)
    if (!line.empty() && line[0] != '#') phrases.push_back(line);
  return phrases;
}

void SettleByAgreement(std::vector<Page>& pages, const std::vector<std::string>& phrases) {
  std::vector<Token> tokens;
  for (Page& page : pages) {
    if (!page.recognised) continue;
    std::erase_if(page.words, IsSpeck);
    for (Word& word : page.words)
      if (word.source == Source::kOcr) tokens.push_back(MakeToken(word));
  }
  Votes votes;
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    const bool sure = MayVote(tokens[i]) && MayVote(tokens[i + 1]) &&
                      std::max(tokens[i].word->confidence, tokens[i + 1].word->confidence) >= kSettled;
    const bool joined = !tokens[i].closed && tokens[i + 1].begin == 0;
    if (sure && joined && !tokens[i].form.empty() && !tokens[i + 1].form.empty())
      votes.Add(tokens[i].form, tokens[i + 1].form, 1);
    if (sure && joined && !tokens[i].form.empty() && !tokens[i + 1].form.empty() &&
        !HasCaseByHeightAlone(tokens[i + 1]))
      votes.AddCase(tokens[i].form, tokens[i + 1].form, tokens[i + 1].capital || tokens[i + 1].upper);
  }
  for (const std::string& phrase : phrases) {
    const std::string key = MatchKey(phrase);
    for (std::size_t at = 0, space = key.find(' '); space != std::string::npos;) {
      const std::size_t next = key.find(' ', space + 1);
      votes.Add(key.substr(at, space - at), key.substr(space + 1, next - space - 1), kPhraseVotes);
      at = space + 1;
      space = next;
    }
  }
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    if (token.form.empty()) continue;
    if (i > 0 && MayBeSmall(tokens[i - 1], token) && !BeginsUnderAHeading(tokens, i) &&
        votes.IsAlwaysSmall(tokens[i - 1].form, token.form))
      LowerCase(token);
    const bool settled = token.word->confidence >= kSettled;
    if (settled && (token.word->confidence >= kSettledStacked || !HasStackedTone(token))) continue;
    const Beside beside = Around(tokens, i);
    if (token.capital && beside.capital) continue;  // may be a name
    const std::string form = BetterForm(token, beside, votes);
    if (form.empty() || (settled && !AreAlikeInCapitals(form, token.form))) continue;
    if (settled) token.word->confidence = kBySense;
    Rewrite(token, form);
  }
}

}  // namespace vanthu::ocr
