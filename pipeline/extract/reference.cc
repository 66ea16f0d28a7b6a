#include "pipeline/extract/reference.h"

#include <algorithm>

#include "pipeline/extract/agency.h"

namespace vanthu::extract {
namespace {

constexpr std::size_t kMaxLawName = 160;  // signs; the longest law's name in force is shorter

// "số", "số:", "sô " before a number; `at` itself where there is none.
std::size_t LabelEnd(const Folded& text, std::size_t at, const FieldRules& rules) {
  at = SkipSpace(text.key, at);
  if (const KeywordMatch label = MatchAnyAt(text.key, at, rules.citations.number_labels, false)) {
    at = label.end;
    while (at < text.key.size() && (text.key[at] == ':' || text.key[at] == ' ')) ++at;
  }
  return at;
}

// ", ngày …", "(ngày …": a date that follows at once.
std::optional<WrittenDate> DateAfter(const Folded& text, std::size_t at, bool recognised) {
  at = SkipSpace(text.key, at);
  if (at < text.key.size() && (text.key[at] == ',' || text.key[at] == '(')) at = SkipSpace(text.key, at + 1);
  return ParseWrittenDate(text, at, recognised);
}

void ReadAgency(const Folded& text, const FieldRules& rules, Reference* out) {
  std::size_t at = SkipSpace(text.key, out->span.end);
  if (at < text.key.size() && text.key[at] == ',') at = SkipSpace(text.key, at + 1);
  const KeywordMatch word = MatchAnyAt(text.key, at, rules.citations.agency_words, false);
  if (!word) return;
  const std::size_t begin = SkipSpace(text.key, word.end);
  const std::size_t end = AgencyEnd(text, begin, rules);
  if (end <= begin) return;
  out->agency = text.Slice(begin, end);
  out->agency_span = {begin, end};
  out->span.end = end;
}

// What follows kind and number: date and agency in either order.
void ReadTail(const Folded& text, const FieldRules& rules, bool recognised, Reference* out) {
  out->date = DateAfter(text, out->span.end, recognised);
  if (out->date) out->span.end = out->date->end;
  ReadAgency(text, rules, out);
  if (out->date || !out->agency) return;
  out->date = DateAfter(text, out->span.end, recognised);
  if (out->date) out->span.end = out->date->end;
}

std::optional<Reference> ParseNumbered(const Folded& text, std::size_t at, std::size_t type_end,
                                       const DocumentType& type, const FieldRules& rules,
                                       const ReferenceOptions& options) {
  const std::size_t label_end = LabelEnd(text, type_end, rules);
  const bool labelled = label_end > SkipSpace(text.key, type_end);
  std::optional<DocumentNumber> number =
      ParseDocumentNumber(text, label_end, labelled || type.bare_number, false);
  if (!number) return std::nullopt;
  if (!number->number && !options.blank_number) return std::nullopt;
  if (!labelled && !number->notation && number->number_end - number->begin != 2)
    return std::nullopt;  // "Đề án 06"
  Reference out;
  out.type = &type;
  out.type_code = type.code;
  out.span = {at, number->end};
  out.number = std::move(number);
  ReadTail(text, rules, options.recognised, &out);
  return out;
}

// Where a law's name ends: at a stop, or at punctuation that no known name holds.
std::size_t LawNameEnd(const Folded& text, std::size_t at, std::size_t name, const FieldRules& rules) {
  const std::string& key = text.key;
  std::size_t end = name;
  if (const KeywordMatch known = MatchAnyAt(key, at, rules.laws.commas, false)) end = known.end;
  const std::size_t limit = std::min(key.size(), at + kMaxLawName);
  while (end < limit) {
    const std::size_t next = SkipSpace(key, end);
    if (next >= limit || (!IsLetterOrDigit(key[next]) && key[next] != '-')) break;
    if (text.shape[next] != 'U' && MatchAnyAt(key, next, rules.laws.stops, false)) break;
    if (key.compare(next, 3, "va ") == 0 &&
        !IsLetterOrDigit(key[std::min(limit - 1, SkipSpace(key, next + 3))]))
      break;
    end = next + 1;
    while (end < limit && IsLetterOrDigit(key[end])) ++end;
  }
  return end;
}

std::optional<Reference> ParseLaw(const Folded& text, std::size_t at, const FieldRules& rules,
                                  const ReferenceOptions& options) {
  if (text.shape[at] != 'U') return std::nullopt;
  const KeywordMatch word = MatchAnyAt(text.key, at, rules.laws.words, false);
  if (!word) return std::nullopt;
  const std::size_t name = SkipSpace(text.key, word.end);
  const std::size_t end = LawNameEnd(text, at, word.end, rules);
  const bool named = name < end && text.shape[name] == 'U';
  const bool amends = name < end && static_cast<bool>(MatchAnyAt(text.key, at, rules.laws.commas, false));
  Reference out;
  out.type_code = rules.laws.code;
  out.span = {at, named || amends ? end : word.end};
  const std::size_t label_end = LabelEnd(text, out.span.end, rules);
  if (label_end > SkipSpace(text.key, out.span.end)) {
    out.number = ParseDocumentNumber(text, label_end, false, false);
    if (out.number && !out.number->number) out.number.reset();
    if (out.number) out.span.end = out.number->end;
  }
  if (!named && !amends && !out.number) return std::nullopt;
  out.date = DateAfter(text, out.span.end, options.recognised);
  if (out.date) out.span.end = out.date->end;
  return out;
}

}  // namespace

std::optional<Reference> ParseReference(const Folded& text, std::size_t at, const FieldRules& rules,
                                        const ReferenceOptions& options) {
  if (at >= text.key.size() || (at > 0 && IsLetterOrDigit(text.key[at - 1]))) return std::nullopt;
  for (const DocumentType& type : rules.types) {
    if (!type.cited || text.key[at] != type.key.front()) continue;  // the first letter rules most kinds out
    const KeywordMatch match = MatchKeywordAt(text.key, at, type.key, options.recognised);
    if (!match) continue;
    if (std::optional<Reference> found = ParseNumbered(text, at, match.end, type, rules, options))
      return found;
  }
  if (options.list_type != nullptr && LabelEnd(text, at, rules) > at)
    if (std::optional<Reference> found = ParseNumbered(text, at, at, *options.list_type, rules, options))
      return found;
  return ParseLaw(text, at, rules, options);
}

}  // namespace vanthu::extract
