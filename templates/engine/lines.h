// Paragraphs to lines of a given width. Private to the engine.
#pragma once

#include <cstdint>
#include <vector>

#include "pipeline/type/shaper.h"
#include "templates/engine/document.h"
#include "templates/engine/refusal.h"
#include "templates/engine/structure.h"

namespace vanthu::templates {

using type::Face;
using type::FaceOf;
using type::Glyph;
using type::GlyphCode;
using type::ShapedWord;
using type::Shaper;

// A part of a shaped word, in one style, and the spaces after it.
struct Piece {
  const ShapedWord* word = nullptr;  // null: spaces alone
  std::uint32_t first_glyph = 0;
  std::uint32_t glyphs = 0;
  float size_pt = 0;
  std::uint16_t spaces = 0;
  Face face = Face::kRegular;
  bool red = false;
  bool ends_line = false;
};

// Lengths in points. `top_pt`, `bottom_pt`: from the top of the lines that were laid together (a cell's, a
// column's), the space between paragraphs included; a paragraph's rule hangs below its last line, inside it.
struct Line {
  std::uint32_t first_piece = 0;
  std::uint32_t pieces = 0;
  std::uint32_t element = 0;        // of the structure tree
  std::uint32_t label = kArtifact;  // the element of its first piece, a list item's mark
  double top_pt = 0;
  double bottom_pt = 0;
  double baseline_pt = 0;  // from top_pt
  float x_pt = 0;          // from the left of the width
  float stretch_pt = 0;    // added to each space but those at the end
  float label_pt = 0;      // from the mark to the text after it
  float rule_pt = 0;       // its length; 0: none
  float rule_x_pt = 0;
  float frame_height_pt = 0;  // of the frame that ends with this line; 0: none
  float frame_width_pt = 0;
  float frame_x_pt = 0;
  bool first = false;  // of its paragraph
  bool last = false;
};

struct Lines {
  std::vector<Line> lines;
  std::vector<Piece> pieces;
};

inline constexpr double kRuleRoomPt = 6;  // from a paragraph's last line to the end of its rule's room

// Appends the paragraph's lines, at least one, from `top_pt` down. Returns where the last one ends. The
// spaces before and after the paragraph are the caller's.
Result<double> LayParagraph(const Paragraph& paragraph, double width_pt, double top_pt,
                            const ParagraphElement& element, const Where& where, Shaper& shaper, Lines& out);

}  // namespace vanthu::templates
