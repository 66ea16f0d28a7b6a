// Input: a checked document. Output: pages. Method: a section becomes one row of boxes - lines, columns,
// table rows, places - each of which says whether a page may end before it (no line of a paragraph alone,
// headings and group rows with what follows). A page takes boxes until one does not fit, divides it if it is
// a row, or else goes back to the last allowed break. A box is looked at on two pages at most, so time is
// linear. Where it fails: a chain of boxes that hold together but are higher than a page is broken where the
// page ends.
#include <algorithm>
#include <cmath>
#include <deque>

#include <fmt/format.h>

#include "templates/engine/chart_layout.h"
#include "templates/engine/page.h"
#include "templates/engine/table_layout.h"

namespace vanthu::templates {
namespace {

constexpr double kA4WidthPt = 210 / 25.4 * 72;
constexpr double kA4HeightPt = 297 / 25.4 * 72;
constexpr double kSlackPt = 0.01;

enum class Kind : std::uint8_t { kLine, kColumns, kRow, kPlace, kChart };

struct Box {
  Kind kind = Kind::kLine;
  bool may_break_before = true;
  std::uint32_t index = 0;  // of the line, the columns, the row, the place or the chart's part
  std::uint32_t table = 0;  // or the chart
  std::uint32_t block = 0;
  double gap_pt = 0;  // before it, but not at a page's top
  double height_pt = 0;
};

struct LaidPlace {
  const Place* place = nullptr;
  double x_pt = 0, y_pt = 0, width_pt = 0;
};

// Columns: their lines' tops are measured from the columns' top.
struct LaidColumns {
  struct Part {
    std::uint32_t first_line = 0;
    std::uint32_t lines = 0;
    double x_pt = 0;
  };
  std::vector<Part> parts;
  std::vector<LaidPlace> places;
};

class SectionFlow {
 public:
  SectionFlow(const Document& document, int index, Shaper& shaper, StructureTree& tree, int& pages,
              int most_pages, int& number, const PageSink& sink)
      : document_(document),
        section_(document.sections[static_cast<std::size_t>(index)]),
        shaper_(shaper),
        tree_(tree),
        pages_(pages),
        most_pages_(most_pages),
        number_(number),
        sink_(sink) {
    where_.section = index;
    const bool landscape = section_.orientation == Orientation::kLandscape;
    page_width_ = landscape ? kA4HeightPt : kA4WidthPt;
    page_height_ = landscape ? kA4WidthPt : kA4HeightPt;
    width_ = page_width_ - document.margins.left_pt - document.margins.right_pt;
    body_ = page_height_ - document.margins.top_pt - document.margins.bottom_pt;
  }

  Status Run() {
    element_ = tree_.Add(Tag::kSect, 0);
    for (std::size_t i = 0; i < section_.blocks.size(); ++i) {
      where_.block = static_cast<int>(i);
      Status added = std::visit([this](const auto& block) { return this->Add(block); }, section_.blocks[i]);
      if (!added) return added;
    }
    for (std::size_t at = 0; at < boxes_.size();) {
      const Result<std::size_t> next = FillPage(at);
      if (!next) return Fail(next.error());
      at = *next;
    }
    return {};
  }

 private:
  Status Add(const Paragraph& paragraph);
  Status Add(const Columns& columns);
  Status Add(const Table& table);
  Status Add(const Place& place);
  Status Add(const Chart& chart);
  Result<double> LayColumn(const Column& column, double x, double width, LaidColumns& laid);
  Box& Push(Kind kind, std::size_t index, double height);
  double Height(std::size_t box, double y, std::size_t first);
  Result<std::size_t> FillPage(std::size_t first);
  Result<std::size_t> EndPage(std::size_t first, std::size_t j, std::size_t candidate, double y,
                              double header);
  Status Emit(std::size_t first, std::size_t end, double header, bool divided, bool strictly);
  void EmitRows(std::size_t& at, std::size_t end, std::size_t first, bool divided, bool strictly, Page& page);
  void EmitLine(std::uint32_t index, double x, double y, Page& page) const;
  void EmitFrame(const Line& line, double x, double y, Page& page) const;
  void EmitPlace(const LaidPlace& place, double top, Page& page) const;
  Status AddNumber(Page& page, Lines& lines);
  Error TooHigh(const Box& box) const;

  const Document& document_;
  const Section& section_;
  Shaper& shaper_;
  StructureTree& tree_;
  int& pages_;
  int most_pages_;
  int& number_;  // of the page before
  const PageSink& sink_;
  Where where_;
  double page_width_, page_height_, width_, body_;
  std::uint32_t element_ = 0;
  Lines lines_;
  std::vector<Box> boxes_;
  std::vector<LaidColumns> columns_;
  std::vector<LaidPlace> places_;
  std::deque<TableLayout> tables_;
  std::deque<ChartLayout> charts_;
  double gap_ = 0;     // owed before the next box
  bool keep_ = false;  // the next box stays with the last
  struct Spot {
    double y_pt = 0;
    double height_pt = 0;
  };
  std::vector<Spot> spots_;  // of this page's boxes, from the body's top
  int first_row_ = 0;        // of the table being placed, on this page
  double rows_top_ = 0;      // where that row begins
};

Box& SectionFlow::Push(Kind kind, std::size_t index, double height) {
  Box box;
  box.kind = kind;
  box.index = static_cast<std::uint32_t>(index);
  box.block = static_cast<std::uint32_t>(where_.block);
  box.height_pt = height;
  box.gap_pt = gap_;
  box.may_break_before = !keep_;
  gap_ = 0;
  keep_ = false;
  boxes_.push_back(box);
  return boxes_.back();
}

Status SectionFlow::Add(const Paragraph& paragraph) {
  const std::size_t first = lines_.lines.size();
  const ParagraphElement element = tree_.AddParagraph(paragraph, element_);
  const Result<double> end = LayParagraph(paragraph, width_, 0, element, where_, shaper_, lines_);
  if (!end) return Fail(end.error());
  gap_ += paragraph.space_before_pt;
  const std::size_t last = lines_.lines.size() - 1;
  for (std::size_t i = first; i <= last; ++i) {
    const bool alone = i == first + 1 || (i == last && i > first);
    Box& box = Push(Kind::kLine, i, lines_.lines[i].bottom_pt - lines_.lines[i].top_pt);
    if (alone) box.may_break_before = false;
  }
  gap_ = paragraph.space_after_pt;
  keep_ = paragraph.keep_with_next;
  return {};
}

Result<double> SectionFlow::LayColumn(const Column& column, double x, double width, LaidColumns& laid) {
  LaidColumns::Part part{static_cast<std::uint32_t>(lines_.lines.size()), 0, x};
  double top = 0;
  for (const ColumnItem& item : column.items) {
    if (const auto* place = std::get_if<Place>(&item)) {
      laid.places.push_back({place, x, top, width});
      top += place->height_pt;
      continue;
    }
    const auto& paragraph = std::get<Paragraph>(item);
    top += paragraph.space_before_pt;
    const ParagraphElement element = tree_.AddParagraph(paragraph, element_);
    Result<double> end = LayParagraph(paragraph, width, top, element, where_, shaper_, lines_);
    if (!end) return end;
    top = *end + paragraph.space_after_pt;
  }
  part.lines = static_cast<std::uint32_t>(lines_.lines.size()) - part.first_line;
  laid.parts.push_back(part);
  return top;
}

Status SectionFlow::Add(const Columns& columns) {
  LaidColumns laid;
  double x = document_.margins.left_pt;
  double height = 0;
  for (std::size_t i = 0; i < columns.columns.size(); ++i) {
    const double width = columns.columns[i].width_share * width_;
    where_.column = static_cast<int>(i);
    const Result<double> end = LayColumn(columns.columns[i], x, width, laid);
    where_.column = -1;
    if (!end) return Fail(end.error());
    height = std::max(height, *end);
    x += width;
  }
  gap_ += columns.space_before_pt;
  if (columns.keep_with_previous) keep_ = true;
  Push(Kind::kColumns, columns_.size(), height);
  columns_.push_back(std::move(laid));
  gap_ = columns.space_after_pt;
  return {};
}

Status SectionFlow::Add(const Table& table) {
  if (table.rows == 0) return {};
  Result<TableLayout> laid =
      TableLayout::Begin(table, document_.margins.left_pt, width_, where_, shaper_, tree_, element_);
  if (!laid) return Fail(laid.error());
  tables_.push_back(std::move(*laid));
  for (int row = 0; row < table.rows; ++row) {
    Box& box = Push(Kind::kRow, static_cast<std::size_t>(row), 0);
    box.table = static_cast<std::uint32_t>(tables_.size() - 1);
    if (!tables_.back().MayBreakBefore(row)) box.may_break_before = false;
  }
  return {};
}

Status SectionFlow::Add(const Place& place) {
  Push(Kind::kPlace, places_.size(), place.height_pt);
  places_.push_back({&place, document_.margins.left_pt, 0, width_});
  return {};
}

Status SectionFlow::Add(const Chart& chart) {
  constexpr double kGapPt = 6;  // as between paragraphs
  Result<ChartLayout> laid =
      ChartLayout::Begin(chart, document_.margins.left_pt, width_, body_, where_, shaper_, tree_, element_);
  if (!laid) return Fail(laid.error());
  charts_.push_back(std::move(*laid));
  gap_ += kGapPt;
  for (std::size_t part = 0; part < charts_.back().Parts(); ++part)
    Push(Kind::kChart, part, charts_.back().Height(part)).table =
        static_cast<std::uint32_t>(charts_.size() - 1);
  gap_ = kGapPt;
  return {};
}

// The box's height where its top is at `y` of this page.
double SectionFlow::Height(std::size_t at, double y, std::size_t first) {
  const Box& box = boxes_[at];
  if (box.kind != Kind::kRow) return box.height_pt;
  const bool begins = at == first || boxes_[at - 1].kind != Kind::kRow || boxes_[at - 1].table != box.table;
  if (begins) {
    first_row_ = static_cast<int>(box.index);
    rows_top_ = y;
  }
  return tables_[box.table].Place(first_row_, static_cast<int>(box.index), y - rows_top_);
}

Result<std::size_t> SectionFlow::FillPage(std::size_t first) {
  const Box& opening = boxes_[first];
  const double header = opening.kind == Kind::kRow
                            ? tables_[opening.table].RepeatedHeader(static_cast<int>(opening.index), body_)
                            : 0;
  spots_.clear();
  std::size_t candidate = first;  // the last place on this page where it may end
  double y = header;
  for (std::size_t j = first; j < boxes_.size(); ++j) {
    if (j > first) y += boxes_[j].gap_pt;
    const double height = Height(j, y, first);
    if (j > first && boxes_[j].may_break_before) candidate = j;
    if (y + height > body_ + kSlackPt) return EndPage(first, j, candidate, y, header);
    spots_.push_back({y, height});
    y += height;
  }
  if (Status emitted = Emit(first, boxes_.size(), header, false, true); !emitted)
    return Fail(emitted.error());
  return boxes_.size();
}

// Box `j` does not fit at `y`: the page ends within it, or at the last place where it may, or before it.
Result<std::size_t> SectionFlow::EndPage(std::size_t first, std::size_t j, std::size_t candidate, double y,
                                         double header) {
  const Box& box = boxes_[j];
  bool strictly = true;
  double part = 0;
  if (box.kind == Kind::kRow) {
    const TableLayout& table = tables_[box.table];
    const int row = static_cast<int>(box.index);
    if (row >= table.HeaderRows()) part = table.Divide(first_row_, row, body_ - y, true);
    if (part <= 0 && j == first) {
      strictly = false;
      part = table.Divide(first_row_, row, body_ - y, false);
    }
  }
  if (part > 0) {
    spots_.push_back({y, part});
    if (Status emitted = Emit(first, j + 1, header, true, strictly); !emitted) return Fail(emitted.error());
    return j;
  }
  if (j == first) return Fail(TooHigh(box));
  const std::size_t end = candidate > first ? candidate : j;
  if (Status emitted = Emit(first, end, header, false, true); !emitted) return Fail(emitted.error());
  return end;
}

Error SectionFlow::TooHigh(const Box& box) const {
  Where where = where_;
  where.block = static_cast<int>(box.block);
  if (box.kind == Kind::kRow) where.row = static_cast<int>(box.index);
  const Message place = Describe(where);
  switch (box.kind) {
    case Kind::kColumns:
      return Refusal(ErrorCode::kLimit,
                     {"khối hai cột cao hơn một trang" + place.vi,
                      "columns that may not be divided are higher than a page" + place.en});
    case Kind::kPlace:
      return Refusal(ErrorCode::kLimit, {"chỗ dành cho ảnh cao hơn một trang" + place.vi,
                                         "a place is higher than a page" + place.en});
    case Kind::kChart:
      return Refusal(ErrorCode::kLimit, {"một nhóm của biểu đồ cao hơn một trang" + place.vi,
                                         "a group of a chart is higher than a page" + place.en});
    case Kind::kLine:
    case Kind::kRow:
      break;
  }
  return Refusal(ErrorCode::kLimit,
                 {"một dòng cao hơn một trang" + place.vi, "a line is higher than a page" + place.en});
}

void SectionFlow::EmitFrame(const Line& line, double x, double y, Page& page) const {
  const double y1 = y + line.bottom_pt - line.top_pt, y0 = y1 - line.frame_height_pt;
  const double x0 = x + line.frame_x_pt, x1 = x0 + line.frame_width_pt;
  const bool red = line.pieces > 0 && lines_.pieces[line.first_piece].red;
  page.rules.push_back({x0, y0, x1, y0, kTextRulePt, red});
  page.rules.push_back({x0, y1, x1, y1, kTextRulePt, red});
  page.rules.push_back({x0, y0, x0, y1, kTextRulePt, red});
  page.rules.push_back({x1, y0, x1, y1, kTextRulePt, red});
}

void SectionFlow::EmitLine(std::uint32_t index, double x, double y, Page& page) const {
  const Line& line = lines_.lines[index];
  page.texts.push_back({&lines_, index, line.element, x + line.x_pt, y + line.baseline_pt});
  if (line.frame_height_pt > 0) EmitFrame(line, x, y, page);
  if (line.rule_pt <= 0) return;
  const double rule_y = y + (line.bottom_pt - line.top_pt) - kRuleRoomPt / 2;
  page.rules.push_back({x + line.rule_x_pt, rule_y, x + line.rule_x_pt + line.rule_pt, rule_y, kTextRulePt});
}

void SectionFlow::EmitPlace(const LaidPlace& place, double top, Page& page) const {
  page.places.push_back({place.place->name, place.x_pt, top + place.y_pt, place.x_pt + place.width_pt,
                         top + place.y_pt + place.place->height_pt});
}

// The rows of one table from box `at` on; `at` ends after them.
void SectionFlow::EmitRows(std::size_t& at, std::size_t end, std::size_t first, bool divided, bool strictly,
                           Page& page) {
  const std::size_t begin = at;
  const std::uint32_t table = boxes_[begin].table;
  while (at < end && boxes_[at].kind == Kind::kRow && boxes_[at].table == table) ++at;
  tables_[table].Emit(static_cast<int>(boxes_[begin].index), static_cast<int>(boxes_[at - 1].index),
                      spots_[at - 1 - first].height_pt, divided && at == end, strictly,
                      document_.margins.top_pt + spots_[begin - first].y_pt, page);
}

Status SectionFlow::Emit(std::size_t first, std::size_t end, double header, bool divided, bool strictly) {
  if (++pages_ > most_pages_)
    return Fail(
        Refusal(ErrorCode::kLimit, {fmt::format("văn bản dài quá {} trang", most_pages_),
                                    fmt::format("the document has more than {} pages", most_pages_)}));
  Page page;
  page.width_pt = page_width_;
  page.height_pt = page_height_;
  const double top = document_.margins.top_pt;
  if (header > 0) tables_[boxes_[first].table].EmitRepeatedHeader(top, page);
  for (std::size_t at = first; at < end;) {
    const Box& box = boxes_[at];
    const double y = top + spots_[at - first].y_pt;
    if (box.kind == Kind::kRow) {
      EmitRows(at, end, first, divided, strictly, page);
      continue;
    }
    if (box.kind == Kind::kLine) EmitLine(box.index, document_.margins.left_pt, y, page);
    if (box.kind == Kind::kPlace) EmitPlace(places_[box.index], y, page);
    if (box.kind == Kind::kChart) charts_[box.table].Emit(box.index, y, page, tree_);
    if (box.kind == Kind::kColumns) {
      const LaidColumns& columns = columns_[box.index];
      for (const LaidColumns::Part& part : columns.parts)
        for (std::uint32_t i = part.first_line; i < part.first_line + part.lines; ++i)
          EmitLine(i, part.x_pt, y + lines_.lines[i].top_pt, page);
      for (const LaidPlace& place : columns.places) EmitPlace(place, y, page);
    }
    ++at;
  }
  Lines number_lines;
  if (Status added = AddNumber(page, number_lines); !added) return added;
  return sink_(page);
}

// Decree 30/2020, annex I: Arabic, upright, centred in the top margin, hidden on page 1.
Status SectionFlow::AddNumber(Page& page, Lines& lines) {
  ++number_;
  if (number_ == 1 && !section_.number_first_page) return {};
  Paragraph paragraph;
  paragraph.runs.push_back({std::to_string(number_), false, false, false, std::nullopt});
  paragraph.size_pt = document_.page_number_pt;
  paragraph.align = Align::kCentre;
  const Result<double> end = LayParagraph(paragraph, width_, 0, kArtifact, where_, shaper_, lines);
  if (!end) return Fail(end.error());
  const double top = std::max((document_.margins.top_pt - *end) / 2, 0.0);
  const Line& line = lines.lines[0];
  page.texts.push_back({&lines, 0, kArtifact, document_.margins.left_pt + line.x_pt, top + line.baseline_pt});
  return {};
}

}  // namespace

Status LayOut(const Document& document, int most_pages, Shaper& shaper, StructureTree& tree,
              const PageSink& sink) {
  int pages = 0, number = 0;
  for (std::size_t i = 0; i < document.sections.size(); ++i) {
    if (document.sections[i].blocks.empty()) continue;
    if (document.sections[i].restart_numbers) number = 0;
    Status laid =
        SectionFlow(document, static_cast<int>(i), shaper, tree, pages, most_pages, number, sink).Run();
    if (!laid) return laid;
  }
  return {};
}

}  // namespace vanthu::templates
