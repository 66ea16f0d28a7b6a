// A PDF of one page that shows one widget: to look at appearances through another program's eyes.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/type/pdf_objects.h"
#include "signing/appearance/appearance.h"

namespace vanthu::signing {

class KeptObjects final : public type::PdfObjects {
 public:
  explicit KeptObjects(int first) : next_(first) {}
  int Reserve() override { return next_++; }
  void Write(int object, std::string_view body) override { bodies[object] = body; }
  void WriteStream(int object, std::string_view entries, std::string_view data, bool plain) override;

  std::map<int, std::string> bodies;

 private:
  int next_;
};

struct TestPage {
  PdfRect media_box{0, 0, 595, 842};
  std::optional<PdfRect> crop_box;
  int rotate_deg = 0;
  double user_unit = 1;

  PageFrame Frame() const { return {media_box, crop_box, rotate_deg, user_unit}; }
};

// The whole file; `objects` were numbered from kFirstFree on.
inline constexpr int kFirstFree = 10;
std::string PagePdf(const TestPage& page, const std::vector<Appearance>& widgets, const KeptObjects& objects);

// As pdftotext gives it, white space collapsed.
std::string ShownText(const std::string& pdf);

// The page as shown, 72 dpi (of points without UserUnit): 0xRRGGBB at a point.
class Shot {
 public:
  explicit Shot(const std::string& pdf);
  int width() const { return width_; }
  int height() const { return height_; }
  std::uint32_t At(double x, double y) const;
  // The box of all that is not white.
  Box Ink() const;

 private:
  static constexpr int kScale = 2;
  int width_ = 0, height_ = 0;
  std::vector<std::uint32_t> pixels_;
};

}  // namespace vanthu::signing
