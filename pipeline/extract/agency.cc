#include "pipeline/extract/agency.h"

#include <algorithm>

namespace vanthu::extract {
namespace {

constexpr int kMaxTokens = 24;       // the longest real name met has 15 syllables
constexpr double kPartOfName = 0.6;  // "XÃ X" alone: the line above was lost (a guess)
constexpr double kGuessed = 0.92;    // the split follows from words alone, not from type weight (a guess)

// What the last token was: it decides whether a small letter may follow.
enum class Last { kNothing, kCapital, kWhole };

std::size_t TokenEnd(const std::string& key, std::size_t at) {
  while (at < key.size() && IsLetterOrDigit(key[at])) ++at;
  return at;
}

bool NamesDocument(const Folded& text, std::size_t at, const FieldRules& rules) {
  for (const DocumentType& type : rules.types)
    if (MatchKeywordAt(text.key, at, type.key, false)) return true;
  return false;
}

bool CapitalAt(const Folded& text, std::size_t at) {
  return at < text.shape.size() && text.shape[at] == 'U';
}

// "và Đào tạo", "- Thương binh": goes on with a capital that opens no agency and no document of its own.
bool GoesOn(const Folded& text, std::size_t at, const FieldRules& rules) {
  at = SkipSpace(text.key, at);
  return CapitalAt(text, at) && !NamesDocument(text, at, rules) &&
         !MatchAnyAt(text.key, at, rules.agencies.heads, false);
}

// One step over a name: the end of the next token, or `at` where the name ends.
std::size_t Step(const Folded& text, std::size_t at, const FieldRules& rules, Last* last) {
  const std::string& key = text.key;
  const std::size_t begin = SkipSpace(key, at);
  if (begin >= key.size()) return at;
  if (const KeywordMatch known = MatchAnyAt(key, begin, rules.agencies.known, false);
      known && CapitalAt(text, begin)) {
    *last = Last::kWhole;
    return known.end;
  }
  if (const KeywordMatch place = MatchAnyAt(key, begin, rules.agencies.localities, false);
      place && *last != Last::kNothing) {
    *last = Last::kWhole;
    return place.end;
  }
  if (key[begin] == '-' || key[begin] == '&') return GoesOn(text, begin + 1, rules) ? begin + 1 : at;
  if (!IsLetterOrDigit(key[begin])) return at;
  const std::size_t end = TokenEnd(key, begin);
  if (text.shape[begin] == 'U') {
    if (NamesDocument(text, begin, rules)) return at;
    *last = *last == Last::kWhole ? Last::kWhole : Last::kCapital;
    return end;
  }
  if (*last == Last::kNothing) return at;
  if (text.shape[begin] == 'd') return end - begin <= 2 ? end : at;
  if (key.compare(begin, end - begin, "va") == 0) return GoesOn(text, end, rules) ? end : at;
  if (*last == Last::kWhole || MatchAnyAt(key, begin, rules.agencies.stops, false)) return at;
  return end;
}

}  // namespace

std::size_t AgencyEnd(const Folded& text, std::size_t at, const FieldRules& rules) {
  std::size_t end = SkipSpace(text.key, at);
  const std::size_t begin = end;
  Last last = Last::kNothing;
  for (int i = 0; i < kMaxTokens; ++i) {
    const std::size_t next = Step(text, end, rules, &last);
    if (next == end) break;
    end = next;
  }
  return last == Last::kNothing ? begin : end;
}

namespace {

// Does a line begin an agency's name of its own?
bool OpensAgency(const Folded& line, const AgencyRules& rules, bool recognised) {
  const std::size_t at = SkipSpace(line.key, 0);
  return MatchAnyAt(line.key, at, rules.heads, recognised) &&
         !MatchAnyAt(line.key, at, rules.not_heads, false);
}

bool OpensLocality(const Folded& line, const AgencyRules& rules) {
  return static_cast<bool>(MatchAnyAt(line.key, SkipSpace(line.key, 0), rules.localities, false));
}

// A name that is not whole without a locality: "ỦY BAN NHÂN DÂN".
bool IsBare(const std::string& name, const AgencyRules& rules, bool recognised) {
  const std::string key = FoldKey(name);
  return std::any_of(rules.bare.begin(), rules.bare.end(), [&](const std::string& bare) {
    const KeywordMatch match = MatchKeywordAt(key, 0, bare, recognised);
    return match && match.end + 1 >= key.size();
  });
}

AgencySplit Split(const std::vector<AgencyLine>& lines, const AgencyRules& rules, bool recognised) {
  if (lines.size() < 2) return {};
  // Type weight first: Nghị định 30/2020 sets the governing agency regular and the issuer bold.
  std::size_t first_bold = 0;
  while (first_bold < lines.size() && lines[first_bold].bold == false) ++first_bold;
  const bool rest_bold = std::all_of(lines.begin() + static_cast<std::ptrdiff_t>(first_bold), lines.end(),
                                     [](const AgencyLine& line) { return line.bold == true; });
  if (first_bold > 0 && first_bold < lines.size() && rest_bold) {
    std::string upper;
    for (std::size_t i = 0; i < first_bold; ++i) upper += ' ' + lines[i].text.text;
    const bool one_name = IsBare(upper, rules, recognised) && OpensLocality(lines[first_bold].text, rules);
    if (!one_name) return {first_bold, 1};
  }
  // Then the words: the last line that opens a name of its own begins the issuer.
  for (std::size_t i = lines.size(); i-- > 1;)
    if (OpensAgency(lines[i].text, rules, recognised)) return {i, kGuessed};
  return {0, recognised ? kGuessed : 1};
}

}  // namespace

AgencySplit SplitAgencyLines(const std::vector<AgencyLine>& lines, const AgencyRules& rules,
                             bool recognised) {
  AgencySplit out = Split(lines, rules, recognised);
  if (out.issuer_begin >= lines.size()) return out;
  const Folded& issuer = lines[out.issuer_begin].text;
  if (OpensLocality(issuer, rules) && !OpensAgency(issuer, rules, recognised))
    out.certainty = std::min(out.certainty, kPartOfName);
  return out;
}

}  // namespace vanthu::extract
