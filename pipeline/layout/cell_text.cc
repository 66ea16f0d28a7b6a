#include "pipeline/layout/cell_text.h"

#include "pipeline/layout/list_marker.h"

namespace vanthu::layout {
namespace {

double Room(const CellPart& part, const Line& line) {
  const bool turned = !line.words.empty() && line.words.front().rotation_deg % 180 != 0;
  return turned ? part.box.height() - line.box.height() : part.inner_pt - line.box.width();
}

bool EndsPhrase(const std::string& text) {
  return !text.empty() && std::string_view(".;:,!?").find(text.back()) != std::string_view::npos;
}

// Does `below` begin a list item, or is its sign only where the line happened to wrap ("Đảng ủy" / "- Nội
// vụ")?
bool BeginsItem(const Line& above, const Line& below, double room_pt) {
  const auto marker = FindMarker(below.text);
  if (!marker || below.text.size() == marker->bytes) return false;
  if (EndsPhrase(above.text) || HadRoom(room_pt, above, below)) return true;
  // The line above was full: a dash between two capitals or before a small letter goes on with it.
  const std::string rest = below.text.substr(marker->bytes + (marker->attached ? 0 : 1));
  const bool small = !rest.empty() && rest.front() >= 'a' && rest.front() <= 'z';
  if (marker->kind == MarkerKind::kDash) return !small;
  return !marker->attached;
}

}  // namespace

std::string CellText(const std::vector<CellPart>& parts, const LineJoins& joins) {
  std::string text;
  const Line* above = nullptr;
  double room = 0;
  for (const CellPart& part : parts) {
    for (const Line& line : part.lines) {
      if (above != nullptr) {
        if (BeginsItem(*above, line, room))
          text += '\n';
        else
          text += joins.Between(*above, line, room);
      }
      text += line.text;
      above = &line;
      room = Room(part, line);
    }
  }
  return text;
}

}  // namespace vanthu::layout
