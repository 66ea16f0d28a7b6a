// <chart> as bars with their values. Internal to the room.
#pragma once

#include "templates/engine/document.h"
#include "templates/forms/binding.h"

namespace vanthu::templates {

Chart BuildChart(const FormElement& element, Binding& binding);

}  // namespace vanthu::templates
