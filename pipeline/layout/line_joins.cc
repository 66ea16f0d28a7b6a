#include "pipeline/layout/line_joins.h"

#include <algorithm>

#include "pipeline/base/unicode.h"
#include "pipeline/layout/list_marker.h"

namespace vanthu::layout {
namespace {

// Width of a space, a dash and a letter in Times New Roman, in the type size.
constexpr double kSpace = 0.25;
constexpr double kDash = 0.33;
constexpr double kLetter = 0.5;
// What is learnt of one document; more is no office document.
constexpr std::size_t kMaxTokens = 200'000;
constexpr std::size_t kLongest = 100;  // bytes of a token

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

// Without the punctuation that closes a phrase: "UBND;" -> "UBND".
std::string Bare(std::string_view token) {
  while (!token.empty() && std::string_view(".,;:)]\"").find(token.back()) != std::string_view::npos)
    token.remove_suffix(1);
  while (!token.empty() && std::string_view("([\"").find(token.front()) != std::string_view::npos)
    token.remove_prefix(1);
  return std::string(token);
}

// "117/QĐ", "22/2019", "a@b": a code or an address, not words.
bool IsCode(std::string_view token) {
  return std::any_of(token.begin(), token.end(),
                     [](char c) { return IsDigit(c) || c == '/' || c == '_' || c == '@'; });
}

// Ends in a hyphen, slash or ampersand that is attached to a word.
bool IsOpenToken(std::string_view token) {
  return token.size() > 1 && (token.back() == '-' || token.back() == '/' || token.back() == '&') &&
         token[token.size() - 2] != token.back();
}

// "2027", "2027.": the year after "Quý III/".
bool IsYear(std::string_view token) {
  const std::string bare = Bare(token);
  return bare.size() == 4 && (bare.starts_with("19") || bare.starts_with("20")) &&
         std::all_of(bare.begin(), bare.end(), IsDigit);
}

bool IsSpacedDash(const std::string& token) {
  return token == "-" || token == "–" || token == "—";
}

bool IsClosing(char c) {
  return std::string_view(".,;:)]!?").find(c) != std::string_view::npos;
}

// The words of a line without a list marker in front.
std::size_t WordsAfterMarker(const Line& line) {
  const auto marker = FindMarker(line.text);
  return line.words.size() - (marker && !marker->attached && line.words.size() > 1 ? 1 : 0);
}

double FirstLetter(const Line& line) {
  const Word& w = line.words.front();
  return w.glyphs.empty() ? kLetter * line.font_size_pt : w.glyphs.front().box.width();
}

// One word fills the line: nothing but its length can have broken it.
bool FilledByOneWord(const Line& above, const Line& below, double room_pt) {
  if (below.words.empty() || WordsAfterMarker(above) != 1 || above.words.back().rotation_deg % 180 != 0)
    return false;
  return room_pt < FirstLetter(below) + 0.02 * above.font_size_pt;
}

// The same with room for a letter or two: where something else says that the word was broken.
bool NearlyFilledByOneWord(const Line& above, double room_pt) {
  return WordsAfterMarker(above) == 1 && above.words.back().rotation_deg % 180 == 0 &&
         room_pt < above.font_size_pt;
}

}  // namespace

bool LineJoins::Knows(const std::string& token) const {
  return words_.contains(token) || words_.contains(ToLower(token));
}

void LineJoins::LearnTokens(const Line& line) {
  for (std::size_t i = 0; i < line.words.size(); ++i) {
    const std::string& token = line.words[i].text;
    if (token.size() > kLongest) continue;
    if (IsSpacedDash(token)) {
      (i == 0 ? item_dashes_ : inner_dashes_)++;
      if (i > 0 && i + 1 < line.words.size() && dashes_.size() < kMaxTokens)
        dashes_.insert(Bare(line.words[i - 1].text) + "-" + Bare(line.words[i + 1].text));
      continue;
    }
    if (token.find_first_of("-/&") == std::string::npos || tokens_.size() >= kMaxTokens) continue;
    for (const char mark : {'-', '/'}) {
      const std::size_t at = token.find(mark, 1);
      const bool inside = at != std::string::npos && at + 1 < token.size();
      if (inside && !IsCode(Bare(token.substr(0, at))) && !IsCode(token.substr(at + 1)))
        (mark == '-' ? hyphen_ : slash_).joined++;
    }
    if (IsOpenToken(token) && i + 1 < line.words.size()) {
      if (token.back() != '&') (token.back() == '-' ? hyphen_ : slash_).spaced++;
      tokens_[token + Bare(line.words[i + 1].text)].spaced++;
    } else {
      tokens_[Bare(token)].joined++;
    }
  }
}

void LineJoins::Learn(const std::vector<Line>& lines, double width_pt) {
  const Line* above = nullptr;
  for (const Line& line : lines) {
    LearnTokens(line);
    // Pieces of broken words are no words: those that fill a line alone, and those that follow them.
    const double room = width_pt - line.box.width();
    const bool follows = above != nullptr && NearlyFilledByOneWord(*above, width_pt - above->box.width());
    const bool fills = WordsAfterMarker(line) == 1 && room < line.font_size_pt;
    for (std::size_t i = follows ? 1 : 0;
         i + (fills ? 1 : 0) < line.words.size() && words_.size() < kMaxTokens; ++i) {
      std::string word = Bare(line.words[i].text);
      if (word.empty() || word.size() > kLongest || words_.contains(word)) continue;
      words_.insert(ToLower(word));
      words_.insert(std::move(word));
    }
    above = &line;
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].words.empty() || !lines[i].words.back().space_after) continue;
    Habit& habit = i + 1 < lines.size() ? wrapped_ : last_;
    (*lines[i].words.back().space_after ? habit.spaced : habit.joined)++;
  }
}

bool LineJoins::MissesSpace(const Line& above, double room_pt, bool spaces_drawn) const {
  if (above.words.back().space_after.value_or(true)) return false;
  // LibreOffice paints no space that would hang over the edge.
  return wrapped_.spaced > 9 * wrapped_.joined ||
         (spaces_drawn && room_pt > 1.1 * kSpace * above.font_size_pt);
}

std::optional<bool> LineJoins::EndsParagraph(const Line& above, double room_pt, bool spaces_drawn) const {
  if (above.words.empty() || !above.words.back().space_after) return std::nullopt;
  if (!*above.words.back().space_after)
    return MissesSpace(above, room_pt, spaces_drawn) ? std::optional<bool>(true) : std::nullopt;
  // Word paints a space for the paragraph's mark as well, LibreOffice does not.
  const bool bare_ends = last_.joined > 9 * last_.spaced && wrapped_.spaced >= 10;
  return bare_ends ? std::optional<bool>(false) : std::nullopt;
}

std::string_view LineJoins::Between(const Line& above, const Line& below, double room_pt, bool spaces_drawn,
                                    const std::string* token) const {
  if (above.words.empty() || below.words.empty()) return " ";
  if (above.words.back().space_after.value_or(false)) return " ";
  const std::string& first = below.words.front().text;
  // No line begins with a comma; with "..." it may.
  const bool dots = first.starts_with("..") && !above.words.back().text.ends_with('.');
  if (!dots && std::all_of(first.begin(), first.end(), IsClosing)) return "";
  const bool misses = MissesSpace(above, room_pt, spaces_drawn);
  if (IsOpenToken(above.words.back().text))
    return misses ? ""
                  : AfterOpenToken(token != nullptr ? *token : above.words.back().text,
                                   below.words.front().text);
  if (FilledByOneWord(above, below, room_pt) || (misses && NearlyFilledByOneWord(above, room_pt)))
    return InsideWord(above.words.back().text, below.words.front().text);
  return " ";
}

std::string_view LineJoins::AfterOpenToken(const std::string& a, const std::string& b) const {
  if (const auto known = tokens_.find(a + Bare(b)); known != tokens_.end())
    return known->second.spaced > known->second.joined ? " " : "";
  const std::string stem = Bare(std::string_view(a).substr(0, a.size() - 1));
  if (a.back() == '-') {
    if (IsCode(stem)) return "";
    if (hyphen_.spaced != hyphen_.joined) return hyphen_.spaced > hyphen_.joined ? " " : "";
    return " ";  // in plans and letters words are written "a- b" as often as "a-b"; codes are above
  }
  if (a.back() == '&') return "";  // "HĐND&" + "UBND"
  if (IsYear(b)) return "";        // some typesetters break there all the same
  // Lines are not broken between a slash and a digit (UAX 14, SY x NU), so a space stood there.
  if (IsDigit(b.front()) && !IsDigit(stem.empty() ? ' ' : stem.back())) return " ";
  if (IsCode(stem)) return "";
  return slash_.joined > slash_.spaced ? "" : " ";
}

std::string_view LineJoins::InsideWord(const std::string& a, const std::string& b) const {
  const std::string x = Bare(a), y = Bare(b);
  if (IsDigit(a.back()) && IsDigit(b.front())) return "";
  // "1.250." + "000", "125," + "5"; "2." + "2" is a number after a list's label.
  const auto figures = static_cast<std::size_t>(std::find_if_not(b.begin(), b.end(), IsDigit) - b.begin());
  const bool grouped = (a.back() == ',' || (a.back() == '.' && figures == 3)) && !x.empty() &&
                       IsDigit(x.back()) && figures > 0;
  if (grouped) return "";
  if (x.empty() || y.empty() || IsClosing(a.back())) return " ";  // punctuation ends a word
  if (Knows(x + y)) return "";
  // Of "ngày/th" + "áng", "HĐND&UBND" + "xã" the last part counts.
  const std::string part = x.substr(x.find_last_of("/-&") + 1);
  if (Knows(part) && Knows(y)) return " ";
  const auto is_word = [&](const std::string& word) { return is_word_ != nullptr && is_word_(word); };
  const bool whole = is_word(part) || (!part.empty() && IsDigit(part.back()));
  if (IsDigit(y.front())) return whole ? " " : "";
  // From small letters to a capital, from capitals to small letters: where two words meet.
  const bool capitals = x.size() > 1 && ToUpper(x) == x;
  const bool capital = IsUpperCase(FromCodePoints(ToCodePoints(y).substr(0, 1)));
  if (capital && !capitals && !IsCode(x)) return " ";
  return is_word(y) && (whole || (capitals && !capital)) ? " " : "";
}

bool LineJoins::GoesOnWithDash(const Line& above, const Line& below, double width_pt,
                               bool others_end_closed) const {
  if (below.words.size() < 2 || above.words.empty() || !IsSpacedDash(below.words[0].text)) return false;
  if (dashes_.contains(Bare(above.words.back().text) + "-" + Bare(below.words[1].text))) return true;
  // An item follows a line that happens to be full; a dash inside a phrase stands at a line's start once in
  // as many times as a line has words. Items seldom begin with a small letter.
  const double full_by_chance = (kSpace + kDash) * above.font_size_pt / std::max(1.0, width_pt);
  const double wrapped = 1.0 / static_cast<double>(above.words.size() + 1);
  return inner_dashes_ * wrapped > item_dashes_ * full_by_chance * (others_end_closed ? 0.7 : 1.0);
}

bool SpacesDrawn(const std::vector<Line>& lines) {
  for (std::size_t i = 0; i + 1 < lines.size(); ++i)
    if (!lines[i].words.empty() && lines[i].words.back().space_after.value_or(false)) return true;
  return false;
}

bool HadRoom(double room_pt, const Line& above, const Line& below) {
  if (below.words.empty()) return false;
  const double size = above.font_size_pt;
  // Lines are measured with an error of a fraction of a glyph; recognised ones with more.
  const double slack = (above.confidence < 1 ? 0.5 : 0.15) * size;
  return room_pt > kSpace * size + below.words.front().box.width() + slack;
}

}  // namespace vanthu::layout
