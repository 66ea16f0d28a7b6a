// Pages -> lines, paragraphs, tables, tables over pages, reading order. Knows geometry and type, no
// Vietnamese words. Thread-safe: no state. Inputs are not changed.
#pragma once

#include <vector>

#include "pipeline/base/error.h"
#include "pipeline/model/layout.h"
#include "pipeline/model/page.h"

namespace vanthu::layout {

struct Options {};

// Always succeeds on any pages: what cannot be understood is a paragraph; doubts are findings.
DocumentLayout BuildLayout(const std::vector<Page>& pages, const Options& options);

}  // namespace vanthu::layout
