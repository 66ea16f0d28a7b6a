// The certificates an office trusts and knows, by purpose, from a folder.
//
//   DIR/*.crt|*.cer|*.pem|*.der|*.p7b    roots for every purpose (self-signed), and intermediates
//   DIR/agency/ DIR/public/ DIR/tsa/     roots for that purpose alone: agencies' CAs, public CAs, timestamp
//   authorities DIR/crl/*                            cached CRLs (DER or PEM)      DIR/ocsp/*  cached OCSP
//   responses
// A certificate that is not self-signed is an intermediate; it is an anchor only in a folder named `anchors`.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "signing/cms/certificate.h"

namespace vanthu::signing {

enum class Purpose : std::uint8_t { kSigner, kTimestamp };

struct Anchor {
  Certificate certificate;
  bool signer = true;  // which purposes it is trusted for
  bool timestamp = true;
};

struct TrustStore {
  std::vector<Anchor> anchors;
  std::vector<Certificate> intermediates;
  std::vector<Der> crls;
  std::vector<Der> ocsp_responses;
  std::vector<std::string> skipped;  // files that hold no certificate: told, not fatal
};

// kMissingResource when `folder` is none. Bounded: 10,000 files, 1 MiB each (CRLs 64 MiB).
Result<TrustStore> ReadTrustStore(const std::filesystem::path& folder);

}  // namespace vanthu::signing
