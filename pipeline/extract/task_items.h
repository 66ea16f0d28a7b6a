// The body's paragraphs as numbered items with the lines under them.
//
// Input: reading order. Output: a tree by the labels' levels; bullets and unnumbered paragraphs are lines of
// the item above them. Columns side by side, footnotes and page numbers are left out; an appendix's heading
// starts anew.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "pipeline/model/layout.h"

namespace vanthu::extract {

struct ItemLine {
  std::string text;  // trimmed
  const Paragraph* paragraph = nullptr;
};

struct TextItem {
  std::string label;  // as written: "1."; empty for the root
  std::string title;  // the text after it
  std::string whole;  // both, as written
  int level = 0;
  std::size_t flow_index = 0;
  const Paragraph* paragraph = nullptr;
  std::vector<ItemLine> lines;
  std::vector<std::unique_ptr<TextItem>> children;
  TextItem* parent = nullptr;
};

// The root, which stands for the document and has no label. Paragraphs must outlive it.
std::unique_ptr<TextItem> ReadItems(const DocumentLayout& document);

}  // namespace vanthu::extract
