// What a signature shows, and where: the appearance stream of its widget.
//
// Input: a role, a picture or lines of text, a page. Output: PDF objects and the widget's rectangle. Method:
// everything is measured on the page as it is shown, drawn upright, and turned into user space at the end
// (the form's Matrix counters /Rotate; ISO 32000-1, 12.5.5). Pictures and text are in sRGB by ICC profile,
// fonts are embedded subsets with ToUnicode: right in PDF/A-1 (with `allow_transparency` off), -2 and -3,
// whatever their output intent. The same input gives the same objects. Layout: Nghị định 30/2020/NĐ-CP, Phụ
// lục I.
//
// Errors: kUsage (no place given, a place outside the page), kNotAccepted (a seal whose size cannot be true,
// a picture larger than the page), kMissingResource (a character that the font lacks). Thread-safe; `objects`
// is the caller's.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pipeline/base/error.h"
#include "pipeline/model/geometry.h"
#include "pipeline/type/fonts.h"
#include "pipeline/type/pdf_objects.h"
#include "signing/appearance/appearance_rules.h"
#include "signing/appearance/page_frame.h"
#include "signing/appearance/picture.h"

namespace vanthu::signing {

enum class AppearanceRole : std::uint8_t { kSigner, kAgency, kAnnex, kCopy };

struct AppearanceRequest {
  AppearanceRole role = AppearanceRole::kSigner;
  // kSigner: scaled into the place. kAgency: in its actual size. Null: none.
  const Picture* picture = nullptr;
  std::optional<double> picture_width_mm;  // instead of what the file says
  // Shown as they are; of kAnnex and kCopy from BlockLines().
  std::vector<std::string> lines;
  // In the frame of PageFrame. kSigner: the place between title and name. kAgency: the signer's picture (or
  // place), a third of which the seal lies over.
  std::optional<Box> place;
  // Where the centre of the picture (or of the empty rectangle) goes, instead of the role's own position;
  // of kAnnex and kCopy the centre of the text.
  std::optional<Point> at;
  // What the page's top right holds already (widgets of other signatures): kAnnex and kCopy stand left of it.
  std::vector<Box> taken;
  // Off for PDF/A-1, and for PDF/A without an output intent: pictures are then flattened on white.
  bool allow_transparency = true;
  std::string alternate_name;  // empty: the role's own of the rules
};

struct Appearance {
  int stream = 0;              // of /AP /N; always there, even if it draws nothing
  Box shown;                   // frame of PageFrame
  PdfRect rect{};              // /Rect: user space, lower left first
  int rotation_deg = 0;        // /MK /R
  std::string alternate_name;  // /TU, UTF-8
  std::vector<Message>
      remarks;  // for people: a seal whose size was assumed, text that had to be made smaller
};

Result<Appearance> WriteAppearance(const AppearanceRequest& request, const PageFrame& page,
                                   const type::Fonts& fonts, const AppearanceRules& rules,
                                   type::PdfObjects& objects);

// The entries of the widget that follow from it: /Rect /F /AP /MK /TU. Print, and Locked if asked: Adobe's
// signatures are (ISO 32000-1, table 165).
std::string WidgetEntries(const Appearance& appearance, bool locked);

}  // namespace vanthu::signing
