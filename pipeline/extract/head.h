// The head of a document: the lines of its first page above the body, cut into the left and the right column.
//
// Input: the reading and the range of the document. Output: lines in order, the motto's place, what is left
// of it. Method: the motto (Quốc hiệu, Tiêu ngữ, the Party's or the Youth Union's title) is looked for by its
// words and gives the border of the columns; a line that layout left whole across both columns is cut there.
// Where no motto is found the page's middle is the border. Fails where a cover page comes first.
#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "pipeline/extract/reading.h"

namespace vanthu::extract {

struct HeadLine {
  const Line* line = nullptr;
  const Paragraph* paragraph = nullptr;  // that holds it
  std::size_t element = 0;               // index in Reading::elements()
  Region region = Region::kBody;
  Traced text;
  bool centred = false;  // by its own place or by layout's word
  bool motto = false;
  bool noise = false;  // stamps, signature appearances, rules drawn as signs
};

struct Head {
  int page = 0;
  bool recognised = false;
  Box area;  // of the page's text
  std::optional<Box> motto;
  double border_x = 0;          // left of it: agency, number
  std::deque<Line> pieces;      // of lines that were cut; `lines` point into it
  std::vector<HeadLine> lines;  // reading order

  Head() = default;
  Head(Head&&) = default;
  Head(const Head&) = delete;
  Head& operator=(const Head&) = delete;

  bool IsLeft(const HeadLine& line) const;
  bool IsRight(const HeadLine& line) const;
};

Head FindHead(const Reading& reading, const Range& range, const FieldRules& rules);

// True for a few figures and nothing else: what a clerk stamps into a blank.
bool FiguresOnly(const std::string& key);

// True if no letter or figure stands in it: "______", "* * *".
bool IsRuleOfSigns(const Folded& text);

}  // namespace vanthu::extract
