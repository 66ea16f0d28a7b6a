#include "pipeline/layout/text.h"

#include <algorithm>

namespace vanthu::layout {
namespace {

void AddTable(std::string& text, const Table& table) {
  for (const Cell& cell : table.cells)
    if (!cell.text.empty()) text += cell.text + '\n';
}

void AddFlow(std::string& text, const std::vector<FlowItem>& flow, const std::vector<Table>& tables) {
  for (const FlowItem& item : flow) {
    if (item.paragraph) text += item.paragraph->text + '\n';
    if (item.table) AddTable(text, tables[static_cast<std::size_t>(*item.table)]);
  }
}

}  // namespace

std::string ReadingOrderText(const DocumentLayout& document) {
  std::string text;
  AddFlow(text, document.flow, document.tables);
  return text;
}

std::string PageText(const LayoutPage& page) {
  std::string text;
  AddFlow(text, page.flow, page.tables);
  return text;
}

}  // namespace vanthu::layout
