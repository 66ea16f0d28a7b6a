// Joining the fragments of one table, where whole pages are more than it takes.
#include "pipeline/layout/stitch.h"

#include <gtest/gtest.h>

namespace vanthu::layout {
namespace {

DraftCell CellOf(int row, int col, int rowspan, const std::string& text) {
  DraftCell cell{row, col, rowspan, 1, {{}}, 1};
  cell.parts[0].box = {0, 0, 100, 16};
  cell.parts[0].inner_pt = 100;
  if (!text.empty()) {
    Line line;
    line.box = {0, 2, 95, 14};
    line.text = text;
    Word word;
    word.text = text;
    word.box = line.box;
    line.words.push_back(word);
    cell.parts[0].lines.push_back(line);
  }
  return cell;
}

TableDraft DraftOf(int rows, std::vector<DraftCell> cells) {
  TableDraft draft;
  draft.xs = {60, 160, 260};
  draft.rows = rows;
  draft.cells = std::move(cells);
  return draft;
}

// The left cell goes on by its words, the empty one by the habit of its column: nothing begins in the row, so
// it is the row above, not one more under cells that would run past the table's end.
TEST(StitchTest, ARowInWhichEveryCellGoesOnIsNoRow) {
  TableDraft above =
      DraftOf(7, {CellOf(0, 0, 1, "Việc một."), CellOf(0, 1, 2, ""), CellOf(1, 0, 1, "Việc hai."),
                  CellOf(2, 0, 1, "Việc ba."), CellOf(2, 1, 2, ""), CellOf(3, 0, 1, "Việc tư."),
                  CellOf(4, 0, 1, "Việc năm."), CellOf(4, 1, 2, ""), CellOf(5, 0, 2, "Rà soát các"),
                  CellOf(6, 1, 1, "Quý I.")});
  Append(above, DraftOf(1, {CellOf(0, 0, 1, "thủ tục hành chính"), CellOf(0, 1, 1, "")}), 595, 0);
  int last = 0, end = 0;
  for (const DraftCell& cell : above.cells) {
    last = std::max(last, cell.row);
    end = std::max(end, cell.bottom());
  }
  EXPECT_EQ(above.rows, 7);
  EXPECT_EQ(last, 6);
  EXPECT_EQ(end, above.rows);
  EXPECT_EQ(above.cells[8].parts.size(), 2u);
}

}  // namespace
}  // namespace vanthu::layout
