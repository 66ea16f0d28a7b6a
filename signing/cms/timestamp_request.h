// RFC 3161 requests and responses as bytes; the network is trust/timestamp_service.h.
#pragma once

#include <string>
#include <string_view>

#include "signing/cms/signature_check.h"

namespace vanthu::signing {

struct TimestampRequest {
  Der der;
  Digest digest = Digest::kSha256;
  std::string imprint;
  std::string nonce;  // hex, 64 random bits
};
Result<TimestampRequest> BuildTimestampRequest(std::string_view imprint, Digest digest);

// The token of a granted response that answers `request`: status, imprint, nonce, the token's own signature,
// the signer's EKU (critical, time stamping alone). kDamaged (garbage), kNotAccepted (refused, or it answers
// another request), each with the reason.
Result<TimestampToken> ReadTimestampResponse(std::string_view response, const TimestampRequest& request);

}  // namespace vanthu::signing
