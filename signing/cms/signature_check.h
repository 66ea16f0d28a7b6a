// Reading a signature's CMS and checking what it says of a document's digest: no trust, no time, no PDF.
//
// Hostile input: any bytes. Bounded by the input's own size; never throws.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "signing/cms/certificate.h"

namespace vanthu::signing {

// A timestamp token that was found, RFC 3161.
struct TimestampToken {
  Der der;
  Time time;  // genTime
  Digest imprint_digest = Digest::kOther;
  std::string imprint;
  std::string nonce;  // hex; empty: none
  std::string policy;
  std::optional<Certificate> signer;  // of the TSA, where the token or the caller's certificates hold it
  std::vector<Certificate> certificates;
  std::vector<Der> crls;
  bool signature_valid = false;  // the token's own, over its TSTInfo
  bool imprint_matches = false;  // with what it was found on
  SignatureAlgorithm algorithm;
  std::vector<std::string> problems;  // English, for logs; why signature_valid is false
};

enum class CmsProblem : std::uint8_t {
  kUnreadable,  // not DER, not SignedData, more than trailing zeros after it
  kNoSigner,
  kSeveralSigners,
  kContentInside,  // detached was promised, content is there (adbe.x509.rsa_sha1 / pkcs7.sha1 excepted)
  kNoSignerCertificate,
  kNoMessageDigest,
  kMessageDigestTwice,
  kWrongDigest,  // the document's digest is another: altered
  kNoContentType,
  kWrongSignature,           // the signature over the attributes does not verify
  kWrongSigningCertificate,  // ESS names another certificate
  kNoSigningCertificate,     // ETSI.CAdES.detached without ESS attribute
  kWeakDigest,
  kWeakKey,
  kUnknownAlgorithm,
  kTimestampOfOther,  // a signature timestamp whose imprint is of something else
  kDigestMismatch,    // digestAlgorithm of SignerInfo and of signature scheme disagree
};

struct CmsSignature {
  std::vector<CmsProblem> problems;  // empty: intact
  std::optional<Certificate> signer;
  std::vector<Certificate> certificates;  // all that are embedded
  std::vector<Der> crls;                  // in SignedData.crls and adbe-revocationInfoArchival
  std::vector<Der> ocsp_responses;
  SignatureAlgorithm algorithm;
  std::optional<Time> claimed_time;  // signing-time attribute, where one is
  std::vector<TimestampToken>
      timestamps;  // signature-time-stamp attributes, imprint checked against this signature
  std::string signature_value;
  bool has_ess = false;

  bool Has(CmsProblem problem) const;
};

// `content`: the signed bytes in pieces. `sub_filter`: "adbe.pkcs7.detached", "ETSI.CAdES.detached",
// "adbe.pkcs7.sha1" (content is the SHA-1 of the document, inside). Never fails: what cannot be read is a
// problem.
CmsSignature CheckSignature(std::string_view cms, std::initializer_list<std::string_view> content,
                            std::string_view sub_filter);

// adbe.x509.rsa_sha1: a bare PKCS#1 signature of the document (DER OCTET STRING), the certificates in /Cert.
CmsSignature CheckRawSignature(std::string_view contents, const std::vector<Der>& certificates,
                               std::initializer_list<std::string_view> content);

// A DocTimeStamp's token over `content` (ETSI.RFC3161), or a token over any bytes. `more`: where its signer's
// certificate may be besides. Whether that signer may give times is Validate's to say (Purpose::kTimestamp).
TimestampToken CheckTimestamp(std::string_view token, std::initializer_list<std::string_view> content,
                              const std::vector<Certificate>& more = {});

}  // namespace vanthu::signing
