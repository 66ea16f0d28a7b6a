// Pages -> lines, paragraphs, tables, tables over pages, reading order. Knows geometry and type, no
// Vietnamese words. Thread-safe: no state. Inputs are not changed.
#pragma once

#include <string_view>
#include <vector>

#include "pipeline/base/error.h"
#include "pipeline/base/syllable.h"
#include "pipeline/model/layout.h"
#include "pipeline/model/page.h"

namespace vanthu::layout {

struct Options {
  // Is this a possible word of the language? Tells two words from the pieces of one that a narrow cell broke.
  // The room itself knows no language; null: only the document's own words are asked.
  bool (*is_word)(std::string_view) = &IsVietnameseSyllable;
};

// Always succeeds on any pages: what cannot be understood is a paragraph; doubts are findings.
DocumentLayout BuildLayout(const std::vector<Page>& pages, const Options& options);

}  // namespace vanthu::layout
