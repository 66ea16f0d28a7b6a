// A page made safe to measure: what has no finite place on the page is dropped, and the typical sizes are
// known. Thread-safe: no state.
#pragma once

#include <vector>

#include "pipeline/model/page.h"

namespace vanthu::layout {

// Lengths that every other rule of the room is relative to.
struct Scale {
  double text_pt = 12;    // the middle font size of the page's words: never 0
  double width_pt = 595;  // of the page
  double height_pt = 842;
};

struct Ink {
  int page = 0;
  bool recognised = false;
  Scale scale;
  std::vector<Word> words;       // of the page itself
  std::vector<Word> stamped;     // Source::kAppearance: signatures' pictures, numbers stamped into a gap
  std::vector<Ruling> rulings;   // start < end, on the page
  bool rulings_dropped = false;  // there were more than kMaxRulings: no tables are looked for
};

// A scanned A0 form has some thousand; a page with more is a drawing or an attack.
inline constexpr std::size_t kMaxRulings = 200'000;

// The size of a word's type in points, from its box where the font's is unknown.
double SizeOf(const Word& word);
// The y of its baseline, from its box where it is unknown.
double BaselineOf(const Word& word);

Ink CleanInk(const Page& page);

}  // namespace vanthu::layout
