// A layout as text for people and golden tests.
#pragma once

#include <string>

#include "pipeline/model/layout.h"

namespace vanthu::layout {

// One line a paragraph: region, alignment, weight, number of lines, text; tables as lists of cells.
std::string DumpDocument(const DocumentLayout& layout);
std::string DumpPages(const DocumentLayout& layout);

}  // namespace vanthu::layout
