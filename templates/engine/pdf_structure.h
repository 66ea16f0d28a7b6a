// The structure tree as PDF objects. Private to the engine.
#pragma once

#include <cstdint>
#include <vector>

#include "templates/engine/pdf_file.h"
#include "templates/engine/structure.h"

namespace vanthu::templates {

// A part of an element on a page; a page's MCIDs are 0, 1, ... in order.
struct Mark {
  std::uint32_t element = 0;
  std::uint32_t page = 0;
  std::uint32_t mcid = 0;
};

// `marks` in the order of pages and MCIDs; `pages`: the pages' objects, page i bearing /StructParents i.
// Returns the object of the StructTreeRoot.
int WriteStructure(const StructureTree& tree, const std::vector<Mark>& marks, const std::vector<int>& pages,
                   PdfFile& file);

}  // namespace vanthu::templates
