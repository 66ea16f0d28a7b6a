#include <algorithm>

#include "pipeline/base/unicode.h"
#include "templates/engine/chart_table.h"
#include "templates/engine/check.h"
#include "templates/engine/engine.h"

namespace vanthu::templates {
namespace {

std::string TextOf(const Paragraph& paragraph) {
  std::string out;
  for (const Run& run : paragraph.runs) out += run.text;
  return ToNfc(out);
}

class TextSetter {
 public:
  void operator()(const Paragraph& paragraph) { out += TextOf(paragraph) + '\n'; }
  void operator()(const Place&) {}
  void operator()(const Columns& columns) {
    for (const Column& column : columns.columns)
      for (const ColumnItem& item : column.items) std::visit(*this, item);
  }
  void operator()(const Chart& chart) { (*this)(ChartTable(chart)); }
  void operator()(const Table& table) {
    std::vector<const TableCell*> cells;
    for (const TableCell& cell : table.cells) cells.push_back(&cell);
    std::sort(cells.begin(), cells.end(), [](const TableCell* a, const TableCell* b) {
      return a->row != b->row ? a->row < b->row : a->column < b->column;
    });
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) out += cells[i]->row == cells[i - 1]->row ? '\t' : '\n';
      std::string text;
      for (const Paragraph& paragraph : cells[i]->paragraphs)
        text += (text.empty() ? "" : " ") + TextOf(paragraph);
      for (char& c : text)
        if (c == '\n' || c == '\t') c = ' ';
      out += text;
    }
    out += '\n';
  }

  std::string out;
};

}  // namespace

Result<std::string> SetText(const Document& document) {
  if (Status checked = CheckDocument(document); !checked) return Fail(checked.error());
  TextSetter setter;
  for (const Section& section : document.sections)
    for (const Block& block : section.blocks)
      std::visit([&setter](const auto& part) { setter(part); }, block);
  return std::move(setter.out);
}

}  // namespace vanthu::templates
