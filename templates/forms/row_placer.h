// Where a form's cells stand as its rows come one below the other. Internal to the room.
//
// Input: a table's rows in order. Output: the column of each cell, past the columns that cells of rows above
// still cover; a fault, on the line of the cell or row, where a row does not fill the table, where a cell
// runs into one from above, and where a cell runs past the last row. Serves the check of a form, whose rows
// are not known where they depend on data, and the binder, which has them all.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "templates/forms/form.h"

namespace vanthu::templates {

// A cell's span or rows; 1 where it does not say.
int SpanOf(const FormElement& cell, const char* attribute);

// Says that a cell runs past the table's last row: the same words of a form and of a form with a record.
Message PastLastRow(int rows, int left);

class RowPlacer {
 public:
  using Fault = std::function<void(const FormElement&, Message)>;

  RowPlacer(int columns, Fault fault)
      : columns_(static_cast<std::size_t>(columns)), fault_(std::move(fault)) {}

  // For each <cell> its first column; -1, with a fault noted, where it has no room.
  std::vector<int> Place(const FormElement& row);
  // A row of one cell over all columns; `row` is what a fault names.
  void PlaceWhole(const FormElement& row);
  // No more rows.
  void End();

 private:
  // What covers a column of the next row.
  struct Open {
    const FormElement* cell = nullptr;
    int rows = 0;  // that it still covers
  };

  int Taken() const;
  bool IsFree(int column, int span) const;
  void EndRow();

  std::vector<Open> columns_;
  Fault fault_;
};

}  // namespace vanthu::templates
