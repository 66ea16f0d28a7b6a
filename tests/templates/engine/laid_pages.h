// A document's layout, read back as text with its place: what the tests look at.
#pragma once

#include <string>
#include <vector>

#include "templates/engine/page.h"

namespace vanthu::templates {

struct LaidLine {
  std::string text;  // with its spaces
  double x_pt = 0;
  double right_pt = 0;  // of its last glyph, spaces at the end not counted
  double baseline_pt = 0;
  double size_pt = 0;  // of its first letters
  std::uint32_t element = kArtifact;
};

struct LaidPage {
  double width_pt = 0;
  double height_pt = 0;
  std::vector<LaidLine> lines;
  std::vector<RuleItem> rules;
  std::vector<FillItem> fills;
  std::vector<PlaceItem> places;

  // The page's text lines, artifacts left out.
  std::vector<std::string> Texts() const;
};

struct LaidDocument {
  std::vector<LaidPage> pages;
  StructureTree tree;

  // All text but artifacts, spaces left out, in code points sorted: layout may reorder, never lose.
  std::u32string SortedLetters() const;
};

Result<LaidDocument> Lay(const Document& document, int most_pages = 5000);

// What SortedLetters must give: the document's own text.
std::u32string SortedLetters(const Document& document);

}  // namespace vanthu::templates
