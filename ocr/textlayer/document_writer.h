// A PDF/A-2b file, written object by object through PoDoFo. Private to the room; PoDoFo is not seen outside
// its .cc.
#pragma once

#include <memory>
#include <string>

#include "ocr/textlayer/picture.h"
#include "ocr/textlayer/textlayer.h"
#include "pipeline/base/error.h"

namespace vanthu::ocr {

class DocumentWriter {
 public:
  // kMissingResource: font or colour profile. kInternal: created_iso is no date.
  static Result<std::unique_ptr<DocumentWriter>> Begin(const ArchiveInfo& info, int page_count);
  virtual ~DocumentWriter() = default;

  // The picture is written out at once; `words` follow it, invisible.
  virtual Status AddPage(double width_pt, double height_pt, const Picture& picture,
                         const std::vector<Word>& words, const Affine& to_source) = 0;
  // The whole file; the writer is spent.
  virtual Result<std::string> Finish() = 0;
};

}  // namespace vanthu::ocr
