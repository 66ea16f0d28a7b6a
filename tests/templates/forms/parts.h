// Forms and records in small, for the tests of this room.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/model/record.h"
#include "templates/engine/document.h"
#include "templates/forms/conventions.h"
#include "templates/forms/form.h"

namespace vanthu::templates {

std::string FormsFolder();
const Conventions& Rules();

// A form's text around what stands in its pages.
std::string FormText(std::string_view pages);
std::vector<FormFault> FaultsOf(std::string_view pages);
// Fails the test where the form has faults.
Form FormOf(std::string_view pages);

// A plan with a number, a date, two sections and a signer.
Record SmallRecord();

// What the form makes of the record: the document, or a failed test.
Document DocumentOf(std::string_view pages, const Record& record);
// The error in Vietnamese; empty where there is none.
std::string RefusalOf(std::string_view pages, const Record& record);
// One line a paragraph or row, as SetText has them.
std::string TextOf(const Document& document);
std::string TextOf(std::string_view pages, const Record& record);

}  // namespace vanthu::templates
