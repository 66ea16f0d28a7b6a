// The document's text in reading order: a paragraph, a list item or a table cell to a line.
#pragma once

#include <string>

#include "pipeline/model/layout.h"

namespace vanthu::layout {

// Page numbers and repeated table headings left out, what a page break cut joined.
std::string ReadingOrderText(const DocumentLayout& document);
// One page as printed.
std::string PageText(const LayoutPage& page);

}  // namespace vanthu::layout
