// Letters that the model confuses, told apart by their shape.
//
// Input: a line and what the engine read of it. Output: the reading, corrected where the ink itself decides:
// - dashes by their width (hyphen 1/3 em, en dash 1/2, em dash 1), tildes and doubled dashes that are one
// flat stroke;
// - small and capital letters of one form (c o s v w x z) by their height against the line's;
// - Roman numerals read as H, HI, l or 1 (roman.h), and the bar of a Đ (crossbar.h);
// - look-alike code points (fraction slash, Eth) replaced.
// Nothing here knows words: digits change into letters only where the stem's own serifs say so.
// Accuracy: all corrections made on the plans are right (docs/benchmarks.md). Fails: sans-serif I and l stay
// as read.
#pragma once

#include "ocr/recognise/engine.h"
#include "ocr/recognise/line_picture.h"
#include "ocr/recognise/segment.h"

namespace vanthu::ocr {

ReadLine CorrectByShape(const Segmentation& segmentation, const TextLine& line, const LinePicture& picture,
                        ReadLine reading);

}  // namespace vanthu::ocr
