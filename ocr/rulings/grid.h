// Ruled tables: from rules to grids whose every edge is there or not, and to the cells inside.
//
// Input: the straightened mask of ink. Output: grids (frame, lines, edges, cells) and the rules that belong
// to none. Method: double rules are made solid (doubled.h); rules that meet form a table; its row and column
// lines are the ranks of their positions; each edge between two joints is weighed by the ink along it,
// wherever the first pass found the line (so faint and short edges count by their joints; ink as thick as
// letters counts for none); short rules from one line to the next are sought a second time; open sides are
// closed (open_sides.h). Cells are the faces left. Accuracy: see docs/benchmarks.md. Fails: tables without
// rules (layout's task), rules bent by more than 0.03 inch. Source: OCR of ruled forms after img2table; the
// per-edge test after camelot's joints.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "ocr/rulings/rule.h"

namespace vanthu::ocr {

// A row or column line of a table: pieces found, in order along the line; between them it is interpolated.
struct GridLine {
  std::vector<Rule> pieces;
  double At(double along) const;
  double position() const;
  double thickness() const;
};

struct Grid {
  cv::Rect2d frame;
  std::vector<GridLine> rows;     // top to bottom
  std::vector<GridLine> columns;  // left to right
  // across[r][c]: the edge on row line r between column lines c and c+1, as a share of its length that bears
  // ink.
  std::vector<std::vector<double>> across;
  // down[r][c]: the edge on column line c between row lines r and r+1.
  std::vector<std::vector<double>> down;
  // The cell that covers grid position (r, c), numbered from 0; positions without a wall between them share
  // one.
  std::vector<std::vector<int>> cell;
  int cells = 0;

  // The cell at a pixel; -1 outside the frame.
  int CellAt(double x, double y) const;
};

struct RuledPage {
  std::vector<Grid> grids;
  std::vector<Rule> loose;  // under headings, beside columns
  // All edges present and all loose rules, as straight pieces: what the page shows.
  std::vector<Rule> Rules() const;
};

RuledPage FindGrids(const cv::Mat& mask, double dpi);

// Takes the rules out of the mask; strokes that cross a rule are kept.
void EraseRules(const std::vector<Rule>& rules, double dpi, cv::Mat& mask);

}  // namespace vanthu::ocr
