// Text of the time before Unicode. Input: the bytes of a run set in a legacy font. Output: code points.
// Method: the fonts' own tables; which fonts are legacy, their names say (font_face). Fails: bytes that the
// encoding does not have stay as Latin-1; whether the result is Vietnamese, the caller judges by its
// syllables. Sources: TCVN 5712:1993, table VN3 (checked against glibc's TCVN5712-1); VNI-Windows as
// published with the VNI fonts (VNI Software, "VNI character sets").
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "pipeline/intake/page_content.h"

namespace vanthu::intake {

// As many entries as bytes: entry i is what byte i shows; 0 where the byte is a mark that became part of the
// letter before it. kNone gives Latin-1.
std::vector<char32_t> DecodeLegacy(LegacyEncoding encoding, std::span<const std::uint8_t> bytes);

}  // namespace vanthu::intake
