// What must add up in a table's rows. Internal to the room.
#pragma once

#include "templates/engine/document.h"
#include "templates/forms/binding.h"

namespace vanthu::templates {

// sums="3=4+5+6 7=8+9+10": in every body row whose named cells are numbers, by column from 1. An empty cell
// counts 0; rows without any number there are passed over. A row that does not add up, or holds no number
// where one is needed, is a fault that names the row.
void CheckSums(const Table& table, const FormElement& element, Binding& binding);

}  // namespace vanthu::templates
