// A signature's CMS put together part by part, so that each can be wrong.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "signing/cms/algorithm.h"
#include "tests/signing/pki.h"

namespace vanthu::signing {

// `data` signed by a PKCS#8 key. PSS: salt as long as the digest unless said.
std::string SignBytes(const pki::Der& key, std::string_view data, const SignatureAlgorithm& algorithm,
                      int salt_bytes = -1);

struct CmsPlan {
  const pki::Identity* signer = nullptr;
  std::vector<Der> certificates;  // beside the signer's
  bool with_signer_certificate = true;
  std::string content = "nội dung";
  bool content_inside = false;
  std::string inside;  // what stands inside when content_inside
  SignatureAlgorithm algorithm{Scheme::kRsaPkcs1, Digest::kSha256};
  Digest content_digest = Digest::kOther;  // digestAlgorithm; kOther: the algorithm's
  bool attributes = true;
  bool content_type = true;
  std::string content_type_value = "1.2.840.113549.1.7.1";
  int message_digests = 1;
  std::string message_digest;  // instead of the right one
  int ess_v2 = 1;
  int ess_v1 = 0;
  Der ess_of;                // another certificate's DER
  std::string signing_time;  // UTCTime text; empty: none
  std::vector<Der> more_attributes;
  bool sorted = true;           // as DER wants; else reversed, and signed so
  bool sign_sorted = true;      // what is hashed; with sorted = false: RFC 5652's reading of an unsorted file
  bool key_identifier = false;  // SignerIdentifier by subjectKeyIdentifier
  int signers = 1;
  bool flip_signature = false;
  bool open_algorithm = false;  // rsaEncryption / id-ecPublicKey as the signature's algorithm
  std::vector<Der> crls;
  std::vector<Der> unsigned_attributes;
  const pki::TimestampPlan* timestamp = nullptr;  // over the signature
  bool timestamp_of_other = false;
};
Der BuildCms(const CmsPlan& plan);

Der CmsAttributeOf(std::string_view oid, std::string_view value);

// The same value in BER with indefinite lengths wherever something is constructed.
std::string ToIndefinite(std::string_view der);

}  // namespace vanthu::signing
