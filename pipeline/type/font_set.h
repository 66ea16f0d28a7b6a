// Font files as HarfBuzz sees them. Private to the room.
#pragma once

#include <hb.h>

#include <array>
#include <cstdint>
#include <string>

#include "pipeline/base/handle.h"
#include "pipeline/type/fonts.h"

namespace vanthu::type {

using HbBlob = Handle<hb_blob_t, hb_blob_destroy>;
using HbFace = Handle<hb_face_t, hb_face_destroy>;
using HbFont = Handle<hb_font_t, hb_font_destroy>;

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

}  // namespace vanthu::type
