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
  bool is_ca = false;
  bool self_issued = false;
  bool has_key_usage = false;
  bool digital_signature = false;  // key usage bits
  bool non_repudiation = false;
  std::vector<std::string> extended_usages;  // dotted OIDs
  bool has_critical_unknown_extension = false;
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
