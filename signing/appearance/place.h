// Where a signature belongs on a document that names no place for it.
//
// Input: the words of its pages, whoever read them. Output: the free space between the signer's title and
// name, else under the title, else the bottom right of the last page with text; and how sure that is. Method:
// lines in columns; capitals that open with an authority mark or a position, the capitals under them on the
// same axis, then a gap, then a name. "Nơi nhận" beside the block tells the document's own signer from those
// of its appendices. Accuracy: measured in docs/benchmarks.md. Where it fails: title and name that are
// pictures only; several signers side by side (the one beside "Nơi nhận", else the last is taken).
//
// Boxes in the frame of the page as shown (PageFrame): points, origin top left. Thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pipeline/model/geometry.h"
#include "pipeline/model/page.h"
#include "signing/appearance/place_rules.h"

namespace vanthu::signing {

enum class PlaceKind : std::uint8_t {
  kNamed,       // the document says so itself (named_place.h)
  kBesideName,  // between title and name
  kUnderTitle,  // a title without a name in sight
  kCorner,      // nothing was found
};

struct FoundPlace {
  int page = 0;  // 0-based
  Box box;
  PlaceKind kind = PlaceKind::kCorner;
  double confidence = 0;  // 0..1; under 0.8 a person should look
  std::string title;      // "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH"
  std::string name;
};

// `pages` in order, as intake or the recogniser gives them; Page::index is the page's number. Words of
// appearances (of signatures there already) are left out. Without any page the place is on page 0 of an A4
// sheet.
FoundPlace FindPlace(const std::vector<Page>& pages, const PlaceRules& rules);

}  // namespace vanthu::signing
