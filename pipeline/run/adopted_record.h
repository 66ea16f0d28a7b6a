// A carried record that has been found to say what the pages say: with their places.
#pragma once

#include "pipeline/model/record.h"
#include "pipeline/run/record_difference.h"

namespace vanthu::run {

// The values of `attached`, and of `page` what only the pages have (a number stamped after issuing); places
// and pages of both from `page`. Evidence: source attachment, certain where the pages agree, doubtful where
// `derived` says so. Findings: those of the pages that are about the document, not about how it was read.
Record AdoptRecord(const Record& attached, Record page, const Derived& derived);

}  // namespace vanthu::run
