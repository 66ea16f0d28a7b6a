// A ZIP file in memory, the same bytes for the same parts. Private to the engine.
#pragma once

#include <string>
#include <vector>

#include "pipeline/base/error.h"

namespace vanthu::templates {

struct ZipPart {
  std::string name;  // "word/document.xml"
  std::string bytes;
};

// Parts in the given order, deflated, all dated 1980-01-01, the format's first day: nothing is asked of the
// clock or the time zone. kInternal where libzip fails.
Result<std::string> ZipOf(const std::vector<ZipPart>& parts);

}  // namespace vanthu::templates
