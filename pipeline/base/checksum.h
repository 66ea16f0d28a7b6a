// Checksums that file formats lay down. Nothing is trusted because of one: that is what Sha256Hex is for.
#pragma once

#include <array>
#include <string_view>

namespace vanthu {

// MD5 (RFC 1321), which ISO 32000-1 wants of an embedded file. Any thread.
std::array<unsigned char, 16> Md5(std::string_view bytes);

}  // namespace vanthu
