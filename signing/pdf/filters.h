// What a stream's filters make of its bytes, within a limit.
//
// Input: the data as it stands in the file, its filters in their order with their parameters. Output: the
// decoded bytes. Flate and LZW with PNG and TIFF predictors, ASCIIHex, ASCII85, RunLength; picture filters
// (DCT, JPX, CCITTFax, JBIG2) are kNotAccepted. Nothing is repaired: data that end before their end mark or
// are not what the filter asks for are kDamaged, with one exception: a Flate stream whose checksum or end is
// missing, as some writers cut it, still gives what came before. Source: ISO 32000-1:2008, 7.4.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/error.h"
#include "signing/pdf/object.h"

namespace vanthu::signing::pdf {

struct Filter {
  std::string name;       // "FlateDecode" or its short form
  Dictionary parameters;  // references resolved
};

// kLimit where any step gives more than `most_bytes`; kDamaged; kNotAccepted.
Result<std::string> DecodeThrough(std::string_view data, const std::vector<Filter>& filters,
                                  std::size_t most_bytes);

// zlib, at its best compression: the same input gives the same bytes.
std::string Deflate(std::string_view data);

}  // namespace vanthu::signing::pdf
