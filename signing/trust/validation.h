// Whether a certificate could be trusted at a time: chain, validity, usage, revocation. ETSI EN 319
// 102-1, 5.2.6 (X.509 certificate validation), RFC 5280 (path, CRL), RFC 6960 (OCSP).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "signing/trust/store.h"

namespace vanthu::signing {

enum class ChainStatus : std::uint8_t {
  kTrusted,    // ends at an anchor for the purpose
  kUntrusted,  // whole, but ends at a root that is no anchor; or breaks a constraint
  kUnknown,    // an issuer is not here
};
enum class RevocationStatus : std::uint8_t { kGood, kRevoked, kUnknown };

struct Revocation {
  RevocationStatus status = RevocationStatus::kUnknown;
  std::optional<Time> revoked_at;   // also where it was after the time asked, and the status good
  std::string reason;               // RFC 5280 name: "keyCompromise"
  std::optional<Time> produced_at;  // thisUpdate of what was used
  enum class Source : std::uint8_t { kNone, kEmbedded, kCached, kFetched } source = Source::kNone;
  bool by_ocsp = false;
};

struct CertificateVerdict {
  std::vector<Certificate> chain;  // signer first, as far as it could be built
  ChainStatus chain_status = ChainStatus::kUnknown;
  bool expired = false;  // at the time asked, any of the chain below the anchor
  bool not_yet_valid = false;
  bool wrong_usage = false;  // key usage / extended key usage for the purpose
  bool weak = false;         // key or signature algorithm of the chain below the anchor
  std::string constraint;    // a broken one, in words: "pathLenConstraint", "name constraints", "not a CA"
  Revocation signer_revocation;
  // Of the CAs between: the worst. kUnknown never hides a kRevoked.
  Revocation ca_revocation;
};

// What else is known, beside the store: from the signature, from /DSS.
struct Material {
  std::vector<Certificate> certificates;
  std::vector<Der> crls;
  std::vector<Der> ocsp_responses;
};

// Fetches what is missing. Null: offline. Answers are bytes; failures are "nothing". One source may serve
// threads.
class RevocationSource {
 public:
  virtual ~RevocationSource() = default;
  virtual std::optional<Der> FetchOcsp(const Certificate& certificate, const Certificate& issuer) = 0;
  virtual std::optional<Der> FetchCrl(const std::string& url) = 0;
  virtual std::vector<Certificate> FetchIssuers(const std::string& url) = 0;
};

struct ValidationContext {
  const TrustStore* store = nullptr;
  RevocationSource* source = nullptr;
  Time at;   // when the certificate must have been good: signing time with proof, else now
  Time now;  // when the verdict is given; revocation data newer than `at` count as well: RFC 5280 reads them
             // by `at`
};

// A revocation after `at` does not condemn; one before does. Responses and CRLs must be signed by the issuer
// or by one it delegated to (id-kp-OCSPSigning, its own chain), and have been fresh at or after `at`
// (thisUpdate <= now; a nextUpdate before `at` vouches for nothing, but what it condemned stays condemned).
// Silence of what was made after the certificate's end, and of what is signed with a weak digest, vouches for
// nothing either. Fetches only where what is at hand says nothing and the chain is trusted; issuers where one
// is missing. Bounded.
CertificateVerdict Validate(const Certificate& certificate, const Material& material, Purpose purpose,
                            const ValidationContext& context);

// For B-LT: everything that proves `verdict`'s chain good: CRL or OCSP response of every certificate below
// the anchor, and the responders' certificates.
Material CollectEvidence(const CertificateVerdict& verdict, const Material& material,
                         const ValidationContext& context);

}  // namespace vanthu::signing
