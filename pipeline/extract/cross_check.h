// The document's number and date against those its own appendices name.
#pragma once

#include <vector>

#include "pipeline/extract/appendices.h"
#include "pipeline/extract/notes.h"
#include "pipeline/model/record.h"

namespace vanthu::extract {

// Where the head's number or date is blank or unreadable and every appendix names the same one under the same
// notation, it is taken from there: a printed value of the document itself, but doubtful until a person
// looked, with a finding. Where both are there and differ, both lose confidence.
void CheckAttachments(const std::vector<FoundAppendix>& appendices, Header* header, Notes* notes);

}  // namespace vanthu::extract
