// A born-digital PDF made its own archive copy: what PDF/A-2b asks for is added, its real text, fonts and
// drawings stay.
//
// Input: the file's bytes. Output: a rewritten file with our XMP, sRGB output intent, /Info and /ID;
// unreachable objects and older revisions are left out, annotation flags, /CIDSet, /CharSet, /Interpolate and
// foreign metadata are put in order. Method: every reachable object is checked against ISO 19005-2, chapter
// 6, and content streams are read operator by operator. What cannot be added (a font, a missing appearance)
// or must not be taken away (a signature, an attachment, a script) is a reason against. Accuracy: files of
// LibreOffice and Word pass PDFBox preflight but for what PDF/A-1 alone forbids. Where it fails: not checked
// are glyph widths against the font program and glyphs that a font lacks; a file whose producer got those
// wrong is called PDF/A without being it.
#pragma once

#include <streambuf>
#include <string>

#include "ocr/textlayer/textlayer.h"
#include "pipeline/base/error.h"

namespace vanthu::ocr {

// kNotAccepted: `cause` lists the reasons, "; " between - then a picture and text (BuildArchivePdf) is the
// way. kDamaged: PoDoFo cannot read the file. kLimit: its contents expand beyond bounds. kWrite: `out`, empty
// at first, took no more. Memory: a second copy of the file. The same input gives the same bytes.
Status MakeArchival(const std::string& original, const ArchiveInfo& info, std::streambuf& out);

}  // namespace vanthu::ocr
