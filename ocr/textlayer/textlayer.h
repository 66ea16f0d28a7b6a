// The archive copy: a two-layer PDF/A-2b (picture + invisible text) of a scanned or born-digital document.
// Source: ISO 19005-2, TT 05/2025/TT-BNV. Writes through PoDoFo; thread-confined. Boxes in points, y down.
//
// Memory: one page's picture; pictures are written out as they come.
#pragma once

#include <functional>
#include <optional>
#include <streambuf>
#include <string>
#include <vector>

#include "pipeline/base/error.h"
#include "pipeline/model/page.h"
#include "pipeline/model/raster.h"

namespace vanthu::ocr {

// What one page of the copy shows. Exactly one of jpeg and raster is given.
struct ArchivePage {
  double width_pt = 0;  // of the page as the file shows it
  double height_pt = 0;
  std::optional<std::string>
      jpeg;  // the page's own picture, goes in untouched: grey or RGB, 8 bits a channel
  int jpeg_width_px = 0;
  int jpeg_height_px = 0;
  int jpeg_components = 3;
  Affine jpeg_to_page;           // unit square (y down) -> page points
  std::optional<Raster> raster;  // encoded here, covers the whole page
  std::vector<Word> words;       // in the upright frame of `to_source`
  Affine to_source;
};

struct ArchiveInfo {
  std::string title;        // empty: none
  std::string document_id;  // sha256 of the original: makes /ID and XMP ids the same on every run
  std::string created_iso;  // "2026-01-31T08:00:00+07:00", from the caller's clock; empty: no dates
};

// Calls `next` for page 0, 1, ... until page_count; so one page's picture is in memory at a time. `out` must
// be empty and be able to seek. The same input gives the same bytes. An error of `next` is passed on.
// kDamaged (with the page): a JPEG that is broken or not of the size it claims. kNotAccepted: a JPEG that
// PDF/A cannot hold as it is (CMYK, 12 bits, arithmetic coding) - hand in a raster instead. kLimit: a page
// outside 3..14400 pt. kMissingResource: the invisible font is not installed. kWrite: `out` took no more; its
// owner knows why.
Status BuildArchivePdf(int page_count, const std::function<Result<ArchivePage>(int)>& next,
                       const ArchiveInfo& info, std::streambuf& out);

}  // namespace vanthu::ocr
