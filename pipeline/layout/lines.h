// Words -> lines of text.
//
// Input: words of one stretch of a page (a cell, a column, the page outside its tables), in any order.
// Output: lines from top to bottom, their words from left to right. Method: words are taken by baseline; a
// word joins the line whose baseline is nearest within a third of its type size; small raised or lowered
// words (footnote marks, exponents) join the line they overlap. Text that runs against the frame (turned
// headings) is put upright, read, and put back. Where it fails: lines that are set closer than a third of
// their type size. Source: own, after pdftotext's blocks.
#pragma once

#include <string>
#include <vector>

#include "pipeline/model/layout.h"

namespace vanthu::layout {

// All words whose baselines agree, whatever lies between them.
struct Row {
  std::vector<Word> words;  // left to right
  Box box;
  double baseline_pt = 0;
  double size_pt = 0;  // of its main type
};

// Rows from top to bottom. Upright words only.
std::vector<Row> BuildRows(std::vector<Word> words);

// A line out of words already left to right; never empty.
Line MakeLine(std::vector<Word> words, int page);

// The lines of a cell: every row is a line; turned words are read in their own direction.
std::vector<Line> BuildLines(std::vector<Word> words, int page);

}  // namespace vanthu::layout
