#include "signing/trust/validation.h"

#include <algorithm>

#include "signing/cms/openssl.h"
#include "signing/trust/path.h"
#include "signing/trust/revocation.h"

namespace vanthu::signing {
namespace {

// Whether chain[i] has an issuer in the chain whose word on it is to be asked: all below the end.
std::size_t CountBelowEnd(const CertificateVerdict& verdict) {
  return verdict.chain.empty() ? 0 : verdict.chain.size() - 1;
}

// The worst: revoked, then unknown, then good.
bool IsWorse(RevocationStatus a, RevocationStatus b) {
  const auto rank = [](RevocationStatus status) {
    return status == RevocationStatus::kRevoked ? 2 : status == RevocationStatus::kUnknown ? 1 : 0;
  };
  return rank(a) > rank(b);
}

void AddOnce(const Der& bytes, std::vector<Der>& list) {
  if (!bytes.empty() && std::find(list.begin(), list.end(), bytes) == list.end()) list.push_back(bytes);
}

void AddOnce(const Certificate& certificate, std::vector<Certificate>& list) {
  const bool known = std::any_of(
      list.begin(), list.end(), [&](const Certificate& other) { return other.sha256 == certificate.sha256; });
  if (!known) list.push_back(certificate);
}

void AddEvidence(const Evidence& evidence, Material& out) {
  if (evidence.verdict.status == RevocationStatus::kUnknown) return;
  AddOnce(evidence.bytes, evidence.verdict.by_ocsp ? out.ocsp_responses : out.crls);
  for (const Certificate& responder : evidence.responders) AddOnce(responder, out.certificates);
}

}  // namespace

CertificateVerdict Validate(const Certificate& certificate, const Material& material, Purpose purpose,
                            const ValidationContext& context) {
  const QuietErrors quiet;
  CertificatePool pool(context.store, material, purpose);
  CertificateVerdict verdict = JudgeBestPath(certificate, pool, purpose, context);
  // Addresses in a certificate that nobody vouches for are not visited.
  const bool may_fetch = verdict.chain_status == ChainStatus::kTrusted;
  RevocationChecker checker(material, context, pool);
  const std::size_t count = CountBelowEnd(verdict);
  if (count > 0) {
    verdict.signer_revocation = checker.Check(verdict.chain, 0, may_fetch).verdict;
    // The end of an unfinished chain is a CA of which nothing is known.
    if (verdict.chain_status != ChainStatus::kUnknown) verdict.ca_revocation.status = RevocationStatus::kGood;
  } else if (verdict.chain_status == ChainStatus::kTrusted) {
    // Trusted in itself: there is nobody to revoke it but who takes it out of the store.
    verdict.signer_revocation.status = RevocationStatus::kGood;
    verdict.ca_revocation.status = RevocationStatus::kGood;
  }
  for (std::size_t i = 1; i < count; ++i) {
    const Revocation of_ca = checker.Check(verdict.chain, i, may_fetch).verdict;
    const bool first = i == 1 && verdict.chain_status != ChainStatus::kUnknown;
    if (first || IsWorse(of_ca.status, verdict.ca_revocation.status)) verdict.ca_revocation = of_ca;
  }
  return verdict;
}

Material CollectEvidence(const CertificateVerdict& verdict, const Material& material,
                         const ValidationContext& context) {
  const QuietErrors quiet;
  Material out;
  // Which purpose the anchors serve does not matter here: the chain stands.
  CertificatePool pool(context.store, material, Purpose::kSigner);
  for (const Certificate& certificate : verdict.chain) pool.Add(certificate);
  RevocationChecker checker(material, context, pool);
  const bool may_fetch = verdict.chain_status == ChainStatus::kTrusted;
  for (const Certificate& certificate : verdict.chain) AddOnce(certificate, out.certificates);
  for (std::size_t i = 0; i < CountBelowEnd(verdict); ++i) {
    const Evidence evidence = checker.Check(verdict.chain, i, may_fetch);
    AddEvidence(evidence, out);
    if (!evidence.needs_responder_evidence) continue;
    // The responder's own status: it stands in the same chain, in the place of what it answered for.
    std::vector<Certificate> chain(verdict.chain.begin() + static_cast<std::ptrdiff_t>(i),
                                   verdict.chain.end());
    chain.front() = evidence.responders.front();
    AddEvidence(checker.Check(chain, 0, may_fetch), out);
  }
  return out;
}

}  // namespace vanthu::signing
