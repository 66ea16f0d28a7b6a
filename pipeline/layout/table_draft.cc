#include "pipeline/layout/table_draft.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "pipeline/base/unicode.h"
#include "pipeline/layout/lines.h"

namespace vanthu::layout {
namespace {

// Word's default cell margin is 5.4 pt, LibreOffice's 2.75 pt.
constexpr double kWidestMargin = 6;
constexpr double kRunsOver = 0.85;  // a guess, below what counts as certain

struct Slot {
  std::size_t grid;
  int cell;
  friend bool operator==(const Slot&, const Slot&) = default;
  friend auto operator<=>(const Slot&, const Slot&) = default;
};

// The innermost grid at a point.
Slot SlotAt(const std::vector<Grid>& grids, Point p) {
  Slot best{0, -1};
  double area = 0;
  for (std::size_t g = 0; g < grids.size(); ++g) {
    if (p.y < grids[g].box.y0 || p.y > grids[g].box.y1) continue;
    const int cell = grids[g].CellAt(p);
    if (cell < 0 || (best.cell >= 0 && grids[g].box.area() >= area)) continue;
    best = {g, cell};
    area = grids[g].box.area();
  }
  return best;
}

Word Part(const Word& word, std::size_t from, std::size_t to) {
  Word part = word;
  part.glyphs.assign(word.glyphs.begin() + static_cast<std::ptrdiff_t>(from),
                     word.glyphs.begin() + static_cast<std::ptrdiff_t>(to));
  std::u32string codes;
  part.box = part.glyphs.front().box;
  for (const Glyph& g : part.glyphs) {
    codes.push_back(g.code);
    part.box = Union(part.box, g.box);
  }
  part.text = FromCodePoints(codes);
  return part;
}

// No white between a letter and the one before.
bool Touch(const Word& word, std::size_t i) {
  constexpr double kTouch = 0.06;  // of the type size, as in MakeLine
  return word.glyphs[i].box.x0 - word.glyphs[i - 1].box.x1 < kTouch * SizeOf(word);
}

// What was set too long for its cell runs over the cell's edge: the rule goes through a letter. Texts of two
// cells keep off the rule between them, or meet at it.
bool RunsOver(const Word& word, std::size_t i, const Box& cell) {
  constexpr double kMeet = 0.04;  // of the type size
  const double size = SizeOf(word);
  return word.rotation_deg % 360 == 0 && std::abs(word.glyphs[i].box.x0 - cell.x1) > kMeet * size;
}

// Cuts a word where its glyphs pass from one cell to another; a lone glyph that pokes over an edge does not
// cut. What runs over an edge stays where it begins, and is doubtful: the next cell's text may touch it.
std::vector<std::pair<Slot, Word>> SplitOverCells(const std::vector<Grid>& grids, const Word& word,
                                                  bool recognised, double text_pt) {
  const Slot whole = SlotAt(grids, {word.box.centre_x(), word.box.centre_y()});
  if (word.glyphs.size() < 2) return {{whole, word}};
  const Slot first = SlotAt(grids, {word.glyphs.front().box.centre_x(), word.glyphs.front().box.centre_y()});
  const Slot last = SlotAt(grids, {word.glyphs.back().box.centre_x(), word.glyphs.back().box.centre_y()});
  if (first == last && first == whole) return {{whole, word}};
  std::vector<std::pair<Slot, Word>> parts;
  std::size_t from = 0;
  Slot slot = first;
  bool over = false;
  const double least = recognised ? 0.8 * text_pt : 0;
  for (std::size_t i = 1; i <= word.glyphs.size(); ++i) {
    const Slot next = i < word.glyphs.size()
                          ? SlotAt(grids, {word.glyphs[i].box.centre_x(), word.glyphs[i].box.centre_y()})
                          : Slot{0, -2};
    if (next == slot) continue;
    if (!recognised && slot.cell >= 0 && i < word.glyphs.size() &&
        (over || RunsOver(word, i, grids[slot.grid].cells[static_cast<std::size_t>(slot.cell)].box)) &&
        Touch(word, i)) {
      over = true;
      continue;
    }
    Word part = Part(word, from, i);
    if (over) part.confidence = std::min(part.confidence, kRunsOver);
    const bool sliver = i - from < 2 || part.box.width() < least;
    if (sliver && word.glyphs.size() > 3) return {{whole, word}};
    parts.emplace_back(slot, std::move(part));
    from = i;
    slot = next;
  }
  return parts;
}

// What the lines of each column leave free at the sides at least: the cells' margins.
void MeasureMargins(TableDraft& draft) {
  std::vector<double> margin(static_cast<std::size_t>(draft.columns()), kWidestMargin);
  for (const DraftCell& c : draft.cells) {
    if (c.colspan != 1) continue;
    double& m = margin[static_cast<std::size_t>(c.col)];
    for (const CellPart& part : c.parts)
      for (const Line& line : part.lines)
        m = std::min({m, line.box.x0 - part.box.x0, part.box.x1 - line.box.x1});
  }
  for (DraftCell& c : draft.cells)
    for (CellPart& part : c.parts)
      part.inner_pt = part.box.width() - 2 * std::max(0.0, margin[static_cast<std::size_t>(c.col)]);
}

double MiddleSize(const TableDraft& draft, double otherwise) {
  std::vector<double> sizes;
  for (const DraftCell& c : draft.cells)
    for (const CellPart& part : c.parts)
      for (const Line& line : part.lines) sizes.push_back(line.font_size_pt);
  if (sizes.empty()) return otherwise;
  const auto middle = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2);
  std::nth_element(sizes.begin(), middle, sizes.end());
  return *middle;
}

}  // namespace

bool DraftCell::empty() const {
  return std::all_of(parts.begin(), parts.end(), [](const CellPart& p) { return p.lines.empty(); });
}

std::string DraftCell::PlainText() const {
  std::string text;
  for (const CellPart& part : parts)
    for (const Line& line : part.lines) text += (text.empty() ? "" : " ") + line.text;
  return text;
}

std::vector<int> CoverOf(const TableDraft& draft) {
  const auto columns = static_cast<std::size_t>(draft.columns());
  std::vector<int> cover(static_cast<std::size_t>(draft.rows) * columns, -1);
  for (std::size_t i = 0; i < draft.cells.size(); ++i)
    for (int r = draft.cells[i].row; r < draft.cells[i].bottom(); ++r)
      for (int c = draft.cells[i].col; c < draft.cells[i].right(); ++c)
        cover[static_cast<std::size_t>(r) * columns + static_cast<std::size_t>(c)] = static_cast<int>(i);
  return cover;
}

std::vector<TableDraft> FillGrids(const std::vector<Grid>& grids, std::vector<Word>& words, const Ink& ink) {
  if (grids.empty()) return {};
  std::vector<std::vector<std::vector<Word>>> inside(grids.size());
  for (std::size_t g = 0; g < grids.size(); ++g) inside[g].resize(grids[g].cells.size());
  std::vector<Word> outside;
  for (Word& word : words) {
    std::vector<std::pair<Slot, Word>> parts = SplitOverCells(grids, word, ink.recognised, ink.scale.text_pt);
    for (auto& [slot, part] : parts) {
      if (slot.cell < 0)
        outside.push_back(std::move(part));
      else
        inside[slot.grid][static_cast<std::size_t>(slot.cell)].push_back(std::move(part));
    }
  }
  words = std::move(outside);

  std::vector<TableDraft> drafts;
  for (std::size_t g = 0; g < grids.size(); ++g) {
    TableDraft draft;
    draft.places = {{ink.page, grids[g].box}};
    draft.xs = grids[g].xs;
    draft.rows = grids[g].rows();
    draft.top_open = grids[g].top_open;
    draft.bottom_open = grids[g].bottom_open;
    draft.recognised = ink.recognised;
    draft.text_pt = ink.scale.text_pt;
    for (std::size_t i = 0; i < grids[g].cells.size(); ++i) {
      const GridCell& cell = grids[g].cells[i];
      CellPart part{ink.page, cell.box, cell.box.width(), BuildLines(std::move(inside[g][i]), ink.page)};
      draft.cells.push_back({cell.row, cell.col, cell.rowspan, cell.colspan, {std::move(part)}, 1});
    }
    MeasureMargins(draft);
    draft.text_pt = MiddleSize(draft, ink.scale.text_pt);
    drafts.push_back(std::move(draft));
  }
  return drafts;
}

bool IsTable(const TableDraft& draft) {
  if (draft.rows < 2 || draft.columns() < 2 || draft.cells.size() < 3) return false;
  return std::count_if(draft.cells.begin(), draft.cells.end(),
                       [](const DraftCell& c) { return !c.empty(); }) >= 2;
}

Table Finish(const TableDraft& draft, const LineJoins& joins) {
  Table table;
  table.rows = draft.rows;
  table.columns = draft.columns();
  table.header_rows = draft.header_rows;
  table.caption = draft.caption;
  table.places = draft.places;
  for (const Place& p : draft.places)
    if (table.pages.empty() || table.pages.back() != p.page) table.pages.push_back(p.page);
  for (const DraftCell& d : draft.cells) {
    Cell cell;
    cell.row = d.row;
    cell.col = d.col;
    cell.rowspan = d.rowspan;
    cell.colspan = d.colspan;
    cell.text = CellText(d.parts, joins);
    cell.confidence = d.confidence;
    cell.source = draft.recognised ? Source::kOcr : Source::kText;
    bool bold = true, known = false, unknown = false;
    for (const CellPart& part : d.parts) {
      cell.places.push_back({part.page, part.box});
      for (const Line& line : part.lines) {
        cell.confidence = std::min(cell.confidence, line.confidence);
        known = true;
        unknown = unknown || !line.bold.has_value();
        bold = bold && line.bold.value_or(false);
      }
    }
    if (known && !unknown) cell.bold = bold;
    table.cells.push_back(std::move(cell));
  }
  return table;
}

}  // namespace vanthu::layout
