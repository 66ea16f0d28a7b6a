// Records made of bytes: any value may be there or not, of any length, tables of any spans. For the fuzz
// target and the test of many seeds.
#pragma once

#include <string>
#include <string_view>

#include "pipeline/model/record.h"
#include "templates/forms/conventions.h"
#include "templates/forms/form.h"

namespace vanthu::templates {

// The same bytes give the same record; its tables are whole grids.
Record RandomRecord(std::string_view bytes);

// Fills the form and checks what must always hold: an error of a named kind with a message, or a document
// that has every letter of the record's body (see templates/engine: Faults) and sets all of them on its
// pages. Returns what is wrong; empty: nothing.
std::string FaultsOfForm(const Form& form, const Record& record, const Conventions& conventions);

}  // namespace vanthu::templates
