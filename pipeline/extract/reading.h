// The document as extraction reads it: paragraphs with their words traced, tables, in reading order; and its
// parts.
//
// Holds pointers into the DocumentLayout, which must outlive it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/extract/field_rules.h"
#include "pipeline/extract/notes.h"
#include "pipeline/extract/traced.h"
#include "pipeline/model/layout.h"

namespace vanthu::extract {

// One step of the reading order.
struct Element {
  const Paragraph* paragraph = nullptr;  // null: a table
  int table = -1;                        // index in DocumentLayout::tables
  int page = 0;                          // where it begins
  bool recognised = false;               // that page was read by the recogniser
  Traced text;                           // of the paragraph
};

// [begin, end) of Reading::elements().
struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;
};

class Reading {
 public:
  explicit Reading(const DocumentLayout& document);

  const DocumentLayout& document() const { return *document_; }
  const Mapper& mapper() const { return mapper_; }
  const std::vector<Element>& elements() const { return elements_; }
  const LayoutPage* page(int index) const;  // null if there is none
  bool recognised(int page) const;
  // The left and right edges of the text of a page, from its widest lines; the whole page where it has none.
  Box TextArea(int page) const;

 private:
  void MeasureTextAreas();

  const DocumentLayout* document_;
  Mapper mapper_;
  std::vector<Element> elements_;
  std::map<int, const LayoutPage*> pages_;
  std::map<int, Box> areas_;
};

// The range of the document itself, and one for each appendix.
struct Parts {
  Range main;                     // empty for an appendix that stands alone
  std::vector<Range> appendices;  // each begins with its heading
};

Parts FindParts(const Reading& reading, const FieldRules& rules);

// "Phụ lục", "Phụ lục II:", "PHỤ LỤC 01": the label and where the rest of the heading begins. Null for any
// other text.
struct AppendixHeading {
  Text label;
  std::size_t label_begin = 0;
  std::size_t label_end = 0;
  std::size_t rest = 0;  // in the key: a title on the same line
};
std::optional<AppendixHeading> ParseAppendixHeading(const Folded& text, const FieldRules& rules,
                                                    bool recognised);

// Lines of an element's paragraph that are about centred in the page's text area.
bool IsCentred(const Line& line, const Box& area);

}  // namespace vanthu::extract
