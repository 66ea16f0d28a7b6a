#include "pipeline/layout/page_work.h"

#include <algorithm>
#include <cmath>

#include "pipeline/layout/reading_order.h"
#include "pipeline/layout/stamped.h"
#include "pipeline/layout/stitch.h"
#include "pipeline/layout/typed_rules.h"

namespace vanthu::layout {
namespace {

// Tables of one page; more are a drawing.
constexpr std::size_t kMostTables = 60;

bool IsFull(const Grid& g) {
  return g.rows() >= 2 && g.columns() >= 2 && g.cells.size() >= 3;
}

// How many words stand above (or below) a grid, those in the margin not counted.
int WordsBeyond(const Ink& ink, const Box& box, bool above) {
  return static_cast<int>(std::count_if(ink.words.begin(), ink.words.end(), [&](const Word& w) {
    const double y = w.box.centre_y();
    return above ? y < box.y0 && y > 0.06 * ink.scale.height_pt
                 : y > box.y1 && y < 0.94 * ink.scale.height_pt;
  }));
}

// A frame of one row or one column is part of a table if it goes on with the table of the page before or
// after.
void KeepFragments(std::vector<PageWork>& works) {
  constexpr int kFewWords = 3;  // "(tiếp theo)", a page number
  for (std::size_t p = 0; p < works.size(); ++p) {
    PageWork& work = works[p];
    std::vector<Grid> kept;
    for (std::size_t g = 0; g < work.grids.size(); ++g) {
      Grid& grid = work.grids[g];
      bool keep = IsFull(grid);
      const double width = work.ink.scale.width_pt;
      const bool first = g == 0, last = g + 1 == work.grids.size();
      if (!keep && first && p > 0 && !works[p - 1].grids.empty() &&
          WordsBeyond(work.ink, grid.box, true) <= kFewWords)
        keep = SameColumns(works[p - 1].grids.back().xs, grid.xs, width);  // already told apart there
      if (!keep && last && p + 1 < works.size() && grid.columns() >= 2 &&
          WordsBeyond(work.ink, grid.box, false) <= kFewWords) {
        const auto& next = works[p + 1].grids;
        const auto full = std::find_if(next.begin(), next.end(), IsFull);
        keep = full != next.end() && WordsBeyond(works[p + 1].ink, full->box, true) <= kFewWords &&
               SameColumns(full->xs, grid.xs, width);
      }
      if (keep) kept.push_back(std::move(grid));
    }
    if (kept.size() > kMostTables) {
      work.gave_up = true;
      kept.clear();
    }
    work.grids = std::move(kept);
  }
}

// Rulings of frames that are no tables stay visible to the steps that look for rules.
void ReleaseRules(PageWork& work, const std::vector<Ruling>& rulings) {
  for (const Ruling& r : rulings) {
    const double middle = (r.start_pt + r.end_pt) / 2;
    const Point at = r.horizontal ? Point{middle, r.position_pt} : Point{r.position_pt, middle};
    const double margin = 0.5 * work.ink.scale.text_pt;
    const bool inside = std::any_of(work.grids.begin(), work.grids.end(), [&](const Grid& g) {
      return at.x > g.box.x0 - margin && at.x < g.box.x1 + margin && at.y > g.box.y0 - margin &&
             at.y < g.box.y1 + margin;
    });
    if (!inside) work.rules.push_back(r);
  }
}

void FillTables(PageWork& work) {
  std::vector<TableDraft> drafts = FillGrids(work.grids, work.ink.words, work.ink);
  std::vector<Grid> grids;
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    if (!IsFull(work.grids[i]) || IsTable(drafts[i])) {
      grids.push_back(std::move(work.grids[i]));
      work.tables.push_back(std::move(drafts[i]));
      continue;
    }
    for (DraftCell& cell : drafts[i].cells)
      for (CellPart& part : cell.parts)
        for (Line& line : part.lines)
          for (Word& word : line.words) work.ink.words.push_back(std::move(word));
  }
  work.grids = std::move(grids);
}

std::vector<Row> OutsideRows(PageWork& work) {
  TakeTypedRules(work.ink.words, work.rules);
  std::vector<Word> upright;
  for (Word& w : work.ink.words) (w.rotation_deg % 360 == 0 ? upright : work.turned).push_back(std::move(w));
  work.ink.words.clear();
  std::vector<Row> rows = BuildRows(std::move(upright));
  FillGaps(rows, work.ink.stamped);
  return rows;
}

std::vector<Paragraph> Lone(const std::vector<Row>& rows, Region region, const PageWork& work,
                            const LineJoins& joins) {
  std::vector<Line> lines;
  lines.reserve(rows.size());
  for (const Row& row : rows) lines.push_back(MakeLine(row.words, work.ink.page));
  return BuildParagraphs(std::move(lines), region, work.edges, joins);
}

// Edges of the body text. A page that shows little text takes in those of its tables and of the nearest like
// page.
void MeasureBody(std::vector<PageWork>& works, const std::vector<std::vector<Block>>& blocks) {
  const PageWork* like = nullptr;
  for (std::size_t p = 0; p < works.size(); ++p) {
    PageWork& work = works[p];
    std::vector<Line> lines;
    for (const Block& b : blocks[p])
      if (b.region == Region::kBody) lines.insert(lines.end(), b.lines.begin(), b.lines.end());
    work.edges = MeasureColumn(lines, work.ink.scale.text_pt);
    if (lines.size() >= kEnoughLines) {
      like = &work;
      continue;
    }
    ColumnEdges& e = work.edges;
    if (lines.empty()) e = {work.ink.scale.width_pt, 0, 0, 0};
    const double inset = 0.4 * work.ink.scale.text_pt;
    for (const TableDraft& t : work.tables) {
      e.left_pt = std::min(e.left_pt, t.places.front().box.x0 + inset);
      e.right_pt = std::max(e.right_pt, t.places.front().box.x1 - inset);
    }
    if (like != nullptr && std::abs(like->ink.scale.width_pt - work.ink.scale.width_pt) < 2) {
      if (work.tables.empty()) {
        e.left_pt = std::min(e.left_pt, like->edges.left_pt);
        e.right_pt = std::max(e.right_pt, like->edges.right_pt);
      }
      e.pitch_pt = like->edges.pitch_pt;
      e.indent_pt = like->edges.indent_pt;
    }
    if (e.right_pt < e.left_pt) e = {0, work.ink.scale.width_pt, 0, 0};
  }
}

// How far down the pages of one size are filled.
void MeasureFloors(std::vector<PageWork>& works) {
  for (PageWork& work : works) {
    for (const Row& row : work.rows.body) work.bottom_pt = std::max(work.bottom_pt, row.box.y1);
    for (const TableDraft& t : work.tables) work.bottom_pt = std::max(work.bottom_pt, t.places.back().box.y1);
  }
  for (PageWork& work : works) {
    for (const PageWork& other : works)
      if (std::abs(other.ink.scale.height_pt - work.ink.scale.height_pt) < 0.02 * work.ink.scale.height_pt)
        work.floor_pt = std::max(work.floor_pt, other.bottom_pt);
    if (!work.rows.footnotes.empty())
      work.floor_pt = std::min(work.floor_pt, work.rows.footnotes.front().box.y0);
  }
}

void BuildItems(PageWork& work, std::vector<Block> blocks, const LineJoins& joins) {
  for (Block& block : blocks) {
    if (block.table >= 0) {
      PageItem item;
      item.table = block.table;
      work.body.push_back(std::move(item));
      continue;
    }
    const ColumnEdges edges =
        block.region == Region::kBody ? work.edges : MeasureColumn(block.lines, work.ink.scale.text_pt);
    for (Paragraph& p : BuildParagraphs(std::move(block.lines), block.region, edges, joins))
      work.body.push_back({std::move(p), -1, block.continues});
  }
  const double middle = 0.5 * work.ink.scale.height_pt;
  for (const auto& [rows, region] :
       {std::pair{&work.rows.running, Region::kMargin}, std::pair{&work.rows.numbers, Region::kPageNumber}})
    for (const Row& row : *rows)
      for (Paragraph& p : Lone({row}, region, work, joins))
        (row.box.y0 < middle ? work.above : work.below).push_back(std::move(p));
  work.footnotes = Lone(work.rows.footnotes, Region::kFootnote, work, joins);
  std::vector<Line> apart = BuildLines(std::move(work.turned), work.ink.page);
  for (Line& line : BuildLines(std::move(work.ink.stamped), work.ink.page)) apart.push_back(std::move(line));
  for (Paragraph& p : BuildParagraphs(std::move(apart), Region::kMargin, work.edges, joins))
    work.below.push_back(std::move(p));
}

}  // namespace

std::vector<PageWork> ReadPages(const std::vector<Page>& pages, LineJoins& joins) {
  std::vector<PageWork> works;
  works.reserve(pages.size());
  for (const Page& page : pages) {
    PageWork work;
    work.ink = CleanInk(page);
    Grids grids = FindGrids(work.ink.rulings, work.ink.scale.text_pt, work.ink.recognised);
    work.gave_up = grids.gave_up || work.ink.rulings_dropped;
    work.grids = std::move(grids.grids);
    works.push_back(std::move(work));
  }
  KeepFragments(works);

  std::vector<std::vector<Row>> rows;
  std::vector<Ink> inks;
  std::vector<double> table_bottoms;
  std::vector<std::vector<Ruling>> rules;
  for (PageWork& work : works) {
    FillTables(work);
    ReleaseRules(work, work.ink.rulings);
    rows.push_back(OutsideRows(work));
    double bottom = 0;
    for (const TableDraft& t : work.tables) bottom = std::max(bottom, t.places.back().box.y1);
    table_bottoms.push_back(bottom);
    rules.push_back(work.rules);
    for (const TableDraft& t : work.tables)
      for (const DraftCell& c : t.cells)
        for (const CellPart& part : c.parts) joins.Learn(part.lines, part.inner_pt);
  }
  for (PageWork& work : works) {
    Ink scale_only;
    scale_only.scale = work.ink.scale;
    inks.push_back(scale_only);
  }
  std::vector<PageRows> split = SplitMargins(std::move(rows), inks, table_bottoms, rules);
  std::vector<std::vector<Block>> blocks;
  for (std::size_t p = 0; p < works.size(); ++p) {
    works[p].rows = std::move(split[p]);
    std::vector<Box> frames;
    for (const TableDraft& t : works[p].tables) frames.push_back(t.places.front().box);
    blocks.push_back(OrderBlocks(works[p].rows.body, frames, works[p].rules, works[p].ink,
                                 p > 0 ? blocks[p - 1] : std::vector<Block>{}));
    for (const Block& b : blocks.back()) joins.Learn(b.lines, works[p].ink.scale.width_pt);
  }
  MeasureBody(works, blocks);
  MeasureFloors(works);
  for (std::size_t p = 0; p < works.size(); ++p) BuildItems(works[p], std::move(blocks[p]), joins);
  return works;
}

}  // namespace vanthu::layout
