// What a Document must be before it is laid out: finite lengths in sane ranges, tables whose cells cover
// every grid position exactly once, spans inside the table and not across the end of its header.
#pragma once

#include "pipeline/base/error.h"
#include "templates/engine/document.h"

namespace vanthu::templates {

// kNotAccepted or kLimit, naming the place.
Status CheckDocument(const Document& document);

}  // namespace vanthu::templates
