// Two readings of one line, by two models, made one.
//
// Input: the first model's reading (already corrected by shape) and a second model's of the same picture.
// Output: one reading whose confidences say whether the two agree. Method: words are matched by their
// extents. Where both say the same, the surer one's confidence stands. Where they differ, a word that is a
// possible Vietnamese syllable beats one that is not, else the surer wins - except figures, where the first
// reading stays; either way the word is doubtful. Source: of the lines with a doubtful word a third is read
// better by the other model (measured on scans at 150 dpi).
#pragma once

#include "ocr/recognise/engine.h"

namespace vanthu::ocr {

ReadLine MergeReadings(const ReadLine& first, const ReadLine& second);

// The least sure word's confidence; 0 for a line read as nothing.
double LeastConfidence(const ReadLine& line);

}  // namespace vanthu::ocr
