#include "pipeline/extract/reading.h"

#include <algorithm>
#include <cmath>

namespace vanthu::extract {

Reading::Reading(const DocumentLayout& document) : document_(&document), mapper_(document) {
  for (const LayoutPage& found : document.pages) pages_.emplace(found.page, &found);
  int page = 0;
  for (const FlowItem& item : document.flow) {
    Element element;
    if (item.paragraph) {
      if (item.paragraph->lines.empty() && item.paragraph->text.empty()) continue;
      element.paragraph = &*item.paragraph;
      if (!item.paragraph->lines.empty()) page = item.paragraph->lines.front().page;
      element.text = Traced(*item.paragraph);
    } else if (item.table && *item.table >= 0 && *item.table < static_cast<int>(document.tables.size())) {
      element.table = *item.table;
      const Table& table = document.tables[static_cast<std::size_t>(*item.table)];
      if (!table.pages.empty()) page = table.pages.front();
    } else {
      continue;
    }
    element.page = page;
    element.recognised = recognised(page);
    elements_.push_back(std::move(element));
  }
  MeasureTextAreas();
}

const LayoutPage* Reading::page(int index) const {
  const auto found = pages_.find(index);
  return found == pages_.end() ? nullptr : found->second;
}

bool Reading::recognised(int index) const {
  const LayoutPage* found = page(index);
  return found != nullptr && found->recognised;
}

Box Reading::TextArea(int index) const {
  const auto found = areas_.find(index);
  return found == areas_.end() ? Box{} : found->second;
}

// The edges of what is at least 0.6 of the page wide: body lines and tables, not the columns of header and
// signature.
void Reading::MeasureTextAreas() {
  constexpr double kWide = 0.6;
  std::map<int, Box> edges;
  const auto widen = [&](int index, const Box& box) {
    const LayoutPage* found = page(index);
    if (found == nullptr || box.width() < kWide * found->width_pt) return;
    Box& edge = edges.try_emplace(index, box).first->second;
    edge.x0 = std::min(edge.x0, box.x0);
    edge.x1 = std::max(edge.x1, box.x1);
  };
  for (const Element& element : elements_)
    if (element.paragraph != nullptr)
      for (const Line& line : element.paragraph->lines) widen(line.page, line.box);
  for (const Table& table : document_->tables)
    for (const Place& place : table.places) widen(place.page, place.box);
  for (const auto& [index, found] : pages_) {
    Box& area = areas_[index] = {0, 0, found->width_pt, found->height_pt};
    if (const auto edge = edges.find(index); edge != edges.end()) {
      area.x0 = edge->second.x0;
      area.x1 = edge->second.x1;
    }
  }
}

bool IsCentred(const Line& line, const Box& area) {
  // A first line's indent is 28 or 36 pt (Nghị định 30/2020), which shifts its centre by 14 or 18; centring
  // in Word and in scans is good to a few points.
  constexpr double kOffCentre = 11;
  return area.width() > 0 && std::abs(line.box.centre_x() - area.centre_x()) <= kOffCentre;
}

std::optional<AppendixHeading> ParseAppendixHeading(const Folded& text, const FieldRules& rules,
                                                    bool recognised) {
  constexpr std::size_t kMaxLabel = 6;  // "XXVIII", "01a"
  const std::size_t begin = SkipSpace(text.key, 0);
  const KeywordMatch word = MatchAnyAt(text.key, begin, rules.header.appendix_words, recognised);
  if (!word || text.shape[begin] != 'U') return std::nullopt;
  AppendixHeading out;
  std::size_t at = SkipSpace(text.key, word.end);
  std::size_t end = at;
  while (end < text.key.size() &&
         (IsLetterOrDigit(text.key[end]) ||
          (text.key[end] == '.' && end + 1 < text.key.size() && IsLetterOrDigit(text.key[end + 1]))))
    ++end;
  const bool labelled =
      end > at && end - at <= kMaxLabel &&
      std::all_of(text.shape.begin() + static_cast<std::ptrdiff_t>(at),
                  text.shape.begin() + static_cast<std::ptrdiff_t>(end), [](char c) { return c != 'l'; });
  if (labelled) {
    out.label = text.Slice(at, end);
    out.label_begin = at;
    out.label_end = end;
    at = SkipSpace(text.key, end);
  }
  const bool ended =
      at < text.key.size() && (text.key[at] == ':' || text.key[at] == '.' || text.key[at] == '-');
  if (ended) at = SkipSpace(text.key, at + 1);
  if (at < text.key.size() && !ended && text.shape[at] != 'U' && text.key[at] != '(') return std::nullopt;
  if (at < text.key.size() && !labelled && !ended) return std::nullopt;  // "Phụ lục nội dung ..."
  out.rest = at;
  return out;
}

namespace {

// An appendix begins a page of its own, near its top, with a centred heading (Nghị định 30/2020, Phụ lục I);
// headers of its own agency may stand above it.
bool BeginsAppendix(const Reading& reading, std::size_t index, const FieldRules& rules) {
  constexpr double kTopShare = 0.4;
  const Element& element = reading.elements()[index];
  if (element.paragraph == nullptr || element.paragraph->lines.empty()) return false;
  const Line& line = element.paragraph->lines.front();
  const Traced first(line);
  if (!ParseAppendixHeading(first.folded(), rules, element.recognised)) return false;
  const LayoutPage* page = reading.page(element.page);
  if (page == nullptr || line.box.y0 > kTopShare * page->height_pt) return false;
  const Box area = reading.TextArea(element.page);
  return IsCentred(line, area) || element.paragraph->alignment == Alignment::kCentre ||
         element.paragraph->region == Region::kRight || line.box.x0 > area.centre_x();
}

constexpr std::size_t kMostAbove = 8;  // paragraphs of a header above an appendix's heading

}  // namespace

Parts FindParts(const Reading& reading, const FieldRules& rules) {
  Parts out;
  std::vector<std::size_t> starts;
  for (std::size_t i = 0; i < reading.elements().size(); ++i)
    if (BeginsAppendix(reading, i, rules)) starts.push_back(i);
  const std::size_t size = reading.elements().size();
  // An agency's name may stand above the heading: it belongs to the appendix, not to the end of the part
  // before.
  const auto page_begin = [&](std::size_t start) {
    std::size_t first = start;
    while (first > 0 && reading.elements()[first - 1].page == reading.elements()[start].page &&
           reading.elements()[first - 1].paragraph != nullptr && start - first < kMostAbove)
      --first;
    const bool whole = first == 0 || reading.elements()[first - 1].page != reading.elements()[start].page;
    return whole && first > 0 ? first : start;
  };
  out.main = {0, starts.empty() ? size : page_begin(starts.front())};
  for (std::size_t i = 0; i < starts.size(); ++i)
    out.appendices.push_back({starts[i], i + 1 < starts.size() ? page_begin(starts[i + 1]) : size});
  return out;
}

}  // namespace vanthu::extract
