#include "pipeline/base/checksum.h"

#include <openssl/evp.h>

#include <stdexcept>

#include "pipeline/base/handle.h"

namespace vanthu {

std::array<unsigned char, 16> Md5(std::string_view bytes) {
  std::array<unsigned char, 16> digest{};
  unsigned int length = 0;
  // A machine set to FIPS has MD5 for checksums all the same, where it is asked for so.
  const Handle<EVP_MD, EVP_MD_free> md5(EVP_MD_fetch(nullptr, "MD5", "-fips"));
  if (!md5 || EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, md5.get(), nullptr) != 1)
    throw std::logic_error("MD5 is not available");
  return digest;
}

}  // namespace vanthu
