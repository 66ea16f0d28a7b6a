// What the engine read of a line, as words on the page.
//
// Input: a line, its picture and its reading. Output: words with boxes, baseline, size, stroke width,
// confidence. Method: the engine's symbols give the order and rough places; the line's own pieces give the
// exact extents. Font size from the heights of letters whose class is known (x-height 0.45 em, capitals and
// digits 0.66 em of Times). A word with letters beside it that were read as nothing is doubtful.
#pragma once

#include <vector>

#include "ocr/recognise/engine.h"
#include "ocr/recognise/line_picture.h"
#include "ocr/recognise/segment.h"
#include "pipeline/model/page.h"

namespace vanthu::ocr {

// A word in pixels of the straightened picture.
struct PlacedWord {
  Word word;  // text, confidence; boxes in pixels until the page is put together
  int line = 0;
  double stroke = 0;  // mean width of upright strokes in em; 0 unknown
  // The most that a piece of letter size leaves a figure's height (share) and the baseline (em); 0 where
  // unknown.
  double height_deviation = 0;
  double base_deviation = 0;
};

std::vector<PlacedWord> PlaceWords(const Segmentation& segmentation, int line, const LinePicture& picture,
                                   const ReadLine& reading);

// Marks words as bold or not by their strokes, against the page's body text.
void JudgeWeight(std::vector<PlacedWord>& words);

}  // namespace vanthu::ocr
