#include "signing/trust/revocation.h"

#include <algorithm>

#include "signing/cms/algorithm_identifier.h"
#include "signing/cms/openssl.h"
#include "signing/trust/crl.h"
#include "signing/trust/ocsp.h"

namespace vanthu::signing {
namespace {

constexpr std::string_view kOcspSigning = "1.3.6.1.5.5.7.3.9";
// Clocks of authorities and of offices differ a little.
constexpr std::chrono::minutes kClockSkew{10};
// How long an answer without nextUpdate ("newer information is always there") still speaks of a later time. A
// guess: the usual validity of an OCSP answer.
constexpr std::chrono::hours kWithoutNextUpdate{24};

// A file may bring as many as it likes; each costs a signature over it.
constexpr std::size_t kMostCrlSigners = 3;
constexpr int kMostAttempts = 100;

// What a revocation date means for a certificate that had to be good at `at`: later ones do not condemn.
void Decide(const std::optional<CrlEntry>& entry, Time at, Revocation& out) {
  out.status = RevocationStatus::kGood;
  // removeFromCRL belongs into delta CRLs and takes an entry back (RFC 5280, 5.3.1).
  if (!entry || entry->reason == "removeFromCRL") return;
  out.revoked_at = entry->at;
  out.reason = entry->reason;
  if (entry->at <= at) out.status = RevocationStatus::kRevoked;
}

// What was no more in force at `at` cannot vouch for that time. What it condemned stays so, but for a hold,
// which may have been lifted.
void DoubtStale(Time this_update, const std::optional<Time>& next_update, Time at, Revocation& verdict) {
  const Time until = next_update.value_or(this_update + kWithoutNextUpdate);
  const bool lasting = verdict.status == RevocationStatus::kRevoked && verdict.reason != "certificateHold";
  if (until < at && !lasting) verdict.status = RevocationStatus::kUnknown;
}

// A list or answer made after a certificate's end may have dropped it: silence then proves nothing.
void DoubtAfterExpiry(const Certificate& certificate, Time this_update,
                      const std::optional<Time>& keeps_since, Revocation& verdict) {
  if (verdict.status != RevocationStatus::kGood || verdict.revoked_at) return;
  if (this_update <= certificate.not_after) return;
  if (keeps_since && *keeps_since <= certificate.not_after) return;
  verdict.status = RevocationStatus::kUnknown;
}

// An IDP with a distributionPoint is one shard of a list: it speaks of the certificates that name it.
bool PointFits(const Crl& crl, const Certificate& certificate) {
  if (!crl.has_point) return true;
  return std::any_of(crl.point_urls.begin(), crl.point_urls.end(), [&](const std::string& url) {
    return std::find(certificate.crl_urls.begin(), certificate.crl_urls.end(), url) !=
           certificate.crl_urls.end();
  });
}

bool Covers(const Crl& crl, const Certificate& certificate) {
  return !crl.unusable && !(crl.only_users && certificate.is_ca) &&
         !(crl.only_authorities && !certificate.is_ca) && PointFits(crl, certificate);
}

// Weak signatures can have been made by others: they may warn, not vouch.
void DoubtWeak(const SignatureMethod& method, Revocation& verdict) {
  if (verdict.status == RevocationStatus::kGood && !IsStrong(method.algorithm.digest)) {
    verdict.status = RevocationStatus::kUnknown;
  }
}

bool IsKnown(const Evidence& evidence) {
  return evidence.verdict.status != RevocationStatus::kUnknown;
}

// Revoked wins over good, but a hold that a newer answer no longer knows was lifted; then the newest.
Evidence Choose(const std::vector<Evidence>& all) {
  const Evidence* newest_good = nullptr;
  const Evidence* revoked = nullptr;
  for (const Evidence& evidence : all) {
    const auto newer = [&](const Evidence* than) {
      return than == nullptr || evidence.verdict.produced_at > than->verdict.produced_at;
    };
    if (evidence.verdict.status == RevocationStatus::kGood && newer(newest_good)) newest_good = &evidence;
    if (evidence.verdict.status == RevocationStatus::kRevoked && newer(revoked)) revoked = &evidence;
  }
  const bool lifted = revoked != nullptr && newest_good != nullptr &&
                      revoked->verdict.reason == "certificateHold" &&
                      newest_good->verdict.produced_at > revoked->verdict.produced_at;
  if (revoked != nullptr && !lifted) return *revoked;
  return newest_good != nullptr ? *newest_good : Evidence{};
}

}  // namespace

bool RevocationChecker::IsOfTheFuture(Time this_update) const {
  return this_update > context_.now + kClockSkew;
}

// RFC 6960, 4.2.2.2: the issuer itself, or one that it certified for answering; in force when it answered.
std::optional<Certificate> RevocationChecker::FindResponder(const OcspResponse& response,
                                                            const Certificate& issuer) {
  if (IsNamedResponder(response, issuer)) return issuer;
  const auto delegated = [&](const Certificate& candidate) {
    const auto& usages = candidate.extended_usages;
    return IsNamedResponder(response, candidate) &&
           std::find(usages.begin(), usages.end(), kOcspSigning) != usages.end() &&
           candidate.not_before <= response.produced_at && response.produced_at <= candidate.not_after &&
           !candidate.has_critical_unknown_extension && !candidate.has_broken_extension &&
           IsStrongKey(candidate.key_scheme, candidate.key_bits) && IsStrong(candidate.signed_with.digest) &&
           SameName(candidate.issuer_name, issuer.subject_name) && pool_.Issued(issuer, candidate);
  };
  for (const Der& der : response.certificates) {
    const auto candidate = ParseCertificate(der);
    if (candidate && delegated(*candidate)) return *candidate;
  }
  if (!response.responder_name.empty()) {
    for (const Certificate* candidate : pool_.Named(response.responder_name)) {
      if (delegated(*candidate)) return *candidate;
    }
  }
  return std::nullopt;
}

std::optional<Evidence> RevocationChecker::FromOcsp(const Der& bytes, Revocation::Source source,
                                                    const Certificate& certificate,
                                                    const Certificate& issuer) {
  const auto response = ReadOcsp(bytes);
  const auto status = response ? FindStatus(*response, certificate, issuer) : std::nullopt;
  if (!status || status->kind == OcspStatus::Kind::kUnknown || IsOfTheFuture(status->this_update))
    return std::nullopt;
  if (++attempts_ > kMostAttempts) return std::nullopt;
  const auto responder = FindResponder(*response, issuer);
  const SignatureMethod method = ReadSignatureMethod(response->algorithm);
  if (!responder || CheckSignatureValue(*responder, method, {response->signed_part}, response->signature) !=
                        SignatureCheck::kValid) {
    return std::nullopt;
  }
  Evidence evidence;
  evidence.bytes = bytes;
  evidence.verdict.by_ocsp = true;
  evidence.verdict.source = source;
  evidence.verdict.produced_at = status->this_update;
  std::optional<CrlEntry> entry;
  if (status->kind == OcspStatus::Kind::kRevoked) entry = CrlEntry{*status->revoked_at, status->reason};
  Decide(entry, context_.at, evidence.verdict);
  DoubtStale(status->this_update, status->next_update, context_.at, evidence.verdict);
  DoubtAfterExpiry(certificate, status->this_update, status->archive_cutoff, evidence.verdict);
  DoubtWeak(method, evidence.verdict);
  if (responder->sha256 != issuer.sha256) {
    evidence.responders.push_back(*responder);
    evidence.needs_responder_evidence = !responder->ocsp_no_check;
  }
  return evidence;
}

std::optional<Evidence> RevocationChecker::FromCrl(const Der& bytes, Revocation::Source source,
                                                   const Certificate& certificate, const Certificate& issuer,
                                                   const Certificate* above) {
  const auto crl = ReadCrl(bytes);
  if (!crl || !SameName(crl->issuer_name, certificate.issuer_name) || !Covers(*crl, certificate) ||
      IsOfTheFuture(crl->this_update)) {
    return std::nullopt;
  }
  if (++attempts_ > kMostAttempts) return std::nullopt;
  // The issuer, or the same authority with another key (RFC 5280, 6.3.3 (f): by the same anchor).
  std::vector<const Certificate*> signers{&issuer};
  for (const Certificate* other : pool_.Named(crl->issuer_name)) {
    if (other->sha256 == issuer.sha256) continue;
    if (signers.size() >= kMostCrlSigners) break;
    const bool same_authority = above != nullptr ? pool_.Issued(*above, *other) : pool_.IsAnchor(*other);
    if (same_authority) signers.push_back(other);
  }
  const SignatureMethod method = ReadSignatureMethod(crl->algorithm);
  const bool believed = std::any_of(signers.begin(), signers.end(), [&](const Certificate* signer) {
    return (!signer->has_key_usage || signer->crl_sign) &&
           CheckSignatureValue(*signer, method, {crl->signed_part}, crl->signature) == SignatureCheck::kValid;
  });
  const CrlLookup lookup =
      believed ? FindEntry(*crl, certificate.serial) : CrlLookup{.readable = false, .entry = {}};
  if (!lookup.readable) return std::nullopt;
  Evidence evidence;
  evidence.bytes = bytes;
  evidence.verdict.source = source;
  evidence.verdict.produced_at = crl->this_update;
  Decide(lookup.entry, context_.at, evidence.verdict);
  DoubtStale(crl->this_update, crl->next_update, context_.at, evidence.verdict);
  DoubtAfterExpiry(certificate, crl->this_update, crl->keeps_expired_since, evidence.verdict);
  DoubtWeak(method, evidence.verdict);
  return evidence;
}

void RevocationChecker::TakeCrls(const std::vector<Der>& crls, Revocation::Source source,
                                 const Certificate& certificate, const Certificate& issuer,
                                 const Certificate* above, std::vector<Evidence>& out) {
  for (const Der& crl : crls) {
    if (auto evidence = FromCrl(crl, source, certificate, issuer, above)) out.push_back(std::move(*evidence));
  }
}

void RevocationChecker::Fetch(const Certificate& certificate, const Certificate& issuer,
                              const Certificate* above, std::vector<Evidence>& out) {
  using Source = Revocation::Source;
  if (!certificate.ocsp_urls.empty()) {
    if (const auto bytes = context_.source->FetchOcsp(certificate, issuer)) {
      if (auto evidence = FromOcsp(*bytes, Source::kFetched, certificate, issuer)) {
        out.push_back(std::move(*evidence));
        if (IsKnown(out.back())) return;
      }
    }
  }
  for (const std::string& url : certificate.crl_urls) {
    const auto bytes = context_.source->FetchCrl(url);
    const auto der = bytes ? CrlFromFile(*bytes) : std::nullopt;
    auto evidence = der ? FromCrl(*der, Source::kFetched, certificate, issuer, above) : std::nullopt;
    if (!evidence) continue;
    out.push_back(std::move(*evidence));
    if (IsKnown(out.back())) return;
  }
}

Evidence RevocationChecker::Check(const std::vector<Certificate>& chain, std::size_t at, bool may_fetch) {
  using Source = Revocation::Source;
  const Certificate& certificate = chain[at];
  const Certificate& issuer = chain[at + 1];
  const Certificate* above = at + 2 < chain.size() ? &chain[at + 2] : nullptr;
  std::vector<Evidence> found;
  const auto take_ocsp = [&](const std::vector<Der>& responses, Source source) {
    for (const Der& bytes : responses) {
      auto evidence = FromOcsp(bytes, source, certificate, issuer);
      if (!evidence) continue;
      // A responder that its authority has revoked is believed no more.
      std::vector<Evidence> of_responder;
      if (evidence->needs_responder_evidence) {
        TakeCrls(material_.crls, Source::kEmbedded, evidence->responders.front(), issuer, above,
                 of_responder);
        if (context_.store != nullptr) {
          TakeCrls(context_.store->crls, Source::kCached, evidence->responders.front(), issuer, above,
                   of_responder);
        }
      }
      if (Choose(of_responder).verdict.status != RevocationStatus::kRevoked)
        found.push_back(std::move(*evidence));
    }
  };
  take_ocsp(material_.ocsp_responses, Source::kEmbedded);
  TakeCrls(material_.crls, Source::kEmbedded, certificate, issuer, above, found);
  if (context_.store != nullptr) {
    take_ocsp(context_.store->ocsp_responses, Source::kCached);
    TakeCrls(context_.store->crls, Source::kCached, certificate, issuer, above, found);
  }
  if (may_fetch && context_.source != nullptr && std::none_of(found.begin(), found.end(), IsKnown)) {
    Fetch(certificate, issuer, above, found);
  }
  return Choose(found);
}

}  // namespace vanthu::signing
