// Paths from a certificate up to an anchor, and what RFC 5280, 6.1 says of one. For the files of
// signing/trust alone.
//
// Our own and not X509_verify_cert: a verdict must tell "expired", "revoked", "no such issuer here" and "not
// trusted" apart, each by itself, and OpenSSL's verification ends at the first of them.
//
// Method: depth first over every certificate that is at hand, issuers by name, those whose key identifier
// fits first, each step proven by the signature. Bounded: kLongestPath certificates in a path, kMostPaths
// paths, kMostChecks signatures. Certificate policies are not judged: Vietnam's authorities give none that a
// receiver could ask for.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "signing/trust/validation.h"

namespace vanthu::signing {

constexpr std::size_t kLongestPath = 10;

// Every certificate at hand, each once.
class CertificatePool {
 public:
  CertificatePool(const TrustStore* store, const Material& material, Purpose purpose);

  // Keeps a copy where it is new.
  void Add(const Certificate& certificate);
  bool IsAnchor(const Certificate& certificate) const;
  // Those named as `certificate`'s issuer, the likeliest first.
  std::vector<const Certificate*> IssuersOf(const Certificate& certificate) const;
  std::vector<const Certificate*> Named(std::string_view subject_name) const;

  // Whether `issuer`'s key signed `certificate`; remembered. False when kMostChecks are spent.
  bool Issued(const Certificate& issuer, const Certificate& certificate);

 private:
  struct Known {
    const Certificate* certificate;
    bool anchor;
  };
  void AddKnown(const Certificate& certificate, bool anchor);

  std::vector<Known> known_;
  std::map<std::string, std::size_t, std::less<>> by_hash_;  // sha256 -> place in known_
  std::deque<Certificate> own_;
  std::map<std::pair<std::string, std::string>, bool> issued_;
  int checks_left_;
};

// The best path's facts, without revocation.
CertificateVerdict JudgeBestPath(const Certificate& certificate, CertificatePool& pool, Purpose purpose,
                                 const ValidationContext& context);

}  // namespace vanthu::signing
