// What layout says of a document: lines, paragraphs, tables, in reading order over all pages.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/model/page.h"
#include "pipeline/model/table.h"

namespace vanthu {

struct Line {
  int page = 0;
  Box box;
  double baseline_pt = 0;
  double font_size_pt = 0;   // of most of its words
  std::vector<Word> words;   // left to right
  std::string text;          // the words, one space between
  std::optional<bool> bold;  // all words
  std::optional<bool> italic;
  double confidence = 1;  // the least sure word's
};

// Where on the page a piece of text stands, by geometry alone.
enum class Region {
  kBody,        // the full text width
  kLeft,        // the left of two columns side by side (agency; recipients)
  kRight,       // the right of two columns side by side (motto; signer)
  kFootnote,    // below a short rule at the page's foot, or smaller text after the body
  kPageNumber,  // a lone number in the top or bottom margin
  kMargin,      // other repeated text in the margins
};

enum class Alignment { kLeft, kCentre, kRight, kJustified };

struct Paragraph {
  std::vector<Line> lines;  // over a page break too
  std::string text;         // the lines joined (a hyphen or slash at a line's end keeps no space)
  Region region = Region::kBody;
  Alignment alignment = Alignment::kLeft;
  double first_indent_pt = 0;  // against the body's left edge
  std::optional<bool> bold;
  std::optional<bool> italic;
};

// One step of the reading order: a paragraph or a table.
struct FlowItem {
  std::optional<Paragraph> paragraph;
  std::optional<int> table;  // index in DocumentLayout::tables
};

// A page as printed: for `text --pages` and `tables --raw`.
struct LayoutPage {
  int page = 0;
  double width_pt = 0;
  double height_pt = 0;
  Affine to_source;
  bool recognised = false;
  std::vector<Line>
      lines;  // every line of the page with its words, those in table cells too, in reading order
  std::vector<FlowItem> flow;   // page numbers and repeated headings included; tables index `tables` below
  std::vector<Table> tables;    // of this page alone
  std::vector<Ruling> rulings;  // outside tables (the rules under agency, motto and title)
  std::vector<Mark> marks;
};

struct DocumentLayout {
  std::vector<LayoutPage> pages;
  std::vector<Table> tables;   // joined over pages
  std::vector<FlowItem> flow;  // page numbers and repeated headings left out, cut rows and paragraphs joined
  std::vector<Finding> findings;  // the pages' own, and what layout adds
};

// The same tables with their places in the pages as the file shows them, which is what boxes mean in all that
// is written, instead of in the upright frames that layout works in.
inline std::vector<Table> InSourceFrame(std::vector<Table> tables, const std::vector<LayoutPage>& pages) {
  const auto map = [&](Place& place) {
    const auto page =
        std::lower_bound(pages.begin(), pages.end(), place.page,
                         [](const LayoutPage& shown, int wanted) { return shown.page < wanted; });
    if (page != pages.end() && page->page == place.page) place.box = page->to_source.Map(place.box);
  };
  for (Table& table : tables) {
    std::for_each(table.places.begin(), table.places.end(), map);
    for (Cell& cell : table.cells) std::for_each(cell.places.begin(), cell.places.end(), map);
  }
  return tables;
}

}  // namespace vanthu
