// The tree of structure elements that tells a reader who cannot see the page what is what. Private to the
// engine. ISO 32000-1, 14.7 and 14.8; ISO 14289-1.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

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

  // The element of a paragraph: consecutive list items share one L; heading levels start at 1 and skip none.
  std::uint32_t AddParagraph(const Paragraph& paragraph, std::uint32_t parent) {
    if (paragraph.role == Role::kListItem) {
      const Element& last = elements_[last_item_];
      const bool goes_on =
          last_item_ != 0 && elements_[last.parent].parent == parent && last_item_ + 2 == elements_.size();
      const std::uint32_t list = goes_on ? last.parent : Add(Tag::kL, parent);
      last_item_ = Add(Tag::kLI, list);
      return Add(Tag::kLBody, last_item_);
    }
    return Add(TagOf(paragraph), parent);
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
  std::uint32_t last_item_ = 0;
  int level_ = 0;
  bool titled_ = false;
};

}  // namespace vanthu::templates
