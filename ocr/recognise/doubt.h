// What was read but should not be believed: scribble read as letters, and pen writing in the colour of the
// print.
//
// Input: the words of a page with the measures of their ink, and the coloured marks. Output: the words that
// stand; the places of black handwriting, whose words are taken out. Method: printed figures are as tall as
// capitals and stand on the baseline: on 120 printed numbers of seven real scans no figure leaves these by
// more than 0.11 of the height and 0.08 em, the handwritten ones by 0.36 and 0.24. A line without any word
// worth the name is scribble, as is a doubtful word inside a signature or seal. Fails: a neat hand in the
// print's own size.
#pragma once

#include <vector>

#include "ocr/recognise/words.h"
#include "pipeline/model/page.h"

namespace vanthu::ocr {

// Takes scribble out. Marks in the words' own pixels.
void DropScribble(const std::vector<Mark>& marks, std::vector<PlacedWord>& words);

// Takes numbers written by pen out and gives their boxes (pixels); numbers that may be pen writing become
// doubtful.
std::vector<Box> TakeHandwriting(std::vector<PlacedWord>& words);

}  // namespace vanthu::ocr
