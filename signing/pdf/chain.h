// The chain of cross-reference sections of a PDF: from the last startxref back along /Prev, and the revisions
// that they make.
//
// A section whose own "startxref ... %%EOF" follows it and names it ends a revision; one without belongs to
// the revision after it. Refused, as readers would disagree: a /Prev that leads forward (but for a linearised
// file's first one), sections that overlap, an object listed twice in one section, anything but white space
// and comments between the newest section and the last startxref. Source: ISO 32000-1:2008, 7.5.4 to 7.5.8,
// annex F.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "pipeline/base/error.h"
#include "signing/pdf/file.h"

namespace vanthu::signing::pdf {

struct Chain {
  std::uint64_t header = 0;  // of "%PDF-": offsets in the file count from there
  bool linearised = false;
  std::vector<Revision> revisions;  // oldest first
  std::size_t decoded_bytes = 0;    // of cross-reference streams
};

Result<Chain> ReadChain(std::string_view bytes, const ParseOptions& options);

// An error about a file's structure, with what to do next.
Error DamagedFile(Message message);

// "12 0 obj" and the object after it, at `at` or after white space there; of a stream the dictionary.
struct Indirect {
  Ref ref;
  Object object;
  bool is_stream = false;
  std::size_t begin = 0;       // of the number
  std::size_t data_begin = 0;  // of a stream's data
  std::size_t end = 0;         // one past "endobj", unless it is a stream
  std::size_t cost_bytes = 0;
};
// `read_bytes`: where not null, what had to be read for the answer is added to it.
std::optional<Indirect> ReadIndirect(std::string_view bytes, std::size_t at, std::size_t most_cost_bytes,
                                     std::size_t* read_bytes = nullptr);
// One past the "endobj" of a stream whose data are `length` bytes; none where "endstream" is not there.
std::optional<std::size_t> EndOfStream(std::string_view bytes, std::size_t data_begin, std::int64_t length);

}  // namespace vanthu::signing::pdf
