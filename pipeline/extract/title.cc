#include "pipeline/extract/title.h"

#include <algorithm>
#include <cmath>

namespace vanthu::extract {
namespace {

constexpr double kCapitals =
    0.75;  // of a type line's letters; the recogniser takes some capitals for small (a guess)
constexpr double kPrefixOnly = 0.9;  // a type name that goes on in the same line: "BÁO CÁO TÓM TẮT"
constexpr double kSpeck = 0.85;      // a lone sign the recogniser is less sure of is a speck (a guess)
constexpr std::size_t kMaxTitleLines = 14;
constexpr std::size_t kMaxNoteLines = 8;

std::string WithoutSpaces(const std::string& key) {
  std::string out;
  std::copy_if(key.begin(), key.end(), std::back_inserter(out), [](char c) { return c != ' '; });
  return out;
}

// "K Ế   H O Ạ C H": most tokens are one letter.
bool IsSpacedOut(const std::string& key) {
  const auto letters = static_cast<std::size_t>(std::count_if(key.begin(), key.end(), IsLetterOrDigit));
  const std::size_t spaces = key.size() - letters;
  return letters >= 4 && spaces + 1 >= letters - 1;
}

KeywordMatch MatchType(const std::string& key, std::size_t at, const DocumentType& type, bool recognised) {
  if (const KeywordMatch match = MatchKeywordAt(key, at, type.key, recognised)) return match;
  if (IsSpacedOut(key) && WithoutSpaces(key) == WithoutSpaces(type.key)) return {key.size(), 1};
  return {};
}

bool OnlySignsAfter(const std::string& key, std::size_t at) {
  return std::none_of(key.begin() + static_cast<std::ptrdiff_t>(std::min(at, key.size())), key.end(),
                      IsLetterOrDigit);
}

// Of two kinds that fit, the nearer; the longer name among equals.
std::optional<TypeLine> TypeOf(const HeadLine& line, std::size_t index, const FieldRules& rules,
                               bool recognised) {
  const std::string& key = line.text.key();
  const std::size_t at = SkipSpace(key, 0);
  const double capitals = CapitalShare(line.text.folded());
  std::optional<TypeLine> best;
  for (const DocumentType& type : rules.types) {
    if (!type.title) continue;
    const KeywordMatch match = MatchType(key, at, type, recognised);
    if (!match) continue;
    const bool whole = OnlySignsAfter(key, match.end);
    if (!whole && CapitalShare(line.text.folded(), at, match.end) < kCapitals) continue;
    if (whole && capitals < kCapitals &&
        !(line.text.folded().shape[at] == 'U' && line.line->bold.value_or(false)))
      continue;
    const double certainty = match.certainty * (whole ? 1 : kPrefixOnly);
    if (!best || certainty > best->certainty) best = TypeLine{index, &type, match.end, certainty};
  }
  return best;
}

}  // namespace

std::optional<TypeLine> FindTypeLine(const Head& head, const FieldRules& rules) {
  for (std::size_t i = 0; i < head.lines.size(); ++i) {
    const HeadLine& line = head.lines[i];
    if (line.noise || line.motto) continue;
    if (head.motto && line.line->box.y0 < head.motto->y0) continue;
    const std::size_t at = SkipSpace(line.text.key(), 0);
    if (MatchAnyAt(line.text.key(), at, rules.header.title_ends, head.recognised)) return std::nullopt;
    if (!line.centred && line.region != Region::kBody) continue;
    if (std::optional<TypeLine> found = TypeOf(line, i, rules, head.recognised)) return found;
  }
  return std::nullopt;
}

namespace {

// A title's lines are centred on one axis, that of the kind above them; a body's first line is shifted by its
// indent.
bool SharesAxis(const Line& line, const Line& kind) {
  constexpr double kOffAxis = 11;  // pt; half of the smallest indent in use is 14
  return std::abs(line.box.centre_x() - kind.box.centre_x()) <= kOffAxis;
}

// Set by hand and off the axis, but further in than any first line's indent, and short of the right edge.
bool StandsInside(const Line& line, const Box& area) {
  constexpr double kBeyondIndent = 60;  // pt; the widest indent met is 42
  return line.box.x0 > area.x0 + kBeyondIndent && line.box.x1 < area.x1 - 10;
}

// A body's first line may lie on the axis by chance, but its paragraph's other lines do not.
bool IsBodyParagraph(const Paragraph& paragraph, const Line& kind) {
  return paragraph.alignment != Alignment::kCentre &&
         std::any_of(paragraph.lines.begin(), paragraph.lines.end(),
                     [&](const Line& line) { return !SharesAxis(line, kind); });
}

// A title that goes on: bold below bold, or capitals below capitals, on the title's axis. Only then may a
// line that opens as a body does ("thực hiện cơ chế …") be a wrapped title's.
bool GoesOn(const HeadLine& line, const HeadLine* first, const Line& kind, const Head& head) {
  if (first == nullptr || !SharesAxis(*line.line, kind) || IsBodyParagraph(*line.paragraph, kind))
    return false;
  const bool bold = !head.recognised && first->line->bold == true && line.line->bold == true;
  const bool capitals = CapitalShare(line.text.folded()) > 0.9 && CapitalShare(first->text.folded()) > 0.9;
  return bold || capitals;
}

bool EndsTitle(const HeadLine& line, const HeadLine* first, const Line& kind, const Head& head,
               const FieldRules& rules) {
  const std::string& key = line.text.key();
  const std::size_t at = SkipSpace(key, 0);
  if (at >= key.size() || key[at] == '(' || IsRuleOfSigns(line.text.folded())) return true;
  if (MatchAnyAt(key, at, rules.header.title_ends, head.recognised) && !GoesOn(line, first, kind, head))
    return true;
  const bool body = !SharesAxis(*line.line, kind) || IsBodyParagraph(*line.paragraph, kind);
  if (body && !StandsInside(*line.line, head.area)) return true;
  if (first == nullptr) return false;
  // The recogniser's word on type weight is too weak to end a title.
  if (!head.recognised && first->line->bold == true && line.line->bold == false) return true;
  // "THỦ TƯỚNG CHÍNH PHỦ" between the subject and "Căn cứ": the issuer speaks.
  const bool turned_capital =
      CapitalShare(line.text.folded()) > 0.9 && CapitalShare(first->text.folded()) < 0.5;
  return turned_capital;
}

// "VĂN PHÒNG CHÍNH PHỦ điện:", "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ X": an issuer alone right below the kind is no
// subject.
bool IsIssuerLine(const HeadLine& line, const Head& head, const FieldRules& rules) {
  const std::string& key = line.text.key();
  const std::size_t at = SkipSpace(key, 0);
  std::string ending = FoldKey(line.text.text());
  while (!ending.empty() && (ending.back() == ':' || ending.back() == ' ')) ending.pop_back();
  for (const std::string& word : rules.header.telegram_words)
    if (ending.size() > word.size() && ending.compare(ending.size() - word.size(), word.size(), word) == 0 &&
        ending[ending.size() - word.size() - 1] == ' ' && key.back() == ':')
      return true;
  if (CapitalShare(line.text.folded()) < 0.9) return false;
  if (MatchAnyAt(key, at, rules.agencies.not_heads, false)) return false;
  const bool names_issuer = static_cast<bool>(MatchAnyAt(key, at, rules.agencies.known, head.recognised));
  return names_issuer || (MatchAnyAt(key, at, rules.signer.positions, head.recognised) &&
                          MatchAnyAt(key, at, rules.agencies.heads, head.recognised));
}

}  // namespace

std::vector<std::size_t> TitleLines(const Head& head, std::size_t line, const FieldRules& rules) {
  std::vector<std::size_t> out;
  const Line* last = head.lines[line].line;
  const HeadLine* first = nullptr;
  for (std::size_t i = line + 1; i < head.lines.size() && out.size() < kMaxTitleLines; ++i) {
    const HeadLine& next = head.lines[i];
    if (next.motto) continue;
    if (next.noise && !IsRuleOfSigns(next.text.folded())) continue;
    if (EndsTitle(next, first, *head.lines[line].line, head, rules) || IsIssuerLine(next, head, rules)) break;
    // A subject's lines stand close together; its first may stand off from the kind.
    const double reach =
        (first == nullptr ? 3.5 : 2.2) * std::max(next.line->box.height(), last->box.height());
    if (next.line->box.y0 - last->box.y1 > reach) break;
    if (first == nullptr) first = &next;
    last = next.line;
    out.push_back(i);
  }
  return out;
}

std::vector<std::size_t> LetterSubjectLines(const Head& head, const FieldRules& rules) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < head.lines.size(); ++i) {
    const HeadLine& line = head.lines[i];
    const std::string& key = line.text.key();
    const std::size_t at = SkipSpace(key, 0);
    if (out.empty()) {
      const bool left = head.IsLeft(line) || line.region == Region::kLeft;
      if (left && !line.noise && MatchAnyAt(key, at, rules.header.subject_marks, false)) out.push_back(i);
      continue;
    }
    const Line& last = *head.lines[out.back()].line;
    const bool left = line.region == Region::kLeft || (line.region != Region::kRight && head.IsLeft(line));
    if (!left || line.line->box.x0 > last.box.x1) {
      if (line.line->box.y0 > last.box.y1 + 2 * last.box.height()) break;
      continue;
    }
    const bool follows =
        line.line->box.y0 > last.box.y0 && line.line->box.y0 - last.box.y1 < 1.2 * last.box.height();
    if (!follows || line.noise || MatchAnyAt(key, at, rules.header.title_ends, head.recognised) ||
        MatchAnyAt(key, at, rules.header.addressee_labels, head.recognised) || out.size() >= kMaxTitleLines)
      break;
    out.push_back(i);
  }
  return out;
}

Traced JoinHeadLines(const Head& head, const std::vector<std::size_t>& lines) {
  std::vector<const Line*> parts;
  parts.reserve(lines.size());
  for (const std::size_t i : lines) parts.push_back(head.lines[i].line);
  return head.recognised ? Traced(parts, kSpeck) : Traced(parts);
}

std::optional<AttachedNote> FindAttachedNote(const Head& head, std::size_t from, const FieldRules& rules) {
  for (std::size_t i = from; i < head.lines.size() && i < from + kMaxTitleLines; ++i) {
    const std::string& key = head.lines[i].text.key();
    std::size_t at = SkipSpace(key, 0);
    const bool bracket = at < key.size() && key[at] == '(';
    if (bracket) at = SkipSpace(key, at + 1);
    if (!MatchAnyAt(key, at, rules.header.attached_openings, head.recognised)) continue;
    if (!bracket && !head.lines[i].centred) continue;
    AttachedNote out;
    for (std::size_t j = i; j < head.lines.size() && out.lines.size() < kMaxNoteLines; ++j) {
      const std::string& part = head.lines[j].text.key();
      out.lines.push_back(j);
      if (part.find(')') != std::string::npos) break;
      if (!bracket && !head.lines[j].centred) {
        out.lines.pop_back();
        break;
      }
    }
    out.text = JoinHeadLines(head, out.lines);
    ReferenceOptions options;
    options.recognised = head.recognised;
    options.blank_number = true;
    for (std::size_t k = 0; k < out.text.key().size() && !out.reference; ++k)
      out.reference = ParseReference(out.text.folded(), k, rules, options);
    return out;
  }
  return std::nullopt;
}

}  // namespace vanthu::extract
