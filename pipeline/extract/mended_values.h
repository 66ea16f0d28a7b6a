// The values of a record that were recognised, in their known spelling.
#pragma once

#include "pipeline/extract/notes.h"
#include "pipeline/extract/spelling.h"
#include "pipeline/model/record.h"

namespace vanthu::extract {

// Header, signer, addressees, recipients, citations and tasks whose evidence says that the recogniser read
// them. A value that was changed loses a little confidence.
void MendValues(const SpellingRules& rules, Record* record, Notes* notes);

}  // namespace vanthu::extract
