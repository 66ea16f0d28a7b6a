// A widget's place in a tagged document's structure. Private to the room.
#pragma once

#include <optional>
#include <string>

#include "signing/pades/draft.h"

namespace vanthu::signing {

// Adds a Form element for `widget` (not yet written) on `page` to the structure tree; the key of the parent
// tree that the widget must name as /StructParent. None where the document is not tagged, or its tree is not
// as ISO 32000-1, 14.7 says: a signature is not refused for that.
std::optional<int> TagWidget(Draft& draft, pdf::Ref widget, pdf::Ref page, const std::string& alternate_name);

}  // namespace vanthu::signing
