// Tables over pages: the fragments of one table -> one table.
//
// Method: a fragment goes on with the table before it if nothing but page numbers stands between them and
// their columns agree (frame and lines within 1.5 % of the page's width, after the fragment is moved onto the
// table: odd and even margins, a shifted scan). Repeated heading rows are dropped; the first row left is
// joined with the last one if the break cut it (page_break.h); cells that span rows over the break are
// carried on where their text, the cells beside them or the habit of their column says so.
#pragma once

#include "pipeline/layout/table_draft.h"

namespace vanthu::layout {

// Do the columns of `below` lie under those of `above`? One may show fewer lines than the other.
bool SameColumns(const std::vector<double>& above, const std::vector<double>& below, double page_width_pt);

// Joins `below` to `above`. `spare_pt`: the room left free under `above` on its last page.
void Append(TableDraft& above, TableDraft below, double page_width_pt, double spare_pt);

}  // namespace vanthu::layout
