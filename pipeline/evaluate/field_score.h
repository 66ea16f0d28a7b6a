// Header, signer, addressees, recipients, citations, appendices and targets of a record against gold.
// Internal to the room.
#pragma once

#include "pipeline/evaluate/gold.h"

namespace vanthu::evaluate {

// Adds to fields_exact, fields_normalised, records, whole_records and differences.
void ScoreFields(const Gold& gold, const Json& result, DocumentScore& score);

}  // namespace vanthu::evaluate
