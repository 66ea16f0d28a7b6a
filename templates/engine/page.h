// What lies on a page: the display list that the writers read. Private to the engine. Points, origin top
// left.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "templates/engine/lines.h"
#include "templates/engine/structure.h"

namespace vanthu::templates {

struct TextItem {
  const Lines* lines = nullptr;
  std::uint32_t line = 0;
  std::uint32_t element = kArtifact;
  double x_pt = 0;
  double baseline_pt = 0;
};

inline constexpr double kTextRulePt = 0.75;  // of the rules under a paragraph

struct RuleItem {  // horizontal or vertical
  double x0_pt = 0, y0_pt = 0, x1_pt = 0, y1_pt = 0;
  double width_pt = 0;
  bool red = false;
};

// Told apart without colours, in the order in which a chart's series take them.
enum class Fill : std::uint8_t { kSolid, kHatch, kOutline, kGrey, kCross, kLight };
inline constexpr std::size_t kFills = 6;

struct FillItem {  // a rectangle with a thin outline
  Fill fill = Fill::kSolid;
  std::uint32_t element = kArtifact;
  double x0_pt = 0, y0_pt = 0, x1_pt = 0, y1_pt = 0;
};

struct PlaceItem {
  std::string name;
  double x0_pt = 0, y0_pt = 0, x1_pt = 0, y1_pt = 0;
};

struct Page {
  double width_pt = 0;
  double height_pt = 0;
  std::vector<TextItem> texts;  // in reading order
  std::vector<RuleItem> rules;
  std::vector<FillItem> fills;
  std::vector<PlaceItem> places;
};

// Takes each page as soon as it is full; what the page points to is gone after the call.
using PageSink = std::function<Status(const Page&)>;

// Lays the whole (checked) document out. Adds its elements to `tree`; pages come in order.
Status LayOut(const Document& document, int most_pages, Shaper& shaper, StructureTree& tree,
              const PageSink& sink);

}  // namespace vanthu::templates
