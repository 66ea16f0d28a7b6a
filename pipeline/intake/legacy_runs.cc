#include <algorithm>
#include <array>
#include <map>

#include "pipeline/base/syllable.h"
#include "pipeline/base/unicode.h"
#include "pipeline/intake/glyph_run.h"
#include "pipeline/intake/legacy_text.h"

namespace vanthu::intake {
namespace {

// A run of legacy text reads as Vietnamese if this share of its tokens are syllables: of wrongly decoded text
// it is below 0.6 (measured on the plans' text, encoded and decoded with the wrong table), of rightly decoded
// above 0.98.
constexpr double kMinValid = 0.8;

// How a glyph's legacy byte is found: many generators describe the bytes as Latin-1 letters, some give none.
enum class Reading { kUnicode, kByCode, kByLetter };

std::uint8_t ByteOf(const PaintedGlyph& glyph, Reading reading) {
  const char32_t code = reading == Reading::kByCode ? static_cast<char32_t>(glyph.byte_code) : glyph.code;
  if (code == 0x3BC) return 0xB5;   // the Greek letter that stands for the micro sign
  if (code == 0x2219) return 0xB7;  // and the operator that stands for the middle dot
  return code < 0x100 ? static_cast<std::uint8_t>(code) : std::uint8_t{'?'};
}

using FontRuns = std::vector<GlyphRun*>;

std::vector<char32_t> Decode(const GlyphRun& run, const PageContent& content, Reading reading) {
  std::vector<char32_t> out;
  for (std::size_t i = 0; i < run.glyphs.size();) {
    const LegacyEncoding encoding = content.fonts[run.glyphs[i]->font].legacy;
    if (encoding == LegacyEncoding::kNone || reading == Reading::kUnicode) {
      out.push_back(run.codes[i++]);
      continue;
    }
    std::vector<std::uint8_t> bytes;
    for (; i < run.glyphs.size() && content.fonts[run.glyphs[i]->font].legacy == encoding; ++i)
      bytes.push_back(ByteOf(*run.glyphs[i], reading));
    const std::vector<char32_t> decoded = DecodeLegacy(encoding, bytes);
    out.insert(out.end(), decoded.begin(), decoded.end());
  }
  return out;
}

SyllableRate RateOf(const FontRuns& runs, const PageContent& content, Reading reading) {
  std::string text;
  for (const GlyphRun* run : runs) {
    std::u32string codes;
    for (const char32_t code : Decode(*run, content, reading))
      if (code != 0) codes.push_back(code);
    text += FromCodePoints(codes);
    text += ' ';
  }
  return RateSyllables(text);
}

}  // namespace

std::vector<std::string> ConvertLegacyRuns(std::vector<GlyphRun>& runs, const PageContent& content) {
  std::map<std::string, FontRuns> by_font;  // runs that start in a legacy font, by its name
  for (GlyphRun& run : runs)
    for (const PaintedGlyph* glyph : run.glyphs) {
      if (content.fonts[glyph->font].legacy == LegacyEncoding::kNone) continue;
      by_font[content.fonts[glyph->font].name].push_back(&run);
      break;
    }
  std::vector<std::string> unread;
  for (auto& [name, font_runs] : by_font) {
    constexpr std::array<Reading, 3> kReadings = {Reading::kByLetter, Reading::kByCode, Reading::kUnicode};
    Reading best = Reading::kUnicode;
    SyllableRate best_rate{-1, 0, 0};
    for (const Reading reading : kReadings) {
      const SyllableRate rate = RateOf(font_runs, content, reading);
      // Marks decide between readings that are equally valid: a lost mark leaves a valid word.
      if (rate.valid + 0.1 * rate.marked > best_rate.valid + 0.1 * best_rate.marked + 1e-9) {
        best = reading;
        best_rate = rate;
      }
    }
    if (best_rate.tokens > 0 && best_rate.valid < kMinValid) {
      unread.push_back(name);
      continue;
    }
    for (GlyphRun* run : font_runs) run->codes = Decode(*run, content, best);
  }
  return unread;
}

}  // namespace vanthu::intake
