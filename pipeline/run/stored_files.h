// The files that the store keeps of one document (contract, "Store").
#pragma once

#include "pipeline/archive/store.h"
#include "pipeline/base/error.h"
#include "pipeline/run/digitise.h"

namespace vanthu::run {

// original.*, record.json, record.xml, and document.pdf - or text.json where the original is signed and must
// stay as it is. Page pictures are taken one at a time; `heartbeat` is called for each.
Result<archive::DocumentEntry> BuildEntry(const Digitised& digitised, const Heartbeat& heartbeat);

}  // namespace vanthu::run
