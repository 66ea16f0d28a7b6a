// A public key infrastructure made at run time: what a test of signing needs of authorities, certificates,
// revocation and timestamps, and every way in which each can be wrong. No key outlives the process; nothing
// of it is in git.
//
// Everything is bytes (DER, PEM where said), so that users need no OpenSSL. Every time is given by the
// caller. A failure throws std::logic_error: a test's scenery either stands or the test is no test.
// Thread-safe but for Pki itself.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vanthu::signing::pki {

using Time = std::chrono::sys_seconds;
using Der = std::string;

enum class KeyKind : std::uint8_t {
  kRsa1024,
  kRsa2048,
  kRsa3072,
  kRsaPss2048,
  kP256,
  kP384,
  kP521,
  kP192,
  kDsa2048
};

// A certificate and its private key (PKCS#8, DER).
struct Identity {
  Der certificate;
  Der key;
};

Der MakeKey(KeyKind kind);

struct CertificatePlan {
  std::string common_name;
  std::string organisation = "ỦY BAN NHÂN DÂN XÃ AN THÀNH";
  KeyKind key = KeyKind::kRsa2048;
  Der same_key;                   // PKCS#8: takes this key instead of a new one
  std::string digest = "SHA256";  // of the issuer's signature
  bool pss = false;               // the issuer signs with RSA-PSS
  Time not_before;
  Time not_after;
  std::uint64_t serial = 0;  // 0: random
  bool ca = false;
  bool basic_constraints = true;  // false: the extension is left out
  std::optional<int> path_length;
  // OpenSSL's words (x509v3_config): "critical,digitalSignature,nonRepudiation"; empty: left out.
  std::string key_usage;
  std::string extended_key_usage;
  std::string ocsp_url;
  std::string crl_url;
  std::string issuer_url;
  bool ocsp_no_check = false;
  bool key_identifiers = true;
  // More extensions: name or dotted OID, value ("critical,permitted;DNS:x", "critical,DER:0500").
  std::vector<std::pair<std::string, std::string>> extensions;
};
// `issuer` null: self-signed.
Identity MakeCertificate(const CertificatePlan& plan, const Identity* issuer);

enum class Pkcs12Kind : std::uint8_t { kAes, kTripleDes, kRc2 };  // kRc2 as old tools of the country write it
std::string MakePkcs12(const Identity& identity, const std::vector<Der>& chain, const std::string& password,
                       Pkcs12Kind kind = Pkcs12Kind::kAes);

struct Revoked {
  Der certificate;
  Time at;
  std::string reason;  // "keyCompromise", "removeFromCRL", "certificateHold" ...; empty: no reason
};
struct CrlPlan {
  Time this_update;
  std::optional<Time> next_update;
  std::vector<Revoked> revoked;
  std::uint64_t number = 1;
  std::string digest = "SHA256";
  bool delta = false;     // a delta CRL (critical deltaCRLIndicator)
  bool indirect = false;  // issuingDistributionPoint with indirectCRL
  bool only_user_certificates = false;
  bool unknown_critical = false;  // a critical extension that nobody knows
  int more_entries = 0;           // so many entries of other serial numbers: a large CRL
  Der signing_key;                // PKCS#8: not the issuer's own key
};
Der MakeCrl(const Identity& issuer, const CrlPlan& plan);

enum class OcspAnswer : std::uint8_t { kGood, kRevoked, kUnknown };
struct OcspPlan {
  OcspAnswer answer = OcspAnswer::kGood;
  Time revoked_at;
  std::string reason;
  Time this_update;
  std::optional<Time> next_update;
  const Identity* responder = nullptr;  // null: the issuer itself
  bool with_certificate = true;         // the responder's is inside
  Der signing_key;                      // PKCS#8: not the responder's own key
  bool sha256_id = false;               // CertID by SHA-256 (RFC 6960, 4.3)
};
// An answer for `certificate`, without being asked.
Der MakeOcspResponse(const Der& certificate, const Identity& issuer, const OcspPlan& plan);
// An answer to a request (DER), for every certificate it asks about, with its nonce.
Der AnswerOcsp(std::string_view request, const Identity& issuer, const OcspPlan& plan);
// An OCSPResponse that only says an error: 1 malformedRequest, 2 internalError, 3 tryLater, 6 unauthorized.
Der OcspError(int status);

enum class TimestampFault : std::uint8_t {
  kNone,
  kRefused,  // PKIStatus rejection, badAlg, with words
  kOtherImprint,
  kWrongNonce,
  kNoNonce,
  kOtherKey,  // signed by a key that is not the certificate's
  kNoCertificate,
  kGarbage,
};
struct TimestampPlan {
  Time at;
  const Identity* authority = nullptr;  // whose EKU may be wrong
  std::vector<Der> chain;               // beside the authority's certificate
  TimestampFault fault = TimestampFault::kNone;
  std::string digest = "SHA256";  // of the token's own signature
  std::string policy = "1.3.6.1.4.1.99999.1";
};
// A TimeStampResp for a TimeStampReq.
Der AnswerTimestamp(std::string_view request, const TimestampPlan& plan);
// A TimeStampReq of an imprint (made with `digest`, an OpenSSL name): for tests of this file and of servers.
Der MakeTimestampRequest(std::string_view imprint, const std::string& digest, std::uint64_t nonce);
// A token alone; nonce 0: none.
Der MakeTimestampToken(std::string_view imprint, const std::string& digest, std::uint64_t nonce,
                       const TimestampPlan& plan);

std::string ToPem(std::string_view der,
                  const std::string& label);  // "CERTIFICATE", "PRIVATE KEY", "X509 CRL"
// A degenerate PKCS#7 bag of certificates (.p7b).
Der MakeBag(const std::vector<Der>& certificates);

enum class Who : std::uint8_t {
  kRoot,
  kSubCa,
  kSigner,  // RSA 2048, under kSubCa, as all below unless said
  kSignerP256,
  kSignerP384,
  kSignerPss,  // a key for PSS alone
  kAgency,     // RSA 2048
  kTsa,        // EKU timeStamping, critical
  kTsaRoot,    // another root ...
  kTsaOther,   // ... and its authority
  kOcsp,       // delegated responder of kSubCa, id-pkix-ocsp-nocheck
  kExpired,
  kNotYetValid,
  kRevoked,         // by kSubCa's CRL, at RevokedAt()
  kWrongUsage,      // TLS server
  kWeakKey,         // RSA 1024
  kWeakDigest,      // the CA signed with SHA-1
  kNotCa,           // under kSubCa, no CA flag ...
  kUnderNotCa,      // ... and a leaf that it signed all the same
  kShortPath,       // a CA with pathLenConstraint 0 under kRoot ...
  kBelowShortPath,  // ... a CA under it ...
  kUnderShortPath,  // ... and a leaf under that
  kOtherRoot,       // a root nobody trusts ...
  kStranger,        // ... and its leaf
};
const char* Name(Who who);  // "signer", "sub-ca": file names

struct PkiOptions {
  Time now;              // the middle of every validity that is not wrong on purpose
  std::string ocsp_url;  // into every leaf
  std::string crl_url;
  std::string issuer_url;
};

// The cast. Made when first asked for (RSA keys take time). Not thread-safe.
class Pki {
 public:
  explicit Pki(PkiOptions options) : options_(std::move(options)) {}
  const Identity& operator[](Who who);
  Der Certificate(Who who) { return (*this)[who].certificate; }
  // The issuers above `who`, nearest first, with the root.
  std::vector<Der> Chain(Who who);
  Time now() const { return options_.now; }
  Time RevokedAt() const { return options_.now - std::chrono::hours(24 * 10); }
  // kSubCa's CRL: kRevoked is in it. An hour old, good for a week.
  Der SubCaCrl();
  Der RootCrl();

 private:
  std::optional<Who> IssuerOf(Who who) const;
  CertificatePlan PlanOf(Who who) const;

  PkiOptions options_;
  std::map<Who, Identity> made_;
};

// Writes the cast into a folder: NAME.crt, NAME.key (PEM), NAME.p12 (password "mat-khau"), crl/,
// password.txt, and trust/ as ReadTrustStore wants it (root, sub-ca, tsa/tsa-root, crl/).
void WritePki(Pki& pki, const std::filesystem::path& folder);

}  // namespace vanthu::signing::pki
