// What form.xsd cannot say of a form: every path against what a record holds, formats against kinds of value,
// rows against their table's columns. All faults, each with its line and the nearest name.
#pragma once

#include <vector>

#include "templates/forms/form.h"

namespace vanthu::templates {

// Adds to `faults`. Elements that lack an attribute (form.xsd has said so) are passed over.
void CheckForm(const Form& form, std::vector<FormFault>* faults);

}  // namespace vanthu::templates
