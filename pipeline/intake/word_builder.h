// Painted glyphs -> words. Input: PageContent of one page. Output: words in painting order, NFC, boxes in the
// page's own space. Method: glyphs are strung together while each starts where the last one's advance ended
// (a gap of a tenth of the em, a space, a new baseline or a new direction ends a word); then fragments that
// touch on one baseline are joined whatever the order they were painted in, and words painted twice with a
// small offset (made-up bold, shadows) are one bold word. Accuracy: same words as Poppler's own text output
// on the plans, but with superscripts apart and no hyphen lost. Fails: text spaced by single glyphs placed
// wider than a tenth of the em without Tc. Source of the gap: Poppler's TextOutputDev, minWordBreakSpace.
#pragma once

#include <vector>

#include "pipeline/intake/page_content.h"

namespace vanthu::intake {

struct BuiltWords {
  std::vector<Word> words;
  std::vector<std::int16_t> annotation;   // each word's; -1 = the page itself
  std::size_t glyphs = 0;                 // visible, without spaces
  std::size_t unmapped = 0;               // of these, without a character
  std::size_t covered = 0;                // words painted over or in the colour of their background
  std::vector<std::string> unread_fonts;  // legacy fonts whose text could not be converted
  std::vector<Mark> watermarks;           // text that runs neither along nor across the page
};

// `Word::rotation_deg` is against the page as a viewer shows it.
BuiltWords BuildWords(const PageContent& content);

}  // namespace vanthu::intake
