// What a document says of its pages and colours, for who draws on them.
#pragma once

#include "signing/appearance/page_frame.h"
#include "signing/pdf/file.h"

namespace vanthu::signing {

// `page`: of File::Pages, that is, with what it inherits.
PageFrame FrameOf(const pdf::File& file, const pdf::Dictionary& page);

// False where the document says that it is PDF/A-1 (ISO 19005-1, 6.4: no soft masks), or a later part without
// an output intent (ISO 19005-2, 6.2.10: its pages would need a blending colour space, and pages must not
// change).
bool AllowsTransparency(const pdf::File& file);

}  // namespace vanthu::signing
