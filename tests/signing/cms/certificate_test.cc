#include "signing/cms/certificate.h"

#include <gtest/gtest.h>
#include <openssl/err.h>

#include "tests/signing/pki.h"

namespace vanthu::signing {
namespace {

using pki::Who;

const Time kNow = std::chrono::sys_days{std::chrono::year{2026} / 3 / 20} + std::chrono::hours(9);

pki::Pki& Cast() {
  static pki::Pki cast({.now = kNow,
                        .ocsp_url = "http://127.0.0.1:8/ocsp",
                        .crl_url = "http://127.0.0.1:8/sub.crl",
                        .issuer_url = "http://127.0.0.1:8/sub.crt"});
  return cast;
}

Certificate Read(const pki::Der& der) {
  auto read = ParseCertificate(der);
  EXPECT_TRUE(read.has_value());
  return read.value_or(Certificate{});
}

TEST(CertificateTest, TellsWhatALeafSaysOfItself) {
  const Certificate leaf = Read(Cast().Certificate(Who::kSigner));
  EXPECT_EQ(leaf.subject.common_name, "Nguyễn Văn Kiểm");
  EXPECT_EQ(leaf.subject.organisation, "ỦY BAN NHÂN DÂN XÃ AN THÀNH");
  EXPECT_EQ(leaf.subject.locality, "Thanh Xá");
  EXPECT_EQ(leaf.subject.country, "VN");
  EXPECT_EQ(leaf.subject.text, "CN=Nguyễn Văn Kiểm,L=Thanh Xá,O=ỦY BAN NHÂN DÂN XÃ AN THÀNH,C=VN");
  EXPECT_EQ(leaf.issuer.common_name, "CA phục vụ các cơ quan thử nghiệm");
  EXPECT_EQ(leaf.key_scheme, Scheme::kRsaPkcs1);
  EXPECT_EQ(leaf.key_bits, 2048);
  EXPECT_EQ(leaf.signed_with, (SignatureAlgorithm{Scheme::kRsaPkcs1, Digest::kSha256}));
  EXPECT_EQ(leaf.not_before, kNow - std::chrono::hours(24 * 365));
  EXPECT_EQ(leaf.not_after, kNow + std::chrono::hours(24 * 365 * 2));
  EXPECT_FALSE(leaf.is_ca);
  EXPECT_FALSE(leaf.self_issued);
  EXPECT_TRUE(leaf.has_key_usage && leaf.digital_signature && leaf.non_repudiation);
  EXPECT_FALSE(leaf.certificate_sign);
  EXPECT_EQ(leaf.ocsp_urls, std::vector<std::string>{"http://127.0.0.1:8/ocsp"});
  EXPECT_EQ(leaf.crl_urls, std::vector<std::string>{"http://127.0.0.1:8/sub.crl"});
  EXPECT_EQ(leaf.issuer_urls, std::vector<std::string>{"http://127.0.0.1:8/sub.crt"});
  EXPECT_EQ(leaf.sha256.size(), 64u);
  EXPECT_FALSE(leaf.serial.empty());
  const Certificate ca = Read(Cast().Certificate(Who::kSubCa));
  EXPECT_EQ(leaf.issuer_name, ca.subject_name);
  EXPECT_EQ(leaf.authority_key_id, ca.subject_key_id);
}

TEST(CertificateTest, TellsAuthoritiesKeysAndUsages) {
  const Certificate root = Read(Cast().Certificate(Who::kRoot));
  EXPECT_TRUE(root.is_ca && root.self_issued && root.self_signed && root.certificate_sign && root.crl_sign);
  EXPECT_FALSE(root.path_length.has_value());
  EXPECT_EQ(Read(Cast().Certificate(Who::kShortPath)).path_length, 0);
  EXPECT_EQ(Read(Cast().Certificate(Who::kSignerP384)).key_scheme, Scheme::kEcdsa);
  EXPECT_EQ(Read(Cast().Certificate(Who::kSignerP384)).key_bits, 384);
  EXPECT_EQ(Read(Cast().Certificate(Who::kSignerPss)).key_scheme, Scheme::kRsaPss);
  const Certificate tsa = Read(Cast().Certificate(Who::kTsa));
  EXPECT_EQ(tsa.extended_usages, std::vector<std::string>{"1.3.6.1.5.5.7.3.8"});
  EXPECT_TRUE(tsa.extended_usage_critical);
  const Certificate ocsp = Read(Cast().Certificate(Who::kOcsp));
  EXPECT_TRUE(ocsp.ocsp_no_check);
  EXPECT_FALSE(ocsp.extended_usage_critical);
  EXPECT_EQ(Read(Cast().Certificate(Who::kWeakDigest)).signed_with.digest, Digest::kSha1);
}

TEST(CertificateTest, SelfIssuedIsNotSelfSigned) {
  pki::CertificatePlan plan;
  plan.common_name = "Root CA thử nghiệm";
  plan.organisation = "Ban Cơ yếu thử nghiệm";
  plan.key = pki::KeyKind::kP256;
  plan.not_before = kNow;
  plan.not_after = kNow + std::chrono::hours(1);
  const Certificate twin = Read(pki::MakeCertificate(plan, &Cast()[Who::kRoot]).certificate);
  EXPECT_TRUE(twin.self_issued);
  EXPECT_FALSE(twin.self_signed);
}

TEST(CertificateTest, TellsExtensionsItCannotJudge) {
  pki::CertificatePlan plan;
  plan.common_name = "x";
  plan.key = pki::KeyKind::kP256;
  plan.not_before = kNow;
  plan.not_after = kNow + std::chrono::hours(1);
  plan.extensions = {{"1.3.6.1.4.1.99999.9", "critical,DER:0500"}};
  EXPECT_TRUE(Read(pki::MakeCertificate(plan, nullptr).certificate).has_critical_unknown_extension);
  plan.extensions = {{"1.3.6.1.4.1.99999.9", "DER:0500"}};
  EXPECT_FALSE(Read(pki::MakeCertificate(plan, nullptr).certificate).has_critical_unknown_extension);
  plan.basic_constraints = false;
  plan.extensions = {{"2.5.29.19", "critical,DER:0500"}};  // basicConstraints that is none
  EXPECT_TRUE(Read(pki::MakeCertificate(plan, nullptr).certificate).has_broken_extension);
}

TEST(CertificateTest, ReadsEveryWrapping) {
  const pki::Der signer = Cast().Certificate(Who::kSigner);
  const pki::Der root = Cast().Certificate(Who::kRoot);
  const std::string pem =
      "bag attributes\n" + pki::ToPem(signer, "CERTIFICATE") + pki::ToPem(root, "CERTIFICATE");
  EXPECT_EQ(Read(pem).der, signer);
  ASSERT_TRUE(ParseCertificates(pem).has_value());
  EXPECT_EQ(ParseCertificates(pem)->size(), 2u);
  const pki::Der bag = pki::MakeBag({signer, root});
  ASSERT_TRUE(ParseCertificates(bag).has_value());
  EXPECT_EQ(ParseCertificates(bag)->size(), 2u);
  EXPECT_EQ(ParseCertificates(pki::ToPem(bag, "PKCS7")).value().size(), 2u);
  EXPECT_EQ(ParseCertificates(signer).value().front().der, signer);
  EXPECT_EQ(Read(signer + "\n").der, signer);  // what follows is no part of it
}

TEST(CertificateTest, NeverTakesGarbage) {
  const pki::Der signer = Cast().Certificate(Who::kSigner);
  for (std::size_t size = 0; size < signer.size(); size += 7) {
    EXPECT_FALSE(ParseCertificate(signer.substr(0, size)).has_value()) << size;
  }
  for (const std::string& bytes :
       {std::string(), std::string("-----BEGIN CERTIFICATE-----\n"), std::string("\x30\x80"),
        pki::ToPem("not DER", "CERTIFICATE"), std::string(1000, '\x30')}) {
    EXPECT_EQ(ParseCertificates(bytes).error().code, ErrorCode::kDamaged);
  }
  EXPECT_EQ(ERR_peek_error(), 0u);
}

}  // namespace
}  // namespace vanthu::signing
