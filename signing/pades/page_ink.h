// Where a page or an appearance puts ink: boxes of its texts, pictures and surfaces in drawing order.
//
// Input: content streams and their resources. Output: boxes, in the user space of the page (or of the form):
// points, origin at the bottom left, y up. Method: the graphics state's matrix, clip box, text matrices and
// blending are followed, glyphs are not: a text's box is guessed at half an em a character. Good enough to
// tell whether something lies over text; not to read it. Text that is drawn invisibly (Tr 3, 7) is left out.
// Fails at: text made of paths or pictures (those are surfaces and pictures), clips that are no rectangle
// (their bounding box is taken). Source: ISO 32000-1, 8.4, 9.3, 9.4.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pipeline/model/geometry.h"
#include "signing/pdf/file.h"

namespace vanthu::signing {

struct InkMark {
  enum class Kind : std::uint8_t { kText, kPicture, kSurface, kLine } kind = Kind::kText;
  Box box;
  bool see_through = false;  // blended otherwise than Normal, less than half opaque, or a picture with a mask
  std::string bytes;         // kText: the string as written, at most 200 bytes
  bool composite = false;    // kText: in a composite font: two bytes a character
};

struct Ink {
  std::vector<InkMark> marks;  // in drawing order, inside the clip; without those that have no area
  bool complete = true;        // false: over a limit, or a stream that cannot be decoded

  Box Bounds() const;
  bool Has(InkMark::Kind kind) const;
};

// `page`: with inherited attributes, as File::Pages gives it. Without annotations.
Ink ReadPageInk(const pdf::File& file, std::size_t revision, const pdf::Dictionary& page);
// A form XObject; nothing else has ink.
Ink ReadFormInk(const pdf::File& file, std::size_t revision, const pdf::Object& form);

// A rectangle array; empty box when it is none. Corners in any order.
Box ReadRectangle(const pdf::File& file, std::size_t revision, const pdf::Object& rectangle);

}  // namespace vanthu::signing
