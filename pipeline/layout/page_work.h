// A page on its way through the room: what each step found, kept for the next.
#pragma once

#include <vector>

#include "pipeline/layout/grid.h"
#include "pipeline/layout/ink.h"
#include "pipeline/layout/margins.h"
#include "pipeline/layout/paragraphs.h"
#include "pipeline/layout/table_draft.h"

namespace vanthu::layout {

// A paragraph or a table of a page, in reading order.
struct PageItem {
  Paragraph paragraph;
  int table = -1;          // index in PageWork::tables, or -1
  bool continues = false;  // of a two-column end that began on the page before
};

struct PageWork {
  Ink ink;
  std::vector<Grid> grids;
  std::vector<Ruling> rules;       // outside tables
  std::vector<TableDraft> tables;  // by their tops
  PageRows rows;
  std::vector<Word> turned;      // text against the frame outside tables
  ColumnEdges edges;             // of the body
  double bottom_pt = 0;          // where its body and tables end
  double floor_pt = 0;           // where they may end: the page's foot or its footnotes
  std::vector<PageItem> body;    // without margins
  std::vector<Paragraph> above;  // page numbers and running text over the body
  std::vector<Paragraph> below;  // and under it; stamps
  std::vector<Paragraph> footnotes;
  bool gave_up = false;
};

// All steps that look at pages only: words, rulings -> items in reading order.
std::vector<PageWork> ReadPages(const std::vector<Page>& pages, LineJoins& joins);

}  // namespace vanthu::layout
