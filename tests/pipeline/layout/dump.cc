#include "tests/pipeline/layout/dump.h"

#include <fmt/format.h>

namespace vanthu::layout {
namespace {

const char* Name(Region r) {
  switch (r) {
    case Region::kBody:
      return "body";
    case Region::kLeft:
      return "left";
    case Region::kRight:
      return "right";
    case Region::kFootnote:
      return "note";
    case Region::kPageNumber:
      return "number";
    case Region::kMargin:
      return "margin";
  }
  return "?";
}

const char* Name(Alignment a) {
  switch (a) {
    case Alignment::kLeft:
      return "left";
    case Alignment::kCentre:
      return "centre";
    case Alignment::kRight:
      return "right";
    case Alignment::kJustified:
      return "justified";
  }
  return "?";
}

void Dump(std::string& out, const Paragraph& p) {
  out += fmt::format("[{} {} {}{}{}{}] {}\n", Name(p.region), Name(p.alignment), p.lines.size(),
                     p.bold.value_or(false) ? " bold" : "", p.italic.value_or(false) ? " italic" : "",
                     p.first_indent_pt > 6 ? " indent" : "", p.text);
}

void Dump(std::string& out, const Table& t) {
  out += fmt::format("[table {} x {}, heading {}, pages", t.rows, t.columns, t.header_rows);
  for (const int page : t.pages) out += fmt::format(" {}", page + 1);
  out += fmt::format("] {}\n", t.caption);
  for (const Cell& c : t.cells) {
    std::string text = c.text;
    for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2)
      text.replace(at, 1, "\\n");
    const std::string span =
        c.rowspan > 1 || c.colspan > 1 ? fmt::format(" {}x{}", c.rowspan, c.colspan) : "";
    out += fmt::format("  {},{}{}: {}\n", c.row, c.col, span, text);
  }
}

void DumpFlow(std::string& out, const std::vector<FlowItem>& flow, const std::vector<Table>& tables) {
  for (const FlowItem& item : flow) {
    if (item.paragraph) Dump(out, *item.paragraph);
    if (item.table) Dump(out, tables[static_cast<std::size_t>(*item.table)]);
  }
}

}  // namespace

std::string DumpDocument(const DocumentLayout& layout) {
  std::string out;
  DumpFlow(out, layout.flow, layout.tables);
  for (const Finding& f : layout.findings) out += fmt::format("[finding {}] {}\n", f.code, f.message);
  return out;
}

std::string DumpPages(const DocumentLayout& layout) {
  std::string out;
  for (const LayoutPage& page : layout.pages) {
    out += fmt::format("--- page {}\n", page.page + 1);
    DumpFlow(out, page.flow, page.tables);
  }
  return out;
}

}  // namespace vanthu::layout
