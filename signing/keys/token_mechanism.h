// How a token makes a signature of an algorithm: which mechanism, over what, and what comes back. For the
// room's own pkcs11.cc.
//
// Tokens differ: some hash themselves (CKM_SHA256_RSA_PKCS), some know only the bare operation
// (CKM_RSA_PKCS over a DigestInfo, CKM_RSA_PKCS_PSS and CKM_ECDSA over a digest). PKCS #11 2.40 Current
// Mechanisms, 2.1 (RSA) and 2.3 (EC).
#pragma once

#include <p11-kit/pkcs11.h>

#include <string>
#include <string_view>
#include <vector>

#include "signing/cms/certificate.h"

namespace vanthu::signing {

struct TokenMechanism {
  CK_MECHANISM_TYPE type = 0;
  enum class Input : std::uint8_t { kData, kDigest, kDigestInfo } input = Input::kData;
  CK_RSA_PKCS_PSS_PARAMS pss{};
  bool has_pss = false;
};

// Those of `offered` that make the signature, the best first; empty: the token cannot.
std::vector<TokenMechanism> MechanismsFor(const SignatureAlgorithm& algorithm,
                                          const std::vector<CK_MECHANISM_TYPE>& offered);

// What the mechanism is given for `data`.
Result<std::string> InputOf(const TokenMechanism& mechanism, std::string_view data,
                            const SignatureAlgorithm& algorithm, int key_bits);

// ECDSA: the token's r || s as a DER SEQUENCE (RFC 3279, 2.2.3). Others: as it came. kNotAccepted when the
// token's answer has not the length of the key.
Result<std::string> SignatureOf(std::string raw, Scheme scheme, int key_bits);

}  // namespace vanthu::signing
