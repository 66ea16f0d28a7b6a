// Lists of short items, one to a line or wrapped over several: recipients and addressees.
#pragma once

#include <string>
#include <vector>

#include "pipeline/extract/notes.h"
#include "pipeline/extract/traced.h"

namespace vanthu::extract {

// An item's lines, its leading dash and closing punctuation still on.
struct Item {
  std::vector<const Line*> lines;
  std::size_t skip = 0;  // chars of the first line's key before the item (a label)
};

// True if the line opens with a list mark: a dash, a plus sign, a bullet. `end`: past it and its spaces.
bool OpensItem(const Folded& text, std::size_t begin, std::size_t* end);

// The item's text: lines joined, the mark dropped, closing ';', '.' and ',' dropped. Empty if nothing is
// left.
std::string ItemText(const Item& item, const Mapper& mapper, double certainty,
                     std::optional<Evidence>* evidence);

}  // namespace vanthu::extract
