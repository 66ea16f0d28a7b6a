#include "pipeline/extract/outline.h"

#include <algorithm>

#include "pipeline/extract/ordinal.h"

namespace vanthu::extract {
namespace {

constexpr int kRomanRank = 11;          // see label.cc
constexpr std::size_t kMaxTitle = 260;  // signs; the longest heading seen has 150
constexpr std::size_t kMaxClause =
    60;  // a title that ends with a colon is shorter than a clause that opens a list

// A paragraph with what decides whether it is a heading.
struct Entry {
  const Element* element = nullptr;
  std::optional<LabelMatch> label;
  bool heading = false;
};

char LastSign(const std::string& key) {
  std::size_t end = key.size();
  while (end > 0 && key[end - 1] == ' ') --end;
  return end == 0 ? ' ' : key[end - 1];
}

bool IsShortTitle(const Entry& entry) {
  const std::string& key = entry.element->text.key();
  const std::size_t length = key.size() - std::min(key.size(), entry.label->end);
  if (length == 0 || length > kMaxTitle) return false;
  const char last = LastSign(key);
  if (last == ';' || last == ',' || last == '/') return false;
  return last != ':' || length <= kMaxClause;
}

// The share of bold words after the label: layout says all or nothing of a paragraph, and a bold title may
// run into regular text.
std::optional<bool> TitleIsBold(const Entry& entry) {
  if (entry.element->paragraph->bold == true) return true;
  const std::vector<const Word*> words = entry.element->text.Words(0, entry.element->text.key().size());
  std::size_t bold = 0;
  std::size_t known = 0;
  for (const Word* word : words) {
    known += word->bold.has_value();
    bold += word->bold.value_or(false);
  }
  if (known == 0 || known < words.size()) return std::nullopt;
  return bold * 2 > known;
}

bool IsUpperTitle(const Entry& entry) {
  return CapitalShare(entry.element->text.folded(), entry.label->end) > 0.9;
}

// Numbered items of one rank that follow each other under one heading are titled together or not at all,
// where the weight of type does not say. A run is titled if every item is short and each has something under
// it.
void JudgeRun(std::vector<Entry>* entries, const std::vector<std::size_t>& run, std::size_t run_end) {
  bool titled = true;
  for (std::size_t k = 0; k < run.size(); ++k) {
    const std::size_t next = k + 1 < run.size() ? run[k + 1] : run_end;
    titled = titled && IsShortTitle((*entries)[run[k]]) && next > run[k] + 1;
  }
  for (const std::size_t i : run) (*entries)[i].heading = titled;
}

// The items that are not judged by their type weight: runs of one rank between outer labels.
void JudgeRuns(std::vector<Entry>* entries, const std::vector<bool>& open) {
  for (std::size_t i = 0; i < entries->size(); ++i) {
    if (!open[i] || (*entries)[i].heading) continue;
    const int rank = (*entries)[i].label->rank;
    std::vector<std::size_t> run;
    std::size_t end = i;
    for (; end < entries->size(); ++end) {
      const Entry& entry = (*entries)[end];
      if (!entry.label) continue;
      if (entry.label->rank < rank && (entry.heading || open[end])) break;
      if (entry.label->rank == rank && open[end]) {
        // A second "1." begins another list.
        if (!run.empty() && entry.label->label == (*entries)[run.front()].label->label) break;
        run.push_back(end);
      }
    }
    if (run.front() != i) continue;
    JudgeRun(entries, run, end);
    // Each run is judged once: its later members are skipped by their own run beginning elsewhere.
    i = run.back();
  }
}

void FindHeadings(std::vector<Entry>* entries) {
  std::vector<bool> open(entries->size(), false);
  for (std::size_t i = 0; i < entries->size(); ++i) {
    Entry& entry = (*entries)[i];
    if (!entry.label || entry.element->paragraph->region == Region::kRight) continue;
    const bool division = entry.label->rank < 10;
    const std::optional<bool> bold = TitleIsBold(entry);
    const bool short_title = IsShortTitle(entry);
    if (division) {
      entry.heading = true;
    } else if (bold) {
      entry.heading = *bold && short_title;
      // A Roman heading is one in regular type too: "I. Đánh giá chung".
      if (entry.label->rank <= kRomanRank && short_title) entry.heading = true;
    } else if (entry.label->rank <= kRomanRank || IsUpperTitle(entry)) {
      entry.heading = short_title;
    } else {
      open[i] = true;
    }
  }
  JudgeRuns(entries, open);
}

std::vector<Entry> Entries(const Reading& reading, const Range& body, const FieldRules& rules) {
  std::vector<Entry> out;
  for (std::size_t i = body.begin; i < body.end; ++i) {
    const Element& element = reading.elements()[i];
    if (element.paragraph == nullptr) continue;
    const Region region = element.paragraph->region;
    if (region == Region::kFootnote || region == Region::kPageNumber || region == Region::kMargin) continue;
    if (std::none_of(element.text.key().begin(), element.text.key().end(), IsLetterOrDigit)) continue;
    out.push_back({&element, ParseLabel(element.text.folded(), rules.outline), false});
  }
  return out;
}

// The nodes of an outline under construction, each with its rank.
struct Stack {
  std::vector<OutlineNode> nodes;
  std::vector<int> ranks;

  // Closes every node of this rank or an inner one.
  void CloseTo(int rank, Outline* out) {
    while (!nodes.empty() && ranks.back() >= rank) {
      OutlineNode done = std::move(nodes.back());
      nodes.pop_back();
      ranks.pop_back();
      (nodes.empty() ? out->roots : nodes.back().children).push_back(std::move(done));
    }
  }
};

OutlineNode Preamble() {
  return OutlineNode{};
}

}  // namespace

Outline FindOutline(const Reading& reading, const Range& body, const FieldRules& rules, Notes* notes) {
  std::vector<Entry> entries = Entries(reading, body, rules);
  FindHeadings(&entries);
  Outline out;
  Stack stack;
  OutlineNode preamble = Preamble();
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const Entry& entry = entries[i];
    const Traced& text = entry.element->text;
    if (!entry.heading) {
      (stack.nodes.empty() ? preamble : stack.nodes.back()).paragraphs.push_back(entry.element->paragraph);
      continue;
    }
    stack.CloseTo(entry.label->rank, &out);
    if (!preamble.paragraphs.empty()) {
      out.roots.push_back(std::move(preamble));
      preamble = Preamble();
    }
    OutlineNode node;
    const std::vector<OutlineNode>& siblings = stack.nodes.empty() ? out.roots : stack.nodes.back().children;
    const bool repeats = entry.element->recognised && !siblings.empty() && siblings.back().label;
    node.label = repeats ? WithoutRepeat(*siblings.back().label, entry.label->label) : entry.label->label;
    const std::string title = text.Slice(entry.label->end, text.key().size());
    if (!title.empty()) node.title = title;
    node.level = static_cast<int>(stack.nodes.size()) + 1;
    node.heading = entry.element->paragraph;
    // "Chương I" alone: its title stands on the next line.
    const bool below =
        title.empty() && entry.label->titled_below && i + 1 < entries.size() && !entries[i + 1].label;
    if (below) node.title = entries[++i].element->paragraph->text;
    stack.nodes.push_back(std::move(node));
    stack.ranks.push_back(entry.label->rank);
  }
  stack.CloseTo(0, &out);
  if (!preamble.paragraphs.empty()) out.roots.push_back(std::move(preamble));
  (void)notes;
  return out;
}

namespace {

Section ToSection(const OutlineNode& node) {
  Section out;
  out.label = node.label;
  out.title = node.title;
  out.level = node.level;
  for (const Paragraph* paragraph : node.paragraphs) out.paragraphs.push_back(paragraph->text);
  for (const OutlineNode& child : node.children) out.sections.push_back(ToSection(child));
  return out;
}

}  // namespace

std::vector<Section> ToSections(const Outline& outline) {
  std::vector<Section> out;
  for (const OutlineNode& node : outline.roots) out.push_back(ToSection(node));
  return out;
}

}  // namespace vanthu::extract
