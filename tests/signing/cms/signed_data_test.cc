#include "signing/cms/signed_data.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/err.h>

#include "signing/cms/cms_reader.h"
#include "signing/cms/der.h"
#include "signing/cms/signature_check.h"
#include "tests/signing/cms/cms_builder.h"
#include "tests/signing/temporary_folder.h"

namespace vanthu::signing {
namespace {

using pki::Who;
using ::testing::IsEmpty;

const Time kNow = std::chrono::sys_days{std::chrono::year{2026} / 3 / 20} + std::chrono::hours(9);
constexpr std::string_view kContent = "Quyết định số 12/QĐ-UBND";

pki::Pki& Cast() {
  static pki::Pki cast({.now = kNow, .ocsp_url = "", .crl_url = "", .issuer_url = ""});
  return cast;
}

SignedDataParts Parts(Who who, const SignatureAlgorithm& algorithm) {
  SignedDataParts parts;
  parts.signer = ParseCertificate(Cast().Certificate(who)).value();
  parts.algorithm = algorithm;
  parts.attributes =
      BuildSignedAttributes(DigestOf(algorithm.digest, {kContent}).value(), parts.signer, algorithm.digest)
          .value();
  parts.signature = SignBytes(Cast()[who].key, parts.attributes, algorithm);
  parts.chain = {ParseCertificate(Cast().Certificate(Who::kSubCa)).value()};
  return parts;
}

const struct {
  Who who;
  SignatureAlgorithm algorithm;
} kRows[] = {{Who::kSigner, {Scheme::kRsaPkcs1, Digest::kSha256}},
             {Who::kSigner, {Scheme::kRsaPss, Digest::kSha256}},
             {Who::kSigner, {Scheme::kRsaPss, Digest::kSha512}},
             {Who::kSignerPss, {Scheme::kRsaPss, Digest::kSha256}},
             {Who::kSignerP256, {Scheme::kEcdsa, Digest::kSha256}},
             {Who::kSignerP384, {Scheme::kEcdsa, Digest::kSha384}}};

TEST(SignedDataTest, WhatIsBuiltChecksHereAndWithOpenssl) {
  const TemporaryFolder folder;
  folder.Write("content", kContent);
  folder.Write("root.pem", pki::ToPem(Cast().Certificate(Who::kRoot), "CERTIFICATE"));
  for (const auto& row : kRows) {
    const std::string name = std::string(Name(row.algorithm.scheme)) + " " + Name(row.algorithm.digest);
    const auto built = BuildSignedData(Parts(row.who, row.algorithm));
    ASSERT_TRUE(built.has_value()) << name;
    const CmsSignature read = CheckSignature(*built, {kContent}, "ETSI.CAdES.detached");
    EXPECT_THAT(read.problems, IsEmpty()) << name;
    EXPECT_EQ(read.algorithm, row.algorithm) << name;
    EXPECT_FALSE(read.claimed_time.has_value()) << name;  // PAdES: /M alone tells it
    EXPECT_EQ(read.certificates.size(), 2u) << name;
    if (!HasOpensslProgram()) continue;
    folder.Write("s.der", *built);
    EXPECT_TRUE(
        folder.Run("openssl cms -verify -cades -binary -inform DER -in s.der -content content -out /dev/null "
                   "-CAfile root.pem -purpose any -attime " +
                   std::to_string(kNow.time_since_epoch().count())))
        << name << folder.Said();
    folder.Write("content2", "Quyết định số 13/QĐ-UBND");
    EXPECT_FALSE(
        folder.Run("openssl cms -verify -binary -inform DER -in s.der -content content2 -out /dev/null "
                   "-noverify"))
        << name;
  }
}

TEST(SignedDataTest, AttributesAreThreeSortedAndWithoutTime) {
  const SignedDataParts parts = Parts(Who::kSignerP384, {Scheme::kEcdsa, Digest::kSha384});
  der::Reader outer(parts.attributes);
  const auto set = outer.Next(der::kSet);
  ASSERT_TRUE(set.has_value());
  EXPECT_EQ(CanonicalAttributes(set->content), parts.attributes);
  std::vector<std::string> oids;
  for (der::Reader each(set->content); !each.AtEnd();) {
    const auto attribute = each.Next(der::kSequence);
    ASSERT_TRUE(attribute.has_value());
    oids.push_back(der::OidText(der::Reader(attribute->content).Next()->content));
  }
  EXPECT_THAT(oids, ::testing::UnorderedElementsAre("1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4",
                                                    "1.2.840.113549.1.9.16.2.47"));
}

TEST(SignedDataTest, WeakOrWrongIsRefused) {
  const SignatureAlgorithm rsa{Scheme::kRsaPkcs1, Digest::kSha256};
  SignedDataParts parts = Parts(Who::kSigner, rsa);
  parts.signature[7] = static_cast<char>(parts.signature[7] ^ 1);
  EXPECT_EQ(BuildSignedData(parts).error().code, ErrorCode::kNotAccepted);
  parts = Parts(Who::kSigner, rsa);
  parts.signer = ParseCertificate(Cast().Certificate(Who::kAgency)).value();
  EXPECT_EQ(BuildSignedData(parts).error().code, ErrorCode::kNotAccepted);
  parts = Parts(Who::kSigner, rsa);
  parts.algorithm.scheme = Scheme::kRsaPss;  // signed by v1.5
  EXPECT_EQ(BuildSignedData(parts).error().code, ErrorCode::kNotAccepted);
  parts.algorithm.scheme = Scheme::kEcdsa;
  EXPECT_EQ(BuildSignedData(parts).error().code, ErrorCode::kNotAccepted);
  EXPECT_EQ(BuildSignedData(Parts(Who::kWeakKey, rsa)).error().code, ErrorCode::kNotAccepted);
  const Certificate signer = ParseCertificate(Cast().Certificate(Who::kSigner)).value();
  EXPECT_EQ(BuildSignedAttributes(std::string(20, 'x'), signer, Digest::kSha1).error().code,
            ErrorCode::kNotAccepted);
  EXPECT_EQ(BuildSignedAttributes(std::string(20, 'x'), signer, Digest::kSha256).error().code,
            ErrorCode::kNotAccepted);
}

TEST(SignedDataTest, ATimestampIsAddedWithoutTouchingTheRest) {
  const Der plain = BuildSignedData(Parts(Who::kSigner, {Scheme::kRsaPkcs1, Digest::kSha256})).value();
  const std::string value = SignatureValue(plain).value();
  pki::TimestampPlan stamp;
  stamp.at = kNow;
  stamp.authority = &Cast()[Who::kTsa];
  const Der token = pki::MakeTimestampToken(DigestOf(Digest::kSha256, {value}).value(), "SHA256", 0, stamp);
  const Der stamped = AddTimestamp(plain, token).value();
  EXPECT_EQ(SignatureValue(stamped).value(), value);
  const CmsSignature read = CheckSignature(stamped, {kContent}, "ETSI.CAdES.detached");
  EXPECT_THAT(read.problems, IsEmpty());
  ASSERT_EQ(read.timestamps.size(), 1u);
  EXPECT_TRUE(read.timestamps[0].signature_valid && read.timestamps[0].imprint_matches);
  EXPECT_EQ(read.timestamps[0].der, token);
  // A second one takes the first one's place.
  stamp.at = kNow + std::chrono::hours(1);
  const Der second = pki::MakeTimestampToken(DigestOf(Digest::kSha256, {value}).value(), "SHA256", 0, stamp);
  const CmsSignature again =
      CheckSignature(AddTimestamp(stamped, second).value(), {kContent}, "ETSI.CAdES.detached");
  ASSERT_EQ(again.timestamps.size(), 1u);
  EXPECT_EQ(again.timestamps[0].der, second);
  // Also to another program's signature, in BER.
  const Der foreign = AddTimestamp(ToIndefinite(plain), token).value();
  EXPECT_THAT(CheckSignature(foreign, {kContent}, "ETSI.CAdES.detached").problems, IsEmpty());

  EXPECT_EQ(AddTimestamp("x", token).error().code, ErrorCode::kDamaged);
  EXPECT_EQ(AddTimestamp(plain, "x").error().code, ErrorCode::kDamaged);
  EXPECT_EQ(SignatureValue(plain.substr(0, 100)).error().code, ErrorCode::kDamaged);
  EXPECT_EQ(ERR_peek_error(), 0u);
}

}  // namespace
}  // namespace vanthu::signing
