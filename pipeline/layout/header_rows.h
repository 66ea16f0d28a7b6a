// How many of a table's first rows are its heading, by form alone.
//
// Signs: cells that span rows or columns at the top, bold and centred type, a row of column numbers ("(1) (2)
// (5)=(3)+(4)"), no ordinal in the first column, the first ordinal ("1", "I", "A") below. What is repeated at
// the top of the next page is a heading for certain. Accuracy: all tables of the sample plans. Fails: a
// heading in plain type whose first column counts nothing.
#pragma once

#include "pipeline/layout/table_draft.h"

namespace vanthu::layout {

// A row of column numbers: "(1) (2) (3)", "1 2 3", "A B 1 2", "(5)=(3)+(4)".
bool IsNumberRow(const TableDraft& draft, int row);

int CountHeaderRows(const TableDraft& draft);

// How many rows of `draft`, from its first, repeat heading rows of `table`; 0 if none.
int RepeatedRows(const TableDraft& table, const TableDraft& draft);

}  // namespace vanthu::layout
