// Revocation status and issuers' certificates over HTTP: OCSP (RFC 6960, appendix A, by POST), CRLs (RFC
// 5280, 4.2.1.13) and caIssuers (4.2.2.1), kept in memory and, when a folder is given, on disk.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>

#include "signing/trust/http.h"
#include "signing/trust/validation.h"

namespace vanthu::signing {

struct RevocationOptions {
  // FOLDER/ocsp/*.der and FOLDER/crl/*.crl, as ReadTrustStore reads them, and FOLDER/issuers/*; empty: memory
  // alone.
  std::filesystem::path cache;
  std::chrono::seconds timeout{10};  // of one request
  // So much waiting for servers that then do not answer, and nobody is asked for 5 minutes: a hostile
  // document may name many that never do.
  std::chrono::seconds patience{20};
  // Asks responders for a fresh answer (RFC 6960, 4.4.1) and passes the cache over. Many ignore it, which is
  // no fault.
  bool nonce = false;
  std::function<Time()> now;  // empty: the system's clock
};

// Thread-safe. What it gives is bytes that are what they claim to be (an OCSP answer about the certificate
// asked for, a CRL, certificates) and nothing more: whether they may be believed, Validate decides. Only an
// OCSP answer that the issuer or its delegate signed is kept, so that nobody can put a wrong one in its place
// for long. A CRL is asked for anew when it is past nextUpdate or was fetched 12 hours ago; when no server
// answers, and offline, the kept one serves whatever its age. A server that failed is not asked again for 5
// minutes. `http` null: offline, the cache alone; else it must outlive the source.
std::unique_ptr<RevocationSource> MakeRevocationSource(RevocationOptions options, Http* http);

}  // namespace vanthu::signing
