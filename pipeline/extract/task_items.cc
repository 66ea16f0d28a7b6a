#include "pipeline/extract/task_items.h"

#include "pipeline/base/unicode.h"
#include "pipeline/extract/folded.h"
#include "pipeline/extract/row_label.h"

namespace vanthu::extract {
namespace {

constexpr std::size_t kMostDepth = 12;  // levels of labels there are

bool IsBody(const Paragraph& paragraph) {
  return paragraph.region == Region::kBody;
}

// "Phụ lục I", alone on its line: what follows belongs to no heading before it.
bool StartsAppendix(const std::string& text) {
  const std::string key = FoldKey(text);
  return key.compare(0, 7, "phu luc") == 0 && key.size() < 20;
}

}  // namespace

std::unique_ptr<TextItem> ReadItems(const DocumentLayout& document) {
  auto root = std::make_unique<TextItem>();
  root->level = -1;
  TextItem* open = root.get();
  for (std::size_t i = 0; i < document.flow.size(); ++i) {
    const FlowItem& flow = document.flow[i];
    if (flow.table) {
      open = root.get();  // a table ends the item above it
      continue;
    }
    if (!flow.paragraph || !IsBody(*flow.paragraph)) continue;
    const std::string text(Trim(flow.paragraph->text));
    if (text.empty()) continue;
    if (StartsAppendix(text)) {
      open = root.get();
      continue;
    }
    const std::string label = LabelIn(text);
    const int level = label.empty() ? kBullet : LevelOf(label);
    if (level >= kBullet) {
      open->lines.push_back({text, &*flow.paragraph});
      continue;
    }
    std::size_t depth = 0;
    for (const TextItem* up = open; up != nullptr; up = up->parent) ++depth;
    while (open->parent != nullptr && (open->level >= level || depth > kMostDepth)) {
      open = open->parent;
      --depth;
    }
    auto item = std::make_unique<TextItem>();
    item->label = label;
    item->title = std::string(Trim(std::string_view(text).substr(label.size())));
    item->whole = text;
    item->level = level;
    item->flow_index = i;
    item->paragraph = &*flow.paragraph;
    item->parent = open;
    open->children.push_back(std::move(item));
    open = open->children.back().get();
  }
  return root;
}

}  // namespace vanthu::extract
