// A page's content stream. Private to the engine.
#pragma once

#include <functional>
#include <string>

#include "templates/engine/page.h"

namespace vanthu::templates {

// `mark` gives the number (MCID) under which this page holds a part of an element. kMissingResource: a face
// without a space.
Result<std::string> PageContent(const Page& page, Shaper& shaper,
                                const std::function<int(std::uint32_t element)>& mark);

}  // namespace vanthu::templates
