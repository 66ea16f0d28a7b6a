// A page as it is shown, and the way from there to its user space.
//
// The frame of places: origin at the top left of what a viewer shows (the CropBox, turned by /Rotate), y
// down, in units of user space as in the rest of the program (points wherever a page has no UserUnit). Real
// sizes - of a seal, of letters - are divided by `user_unit`. ISO 32000-1, 7.7.3.3,
// table 30. Values; thread-safe.
#pragma once

#include <array>
#include <optional>

#include "pipeline/model/geometry.h"

namespace vanthu::signing {

using PdfRect = std::array<double, 4>;  // two opposite corners in any order, user space, y up

class PageFrame {
 public:
  // Boxes as the page has them. A CropBox is cut to the MediaBox; where nothing is left, the MediaBox counts,
  // and without a usable one A4. `rotate_deg`: /Rotate as written; what is no multiple of 90 counts as 0.
  PageFrame(const PdfRect& media_box, const std::optional<PdfRect>& crop_box, int rotate_deg,
            double user_unit);

  double width() const { return turned() ? crop_.height() : crop_.width(); }  // as shown
  double height() const { return turned() ? crop_.width() : crop_.height(); }
  int rotate_deg() const { return rotate_deg_; }  // 0, 90, 180, 270 clockwise
  double user_unit() const { return user_unit_; }

  Point ToUser(Point shown) const;
  Point ToShown(Point user) const;
  // {x0, y0, x1, y1}, lower left first.
  PdfRect ToUser(const Box& shown) const;
  Box ToShown(const PdfRect& user) const;

 private:
  bool turned() const { return rotate_deg_ % 180 != 0; }

  Box crop_;  // user space: y0 is the lower side
  int rotate_deg_ = 0;
  double user_unit_ = 1;
};

}  // namespace vanthu::signing
