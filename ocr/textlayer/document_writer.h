// A PDF/A-2b file, written object by object through PoDoFo. Private to the room; PoDoFo is not seen outside
// its .cc.
#pragma once

#include <memory>
#include <streambuf>
#include <string>

#include "ocr/textlayer/picture.h"
#include "ocr/textlayer/textlayer.h"
#include "pipeline/base/error.h"

namespace vanthu::ocr {

class DocumentWriter {
 public:
  // `out` outlives the writer. kMissingResource: font or colour profile. kInternal: created_iso is no date.
  static Result<std::unique_ptr<DocumentWriter>> Begin(const ArchiveInfo& info, std::streambuf& out);
  virtual ~DocumentWriter() = default;

  // The picture is written out at once; `words` follow it, invisible.
  virtual Status AddPage(double width_pt, double height_pt, const Picture& picture,
                         const std::vector<Word>& words, const Affine& to_source) = 0;
  // What is left, such as the cross-reference table; the writer is spent.
  virtual Status Finish() = 0;
};

}  // namespace vanthu::ocr
