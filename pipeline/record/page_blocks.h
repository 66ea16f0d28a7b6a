// A page as blocks of lines, for formats that nest page > block > line > word. Internal to the room.
#pragma once

#include <vector>

#include "pipeline/model/layout.h"

namespace vanthu::record {

// Consecutive lines that share a paragraph or a table of the page's flow; lines in neither stand alone.
// Pointers into `page`.
struct PageBlock {
  bool table = false;
  Box box;
  std::vector<const Line*> lines;  // never empty
};

std::vector<PageBlock> BlocksOf(const LayoutPage& page);

}  // namespace vanthu::record
