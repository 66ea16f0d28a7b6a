// What intake and the recogniser say of a page: words, ruled lines, marks. No layout yet.
//
// Frame: all boxes of a Page are in its upright frame - points, origin top left, text horizontal, skew taken
// out. `to_source` maps the frame to the page as the file shows it (what evidence boxes in a record mean).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/model/finding.h"
#include "pipeline/model/geometry.h"

namespace vanthu {

// Where a value was read.
enum class Source { kText, kOcr, kAppearance, kAttachment, kPerson };

struct Glyph {
  char32_t code = 0;
  Box box;  // the advance box: neighbours in a word touch
};

struct Word {
  std::string text;           // NFC, no white space, never empty
  Box box;                    // union of the glyph boxes: ascender to descender of the font
  std::vector<Glyph> glyphs;  // one a code point of `text`; empty where the recogniser gives none
  double baseline_pt = 0;     // y of the baseline
  double font_size_pt = 0;    // 0 = unknown
  std::string font;           // family name without the subset tag; empty = unknown
  std::optional<bool> bold;   // absent = could not look
  std::optional<bool> italic;
  // A space was painted after it, at a line's end too: tells a line broken between words from one broken
  // inside a token. Absent = could not look.
  std::optional<bool> space_after;
  std::uint32_t rgb = 0;  // fill colour 0xRRGGBB
  int rotation_deg = 0;   // 0, 90, 180, 270 clockwise: text that runs against the frame (turned header cells)
  Source source = Source::kText;
  double confidence = 1;  // 0..1: how sure that `text` is what stands on the page
};

// An axis-parallel ruled line: a stroked segment or a thin fill in a PDF, a long straight mark in a picture.
struct Ruling {
  bool horizontal = true;
  double position_pt = 0;  // y of a horizontal, x of a vertical ruling (centre)
  double start_pt = 0;     // start < end along the line
  double end_pt = 0;
  double thickness_pt = 0.5;
  double confidence = 1;
};

// kHandwriting: pen writing of a text line's height among print, as in the blank of a number or a day.
enum class MarkKind { kSeal, kSignature, kStamp, kPicture, kHandwriting };

// Coloured ink or a picture that is no text: kept as evidence of a signed page.
struct Mark {
  MarkKind kind = MarkKind::kPicture;
  Box box;
  std::string text;  // what an appearance says, if anything
};

enum class TextLayer {
  kAbsent,   // no text in the file
  kTrusted,  // visible, and its syllables are Vietnamese: the words come from it
  kRefused,  // present but not to be trusted: the words come from the recogniser
};

struct Page {
  int index = 0;        // 0-based
  double width_pt = 0;  // of the upright frame
  double height_pt = 0;
  Affine to_source;
  TextLayer text_layer = TextLayer::kAbsent;
  bool recognised = false;   // words come from the recogniser
  bool legacy_text = false;  // set in fonts of before Unicode: the file's own codes are not these words
  std::vector<Word> words;   // in the file's order; layout makes its own
  std::vector<Ruling> rulings;
  std::vector<Box> shadings;  // wide fills: never table edges
  std::vector<Mark> marks;
  std::vector<Finding> findings;
};

}  // namespace vanthu
