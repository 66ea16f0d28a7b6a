// Phụ lục: heading, title, the document it belongs to, tables, prose, footnotes.
#pragma once

#include <vector>

#include "pipeline/extract/notes.h"
#include "pipeline/extract/reading.h"
#include "pipeline/model/record.h"

namespace vanthu::extract {

struct FoundAppendix {
  Appendix appendix;
  std::optional<IssuedWith> issued_with;  // the whole of "(Kèm theo ...)": also kind and agency
  Evidence heading;
  std::size_t body_begin = 0;  // the first element below title and note
};

// Evidence under /appendices/N/...
std::vector<FoundAppendix> FindAppendices(const Reading& reading, const Parts& parts, const FieldRules& rules,
                                          Notes* notes);

}  // namespace vanthu::extract
