#include "pipeline/extract/closing.h"

#include <algorithm>

#include "pipeline/base/unicode.h"
#include "pipeline/extract/items.h"
#include "pipeline/extract/signer.h"

namespace vanthu::extract {
namespace {

constexpr std::size_t kMaxRecipients = 200;

struct Flowing {
  const Line* line = nullptr;
  std::size_t element = 0;
  Region region = Region::kBody;
};

// All lines of [begin, end) in reading order.
std::vector<Flowing> LinesOf(const Reading& reading, std::size_t begin, std::size_t end) {
  std::vector<Flowing> out;
  for (std::size_t i = begin; i < end; ++i) {
    const Element& element = reading.elements()[i];
    if (element.paragraph == nullptr || element.paragraph->region == Region::kFootnote) continue;
    for (const Line& line : element.paragraph->lines)
      if (!line.words.empty()) out.push_back({&line, i, element.paragraph->region});
  }
  return out;
}

// A line that is a label and nothing else may have a quarter of its letters misread ("Xui nhận:").
KeywordMatch NearlyWhole(const std::string& key, std::size_t at, const Keys& labels) {
  constexpr double kMisread = 0.25;
  std::size_t end = key.size();
  while (end > at && !IsLetterOrDigit(key[end - 1])) --end;
  if (end >= key.size()) return {};  // a colon must follow
  for (const std::string& label : labels)
    if (NormalisedDistance(key.substr(at, end - at), label) <= kMisread) return {end, 1 - kMisread};
  return {};
}

// "Nơi nhận:" and what may follow it on its line.
std::optional<std::size_t> RecipientsLabelEnd(const Line& line, const FieldRules& rules, bool recognised) {
  const Folded text(line.text);
  const std::size_t at = SkipSpace(text.key, 0);
  KeywordMatch label = MatchAnyAt(text.key, at, rules.signer.recipients_labels, recognised);
  if (!label && recognised) label = NearlyWhole(text.key, at, rules.signer.recipients_labels);
  if (!label) return std::nullopt;
  const std::size_t next = SkipSpace(text.key, label.end);
  const bool ends =
      next >= text.key.size() || text.key[next] == ':' || text.key[next] == ';' || text.key[next] == '.';
  if (!ends) return std::nullopt;
  return next < text.key.size() ? next + 1 : next;
}

// The last label of the range: lists of the body come before it.
std::optional<std::size_t> FindLabel(const Reading& reading, const Range& body, const FieldRules& rules) {
  for (std::size_t i = body.end; i-- > body.begin;) {
    const Element& element = reading.elements()[i];
    if (element.paragraph == nullptr) continue;
    for (const Line& line : element.paragraph->lines)
      if (RecipientsLabelEnd(line, rules, element.recognised)) return i;
  }
  return std::nullopt;
}

struct Columns {
  double border_x = 0;
  bool IsLeft(const Flowing& line) const {
    if (line.region == Region::kLeft) return true;
    if (line.region == Region::kRight) return false;
    return line.line->box.centre_x() < border_x;
  }
};

// Lines right of the recipients, from a little above the label's line on: the signer's block is level with
// it.
std::vector<const Line*> SignerLines(const Reading& reading, const Range& body, std::size_t label_element,
                                     const Line& label, const Columns& columns) {
  constexpr double kAbove = 4;  // line heights; some typists set the block above "Nơi nhận"
  const std::size_t begin = label_element > body.begin + 12 ? label_element - 12 : body.begin;
  const std::size_t end = std::min(body.end, label_element + 40);
  std::vector<const Line*> out;
  for (const Flowing& line : LinesOf(reading, begin, end)) {
    if (line.line->page != label.page || columns.IsLeft(line)) continue;
    if (line.region == Region::kBody && line.line->box.x0 < columns.border_x - 60)
      continue;  // a line of the body
    if (line.line->box.y1 < label.box.y0 - kAbove * label.box.height()) continue;
    out.push_back(line.line);
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Line* a, const Line* b) { return a->box.centre_y() < b->box.centre_y(); });
  return out;
}

// Where a page break parted the name from the block: the lines at the head of the next page, right of the
// border. An annex's title is centred, so it begins left of it.
std::vector<const Line*> OverleafLines(const Reading& reading, const Range& body, std::size_t from, int page,
                                       double border_x) {
  constexpr double kHead = 0.2;  // of the text area's height
  const Box area = reading.TextArea(page + 1);
  std::vector<const Line*> out;
  for (const Flowing& line : LinesOf(reading, from, body.end)) {
    if (line.line->page != page + 1 || line.region == Region::kPageNumber) continue;
    if (line.line->box.x0 > border_x && line.line->box.y1 < area.y0 + kHead * area.height())
      out.push_back(line.line);
  }
  return out;
}

// The lines of the left column below the label, over a page break too.
std::vector<const Line*> RecipientLines(const Reading& reading, const Range& body, std::size_t label_element,
                                        const Line& label, const Columns& columns) {
  std::vector<const Line*> out;
  const Line* last = &label;
  for (const Flowing& line : LinesOf(reading, label_element, body.end)) {
    if (line.line == &label || !columns.IsLeft(line)) continue;
    if (line.line->page == label.page && line.line->box.y0 < label.box.centre_y()) continue;
    const bool same_page = line.line->page == last->page;
    if (same_page && line.line->box.y0 - last->box.y1 > 3 * label.box.height())
      break;  // something else at the foot
    if (!same_page && line.line->page != last->page + 1) break;
    std::size_t past = 0;
    if (!same_page && !OpensItem(Folded(line.line->text), 0, &past)) break;
    if (line.region == Region::kPageNumber || line.region == Region::kMargin) continue;
    out.push_back(line.line);
    last = line.line;
  }
  return out;
}

bool EndsItem(const Line& line) {
  const std::string key = FoldKey(line.text);
  return !key.empty() && (key.back() == ';' || key.back() == '.');
}

std::vector<Item> GroupRecipients(const Line& label, std::size_t label_end,
                                  const std::vector<const Line*>& lines, bool recognised) {
  std::vector<Item> items;
  const Folded first(label.text);
  if (SkipSpace(first.key, label_end) < first.key.size()) items.push_back({{&label}, label_end});
  double dash_x = -1;
  for (const Line* line : lines) {
    if (items.size() >= kMaxRecipients) break;
    std::size_t past = 0;
    const bool opens = OpensItem(Folded(line->text), 0, &past);
    if (opens && dash_x < 0) dash_x = line->box.x0;
    // A line without a dash after a closed item at the dashes' edge: the recogniser lost the dash, or there
    // are none.
    const bool at_edge = dash_x < 0 || (recognised && line->box.x0 < dash_x + 0.4 * line->box.height());
    const bool lost_dash = !items.empty() && at_edge && EndsItem(*items.back().lines.back());
    if (opens || items.empty() || lost_dash)
      items.push_back({{line}, 0});
    else
      items.back().lines.push_back(line);
  }
  return items;
}

void SetRecipients(const std::vector<Item>& items, const Mapper& mapper, FoundClosing* out, Notes* notes) {
  for (const Item& item : items) {
    std::optional<Evidence> evidence;
    const std::string name = ItemText(item, mapper, 1, &evidence);
    if (name.empty()) continue;
    if (evidence) notes->evidence[ItemPointer("/recipients", out->recipients.size())] = *evidence;
    out->recipients.push_back(name);
  }
}

// Without "Nơi nhận": a block in capitals that opens with a mark or a position, near the end, right of the
// middle.
void FindLoneSigner(const Reading& reading, const Range& body, const FieldRules& rules, FoundClosing* out,
                    Notes* notes) {
  constexpr std::size_t kReach = 16;  // elements from the end
  const std::size_t begin = body.end > body.begin + kReach ? body.end - kReach : body.begin;
  const std::vector<Flowing> lines = LinesOf(reading, begin, body.end);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Line& line = *lines[i].line;
    const Box area = reading.TextArea(line.page);
    const bool right = lines[i].region == Region::kRight || line.box.centre_x() > area.centre_x();
    if (!right || !OpensSigner(Folded(line.text), rules, reading.recognised(line.page))) continue;
    std::vector<const Line*> block;
    for (std::size_t j = i; j < lines.size(); ++j)
      if (lines[j].line->page == line.page && lines[j].line->box.centre_x() > area.x0 + 0.4 * area.width())
        block.push_back(lines[j].line);
    out->signer =
        ReadSigner(block, OverleafLines(reading, body, lines[i].element, line.page, area.centre_x()), rules,
                   reading.mapper(), reading.recognised(line.page), notes);
    if (out->signer) out->body_end = lines[i].element;
    return;
  }
}

}  // namespace

FoundClosing FindClosing(const Reading& reading, const Range& body, const FieldRules& rules, Notes* notes) {
  FoundClosing out;
  out.body_end = body.end;
  if (body.begin >= body.end) return out;
  const std::optional<std::size_t> element = FindLabel(reading, body, rules);
  if (!element) {
    FindLoneSigner(reading, body, rules, &out, notes);
    return out;
  }
  const Element& found = reading.elements()[*element];
  const Line* label = nullptr;
  std::optional<std::size_t> label_end;
  for (const Line& line : found.paragraph->lines) {
    label_end = RecipientsLabelEnd(line, rules, found.recognised);
    label = &line;
    if (label_end) break;
  }
  if (label == nullptr || !label_end) return out;
  const Columns columns{reading.TextArea(label->page).centre_x()};
  out.body_end = *element;
  SetRecipients(GroupRecipients(*label, *label_end, RecipientLines(reading, body, *element, *label, columns),
                                found.recognised),
                reading.mapper(), &out, notes);
  const std::vector<const Line*> lines = SignerLines(reading, body, *element, *label, columns);
  if (!lines.empty())
    out.signer = ReadSigner(lines, OverleafLines(reading, body, *element, label->page, columns.border_x),
                            rules, reading.mapper(), found.recognised, notes);
  // The block may stand before the label in reading order.
  for (std::size_t i = body.begin; i < *element; ++i) {
    const Paragraph* paragraph = reading.elements()[i].paragraph;
    if (paragraph == nullptr) continue;
    for (const Line& line : paragraph->lines)
      if (std::find(lines.begin(), lines.end(), &line) != lines.end())
        out.body_end = std::min(out.body_end, i);
  }
  if (!out.signer)
    notes->Find(Severity::kWarning, "signer.absent", "Có nơi nhận nhưng không tìm thấy người ký.",
                label->page);
  return out;
}

}  // namespace vanthu::extract
