// A face as a PDF font. Private to the engine.
#pragma once

#include "templates/engine/pdf_file.h"
#include "templates/engine/shaper.h"

namespace vanthu::templates {

// Writes the glyphs that the shaper has used of `face` as a composite font; returns the object of its
// dictionary.
// `with_cid_set`: as PDF/A-1 wants it.
Result<int> WriteFont(Face face, const Shaper& shaper, bool with_cid_set, PdfFile& file);

}  // namespace vanthu::templates
