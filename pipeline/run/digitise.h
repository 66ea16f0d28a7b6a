// One document through every stage: file -> intake -> (attached record) -> pages -> (ocr) -> layout ->
// extract
// -> Record.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "pipeline/base/error.h"
#include "pipeline/extract/extract.h"
#include "pipeline/intake/intake.h"
#include "pipeline/model/layout.h"
#include "pipeline/model/record.h"
#include "pipeline/run/record_difference.h"
#include "pipeline/run/verify.h"
#include "pipeline/run/worker.h"

namespace vanthu::run {

struct DigitiseOptions {
  intake::Options intake;
  std::filesystem::path tessdata;  // empty: the system's
  Dpi default_dpi{300};            // for pages whose picture has no resolution of its own
  // Judges the signatures of PDFs; shared by the documents of a batch. Null: they are not looked at.
  std::shared_ptr<const Verifier> verifier;
};

// The document's text and tables: what `text` and `tables` need.
struct ReadDocument {
  std::unique_ptr<intake::Document> document;
  std::vector<Page> pages;  // emptied by LayOut
  SourceFile source;
  bool own_text = false;  // a PDF whose own text layer gave every word, in Unicode
};

struct Digitised {
  std::unique_ptr<intake::Document> document;
  DocumentLayout layout;
  Record record;
  bool own_text = false;  // as in ReadDocument
  // What an attached record says otherwise than the pages, whose values `record` has: not for a store.
  std::vector<Difference> differences;
  // A signature that failed, or what followed it: not for a store either.
  std::optional<Error> rejected;
};

// Every page's words and rulings, from its text layer or from its picture. Calls `heartbeat` after each page.
Result<ReadDocument> ReadPages(const std::filesystem::path& path, const DigitiseOptions& options,
                               const Heartbeat& heartbeat);

// All stages. `rules` outlives the call.
Result<Digitised> Digitise(const std::filesystem::path& path, const DigitiseOptions& options,
                           const extract::Rules& rules, const Heartbeat& heartbeat);

}  // namespace vanthu::run
