#include "pipeline/record/page_blocks.h"

#include <algorithm>

namespace vanthu::record {
namespace {

constexpr int kAlone = -1;

struct Area {
  Box box;
  bool table = false;
};

// The areas of the page's flow: its tables' frames and its paragraphs.
std::vector<Area> AreasOf(const LayoutPage& page) {
  std::vector<Area> areas;
  for (const Table& table : page.tables)
    for (const Place& place : table.places)
      if (place.page == page.page) areas.push_back({place.box, true});
  for (const FlowItem& item : page.flow) {
    if (!item.paragraph) continue;
    Box box;
    for (const Line& line : item.paragraph->lines)
      if (line.page == page.page) box = Union(box, line.box);
    if (!box.empty()) areas.push_back({box, false});
  }
  return areas;
}

// The area that the line's centre lies in: a table rather than a paragraph, the smaller of two.
int AreaOf(const Line& line, const std::vector<Area>& areas) {
  int best = kAlone;
  for (std::size_t i = 0; i < areas.size(); ++i) {
    if (!areas[i].box.Contains({line.box.centre_x(), line.box.centre_y()})) continue;
    if (best == kAlone) {
      best = static_cast<int>(i);
      continue;
    }
    const Area& other = areas[static_cast<std::size_t>(best)];
    if (areas[i].table != other.table ? areas[i].table : areas[i].box.area() < other.box.area())
      best = static_cast<int>(i);
  }
  return best;
}

}  // namespace

std::vector<PageBlock> BlocksOf(const LayoutPage& page) {
  const std::vector<Area> areas = AreasOf(page);
  std::vector<PageBlock> blocks;
  int current = kAlone;
  for (const Line& line : page.lines) {
    if (line.words.empty()) continue;
    const int area = AreaOf(line, areas);
    if (blocks.empty() || area == kAlone || area != current) {
      blocks.push_back({area != kAlone && areas[static_cast<std::size_t>(area)].table, {}, {}});
    }
    current = area;
    blocks.back().box = Union(blocks.back().box, line.box);
    blocks.back().lines.push_back(&line);
  }
  return blocks;
}

}  // namespace vanthu::record
