// A document's pages as the archive copy's writer takes them. Private to the room.
#pragma once

#include <string>

#include "ocr/textlayer/textlayer.h"
#include "pipeline/base/error.h"
#include "pipeline/intake/intake.h"
#include "pipeline/model/layout.h"

namespace vanthu::run {

// Page `index` of `document` with the words of `layout`: its own picture where it is one JPEG and
// `own_pictures` is set, else rendered at 200 dpi (TT 05/2025/TT-BNV, for administrative documents).
Result<ocr::ArchivePage> MakeArchivePage(intake::Document& document, const LayoutPage& layout, int index,
                                         bool own_pictures);

// "2026-01-31T08:00:00+07:00": Vietnam has had one zone without summer time since 1975.
std::string NowInVietnam();

}  // namespace vanthu::run
