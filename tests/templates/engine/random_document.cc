#include "random_document.h"

#include <algorithm>

#include "laid_pages.h"
#include "sample_document.h"
#include "tests/templates/engine/random_source.h"

namespace vanthu::templates {
namespace {

using Source = RandomSource;

Paragraph MakeParagraph(Source& source, int words) {
  Paragraph paragraph;
  paragraph.role = static_cast<Role>(source.Below(5));
  paragraph.level = source.Below(9) - 1;
  paragraph.align = static_cast<Align>(source.Below(4));
  paragraph.size_pt = source.Rarely() ? 144 : 8 + source.Below(9);
  paragraph.line_spacing = source.Rarely() ? 5 : 1 + source.Below(6) / 10.0;
  paragraph.indent_pt = source.Rarely() ? 5000 : source.Below(60) - 10;
  paragraph.first_indent_pt = source.Below(80) - 40;
  paragraph.space_before_pt = source.Rarely() ? 200 : source.Below(20);
  paragraph.space_after_pt = source.Below(20);
  paragraph.keep_with_next = source.Below(4) == 0;
  if (source.Below(8) == 0) paragraph.rule_share = source.Below(20) / 10.0;
  for (int runs = source.Below(4); runs > 0; --runs) {
    Run run{RandomWords(source, words), source.Below(2) == 0, source.Below(2) == 0, source.Below(9) == 0, {}};
    if (source.Below(5) == 0) run.size_pt = 6 + source.Below(20);
    paragraph.runs.push_back(std::move(run));
  }
  return paragraph;
}

// A grid cut into cells of random spans; now and then one that does not fit.
Table MakeTable(Source& source) {
  Table table;
  const int columns = 1 + source.Below(8);
  table.rows = source.Below(60);
  table.header_rows = table.rows == 0 ? 0 : std::min(source.Below(4), table.rows);
  double sum = 0;
  for (int i = 0; i < columns; ++i) sum += table.column_shares.emplace_back(0.02 + source.Below(50));
  for (double& share : table.column_shares) share /= sum;
  table.padding_pt = source.Rarely() ? 40 : source.Below(8);
  for (int row = 0; row < table.rows; ++row)
    table.row_kinds.push_back(static_cast<RowKind>(source.Below(5) % 3));
  std::vector<bool> taken(static_cast<std::size_t>(table.rows * columns));
  for (int row = 0; row < table.rows; ++row)
    for (int column = 0; column < columns; ++column) {
      if (taken[static_cast<std::size_t>(row * columns + column)]) continue;
      TableCell cell;
      cell.row = row;
      cell.column = column;
      const int last_row = row < table.header_rows ? table.header_rows : table.rows;
      cell.row_span = source.Below(6) == 0 ? std::min(1 + source.Below(20), last_row - row) : 1;
      int free = 1;
      while (column + free < columns && !taken[static_cast<std::size_t>(row * columns + column + free)])
        ++free;
      cell.column_span = source.Below(6) == 0 ? 1 + source.Below(free) : 1;
      if (source.Rarely() && source.Rarely()) ++cell.row_span;
      for (int r = row; r < std::min(row + cell.row_span, table.rows); ++r)
        for (int c = column; c < column + cell.column_span; ++c)
          taken[static_cast<std::size_t>(r * columns + c)] = true;
      for (int paragraphs = source.Below(3); paragraphs > 0; --paragraphs)
        cell.paragraphs.push_back(MakeParagraph(source, source.Rarely() ? 255 : 12));
      cell.header = source.Below(7) == 0;
      table.cells.push_back(std::move(cell));
    }
  return table;
}

Chart MakeChart(Source& source) {
  Chart chart;
  for (int series = 1 + source.Below(6); series > 0; --series) chart.series.push_back(RandomWords(source, 5));
  chart.size_pt = source.Rarely() ? 144 : 8 + source.Below(9);
  for (int groups = source.Below(40); groups > 0; --groups) {
    ChartGroup group{RandomWords(source, source.Rarely() ? 255 : 8), {}};
    for (std::size_t i = 0; i < chart.series.size(); ++i) {
      const int value = source.Byte();
      if (value < 200) group.values.emplace_back(ChartValue{value * 7.5, RandomWords(source, 1)});
      if (value >= 200) group.values.emplace_back();
    }
    chart.groups.push_back(std::move(group));
  }
  return chart;
}

Columns MakeColumns(Source& source) {
  Columns columns;
  const int count = 1 + source.Below(3);
  for (int i = 0; i < count; ++i) {
    Column column;
    column.width_share = 1.0 / count;
    for (int items = source.Below(4); items > 0; --items)
      if (source.Below(5) == 0)
        column.items.emplace_back(Place{"signer", static_cast<double>(source.Below(90))});
      else
        column.items.emplace_back(MakeParagraph(source, 8));
    columns.columns.push_back(std::move(column));
  }
  columns.keep_with_previous = source.Below(2) == 0;
  return columns;
}

}  // namespace

Document RandomDocument(std::string_view bytes) {
  Source source(bytes);
  Document document;
  document.title = "Ngẫu nhiên";
  document.margins.top_pt = source.Below(200);
  document.margins.bottom_pt = source.Below(200);
  document.margins.left_pt = source.Below(200);
  document.margins.right_pt = source.Below(200);
  do {
    Section section;
    section.orientation = source.Below(2) == 0 ? Orientation::kPortrait : Orientation::kLandscape;
    section.restart_numbers = source.Below(2) == 0;
    section.number_first_page = source.Below(2) == 0;
    for (int blocks = source.Below(12); blocks > 0; --blocks) {
      const int kind = source.Below(9);
      if (kind < 4) section.blocks.emplace_back(MakeParagraph(source, 60));
      if (kind == 4) section.blocks.emplace_back(MakeColumns(source));
      if (kind == 5) section.blocks.emplace_back(Place{"agency", static_cast<double>(source.Below(200))});
      if (kind == 8) section.blocks.emplace_back(MakeChart(source));
      if (kind == 6 || kind == 7) section.blocks.emplace_back(MakeTable(source));
    }
    document.sections.push_back(std::move(section));
  } while (!source.Done() && document.sections.size() < 8);
  return document;
}

namespace {

// A DOCX, or an error with a name. Whatever else, never a crash: what it holds is tested elsewhere.
std::string DocxFaults(const Document& document) {
  const Result<std::string> docx = SetDocx(document, TestFonts());
  if (docx) return docx->starts_with("PK") ? "" : "a DOCX that is no ZIP";
  const ErrorCode code = docx.error().code;
  const bool named =
      code == ErrorCode::kLimit || code == ErrorCode::kNotAccepted || code == ErrorCode::kMissingResource;
  return named && !docx.error().message.vi.empty() ? "" : "a DOCX's error without a name";
}

}  // namespace

std::string Faults(const Document& document) {
  if (std::string fault = DocxFaults(document); !fault.empty()) return fault;
  const Result<std::string> pdf = SetPdf(document, TestFonts(), {});
  if (!pdf) {
    const ErrorCode code = pdf.error().code;
    const bool named =
        code == ErrorCode::kLimit || code == ErrorCode::kNotAccepted || code == ErrorCode::kMissingResource;
    if (!named || pdf.error().message.vi.empty()) return "an error without a name";
    return Lay(document) ? "the PDF fails where the layout does not" : "";
  }
  const Result<LaidDocument> laid = Lay(document);
  if (!laid) return "the layout fails where the PDF does not";
  if (laid->SortedLetters() != SortedLetters(document)) return "letters were lost or doubled";
  for (const LaidPage& page : laid->pages)
    for (const LaidLine& line : page.lines) {
      const bool inside = line.element == kArtifact ||
                          line.text.find_first_not_of(' ') == std::string::npos ||
                          line.baseline_pt <= page.height_pt - document.margins.bottom_pt + 0.1;
      if (!inside) return "a line lies below the page's text: " + line.text;
    }
  return "";
}

}  // namespace vanthu::templates
