// What a run's text is once it is set, in every writer alike. Private to the engine.
#pragma once

#include <string>

#include "templates/engine/document.h"

namespace vanthu::templates {

// NFC; characters without ink or meaning on paper left out; every space that breaks a line a plain one, every
// break of a line a line feed.
std::string CleanRunText(const std::string& text);

// Does a list's item open with a mark of its own ("- ", "+ ") and say something after it?
bool HasListMark(const Paragraph& paragraph);

}  // namespace vanthu::templates
