// Font files as HarfBuzz sees them. Private to the engine.
#pragma once

#include <hb.h>

#include <array>
#include <cstdint>
#include <string>

#include "pipeline/base/handle.h"
#include "templates/engine/engine.h"

namespace vanthu::templates {

enum class Face : std::uint8_t { kRegular, kBold, kItalic, kBoldItalic };
inline constexpr int kFaces = 4;

inline Face FaceOf(bool bold, bool italic) {
  return static_cast<Face>((bold ? 1 : 0) + (italic ? 2 : 0));
}

using HbBlob = Handle<hb_blob_t, hb_blob_destroy>;
using HbFace = Handle<hb_face_t, hb_face_destroy>;
using HbFont = Handle<hb_font_t, hb_font_destroy>;

// In font units, y up.
struct FaceMetrics {
  int units_per_em = 1000;
  int ascent = 0;   // of the line: hhea
  int descent = 0;  // positive, below the baseline
  int line_gap = 0;
  int cap_height = 0;
  double italic_angle_deg = 0;
  std::array<int, 4> box{};  // x0, y0, x1, y1 of all glyphs

  double LineHeight() const { return static_cast<double>(ascent + descent + line_gap) / units_per_em; }
  double Ascent() const { return static_cast<double>(ascent) / units_per_em; }
};

struct OpenFace {
  HbFace face;
  HbFont font;  // scaled to font units
  FaceMetrics metrics;
  std::string postscript_name;
};

class FontSet {
 public:
  std::array<OpenFace, kFaces> faces;
  const OpenFace& Of(Face face) const { return faces[static_cast<std::size_t>(face)]; }
};

// A face's glyphs cut out of its file, with new numbers.
struct FontSubset {
  std::string program;                    // TrueType
  std::vector<std::uint32_t> new_glyphs;  // one for each of the glyphs asked for
};

// kInternal where HarfBuzz fails. `glyphs` are the file's glyph numbers.
Result<FontSubset> CutSubset(const OpenFace& face, const std::vector<std::uint32_t>& glyphs);

}  // namespace vanthu::templates
