// What both ways of making a PDF/A file share: errors, streams, metadata, output intent. Private
// to the room; only .cc files that speak PoDoFo include it.
#pragma once

#include <podofo/podofo.h>

#include <ostream>
#include <string>

#include "ocr/textlayer/textlayer.h"
#include "pipeline/base/error.h"

namespace vanthu::ocr {

Error PodofoError(const PoDoFo::PdfError& failure);

// kWrite where the stream has failed: PoDoFo goes on writing to it without a word.
Status Written(const std::ostream& stream);

// The sRGB profile; kMissingResource where lcms2 cannot make it.
Result<std::string> ReadProfile();

// Set a new object's stream and hand out its reference: an immediate writer deletes an object with a stream
// as soon as the next one begins. Raw: as it is, its /Filter in the dictionary already, or none.
PoDoFo::PdfReference SetRaw(PoDoFo::PdfObject* object, const std::string& bytes);
PoDoFo::PdfReference SetCompressed(PoDoFo::PdfObject* object, const std::string& bytes);

// /Info, XMP and output intent, replacing what is there.
void AddInfo(PoDoFo::PdfVecObjects& objects, PoDoFo::PdfObject& trailer, const ArchiveInfo& info);
void AddMetadata(PoDoFo::PdfVecObjects& objects, PoDoFo::PdfObject& catalog, const ArchiveInfo& info);
void AddOutputIntent(PoDoFo::PdfVecObjects& objects, PoDoFo::PdfObject& catalog, const std::string& profile);

}  // namespace vanthu::ocr
