// Kính gửi: whom a công văn, a report or a telegram is sent to.
#pragma once

#include <string>
#include <vector>

#include "pipeline/extract/notes.h"
#include "pipeline/extract/reading.h"

namespace vanthu::extract {

struct FoundAddressees {
  std::vector<std::string> names;
  std::size_t body_begin = 0;  // the first element after them; the given one if none was found
};

// Looks from `begin` (the first element below the title) on the same page. Evidence under /addressees/N.
FoundAddressees FindAddressees(const Reading& reading, const Range& main, std::size_t begin,
                               const FieldRules& rules, Notes* notes);

}  // namespace vanthu::extract
