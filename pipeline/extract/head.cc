#include "pipeline/extract/head.h"

#include <algorithm>

#include "pipeline/extract/document_number.h"
#include "pipeline/extract/written_date.h"

namespace vanthu::extract {
namespace {

// More lines than any first page of text has; keeps a hostile page cheap.
constexpr std::size_t kMaxLines = 120;

Line MakePiece(const Line& whole, std::size_t begin, std::size_t end) {
  Line out;
  out.page = whole.page;
  out.baseline_pt = whole.baseline_pt;
  out.font_size_pt = whole.font_size_pt;
  out.bold = whole.bold;
  out.italic = whole.italic;
  bool all_bold = true;
  bool known = end > begin;
  for (std::size_t i = begin; i < end; ++i) {
    const Word& word = whole.words[i];
    out.words.push_back(word);
    out.box = i == begin ? word.box : Union(out.box, word.box);
    if (!out.text.empty()) out.text += ' ';
    out.text += word.text;
    out.confidence = std::min(out.confidence, word.confidence);
    known = known && word.bold.has_value();
    all_bold = all_bold && word.bold.value_or(false);
  }
  if (known) out.bold = all_bold;
  return out;
}

// Does the key from `at` to its end say a motto that is one only in the right column?
bool IsRightMotto(const std::string& key, std::size_t at, const FieldRules& rules, bool recognised) {
  const KeywordMatch match = MatchAnyAt(key, at, rules.header.right_mottos, recognised);
  return match &&
         std::none_of(key.begin() + static_cast<std::ptrdiff_t>(match.end), key.end(), IsLetterOrDigit);
}

// How many words stand before `at` of the line's key.
std::size_t WordsBefore(const Traced& text, std::size_t at) {
  return text.Words(0, at).size();
}

// Where a line that runs over both columns is to be cut: before the motto, or in the widest gap between the
// number and the date. 0: nowhere.
std::size_t CutOf(const Line& line, const Traced& text, const FieldRules& rules, bool recognised) {
  const std::string& key = text.key();
  for (std::size_t at = 1; at < key.size(); ++at) {
    if (!IsLetterOrDigit(key[at]) || IsLetterOrDigit(key[at - 1])) continue;
    if (MatchAnyAt(key, at, rules.header.mottos, recognised)) return WordsBefore(text, at);
    if (!IsRightMotto(key, at, rules, recognised)) continue;
    const std::size_t cut = WordsBefore(text, at);  // "BCH ĐOÀN TNCS HỒ CHÍ MINH" is one name: no gap, no cut
    if (cut > 0 && cut < line.words.size() &&
        line.words[cut].box.x0 - line.words[cut - 1].box.x1 > line.font_size_pt)
      return cut;
  }
  const KeywordMatch label = MatchAnyAt(key, 0, rules.header.number_labels, false);
  if (!label) return 0;
  const std::optional<WrittenDate> date = FindWrittenDate(text.folded(), label.end, key.size(), recognised);
  if (!date) return 0;
  const std::size_t last = std::min(WordsBefore(text, date->begin), line.words.size() - 1);
  std::size_t cut = 0;
  double widest = std::max(4.0, line.font_size_pt);  // one em at least: wider than any space between words
  for (std::size_t i = 1; i <= last; ++i) {
    const double gap = line.words[i].box.x0 - line.words[i - 1].box.x1;
    if (gap <= widest) continue;
    widest = gap;
    cut = i;
  }
  return cut;
}

// "ĐẾN", "Chuyển: ...", "Ngày: 10/3": what stamps and signatures print, alone or before a colon.
bool IsStampLine(const std::string& key, std::size_t at, const Keys& words) {
  const KeywordMatch word = MatchAnyAt(key, at, words, false);
  if (!word) return false;
  const std::size_t next = SkipSpace(key, word.end);
  return next >= key.size() || key[next] == ':' || key[next] == '.';
}

void AddLine(const Line* line, std::size_t element, const Paragraph& paragraph, std::optional<Region> cut,
             const FieldRules& rules, Head* head) {
  HeadLine out;
  out.line = line;
  out.paragraph = &paragraph;
  out.element = element;
  out.region = cut.value_or(paragraph.region);
  out.text = Traced(*line);
  out.centred = !cut && (IsCentred(*line, head->area) || paragraph.alignment == Alignment::kCentre);
  const std::string& key = out.text.key();
  const std::size_t at = SkipSpace(key, 0);
  out.motto = MatchAnyAt(key, at, rules.header.mottos, head->recognised) ||
              (line->box.x0 > head->area.x0 + 0.4 * head->area.width() &&
               IsRightMotto(key, at, rules, head->recognised));
  out.noise = IsRuleOfSigns(out.text.folded()) || key.find('@') != std::string::npos ||
              MatchAnyAt(key, at, rules.header.noise, false) ||
              IsStampLine(key, at, rules.header.stamp_words);
  head->lines.push_back(std::move(out));
}

void Collect(const Reading& reading, const Range& range, const FieldRules& rules, Head* head) {
  for (std::size_t i = range.begin; i < range.end; ++i) {
    const Element& element = reading.elements()[i];
    if (element.page != head->page || element.paragraph == nullptr) break;
    for (const Line& line : element.paragraph->lines) {
      if (line.page != head->page || head->lines.size() >= kMaxLines) return;
      if (line.words.empty()) continue;
      const Traced text(line);
      const std::size_t cut = CutOf(line, text, rules, head->recognised);
      if (cut == 0 || cut >= line.words.size()) {
        AddLine(&line, i, *element.paragraph, std::nullopt, rules, head);
        continue;
      }
      head->pieces.push_back(MakePiece(line, 0, cut));
      AddLine(&head->pieces.back(), i, *element.paragraph, Region::kLeft, rules, head);
      head->pieces.push_back(MakePiece(line, cut, line.words.size()));
      AddLine(&head->pieces.back(), i, *element.paragraph, Region::kRight, rules, head);
    }
  }
}

// A blank for a number or a day is wide: layout and the recogniser may see two lines where one is printed.
// Lines of one column on one baseline are joined where the left one is a number's or a date's beginning.
void JoinBlanks(const FieldRules& rules, Head* head) {
  const auto begins = [&](const HeadLine& line) {
    const std::string& key = line.text.key();
    const std::size_t at = SkipSpace(key, 0);
    const std::size_t date = key.find("ngay");
    return MatchAnyAt(key, at, rules.header.number_labels, false) ||
           (date != std::string::npos && (date == 0 || !IsLetterOrDigit(key[date - 1])));
  };
  for (std::size_t i = 0; i < head->lines.size(); ++i) {
    if (!begins(head->lines[i])) continue;
    for (std::size_t j = 0; j < head->lines.size(); ++j) {
      const Line& left = *head->lines[i].line;
      const Line& right = *head->lines[j].line;
      if (i == j || right.box.x0 < left.box.x1 ||
          head->IsLeft(head->lines[i]) != head->IsLeft(head->lines[j]))
        continue;
      if (OverlapY(left.box, right.box) < 0.6 * std::min(left.box.height(), right.box.height())) continue;
      if (FiguresOnly(head->lines[j].text.key())) continue;  // stamped figures have their own evidence
      Line joined = left;
      joined.words.insert(joined.words.end(), right.words.begin(), right.words.end());
      head->pieces.push_back(MakePiece(joined, 0, joined.words.size()));
      head->lines[i].line = &head->pieces.back();
      head->lines[i].text = Traced(head->pieces.back());
      head->lines.erase(head->lines.begin() + static_cast<std::ptrdiff_t>(j));
      if (j < i) --i;
      j = static_cast<std::size_t>(-1);  // look again from the first line
    }
  }
}

}  // namespace

bool FiguresOnly(const std::string& key) {
  return !key.empty() && key.size() <= 7 &&
         std::all_of(key.begin(), key.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool IsRuleOfSigns(const Folded& text) {
  return std::none_of(text.key.begin(), text.key.end(), [](char c) { return IsLetterOrDigit(c); });
}

bool Head::IsLeft(const HeadLine& line) const {
  return line.line->box.centre_x() < border_x;
}

bool Head::IsRight(const HeadLine& line) const {
  // A place line is centred under the motto and may be wider than it.
  return line.line->box.centre_x() > border_x && line.line->box.x0 > area.x0 + 0.25 * area.width();
}

Head FindHead(const Reading& reading, const Range& range, const FieldRules& rules) {
  Head head;
  if (range.begin >= range.end) return head;
  head.page = reading.elements()[range.begin].page;
  head.recognised = reading.recognised(head.page);
  head.area = reading.TextArea(head.page);
  Collect(reading, range, rules, &head);
  for (const HeadLine& line : head.lines) {
    if (!line.motto) continue;
    // Tiêu ngữ stands right below Quốc hiệu; anything further off is another header's.
    if (head.motto && line.line->box.y0 > head.motto->y1 + 3 * line.line->box.height()) continue;
    head.motto = head.motto ? Union(*head.motto, line.line->box) : line.line->box;
  }
  head.border_x = head.motto ? head.motto->x0 : head.area.centre_x();
  JoinBlanks(rules, &head);
  return head;
}

}  // namespace vanthu::extract
