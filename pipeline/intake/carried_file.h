// The file that a PDF carries as its own data: found, and held to what PDF/A-3 writers do. Private to the
// room; with page_collector.*, word_ink.* and pdf_document.cc the only code that knows Poppler.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "pipeline/intake/intake.h"

class PDFDoc;

namespace vanthu::intake {

// What `pdf` carries under `name` with the relationship Source; none where it carries nothing of that name,
// or another program's (another relationship). The state is never kLater: one revision knows no other.
std::optional<CarriedFile> FindCarriedIn(PDFDoc& pdf, const std::string& name, std::uint64_t most_bytes);

// The bytes before the first incremental update: up to the first "%%EOF" and its line end (the second of a
// linearised file). The whole where there is none.
std::uint64_t FirstRevisionBytes(std::string_view file);

}  // namespace vanthu::intake
