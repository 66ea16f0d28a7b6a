// Number, place, date and agencies: the two columns of a head.
#include <algorithm>
#include <cmath>

#include "pipeline/extract/agency.h"
#include "pipeline/extract/document_number.h"
#include "pipeline/extract/header.h"
#include "pipeline/extract/title.h"
#include "pipeline/extract/written_date.h"

namespace vanthu::extract {
namespace {

// Below this the recogniser's own doubt is so great that the value is withheld (a guess; handwriting read by
// a model of print comes out at 0.2 to 0.6, clean print above 0.85).
constexpr double kUnreadable = 0.5;
constexpr double kRepaired = 0.8;      // a letter was taken for a figure
constexpr double kNoMotto = 0.85;      // what stands at the right is no motto we know (a guess)
constexpr std::size_t kMaxPlace = 34;  // signs before the date: "Thành phố Hồ Chí Minh, " has 23

void Note(const std::string& pointer, std::optional<Evidence> evidence, Notes* notes) {
  if (evidence) notes->evidence[pointer] = *evidence;
}

// Ink that is no print lies on the box: somebody wrote there by hand.
bool InkOver(const Reading& reading, int page, const Box& box) {
  const LayoutPage* found = reading.page(page);
  if (found == nullptr) return false;
  return std::any_of(found->marks.begin(), found->marks.end(), [&](const Mark& mark) {
    return mark.kind != MarkKind::kSeal &&
           OverlapX(mark.box, box) > 0.3 * std::min(mark.box.width(), box.width()) &&
           OverlapY(mark.box, box) > 0.3 * std::min(mark.box.height(), box.height());
  });
}

// "Sô:", "S6:", "sâ:": up to three signs that begin like "Số" and a colon.
KeywordMatch LabelOf(const std::string& key, std::size_t at, const FieldRules& rules, bool recognised) {
  if (const KeywordMatch label = MatchAnyAt(key, at, rules.header.number_labels, false)) return label;
  const std::size_t colon = key.find(':', at);
  if (!recognised || colon == std::string::npos || colon == at || colon > at + 3) return {};
  const bool like = key[at] == 's' || key[at] == '5' || key[at] == '$';
  return like ? KeywordMatch{colon, 0.8} : KeywordMatch{};
}

struct NumberLine {
  const HeadLine* line = nullptr;
  Traced text;
  DocumentNumber number;
  std::size_t label_end = 0;
  bool labelled = false;
};

// The left line whose words follow a notation cut at the line's end ("123/QĐ-" / "UBND").
Traced WithContinuation(const Head& head, std::size_t index) {
  const HeadLine& line = head.lines[index];
  const std::string& text = line.text.text();
  if (text.empty() || (text.back() != '-' && text.back() != '/')) return line.text;
  for (std::size_t i = index + 1; i < head.lines.size(); ++i) {
    const HeadLine& next = head.lines[i];
    if (!head.IsLeft(next) || next.line->box.y0 < line.line->box.centre_y()) continue;
    if (next.line->box.y0 - line.line->box.y1 > line.line->box.height()) break;
    return Traced(std::vector<const Line*>{line.line, next.line});
  }
  return line.text;
}

std::optional<NumberLine> ParseNumberLine(const Head& head, std::size_t index, const FieldRules& rules) {
  const HeadLine& line = head.lines[index];
  NumberLine out;
  out.line = &line;
  out.text = WithContinuation(head, index);
  const std::string& key = out.text.key();
  std::size_t at = SkipSpace(key, 0);
  const KeywordMatch label = LabelOf(key, at, rules, head.recognised);
  out.labelled = static_cast<bool>(label);
  bool colon = false;
  if (label) {
    at = label.end;
    while (at < key.size() &&
           (key[at] == ':' || key[at] == ' ' || key[at] == ';' || key[at] == '.' || key[at] == ',')) {
      colon = colon || key[at] == ':';
      ++at;
    }
  }
  out.label_end = at;
  std::optional<DocumentNumber> number =
      ParseDocumentNumber(out.text.folded(), at, colon, head.recognised && out.labelled);
  if (!number) return std::nullopt;
  // Without its label it must be whole, and stand where a header says it must.
  if (!out.labelled && (!number->notation || !number->number || !head.motto)) return std::nullopt;
  // Running text may begin with "số 12/UBND-VX" too, but goes on.
  constexpr std::size_t kSpecks = 3;  // stray signs of the recogniser after the notation
  const std::size_t rest = key.size() - std::min(key.size(), SkipSpace(key, number->end));
  if (rest > (number->notation ? kSpecks : 0)) return std::nullopt;
  out.number = *number;
  return out;
}

Box PlaceBetween(const Line& line, const std::vector<const Word*>& before,
                 const std::vector<const Word*>& after) {
  Box out = line.box;
  if (!before.empty()) out.x0 = before.back()->box.x1;
  if (!after.empty()) out.x1 = after.front()->box.x0;
  return out;
}

// Figures that stand in a gap of a line but were set apart from it: a number stamped by a signature's
// appearance.
struct StampedFigures {
  const Line* line = nullptr;
  std::string text;
};
std::optional<StampedFigures> FiguresIn(const Head& head, const Line& line, const Box& gap) {
  if (gap.width() <= 0) return std::nullopt;
  for (const HeadLine& other : head.lines) {
    if (other.line == &line) continue;
    const Box& box = other.line->box;
    if (OverlapY(box, line.box) < 0.4 * std::min(box.height(), line.box.height())) continue;
    if (box.centre_x() < gap.x0 - 2 || box.centre_x() > gap.x1 + 2) continue;
    const std::string& key = other.text.key();
    if (FiguresOnly(key)) return StampedFigures{other.line, other.text.text()};
  }
  return std::nullopt;
}

void ReportMissingNumber(const Reading& reading, const Head& head, const NumberLine& found, const Box& gap,
                         Notes* notes) {
  if (found.number.unreadable || InkOver(reading, head.page, gap)) {
    notes->Find(Severity::kWarning, "header.number.handwritten",
                "Số văn bản viết tay hoặc không đọc được; cần người nhập.", head.page);
    return;
  }
  notes->Find(Severity::kWarning, "header.number.blank", "Số văn bản để trống.", head.page);
}

void SetNumber(const Reading& reading, const Head& head, const NumberLine& found, Header* out, Notes* notes) {
  const Mapper& mapper = reading.mapper();
  const DocumentNumber& number = found.number;
  out->notation = number.notation;
  const double certainty = found.labelled ? 1 : 0.95;
  Note("/header/notation", found.text.EvidenceOf(number.notation_begin, number.end, mapper, certainty),
       notes);
  const Box gap = PlaceBetween(*found.line->line, found.text.Words(0, found.label_end),
                               found.text.Words(number.notation_begin, number.end));
  if (!number.number) {
    if (const std::optional<StampedFigures> stamped = FiguresIn(head, *found.line->line, gap)) {
      out->number = stamped->text;
      notes->evidence["/header/number"] = EvidenceOf(*stamped->line, mapper, 1);
      return;
    }
    ReportMissingNumber(reading, head, found, gap, notes);
    return;
  }
  const std::optional<Evidence> evidence =
      found.text.EvidenceOf(number.begin, number.number_end, mapper, certainty);
  if (evidence && evidence->source == Source::kOcr && evidence->confidence < kUnreadable) {
    notes->Find(Severity::kWarning, "header.number.unreadable",
                "Số văn bản không đọc được chắc chắn; cần người nhập.", head.page);
    return;
  }
  out->number = number.number;
  Note("/header/number", evidence, notes);
}

}  // namespace

void FindNumber(const Reading& reading, const Head& head, const FieldRules& rules, Header* out, Notes* notes,
                std::size_t* last_element) {
  std::optional<NumberLine> best;
  for (std::size_t i = 0; i < head.lines.size(); ++i) {
    const HeadLine& line = head.lines[i];
    if (line.noise || line.motto || (head.motto && line.line->box.y1 < head.motto->y0)) continue;
    if (head.motto && !head.IsLeft(line)) continue;
    std::optional<NumberLine> found = ParseNumberLine(head, i, rules);
    if (!found) continue;
    // A line with its label wins over one without; the first of equals.
    if (!best || (found->labelled && !best->labelled)) best = std::move(found);
  }
  if (!best) return;
  *last_element = std::max(*last_element, best->line->element + 1);
  SetNumber(reading, head, *best, out, notes);
}

namespace {

struct DateLine {
  const HeadLine* line = nullptr;
  WrittenDate date;
};

// "Thanh Xá, ngày …": a place's name and nothing else stands before the date.
std::optional<DateLine> ParseDateLine(const HeadLine& line, bool recognised) {
  const Folded& text = line.text.folded();
  const std::optional<WrittenDate> date = FindWrittenDate(text, 0, text.key.size(), recognised);
  if (!date || date->begin > kMaxPlace) return std::nullopt;
  const std::size_t first = SkipSpace(text.key, 0);
  if (first < date->begin && text.shape[first] != 'U') return std::nullopt;
  for (std::size_t i = first; i < date->begin; ++i)
    if (text.key[i] == '(' || text.key[i] == ':' || text.key[i] == ';') return std::nullopt;
  const std::size_t after = SkipSpace(text.key, date->end);
  if (after < text.key.size() && text.key.size() - after > 6)
    return std::nullopt;  // the line goes on: running text
  return DateLine{&line, *date};
}

// A figure of the date that was stamped or set apart, in the gap between two words of the date line.
std::optional<int> StampedPart(const Head& head, const DateLine& found, const char* before, const char* after,
                               Evidence* evidence, const Mapper& mapper) {
  const std::string& key = found.line->text.key();
  const std::size_t left = key.find(before, found.date.begin);
  const std::size_t right = left == std::string::npos ? left : key.find(after, left + 1);
  if (right == std::string::npos) return std::nullopt;
  const std::vector<const Word*> from = found.line->text.Words(left, left + 1);
  const std::vector<const Word*> to = found.line->text.Words(right, right + 1);
  if (from.empty() || to.empty() || from.front() == to.front()) return std::nullopt;
  Box gap = found.line->line->box;
  gap.x0 = from.front()->box.x1;
  gap.x1 = to.front()->box.x0;
  const std::optional<StampedFigures> figures = FiguresIn(head, *found.line->line, gap);
  if (!figures || figures->text.size() > 2) return std::nullopt;
  const Evidence part = EvidenceOf(*figures->line, mapper, 1);
  evidence->source = part.source;
  evidence->confidence = std::min(evidence->confidence, part.confidence);
  return std::stoi(figures->text);
}

// The date with its blank parts filled from stamped figures; null if any part stays blank.
std::optional<Date> FilledDate(const Head& head, const DateLine& found, Evidence* evidence,
                               const Mapper& mapper) {
  if (!found.date.year) return std::nullopt;
  const std::string& key = found.line->text.key();
  Folded text = found.line->text.folded();
  const auto printed = [&](const char* word) -> std::optional<int> {
    std::size_t at = key.find(word, found.date.begin);
    if (at == std::string::npos) return std::nullopt;
    at = SkipSpace(key, at + std::string_view(word).size());
    int value = 0;
    int digits = 0;
    while (at < key.size() && key[at] >= '0' && key[at] <= '9' && digits < 2) {
      value = value * 10 + (key[at++] - '0');
      ++digits;
    }
    return digits > 0 ? std::optional<int>(value) : std::nullopt;
  };
  std::optional<int> day = printed("ngay");
  std::optional<int> month = printed("thang");
  if (!day) day = StampedPart(head, found, "ngay", "thang", evidence, mapper);
  if (!month) month = StampedPart(head, found, "thang", "nam", evidence, mapper);
  if (!day || !month) return std::nullopt;
  return MakeDate(*found.date.year, *month, *day);
}

void SetPlace(const Reading& reading, const DateLine& found, Header* out, Notes* notes) {
  const std::string& key = found.line->text.key();
  std::size_t end = found.date.begin;
  while (end > 0 && (key[end - 1] == ' ' || key[end - 1] == ',' || key[end - 1] == '.')) --end;
  const std::string place = found.line->text.Slice(0, end);
  if (place.empty()) return;
  out->place = place;
  Note("/header/place", found.line->text.EvidenceOf(0, end, reading.mapper(), 1), notes);
}

}  // namespace

void FindPlaceAndDate(const Reading& reading, const Head& head, const FieldRules& rules, Header* out,
                      Notes* notes, std::size_t* last_element) {
  (void)rules;
  std::optional<DateLine> found;
  for (const HeadLine& line : head.lines) {
    if (line.noise || line.motto || (head.motto && line.line->box.y1 < head.motto->y0)) continue;
    if (!head.IsRight(line)) continue;
    found = ParseDateLine(line, head.recognised);
    if (found) break;
  }
  if (!found) return;
  *last_element = std::max(*last_element, found->line->element + 1);
  SetPlace(reading, *found, out, notes);
  const Mapper& mapper = reading.mapper();
  std::optional<Evidence> evidence = found->line->text.EvidenceOf(found->date.begin, found->date.end, mapper,
                                                                  found->date.repaired ? kRepaired : 1);
  if (!evidence) return;
  std::optional<Date> date = found->date.date;
  if (found->date.blank) date = FilledDate(head, *found, &*evidence, mapper);
  if (!date && found->date.blank) {
    const bool ink = found->date.unreadable || InkOver(reading, head.page, found->line->line->box);
    notes->Find(Severity::kWarning, ink ? "header.date.handwritten" : "header.date.blank",
                ink ? "Ngày ban hành viết tay; cần người nhập." : "Ngày ban hành để trống một phần.",
                head.page);
    return;
  }
  if (!date) {
    notes->Find(
        Severity::kWarning, "header.date.invalid",
        "Ngày ban hành không có thật: " + found->line->text.Slice(found->date.begin, found->date.end) + ".",
        head.page);
    return;
  }
  if (evidence->source == Source::kOcr && evidence->confidence < kUnreadable) {
    notes->Find(Severity::kWarning, "header.date.unreadable",
                "Ngày ban hành không đọc được chắc chắn; cần người nhập.", head.page);
    return;
  }
  out->date = date;
  notes->evidence["/header/date"] = *evidence;
}

namespace {

// Lines of the left column from the motto's height down to the number, the subject or the title.
std::vector<const HeadLine*> AgencyHeadLines(const Head& head, const FieldRules& rules, double bottom_y) {
  std::vector<const HeadLine*> out;
  for (const HeadLine& line : head.lines) {
    const Box& box = line.line->box;
    if (line.noise || line.motto || box.centre_y() > bottom_y || line.region == Region::kPageNumber) continue;
    if (head.motto && (box.y1 < head.motto->y0 || !head.IsLeft(line) || line.region == Region::kRight))
      continue;
    out.push_back(&line);
  }
  std::stable_sort(out.begin(), out.end(), [](const HeadLine* a, const HeadLine* b) {
    return a->line->box.centre_y() < b->line->box.centre_y();
  });
  // The number, "V/v" and the place line end the agency's lines.
  const auto ends = [&](const HeadLine* line) {
    const std::string& key = line->text.key();
    const std::size_t at = SkipSpace(key, 0);
    const KeywordMatch label = LabelOf(key, at, rules, head.recognised);
    const bool number =
        (label && label.end < key.size() &&
         (key[label.end] == ':' || ParseDocumentNumber(line->text.folded(), label.end, false, false))) ||
        ParseDocumentNumber(line->text.folded(), at, false, false);
    return number || MatchAnyAt(key, at, rules.header.subject_marks, false) ||
           FindWrittenDate(line->text.folded(), 0, key.size(), head.recognised) ||
           MatchAnyAt(key, at, rules.header.addressee_labels, false) ||
           ParseAppendixHeading(line->text.folded(), rules, head.recognised);
  };
  out.erase(std::find_if(out.begin(), out.end(), ends), out.end());
  return out;
}

bool IsAgencyLine(const HeadLine& line, double capitals) {
  const Folded& text = line.text.folded();
  const auto letters =
      std::count_if(text.shape.begin(), text.shape.end(), [](char c) { return c == 'U' || c == 'l'; });
  const bool stamped = !line.line->words.empty() && line.line->words.front().source == Source::kAppearance;
  return letters >= 2 && !stamped && CapitalShare(text) >= capitals;
}

// The lines as one value with its evidence, wrapped lines joined by one space.
void SetAgency(const Reading& reading, const std::vector<const HeadLine*>& lines, std::size_t begin,
               std::size_t end, double certainty, const std::string& pointer, Text* value, Notes* notes) {
  std::vector<const Line*> parts;
  for (std::size_t i = begin; i < end; ++i) parts.push_back(lines[i]->line);
  const Traced text(parts);
  std::size_t last = text.key().size();
  while (last > 0 && !IsLetterOrDigit(text.key()[last - 1]) && text.key()[last - 1] != ')') --last;
  std::size_t first = 0;
  while (first < last && !IsLetterOrDigit(text.key()[first])) ++first;
  const std::string name = text.Slice(first, last);
  if (name.empty()) return;
  *value = name;
  Note(pointer, text.EvidenceOf(first, last, reading.mapper(), certainty), notes);
}

}  // namespace

void FindAgencies(const Reading& reading, const Head& head, const FieldRules& rules, double bottom_y,
                  Header* out, Notes* notes) {
  std::vector<const HeadLine*> lines = AgencyHeadLines(head, rules, bottom_y);
  // Capitals are the rule; an older or careless header in small letters is taken where nothing else stands
  // there.
  constexpr double kMostlyCapital = 0.6;
  const auto capital = [](const HeadLine* line) { return IsAgencyLine(*line, kMostlyCapital); };
  const auto opposite = [&](const HeadLine* line) {
    return !head.motto && line->line->box.x0 > head.border_x;
  };
  const bool unknown_motto = std::any_of(lines.begin(), lines.end(), opposite);
  lines.erase(std::remove_if(lines.begin(), lines.end(), opposite), lines.end());
  const bool any_capital = std::any_of(lines.begin(), lines.end(), capital);
  if (!any_capital && !head.motto) return;
  const double least = any_capital ? kMostlyCapital : 0;
  lines.erase(std::remove_if(lines.begin(), lines.end(),
                             [&](const HeadLine* line) { return !IsAgencyLine(*line, least); }),
              lines.end());
  const auto is_stamp = [&](const HeadLine* line) { return IsStampLine(*line, rules); };
  lines.erase(std::remove_if(lines.begin(), lines.end(), is_stamp), lines.end());
  if (lines.empty()) return;
  std::vector<AgencyLine> parts;
  parts.reserve(lines.size());
  for (const HeadLine* line : lines) parts.push_back({line->text.folded(), line->line->bold});
  AgencySplit split = SplitAgencyLines(parts, rules.agencies, head.recognised);
  if (unknown_motto) split.certainty = std::min(split.certainty, kNoMotto);
  SetAgency(reading, lines, split.issuer_begin, lines.size(), any_capital ? split.certainty : 0.85,
            "/header/issuing_agency", &out->issuing_agency, notes);
  if (split.issuer_begin > 0)
    SetAgency(reading, lines, 0, split.issuer_begin, split.certainty, "/header/parent_agency",
              &out->parent_agency, notes);
}

}  // namespace vanthu::extract
