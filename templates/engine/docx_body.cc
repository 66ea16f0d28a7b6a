// Input: a checked Document. Output: the XML of a DOCX's body. Method: paragraphs become styled paragraphs
// with what sets them apart; columns become tables without rules, one row that may not be divided; the rule
// under a paragraph is the upper border of an empty paragraph, indented to the length that the layout
// measures, so that it stays when the text above is edited, and moves with it. Where it fails: that length
// does not follow an edit; Word breaks lines after a hyphen, which the PDF never does. Source: ECMA-376 part
// 1, 17.
#include "templates/engine/docx_body.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "templates/engine/chart_table.h"
#include "templates/engine/clean_text.h"
#include "templates/engine/lines.h"
#include "templates/engine/metadata.h"
#include "templates/engine/page.h"
#include "templates/engine/refusal.h"

namespace vanthu::templates {
namespace {

constexpr char kWord[] = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
constexpr char kRelations[] = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr int kA4Short = 11906, kA4Long = 16838;  // twips, as Word names A4
constexpr std::size_t kMostColumns = 63;          // that Word takes in a table
constexpr double kHighestLinePt = 1584;           // an exact line, ECMA-376 as Word applies it
constexpr double kLeastGapPt = 1;                 // a paragraph that only keeps two tables apart

// Extras of a paragraph that are its place's and not its own.
struct Standing {
  bool keep_next = false;
  CellPart cell = CellPart::kNone;
  const Section* ends = nullptr;  // the section whose last paragraph it is
  double more_before_pt = 0;
};

std::string Text(int value) {
  return std::to_string(value);
}

class BodyWriter {
 public:
  BodyWriter(const Document& document, Shaper& shaper, WordStyles& styles)
      : document_(document), shaper_(shaper), styles_(styles) {}

  Result<std::string> Write() {
    xml_.Start("w:document", {{"xmlns:w", kWord}, {"xmlns:r", kRelations}});
    xml_.Start("w:body");
    std::size_t last = 0;
    for (std::size_t i = 0; i < document_.sections.size(); ++i)
      if (!document_.sections[i].blocks.empty()) last = i;
    for (std::size_t i = 0; i <= last; ++i) {
      if (document_.sections[i].blocks.empty()) continue;
      where_.section = static_cast<int>(i);
      if (Status written = WriteSection(document_.sections[i], i == last); !written)
        return Fail(written.error());
    }
    return xml_.Finish();
  }

  // One for each kind of block: a new kind does not compile until it is here.
  Status operator()(const Paragraph& paragraph) {
    if (gap_pt_ > 0) WriteGap(gap_pt_, {});
    return WriteParagraph(paragraph, width_pt_, standing_);
  }
  Status operator()(const Columns& columns);
  Status operator()(const Table& table);
  Status operator()(const Chart& chart) { return (*this)(ChartTable(chart)); }
  Status operator()(const Place& place) {
    if (gap_pt_ > 0) WriteGap(gap_pt_, {});
    WriteGap(place.height_pt, standing_);
    return {};
  }

 private:
  Status WriteSection(const Section& section, bool last);
  void WriteSectionProperties(const Section& section);
  Status WriteParagraph(const Paragraph& paragraph, double width_pt, const Standing& standing);
  Result<Line> Measured(const Paragraph& paragraph, double width_pt);
  void WriteRule(const Line& line, double width_pt, int after, const Standing& standing);
  void WriteGap(double height_pt, const Standing& standing);
  void WriteExact(int height, const Standing& standing);
  Status WriteRun(const Run& run, const Paragraph& paragraph, const CharacterFormat& base);
  Status WriteColumn(const Column& column, double width_pt, double more_before_pt);
  void WriteTableProperties(int width, int rule_eighths, int padding, const std::string& summary);
  void WriteGrid(const std::vector<int>& widths);
  Status WriteRow(const Table& table, int row, std::size_t& next);
  void OpenCell(int width, const TableCell& cell, bool spanned, bool centred);
  // Two tables that touch are one to Word.
  void PartFromTable(double gap_pt, bool keep_next) {
    if (after_table_ || gap_pt > 0) WriteGap(std::max(gap_pt, kLeastGapPt), {keep_next});
  }

  const Document& document_;
  Shaper& shaper_;
  WordStyles& styles_;
  WordXml xml_;
  Where where_;
  double width_pt_ = 0;  // of the section's text
  Standing standing_;    // of the block being written
  double gap_pt_ = 0;    // owed after columns
  bool first_section_ = true;
  bool after_table_ = false;                // or columns
  std::vector<const TableCell*> cells_;     // of a table, by row and column
  std::vector<const TableCell*> spanning_;  // at each column: the cell that goes on from rows above
  std::vector<int> widths_;
};

Status BodyWriter::WriteSection(const Section& section, bool last) {
  const bool landscape = section.orientation == Orientation::kLandscape;
  width_pt_ =
      (landscape ? kA4Long : kA4Short) / 20.0 - document_.margins.left_pt - document_.margins.right_pt;
  after_table_ = false;
  gap_pt_ = 0;
  for (std::size_t i = 0; i < section.blocks.size(); ++i) {
    where_.block = static_cast<int>(i);
    const auto* next = i + 1 < section.blocks.size() ? std::get_if<Columns>(&section.blocks[i + 1]) : nullptr;
    const bool tables_end = !std::holds_alternative<Paragraph>(section.blocks[i]) ||
                            std::get<Paragraph>(section.blocks[i]).rule_share.has_value();
    const bool closes = next == nullptr && i + 1 == section.blocks.size() && !last && !tables_end;
    standing_ = {next != nullptr && next->keep_with_previous, CellPart::kNone, closes ? &section : nullptr};
    if (Status written = std::visit(*this, section.blocks[i]); !written) return written;
    // A table must be followed by a paragraph, and a section's end must stand in one.
    if (i + 1 == section.blocks.size() && (after_table_ || (!last && !closes)))
      WriteGap(kLeastGapPt, {false, CellPart::kNone, last ? nullptr : &section});
  }
  if (last) WriteSectionProperties(section);
  return {};
}

void BodyWriter::WriteSectionProperties(const Section& section) {
  const bool landscape = section.orientation == Orientation::kLandscape;
  const Margins& m = document_.margins;
  // As the PDF: the number in the middle of the top margin, hidden where it would be 1.
  const bool hides_first = (section.restart_numbers || first_section_) && !section.number_first_page;
  const double line_pt = document_.page_number_pt * shaper_.Metrics(Face::kRegular).LineHeight();
  const int header = Twips(std::max((m.top_pt - line_pt) / 2, 0.0));
  xml_.Start("w:sectPr");
  xml_.Empty("w:headerReference", {{"w:type", "default"}, {"r:id", kNumberedHeader}});
  if (hides_first) xml_.Empty("w:headerReference", {{"w:type", "first"}, {"r:id", kEmptyHeader}});
  xml_.Value("w:type", "nextPage");
  if (landscape)
    xml_.Empty("w:pgSz", {{"w:w", Text(kA4Long)}, {"w:h", Text(kA4Short)}, {"w:orient", "landscape"}});
  else
    xml_.Empty("w:pgSz", {{"w:w", Text(kA4Short)}, {"w:h", Text(kA4Long)}, {"w:orient", "portrait"}});
  xml_.Empty("w:pgMar", {{"w:top", Text(Twips(m.top_pt))},
                         {"w:right", Text(Twips(m.right_pt))},
                         {"w:bottom", Text(Twips(m.bottom_pt))},
                         {"w:left", Text(Twips(m.left_pt))},
                         {"w:header", Text(header)},
                         {"w:footer", "0"},
                         {"w:gutter", "0"}});
  if (section.restart_numbers) xml_.Empty("w:pgNumType", {{"w:start", "1"}});
  if (hides_first) xml_.Empty("w:titlePg");
  xml_.End();
  first_section_ = false;
}

Status BodyWriter::WriteParagraph(const Paragraph& paragraph, double width_pt, const Standing& standing) {
  after_table_ = false;
  gap_pt_ = 0;
  ParagraphFormat format = FormatOf(paragraph, width_pt);
  const WordStyle& style = styles_.StyleOf(paragraph, standing.cell, format);
  const int after = format.after;
  const bool ruled = paragraph.rule_share && *paragraph.rule_share > 0;
  format.before += Twips(standing.more_before_pt);
  format.keep_next = format.keep_next || standing.keep_next || ruled;
  if (ruled) format.after = 0;  // it comes after the rule
  xml_.Start("w:p");
  xml_.Start("w:pPr");
  xml_.Value("w:pStyle", style.id);
  WriteParagraphProperties(format, &style.format, xml_);
  WriteOutline(format, &style.format, xml_);
  if (format.letters != style.format.letters) {
    xml_.Start("w:rPr");
    WriteCharacterProperties(format.letters, &style.format.letters, xml_);
    xml_.End();
  }
  if (standing.ends != nullptr) WriteSectionProperties(*standing.ends);
  xml_.End();
  for (const Run& run : paragraph.runs)
    if (Status written = WriteRun(run, paragraph, style.format.letters); !written) return written;
  xml_.End();
  if (!ruled) return {};
  const Result<Line> line = Measured(paragraph, width_pt);
  if (!line) return Fail(line.error());
  WriteRule(*line, width_pt, after, {paragraph.keep_with_next || standing.keep_next, standing.cell});
  return {};
}

Result<Line> BodyWriter::Measured(const Paragraph& paragraph, double width_pt) {
  Lines lines;
  const Result<double> end = LayParagraph(paragraph, width_pt, 0, kArtifact, where_, shaper_, lines);
  if (!end) return Fail(end.error());
  return lines.lines.back();
}

void BodyWriter::WriteRule(const Line& line, double width_pt, int after, const Standing& standing) {
  constexpr int kRoom = static_cast<int>(kRuleRoomPt * 10);  // half of it above the rule, half below
  const double right = std::max(width_pt - line.rule_x_pt - line.rule_pt, 0.0);
  xml_.Start("w:p");
  xml_.Start("w:pPr");
  if (standing.keep_next) xml_.Empty("w:keepNext");
  if (line.rule_pt > 0) {
    xml_.Start("w:pBdr");
    xml_.Empty("w:top", {{"w:val", "single"},
                         {"w:sz", Text(static_cast<int>(std::lround(kTextRulePt * 8)))},
                         {"w:space", "0"},
                         {"w:color", "000000"}});
    xml_.End();
  }
  xml_.Empty("w:spacing", {{"w:before", Text(kRoom)},
                           {"w:after", Text(after)},
                           {"w:line", Text(kRoom)},
                           {"w:lineRule", "exact"}});
  xml_.Empty("w:ind", {{"w:left", Text(Twips(line.rule_x_pt))}, {"w:right", Text(Twips(right))}});
  xml_.Start("w:rPr");
  xml_.Value("w:sz", 2);
  xml_.End();
  xml_.End();
  xml_.End();
}

// An empty paragraph of a height, whole lines where it is higher than a line may be.
void BodyWriter::WriteGap(double height_pt, const Standing& standing) {
  WriteExact(Twips(std::clamp(height_pt, kLeastGapPt, kHighestLinePt)), standing);
  after_table_ = false;
  gap_pt_ = 0;
}

void BodyWriter::WriteExact(int height, const Standing& standing) {
  xml_.Start("w:p");
  xml_.Start("w:pPr");
  if (standing.keep_next) xml_.Empty("w:keepNext");
  xml_.Empty("w:spacing",
             {{"w:before", "0"}, {"w:after", "0"}, {"w:line", Text(height)}, {"w:lineRule", "exact"}});
  xml_.Start("w:rPr");
  xml_.Value("w:sz", 2);
  xml_.End();
  if (standing.ends != nullptr) WriteSectionProperties(*standing.ends);
  xml_.End();
  xml_.End();
}

Status BodyWriter::WriteRun(const Run& run, const Paragraph& paragraph, const CharacterFormat& base) {
  const std::string text = CleanRunText(run.text);
  if (text.empty()) return {};
  if (!IsXmlText(text)) {
    const Message place = Describe(where_);
    return Fail(Refusal(ErrorCode::kNotAccepted,
                        {"văn bản có ký tự điều khiển mà tệp DOCX không chứa được" + place.vi,
                         "the text has a control character that a DOCX cannot hold" + place.en}));
  }
  xml_.Start("w:r");
  const CharacterFormat letters = FormatOf(run, paragraph);
  if (letters != base) {
    xml_.Start("w:rPr");
    WriteCharacterProperties(letters, &base, xml_);
    xml_.End();
  }
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (end > at) xml_.Element("w:t", text.substr(at, end - at), {{"xml:space", "preserve"}});
    if (end < text.size()) xml_.Empty("w:br");
    at = end + 1;
  }
  xml_.End();
  return {};
}

void BodyWriter::WriteTableProperties(int width, int rule_eighths, int padding, const std::string& summary) {
  xml_.Start("w:tblPr");
  xml_.Empty("w:tblW", {{"w:w", Text(width)}, {"w:type", "dxa"}});
  xml_.Empty("w:tblInd", {{"w:w", "0"}, {"w:type", "dxa"}});
  if (rule_eighths > 0) {
    xml_.Start("w:tblBorders");
    for (const char* edge : {"w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"})
      xml_.Empty(edge, {{"w:val", "single"},
                        {"w:sz", Text(std::clamp(rule_eighths, 2, 96))},
                        {"w:space", "0"},
                        {"w:color", "000000"}});
    xml_.End();
  }
  xml_.Empty("w:tblLayout", {{"w:type", "fixed"}});
  xml_.Start("w:tblCellMar");
  for (const char* edge : {"w:top", "w:left", "w:bottom", "w:right"})
    xml_.Empty(edge, {{"w:w", Text(padding)}, {"w:type", "dxa"}});
  xml_.End();
  if (!summary.empty()) xml_.Value("w:tblDescription", summary);
  xml_.End();
}

void BodyWriter::WriteGrid(const std::vector<int>& widths) {
  xml_.Start("w:tblGrid");
  for (const int width : widths) xml_.Empty("w:gridCol", {{"w:w", Text(width)}});
  xml_.End();
}

Status BodyWriter::WriteColumn(const Column& column, double width_pt, double more_before_pt) {
  Standing standing;
  standing.more_before_pt = more_before_pt;
  bool empty = true;
  for (const ColumnItem& item : column.items) {
    empty = false;
    if (const auto* place = std::get_if<Place>(&item)) {
      WriteGap(place->height_pt, {});
      continue;
    }
    if (Status written = WriteParagraph(std::get<Paragraph>(item), width_pt, standing); !written)
      return written;
    standing.more_before_pt = 0;
  }
  if (empty) WriteGap(kLeastGapPt, {});
  return {};
}

Status BodyWriter::operator()(const Columns& columns) {
  if (columns.columns.empty()) return {};
  if (columns.columns.size() > kMostColumns)
    return Fail(Refusal(ErrorCode::kLimit, {"quá nhiều cột cho tệp DOCX" + Describe(where_).vi,
                                            "more columns than a DOCX takes" + Describe(where_).en}));
  PartFromTable(gap_pt_ + columns.space_before_pt, columns.keep_with_previous);
  std::vector<int> widths;
  int sum = 0;
  for (const Column& column : columns.columns)
    sum += widths.emplace_back(std::max(1, Twips(column.width_share * width_pt_)));
  xml_.Start("w:tbl");
  WriteTableProperties(sum, 0, 0, "");
  WriteGrid(widths);
  xml_.Start("w:tr");
  xml_.Start("w:trPr");
  xml_.Empty("w:cantSplit");
  xml_.End();
  for (std::size_t i = 0; i < columns.columns.size(); ++i) {
    xml_.Start("w:tc");
    xml_.Start("w:tcPr");
    xml_.Empty("w:tcW", {{"w:w", Text(widths[i])}, {"w:type", "dxa"}});
    xml_.End();
    where_.column = static_cast<int>(i);
    if (Status written = WriteColumn(columns.columns[i], columns.columns[i].width_share * width_pt_, 0);
        !written)
      return written;
    xml_.End();
  }
  where_.column = -1;
  xml_.End();
  xml_.End();
  after_table_ = true;
  gap_pt_ = columns.space_after_pt;
  return {};
}

// Whole twips whose sum is the width's, at least one a column.
std::vector<int> ColumnWidths(const Table& table, double width_pt) {
  std::vector<int> widths;
  double edge = 0;
  int done = 0;
  for (const double share : table.column_shares) {
    edge += share * width_pt;
    done += widths.emplace_back(std::max(1, Twips(edge) - done));
  }
  return widths;
}

Status BodyWriter::operator()(const Table& table) {
  if (table.rows == 0) return {};
  if (table.column_shares.size() > kMostColumns)
    return Fail(Refusal(
        ErrorCode::kLimit,
        {fmt::format("bảng có hơn {} cột, tệp DOCX không chứa được", kMostColumns) + Describe(where_).vi,
         fmt::format("a table of more than {} columns, which a DOCX cannot hold", kMostColumns) +
             Describe(where_).en}));
  PartFromTable(gap_pt_, false);
  cells_.clear();
  for (const TableCell& cell : table.cells) cells_.push_back(&cell);
  std::sort(cells_.begin(), cells_.end(), [](const TableCell* a, const TableCell* b) {
    return a->row != b->row ? a->row < b->row : a->column < b->column;
  });
  spanning_.assign(table.column_shares.size(), nullptr);
  widths_ = ColumnWidths(table, width_pt_);
  int width = 0;
  for (const int column : widths_) width += column;
  xml_.Start("w:tbl");
  WriteTableProperties(width, static_cast<int>(std::lround(table.rule_pt * 8)), Twips(table.padding_pt),
                       PlainLine(table.summary));
  WriteGrid(widths_);
  std::size_t next = 0;
  for (int row = 0; row < table.rows; ++row)
    if (Status written = WriteRow(table, row, next); !written) return written;
  where_.row = where_.column = -1;
  xml_.End();
  after_table_ = true;
  gap_pt_ = 0;
  return {};
}

void BodyWriter::OpenCell(int width, const TableCell& cell, bool goes_on, bool centred) {
  xml_.Start("w:tc");
  xml_.Start("w:tcPr");
  xml_.Empty("w:tcW", {{"w:w", Text(width)}, {"w:type", "dxa"}});
  if (cell.column_span > 1) xml_.Value("w:gridSpan", cell.column_span);
  if (cell.row_span > 1) {
    if (goes_on)
      xml_.Empty("w:vMerge");
    else
      xml_.Value("w:vMerge", "restart");
  }
  if (centred) xml_.Value("w:vAlign", "center");
  xml_.End();
}

Status BodyWriter::WriteRow(const Table& table, int row, std::size_t& next) {
  const bool head = row < table.header_rows;
  const RowKind kind =
      table.row_kinds.empty() ? RowKind::kBody : table.row_kinds[static_cast<std::size_t>(row)];
  xml_.Start("w:tr");
  if (head || kind != RowKind::kBody) {
    xml_.Start("w:trPr");
    xml_.Empty("w:cantSplit");
    if (head) xml_.Empty("w:tblHeader");
    xml_.End();
  }
  const bool with_next = row + 1 < table.rows && (head || kind != RowKind::kBody);
  Standing standing;
  standing.keep_next = with_next || (row + 1 == table.rows && standing_.keep_next);
  for (int column = 0; column < static_cast<int>(widths_.size());) {
    const auto at = static_cast<std::size_t>(column);
    const bool goes_on = spanning_[at] != nullptr && spanning_[at]->row + spanning_[at]->row_span > row;
    if (!goes_on) spanning_[at] = cells_[next++];
    const TableCell& cell = *spanning_[at];
    int width = 0;
    for (int i = 0; i < cell.column_span; ++i) width += widths_[at + static_cast<std::size_t>(i)];
    where_.row = row;
    where_.column = column;
    standing.cell = head ? CellPart::kHeader : CellPart::kBody;
    OpenCell(width, cell, goes_on, head);
    const double inner = width / 20.0 - 2 * table.padding_pt;
    if (!goes_on)
      for (const Paragraph& paragraph : cell.paragraphs)
        if (Status written = WriteParagraph(paragraph, inner, standing); !written) return written;
    if (goes_on || cell.paragraphs.empty()) WriteGap(kLeastGapPt, {standing.keep_next});
    xml_.End();
    column += cell.column_span;
  }
  xml_.End();
  return {};
}

}  // namespace

Result<std::string> DocxBody(const Document& document, Shaper& shaper, WordStyles& styles) {
  return BodyWriter(document, shaper, styles).Write();
}

}  // namespace vanthu::templates
