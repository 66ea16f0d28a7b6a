// Pages as small JSON: words, rulings and what layout needs of them, so that its tests need no PDF library.
#pragma once

#include <string>
#include <vector>

#include "pipeline/model/page.h"

namespace vanthu::layout {

std::string RecordPages(const std::vector<Page>& pages);
std::vector<Page> LoadPages(const std::string& json);

}  // namespace vanthu::layout
