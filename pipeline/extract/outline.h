// The body's outline: which paragraphs are headings, and what stands under each.
//
// Method: labels give ranks (Phần > Chương > Mục > Điều > A > I > 1 > 1.1 > a); a labelled paragraph is a
// heading if it is titled: bold, or, where type weight is unknown, short, not a clause, and with something
// under it. Untitled numbered items are paragraphs of the section above. Accuracy: on recognised text titled
// and untitled items of one length cannot always be told apart.
//
// The paragraphs are those of the DocumentLayout it was made from, which must outlive it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pipeline/extract/notes.h"
#include "pipeline/extract/reading.h"
#include "pipeline/model/layout.h"
#include "pipeline/model/record.h"

namespace vanthu::extract {

struct OutlineNode {
  Text label;  // "I", "1", "a"; null for the preamble
  Text title;
  int level = 0;                             // 0: the preamble
  const Paragraph* heading = nullptr;        // null for the preamble
  std::vector<const Paragraph*> paragraphs;  // before the first child, in reading order
  std::vector<OutlineNode> children;
};

struct Outline {
  std::vector<OutlineNode> roots;
};

// Of the elements in `body`; footnotes are left out.
Outline FindOutline(const Reading& reading, const Range& body, const FieldRules& rules, Notes* notes);

// A label at the beginning of a paragraph: "I.", "1.", "1.1", "a)", "Điều 5.", "Chương II".
struct LabelMatch {
  std::string label;      // "I", "1.1", "a", "Điều 5"
  int rank = 0;           // small = outer
  std::size_t begin = 0;  // in the key
  std::size_t end = 0;    // past the label, its sign and spaces
  bool titled_below = false;
};
std::optional<LabelMatch> ParseLabel(const Folded& text, const OutlineRules& rules);

std::vector<Section> ToSections(const Outline& outline);

}  // namespace vanthu::extract
