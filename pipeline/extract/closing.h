// The end of a document: Nơi nhận on the left, the signer on the right (ô 7a, 7b, 9b of Nghị định 30/2020).
//
// Input: the reading and the range of the document without its appendices. Method: "Nơi nhận" is found by its
// words, the signer's block by capitals that open with an authority mark or a position, the name by its form
// below the block. Fails where name and position are pictures only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pipeline/extract/notes.h"
#include "pipeline/extract/reading.h"
#include "pipeline/model/record.h"

namespace vanthu::extract {

struct FoundClosing {
  std::vector<std::string> recipients;
  std::optional<Signer> signer;
  std::size_t body_end = 0;  // the first element of the closing; the range's end if there is none
};

// Evidence under /recipients/N and /signer/...
FoundClosing FindClosing(const Reading& reading, const Range& body, const FieldRules& rules, Notes* notes);

}  // namespace vanthu::extract
