// Pages built by hand, for tests: text in a plain fixed-width type (half an em a letter, a quarter an em a
// space), rules and grids.
#pragma once

#include <string>
#include <vector>

#include "pipeline/model/page.h"

namespace vanthu::layout {

struct Type {
  double size = 12;
  bool bold = false;
  bool italic = false;
};

class PageBuilder {
 public:
  explicit PageBuilder(int index = 0, double width_pt = 595, double height_pt = 842);

  // A line of words from x; several spaces make a gap. Returns where it ends.
  double Text(double x, double baseline, const std::string& line, Type type = {});
  // Centred on x.
  void Centred(double x, double baseline, const std::string& line, Type type = {});
  // Text that runs upward (270) or downward (90) in a cell.
  void Turned(double x, double y, const std::string& line, int rotation_deg, Type type = {});
  void Stamped(double x, double baseline, const std::string& line);
  void Rule(double x0, double y, double x1);
  void Stroke(double x, double y0, double y1);
  // All lines of a grid.
  void Grid(const std::vector<double>& xs, const std::vector<double>& ys);

  Page page;
};

// The width `line` takes.
double WidthOf(const std::string& line, double size);

}  // namespace vanthu::layout
