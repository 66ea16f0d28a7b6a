#include "pipeline/extract/traced.h"

#include <algorithm>

namespace vanthu::extract {

Traced::Traced(const Paragraph& paragraph) : folded_(paragraph.text) {
  std::vector<const Line*> lines;
  for (const Line& line : paragraph.lines) lines.push_back(&line);
  Align(lines);
}

Traced::Traced(const Line& line) : folded_(line.text) {
  Align({&line});
}

Traced::Traced(const std::vector<const Line*>& lines) : Traced(lines, 0) {}

namespace {

bool IsSpeck(const Word& word, double speck) {
  if (word.confidence >= speck) return false;
  const Folded text(word.text);
  return std::none_of(text.key.begin(), text.key.end(), IsLetterOrDigit);
}

// The line's text without specks at its ends.
std::string TextOf(const Line& line, double speck) {
  std::size_t begin = 0;
  std::size_t end = line.words.size();
  while (begin < end && IsSpeck(line.words[begin], speck)) ++begin;
  while (end > begin && IsSpeck(line.words[end - 1], speck)) --end;
  if (begin == 0 && end == line.words.size()) return line.text;
  std::string out;
  for (std::size_t i = begin; i < end; ++i) {
    if (!out.empty()) out += ' ';
    out += line.words[i].text;
  }
  return out;
}

}  // namespace

Traced::Traced(const std::vector<const Line*>& lines, double speck) {
  std::string text;
  for (const Line* line : lines) {
    const bool glued =
        text.size() > 1 && (text.back() == '-' || text.back() == '/') && text[text.size() - 2] != ' ';
    if (!text.empty() && !glued) text += ' ';
    text += TextOf(*line, speck);
  }
  folded_ = Folded(text);
  Align(lines);
}

// Layout joins lines by rules of its own (a hyphen at a line's end keeps no space), so each word is looked
// for from where the last one ended, which is at most some signs further on.
void Traced::Align(const std::vector<const Line*>& lines) {
  constexpr std::size_t kReach = 64;  // bytes; far more than a join ever adds
  const std::string& text = folded_.text;
  std::size_t at = 0;
  for (const Line* line : lines)
    for (const Word& word : line->words) {
      const std::size_t found = std::string_view(text)
                                    .substr(0, std::min(text.size(), at + kReach + word.text.size()))
                                    .find(word.text, at);
      if (found == std::string_view::npos) continue;
      at = found + word.text.size();
      spans_.push_back({found, at, &word, line->page});
    }
}

std::vector<const Word*> Traced::Words(std::size_t begin, std::size_t end) const {
  std::vector<const Word*> out;
  end = std::min(end, folded_.key.size());
  if (begin >= end) return out;
  const std::size_t from = folded_.offset[begin];
  const std::size_t to = folded_.offset[end];
  for (const Span& span : spans_)
    if (span.begin < to && span.end > from) out.push_back(span.word);
  return out;
}

std::optional<Evidence> Traced::EvidenceOf(std::size_t begin, std::size_t end, const Mapper& mapper,
                                           double certainty) const {
  end = std::min(end, folded_.key.size());
  if (begin >= end) return std::nullopt;
  const std::size_t from = folded_.offset[begin];
  const std::size_t to = folded_.offset[end];
  std::optional<Evidence> out;
  Box box;
  for (const Span& span : spans_) {
    if (span.begin >= to || span.end <= from) continue;
    if (!out) {
      out = Evidence{span.page, {}, span.word->source, certainty};
      box = span.word->box;
    }
    out->confidence = std::min(out->confidence, certainty * span.word->confidence);
    if (span.page == out->page) box = Union(box, span.word->box);
    if (span.word->source != Source::kText) out->source = span.word->source;
  }
  if (out) out->box = mapper.ToSource(out->page, box);
  return out;
}

}  // namespace vanthu::extract
