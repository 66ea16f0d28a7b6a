// Documents to set: a plan as a commune writes it, and tables of any length.
#pragma once

#include <string>

#include "templates/engine/engine.h"

namespace vanthu::templates {

Paragraph Text(const std::string& text, Align align = Align::kJustified);

// Head, prose, closing, and a landscape annex with a table of `rows` rows in groups.
Document SamplePlan(int rows);

// A portrait document of one table, `rows` rows by seven columns.
Document LongTable(int rows);

// The default fonts; a test stops where they are missing.
const Fonts& TestFonts();

}  // namespace vanthu::templates
