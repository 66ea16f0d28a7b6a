// Small ink that the model confuses, told apart by its size and spacing.
//
// Input: a line and what the engine read of it. Output: the reading, corrected where the ink decides:
// - "ỉ" whose mark is as small as the dots of the line's own i's is an i (hook 0.14 em, dot 0.10 em; the
// hook has 1.4 times a dot's ink);
// - three dots set as wide as an ellipsis (0.33 em apart) are one, those set as full stops (0.25 em) are not;
// - a word with a gap as wide as the line's own word spaces is two; "x22" is a times sign and a number;
// - a line of dots that a bracket closes is read from its pieces.
// Accuracy: on the plans' scans (200 dpi) no right reading was changed. Fails: below 150 dpi, where a dot and
// a hook have the same number of pixels.
#pragma once

#include "ocr/recognise/read_ink.h"

namespace vanthu::ocr {

void CorrectDots(const ReadInk& ink, ReadLine& reading);

void CorrectEllipses(const ReadInk& ink, ReadWord& word);

// A line of dots and a closing bracket alone, of which the engine makes next to nothing.
void ReadDotsInBracket(const ReadInk& ink, ReadLine& reading);

ReadLine SplitAtGaps(const ReadInk& ink, ReadLine reading);

}  // namespace vanthu::ocr
