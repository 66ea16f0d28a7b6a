// What a signature's /ByteRange really covers, from the raw bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "signing/pades/fields.h"

namespace vanthu::signing {

enum class RangeProblem : std::uint8_t {
  kNoByteRange,  // missing, null, not four integers
  kNoContents,   // missing, null, empty, not a hexadecimal string
  kNoSubFilter,
  kNotFromStart,       // the first is not 0
  kNegative,           // or overflowing, or past the file's end
  kOverlap,            // the second part begins before the first ends
  kGapNotContents,     // the gap is not exactly this signature's "<hex>"
  kContentsElsewhere,  // the gap is a hex string, but not the one of this dictionary
  kPaddingNotZero,     // after the CMS in /Contents
  kNotAtRevisionEnd,   // the second part ends neither at a revision's end nor at the file's
  kDictionaryOutside,  // the signature dictionary lies outside what it signs
  kEncoded,            // the dictionary stands in an object stream (its bytes cannot be the gap's)
};

struct SignedRange {
  std::vector<RangeProblem> problems;  // empty: sound
  std::uint64_t first_end = 0;         // [0, first_end) and [second_begin, end) are signed
  std::uint64_t second_begin = 0;
  std::uint64_t end = 0;
  std::string contents;                 // the bytes of /Contents without the zero padding
  std::optional<std::size_t> revision;  // the one that ends where the range ends
  bool covers_file = false;             // nothing but white space follows

  std::string_view First(std::string_view file) const { return file.substr(0, first_end); }
  std::string_view Second(std::string_view file) const {
    return file.substr(second_begin, end - second_begin);
  }
};

// Never fails: what is wrong is a problem.
SignedRange CheckRange(const pdf::File& file, const SignatureField& field);

// The gap's bytes are parsed from the file itself; every problem's sentence for people.
Message Describe(RangeProblem problem);

}  // namespace vanthu::signing
