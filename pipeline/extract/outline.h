// The body's outline: which paragraphs are headings, and what stands under each.
//
// The paragraphs are those of the DocumentLayout it was made from, which must outlive it.
#pragma once

#include <optional>
#include <string>
#include <vector>

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

std::vector<Section> ToSections(const Outline& outline);

}  // namespace vanthu::extract
