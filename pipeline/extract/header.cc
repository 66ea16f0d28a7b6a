#include "pipeline/extract/header.h"

#include <algorithm>

#include "pipeline/extract/agency.h"
#include "pipeline/extract/title.h"

namespace vanthu::extract {
namespace {

constexpr double kReadStamp = 0.92;  // a word of a closed list, read off a stamp (a guess)

constexpr double kTypeFromNotation = 0.7;  // the kind is not printed as a title, only coded: doubtful
constexpr double kLetterByForm = 0.95;     // a công văn is known by what it lacks
constexpr double kContradicted = 0.6;  // two values that should agree do not: either may be wrong (a guess)

void Note(const std::string& pointer, std::optional<Evidence> evidence, Notes* notes) {
  if (evidence) notes->evidence[pointer] = *evidence;
}

bool IsDropped(const std::string& key, std::size_t at, const FieldRules& rules, std::size_t* end) {
  const KeywordMatch mark = MatchAnyAt(key, at, rules.header.dropped_subject_marks, false);
  if (!mark) return false;
  *end = mark.end;
  while (*end < key.size() && (key[*end] == ':' || key[*end] == ' ' || key[*end] == '.')) ++*end;
  return true;
}

// The subject's text without "V/v" and the full stop at its end.
void SetSubject(const Reading& reading, const Traced& text, std::size_t begin, const FieldRules& rules,
                bool letter, Header* out, Notes* notes) {
  const std::string& key = text.key();
  std::size_t at = SkipSpace(key, begin);
  std::size_t end = key.size();
  if (!IsDropped(key, at, rules, &at) && letter) {
    if (const KeywordMatch mark = MatchAnyAt(key, at, rules.header.subject_marks, false))
      at = SkipSpace(key, mark.end);
  }
  while (end > at && (key[end - 1] == ' ' || key[end - 1] == '.' || key[end - 1] == ';' ||
                      key[end - 1] == ',' || key[end - 1] == '_'))
    --end;
  const std::string subject = text.Slice(at, end);
  if (subject.empty()) return;
  out->subject = subject;
  Note("/header/subject", text.EvidenceOf(at, end, reading.mapper(), 1), notes);
}

// Urgency and secrecy are stamped in red ink (Decree 30/2020, annex I, II.8 and 9): a stamp in the head that
// nobody could read may say either, so their absence is not certain.
void ReportUnreadStamp(const Reading& reading, int page_index, Notes* notes) {
  constexpr double kHead = 0.4;  // of the page's height
  const LayoutPage* page = reading.page(page_index);
  if (page == nullptr || !page->recognised) return;
  for (const Mark& mark : page->marks) {
    const bool stamped = mark.kind == MarkKind::kSeal || mark.kind == MarkKind::kStamp;
    if (!stamped || mark.box.y1 > kHead * page->height_pt) continue;
    notes->Find(Severity::kWarning, "header.stamp.unread",
                "Phần đầu trang có dấu đóng không đọc được: có thể là dấu chỉ độ khẩn, độ mật hoặc dấu đến.",
                page_index);
    return;
  }
}

void FindUrgencyAndSecrecy(const Reading& reading, const Head& head, const FieldRules& rules, double bottom_y,
                           Header* out, Notes* notes) {
  const auto look = [&](const std::vector<Wording>& wordings, const char* pointer, Text* value) {
    for (const HeadLine& line : head.lines) {
      if (line.line->box.y0 > bottom_y || CapitalShare(line.text.folded()) < 0.9) continue;
      std::string key = FoldKey(line.text.text());
      while (!key.empty() && !IsLetterOrDigit(key.back())) key.pop_back();
      for (const Wording& wording : wordings)
        for (const std::string& word : wording.keys)
          if (key == word && !*value) {
            *value = wording.value;
            Note(pointer, EvidenceOf(*line.line, reading.mapper(), 1), notes);
          }
    }
    const LayoutPage* page = reading.page(head.page);
    if (page == nullptr) return;
    for (const Mark& mark : page->marks)
      for (const Wording& wording : wordings)
        for (const std::string& word : wording.keys)
          if (!*value && !mark.text.empty() && FoldKey(mark.text) == word) {
            *value = wording.value;
            notes->evidence[pointer] = {head.page, reading.mapper().ToSource(head.page, mark.box),
                                        page->recognised ? Source::kOcr : Source::kAppearance,
                                        page->recognised ? kReadStamp : 1};
          }
  };
  look(rules.header.urgency, "/header/urgency", &out->urgency);
  look(rules.header.secrecy, "/header/secrecy", &out->secrecy);
  if (!out->urgency && !out->secrecy) ReportUnreadStamp(reading, head.page, notes);
}

void SetIssuedWith(const Reading& reading, const AttachedNote& note, Header* out, Notes* notes) {
  if (!note.reference) return;
  const Reference& reference = *note.reference;
  IssuedWith issued;
  if (!reference.type_code.empty()) issued.type_code = reference.type_code;
  if (reference.number) {
    issued.number = reference.number->number;
    issued.notation = reference.number->notation;
  }
  if (reference.date) issued.date = reference.date->date;
  issued.agency = reference.agency;
  out->issued_with = issued;
  Note("/header/issued_with",
       note.text.EvidenceOf(reference.span.begin, reference.span.end, reading.mapper(), 1), notes);
}

// Kind and subject; returns the index of the last line they use, or `last`.
std::size_t FindTitle(const Reading& reading, const Head& head, const FieldRules& rules, std::size_t last,
                      Header* out, Notes* notes, double* top_y) {
  const std::optional<TypeLine> type = FindTypeLine(head, rules);
  if (!type) {
    const std::vector<std::size_t> lines = LetterSubjectLines(head, rules);
    if (lines.empty()) return last;
    *top_y = head.lines[lines.front()].line->box.y0;
    const Traced text = JoinHeadLines(head, lines);
    SetSubject(reading, text, 0, rules, true, out, notes);
    return std::max(last, lines.back());
  }
  const HeadLine& line = head.lines[type->line];
  *top_y = line.line->box.y0;
  out->type_name = type->type->name;
  if (!type->type->no_code) out->type_code = type->type->code;
  const Evidence evidence = EvidenceOf(*line.line, reading.mapper(), type->certainty);
  notes->evidence["/header/type_name"] = evidence;
  if (out->type_code) notes->evidence["/header/type_code"] = evidence;
  std::vector<std::size_t> lines = TitleLines(head, type->line, rules);
  const bool same_line = type->end < line.text.key().size() && type->certainty < 1 &&
                         std::any_of(line.text.key().begin() + static_cast<std::ptrdiff_t>(type->end),
                                     line.text.key().end(), IsLetterOrDigit);
  if (same_line) lines.insert(lines.begin(), type->line);
  std::size_t end = std::max(last, type->line);
  if (!lines.empty()) {
    end = std::max(end, lines.back());
    SetSubject(reading, JoinHeadLines(head, lines), same_line ? type->end : 0, rules, false, out, notes);
  }
  if (const std::optional<AttachedNote> note = FindAttachedNote(head, type->line + 1, rules)) {
    SetIssuedWith(reading, *note, out, notes);
    end = std::max(end, note->lines.back());
  }
  return end;
}

bool HasAddressee(const Head& head, const FieldRules& rules) {
  return std::any_of(head.lines.begin(), head.lines.end(), [&](const HeadLine& line) {
    const std::string& key = line.text.key();
    const KeywordMatch label =
        MatchAnyAt(key, SkipSpace(key, 0), rules.header.addressee_labels, head.recognised);
    return label && SkipSpace(key, label.end) < key.size() && key[SkipSpace(key, label.end)] == ':';
  });
}

// No kind was printed: a công văn says so by "V/v" or "Kính gửi" and a notation without a type code; else the
// notation.
void GuessType(const Head& head, const FieldRules& rules, Header* out, Notes* notes) {
  if (out->type_name || !out->notation) return;
  const DocumentType* coded = rules.TypeOfCode(TypeCodeOf(*out->notation));
  const auto evidence = notes->evidence.find("/header/notation");
  if (coded == nullptr && (out->subject || HasAddressee(head, rules))) {
    out->type_name = rules.letter_type_name;
    if (evidence == notes->evidence.end()) return;
    Evidence by_form = evidence->second;
    by_form.confidence *= kLetterByForm;
    notes->evidence["/header/type_name"] = by_form;
    return;
  }
  if (coded == nullptr) return;
  out->type_name = coded->name;
  out->type_code = coded->code;
  notes->Find(Severity::kWarning, "header.type.from_notation",
              "Không thấy tên loại văn bản; lấy theo ký hiệu " + *out->notation + ".", head.page);
  if (evidence == notes->evidence.end()) return;
  Evidence doubtful = evidence->second;
  doubtful.confidence = std::min(doubtful.confidence, 1.0) * kTypeFromNotation;
  notes->evidence["/header/type_name"] = notes->evidence["/header/type_code"] = doubtful;
}

void Lower(const std::string& pointer, Notes* notes) {
  const auto found = notes->evidence.find(pointer);
  if (found != notes->evidence.end())
    found->second.confidence = std::min(found->second.confidence, kContradicted);
}

}  // namespace

void CheckHeader(const Header& header, const FieldRules& rules, Notes* notes) {
  if (header.notation && header.type_code) {
    const DocumentType* coded = rules.TypeOfCode(TypeCodeOf(*header.notation));
    if (coded != nullptr && coded->code != *header.type_code &&
        coded->name != header.type_name.value_or("")) {
      Lower("/header/notation", notes);
      Lower("/header/type_code", notes);
      Lower("/header/type_name", notes);
      notes->Find(Severity::kWarning, "header.type.contradicts_notation",
                  "Tên loại (" + header.type_name.value_or("") + ") và ký hiệu (" + *header.notation +
                      ") không khớp.");
    }
  }
  if (header.date && header.notation) {
    // "2025/NĐ-CP": the year of issue stands in the notation of legal documents.
    const std::string& notation = *header.notation;
    const bool year_first =
        notation.size() > 5 && notation[4] == '/' &&
        std::all_of(notation.begin(), notation.begin() + 4, [](char c) { return c >= '0' && c <= '9'; });
    if (year_first && std::stoi(notation.substr(0, 4)) != static_cast<int>(header.date->year())) {
      Lower("/header/notation", notes);
      Lower("/header/date", notes);
      notes->Find(Severity::kWarning, "header.date.contradicts_notation",
                  "Năm trong ký hiệu (" + notation + ") khác năm ban hành.");
    }
  }
}

FoundHeader FindHeader(const Reading& reading, const Range& main, const FieldRules& rules, Notes* notes) {
  FoundHeader out;
  out.body_begin = main.begin;
  if (main.begin >= main.end) return out;
  const Head head = FindHead(reading, main, rules);
  if (head.lines.empty()) return out;
  std::size_t last = 0;
  bool any = false;
  for (std::size_t i = 0; i < head.lines.size(); ++i)
    if (head.lines[i].motto && head.motto && OverlapY(head.lines[i].line->box, *head.motto) > 0) {
      last = i;
      any = true;
    }
  Header& header = out.header;
  double title_y = head.area.y1;
  const std::size_t title_last = FindTitle(reading, head, rules, last, &header, notes, &title_y);
  any = any || title_last > 0 || header.type_name.has_value();
  last = title_last;
  Head above;  // number, date and agencies stand above the title
  above.page = head.page;
  above.recognised = head.recognised;
  above.area = head.area;
  above.motto = head.motto;
  above.border_x = head.border_x;
  const double floor =
      header.type_name || header.subject ? title_y : head.area.y0 + 0.4 * (head.area.y1 - head.area.y0);
  for (const HeadLine& line : head.lines)
    if (line.line->box.centre_y() < floor ||
        (header.subject && !header.type_name && head.IsRight(line) &&
         line.line->box.centre_y() < floor + 3 * line.line->box.height()))
      above.lines.push_back(line);
  std::size_t used = 0;
  FindNumber(reading, above, rules, &header, notes, &used);
  FindPlaceAndDate(reading, above, rules, &header, notes, &used);
  FindAgencies(reading, above, rules, floor, &header, notes);
  FindUrgencyAndSecrecy(reading, head, rules, floor + 60, &header, notes);
  GuessType(head, rules, &header, notes);
  CheckHeader(header, rules, notes);
  any = any || used > 0;
  std::size_t element = any ? head.lines[last].element + 1 : main.begin;
  if (used > 0) element = std::max(element, used);
  out.body_begin = std::max(main.begin, element);
  return out;
}

}  // namespace vanthu::extract
