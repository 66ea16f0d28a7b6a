// Documents made of bytes: any shape of table, any height, any page. For the fuzz target and the test of many
// seeds.
#pragma once

#include <string_view>

#include "templates/engine/document.h"

namespace vanthu::templates {

// The same bytes give the same document; most, not all, are well formed.
Document RandomDocument(std::string_view bytes);

// Sets it and checks what must always hold: an error of a named kind, or pages that hold every letter once.
// Returns what is wrong; empty: nothing.
std::string Faults(const Document& document);

}  // namespace vanthu::templates
