// A Document becomes pages: tagged PDF/A (2a, or 3a where it carries its record), a DOCX that offices edit in
// Word, and plain text.
//
// The same Document, fonts and engine give the same bytes in any process, time zone and locale: nothing is
// asked of the clock, the environment or fontconfig. All functions are thread-safe; Fonts may be shared
// between threads. Errors: kMissingResource (fonts absent or not the checked ones; a character that the font
// lacks, named with its place), kNotAccepted (a Document that contradicts itself: spans, shares, sizes),
// kLimit (larger than a page where nothing may be divided, or more pages than allowed).
#pragma once

#include <string>

#include "pipeline/base/error.h"
#include "pipeline/type/fonts.h"
#include "templates/engine/document.h"

namespace vanthu::templates {

// Goes up with every change that makes other bytes of the same document.
inline constexpr char kEngineVersion[] = "3";

using type::FontFile;
using type::Fonts;
using type::OpenFonts;

struct EngineOptions {
  int most_pages = 5000;  // over it: kLimit; 10,000 rows take about 500
  bool compress = true;   // off: streams that a person can read
  // PDF/A-1b and PDF 1.4 instead, for checkers that know no later part: no attachment, no PDF/UA. Not for
  // issuing.
  bool pdfa_1b = false;
};

// The PDF's bytes. Each Place of the Document becomes a named destination "place:NAME" (/FitR, the place's
// box), so that a signer finds where its picture goes.
Result<std::string> SetPdf(const Document& document, const Fonts& fonts, const EngineOptions& options);

// The bytes of a DOCX (ECMA-376, WordprocessingML): the same text, styles, tables with their repeated header
// rows and merged cells, sections, page numbers. Fonts serve only to measure the rules under paragraphs: Word
// sets the pages itself, in Times New Roman. The attachment is left out, and a Place is an empty paragraph.
// kNotAccepted for a character that XML cannot hold, kLimit for a table of more columns than Word takes (63).
Result<std::string> SetDocx(const Document& document, const Fonts& fonts);

// All text in reading order, UTF-8 NFC: one line a paragraph, table rows with a tab between cells. Not laid
// out.
Result<std::string> SetText(const Document& document);

}  // namespace vanthu::templates
