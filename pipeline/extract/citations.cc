#include "pipeline/extract/citations.h"

#include <algorithm>
#include <set>

#include "pipeline/extract/reference.h"

namespace vanthu::extract {
namespace {

// More than any document has; keeps a hostile one cheap.
constexpr std::size_t kMaxCitations = 2000;

Citation ToCitation(const Folded& text, const Reference& reference, CitationRole role) {
  Citation out;
  out.text = text.Slice(reference.span.begin, reference.span.end);
  out.type_code = reference.type_code;
  if (reference.number) {
    out.number = reference.number->number;
    out.notation = reference.number->notation;
  }
  if (reference.date) out.date = reference.date->date;
  out.agency = reference.agency;
  out.role = role;
  return out;
}

// What makes two citations the same document.
std::string Identity(const Citation& citation) {
  if (citation.number)
    return FoldKey(*citation.number + "/" + citation.notation.value_or(*citation.type_code));
  return FoldKey(citation.text);
}

class Collector {
 public:
  Collector(const Header& header, const FieldRules& rules, Notes* notes) : rules_(rules), notes_(notes) {
    if (header.number && header.notation) seen_.insert(FoldKey(*header.number + "/" + *header.notation));
    if (header.issued_with && header.issued_with->number && header.issued_with->notation)
      seen_.insert(FoldKey(*header.issued_with->number + "/" + *header.issued_with->notation));
  }

  // `evidence_of` gives the evidence of a span of the text.
  template <typename EvidenceOfSpan>
  void Read(const Folded& text, bool recognised, CitationRole role, const EvidenceOfSpan& evidence_of) {
    ReferenceOptions options;
    options.recognised = recognised;
    for (std::size_t at = 0; at < text.key.size() && found_.size() < kMaxCitations;) {
      const std::optional<Reference> reference = ParseReference(text, at, rules_, options);
      if (!reference) {
        // A list of one kind goes on over commas and "và" only.
        if (options.list_type != nullptr && !ListGoesOn(text, at)) options.list_type = nullptr;
        at = NextWord(text.key, at);
        continue;
      }
      Add(text, *reference, role, evidence_of(reference->span.begin, reference->span.end));
      options.list_type = reference->type;
      at = std::max(reference->span.end, at + 1);
    }
  }

  std::vector<Citation> Take() { return std::move(found_); }

 private:
  bool ListGoesOn(const Folded& text, std::size_t at) const {
    return text.key[at] == ' ' || !IsLetterOrDigit(text.key[at]) ||
           MatchAnyAt(text.key, at, rules_.citations.list_joins, false);
  }

  // Past the rest of this word and what separates it from the next.
  static std::size_t NextWord(const std::string& key, std::size_t at) {
    if (!IsLetterOrDigit(key[at])) return at + 1;
    while (at < key.size() && IsLetterOrDigit(key[at])) ++at;
    return at;
  }

  void Add(const Folded& text, const Reference& reference, CitationRole role,
           std::optional<Evidence> evidence) {
    Citation citation = ToCitation(text, reference, role);
    if (!seen_.insert(Identity(citation)).second) return;
    if (evidence) notes_->evidence[ItemPointer("/citations", found_.size())] = *evidence;
    found_.push_back(std::move(citation));
  }

  const FieldRules& rules_;
  Notes* notes_;
  std::set<std::string> seen_;
  std::vector<Citation> found_;
};

bool IsBasis(const Folded& text, const FieldRules& rules, bool recognised) {
  std::size_t at = SkipSpace(text.key, 0);
  while (at < text.key.size() && !IsLetterOrDigit(text.key[at])) ++at;
  return static_cast<bool>(MatchAnyAt(text.key, at, rules.citations.basis_openings, recognised));
}

// "(Kèm theo Kế hoạch số ...)": a reference to the document itself or to the one it is issued with.
bool IsAttachedNote(const Folded& text, const FieldRules& rules, bool recognised) {
  std::size_t at = SkipSpace(text.key, 0);
  if (at < text.key.size() && text.key[at] == '(') at = SkipSpace(text.key, at + 1);
  return static_cast<bool>(MatchAnyAt(text.key, at, rules.header.attached_openings, recognised));
}

std::set<const Paragraph*> BasisParagraphs(const Outline& outline) {
  std::set<const Paragraph*> out;
  for (const OutlineNode& node : outline.roots)
    if (node.level == 0) out.insert(node.paragraphs.begin(), node.paragraphs.end());
  return out;
}

}  // namespace

std::vector<Citation> FindCitations(const Reading& reading, const Range& body,
                                    const std::vector<Range>& appendices, const Outline& outline,
                                    const std::vector<Table>& tables, const Header& header,
                                    const FieldRules& rules, Notes* notes) {
  Collector collector(header, rules, notes);
  const std::set<const Paragraph*> preamble = BasisParagraphs(outline);
  const auto read_table = [&](int index) {
    if (index < 0 || index >= static_cast<int>(tables.size())) return;
    const Table& table = tables[static_cast<std::size_t>(index)];
    for (const Cell& cell : table.cells) {
      const bool recognised = cell.source == Source::kOcr;
      collector.Read(Folded(cell.text), recognised, CitationRole::kBody,
                     [&](std::size_t, std::size_t) { return std::optional<Evidence>(EvidenceOf(cell, 1)); });
    }
  };
  const auto read_range = [&](const Range& range, bool appendix) {
    for (std::size_t i = range.begin; i < range.end; ++i) {
      const Element& element = reading.elements()[i];
      if (element.paragraph == nullptr) {
        read_table(element.table);
        continue;
      }
      const Folded& text = element.text.folded();
      if (appendix && IsAttachedNote(text, rules, element.recognised)) continue;
      const bool basis = preamble.count(element.paragraph) > 0 && IsBasis(text, rules, element.recognised);
      collector.Read(text, element.recognised, basis ? CitationRole::kBasis : CitationRole::kBody,
                     [&](std::size_t begin, std::size_t end) {
                       return element.text.EvidenceOf(begin, end, reading.mapper(), 1);
                     });
    }
  };
  read_range(body, false);
  for (const Range& appendix : appendices) read_range(appendix, true);
  return collector.Take();
}

}  // namespace vanthu::extract
