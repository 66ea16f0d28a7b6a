// An OCSP answer (RFC 6960, 4.2) read in place. For the files of signing/trust alone.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "signing/cms/certificate.h"

namespace vanthu::signing {

// Views into the bytes it was read from.
struct OcspResponse {
  std::string_view signed_part;  // tbsResponseData
  std::string_view algorithm;
  std::string_view signature;
  std::string_view responder_name;  // or ...
  std::string_view responder_key;   // ... the SHA-1 of its public key
  Time produced_at;
  std::string_view answers;  // content of responses
  std::vector<Der> certificates;
};

struct OcspStatus {
  enum class Kind : std::uint8_t { kGood, kRevoked, kUnknown } kind = Kind::kUnknown;
  std::optional<Time> revoked_at;
  std::string reason;
  Time this_update;
  std::optional<Time> next_update;
  std::optional<Time> archive_cutoff;  // RFC 6960, 4.4.4
};

// A successful response with a basic answer; nothing otherwise.
std::optional<OcspResponse> ReadOcsp(std::string_view der);

// What it says of the certificate (by its issuer's name and key, and its serial number); nothing where it
// says nothing.
std::optional<OcspStatus> FindStatus(const OcspResponse& response, const Certificate& certificate,
                                     const Certificate& issuer);

// Whether the response names `certificate` as the one that signed it.
bool IsNamedResponder(const OcspResponse& response, const Certificate& certificate);

}  // namespace vanthu::signing
