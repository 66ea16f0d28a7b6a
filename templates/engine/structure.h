// The tree of structure elements that tells a reader who cannot see the page what is what. Private to the
// engine. ISO 32000-1, 14.7 and 14.8; ISO 14289-1.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "templates/engine/clean_text.h"
#include "templates/engine/document.h"

namespace vanthu::templates {

enum class Tag : std::uint8_t {
  kDocument,
  kSect,
  kH1,
  kH2,
  kH3,
  kH4,
  kH5,
  kH6,
  kP,
  kL,
  kLI,
  kLbl,
  kLBody,
  kTable,
  kTHead,
  kTBody,
  kTR,
  kTH,
  kTD,
  kFigure
};

enum class Scope : std::uint8_t { kNone, kColumn, kRow };

struct Element {
  Tag tag = Tag::kP;
  Scope scope = Scope::kNone;
  std::uint16_t column_span = 1;
  std::uint32_t row_span = 1;
  std::uint32_t parent = 0;
};

// What a Figure says beside its content: ISO 32000-1, 14.8.5.4.3 and 14.9.3. Points, origin bottom left.
struct FigureElement {
  std::string alt;
  double x0_pt = 0, y0_pt = 0, x1_pt = 0, y1_pt = 0;
};

inline constexpr std::uint32_t kArtifact =
    UINT32_MAX;  // not in the tree: rules, page numbers, repeated headers

// What a paragraph's lines belong to.
struct ParagraphElement {
  ParagraphElement(std::uint32_t all)
      : body(all) {}  // NOLINT(google-explicit-constructor): most have no label
  ParagraphElement(std::uint32_t mark, std::uint32_t rest) : label(mark), body(rest) {}

  std::uint32_t label = kArtifact;  // of a list's item that opens with a mark: the mark's own element
  std::uint32_t body;
};

// Elements in the order of reading; an element's children come after it.
class StructureTree {
 public:
  StructureTree() { elements_.push_back({Tag::kDocument}); }

  std::uint32_t Add(Tag tag, std::uint32_t parent) {
    elements_.push_back({tag});
    elements_.back().parent = parent;
    return static_cast<std::uint32_t>(elements_.size() - 1);
  }
  Element& At(std::uint32_t index) { return elements_[index]; }
  const std::vector<Element>& Elements() const { return elements_; }

  // The elements of a paragraph: consecutive list items share one L, their marks are Lbl; heading levels
  // start at 1 and skip none. Lists keep ListNumbering's default, None: no mark of these counts.
  ParagraphElement AddParagraph(const Paragraph& paragraph, std::uint32_t parent) {
    if (paragraph.role != Role::kListItem) return Add(TagOf(paragraph), parent);
    const bool goes_on = list_ != 0 && elements_[list_].parent == parent && list_end_ == elements_.size();
    if (!goes_on) list_ = Add(Tag::kL, parent);
    const std::uint32_t item = Add(Tag::kLI, list_);
    const std::uint32_t label = HasListMark(paragraph) ? Add(Tag::kLbl, item) : kArtifact;
    const std::uint32_t body = Add(Tag::kLBody, item);
    list_end_ = elements_.size();
    return {label, body};
  }

  std::unordered_map<std::uint32_t, std::string> summaries;  // of tables
  std::unordered_map<std::uint32_t, FigureElement> figures;

 private:
  Tag TagOf(const Paragraph& paragraph) {
    if (paragraph.role != Role::kTitle && paragraph.role != Role::kHeading) return Tag::kP;
    int level = 1;
    if (paragraph.role == Role::kTitle)
      titled_ = true;
    else
      level = std::clamp(std::clamp(paragraph.level, 1, 6) + (titled_ ? 1 : 0), 1, std::min(level_ + 1, 6));
    level_ = level;
    return static_cast<Tag>(static_cast<int>(Tag::kH1) + level - 1);
  }

  std::vector<Element> elements_;
  std::uint32_t list_ = 0;
  std::size_t list_end_ = 0;  // of the elements, once its last item was added
  int level_ = 0;
  bool titled_ = false;
};

}  // namespace vanthu::templates
