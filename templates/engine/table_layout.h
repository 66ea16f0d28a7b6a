// A table's cells as lines, and how its rows divide over pages. Private to the engine.
#pragma once

#include <vector>

#include "templates/engine/page.h"

namespace vanthu::templates {

// One table on its way through the pages. Rows are placed from the top of a page down with Place(); Emit()
// draws what was placed and remembers how far each cell has come.
class TableLayout {
 public:
  // Lays every cell's text. `x_pt`: the table's left edge on the page.
  static Result<TableLayout> Begin(const Table& table, double x_pt, double width_pt, const Where& where,
                                   Shaper& shaper, StructureTree& tree, std::uint32_t parent);

  int Rows() const { return table_->rows; }
  int HeaderRows() const { return table_->header_rows; }
  // A page may end before this row.
  bool MayBreakBefore(int row) const;
  // Height of the header as it is repeated on a page `body_pt` high that begins with `row`; 0: it is not.
  double RepeatedHeader(int row, double body_pt) const;

  // The height of `row` where `top_pt` is its top and the page's rows begin with `first`. Call for first,
  // first + 1,
  // ... in order: a spanning cell's needs depend on the rows before.
  double Place(int first, int row, double top_pt);
  // How much of `row` fits into `room_pt` where it must be divided; 0 where it cannot be. Strictly: at least
  // two lines of each divided cell on either side. Otherwise whatever fits.
  double Divide(int first, int row, double room_pt, bool strictly) const;

  // Draws rows first..last, whose tops were placed relative to `top_pt` of the page. `last_height_pt`: of the
  // last row; `divided`: more of it comes on the next page.
  void Emit(int first, int last, double last_height_pt, bool divided, bool strictly, double top_pt,
            Page& page);
  void EmitRepeatedHeader(double top_pt, Page& page) const;

 private:
  struct CellLines {
    std::uint32_t first_line = 0;  // in lines_
    std::uint32_t count = 0;
    std::uint32_t done = 0;  // lines already on pages
  };
  struct Edge {
    double at, from, to;
  };

  const TableCell& Cell(std::uint32_t index) const { return table_->cells[index]; }
  int LastRow(std::uint32_t index) const { return Cell(index).row + Cell(index).row_span - 1; }
  double ColumnX(int column) const { return edges_[static_cast<std::size_t>(column)]; }
  Status LayCells(const Where& where, Shaper& shaper, StructureTree& tree, std::uint32_t element);
  void IndexRows();
  double Remaining(std::uint32_t index) const;
  std::uint32_t Fitting(std::uint32_t index, double height_pt, bool strictly) const;
  double HeightOfLines(std::uint32_t index, std::uint32_t count) const;
  void EmitCell(std::uint32_t index, double y0, double y1, std::uint32_t count, bool artifact, bool centred,
                Page& page) const;
  void AddEdges(std::uint32_t index, double y0, double y1, std::vector<Edge>& across,
                std::vector<Edge>& down) const;
  void DrawEdges(std::vector<Edge>& across, std::vector<Edge>& down, Page& page) const;

  const Table* table_ = nullptr;
  double x_ = 0;
  std::vector<double> edges_;  // of the columns, on the page
  Lines lines_;
  std::vector<CellLines> cells_;
  std::vector<std::uint32_t> by_first_row_, by_last_row_;  // cells
  std::vector<std::uint32_t> first_row_at_, last_row_at_;  // where each row's begin in those
  std::vector<std::uint32_t> open_;                        // cells that began on earlier pages and go on
  bool resumed_ = false;             // the first row of this page began on the one before
  std::vector<double> tops_;         // of the rows placed on this page, from its first
  std::vector<double> header_tops_;  // of the header rows, and where the last ends
};

}  // namespace vanthu::templates
