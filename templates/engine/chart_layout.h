// A chart's text and bars, and how its groups divide over pages. Private to the engine.
#pragma once

#include <vector>

#include "templates/engine/page.h"

namespace vanthu::templates {

// Horizontal bars, one below the other, each with its value beside it. A chart higher than a page is cut
// between groups into parts, each a Figure of its own; the key to the fills is repeated.
class ChartLayout {
 public:
  // `most_height_pt`: of a part, where more than one group would be in it.
  static Result<ChartLayout> Begin(const Chart& chart, double x_pt, double width_pt, double most_height_pt,
                                   const Where& where, Shaper& shaper, StructureTree& tree,
                                   std::uint32_t parent);

  std::size_t Parts() const { return parts_.size(); }
  double Height(std::size_t part) const { return parts_[part].height_pt; }
  // Draws the part with its top at `top_pt` of the page and tells the tree where it stands.
  void Emit(std::size_t part, double top_pt, Page& page, StructureTree& tree) const;

 private:
  struct Laid {
    std::uint32_t first_line = 0;
    std::uint32_t lines = 0;
    double height_pt = 0;
  };
  struct Entry {  // of the key
    Laid text;
    double x_pt = 0, y_pt = 0;
  };
  struct Bar {
    Laid text;
    double length_pt = 0;
    std::size_t series = 0;
  };
  struct Group {
    Laid label;
    std::vector<Bar> bars;
    double height_pt = 0;
  };
  struct Part {
    std::size_t first = 0, end = 0;  // groups
    std::uint32_t element = 0;
    double height_pt = 0;
  };

  Result<Laid> Lay(const std::string& text, double width_pt, const Where& where, Shaper& shaper);
  Status LayKey(const Where& where, Shaper& shaper);
  Status LayGroups(Where where, Shaper& shaper);
  void Divide(double most_height_pt, StructureTree& tree, std::uint32_t parent);
  std::string AltOf(const Part& part) const;
  double WidthOf(const Laid& laid, Shaper& shaper) const;
  void EmitText(const Laid& laid, double x_pt, double y_pt, std::uint32_t element, Page& page) const;
  void EmitGroup(const Group& group, double y_pt, std::uint32_t element, Page& page) const;

  const Chart* chart_ = nullptr;
  double x_ = 0, width_ = 0;
  double label_width_ = 0;
  double slot_ = 0;  // height of a bar with its value
  double key_height_ = 0;
  Lines lines_;
  std::vector<Entry> key_;
  std::vector<Group> groups_;
  std::vector<Part> parts_;
};

}  // namespace vanthu::templates
