// Places on a page. Points: 1/72 inch, origin top left, y down. Pixels only inside `ocr` and `Raster`.
#pragma once

#include <algorithm>
#include <cmath>

namespace vanthu {

struct Point {
  double x = 0;
  double y = 0;
};

// x0 <= x1 and y0 <= y1; an empty box has no area.
struct Box {
  double x0 = 0;
  double y0 = 0;
  double x1 = 0;
  double y1 = 0;

  double width() const { return x1 - x0; }
  double height() const { return y1 - y0; }
  double area() const { return std::max(0.0, width()) * std::max(0.0, height()); }
  double centre_x() const { return (x0 + x1) / 2; }
  double centre_y() const { return (y0 + y1) / 2; }
  bool empty() const { return x1 <= x0 || y1 <= y0; }
  bool Contains(Point p) const { return p.x >= x0 && p.x <= x1 && p.y >= y0 && p.y <= y1; }
  friend bool operator==(const Box&, const Box&) = default;
};

inline Box Union(const Box& a, const Box& b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  return {std::min(a.x0, b.x0), std::min(a.y0, b.y0), std::max(a.x1, b.x1), std::max(a.y1, b.y1)};
}

inline Box Intersection(const Box& a, const Box& b) {
  return {std::max(a.x0, b.x0), std::max(a.y0, b.y0), std::min(a.x1, b.x1), std::min(a.y1, b.y1)};
}

inline double OverlapX(const Box& a, const Box& b) {
  return std::min(a.x1, b.x1) - std::max(a.x0, b.x0);
}
inline double OverlapY(const Box& a, const Box& b) {
  return std::min(a.y1, b.y1) - std::max(a.y0, b.y0);
}

// x' = a x + c y + e, y' = b x + d y + f (the order of PDF's matrices).
struct Affine {
  double a = 1, b = 0, c = 0, d = 1, e = 0, f = 0;

  Point Map(Point p) const { return {a * p.x + c * p.y + e, b * p.x + d * p.y + f}; }
  // The upright box around the mapped corners.
  Box Map(const Box& box) const {
    const Point p[4] = {Map(Point{box.x0, box.y0}), Map(Point{box.x1, box.y0}), Map(Point{box.x0, box.y1}),
                        Map(Point{box.x1, box.y1})};
    Box out{p[0].x, p[0].y, p[0].x, p[0].y};
    for (const Point& q : p) {
      out.x0 = std::min(out.x0, q.x);
      out.y0 = std::min(out.y0, q.y);
      out.x1 = std::max(out.x1, q.x);
      out.y1 = std::max(out.y1, q.y);
    }
    return out;
  }
  // First this, then `next`.
  Affine Then(const Affine& next) const {
    return {next.a * a + next.c * b, next.b * a + next.d * b,          next.a * c + next.c * d,
            next.b * c + next.d * d, next.a * e + next.c * f + next.e, next.b * e + next.d * f + next.f};
  }
};

// Dots per inch.
struct Dpi {
  double value = 0;
  double PointsPerPixel() const { return 72.0 / value; }
  double PixelsPerPoint() const { return value / 72.0; }
};

}  // namespace vanthu
