#include "pipeline/layout/grid.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "pipeline/layout/ruling_joins.h"

namespace vanthu::layout {

namespace {

// Lines per direction and elementary fields per table that are looked at. The largest printed tables have a
// few hundred lines; what is beyond is a drawing or an attack.
constexpr std::size_t kMaxLines = 3000;
constexpr std::size_t kMostParts = 60;  // groups of rulings of one page; more are a drawing
constexpr std::size_t kMaxFields = 250'000;
// Share of an edge that must be ruled. Measured on scans: drawn edges have >= 0.8, absent ones <= 0.2.
constexpr double kRuled = 0.6;
constexpr double kInferred = 0.5;  // confidence of a ruling that was not drawn

// All in units of the text size; 12 pt text: 3 pt, 2.4 pt, ...
struct Tolerance {
  explicit Tolerance(double text_pt, bool recognised)
      : level(0.25 * text_pt),
        joint((recognised ? 0.6 : 0.3) * text_pt),
        gap((recognised ? 0.6 : 0.25) * text_pt),
        narrow(0.45 * text_pt),
        group_row(4.2 * text_pt) {}
  double level;  // lines nearer than this are one line
  double joint;  // a ruling may miss the line it ends at by this much
  double gap;  // a gap that is bridged: well below a row of one line (1.2), which a spanning cell leaves open
  double narrow;     // rows and columns below this are no rows and columns
  double group_row;  // two lines with their margins
};

class Sets {
 public:
  explicit Sets(std::size_t n) : parent_(n) { std::iota(parent_.begin(), parent_.end(), 0); }
  int Find(int i) {
    while (parent_[static_cast<std::size_t>(i)] != i) {
      int& p = parent_[static_cast<std::size_t>(i)];
      p = parent_[static_cast<std::size_t>(p)];
      i = p;
    }
    return i;
  }
  void Unite(int a, int b) { parent_[static_cast<std::size_t>(Find(a))] = Find(b); }

 private:
  std::vector<int> parent_;
};

// Distinct positions, those nearer than `tolerance` to the first of their group taken together.
std::vector<double> Levels(std::vector<double> positions, double tolerance) {
  std::sort(positions.begin(), positions.end());
  std::vector<double> levels;
  double first = 0, sum = 0;
  int n = 0;
  const auto close = [&] {
    if (n > 0) levels.push_back(sum / n);
  };
  for (const double p : positions) {
    if (n > 0 && p - first > tolerance) {
      close();
      n = 0;
      sum = 0;
    }
    if (n == 0) first = p;
    sum += p;
    ++n;
  }
  close();
  return levels;
}

std::size_t Nearest(const std::vector<double>& levels, double p) {
  const auto it = std::lower_bound(levels.begin(), levels.end(), p);
  if (it == levels.begin()) return 0;
  if (it == levels.end()) return levels.size() - 1;
  const auto i = static_cast<std::size_t>(it - levels.begin());
  return p - levels[i - 1] < levels[i] - p ? i - 1 : i;
}

using Lines = std::vector<Ruling>;

// The rulings of a group, and what they enclose.
struct Part {
  Lines hs, vs;
  Box box;  // of the horizontal ones
};

// Does `b`, below `a`, go on with it? Of a table open at both sides a row of one cell has nothing but the
// rules over and under it; the same ends and the same columns tell. A side that was drawn would have held the
// parts together: closed tables are tables of their own.
bool IsNextPart(const Part& a, const Part& b, const Tolerance& tolerance) {
  const double gap = b.box.y0 - a.box.y1;
  if (gap <= 0 || gap > tolerance.group_row) return false;
  if (std::abs(a.box.x0 - b.box.x0) > tolerance.joint || std::abs(a.box.x1 - b.box.x1) > tolerance.joint)
    return false;
  const auto at_side = [&](const Ruling& r) {
    const double margin = tolerance.narrow + tolerance.joint;
    return r.position_pt < a.box.x0 + margin || r.position_pt > a.box.x1 - margin;
  };
  for (const Lines* vs : {&a.vs, &b.vs})
    if (std::any_of(vs->begin(), vs->end(), at_side)) return false;
  const Lines& fewer = a.vs.size() < b.vs.size() ? a.vs : b.vs;
  const Lines& more = a.vs.size() < b.vs.size() ? b.vs : a.vs;
  return std::all_of(fewer.begin(), fewer.end(), [&](const Ruling& r) {
    return std::any_of(more.begin(), more.end(), [&](const Ruling& m) {
      return std::abs(m.position_pt - r.position_pt) <= tolerance.level;
    });
  });
}

void JoinOpenParts(const Lines& hs, const Lines& vs, const Tolerance& tolerance, Sets& sets) {
  std::map<int, Part> parts;
  for (std::size_t i = 0; i < hs.size(); ++i) {
    Part& part = parts[sets.Find(static_cast<int>(i))];
    if (part.hs.empty()) part.box = {hs[i].start_pt, hs[i].position_pt, hs[i].end_pt, hs[i].position_pt};
    // No Union: a rule's box is empty.
    part.box = {std::min(part.box.x0, hs[i].start_pt), std::min(part.box.y0, hs[i].position_pt),
                std::max(part.box.x1, hs[i].end_pt), std::max(part.box.y1, hs[i].position_pt)};
    part.hs.push_back(hs[i]);
  }
  for (std::size_t i = 0; i < vs.size(); ++i)
    parts[sets.Find(static_cast<int>(hs.size() + i))].vs.push_back(vs[i]);
  std::erase_if(parts, [](const auto& p) { return p.second.hs.empty() || p.second.vs.empty(); });
  if (parts.size() > kMostParts) return;
  for (const auto& [root_a, a] : parts)
    for (const auto& [root_b, b] : parts)
      if (root_a != root_b && IsNextPart(a, b, tolerance)) sets.Unite(root_a, root_b);
}

// Which rulings hang together: group number of each horizontal, then of each vertical ruling.
std::vector<int> Groups(const Lines& hs, const Lines& vs, const Tolerance& tolerance) {
  const double joint = tolerance.joint;
  Sets sets(hs.size() + vs.size());
  for (std::size_t i = 0; i < hs.size(); ++i) {
    const Ruling& h = hs[i];
    auto v = std::lower_bound(vs.begin(), vs.end(), h.start_pt - joint,
                              [](const Ruling& r, double x) { return r.position_pt < x; });
    for (; v != vs.end() && v->position_pt <= h.end_pt + joint; ++v)
      if (h.position_pt >= v->start_pt - joint && h.position_pt <= v->end_pt + joint)
        sets.Unite(static_cast<int>(i), static_cast<int>(hs.size()) + static_cast<int>(v - vs.begin()));
  }
  JoinOpenParts(hs, vs, tolerance, sets);
  std::vector<int> group(hs.size() + vs.size());
  for (std::size_t i = 0; i < group.size(); ++i) group[i] = sets.Find(static_cast<int>(i));
  return group;
}

// An outer line that is drawn in part: its gaps between rulings that reach it are closed. `reached`: where
// they do, along the line.
void CompleteSide(std::vector<double> reached, double outermost, Lines& across, const Tolerance& tolerance) {
  const auto near = [&](const Ruling& r) { return std::abs(r.position_pt - outermost) <= tolerance.joint; };
  const auto line = std::find_if(across.begin(), across.end(), near);
  if (line == across.end()) return;
  const Ruling drawn = *line;
  std::sort(reached.begin(), reached.end());
  Lines gaps;
  for (std::size_t i = 1; i < reached.size(); ++i) {
    const double from = reached[i - 1], to = reached[i];
    if (to - from < tolerance.narrow) continue;
    double ruled = 0;
    for (const Ruling& r : across)
      if (near(r)) ruled += std::max(0.0, std::min(r.end_pt, to) - std::max(r.start_pt, from));
    if (ruled >= kRuled * (to - from)) continue;
    Ruling gap = drawn;
    gap.start_pt = from;
    gap.end_pt = to;
    gap.confidence = kInferred;
    gaps.push_back(gap);
  }
  across.insert(across.end(), gaps.begin(), gaps.end());
}

// Where two or more rulings of one direction end together with no ruling of the other direction there, the
// side was left open: adds the missing line. `at_start` picks the end that is looked at. False where a line,
// or a part of one, was drawn.
bool CloseSide(const Lines& along, Lines& across, bool at_start, const Tolerance& tolerance) {
  if (along.size() < 2 || across.empty()) return false;
  std::vector<double> ends;
  for (const Ruling& r : along) ends.push_back(at_start ? r.start_pt : r.end_pt);
  const double outermost =
      at_start ? *std::min_element(ends.begin(), ends.end()) : *std::max_element(ends.begin(), ends.end());
  std::vector<double> reached;
  for (std::size_t i = 0; i < along.size(); ++i)
    if (std::abs(ends[i] - outermost) <= tolerance.joint) reached.push_back(along[i].position_pt);
  if (reached.size() < 2) return false;
  const bool drawn = std::any_of(across.begin(), across.end(), [&](const Ruling& r) {
    return std::abs(r.position_pt - outermost) <= tolerance.narrow + tolerance.joint;
  });
  if (drawn) {
    CompleteSide(std::move(reached), outermost, across, tolerance);
    return false;
  }
  Ruling side;
  side.horizontal = !along.front().horizontal;
  side.position_pt = outermost;
  side.confidence = kInferred;
  side.start_pt = *std::min_element(reached.begin(), reached.end());
  side.end_pt = *std::max_element(reached.begin(), reached.end());
  across.push_back(side);
  return true;
}

// The share of each elementary edge that is ruled: lines x (crossing levels - 1).
class EdgeCover {
 public:
  EdgeCover(const Lines& lines, const std::vector<double>& levels, const std::vector<double>& crossing,
            double joint)
      : intervals_(crossing.size() - 1), ruled_(levels.size() * intervals_, 0.0F) {
    for (const Ruling& r : lines) {
      const std::size_t level = Nearest(levels, r.position_pt);
      // An end that misses its joint by little is drawn to it.
      const double start = r.start_pt - joint, end = r.end_pt + joint;
      auto from = static_cast<std::size_t>(std::lower_bound(crossing.begin(), crossing.end(), start) -
                                           crossing.begin());
      if (from > 0) --from;
      for (std::size_t i = from; i < intervals_ && crossing[i] < end; ++i) {
        const double length = crossing[i + 1] - crossing[i];
        const double overlap = std::min(end, crossing[i + 1]) - std::max(start, crossing[i]);
        // The tolerance closes gaps at joints; it may not stand for an edge.
        const double drawn = std::min(r.end_pt, crossing[i + 1]) - std::max(r.start_pt, crossing[i]);
        if (drawn > 0 && overlap > 0)
          ruled_[level * intervals_ + i] += static_cast<float>(std::min(overlap, 2 * drawn) / length);
      }
    }
  }
  bool Ruled(std::size_t level, std::size_t interval) const {
    return ruled_[level * intervals_ + interval] >= kRuled;
  }

 private:
  std::size_t intervals_;
  std::vector<float> ruled_;
};

// Rectangles of fields.
struct Block {
  std::size_t row, col, rows, cols;
};

// Cuts the faces (fields of one label) into rectangles; the outside counts as faces that are cut likewise.
std::vector<Block> Rectangles(const std::vector<int>& label, std::size_t rows, std::size_t cols) {
  std::vector<Block> blocks;
  std::vector<char> taken(rows * cols, 0);
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < cols; ++c) {
      if (taken[r * cols + c] != 0) continue;
      const int face = label[r * cols + c];
      const auto free = [&](std::size_t y, std::size_t x) {
        return taken[y * cols + x] == 0 && label[y * cols + x] == face;
      };
      std::size_t width = 1;
      while (c + width < cols && free(r, c + width)) ++width;
      std::size_t height = 1;
      for (; r + height < rows; ++height) {
        std::size_t x = 0;
        while (x < width && free(r + height, c + x)) ++x;
        if (x < width) break;
      }
      for (std::size_t y = 0; y < height; ++y)
        for (std::size_t x = 0; x < width; ++x) taken[(r + y) * cols + c + x] = 1;
      blocks.push_back({r, c, height, width});
    }
  }
  return blocks;
}

// Ranks of the levels at which a block begins or ends; -1 for lines that bound no face.
std::vector<int> RankLevels(const std::vector<Block>& blocks, bool rows, std::size_t count) {
  std::vector<int> rank(count, -1);
  for (const Block& b : blocks) {
    rank[rows ? b.row : b.col] = 0;
    rank[rows ? b.row + b.rows : b.col + b.cols] = 0;
  }
  int next = 0;
  for (int& r : rank)
    if (r == 0) r = next++;
  return rank;
}

// Fields -> faces: label of each field, -1 for what is open to the outside.
std::vector<int> Faces(const EdgeCover& h, const EdgeCover& v, std::size_t rows, std::size_t cols) {
  Sets sets(rows * cols + 1);
  const int outside = static_cast<int>(rows * cols);
  const auto at = [&](std::size_t r, std::size_t c) { return static_cast<int>(r * cols + c); };
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < cols; ++c) {
      if (!h.Ruled(r, c)) sets.Unite(at(r, c), r == 0 ? outside : at(r - 1, c));
      if (r + 1 == rows && !h.Ruled(rows, c)) sets.Unite(at(r, c), outside);
      if (!v.Ruled(c, r)) sets.Unite(at(r, c), c == 0 ? outside : at(r, c - 1));
      if (c + 1 == cols && !v.Ruled(cols, r)) sets.Unite(at(r, c), outside);
    }
  }
  std::vector<int> label(rows * cols);
  for (std::size_t i = 0; i < label.size(); ++i) {
    label[i] = sets.Find(static_cast<int>(i));
    if (label[i] == sets.Find(outside)) label[i] = -1;
  }
  return label;
}

// Drops outer rows and columns of fields that are all outside.
struct Frame {
  std::size_t top, bottom, left, right;  // half open
};
Frame InsideFrame(const std::vector<int>& label, std::size_t rows, std::size_t cols) {
  Frame f{rows, 0, cols, 0};
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t c = 0; c < cols; ++c)
      if (label[r * cols + c] >= 0) {
        f.top = std::min(f.top, r);
        f.bottom = std::max(f.bottom, r + 1);
        f.left = std::min(f.left, c);
        f.right = std::max(f.right, c + 1);
      }
  return f;
}

bool BuildGrid(Lines hs, Lines vs, const Tolerance& tolerance, Grid& grid) {
  CloseSide(hs, vs, true, tolerance);
  CloseSide(hs, vs, false, tolerance);
  grid.top_open = CloseSide(vs, hs, true, tolerance);
  grid.bottom_open = CloseSide(vs, hs, false, tolerance);
  std::vector<double> positions;
  for (const Ruling& r : vs) positions.push_back(r.position_pt);
  const std::vector<double> xs = Levels(std::move(positions), tolerance.level);
  positions.clear();
  for (const Ruling& r : hs) positions.push_back(r.position_pt);
  const std::vector<double> ys = Levels(std::move(positions), tolerance.level);
  if (xs.size() < 2 || ys.size() < 2 || (xs.size() - 1) * (ys.size() - 1) > kMaxFields) return false;

  const EdgeCover h(hs, ys, xs, tolerance.joint);
  const EdgeCover v(vs, xs, ys, tolerance.joint);
  const std::size_t all_rows = ys.size() - 1, all_cols = xs.size() - 1;
  const std::vector<int> all = Faces(h, v, all_rows, all_cols);
  const Frame f = InsideFrame(all, all_rows, all_cols);
  if (f.top >= f.bottom) return false;
  const std::size_t rows = f.bottom - f.top, cols = f.right - f.left;
  std::vector<int> label(rows * cols);
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t c = 0; c < cols; ++c) label[r * cols + c] = all[(r + f.top) * all_cols + c + f.left];

  const std::vector<Block> blocks = Rectangles(label, rows, cols);
  const std::vector<int> row_rank = RankLevels(blocks, true, rows + 1);
  const std::vector<int> col_rank = RankLevels(blocks, false, cols + 1);
  for (std::size_t i = 0; i <= rows; ++i)
    if (row_rank[i] >= 0) grid.ys.push_back(ys[f.top + i]);
  for (std::size_t i = 0; i <= cols; ++i)
    if (col_rank[i] >= 0) grid.xs.push_back(xs[f.left + i]);
  for (const Block& b : blocks) {
    GridCell cell;
    cell.row = row_rank[b.row];
    cell.col = col_rank[b.col];
    cell.rowspan = row_rank[b.row + b.rows] - cell.row;
    cell.colspan = col_rank[b.col + b.cols] - cell.col;
    grid.cells.push_back(cell);
  }
  Number(grid);
  grid.top_open = grid.top_open && f.top == 0;
  grid.bottom_open = grid.bottom_open && f.bottom == all_rows;
  return true;
}

double Middle(const Ruling& r) {
  return (r.start_pt + r.end_pt) / 2;
}

bool Inside(const Ruling& r, const Box& box, double margin) {
  const double x = r.horizontal ? Middle(r) : r.position_pt;
  const double y = r.horizontal ? r.position_pt : Middle(r);
  return x >= box.x0 - margin && x <= box.x1 + margin && y >= box.y0 - margin && y <= box.y1 + margin;
}

// Keeps the longest lines of one direction.
void Cap(Lines& lines, bool& gave_up) {
  if (lines.size() <= kMaxLines) return;
  gave_up = true;
  lines.clear();
}

}  // namespace

void Number(Grid& grid) {
  std::sort(grid.cells.begin(), grid.cells.end(), [](const GridCell& a, const GridCell& b) {
    return a.row != b.row ? a.row < b.row : a.col < b.col;
  });
  grid.box = {grid.xs.front(), grid.ys.front(), grid.xs.back(), grid.ys.back()};
  const auto columns = static_cast<std::size_t>(grid.columns());
  grid.cover.assign(static_cast<std::size_t>(grid.rows()) * columns, -1);
  for (std::size_t i = 0; i < grid.cells.size(); ++i) {
    GridCell& c = grid.cells[i];
    const auto at = [](const std::vector<double>& v, int k) { return v[static_cast<std::size_t>(k)]; };
    c.box = {at(grid.xs, c.col), at(grid.ys, c.row), at(grid.xs, c.col + c.colspan),
             at(grid.ys, c.row + c.rowspan)};
    for (int r = c.row; r < c.row + c.rowspan; ++r)
      for (int k = c.col; k < c.col + c.colspan; ++k)
        grid.cover[static_cast<std::size_t>(r) * columns + static_cast<std::size_t>(k)] = static_cast<int>(i);
  }
}

int Grid::CellAt(Point p) const {
  if (p.x < xs.front() || p.x >= xs.back() || p.y < ys.front() || p.y >= ys.back()) return -1;
  const auto col = std::upper_bound(xs.begin(), xs.end(), p.x) - xs.begin() - 1;
  const auto row = std::upper_bound(ys.begin(), ys.end(), p.y) - ys.begin() - 1;
  return cover[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns()) +
               static_cast<std::size_t>(col)];
}

Grids FindGrids(const std::vector<Ruling>& rulings, double text_pt, bool recognised) {
  const Tolerance tolerance(text_pt, recognised);
  Grids out;
  Lines hs, vs;
  for (const Ruling& r : JoinRulings(rulings, tolerance.level, tolerance.gap))
    (r.horizontal ? hs : vs).push_back(r);
  Cap(hs, out.gave_up);
  Cap(vs, out.gave_up);
  if (out.gave_up) return out;
  const auto by_position = [](const Ruling& a, const Ruling& b) { return a.position_pt < b.position_pt; };
  std::stable_sort(hs.begin(), hs.end(), by_position);
  std::stable_sort(vs.begin(), vs.end(), by_position);

  const std::vector<int> group = Groups(hs, vs, tolerance);
  std::vector<std::size_t> order(group.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return group[a] < group[b]; });
  for (std::size_t i = 0; i < order.size();) {
    Lines group_hs, group_vs;
    const std::size_t from = i;
    for (; i < order.size() && group[order[i]] == group[order[from]]; ++i) {
      const std::size_t k = order[i];
      if (k < hs.size())
        group_hs.push_back(hs[k]);
      else
        group_vs.push_back(vs[k - hs.size()]);
    }
    Grid grid;
    if (!group_hs.empty() && !group_vs.empty() && group_hs.size() + group_vs.size() >= 3 &&
        BuildGrid(group_hs, group_vs, tolerance, grid)) {
      const Box box = grid.box;
      out.grids.push_back(std::move(grid));
      // What sticks out of the frame stays visible to the others.
      for (const Lines* lines : {&group_hs, &group_vs})
        for (const Ruling& r : *lines)
          if (!Inside(r, box, tolerance.narrow)) out.loose.push_back(r);
    } else {
      out.loose.insert(out.loose.end(), group_hs.begin(), group_hs.end());
      out.loose.insert(out.loose.end(), group_vs.begin(), group_vs.end());
    }
  }
  std::stable_sort(out.grids.begin(), out.grids.end(), [](const Grid& a, const Grid& b) {
    return a.box.y0 != b.box.y0 ? a.box.y0 < b.box.y0 : a.box.x0 < b.box.x0;
  });
  return out;
}

}  // namespace vanthu::layout
