// A Document's blocks as word/document.xml. Private to the engine.
#pragma once

#include <string>

#include "templates/engine/document.h"
#include "templates/engine/lines.h"
#include "templates/engine/word_format.h"

namespace vanthu::templates {

// The relationships that the sections name: headers with the page's number, and without.
inline constexpr char kNumberedHeader[] = "rIdNumber";
inline constexpr char kEmptyHeader[] = "rIdEmpty";

// `styles` gathers the styles that the body names. Errors as SetDocx.
Result<std::string> DocxBody(const Document& document, Shaper& shaper, WordStyles& styles);

}  // namespace vanthu::templates
