// A word in the making: painted glyphs that follow each other on one baseline. Private to the room.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pipeline/intake/page_content.h"

namespace vanthu::intake {

// Positions are along and across the run's own direction.
struct GlyphRun {
  std::vector<const PaintedGlyph*> glyphs;
  std::vector<char32_t> codes;  // one a glyph; 0: the glyph is a mark that became part of the code before it
  int rotation_deg = 0;
  double start = 0;  // along, of the first glyph
  double end = 0;    // along, where the next glyph is expected
  double base = 0;   // across, of the last glyph
  double size_pt = 0;
  std::int16_t annotation = -1;
  bool doubled = false;      // painted twice: made-up bold
  bool space_after = false;  // a space was painted next
};

// Puts Unicode in place of the codes of legacy fonts, font by font, where the result is Vietnamese by its
// syllables. Returns the names of the fonts whose text could not be converted: their codes stay as they are.
std::vector<std::string> ConvertLegacyRuns(std::vector<GlyphRun>& runs, const PageContent& content);

}  // namespace vanthu::intake
