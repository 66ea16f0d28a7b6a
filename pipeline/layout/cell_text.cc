#include "pipeline/layout/cell_text.h"

#include <algorithm>

#include "pipeline/layout/list_marker.h"

namespace vanthu::layout {
namespace {

// A line of a cell, with what was left free on it.
struct Seat {
  const Line* line;
  double room_pt;
  double width_pt;
  bool spaces_drawn;  // in its cell
};

double Room(const CellPart& part, const Line& line) {
  const bool turned = !line.words.empty() && line.words.front().rotation_deg % 180 != 0;
  return turned ? part.box.height() - line.box.height() : part.inner_pt - line.box.width();
}

bool EndsPhrase(const std::string& text) {
  return !text.empty() && std::string_view(".;:,!?)").find(text.back()) != std::string_view::npos;
}

// Lines that begin an item for certain: the marker had room on the line above, or a phrase ended there.
bool SurelyBegins(const Seat& above, const Line& below) {
  return EndsPhrase(above.line->text) || HadRoom(above.room_pt, *above.line, below);
}

bool IsDash(const Line& line) {
  const auto marker = FindMarker(line.text);
  return marker && marker->kind == MarkerKind::kDash;
}

// A dash after a full line: an item, or the middle of a phrase ("Đảng ủy" / "- Nội vụ")?
bool DashBegins(const std::vector<Seat>& seats, std::size_t i, const LineJoins& joins) {
  const Line& above = *seats[i - 1].line;
  const Line& below = *seats[i].line;
  // How the cell's certain items end, and whether it has any.
  int items = IsDash(*seats.front().line) ? 1 : 0, closed = 0, open = 0;
  for (std::size_t k = 1; k < seats.size(); ++k) {
    if (k == i || !IsDash(*seats[k].line)) continue;
    const bool phrase = EndsPhrase(seats[k - 1].line->text);
    if (!phrase && !HadRoom(seats[k - 1].room_pt, *seats[k - 1].line, *seats[k].line)) continue;
    ++items;
    (phrase ? closed : open)++;
  }
  if (items == 0) return false;
  return !joins.GoesOnWithDash(above, below, seats[i - 1].width_pt, closed > 0 && open == 0);
}

// Does line `i` begin a list item, or does its sign stand where the line happened to wrap?
bool BeginsItem(const std::vector<Seat>& seats, std::size_t i, const LineJoins& joins) {
  const Line& below = *seats[i].line;
  const auto marker = FindMarker(below.text);
  if (!marker) return false;
  if (below.text.size() == marker->bytes)
    return EndsPhrase(seats[i - 1].line->text);  // its text begins below
  if (SurelyBegins(seats[i - 1], below)) return true;
  if (const auto ends =
          joins.EndsParagraph(*seats[i - 1].line, seats[i - 1].room_pt, seats[i - 1].spaces_drawn))
    return *ends;
  const std::string rest = below.text.substr(marker->bytes + (marker->attached ? 0 : 1));
  const bool small = !rest.empty() && rest.front() >= 'a' && rest.front() <= 'z';
  if (marker->kind == MarkerKind::kDash) return !small && DashBegins(seats, i, joins);
  return !marker->attached;
}

}  // namespace

std::string CellText(const std::vector<CellPart>& parts, const LineJoins& joins) {
  std::vector<Seat> seats;
  for (const CellPart& part : parts)
    for (const Line& line : part.lines)
      seats.push_back({&line, Room(part, line), part.inner_pt, SpacesDrawn(part.lines)});
  std::string text;
  std::string token;  // the last one, over the lines it is broken into
  for (std::size_t i = 0; i < seats.size(); ++i) {
    const Line& line = *seats[i].line;
    bool piece = false;
    if (i > 0) {
      const std::string_view glue =
          joins.Between(*seats[i - 1].line, line, seats[i - 1].room_pt, seats[i - 1].spaces_drawn, &token);
      piece = glue.empty() && line.words.size() == 1;
      text += glue.empty() ? "" : BeginsItem(seats, i, joins) ? "\n" : " ";
    }
    text += line.text;
    token = (piece ? token : std::string()) + (line.words.empty() ? std::string() : line.words.back().text);
  }
  return text;
}

}  // namespace vanthu::layout
