// Tables of a form, and a record's own tables, as tables to be set. Internal to the room.
#pragma once

#include "pipeline/model/table.h"
#include "templates/engine/document.h"
#include "templates/forms/binding.h"

namespace vanthu::templates {

// <table path="…">: the record's table as it stands: its cells, spans and head rows; rows that name a group
// are bold.
Table BuildRecordTable(const vanthu::Table& table, const FormElement& element,
                       const Conventions& conventions);

// <table> with columns and rows.
Table BuildFormTable(const FormElement& element, Binding& binding);

}  // namespace vanthu::templates
