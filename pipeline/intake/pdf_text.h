// Text strings of a PDF's objects. Private to the code that knows Poppler.
#pragma once

#include <string>

class GooString;

namespace vanthu::intake {

// A PDF text string (UTF-16 or PDFDocEncoding) as UTF-8, NFC.
std::string Utf8Of(const GooString& text);

}  // namespace vanthu::intake
