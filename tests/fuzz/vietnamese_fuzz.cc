// Any bytes as a word, a text, a font's name and a run of legacy text. Checks what must hold for every input.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "pipeline/base/syllable.h"
#include "pipeline/intake/font_face.h"
#include "pipeline/intake/legacy_text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)vanthu::IsVietnameseSyllable(text);
  const vanthu::SyllableRate rate = vanthu::RateSyllables(text);
  if (rate.valid < 0 || rate.valid > 1 || rate.marked < 0 || rate.marked > 1 || rate.tokens < 0) std::abort();
  (void)vanthu::intake::FaceOf(text);
  using vanthu::intake::LegacyEncoding;
  for (const LegacyEncoding encoding :
       {LegacyEncoding::kNone, LegacyEncoding::kTcvn3, LegacyEncoding::kTcvn3Capitals, LegacyEncoding::kVni})
    if (vanthu::intake::DecodeLegacy(encoding, {data, size}).size() != size) std::abort();
  return 0;
}
