// A SignedData's parts, RFC 5652, as they stand in the bytes. For the files of signing/ alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "signing/cms/certificate.h"

namespace vanthu::signing {

struct CmsAttribute {
  std::string oid;                  // dotted
  std::vector<std::string> values;  // each an element
};

struct SignerInfo {
  Der issuer_name;       // empty where the signer is named by its key identifier
  std::string serial;    // lower-case hex
  std::string key_id;    // octets
  Der digest_algorithm;  // the whole SEQUENCE
  bool has_signed_attributes = false;
  std::string signed_attributes_raw;  // the content of [0], as encoded
  std::vector<CmsAttribute> signed_attributes;
  Der signature_algorithm;
  std::string signature;
  std::vector<CmsAttribute> unsigned_attributes;
};

struct SignedData {
  std::string content_type;            // dotted
  std::optional<std::string> content;  // absent: detached
  std::vector<Der> certificates;
  std::vector<Der> crls;
  std::vector<Der> ocsp_responses;  // otherRevocationInfo id-ri-ocsp-response (RFC 5940)
  std::vector<SignerInfo> signers;
};

// BER or DER, a ContentInfo, followed by nothing but zeros (the padding of /Contents). Nothing where it is
// none.
std::optional<SignedData> ReadSignedData(std::string_view bytes);

// What is to be hashed as "the DER encoding of the attributes" (RFC 5652, 5.4): lengths at their shortest,
// elements in order. Nothing where they cannot be read.
std::optional<Der> CanonicalAttributes(std::string_view content);

}  // namespace vanthu::signing
