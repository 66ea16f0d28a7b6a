// Two columns side by side: the heading of a document (agency, motto) and its end (recipients, signer).
//
// Input: rows of words of a stretch of a page, top to bottom, without tables. Output: the stretches ("bands")
// in which a white gutter parts left from right. Method: the gaps of consecutive rows are intersected; a
// gutter at least 0.75 of the text size wide with lines on both sides that overlap in height makes a band,
// trimmed to the rows that align with their column. Prose has no such gutter over two rows. Accuracy: all
// sample plans and ten received documents. Fails: three columns (the second and third are taken as one).
#pragma once

#include <cstddef>
#include <vector>

#include "pipeline/layout/ink.h"
#include "pipeline/layout/lines.h"

namespace vanthu::layout {

struct Band {
  std::size_t first = 0;  // rows [first, last)
  std::size_t last = 0;
  double gutter_pt = 0;  // x of its middle
  bool heading =
      false;  // the heading of a document: cut into bands of its own; else left wholly before right
};

// `top`: the stretch begins at the top of the page's text.
std::vector<Band> FindBands(const std::vector<Row>& rows, const Scale& scale, bool top);

}  // namespace vanthu::layout
