// A certificate as a value: what a verdict, a report and a chain need of it.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "signing/cms/algorithm.h"

namespace vanthu::signing {

using Time = std::chrono::sys_seconds;  // UTC

struct DistinguishedName {
  std::string common_name;
  std::string organisation;
  std::string unit;
  std::string locality;
  std::string country;
  std::string text;  // all of it, RFC 2253 order, UTF-8 (never escaped bytes)
};

struct Certificate {
  Der der;
  std::string sha256;  // lower-case hex of `der`
  DistinguishedName subject;
  DistinguishedName issuer;
  std::string serial;  // lower-case hex
  Time not_before;
  Time not_after;
  Scheme key_scheme = Scheme::kRsaPkcs1;  // kRsaPss where the key is for PSS alone
  int key_bits = 0;
  SignatureAlgorithm signed_with{Scheme::kOther, Digest::kOther};  // by the issuer
  std::string subject_key_id;                                      // octets; empty: none
  std::string authority_key_id;                                    // octets of keyIdentifier; empty: none
  Der subject_name;                                                // the Name as it is encoded
  Der issuer_name;
  std::uint32_t subject_hash = 0;  // of the canonical Name: equal names have equal hashes
  std::uint32_t issuer_hash = 0;
  bool is_ca = false;                       // basicConstraints' flag
  std::optional<std::int64_t> path_length;  // pathLenConstraint
  bool self_issued = false;                 // subject and issuer are one name
  bool self_signed = false;                 // ... and its own key signed it
  bool has_key_usage = false;
  bool certificate_sign = false;  // key usage bits
  bool crl_sign = false;
  bool digital_signature = false;
  bool non_repudiation = false;
  std::vector<std::string> extended_usages;  // dotted OIDs
  bool has_critical_unknown_extension = false;
  bool has_broken_extension = false;  // one that cannot be read, or a field that contradicts another
  bool extended_usage_critical = false;
  std::vector<std::string> ocsp_urls;
  std::vector<std::string> crl_urls;
  std::vector<std::string> issuer_urls;  // caIssuers
  bool ocsp_no_check = false;
};

// kDamaged. DER or PEM (the first certificate).
Result<Certificate> ParseCertificate(std::string_view bytes);
// All of a PEM file, or the one of a DER file; also of a PKCS#7 bag (.p7b). kDamaged when there is none.
Result<std::vector<Certificate>> ParseCertificates(std::string_view bytes);

}  // namespace vanthu::signing
