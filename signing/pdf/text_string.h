// Text strings of a PDF (ISO 32000-1, 7.9.2.2).
#pragma once

#include <string>
#include <string_view>

#include "signing/pdf/object.h"

namespace vanthu::signing::pdf {

// As it is where ASCII, else UTF-16 with its mark.
String TextString(std::string_view utf8);
// UTF-16 with a mark, UTF-8 with a mark (ISO 32000-2), else PDFDocEncoding; NFC. What is no text becomes
// U+FFFD.
std::string Utf8Of(const String& text);
// Empty where the object is no string.
std::string Utf8Of(const Object& object);

}  // namespace vanthu::signing::pdf
