// The signer from the lines of the block, top to bottom.
#pragma once

#include <optional>
#include <vector>

#include "pipeline/extract/field_rules.h"
#include "pipeline/extract/notes.h"
#include "pipeline/extract/traced.h"
#include "pipeline/model/record.h"

namespace vanthu::extract {

// Does a line in capitals open a signer's block: "TM. …", "KT.HIỆU TRƯỞNG", "CHỦ TỊCH"?
bool OpensSigner(const Folded& text, const FieldRules& rules, bool recognised);

// Null if no line of the block is there. `overleaf`: the lines at the head of the next page, on the block's
// side, where a name stands that a page break parted from its title. Evidence under /signer/...
std::optional<Signer> ReadSigner(const std::vector<const Line*>& lines,
                                 const std::vector<const Line*>& overleaf, const FieldRules& rules,
                                 const Mapper& mapper, bool recognised, Notes* notes);

}  // namespace vanthu::extract
