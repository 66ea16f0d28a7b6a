#include "pipeline/extract/appendices.h"

#include <algorithm>
#include <set>

#include "pipeline/extract/head.h"
#include "pipeline/extract/ordinal.h"
#include "pipeline/extract/title.h"

namespace vanthu::extract {
namespace {

void Note(const std::string& pointer, const std::optional<Evidence>& evidence, Notes* notes) {
  if (evidence) notes->evidence[pointer] = *evidence;
}

// Title and "(Kèm theo ...)" below or beside the heading; returns the first element after them.
std::size_t ReadHead(const Reading& reading, const Range& range, const FieldRules& rules,
                     const std::string& pointer, FoundAppendix* out, Notes* notes) {
  const Head head = FindHead(reading, range, rules);
  if (head.lines.empty()) return range.begin + 1;
  const Mapper& mapper = reading.mapper();
  const Traced& first = head.lines.front().text;
  const std::optional<AppendixHeading> heading = ParseAppendixHeading(first.folded(), rules, head.recognised);
  if (!heading) return range.begin + 1;
  out->heading = EvidenceOf(*head.lines.front().line, mapper, 1);
  out->appendix.label = heading->label;
  if (heading->label)
    Note(pointer + "/label", first.EvidenceOf(heading->label_begin, heading->label_end, mapper, 1), notes);
  std::vector<std::size_t> lines = TitleLines(head, 0, rules);
  const bool same_line = heading->rest < first.key().size() && first.key()[heading->rest] != '(';
  if (same_line) lines.insert(lines.begin(), 0);
  std::size_t last = 0;
  if (!lines.empty()) {
    const Traced title = JoinHeadLines(head, lines);
    const std::size_t begin = same_line ? heading->rest : 0;
    const std::string text = title.Slice(begin, title.key().size());
    if (!text.empty()) out->appendix.title = text;
    Note(pointer + "/title", title.EvidenceOf(begin, title.key().size(), mapper, 1), notes);
    last = lines.back();
  }
  if (const std::optional<AttachedNote> note = FindAttachedNote(head, 1, rules)) {
    last = std::max(last, note->lines.back());
    if (note->reference) {
      const Reference& reference = *note->reference;
      DocumentReference attached;
      IssuedWith issued;
      if (reference.number) {
        attached.number = issued.number = reference.number->number;
        attached.notation = issued.notation = reference.number->notation;
      }
      if (reference.date) attached.date = issued.date = reference.date->date;
      if (!reference.type_code.empty()) issued.type_code = reference.type_code;
      issued.agency = reference.agency;
      out->appendix.attached_to = attached;
      out->issued_with = issued;
      Note(pointer + "/attached_to",
           note->text.EvidenceOf(reference.span.begin, reference.span.end, mapper, 1), notes);
    }
  }
  return head.lines[last].element + 1;
}

// "1 Chỉ tiêu giao ...": the mark before a footnote's text is not part of it.
std::string FootnoteText(const Element& element) {
  const std::string& key = element.text.key();
  std::size_t at = SkipSpace(key, 0);
  std::size_t end = at;
  while (end < key.size() && end - at < 3 &&
         ((key[end] >= '0' && key[end] <= '9') || key[end] == '*' || key[end] == '[' || key[end] == ']' ||
          key[end] == '(' || key[end] == ')'))
    ++end;
  if (end > at && end < key.size()) at = SkipSpace(key, end);
  return element.text.Slice(at, key.size());
}

void ReadBody(const Reading& reading, const Range& range, const std::string& pointer, FoundAppendix* out,
              Notes* notes) {
  std::set<std::string> captions;
  for (const Table& table : reading.document().tables)
    if (!table.caption.empty()) captions.insert(FoldKey(table.caption));
  Appendix& appendix = out->appendix;
  for (std::size_t i = range.begin; i < range.end; ++i) {
    const Element& element = reading.elements()[i];
    if (element.table >= 0) {
      appendix.tables.push_back(element.table);
      const Table& table = reading.document().tables[static_cast<std::size_t>(element.table)];
      if (!table.pages.empty()) appendix.last_page = std::max(appendix.last_page, table.pages.back());
      continue;
    }
    for (const Line& line : element.paragraph->lines)
      appendix.last_page = std::max(appendix.last_page, line.page);
    const Region region = element.paragraph->region;
    if (region == Region::kPageNumber || region == Region::kMargin) continue;
    if (IsRuleOfSigns(element.text.folded()) || captions.count(FoldKey(element.paragraph->text)) > 0)
      continue;
    if (region == Region::kFootnote) {
      notes->evidence[ItemPointer(pointer + "/footnotes", appendix.footnotes.size())] =
          EvidenceOf(*element.paragraph, reading.mapper(), 1);
      appendix.footnotes.push_back(FootnoteText(element));
    } else {
      notes->evidence[ItemPointer(pointer + "/paragraphs", appendix.paragraphs.size())] =
          EvidenceOf(*element.paragraph, reading.mapper(), 1);
      appendix.paragraphs.push_back(element.paragraph->text);
    }
  }
}

}  // namespace

std::vector<FoundAppendix> FindAppendices(const Reading& reading, const Parts& parts, const FieldRules& rules,
                                          Notes* notes) {
  std::vector<FoundAppendix> out;
  for (const Range& range : parts.appendices) {
    FoundAppendix found;
    const std::string pointer = ItemPointer("/appendices", out.size());
    found.appendix.first_page = found.appendix.last_page = reading.elements()[range.begin].page;
    found.body_begin = std::min(range.end, ReadHead(reading, range, rules, pointer, &found, notes));
    Text& label = found.appendix.label;
    const bool recognised = reading.recognised(found.appendix.first_page);
    if (recognised && label && !out.empty() && out.back().appendix.label)
      label = WithoutRepeat(*out.back().appendix.label, *label);
    ReadBody(reading, {found.body_begin, range.end}, pointer, &found, notes);
    out.push_back(std::move(found));
  }
  return out;
}

}  // namespace vanthu::extract
