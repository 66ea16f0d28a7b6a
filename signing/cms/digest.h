// OpenSSL's digests by our names. For the files of signing/ alone.
#pragma once

#include <openssl/evp.h>

#include <cstddef>

#include "signing/cms/algorithm.h"

namespace vanthu::signing {

const EVP_MD* MessageDigest(Digest digest);  // null for kOther
std::size_t SizeOf(Digest digest);           // octets; 0 for kOther

}  // namespace vanthu::signing
