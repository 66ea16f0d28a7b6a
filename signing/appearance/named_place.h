// The places that a document names itself: templates/engine writes each Place of a form as a named
// destination "place:NAME" (/FitR, the place's box). Found from the file's bytes alone.
#pragma once

#include <string>
#include <vector>

#include "signing/appearance/place.h"
#include "signing/pdf/file.h"

namespace vanthu::signing {

// Those of this name ("signer"), in the order of "signer", "signer-2", ...: kNamed, confidence 1. Boxes in
// the frame of PageFrame. What is no box on a page of the document is left out. kDamaged as File::Pages.
Result<std::vector<FoundPlace>> FindNamedPlaces(const pdf::File& file, const std::string& name);

}  // namespace vanthu::signing
