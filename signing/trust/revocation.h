// Whether a certificate was revoked, from OCSP answers (RFC 6960) and CRLs (RFC 5280, 6.3): embedded, cached,
// fetched. For the files of signing/trust alone.
#pragma once

#include <vector>

#include "signing/trust/path.h"
#include "signing/trust/validation.h"

namespace vanthu::signing {

// One answer and what it was read from.
struct Evidence {
  Revocation verdict;
  Der bytes;
  std::vector<Certificate> responders;    // a delegated responder's certificate
  bool needs_responder_evidence = false;  // the responder's own status is not waived (id-pkix-ocsp-nocheck)
};

struct OcspResponse;

class RevocationChecker {
 public:
  RevocationChecker(const Material& material, const ValidationContext& context, CertificatePool& pool)
      : material_(material), context_(context), pool_(pool) {}

  // Of chain[at], issued by chain[at + 1]. What is at hand first; fetches only where that says nothing and
  // `may_fetch`.
  Evidence Check(const std::vector<Certificate>& chain, std::size_t at, bool may_fetch);

 private:
  // One piece of evidence about one certificate; nothing where it does not speak of it, or cannot be
  // believed.
  std::optional<Evidence> FromOcsp(const Der& bytes, Revocation::Source source,
                                   const Certificate& certificate, const Certificate& issuer);
  std::optional<Evidence> FromCrl(const Der& bytes, Revocation::Source source, const Certificate& certificate,
                                  const Certificate& issuer, const Certificate* above);
  std::optional<Certificate> FindResponder(const OcspResponse& response, const Certificate& issuer);
  void TakeCrls(const std::vector<Der>& crls, Revocation::Source source, const Certificate& certificate,
                const Certificate& issuer, const Certificate* above, std::vector<Evidence>& out);
  void Fetch(const Certificate& certificate, const Certificate& issuer, const Certificate* above,
             std::vector<Evidence>& out);
  bool IsOfTheFuture(Time this_update) const;

  const Material& material_;
  const ValidationContext& context_;
  CertificatePool& pool_;
  int attempts_ = 0;  // signatures over evidence that were looked at
};

}  // namespace vanthu::signing
