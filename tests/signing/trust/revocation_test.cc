// Revocation within Validate, and the evidence that is collected for long-term signatures.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/err.h>

#include <map>

#include "signing/trust/crl.h"
#include "signing/trust/validation.h"
#include "tests/cpu_time.h"
#include "tests/signing/pki.h"

namespace vanthu::signing {

[[maybe_unused]] static void PrintTo(RevocationStatus status, std::ostream* out) {
  *out << (status == RevocationStatus::kGood      ? "good"
           : status == RevocationStatus::kRevoked ? "revoked"
                                                  : "unknown");
}

namespace {

using pki::CrlPlan;
using pki::OcspPlan;
using pki::Who;
using std::chrono::hours;
using Source = Revocation::Source;

constexpr RevocationStatus kGood = RevocationStatus::kGood;
constexpr RevocationStatus kRevoked = RevocationStatus::kRevoked;
constexpr RevocationStatus kUnknown = RevocationStatus::kUnknown;
constexpr hours kDay{24};
constexpr const char* kCrlUrl = "http://127.0.0.1:8/sub.crl";
const Time kNow = std::chrono::sys_days{std::chrono::year{2026} / 3 / 20} + hours(9);

pki::Pki& Cast() {
  static pki::Pki cast(
      {.now = kNow, .ocsp_url = "http://127.0.0.1:8/ocsp", .crl_url = kCrlUrl, .issuer_url = ""});
  return cast;
}

Certificate Of(Who who) {
  return ParseCertificate(Cast().Certificate(who)).value();
}

TrustStore Store() {
  TrustStore store;
  store.anchors.push_back({Of(Who::kRoot), true, true});
  store.intermediates.push_back(Of(Who::kSubCa));
  return store;
}

// The quick ones of the cast: an ECDSA signer under the RSA sub CA.
constexpr Who kLeaf = Who::kSignerP256;

CrlPlan Crl() {
  CrlPlan plan;
  plan.this_update = kNow - hours(1);
  plan.next_update = kNow + 7 * kDay;
  return plan;
}

CrlPlan CrlWith(Time at, const std::string& reason) {
  CrlPlan plan = Crl();
  plan.revoked.push_back({Cast().Certificate(kLeaf), at, reason});
  return plan;
}

OcspPlan Answer(pki::OcspAnswer answer = pki::OcspAnswer::kGood) {
  OcspPlan plan;
  plan.answer = answer;
  plan.revoked_at = kNow - kDay;
  plan.reason = answer == pki::OcspAnswer::kRevoked ? "keyCompromise" : "";
  plan.this_update = kNow - hours(1);
  plan.next_update = kNow + kDay;
  return plan;
}

Revocation Judge(const Material& material, Time at = kNow, Time now = kNow, Who who = kLeaf) {
  const TrustStore store = Store();
  return Validate(Of(who), material, Purpose::kSigner,
                  {.store = &store, .source = nullptr, .at = at, .now = now})
      .signer_revocation;
}
Revocation ByCrl(const CrlPlan& plan, Time at = kNow, Time now = kNow) {
  return Judge({{}, {pki::MakeCrl(Cast()[Who::kSubCa], plan)}, {}}, at, now);
}
Revocation ByOcsp(const OcspPlan& plan, Time at = kNow, Time now = kNow) {
  return Judge({{}, {}, {pki::MakeOcspResponse(Cast().Certificate(kLeaf), Cast()[Who::kSubCa], plan)}}, at,
               now);
}

TEST(RevocationTest, ListsOfTheIssuer) {
  EXPECT_EQ(ByCrl(Crl()).status, kGood);
  EXPECT_EQ(ByCrl(Crl()).source, Source::kEmbedded);
  EXPECT_EQ(ByCrl(Crl()).produced_at, kNow - hours(1));
  EXPECT_FALSE(ByCrl(Crl()).by_ocsp);
  const Revocation revoked = ByCrl(CrlWith(kNow - kDay, "keyCompromise"));
  EXPECT_EQ(revoked.status, kRevoked);
  EXPECT_EQ(revoked.revoked_at, kNow - kDay);
  EXPECT_EQ(revoked.reason, "keyCompromise");
  EXPECT_EQ(ByCrl(CrlWith(kNow - kDay, "")).status, kRevoked);
  EXPECT_EQ(ByCrl(CrlWith(kNow - kDay, "certificateHold")).status, kRevoked);
  EXPECT_EQ(ByCrl(CrlWith(kNow - kDay, "removeFromCRL")).status, kGood);
  // After the time asked it does not condemn, but is told.
  const Revocation later = ByCrl(CrlWith(kNow - kDay, "superseded"), kNow - 2 * kDay);
  EXPECT_EQ(later.status, kGood);
  EXPECT_EQ(later.revoked_at, kNow - kDay);
  EXPECT_EQ(ByCrl(CrlWith(kNow - kDay, "superseded"), kNow - kDay).status, kRevoked);
}

TEST(RevocationTest, ListsThatSayNothing) {
  CrlPlan stale = Crl();
  stale.this_update = kNow - 10 * kDay;
  stale.next_update = kNow - 3 * kDay;
  EXPECT_EQ(ByCrl(stale).status, kUnknown);
  EXPECT_EQ(ByCrl(stale, kNow - 4 * kDay).status, kGood);  // it was in force then
  stale.revoked.push_back({Cast().Certificate(kLeaf), kNow - 20 * kDay, "keyCompromise"});
  EXPECT_EQ(ByCrl(stale).status, kRevoked);  // what was condemned stays condemned
  stale.revoked.back().reason = "certificateHold";
  EXPECT_EQ(ByCrl(stale).status, kUnknown);  // but a hold may have been lifted

  CrlPlan future = Crl();
  future.this_update = kNow + kDay;
  EXPECT_EQ(ByCrl(future).status, kUnknown);
  EXPECT_EQ(ByCrl(future, kNow, kNow + 2 * kDay).status, kGood);  // newer than `at`, known by `now`

  CrlPlan endless = Crl();
  endless.next_update.reset();
  EXPECT_EQ(ByCrl(endless).status, kGood);
  endless.this_update = kNow - 3 * kDay;
  EXPECT_EQ(ByCrl(endless).status, kUnknown);

  const auto with = [](auto change) {
    CrlPlan plan = CrlWith(kNow - kDay, "keyCompromise");
    change(plan);
    return ByCrl(plan).status;
  };
  EXPECT_EQ(with([](CrlPlan& p) { p.delta = true; }), kUnknown);
  EXPECT_EQ(with([](CrlPlan& p) { p.indirect = true; }), kUnknown);
  EXPECT_EQ(with([](CrlPlan& p) { p.unknown_critical = true; }), kUnknown);
  EXPECT_EQ(with([](CrlPlan& p) { p.signing_key = pki::MakeKey(pki::KeyKind::kRsa2048); }), kUnknown);
  EXPECT_EQ(with([](CrlPlan& p) { p.only_user_certificates = true; }), kRevoked);
  EXPECT_EQ(with([](CrlPlan& p) { p.digest = "SHA1"; }), kRevoked);  // weak ones may warn ...
  CrlPlan weak = Crl();
  weak.digest = "SHA1";
  EXPECT_EQ(ByCrl(weak).status, kUnknown);  // ... but not vouch
  // Another authority's list.
  EXPECT_EQ(Judge({{}, {Cast().RootCrl()}, {}}).status, kUnknown);
  EXPECT_EQ(Judge({{}, {"garbage", std::string(1000, '\x30'), ""}, {"garbage", "\x30\x80"}}).status,
            kUnknown);
  EXPECT_EQ(ERR_peek_error(), 0u);
}

TEST(RevocationTest, ListsMadeAfterACertificatesEndProveNothingBySilence) {
  const Certificate expired = Of(Who::kExpired);
  const Material material{{}, {pki::MakeCrl(Cast()[Who::kSubCa], Crl())}, {}};
  EXPECT_EQ(Judge(material, expired.not_after - kDay, kNow, Who::kExpired).status, kUnknown);
  CrlPlan listed = Crl();
  listed.revoked.push_back({expired.der, expired.not_after - kDay, ""});
  EXPECT_EQ(
      Judge({{}, {pki::MakeCrl(Cast()[Who::kSubCa], listed)}, {}}, expired.not_after, kNow, Who::kExpired)
          .status,
      kRevoked);
}

TEST(RevocationTest, AnswersOfTheIssuerAndItsResponder) {
  EXPECT_EQ(ByOcsp(Answer()).status, kGood);
  EXPECT_TRUE(ByOcsp(Answer()).by_ocsp);
  const Revocation revoked = ByOcsp(Answer(pki::OcspAnswer::kRevoked));
  EXPECT_EQ(revoked.status, kRevoked);
  EXPECT_EQ(revoked.reason, "keyCompromise");
  EXPECT_EQ(ByOcsp(Answer(pki::OcspAnswer::kRevoked), kNow - 2 * kDay).status, kGood);
  EXPECT_EQ(ByOcsp(Answer(pki::OcspAnswer::kUnknown)).status, kUnknown);

  OcspPlan delegated = Answer();
  delegated.responder = &Cast()[Who::kOcsp];
  EXPECT_EQ(ByOcsp(delegated).status, kGood);
  delegated.sha256_id = true;
  EXPECT_EQ(ByOcsp(delegated).status, kGood);
  delegated.with_certificate = false;
  EXPECT_EQ(ByOcsp(delegated).status, kUnknown);
  EXPECT_EQ(Judge({{Of(Who::kOcsp)},
                   {},
                   {pki::MakeOcspResponse(Cast().Certificate(kLeaf), Cast()[Who::kSubCa], delegated)}})
                .status,
            kGood);
}

TEST(RevocationTest, AnswersThatSayNothing) {
  const auto with = [](auto change) {
    OcspPlan plan = Answer();
    change(plan);
    return ByOcsp(plan).status;
  };
  EXPECT_EQ(with([](OcspPlan& p) { p.next_update = kNow - hours(1); }), kUnknown);
  EXPECT_EQ(with([](OcspPlan& p) { p.this_update = kNow + kDay; }), kUnknown);
  EXPECT_EQ(with([](OcspPlan& p) { p.signing_key = pki::MakeKey(pki::KeyKind::kRsa2048); }), kUnknown);
  // Signers of documents, strangers and other authorities are no responders.
  for (const Who who : {kLeaf, Who::kAgency, Who::kStranger, Who::kRoot, Who::kTsa}) {
    EXPECT_EQ(with([&](OcspPlan& p) { p.responder = &Cast()[who]; }), kUnknown) << Name(who);
  }
  // A responder of another authority, of that name and purpose.
  pki::CertificatePlan plan;
  plan.common_name = "OCSP thử nghiệm";
  plan.key = pki::KeyKind::kP256;
  plan.extended_key_usage = "OCSPSigning";
  plan.not_before = kNow - kDay;
  plan.not_after = kNow + kDay;
  const pki::Identity foreign = pki::MakeCertificate(plan, &Cast()[Who::kOtherRoot]);
  EXPECT_EQ(with([&](OcspPlan& p) { p.responder = &foreign; }), kUnknown);
  // One whose certificate had ended.
  plan.not_after = kNow - hours(2);
  const pki::Identity ended = pki::MakeCertificate(plan, &Cast()[Who::kSubCa]);
  EXPECT_EQ(with([&](OcspPlan& p) { p.responder = &ended; }), kUnknown);
  // An answer about another certificate.
  EXPECT_EQ(
      Judge(
          {{}, {}, {pki::MakeOcspResponse(Cast().Certificate(Who::kAgency), Cast()[Who::kSubCa], Answer())}})
          .status,
      kUnknown);
  EXPECT_EQ(Judge({{}, {}, {pki::OcspError(6)}}).status, kUnknown);
}

TEST(RevocationTest, ARevokedResponderIsNotBelieved) {
  pki::CertificatePlan plan;
  plan.common_name = "OCSP cần kiểm tra";
  plan.key = pki::KeyKind::kP256;
  plan.extended_key_usage = "OCSPSigning";
  plan.not_before = kNow - kDay;
  plan.not_after = kNow + kDay;
  const pki::Identity responder = pki::MakeCertificate(plan, &Cast()[Who::kSubCa]);
  OcspPlan answer = Answer();
  answer.responder = &responder;
  const Der response = pki::MakeOcspResponse(Cast().Certificate(kLeaf), Cast()[Who::kSubCa], answer);
  EXPECT_EQ(Judge({{}, {}, {response}}).status, kGood);
  CrlPlan list = CrlWith(kNow - kDay, "keyCompromise");
  list.revoked = {{responder.certificate, kNow - kDay, "keyCompromise"}};
  const Revocation verdict = Judge({{}, {pki::MakeCrl(Cast()[Who::kSubCa], list)}, {response}});
  EXPECT_EQ(verdict.status, kGood);  // by the list itself
  EXPECT_FALSE(verdict.by_ocsp);
}

TEST(RevocationTest, OfSeveralTheWorstCounts) {
  const pki::Identity& ca = Cast()[Who::kSubCa];
  const Der leaf = Cast().Certificate(kLeaf);
  const auto judge = [&](const CrlPlan& list, const OcspPlan& answer) {
    return Judge({{}, {pki::MakeCrl(ca, list)}, {pki::MakeOcspResponse(leaf, ca, answer)}}).status;
  };
  EXPECT_EQ(judge(CrlWith(kNow - kDay, "keyCompromise"), Answer()), kRevoked);
  EXPECT_EQ(judge(Crl(), Answer(pki::OcspAnswer::kRevoked)), kRevoked);
  // A hold that the newer answer no longer knows was lifted; one that it does not yet know was not.
  CrlPlan hold = CrlWith(kNow - 2 * kDay, "certificateHold");
  hold.this_update = kNow - kDay;
  EXPECT_EQ(judge(hold, Answer()), kGood);
  hold.this_update = kNow - std::chrono::minutes(5);
  EXPECT_EQ(judge(hold, Answer()), kRevoked);
}

TEST(RevocationTest, TheAuthoritiesBetweenAreAsked) {
  const TrustStore store = Store();
  const ValidationContext context{.store = &store, .source = nullptr, .at = kNow, .now = kNow};
  const Der sub_crl = pki::MakeCrl(Cast()[Who::kSubCa], Crl());
  const auto judge = [&](const std::vector<Der>& crls) {
    return Validate(Of(kLeaf), {{}, crls, {}}, Purpose::kSigner, context);
  };
  EXPECT_EQ(judge({sub_crl}).ca_revocation.status, kUnknown);
  EXPECT_EQ(judge({sub_crl, Cast().RootCrl()}).ca_revocation.status, kGood);
  CrlPlan plan = Crl();
  plan.revoked.push_back({Cast().Certificate(Who::kSubCa), kNow - kDay, "cACompromise"});
  const CertificateVerdict revoked = judge({sub_crl, pki::MakeCrl(Cast()[Who::kRoot], plan)});
  EXPECT_EQ(revoked.ca_revocation.status, kRevoked);
  EXPECT_EQ(revoked.ca_revocation.reason, "cACompromise");
  EXPECT_EQ(revoked.signer_revocation.status, kGood);
  // A list for users' certificates alone says nothing of an authority.
  plan.only_user_certificates = true;
  EXPECT_EQ(judge({sub_crl, pki::MakeCrl(Cast()[Who::kRoot], plan)}).ca_revocation.status, kUnknown);
}

// Answers from memory, and counts what was asked.
class FakeSource : public RevocationSource {
 public:
  std::optional<Der> FetchOcsp(const Certificate&, const Certificate&) override {
    ++ocsp_asked;
    return ocsp;
  }
  std::optional<Der> FetchCrl(const std::string& url) override {
    ++crl_asked;
    return url == kCrlUrl ? crl : std::nullopt;
  }
  std::vector<Certificate> FetchIssuers(const std::string&) override {
    ++issuers_asked;
    return issuers;
  }
  std::optional<Der> ocsp;
  std::optional<Der> crl;
  std::vector<Certificate> issuers;
  int ocsp_asked = 0;
  int crl_asked = 0;
  int issuers_asked = 0;
};

TEST(RevocationTest, WhatIsMissingIsFetched) {
  TrustStore store = Store();
  FakeSource source;
  const ValidationContext context{.store = &store, .source = &source, .at = kNow, .now = kNow};
  const auto judge = [&](const Material& material = {}) {
    return Validate(Of(kLeaf), material, Purpose::kSigner, context).signer_revocation;
  };
  EXPECT_EQ(judge().status, kUnknown);
  source.crl = pki::MakeCrl(Cast()[Who::kSubCa], Crl());
  EXPECT_EQ(judge().status, kGood);
  EXPECT_EQ(judge().source, Source::kFetched);
  source.ocsp = pki::MakeOcspResponse(Cast().Certificate(kLeaf), Cast()[Who::kSubCa],
                                      Answer(pki::OcspAnswer::kRevoked));
  EXPECT_EQ(judge().status, kRevoked);
  source.ocsp = "garbage";
  EXPECT_EQ(judge().status, kGood);
  // What is at hand needs no fetching: embedded, or in the store.
  source.ocsp_asked = source.crl_asked = 0;
  EXPECT_EQ(judge({{}, {*source.crl}, {}}).source, Source::kEmbedded);
  store.crls.push_back(*source.crl);
  EXPECT_EQ(judge().source, Source::kCached);
  EXPECT_EQ(source.ocsp_asked + source.crl_asked, 0);
}

TEST(RevocationTest, AddressesOfStrangersAreNotVisited) {
  TrustStore store;
  FakeSource source;
  source.crl = pki::MakeCrl(Cast()[Who::kSubCa], Crl());
  EXPECT_EQ(Validate(Of(kLeaf), {{Of(Who::kSubCa), Of(Who::kRoot)}, {}, {}}, Purpose::kSigner,
                     {.store = &store, .source = &source, .at = kNow, .now = kNow})
                .signer_revocation.status,
            kUnknown);
  EXPECT_EQ(source.ocsp_asked + source.crl_asked, 0);
}

TEST(RevocationTest, AMissingIssuerIsFetched) {
  pki::Pki cast({.now = kNow, .ocsp_url = "", .crl_url = "", .issuer_url = "http://127.0.0.1:8/sub.crt"});
  TrustStore store;
  store.anchors.push_back({ParseCertificate(cast.Certificate(Who::kRoot)).value(), true, true});
  FakeSource source;
  const auto judge = [&] {
    return Validate(ParseCertificate(cast.Certificate(kLeaf)).value(), {}, Purpose::kSigner,
                    {.store = &store, .source = &source, .at = kNow, .now = kNow})
        .chain_status;
  };
  EXPECT_EQ(judge(), ChainStatus::kUnknown);
  EXPECT_EQ(source.issuers_asked, 1);
  source.issuers.push_back(ParseCertificate(cast.Certificate(Who::kSubCa)).value());
  EXPECT_EQ(judge(), ChainStatus::kTrusted);
}

TEST(RevocationTest, EvidenceForLongTermProvesTheChainOffline) {
  const TrustStore store = Store();
  FakeSource source;
  source.ocsp = [] {
    OcspPlan delegated = Answer();
    delegated.responder = &Cast()[Who::kOcsp];
    return pki::MakeOcspResponse(Cast().Certificate(kLeaf), Cast()[Who::kSubCa], delegated);
  }();
  const Material at_hand{{}, {Cast().RootCrl()}, {}};
  const ValidationContext online{.store = &store, .source = &source, .at = kNow, .now = kNow};
  const CertificateVerdict verdict = Validate(Of(kLeaf), at_hand, Purpose::kSigner, online);
  const Material evidence = CollectEvidence(verdict, at_hand, online);
  EXPECT_EQ(evidence.ocsp_responses, std::vector<Der>{*source.ocsp});
  EXPECT_EQ(evidence.crls, at_hand.crls);
  EXPECT_EQ(evidence.certificates.size(), 4u);  // the chain of three, and the responder
  // With that and the anchor alone, without network, the verdict is the same.
  TrustStore anchor_alone;
  anchor_alone.anchors = store.anchors;
  const CertificateVerdict again =
      Validate(Of(kLeaf), evidence, Purpose::kSigner,
               {.store = &anchor_alone, .source = nullptr, .at = kNow, .now = kNow + 300 * kDay});
  EXPECT_EQ(again.chain_status, ChainStatus::kTrusted);
  EXPECT_EQ(again.signer_revocation.status, kGood);
  EXPECT_EQ(again.ca_revocation.status, kGood);
}

TEST(RevocationTest, LongListsAreLookedThroughQuickly) {
  CrlPlan plan = CrlWith(kNow - kDay, "superseded");
  plan.more_entries = 190'000;
  const Der crl = pki::MakeCrl(Cast()[Who::kSubCa], plan);
  EXPECT_GT(crl.size(), 5'000'000u);
  const Material material{{}, {crl}, {}};
  const double seconds = CpuSecondsOf([&] { EXPECT_EQ(Judge(material).status, kRevoked); });
  std::printf("Validate with a CRL of %zu bytes: %.1f ms\n", crl.size(), seconds * 1000);
  EXPECT_LT(seconds, 0.25 * kTimeFactor);
}

TEST(RevocationTest, AFileFullOfForgedListsCostsLittle) {
  CrlPlan plan = CrlWith(kNow - kDay, "keyCompromise");
  plan.signing_key = Cast()[Who::kAgency].key;
  const Der forged = pki::MakeCrl(Cast()[Who::kSubCa], plan);
  const Material material{{}, std::vector<Der>(20'000, forged), {}};
  EXPECT_LT(CpuSecondsOf([&] { EXPECT_EQ(Judge(material).status, kUnknown); }), 1 * kTimeFactor);
}

TEST(RevocationTest, SerialNumbersAreComparedAsNumbers) {
  const Der bytes = pki::MakeCrl(Cast()[Who::kSubCa], CrlWith(kNow - kDay, "keyCompromise"));
  const auto crl = ReadCrl(bytes);
  ASSERT_TRUE(crl.has_value());
  const std::string serial = Of(kLeaf).serial;
  EXPECT_TRUE(FindEntry(*crl, serial).entry.has_value());
  EXPECT_TRUE(FindEntry(*crl, "000" + serial).entry.has_value());
  EXPECT_FALSE(FindEntry(*crl, serial + "0").entry.has_value());
  EXPECT_FALSE(FindEntry(*crl, "-" + serial).entry.has_value());
  EXPECT_FALSE(FindEntry(*crl, "").entry.has_value());
}

}  // namespace
}  // namespace vanthu::signing
