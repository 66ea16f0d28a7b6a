// What PDF/A-2b asks for beside the pages: the XMP packet, dates in PDF's form.
#pragma once

#include <optional>
#include <string>

#include "ocr/textlayer/textlayer.h"

namespace vanthu::ocr {

inline constexpr char kProducer[] = "Vanthu";

// "2026-01-31T08:00:00+07:00" -> "D:20260131080000+07'00'"; null for anything else.
std::optional<std::string> PdfDateOf(const std::string& iso);

// ISO 19005-2, 6.6: the same title, producer and dates as /Info, pdfaid 2 B. The packet's ids come from
// document_id. `info.created_iso` must be empty or of PdfDateOf's form.
std::string XmpPacket(const ArchiveInfo& info);

}  // namespace vanthu::ocr
