// Building a PAdES signature's CMS SignedData in steps, so that the key may be anywhere: attributes ->
// (signature of their DER) -> SignedData -> with a timestamp.
//
// OpenSSL 3.0's CMS_sign always adds signing-time, which PAdES forbids (ETSI EN 319 142-1, 6.3: the time is
// /M): the attributes are built and put in order here, and their DER SET is what is signed (RFC 5652, 5.4).
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "signing/cms/certificate.h"

namespace vanthu::signing {

// content-type id-data, message-digest, one signing-certificate-v2 (RFC 5035; hash algorithm `digest`, left
// out when SHA-256 as DER's default): the DER SET OF (0x31 ...), sorted.
Result<Der> BuildSignedAttributes(std::string_view message_digest, const Certificate& signer, Digest digest);

struct SignedDataParts {
  Der attributes;                // from BuildSignedAttributes
  std::string signature;         // the key's answer; ECDSA: DER SEQUENCE {r, s}
  SignatureAlgorithm algorithm;  // of the signature; its digest is the attributes' too
  Certificate signer;
  std::vector<Certificate> chain;  // embedded beside the signer's
};
// Checks the signature with the signer's public key before building: kInternal... a wrong one is
// kNotAccepted.
Result<Der> BuildSignedData(const SignedDataParts& parts);

// The same signature with `token` as its one unsigned signature-time-stamp attribute (RFC 3161 appendix A).
Result<Der> AddTimestamp(std::string_view signed_data, std::string_view token);

// The octets of the (one) signer's signature value: what a timestamp's imprint is of. kDamaged.
Result<std::string> SignatureValue(std::string_view signed_data);

}  // namespace vanthu::signing
