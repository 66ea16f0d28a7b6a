#include "ocr/rulings/grid.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <opencv2/imgproc.hpp>

#include "ocr/clean/picture.h"
#include "ocr/rulings/doubled.h"
#include "ocr/rulings/open_sides.h"

namespace vanthu::ocr {
namespace {

constexpr double kLeastAcross =
    0.30;  // inches: longer than any letter's bar, shorter than the rule under an agency
constexpr double kLeastDown = 0.25;   // inches: taller than a bold 20 pt capital
constexpr double kLeastShort = 0.11;  // second pass: must then reach from line to line
constexpr double kJointReach = 0.06;  // inches by which a rule may fall short of the one it meets
constexpr double kShortReach =
    0.022;                           // inches, of a short rule: a capital keeps more off the rules around it
constexpr double kSameLine = 0.035;  // inches: pieces of one row line
constexpr double kEvidenceRun =
    0.09;  // inches of unbroken ink that counts along an edge: longer than a letter's bar
constexpr double kBreak = 0.03;  // inches: dropped grains of a faint rule
// Share of an edge that bears ink; real edges of the plans have 0.9 and more.
constexpr double kPresent = 0.7;
// Of an edge: the parts at its joints, which a letter's stem does not reach.
constexpr double kEnd = 0.2;
// Of an edge without a rule of its own: what is as thin as the line. Edges of the plans have 0.93 and more,
// the line of text that passed for one had 0.23.
constexpr double kLeastThin = 0.6;
constexpr std::size_t kMostRules = 1500;
constexpr std::size_t kMostParts = 60;   // groups of rules of one page; more are a drawing
constexpr std::size_t kMostLines = 400;  // of one table and direction

struct Groups {
  explicit Groups(std::size_t n) : parent(n) { std::iota(parent.begin(), parent.end(), std::size_t{0}); }
  std::size_t Find(std::size_t i) {
    while (parent[i] != i) i = parent[i] = parent[parent[i]];
    return i;
  }
  void Join(std::size_t a, std::size_t b) { parent[Find(a)] = Find(b); }
  std::vector<std::size_t> Roots() {
    std::vector<std::size_t> roots;
    for (std::size_t i = 0; i < parent.size(); ++i)
      if (Find(i) == i) roots.push_back(i);
    return roots;
  }
  std::vector<std::size_t> parent;
};

bool Meet(const Rule& across, const Rule& down, double reach) {
  const double x = down.At(across.position());
  const double y = across.At(x);
  return x >= across.start - reach && x <= across.end + reach && y >= down.start - reach &&
         y <= down.end + reach;
}

std::vector<GridLine> Lines(std::vector<Rule> rules, double dpi) {
  std::sort(rules.begin(), rules.end(),
            [](const Rule& a, const Rule& b) { return a.position() < b.position(); });
  std::vector<GridLine> lines;
  for (const Rule& rule : rules) {
    GridLine* home = nullptr;
    for (GridLine& line : lines) {
      // Nearest piece along the line: rules that drift apart over the page width are compared where they
      // meet.
      for (const Rule& piece : line.pieces) {
        const double along = std::clamp((rule.start + rule.end) / 2, piece.start, piece.end);
        const double other = std::clamp(along, rule.start, rule.end);
        if (std::abs(piece.At(along) - rule.At(other)) <= kSameLine * dpi) home = &line;
      }
    }
    if (home == nullptr) {
      lines.push_back({});
      home = &lines.back();
    }
    home->pieces.push_back(rule);
  }
  for (GridLine& line : lines)
    std::sort(line.pieces.begin(), line.pieces.end(),
              [](const Rule& a, const Rule& b) { return a.start < b.start; });
  std::sort(lines.begin(), lines.end(),
            [](const GridLine& a, const GridLine& b) { return a.position() < b.position(); });
  return lines;
}

// Where ink runs along an axis with no more than short breaks, widened by a pixel across it.
cv::Mat Evidence(const cv::Mat& mask, double dpi, bool horizontal) {
  const int run = Pixels(kEvidenceRun, dpi, 5);
  const cv::Size across = horizontal ? cv::Size{1, 3} : cv::Size{3, 1};
  const cv::Size along = horizontal ? cv::Size{run, 1} : cv::Size{1, run};
  cv::Mat out;
  cv::dilate(mask, out, cv::getStructuringElement(cv::MORPH_RECT, across));
  const int gap = OddPixels(kBreak, dpi, 3);
  const cv::Size bridge = horizontal ? cv::Size{gap, 1} : cv::Size{1, gap};
  cv::morphologyEx(out, out, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_RECT, bridge));
  cv::morphologyEx(out, out, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_RECT, along));
  return out;
}

// Share of a line's stretch that bears ink; halved where an end bears little: letters that stand on the line
// have stems as long as half a low row, but a rule goes from joint to joint.
double InkShare(const cv::Mat& evidence, const GridLine& line, bool horizontal, double from, double to,
                double dpi) {
  const int reach = Pixels(0.008, dpi, 1);
  const double margin = std::min(line.thickness() + 1, (to - from) / 4);
  const int first = static_cast<int>(from + margin);
  const int last = static_cast<int>(to - margin);
  std::vector<char> inked;
  for (int along = first; along < last; ++along) {
    const int centre = static_cast<int>(line.At(along));
    bool here = false;
    for (int d = -reach; d <= reach && !here; ++d) {
      const int x = horizontal ? along : centre + d;
      const int y = horizontal ? centre + d : along;
      here = x >= 0 && y >= 0 && x < evidence.cols && y < evidence.rows && evidence.at<uchar>(y, x) != 0;
    }
    inked.push_back(here ? 1 : 0);
  }
  if (inked.empty()) return 0;
  const auto share = [&](std::size_t begin, std::size_t end) {
    std::size_t n = 0;
    for (std::size_t i = begin; i < end; ++i) n += inked[i] != 0 ? 1 : 0;
    return static_cast<double>(n) / static_cast<double>(end - begin);
  };
  const std::size_t end =
      std::max<std::size_t>(1, static_cast<std::size_t>(kEnd * static_cast<double>(inked.size())));
  const double whole = share(0, inked.size());
  const bool reaches = share(0, end) >= 0.5 && share(inked.size() - end, inked.size()) >= 0.5;
  return reaches ? whole : whole / 2;
}

double JointX(const Grid& grid, std::size_t r, std::size_t c) {
  return grid.columns[c].At(grid.rows[r].position());
}
double JointY(const Grid& grid, std::size_t r, std::size_t c) {
  return grid.rows[r].At(grid.columns[c].position());
}

// The pictures that edges are weighed on.
struct Pictures {
  const cv::Mat& ink;
  cv::Mat across;  // Evidence
  cv::Mat down;
};

// Share of a line's stretch that was found as pieces of rules.
double FoundShare(const GridLine& line, double from, double to) {
  double found = 0;
  for (const Rule& piece : line.pieces)
    found += std::max(0.0, std::min(piece.end, to) - std::max(piece.start, from));
  return found / std::max(1.0, to - from);
}

// Of a line's stretch, the share where the ink is as thin as the line: a line of text has stems and bows
// there.
double ThinShare(const cv::Mat& ink, const GridLine& line, bool horizontal, double from, double to,
                 double dpi) {
  const int reach = Pixels(0.008, dpi, 1);
  const int most = static_cast<int>(std::ceil(line.thickness())) + Pixels(0.012, dpi, 2);
  const int limit = horizontal ? ink.rows : ink.cols;
  const int extent = horizontal ? ink.cols : ink.rows;
  const auto inked = [&](int along, int across) {
    return across >= 0 && across < limit &&
           (horizontal ? ink.at<uchar>(across, along) : ink.at<uchar>(along, across)) != 0;
  };
  int thin = 0;
  int seen = 0;
  for (int along = std::max(0, static_cast<int>(from)); along < std::min(extent, static_cast<int>(to));
       ++along) {
    ++seen;
    const int centre = static_cast<int>(line.At(along));
    int at = centre;
    for (int d = 1; d <= reach && !inked(along, at); ++d)
      at = inked(along, centre - d) ? centre - d : centre + d;
    if (!inked(along, at)) continue;
    int length = 1;
    for (int a = at - 1; length <= most && inked(along, a); --a) ++length;
    for (int a = at + 1; length <= most && inked(along, a); ++a) ++length;
    if (length <= most) ++thin;
  }
  return seen == 0 ? 0 : static_cast<double>(thin) / seen;
}

// How much of an edge is there. Where no rule was found along it, only ink as thin as the line speaks for it.
double WeighEdge(const Pictures& pictures, const GridLine& line, bool horizontal, double from, double to,
                 double dpi) {
  const double share =
      InkShare(horizontal ? pictures.across : pictures.down, line, horizontal, from, to, dpi);
  if (share < kPresent || FoundShare(line, from, to) >= kPresent) return share;
  return ThinShare(pictures.ink, line, horizontal, from, to, dpi) >= kLeastThin ? share : share / 2;
}

void WeighEdges(const Pictures& pictures, double dpi, Grid& grid) {
  const std::size_t rows = grid.rows.size();
  const std::size_t columns = grid.columns.size();
  grid.across.assign(rows, std::vector<double>(columns - 1, 0));
  grid.down.assign(rows - 1, std::vector<double>(columns, 0));
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t c = 0; c + 1 < columns; ++c)
      grid.across[r][c] =
          WeighEdge(pictures, grid.rows[r], true, JointX(grid, r, c), JointX(grid, r, c + 1), dpi);
  for (std::size_t r = 0; r + 1 < rows; ++r)
    for (std::size_t c = 0; c < columns; ++c)
      grid.down[r][c] =
          WeighEdge(pictures, grid.columns[c], false, JointY(grid, r, c), JointY(grid, r + 1, c), dpi);
}

// The edges of one outer line, closed: where an inferred rule runs, and between two crossing edges that reach
// the line. What reaches a frame ends there, however faint the frame is.
void CloseOuterLine(Grid& grid, bool row, bool far) {
  const auto& lines = row ? grid.rows : grid.columns;
  const std::size_t side = far ? lines.size() - 1 : 0;
  const std::size_t steps = (row ? grid.columns.size() : grid.rows.size()) - 1;
  const std::size_t inner = far && side > 0 ? side - 1 : 0;
  const auto edge = [&](std::size_t s) -> double& { return row ? grid.across[side][s] : grid.down[s][side]; };
  const auto joint = [&](std::size_t s) { return row ? JointX(grid, side, s) : JointY(grid, s, side); };
  const auto reached = [&](std::size_t s) {
    return (row ? grid.down[inner][s] : grid.across[s][inner]) >= kPresent;
  };
  std::size_t from = steps + 1;
  for (std::size_t s = 0; s <= steps; ++s) {
    if (!reached(s)) continue;
    for (std::size_t k = from; k < s; ++k) edge(k) = std::max(edge(k), kPresent);
    from = s;
  }
  for (const Rule& piece : lines[side].pieces) {
    if (!IsInferred(piece)) continue;
    for (std::size_t s = 0; s < steps; ++s) {
      const double middle = (joint(s) + joint(s + 1)) / 2;
      if (middle > piece.start && middle < piece.end) edge(s) = std::max(edge(s), kPresent);
    }
  }
}

void CloseOuterLines(Grid& grid) {
  for (const bool row : {false, true})
    for (const bool far : {false, true}) CloseOuterLine(grid, row, far);
}

void NumberCells(Grid& grid) {
  const std::size_t rows = grid.rows.size() - 1;
  const std::size_t columns = grid.columns.size() - 1;
  Groups groups(rows * columns);
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t c = 0; c < columns; ++c) {
      if (c + 1 < columns && grid.down[r][c + 1] < kPresent)
        groups.Join(r * columns + c, r * columns + c + 1);
      if (r + 1 < rows && grid.across[r + 1][c] < kPresent)
        groups.Join(r * columns + c, (r + 1) * columns + c);
    }
  std::vector<int> number(rows * columns, -1);
  grid.cells = 0;
  grid.cell.assign(rows, std::vector<int>(columns, 0));
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t c = 0; c < columns; ++c) {
      int& n = number[groups.Find(r * columns + c)];
      if (n < 0) n = grid.cells++;
      grid.cell[r][c] = n;
    }
}

bool OnKnownLine(const Rule& rule, const std::vector<GridLine>& known, double dpi) {
  return std::any_of(known.begin(), known.end(), [&](const GridLine& line) {
    return std::abs(line.At((rule.start + rule.end) / 2) - rule.position()) <= kSameLine * dpi;
  });
}

// Short rules inside the frame that reach from one known line to another and lie on no known line.
std::vector<Rule> ShortRules(const std::vector<Rule>& found, const std::vector<GridLine>& crossing,
                             const std::vector<GridLine>& known, const cv::Rect2d& frame, double dpi) {
  std::vector<Rule> out;
  const double reach = kShortReach * dpi;
  for (const Rule& rule : found) {
    const double at = rule.position();
    const double low = rule.horizontal ? frame.y : frame.x;
    const double high = low + (rule.horizontal ? frame.height : frame.width);
    if (at < low + reach || at > high - reach || OnKnownLine(rule, known, dpi)) continue;
    const auto ends_at = [&](double along) {
      return std::any_of(crossing.begin(), crossing.end(),
                         [&](const GridLine& line) { return std::abs(line.At(at) - along) <= reach; });
    };
    if (ends_at(rule.start) && ends_at(rule.end)) out.push_back(rule);
  }
  return out;
}

// Short rules down that reach from one long rule to another: the walls of a table of a single low row.
std::vector<Rule> LowWalls(const std::vector<Rule>& found, const std::vector<Rule>& across, double dpi) {
  std::vector<Rule> out;
  const double reach = kShortReach * dpi;
  for (const Rule& rule : found) {
    if (rule.length() >= kLeastDown * dpi) continue;
    const auto ends_at = [&](double y) {
      return std::any_of(across.begin(), across.end(), [&](const Rule& r) {
        return rule.position() >= r.start - reach && rule.position() <= r.end + reach &&
               std::abs(r.At(rule.position()) - y) <= reach;
      });
    };
    if (ends_at(rule.start) && ends_at(rule.end)) out.push_back(rule);
  }
  return out;
}

struct Bundle {
  std::vector<Rule> across;
  std::vector<Rule> down;
};

// The rules of one group.
Bundle RulesOf(std::size_t root, const std::vector<Rule>& across, const std::vector<Rule>& down,
               Groups& groups) {
  Bundle out;
  for (std::size_t i = 0; i < across.size(); ++i)
    if (groups.Find(i) == root) out.across.push_back(across[i]);
  for (std::size_t k = 0; k < down.size(); ++k)
    if (groups.Find(across.size() + k) == root) out.down.push_back(down[k]);
  return out;
}

// Groups that are parts of one table open at its sides become one.
void JoinOpenParts(const std::vector<Rule>& across, const std::vector<Rule>& down, double dpi,
                   Groups& groups) {
  std::vector<std::pair<std::size_t, Bundle>> parts;
  for (const std::size_t root : groups.Roots()) {
    Bundle part = RulesOf(root, across, down, groups);
    if (!part.across.empty() && !part.down.empty()) parts.emplace_back(root, std::move(part));
  }
  if (parts.size() > kMostParts) return;
  for (const auto& [root_a, a] : parts)
    for (const auto& [root_b, b] : parts)
      if (root_a != root_b && IsNextPart(a.across, a.down, b.across, b.down, dpi))
        groups.Join(root_a, root_b);
}

// Edges of one line as pieces; neighbours that are both there are one.
void AppendPieces(const Grid& grid, bool horizontal, std::vector<Rule>& out) {
  const auto& lines = horizontal ? grid.rows : grid.columns;
  const std::size_t steps = (horizontal ? grid.columns.size() : grid.rows.size()) - 1;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto share = [&](std::size_t s) { return horizontal ? grid.across[i][s] : grid.down[s][i]; };
    const auto joint = [&](std::size_t s) { return horizontal ? JointX(grid, i, s) : JointY(grid, s, i); };
    for (std::size_t s = 0; s < steps; ++s) {
      if (share(s) < kPresent) continue;
      Rule rule;
      rule.horizontal = horizontal;
      rule.start = joint(s);
      rule.confidence = share(s);
      while (s + 1 < steps && share(s + 1) >= kPresent)
        rule.confidence = std::min(rule.confidence, share(++s));
      rule.end = joint(s + 1);
      rule.at_start = lines[i].At(rule.start);
      rule.at_end = lines[i].At(rule.end);
      rule.thickness = lines[i].thickness();
      out.push_back(rule);
    }
  }
}

// A line that bears no edge is no line of the table.
void DropBareLines(Grid& grid) {
  const auto bare_row = [&](std::size_t r) {
    return std::all_of(grid.across[r].begin(), grid.across[r].end(), [](double s) { return s < kPresent; });
  };
  const auto bare_column = [&](std::size_t c) {
    return std::all_of(grid.down.begin(), grid.down.end(),
                       [&](const auto& row) { return row[c] < kPresent; });
  };
  std::vector<GridLine> rows;
  std::vector<GridLine> columns;
  for (std::size_t r = 0; r < grid.rows.size(); ++r)
    if (!bare_row(r)) rows.push_back(grid.rows[r]);
  for (std::size_t c = 0; c < grid.columns.size(); ++c)
    if (!bare_column(c)) columns.push_back(grid.columns[c]);
  grid.rows = std::move(rows);
  grid.columns = std::move(columns);
}

}  // namespace

double GridLine::At(double along) const {
  const Rule* best = &pieces.front();
  double distance = 1e18;
  for (const Rule& piece : pieces) {
    const double d = std::max({piece.start - along, along - piece.end, 0.0});
    if (d < distance) {
      distance = d;
      best = &piece;
    }
  }
  // Beyond its ends a piece goes on level: a slope fitted to a short piece says nothing far away.
  return best->At(std::clamp(along, best->start, best->end));
}

double GridLine::position() const {
  double sum = 0;
  double weight = 0;
  for (const Rule& piece : pieces) {
    sum += piece.position() * piece.length();
    weight += piece.length();
  }
  return weight > 0 ? sum / weight : pieces.front().position();
}

double GridLine::thickness() const {
  double sum = 0;
  double weight = 0;
  for (const Rule& piece : pieces) {
    sum += piece.thickness * piece.length();
    weight += piece.length();
  }
  return weight > 0 ? sum / weight : 1;
}

int Grid::CellAt(double x, double y) const {
  if (x < frame.x || y < frame.y || x > frame.x + frame.width || y > frame.y + frame.height) return -1;
  std::size_t r = 0;
  while (r + 2 < rows.size() && y >= rows[r + 1].At(x)) ++r;
  std::size_t c = 0;
  while (c + 2 < columns.size() && x >= columns[c + 1].At(y)) ++c;
  return cell[r][c];
}

std::vector<Rule> RuledPage::Rules() const {
  std::vector<Rule> out;
  for (const Grid& grid : grids) {
    AppendPieces(grid, true, out);
    AppendPieces(grid, false, out);
  }
  out.insert(out.end(), loose.begin(), loose.end());
  return out;
}

RuledPage FindGrids(const cv::Mat& ink, double dpi) {
  RuledPage page;
  const cv::Mat mask = WithDoubleRulesSolid(ink, dpi);
  std::vector<Rule> across = FindRules(mask, dpi, true, kLeastAcross);
  std::vector<Rule> down = FindRules(mask, dpi, false, kLeastDown);
  std::vector<Rule> short_down;
  if (across.size() >= 2 && across.size() <= kMostRules) {
    short_down = FindRules(mask, dpi, false, kLeastShort);
    const std::vector<Rule> walls = LowWalls(short_down, across, dpi);
    down.insert(down.end(), walls.begin(), walls.end());
  }
  if (across.size() + down.size() > kMostRules) return page;
  const double reach = kJointReach * dpi;
  Groups groups(across.size() + down.size());
  for (std::size_t i = 0; i < across.size(); ++i)
    for (std::size_t k = 0; k < down.size(); ++k)
      if (Meet(across[i], down[k], reach)) groups.Join(i, across.size() + k);
  JoinOpenParts(across, down, dpi, groups);

  const Pictures pictures{mask, Evidence(mask, dpi, true), Evidence(mask, dpi, false)};
  std::vector<Rule> short_across;
  bool sought = false;
  const std::vector<std::size_t> roots = groups.Roots();
  for (const std::size_t root : roots) {
    auto [h, v] = RulesOf(root, across, down, groups);
    CloseOpenSides(dpi, h, v);
    Grid grid;
    grid.rows = Lines(h, dpi);
    grid.columns = Lines(v, dpi);
    const bool table = grid.rows.size() >= 2 && grid.columns.size() >= 2 && grid.rows.size() <= kMostLines &&
                       grid.columns.size() <= kMostLines;
    if (!table) {
      std::erase_if(h, IsInferred);
      std::erase_if(v, IsInferred);
      page.loose.insert(page.loose.end(), h.begin(), h.end());
      // A lone upright stroke is a rule only if it is long: brackets and signatures have short ones.
      for (const Rule& rule : v)
        if (rule.length() > 1.0 * dpi) page.loose.push_back(rule);
      continue;
    }
    const auto set_frame = [&] {
      grid.frame = {grid.columns.front().position(), grid.rows.front().position(),
                    grid.columns.back().position() - grid.columns.front().position(),
                    grid.rows.back().position() - grid.rows.front().position()};
    };
    set_frame();
    if (!sought) {
      short_across = FindRules(mask, dpi, true, kLeastShort);
      sought = true;
    }
    const auto more_down = ShortRules(short_down, grid.rows, grid.columns, grid.frame, dpi);
    const auto more_across = ShortRules(short_across, grid.columns, grid.rows, grid.frame, dpi);
    v.insert(v.end(), more_down.begin(), more_down.end());
    h.insert(h.end(), more_across.begin(), more_across.end());
    grid.rows = Lines(h, dpi);
    grid.columns = Lines(v, dpi);
    WeighEdges(pictures, dpi, grid);
    CloseOuterLines(grid);
    DropBareLines(grid);
    if (grid.rows.size() < 2 || grid.columns.size() < 2) continue;
    set_frame();
    WeighEdges(pictures, dpi, grid);
    CloseOuterLines(grid);
    NumberCells(grid);
    page.grids.push_back(std::move(grid));
  }
  return page;
}

void EraseRules(const std::vector<Rule>& rules, double dpi, cv::Mat& mask) {
  const int overhang = Pixels(0.02, dpi, 2);
  const int slack = Pixels(0.012, dpi, 2);  // a rule's wander about its straight fit, and its grain
  for (const Rule& rule : rules) {
    const int limit = rule.horizontal ? mask.rows : mask.cols;
    const int extent = rule.horizontal ? mask.cols : mask.rows;
    const auto pixel = [&](int along, int across) -> uchar& {
      return rule.horizontal ? mask.at<uchar>(across, along) : mask.at<uchar>(along, across);
    };
    const int half = static_cast<int>(std::ceil(rule.thickness / 2)) + 1;
    const int from = std::max(0, static_cast<int>(rule.start) - overhang);
    const int to = std::min(extent, static_cast<int>(rule.end) + overhang);
    for (int along = from; along < to; ++along) {
      const int at = static_cast<int>(rule.At(std::clamp<double>(along, rule.start, rule.end)));
      int first = std::clamp(at - half, 0, limit);
      int last = std::clamp(at + half + 1, 0, limit);
      // The run of ink that starts in the band and ends close beside it is the rule's own rim; a longer one
      // is a stroke that crosses (kept) or stands on the rule (cut at the band).
      int rim_first = first;
      int rim_last = last;
      while (rim_first > 0 && rim_first > first - slack - 1 && pixel(along, rim_first - 1) != 0) --rim_first;
      while (rim_last < limit && rim_last < last + slack + 1 && pixel(along, rim_last) != 0) ++rim_last;
      const bool longer_before = first - rim_first > slack;
      const bool longer_after = rim_last - last > slack;
      if (longer_before && longer_after) continue;
      if (!longer_before) first = rim_first;
      if (!longer_after) last = rim_last;
      for (int across = first; across < last; ++across) pixel(along, across) = 0;
    }
  }
}

}  // namespace vanthu::ocr
