// The allowed name that somebody may have meant.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vanthu::templates {

// The name of least edit distance to `written`, case and diacritics folded; empty where none is near: more
// than half of the letters would have to change.
std::string NearestName(std::string_view written, const std::vector<std::string>& names);

}  // namespace vanthu::templates
