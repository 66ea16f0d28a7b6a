#include "signing/trust/path.h"

#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "signing/cms/algorithm_identifier.h"
#include "signing/cms/der.h"
#include "signing/cms/openssl.h"

namespace vanthu::signing {
namespace {

constexpr std::size_t kMostPaths = 16;
constexpr int kMostChecks = 100;
constexpr int kMostFetches = 2;

constexpr std::string_view kAnyUsage = "2.5.29.37.0";
constexpr std::string_view kTimeStamping = "1.3.6.1.5.5.7.3.8";
// What a signer of documents may be certified for (RFC 9336; Adobe; Microsoft). E-mail protection and client
// authentication stand in the certificates that Vietnam's authorities give to officials and agencies.
constexpr std::array<std::string_view, 6> kSignerUsages = {
    kAnyUsage,           "1.3.6.1.5.5.7.3.36", "1.2.840.113583.1.1.5", "1.3.6.1.4.1.311.10.3.12",
    "1.3.6.1.5.5.7.3.4", "1.3.6.1.5.5.7.3.2"};

using Path = std::vector<const Certificate*>;

// Certificate ::= SEQUENCE { tbs, signatureAlgorithm, signature }, checked by the issuer's key.
bool SignedBy(const Certificate& issuer, const Certificate& certificate) {
  der::Reader outer(certificate.der);
  const auto whole = outer.Next(der::kSequence);
  if (!whole || issuer.key_scheme == Scheme::kOther) return false;
  der::Reader reader(whole->content);
  const auto tbs = reader.Next(der::kSequence);
  const auto algorithm = reader.Next(der::kSequence);
  const auto signature = reader.Next(der::kBitString);
  if (!tbs || !algorithm || !signature || signature->content.size() < 2) return false;
  // RFC 5280, 4.1.1.2: the algorithm inside what is signed must be the same.
  der::Reader inside(tbs->content);
  inside.Next(der::kContext0);
  inside.Next(der::kInteger);
  const auto inner = inside.Next(der::kSequence);
  return inner && inner->whole == algorithm->whole &&
         CheckSignatureValue(issuer, ReadSignatureMethod(algorithm->whole), {tbs->whole},
                             signature->content.substr(1)) == SignatureCheck::kValid;
}

struct Found {
  Path path;
  ChainStatus status = ChainStatus::kUnknown;
};

class Search {
 public:
  Search(CertificatePool& pool, RevocationSource* source) : pool_(pool), source_(source) {}

  std::vector<Found> From(const Certificate& certificate) {
    Path path{&certificate};
    Extend(path);
    return std::move(found_);
  }

 private:
  void Extend(Path& path) {
    const Certificate& last = *path.back();
    if (found_.size() >= kMostPaths) return;
    if (pool_.IsAnchor(last)) return Keep(path, ChainStatus::kTrusted);
    if (last.self_signed) return Keep(path, ChainStatus::kUntrusted);
    if (path.size() >= kLongestPath) return Keep(path, ChainStatus::kUntrusted);
    if (!Step(path) && (!Fetch(last) || !Step(path))) Keep(path, ChainStatus::kUnknown);
  }

  // Goes on with every issuer that signed the last one; false when there is none.
  bool Step(Path& path) {
    bool any = false;
    for (const Certificate* issuer : pool_.IssuersOf(*path.back())) {
      const bool loop = std::any_of(path.begin(), path.end(), [&](const Certificate* there) {
        return there->sha256 == issuer->sha256;
      });
      if (loop || !pool_.Issued(*issuer, *path.back())) continue;
      any = true;
      path.push_back(issuer);
      Extend(path);
      path.pop_back();
    }
    return any;
  }

  // caIssuers (RFC 5280, 4.2.2.1).
  bool Fetch(const Certificate& certificate) {
    if (source_ == nullptr) return false;
    bool any = false;
    for (const std::string& url : certificate.issuer_urls) {
      if (fetches_left_ == 0 || any) break;
      --fetches_left_;
      for (const Certificate& fetched : source_->FetchIssuers(url)) {
        pool_.Add(fetched);
        any = true;
      }
    }
    return any;
  }

  void Keep(const Path& path, ChainStatus status) { found_.push_back({path, status}); }

  CertificatePool& pool_;
  RevocationSource* source_;
  std::vector<Found> found_;
  int fetches_left_ = kMostFetches;
};

bool MayIssue(const Certificate& certificate, bool anchor) {
  if (certificate.has_key_usage && !certificate.certificate_sign) return false;
  // A root of version 1 has no basicConstraints; whoever put it among the anchors meant it to issue (RFC
  // 5280, 6.1.1).
  return certificate.is_ca || (anchor && certificate.self_signed);
}

// Names permitted and excluded by `authority` for the certificates below it (RFC 5280, 4.2.1.10).
bool NamesAllowed(const Certificate& authority, const Path& path, std::size_t authority_at) {
  const X509Handle x509 = ReadX509(authority.der);
  int critical = 0;
  const Handle<NAME_CONSTRAINTS, NAME_CONSTRAINTS_free> constraints(
      x509 != nullptr ? static_cast<NAME_CONSTRAINTS*>(
                            X509_get_ext_d2i(x509.get(), NID_name_constraints, &critical, nullptr))
                      : nullptr);
  if (constraints == nullptr) return critical < 0;  // -1: there is none; else it cannot be read
  for (std::size_t below = 0; below < authority_at; ++below) {
    if (below > 0 && path[below]->self_issued) continue;
    const X509Handle subject = ReadX509(path[below]->der);
    if (subject == nullptr) return false;
    X509_get_extension_flags(
        subject.get());  // reads the alternative names, which the check takes from the cache
    if (NAME_CONSTRAINTS_check(subject.get(), constraints.get()) != X509_V_OK) return false;
  }
  return true;
}

// The first constraint that the path breaks, in words; empty: none.
std::string BrokenConstraint(const Path& path, bool anchored) {
  std::int64_t below = 0;  // CAs under this one that are not self-issued
  for (std::size_t i = 0; i < path.size(); ++i) {
    const Certificate& certificate = *path[i];
    const bool anchor = anchored && i + 1 == path.size();
    if (!anchor && certificate.has_critical_unknown_extension) return "unknown critical extension";
    if (!anchor && certificate.has_broken_extension) return "broken extension";
    if (i == 0) continue;
    if (!MayIssue(certificate, anchor)) return certificate.is_ca ? "keyCertSign" : "not a CA";
    if (certificate.path_length && below > *certificate.path_length) return "pathLenConstraint";
    if (!NamesAllowed(certificate, path, i)) return "name constraints";
    if (!certificate.self_issued) ++below;
  }
  return path.size() >= kLongestPath && !anchored ? "path too long" : "";
}

bool IsWrongUsage(const Certificate& certificate, Purpose purpose) {
  if (certificate.has_key_usage && !certificate.digital_signature && !certificate.non_repudiation)
    return true;
  const std::vector<std::string>& usages = certificate.extended_usages;
  if (purpose == Purpose::kTimestamp) {
    // RFC 3161, 2.3: critical, and time stamping alone.
    return !certificate.extended_usage_critical || usages.size() != 1 || usages.front() != kTimeStamping;
  }
  return !usages.empty() && std::none_of(usages.begin(), usages.end(), [](const std::string& usage) {
    return std::find(kSignerUsages.begin(), kSignerUsages.end(), usage) != kSignerUsages.end();
  });
}

CertificateVerdict Judge(const Found& found, Purpose purpose, Time at) {
  CertificateVerdict verdict;
  verdict.chain_status = found.status;
  const bool anchored = found.status == ChainStatus::kTrusted;
  for (std::size_t i = 0; i < found.path.size(); ++i) {
    const Certificate& certificate = *found.path[i];
    verdict.chain.push_back(certificate);
    // The anchor is trusted by decree; a certificate trusted in itself is judged all the same.
    if (anchored && i > 0 && i + 1 == found.path.size()) continue;
    verdict.expired = verdict.expired || at > certificate.not_after;
    verdict.not_yet_valid = verdict.not_yet_valid || at < certificate.not_before;
    const bool weak_key = !IsStrongKey(certificate.key_scheme, certificate.key_bits);
    const bool weak_signature = !certificate.self_signed && !IsStrong(certificate.signed_with.digest);
    verdict.weak = verdict.weak || weak_key || weak_signature;
  }
  verdict.wrong_usage = IsWrongUsage(*found.path.front(), purpose);
  verdict.constraint = BrokenConstraint(found.path, anchored);
  if (!verdict.constraint.empty()) verdict.chain_status = ChainStatus::kUntrusted;
  return verdict;
}

// Of two paths the one with fewer faults, the worst faults first.
auto FaultsOf(const CertificateVerdict& verdict) {
  const int status = verdict.chain_status == ChainStatus::kTrusted     ? 0
                     : verdict.chain_status == ChainStatus::kUntrusted ? 2
                                                                       : 1;
  return std::make_tuple(status, verdict.expired || verdict.not_yet_valid, verdict.weak,
                         verdict.chain.size());
}

}  // namespace

CertificatePool::CertificatePool(const TrustStore* store, const Material& material, Purpose purpose)
    : checks_left_(kMostChecks) {
  if (store != nullptr) {
    for (const Anchor& anchor : store->anchors) {
      AddKnown(anchor.certificate, purpose == Purpose::kSigner ? anchor.signer : anchor.timestamp);
    }
    for (const Certificate& certificate : store->intermediates) AddKnown(certificate, false);
  }
  for (const Certificate& certificate : material.certificates) AddKnown(certificate, false);
}

void CertificatePool::AddKnown(const Certificate& certificate, bool anchor) {
  const auto [place, is_new] = by_hash_.emplace(certificate.sha256, known_.size());
  if (is_new) known_.push_back({&certificate, anchor});
}

void CertificatePool::Add(const Certificate& certificate) {
  if (by_hash_.contains(certificate.sha256)) return;
  own_.push_back(certificate);
  AddKnown(own_.back(), false);
}

bool CertificatePool::IsAnchor(const Certificate& certificate) const {
  const auto known = by_hash_.find(certificate.sha256);
  return known != by_hash_.end() && known_[known->second].anchor;
}

std::vector<const Certificate*> CertificatePool::IssuersOf(const Certificate& certificate) const {
  std::vector<std::pair<int, const Certificate*>> ranked;
  for (const Known& known : known_) {
    const Certificate& candidate = *known.certificate;
    if (candidate.subject_hash != certificate.issuer_hash ||
        !SameName(candidate.subject_name, certificate.issuer_name)) {
      continue;
    }
    // Key identifiers are hints (RFC 5280, 4.2.1.1): the signature decides.
    const bool both = !certificate.authority_key_id.empty() && !candidate.subject_key_id.empty();
    const bool fits = both && certificate.authority_key_id == candidate.subject_key_id;
    ranked.emplace_back((fits ? 0 : both ? 4 : 2) + (known.anchor ? 0 : 1), &candidate);
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<const Certificate*> issuers;
  issuers.reserve(ranked.size());
  for (const auto& [rank, issuer] : ranked) issuers.push_back(issuer);
  return issuers;
}

std::vector<const Certificate*> CertificatePool::Named(std::string_view subject_name) const {
  std::vector<const Certificate*> found;
  const std::uint32_t hash = NameHash(subject_name);
  for (const Known& known : known_) {
    const Certificate& candidate = *known.certificate;
    if (candidate.subject_hash == hash && SameName(candidate.subject_name, subject_name))
      found.push_back(&candidate);
  }
  return found;
}

bool CertificatePool::Issued(const Certificate& issuer, const Certificate& certificate) {
  const auto key = std::make_pair(issuer.sha256, certificate.sha256);
  const auto known = issued_.find(key);
  if (known != issued_.end()) return known->second;
  if (checks_left_ == 0) return false;
  --checks_left_;
  return issued_.emplace(key, SignedBy(issuer, certificate)).first->second;
}

CertificateVerdict JudgeBestPath(const Certificate& certificate, CertificatePool& pool, Purpose purpose,
                                 const ValidationContext& context) {
  CertificateVerdict best;
  bool first = true;
  for (const Found& found : Search(pool, context.source).From(certificate)) {
    CertificateVerdict verdict = Judge(found, purpose, context.at);
    if (first || FaultsOf(verdict) < FaultsOf(best)) best = std::move(verdict);
    first = false;
  }
  return best;
}

}  // namespace vanthu::signing
