// The files that the store keeps of one document (contract, "Store").
#pragma once

#include <filesystem>

#include "pipeline/archive/store.h"
#include "pipeline/base/error.h"
#include "pipeline/run/digitise.h"

namespace vanthu::run {

// Writes original.*, record.json, record.xml, pages/0001.jpg, ... and document.pdf - or text.json where the
// original is signed and must stay as it is - into `staging`, an empty folder; the entry names them. Page
// pictures are made one at a time and written out; `heartbeat` is called for each.
//
// document.pdf is the original itself made PDF/A-2b where its own text gave the record and PDF/A allows it,
// else pictures with invisible text; the ledger step "archive" says which and why, and a finding tells of
// text that became pictures. A page that cannot be drawn has a finding in place of its picture. kWrite:
// `staging` cannot be written.
Result<archive::DocumentEntry> BuildEntry(const Digitised& digitised, const std::filesystem::path& staging,
                                          const Heartbeat& heartbeat);

}  // namespace vanthu::run
