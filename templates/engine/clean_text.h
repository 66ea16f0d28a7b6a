// What a run's text is once it is set, in every writer alike. Private to the engine.
#pragma once

#include <string>

namespace vanthu::templates {

// NFC; characters without ink or meaning on paper left out; every space that breaks a line a plain one, every
// break of a line a line feed.
std::string CleanRunText(const std::string& text);

}  // namespace vanthu::templates
