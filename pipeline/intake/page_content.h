// What a PDF page paints, as plain values in painting order: the seam between the adapter of the PDF library
// (page_collector) and Vanthu's own reading of it (words, rulings, trust). Private to the room.
//
// Space: the page as a viewer shows it (/Rotate and the crop box applied), points, origin top left, y down.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pipeline/model/geometry.h"
#include "pipeline/model/page.h"

namespace vanthu::intake {

// The encodings whose bytes pretend to be Latin-1 letters.
enum class LegacyEncoding : std::uint8_t { kNone, kTcvn3, kTcvn3Capitals, kVni };

struct FontFace {
  std::string name;  // without the subset tag
  bool bold = false;
  bool italic = false;
  double ascent = 0.9;       // of the em, above the baseline
  double descent = -0.22;    // of the em, below the baseline: negative
  bool one_byte = true;      // its codes are single bytes
  bool unicode_map = false;  // the file says which characters its codes are
  LegacyEncoding legacy = LegacyEncoding::kNone;
};

constexpr char32_t kUnmapped = 0xFFFD;

// One code point on the page. A ligature gives several, sharing its advance evenly.
struct PaintedGlyph {
  char32_t code = kUnmapped;
  std::uint32_t byte_code = 0;  // the file's own code: legacy encodings are converted from it
  Point origin;                 // on the baseline
  Point advance;                // of the glyph alone
  double pitch_pt =
      0;  // advance with character spacing, along the baseline: where the next glyph is expected
  double size_pt = 0;
  std::uint32_t rgb = 0;
  std::uint32_t order = 0;       // when it was painted
  std::uint16_t font = 0;        // index into PageContent::fonts
  std::int16_t annotation = -1;  // index into PageContent::annotations; -1 = the page itself
  bool slanted = false;          // italic made by the text matrix
  bool emboldened = false;       // bold made by filling and stroking
};

// A stroked axis-parallel segment, or a fill thin enough to be one.
struct PaintedEdge {
  Box box;  // with its thickness
  bool horizontal = true;
  bool dot = false;  // as long as it is thick: part of a dotted line in either direction
  std::uint32_t rgb = 0;
  std::uint32_t order = 0;
};

// An axis-parallel opaque area: a shading under text, or a cover over it.
struct PaintedArea {
  Box box;
  std::uint32_t rgb = 0xFFFFFF;
  std::uint32_t order = 0;
  bool known_colour = true;  // false: a picture
};

struct PaintedImage {
  Affine unit_to_page;  // unit square, y down -> points
  Box box;              // within the clip
  int width_px = 0;
  int height_px = 0;
  int object_number = -1;  // -1: inline
  int object_generation = 0;
  bool masked = false;  // lets the page show through
  bool jpeg = false;
  std::uint32_t order = 0;
  std::int16_t annotation = -1;
};

struct PaintedAnnotation {
  MarkKind kind = MarkKind::kPicture;
  bool is_mark = false;  // a signature or a stamp, as against a link or a note
  Box box;
};

struct PageContent {
  double width_pt = 0;
  double height_pt = 0;
  std::vector<FontFace> fonts;
  std::vector<PaintedGlyph> glyphs;  // visible ones only, as far as one can tell while painting
  std::vector<PaintedEdge> edges;
  std::vector<PaintedArea> areas;
  std::vector<PaintedImage> images;
  std::vector<PaintedAnnotation> annotations;
  std::size_t hidden_glyphs = 0;    // render mode 3, clipped away or outside the page
  std::size_t outlined_glyphs = 0;  // curved fills of a letter's size: text turned into drawings
  std::int64_t image_pixels = 0;    // of all pictures and their masks, as stored
  bool truncated = false;           // a limit of operations stopped the reading
};

}  // namespace vanthu::intake
