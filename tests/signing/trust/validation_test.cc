#include "signing/trust/validation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/err.h>

#include <functional>
#include <map>

#include "tests/cpu_time.h"
#include "tests/signing/pki.h"

namespace vanthu::signing {

[[maybe_unused]] static void PrintTo(ChainStatus status, std::ostream* out) {
  *out << (status == ChainStatus::kTrusted     ? "trusted"
           : status == ChainStatus::kUntrusted ? "untrusted"
                                               : "unknown");
}
[[maybe_unused]] static void PrintTo(RevocationStatus status, std::ostream* out) {
  *out << (status == RevocationStatus::kGood      ? "good"
           : status == RevocationStatus::kRevoked ? "revoked"
                                                  : "unknown");
}

namespace {

using pki::Who;
using std::chrono::hours;
using enum ChainStatus;
using Source = Revocation::Source;

constexpr RevocationStatus kGood = RevocationStatus::kGood;
constexpr RevocationStatus kRevoked = RevocationStatus::kRevoked;
constexpr RevocationStatus kNotKnown = RevocationStatus::kUnknown;
constexpr hours kDay{24};
const Time kNow = std::chrono::sys_days{std::chrono::year{2026} / 3 / 20} + hours(9);

pki::Pki& Cast() {
  static pki::Pki cast({.now = kNow,
                        .ocsp_url = "http://127.0.0.1:8/ocsp",
                        .crl_url = "http://127.0.0.1:8/sub.crl",
                        .issuer_url = "http://127.0.0.1:8/sub.crt"});
  return cast;
}

Certificate Read(const Der& der) {
  return ParseCertificate(der).value();
}
Certificate Of(Who who) {
  return Read(Cast().Certificate(who));
}

TrustStore Store() {
  TrustStore store;
  store.anchors.push_back({Of(Who::kRoot), true, true});
  store.anchors.push_back({Of(Who::kTsaRoot), false, true});
  store.intermediates.push_back(Of(Who::kSubCa));
  return store;
}

CertificateVerdict Judge(const Certificate& certificate, const Material& material = {},
                         Purpose purpose = Purpose::kSigner, Time at = kNow) {
  const TrustStore store = Store();
  return Validate(certificate, material, purpose,
                  {.store = &store, .source = nullptr, .at = at, .now = kNow});
}

TEST(ValidationTest, EachOfTheCastGetsItsFacts) {
  Material others;
  for (const Who who : {Who::kNotCa, Who::kShortPath, Who::kBelowShortPath, Who::kOtherRoot}) {
    others.certificates.push_back(Of(who));
  }
  const struct {
    Who who;
    Purpose purpose;
    ChainStatus chain;
    bool expired, not_yet, wrong_usage, weak;
    const char* constraint;
  } kRows[] = {
      {Who::kSigner, Purpose::kSigner, kTrusted, false, false, false, false, ""},
      {Who::kSignerP256, Purpose::kSigner, kTrusted, false, false, false, false, ""},
      {Who::kSignerPss, Purpose::kSigner, kTrusted, false, false, false, false, ""},
      {Who::kExpired, Purpose::kSigner, kTrusted, true, false, false, false, ""},
      {Who::kNotYetValid, Purpose::kSigner, kTrusted, false, true, false, false, ""},
      {Who::kWrongUsage, Purpose::kSigner, kTrusted, false, false, true, false, ""},
      {Who::kWeakKey, Purpose::kSigner, kTrusted, false, false, false, true, ""},
      {Who::kWeakDigest, Purpose::kSigner, kTrusted, false, false, false, true, ""},
      {Who::kUnderNotCa, Purpose::kSigner, kUntrusted, false, false, false, false, "not a CA"},
      {Who::kUnderShortPath, Purpose::kSigner, kUntrusted, false, false, false, false, "pathLenConstraint"},
      {Who::kStranger, Purpose::kSigner, kUntrusted, false, false, false, false, ""},
      {Who::kTsa, Purpose::kTimestamp, kTrusted, false, false, false, false, ""},
      {Who::kTsaOther, Purpose::kTimestamp, kTrusted, false, false, false, false, ""},
      {Who::kTsaOther, Purpose::kSigner, kUntrusted, false, false, true, false,
       ""},  // its root is for times alone
      {Who::kSigner, Purpose::kTimestamp, kTrusted, false, false, true, false, ""},
  };
  for (const auto& row : kRows) {
    const CertificateVerdict verdict = Judge(Of(row.who), others, row.purpose);
    EXPECT_EQ(verdict.chain_status, row.chain) << Name(row.who);
    EXPECT_EQ(verdict.expired, row.expired) << Name(row.who);
    EXPECT_EQ(verdict.not_yet_valid, row.not_yet) << Name(row.who);
    EXPECT_EQ(verdict.wrong_usage, row.wrong_usage) << Name(row.who);
    EXPECT_EQ(verdict.weak, row.weak) << Name(row.who);
    EXPECT_EQ(verdict.constraint, row.constraint) << Name(row.who);
    EXPECT_EQ(verdict.signer_revocation.status, kNotKnown) << Name(row.who);  // offline, nothing at hand
  }
  EXPECT_EQ(Judge(Of(Who::kSigner)).chain.size(), 3u);
  EXPECT_EQ(ERR_peek_error(), 0u);
}

TEST(ValidationTest, AMissingIssuerIsUnknownAndNotUntrusted) {
  const CertificateVerdict alone = Judge(Of(Who::kStranger));
  EXPECT_EQ(alone.chain_status, ChainStatus::kUnknown);
  EXPECT_EQ(alone.chain.size(), 1u);
  EXPECT_EQ(alone.ca_revocation.status, kNotKnown);
  EXPECT_TRUE(alone.constraint.empty());
  // Half a chain is as far as it goes.
  Material material;
  material.certificates.push_back(Of(Who::kNotCa));
  TrustStore empty;
  const CertificateVerdict half = Validate(Of(Who::kSigner), {{Of(Who::kSubCa)}, {}, {}}, Purpose::kSigner,
                                           {.store = &empty, .source = nullptr, .at = kNow, .now = kNow});
  EXPECT_EQ(half.chain_status, ChainStatus::kUnknown);
  EXPECT_EQ(half.chain.size(), 2u);
  // No store at all.
  EXPECT_EQ(Validate(Of(Who::kSigner), {}, Purpose::kSigner,
                     {.store = nullptr, .source = nullptr, .at = kNow, .now = kNow})
                .chain_status,
            ChainStatus::kUnknown);
}

TEST(ValidationTest, TheTimeAskedDecidesOnValidity) {
  const Certificate expired = Of(Who::kExpired);
  EXPECT_FALSE(Judge(expired, {}, Purpose::kSigner, expired.not_after).expired);
  EXPECT_TRUE(Judge(expired, {}, Purpose::kSigner, expired.not_after + std::chrono::seconds(1)).expired);
  EXPECT_TRUE(
      Judge(expired, {}, Purpose::kSigner, expired.not_before - std::chrono::seconds(1)).not_yet_valid);
}

TEST(ValidationTest, ATwinByNameDoesNotIssue) {
  // The root's name with another key: what it signs is not the root's.
  pki::CertificatePlan plan;
  plan.common_name = "Root CA thử nghiệm";
  plan.organisation = "Ban Cơ yếu thử nghiệm";
  plan.key = pki::KeyKind::kP256;
  plan.ca = true;
  plan.key_usage = "critical,keyCertSign,cRLSign";
  plan.not_before = kNow - kDay;
  plan.not_after = kNow + kDay;
  const pki::Identity twin = pki::MakeCertificate(plan, nullptr);
  plan.common_name = "Kẻ mạo danh";
  plan.ca = false;
  plan.key_usage = "critical,digitalSignature";
  const Certificate leaf = Read(pki::MakeCertificate(plan, &twin).certificate);
  EXPECT_EQ(Judge(leaf).chain_status, ChainStatus::kUnknown);
  EXPECT_EQ(Judge(leaf, {{Read(twin.certificate)}, {}, {}}).chain_status, kUntrusted);
}

TEST(ValidationTest, OfSeveralPathsTheBestIsTaken) {
  // An old certificate of the sub CA (same key, expired) beside the one in force, and one under a strange
  // root.
  pki::CertificatePlan plan;
  plan.common_name = "CA phục vụ các cơ quan thử nghiệm";
  plan.organisation = "Ban Cơ yếu thử nghiệm";
  plan.same_key = Cast()[Who::kSubCa].key;
  plan.ca = true;
  plan.key_usage = "critical,keyCertSign,cRLSign";
  plan.not_before = kNow - 900 * kDay;
  plan.not_after = kNow - 100 * kDay;
  Material material;
  material.certificates.push_back(Read(pki::MakeCertificate(plan, &Cast()[Who::kRoot]).certificate));
  plan.not_after = kNow + 100 * kDay;
  material.certificates.push_back(Read(pki::MakeCertificate(plan, &Cast()[Who::kOtherRoot]).certificate));
  material.certificates.push_back(Of(Who::kOtherRoot));
  const CertificateVerdict verdict = Judge(Of(Who::kSigner), material);
  EXPECT_EQ(verdict.chain_status, kTrusted);
  EXPECT_FALSE(verdict.expired);
  EXPECT_EQ(verdict.chain.at(1).der, Cast().Certificate(Who::kSubCa));
}

TEST(ValidationTest, LoopsOfCrossCertificatesEnd) {
  // Forty CAs that certify each other: every path is tried within bounds.
  pki::CertificatePlan plan;
  plan.key = pki::KeyKind::kP256;
  plan.ca = true;
  plan.not_before = kNow - kDay;
  plan.not_after = kNow + kDay;
  plan.common_name = "A";
  const pki::Identity a = pki::MakeCertificate(plan, nullptr);
  plan.common_name = "B";
  const pki::Identity b = pki::MakeCertificate(plan, nullptr);
  Material material;
  for (int i = 0; i < 20; ++i) {
    plan.common_name = "A";
    plan.same_key = a.key;
    material.certificates.push_back(Read(pki::MakeCertificate(plan, &b).certificate));
    plan.common_name = "B";
    plan.same_key = b.key;
    material.certificates.push_back(Read(pki::MakeCertificate(plan, &a).certificate));
  }
  plan.common_name = "leaf";
  plan.same_key.clear();
  plan.ca = false;
  const Certificate victim = Read(pki::MakeCertificate(plan, &a).certificate);
  EXPECT_LT(CpuSecondsOf([&] { EXPECT_NE(Judge(victim, material).chain_status, kTrusted); }),
            2 * kTimeFactor);
}

TEST(ValidationTest, ConstraintsOfAuthoritiesHold) {
  struct Row {
    const char* name;
    std::function<void(pki::CertificatePlan&)> change;
    const char* constraint;
  };
  const std::vector<Row> rows = {
      {"right", [](pki::CertificatePlan&) {}, ""},
      {"no keyCertSign", [](pki::CertificatePlan& p) { p.key_usage = "critical,cRLSign"; }, "keyCertSign"},
      {"no basicConstraints", [](pki::CertificatePlan& p) { p.basic_constraints = false; }, "not a CA"},
      {"unknown critical extension",
       [](pki::CertificatePlan& p) {
         p.extensions = {{"1.3.6.1.4.1.99999.9", "critical,DER:0500"}};
       },
       "unknown critical extension"},
      {"permitted names fit",
       [](pki::CertificatePlan& p) {
         p.extensions = {{"nameConstraints", "critical,permitted;email:vn"}};
       },
       ""},
      {"excluded names",
       [](pki::CertificatePlan& p) {
         p.extensions = {{"nameConstraints", "critical,excluded;DNS:xa.vn"}};
       },
       "name constraints"},
  };
  for (const Row& row : rows) {
    pki::CertificatePlan plan;
    plan.common_name = "CA có ràng buộc";
    plan.key = pki::KeyKind::kP256;
    plan.ca = true;
    plan.key_usage = "critical,keyCertSign,cRLSign";
    plan.not_before = kNow - kDay;
    plan.not_after = kNow + kDay;
    row.change(plan);
    const pki::Identity ca = pki::MakeCertificate(plan, &Cast()[Who::kRoot]);
    pki::CertificatePlan leaf;
    leaf.common_name = "Người ký";
    leaf.key = pki::KeyKind::kP256;
    leaf.key_usage = "critical,digitalSignature";
    leaf.not_before = kNow - kDay;
    leaf.not_after = kNow + kDay;
    leaf.extensions = {{"subjectAltName", "DNS:van-thu.xa.vn"}};
    const CertificateVerdict verdict =
        Judge(Read(pki::MakeCertificate(leaf, &ca).certificate), {{Read(ca.certificate)}, {}, {}});
    EXPECT_EQ(verdict.constraint, row.constraint) << row.name;
    EXPECT_EQ(verdict.chain_status, *row.constraint == '\0' ? kTrusted : kUntrusted) << row.name;
  }
}

TEST(ValidationTest, ExtendedUsagesOfSigners) {
  const struct {
    const char* usages;
    bool wrong;
  } kRows[] = {{"", false},
               {"emailProtection,clientAuth", false},
               {"1.3.6.1.5.5.7.3.36", false},
               {"1.2.840.113583.1.1.5", false},
               {"anyExtendedKeyUsage", false},
               {"serverAuth", true},
               {"critical,timeStamping", true},
               {"OCSPSigning", true},
               {"codeSigning", true}};
  for (const auto& row : kRows) {
    pki::CertificatePlan plan;
    plan.common_name = "x";
    plan.key = pki::KeyKind::kP256;
    plan.extended_key_usage = row.usages;
    plan.not_before = kNow - kDay;
    plan.not_after = kNow + kDay;
    EXPECT_EQ(Judge(Read(pki::MakeCertificate(plan, &Cast()[Who::kSubCa]).certificate)).wrong_usage,
              row.wrong)
        << row.usages;
  }
}

TEST(ValidationTest, ACertificateAmongTheAnchorsIsTrustedInItself) {
  TrustStore store;
  store.anchors.push_back({Of(Who::kStranger), true, true});
  const CertificateVerdict verdict = Validate(Of(Who::kStranger), {}, Purpose::kSigner,
                                              {.store = &store, .source = nullptr, .at = kNow, .now = kNow});
  EXPECT_EQ(verdict.chain_status, kTrusted);
  EXPECT_EQ(verdict.chain.size(), 1u);
}

}  // namespace
}  // namespace vanthu::signing
