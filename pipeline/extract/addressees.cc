#include "pipeline/extract/addressees.h"

#include <algorithm>

#include "pipeline/extract/items.h"

namespace vanthu::extract {
namespace {

constexpr std::size_t kMaxItems = 60;  // longer lists of addressees stand in an annex

struct Flowing {
  const Line* line = nullptr;
  std::size_t element = 0;
  Traced text;
};

// The lines of the label's page from `begin` on, until a table.
std::vector<Flowing> LinesFrom(const Reading& reading, const Range& main, std::size_t begin) {
  std::vector<Flowing> out;
  if (begin >= main.end) return out;
  const int page = reading.elements()[begin].page;
  for (std::size_t i = begin; i < main.end && out.size() < 4 * kMaxItems; ++i) {
    const Element& element = reading.elements()[i];
    if (element.paragraph == nullptr || element.page > page + 1) break;
    for (const Line& line : element.paragraph->lines)
      if (!line.words.empty()) out.push_back({&line, i, Traced(line)});
  }
  return out;
}

// Where the addressees begin in a line's key: after "Kính gửi:", or past the end of "VĂN PHÒNG CHÍNH PHỦ
// điện:".
std::optional<std::size_t> LabelEnd(const Flowing& line, const FieldRules& rules, bool recognised) {
  const std::string& key = line.text.key();
  const std::size_t at = SkipSpace(key, 0);
  if (const KeywordMatch label = MatchAnyAt(key, at, rules.header.addressee_labels, recognised)) {
    const std::size_t colon = SkipSpace(key, label.end);
    if (colon < key.size() && (key[colon] == ':' || key[colon] == ';')) return colon + 1;
    if (colon >= key.size()) return key.size();
  }
  std::size_t end = key.size();
  while (end > 0 && key[end - 1] == ' ') --end;
  if (end == 0 || key[end - 1] != ':') return std::nullopt;
  const std::string_view before = std::string_view(key).substr(0, end - 1);
  for (const std::string& word : rules.header.telegram_words)
    if (before.size() > word.size() + 1 && before.substr(before.size() - word.size()) == word &&
        before[before.size() - word.size() - 1] == ' ' &&
        CapitalShare(line.text.folded(), 0, before.size() - word.size()) > 0.8)
      return key.size();
  return std::nullopt;
}

char LastSign(const Folded& text) {
  std::size_t end = text.key.size();
  while (end > 0 && text.key[end - 1] == ' ') --end;
  return end == 0 ? ' ' : text.key[end - 1];
}

// Groups the lines after the label into items; returns the index of the first line that is none of them.
std::size_t GroupItems(const std::vector<Flowing>& lines, std::size_t label, std::size_t label_end,
                       const Box& area, std::vector<Item>* items) {
  const Folded& first = lines[label].text.folded();
  bool dashed = false;
  if (SkipSpace(first.key, label_end) < first.key.size()) {
    items->push_back({{lines[label].line}, label_end});
    std::size_t past = 0;
    dashed = OpensItem(first, label_end, &past);
  }
  std::size_t i = label + 1;
  for (; i < lines.size() && items->size() < kMaxItems; ++i) {
    const Folded& text = lines[i].text.folded();
    std::size_t past = 0;
    const char before = items->empty() ? ' ' : LastSign(lines[i - 1].text.folded());
    if (OpensItem(text, 0, &past)) {
      if (!items->empty() && before == '.') break;  // the list had ended: a dash of the body
      if (!items->empty() && !dashed) break;
      dashed = true;
      items->push_back({{lines[i].line}, 0});
      continue;
    }
    if (items->empty()) {
      if (lines[i].line->box.x0 < area.x0 + 0.1 * area.width()) break;
      items->push_back({{lines[i].line}, 0});
      continue;
    }
    if (before == '.' || before == ':') break;
    const bool same_paragraph = lines[i].element == lines[i - 1].element;
    const Line& opener = *items->back().lines.front();
    const bool hanging =
        lines[i].line->box.x0 > opener.box.x0 - 3 || lines[i].line->box.x0 > area.x0 + 0.2 * area.width();
    if (before == ';') {
      if (dashed || !hanging) break;
      items->push_back({{lines[i].line}, 0});  // one to a line, without dashes
      continue;
    }
    if (!same_paragraph && !hanging) break;
    items->back().lines.push_back(lines[i].line);
  }
  return i;
}

}  // namespace

FoundAddressees FindAddressees(const Reading& reading, const Range& main, std::size_t begin,
                               const FieldRules& rules, Notes* notes) {
  constexpr std::size_t kReach = 12;  // lines below the title; "Kính gửi" in the body's text is no label
  FoundAddressees out;
  out.body_begin = begin;
  const std::vector<Flowing> lines = LinesFrom(reading, main, begin);
  for (std::size_t i = 0; i < std::min(lines.size(), kReach); ++i) {
    const bool recognised = reading.recognised(lines[i].line->page);
    const std::optional<std::size_t> label_end = LabelEnd(lines[i], rules, recognised);
    if (!label_end) continue;
    std::vector<Item> items;
    const std::size_t next = GroupItems(lines, i, *label_end, reading.TextArea(lines[i].line->page), &items);
    for (const Item& item : items) {
      std::optional<Evidence> evidence;
      const std::string name = ItemText(item, reading.mapper(), 1, &evidence);
      if (name.empty()) continue;
      if (evidence) notes->evidence[ItemPointer("/addressees", out.names.size())] = *evidence;
      out.names.push_back(name);
    }
    out.body_begin = next < lines.size() ? std::max(begin, lines[next].element) : lines.back().element + 1;
    return out;
  }
  return out;
}

}  // namespace vanthu::extract
