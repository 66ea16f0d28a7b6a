// What a font's name says: weight, slant, family, legacy encoding. Pure; no font is opened.
#pragma once

#include <string_view>

#include "pipeline/intake/page_content.h"

namespace vanthu::intake {

// `name`: the PDF's BaseFont, with or without a subset tag ("BAAAAA+LiberationSerif-Bold").
FontFace FaceOf(std::string_view name);

}  // namespace vanthu::intake
