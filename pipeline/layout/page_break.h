// A row at the end of one page and a row at the top of the next: one row that the break cut, or two?
//
// Input: the last row of a table so far and the first row (repeated headings skipped) of its continuation.
// Method: the signs are weighed as log-likelihood ratios and added: an ordinal that begins a row, cells left
// empty that are else filled, text that goes on with a small letter, whether the cell above reached the end
// of the page at all, the same cells side by side, no rule at the break. No single sign decides: real tables
// have rows without an ordinal. Accuracy: all 20 breaks of the sample plans. The weights are estimates from
// those breaks and from how Word and LibreOffice cut rows, not fitted.
#pragma once

#include "pipeline/layout/table_draft.h"

namespace vanthu::layout {

struct BreakSigns {
  bool cut = false;     // one row
  double evidence = 0;  // log-likelihood ratio: above 0 speaks for a cut row
};

// How often each column is filled in the body of a table: 0..1.
std::vector<double> FillRates(const TableDraft& table);

// `below_row`: the row of `below` that follows. `column_of`: columns of `below` -> columns of `above`, one
// more than its columns (right edges too). `spare_pt`: the room left free under the table on its last page.
BreakSigns WeighBreak(const TableDraft& above, const TableDraft& below, int below_row,
                      const std::vector<int>& column_of, const std::vector<double>& fill, double spare_pt);

// Does the text of `below` go on with that of `above`? Log-likelihood ratio from the words alone.
double GoesOn(const DraftCell& above, const DraftCell& below);

}  // namespace vanthu::layout
