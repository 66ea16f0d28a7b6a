// AlgorithmIdentifiers (RFC 5280, 4.1.1.2) of digests and signatures, and checking a signature by them. For
// the files of signing/ alone.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "signing/cms/algorithm.h"
#include "signing/cms/certificate.h"

namespace vanthu::signing {

// RFC 4055's parameters of RSASSA-PSS.
struct PssParameters {
  Digest mask_digest = Digest::kSha1;
  int salt_bytes = 20;
};

struct SignatureMethod {
  SignatureAlgorithm algorithm{Scheme::kOther, Digest::kOther};
  PssParameters pss;  // of kRsaPss alone
  bool digest_is_open =
      false;  // the identifier names a key's kind alone (rsaEncryption): the digest stands elsewhere
};

// `identifier`: the whole SEQUENCE. kOther for what is unknown or broken.
Digest ReadDigestAlgorithm(std::string_view identifier);
SignatureMethod ReadSignatureMethod(std::string_view identifier);

// RFC 5754: SHA-2 without parameters.
Der DigestIdentifier(Digest digest);
// RFC 4055 (PSS: MGF1 of the same digest, the salt as long as the digest), RFC 5754. std::logic_error for
// what IsStrong or Supports never lets through.
Der SignatureIdentifier(const SignatureAlgorithm& algorithm);
SignatureMethod MethodOf(const SignatureAlgorithm& algorithm);

enum class SignatureCheck : std::uint8_t {
  kValid,
  kInvalid,
  kUnknown,  // an algorithm or key that is not read here
};
// `signature` over `pieces` in order, by the certificate's key.
SignatureCheck CheckSignatureValue(const Certificate& certificate, const SignatureMethod& method,
                                   std::initializer_list<std::string_view> pieces,
                                   std::string_view signature);

// The digest that a PKCS#1 v1.5 signature names in itself; kOther where it cannot be recovered.
Digest RecoverDigest(const Certificate& certificate, std::string_view signature);

}  // namespace vanthu::signing
