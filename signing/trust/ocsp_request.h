// An OCSP request (RFC 6960, 4.1) and whether an answer is one to it. For revocation_service.cc alone.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "signing/cms/certificate.h"

namespace vanthu::signing {

struct OcspRequest {
  Der der;
  Der id;  // CertID: the same for the same certificate and issuer
  bool has_nonce = false;
};

// CertID by SHA-1, which every responder knows and which protects nothing here (RFC 6960, 4.3). Nothing where
// the certificates cannot be read.
std::optional<OcspRequest> BuildOcspRequest(const Certificate& certificate, const Certificate& issuer,
                                            bool nonce);

struct OcspAnswerSeen {
  std::optional<Time> next_update;
  bool signed_by_issuer = false;  // or by its delegate (4.2.2.2), whose certificate is inside
};

// Nothing: an error status, an answer about another certificate, not yet or no longer valid at `now` (5
// minutes of clock difference are let pass), or with another nonce than the request's.
std::optional<OcspAnswerSeen> LookAtOcspAnswer(std::string_view answer, const OcspRequest& request,
                                               const Certificate& certificate, const Certificate& issuer,
                                               Time now);

}  // namespace vanthu::signing
