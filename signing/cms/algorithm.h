// Digest and signature algorithms by the names of the field, and which of them may be used.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "pipeline/base/error.h"

namespace vanthu::signing {

// DER, always.
using Der = std::string;

enum class Digest : std::uint8_t {
  kMd5,
  kSha1,
  kSha224,
  kSha256,
  kSha384,
  kSha512,
  kSha3_256,
  kSha3_384,
  kSha3_512,
  kOther
};
enum class Scheme : std::uint8_t { kRsaPkcs1, kRsaPss, kEcdsa, kDsa, kOther };

struct SignatureAlgorithm {
  Scheme scheme = Scheme::kRsaPkcs1;
  Digest digest = Digest::kSha256;
  bool operator==(const SignatureAlgorithm&) const = default;
};

const char* Name(Digest digest);  // "SHA-256"
const char* Name(Scheme scheme);  // "RSA", "RSA-PSS", "ECDSA"

// `pieces` in order. kInternal where OpenSSL fails; kNotAccepted for kOther.
Result<std::string> DigestOf(Digest digest, std::initializer_list<std::string_view> pieces);

// TT 15/2025/TT-BKHCN: RSA of 2048 bits or more, ECDSA of 256 or more, SHA-256 or stronger.
bool IsStrong(Digest digest);
bool IsStrongKey(Scheme scheme, int bits);

}  // namespace vanthu::signing
