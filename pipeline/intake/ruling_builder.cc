#include "pipeline/intake/ruling_builder.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace vanthu::intake {
namespace {

constexpr double kSameLinePt = 0.5;  // pieces of one border differ by rounding, up to a third of a point
constexpr double kTouchPt = 0.6;  // corner gaps of borders painted cell by cell (Word leaves up to 0.48 pt)
constexpr double kDashPt = 12;    // pieces this short may be dashes
constexpr double kDashGapPt = 6;
constexpr double kMinDottedPt = 8;  // a shorter row of dots is an ellipsis or a drawing
constexpr int kSameColour = 12;     // of 255 a channel
constexpr double kMinRulingPt = 2;  // shorter pieces that joined nothing are parts of drawings

struct Piece {
  double position = 0;
  double start = 0;
  double end = 0;
  double thickness = 0;
  bool dot = false;
};

bool SameColour(std::uint32_t a, std::uint32_t b) {
  for (int shift = 0; shift < 24; shift += 8)
    if (std::abs(static_cast<int>(a >> shift & 0xFF) - static_cast<int>(b >> shift & 0xFF)) > kSameColour)
      return false;
  return true;
}

// In the colour of the last area under its middle, or painted over by one.
bool Hidden(const PageContent& content, const PaintedEdge& edge) {
  const Point centre{edge.box.centre_x(), edge.box.centre_y()};
  std::uint32_t background = 0xFFFFFF;
  bool known = true;
  for (const PaintedArea& area : content.areas) {
    // An area that only borders on the edge is not under it.
    const Box inner{area.box.x0 + 0.1, area.box.y0 + 0.1, area.box.x1 - 0.1, area.box.y1 - 0.1};
    if (!inner.Contains(centre)) continue;
    if (area.order > edge.order)
      return area.box.x0 <= edge.box.x0 && area.box.x1 >= edge.box.x1 && area.box.y0 <= edge.box.y0 &&
             area.box.y1 >= edge.box.y1;
    background = area.rgb;
    known = area.known_colour;
  }
  return known && SameColour(background, edge.rgb);
}

bool Joins(const Piece& line, double last_length, const Piece& next) {
  const double gap = next.start - line.end;
  if (gap <= std::max(kTouchPt, 0.75 * std::max(line.thickness, next.thickness))) return true;
  const double length = next.end - next.start;
  if (last_length > kDashPt || length > kDashPt) return false;
  return gap <= std::min(kDashGapPt, 3 * std::max({length, last_length, 1.0}));
}

// `pieces` of one direction -> rulings.
void JoinPieces(std::vector<Piece>& pieces, bool horizontal, std::vector<Ruling>& out) {
  std::sort(pieces.begin(), pieces.end(), [](const Piece& a, const Piece& b) {
    return a.position != b.position ? a.position < b.position : a.start < b.start;
  });
  for (std::size_t first = 0; first < pieces.size();) {
    std::size_t end = first + 1;
    while (end < pieces.size() && pieces[end].position - pieces[first].position <= kSameLinePt) ++end;
    std::sort(pieces.begin() + static_cast<std::ptrdiff_t>(first),
              pieces.begin() + static_cast<std::ptrdiff_t>(end),
              [](const Piece& a, const Piece& b) { return a.start < b.start; });
    Piece line = pieces[first];
    double last_length = line.end - line.start;
    double weight = std::max(last_length, 0.01), moment = line.position * weight;
    int count = 1;
    bool only_dots = line.dot;
    const auto flush = [&] {
      const double length = line.end - line.start;
      const bool enough = only_dots ? count >= 4 && length >= kMinDottedPt : length >= kMinRulingPt;
      if (enough) out.push_back({horizontal, moment / weight, line.start, line.end, line.thickness, 1.0});
    };
    for (std::size_t i = first + 1; i < end; ++i) {
      const Piece& next = pieces[i];
      const double length = next.end - next.start;
      if (Joins(line, last_length, next)) {
        line.end = std::max(line.end, next.end);
        line.thickness = std::max(line.thickness, next.thickness);
        weight += std::max(length, 0.01);
        moment += next.position * std::max(length, 0.01);
        only_dots = only_dots && next.dot;
        ++count;
      } else {
        flush();
        line = next;
        weight = std::max(length, 0.01);
        moment = line.position * weight;
        count = 1;
        only_dots = line.dot;
      }
      last_length = length;
    }
    flush();
    first = end;
  }
}

}  // namespace

std::vector<Ruling> BuildRulings(const PageContent& content) {
  std::vector<Piece> horizontal, vertical;
  constexpr std::size_t kMaxComparisons = 200'000'000;
  const bool judge = content.areas.size() * content.edges.size() <= kMaxComparisons;
  for (const PaintedEdge& edge : content.edges) {
    if (judge && Hidden(content, edge)) continue;
    const Box& b = edge.box;
    if (edge.horizontal || edge.dot) horizontal.push_back({b.centre_y(), b.x0, b.x1, b.height(), edge.dot});
    if (!edge.horizontal || edge.dot) vertical.push_back({b.centre_x(), b.y0, b.y1, b.width(), edge.dot});
  }
  std::vector<Ruling> out;
  JoinPieces(horizontal, true, out);
  JoinPieces(vertical, false, out);
  return out;
}

std::vector<Box> BuildShadings(const PageContent& content) {
  std::vector<Box> out;
  for (const PaintedArea& area : content.areas) {
    if (!area.known_colour || SameColour(area.rgb, 0xFFFFFF)) continue;
    if (area.box.area() > 0.9 * content.width_pt * content.height_pt) continue;
    out.push_back(area.box);
  }
  return out;
}

}  // namespace vanthu::intake
