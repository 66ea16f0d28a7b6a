// What PDF/A and PDF/UA ask for beside the pages: /Info, the XMP packet that says the same, the output
// intent. Private to the engine.
#pragma once

#include <optional>
#include <string>

#include "templates/engine/document.h"

namespace vanthu::templates {

inline constexpr char kProducer[] = "Vanthu";

struct Dates {
  std::string pdf;  // "D:20230309000000+07'00'"
  std::string xmp;  // "2023-03-09T00:00:00+07:00"
};

// "2023-03-09" (midnight in Vietnam) or "2023-03-09T08:00:00+07:00"; null for anything else.
std::optional<Dates> DatesOf(const std::string& iso);

// Text in one line, NFC, without what XML cannot hold: all places of a file must say the same.
std::string PlainLine(const std::string& text);

// The dictionary of /Info.
std::string InfoDictionary(const Document& document);

// ISO 19005-2 and -3, 6.6, and ISO 14289-1, 5: part 2, or 3 where there is an attachment, level A, PDF/UA-1.
// pdfuaid is not among the schemas that PDF/A knows, so the packet describes it.
// `pdfa_1b`: PDF/A-1b, and nothing of PDF/UA.
std::string XmpPacket(const Document& document, bool pdfa_1b);

}  // namespace vanthu::templates
