#include "signing/appearance/page_frame.h"

#include <algorithm>
#include <cmath>

namespace vanthu::signing {
namespace {

constexpr double kA4Width = 210 / 25.4 * 72, kA4Height = 297 / 25.4 * 72;
constexpr double kMostUnits = 1e6;  // beyond any page: a number that would only break later sums

std::optional<Box> Normal(const PdfRect& rect) {
  for (const double side : rect)
    if (!(std::abs(side) <= kMostUnits)) return std::nullopt;
  const Box box{std::min(rect[0], rect[2]), std::min(rect[1], rect[3]), std::max(rect[0], rect[2]),
                std::max(rect[1], rect[3])};
  if (box.width() < 1 || box.height() < 1) return std::nullopt;
  return box;
}

}  // namespace

PageFrame::PageFrame(const PdfRect& media_box, const std::optional<PdfRect>& crop_box, int rotate_deg,
                     double user_unit)
    : crop_(Normal(media_box).value_or(Box{0, 0, kA4Width, kA4Height})),
      rotate_deg_(rotate_deg % 90 == 0 ? (rotate_deg % 360 + 360) % 360 : 0),
      user_unit_(user_unit > 0 && user_unit <= 1000 ? user_unit : 1) {
  const std::optional<Box> crop = crop_box ? Normal(*crop_box) : std::nullopt;
  if (!crop) return;
  const Box cut = Intersection(*crop, crop_);
  if (cut.width() >= 1 && cut.height() >= 1) crop_ = cut;
}

Point PageFrame::ToUser(Point shown) const {
  switch (rotate_deg_) {
    case 90:
      return {crop_.x0 + shown.y, crop_.y0 + shown.x};
    case 180:
      return {crop_.x1 - shown.x, crop_.y0 + shown.y};
    case 270:
      return {crop_.x1 - shown.y, crop_.y1 - shown.x};
    default:
      return {crop_.x0 + shown.x, crop_.y1 - shown.y};
  }
}

Point PageFrame::ToShown(Point user) const {
  switch (rotate_deg_) {
    case 90:
      return {user.y - crop_.y0, user.x - crop_.x0};
    case 180:
      return {crop_.x1 - user.x, user.y - crop_.y0};
    case 270:
      return {crop_.y1 - user.y, crop_.x1 - user.x};
    default:
      return {user.x - crop_.x0, crop_.y1 - user.y};
  }
}

PdfRect PageFrame::ToUser(const Box& shown) const {
  const Point a = ToUser(Point{shown.x0, shown.y0}), b = ToUser(Point{shown.x1, shown.y1});
  return {std::min(a.x, b.x), std::min(a.y, b.y), std::max(a.x, b.x), std::max(a.y, b.y)};
}

Box PageFrame::ToShown(const PdfRect& user) const {
  const Point a = ToShown(Point{user[0], user[1]}), b = ToShown(Point{user[2], user[3]});
  return {std::min(a.x, b.x), std::min(a.y, b.y), std::max(a.x, b.x), std::max(a.y, b.y)};
}

}  // namespace vanthu::signing
