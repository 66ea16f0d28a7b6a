// A face as a PDF font.
#pragma once

#include "pipeline/type/pdf_objects.h"
#include "pipeline/type/shaper.h"

namespace vanthu::type {

// Writes the glyphs that the shaper has used of `face` as a composite font; returns the object of its
// dictionary. `with_cid_set`: as PDF/A-1 wants it.
Result<int> WriteFont(Face face, const Shaper& shaper, bool with_cid_set, PdfObjects& file);

}  // namespace vanthu::type
