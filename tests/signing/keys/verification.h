// What the tests of keys ask of OpenSSL: whether a signature verifies, and key files that lack something.
#pragma once

#include <string>
#include <string_view>

#include "signing/cms/algorithm.h"
#include "tests/signing/pki.h"

namespace vanthu::signing {

// By the public key of `certificate`, with OpenSSL alone. PSS: a salt as long as the digest.
bool Verifies(std::string_view certificate, std::string_view data, std::string_view signature,
              const SignatureAlgorithm& algorithm);

// PKCS#12, password "x".
std::string MakePartialPkcs12(const pki::Identity& identity, bool with_key, bool with_certificate);

}  // namespace vanthu::signing
