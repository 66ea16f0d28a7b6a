#include "signing/cms/signature_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/err.h>

#include <functional>

#include "signing/cms/algorithm_identifier.h"
#include "signing/cms/der.h"
#include "tests/signing/cms/cms_builder.h"

namespace vanthu::signing {

[[maybe_unused]] static void PrintTo(CmsProblem problem, std::ostream* out) {
  *out << "problem " << static_cast<int>(problem);
}

namespace {

using pki::Who;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;
using enum CmsProblem;

const Time kNow = std::chrono::sys_days{std::chrono::year{2026} / 3 / 20} + std::chrono::hours(9);
constexpr const char* kCades = "ETSI.CAdES.detached";
constexpr const char* kPkcs7 = "adbe.pkcs7.detached";

pki::Pki& Cast() {
  static pki::Pki cast({.now = kNow, .ocsp_url = "", .crl_url = "", .issuer_url = ""});
  return cast;
}

CmsPlan PlanFor(Who who = Who::kSignerP256) {
  CmsPlan plan;
  plan.signer = &Cast()[who];
  plan.algorithm.scheme = ParseCertificate(plan.signer->certificate).value().key_scheme;
  return plan;
}

CmsSignature Check(const CmsPlan& plan, const char* sub_filter = kCades) {
  const std::string_view content = plan.content;
  return CheckSignature(BuildCms(plan), {content.substr(0, 3), content.substr(3)}, sub_filter);
}

TEST(SignatureCheckTest, EveryAlgorithmOfTheField) {
  const struct {
    Who who;
    SignatureAlgorithm algorithm;
  } kRows[] = {{Who::kSigner, {Scheme::kRsaPkcs1, Digest::kSha256}},
               {Who::kSigner, {Scheme::kRsaPkcs1, Digest::kSha384}},
               {Who::kSigner, {Scheme::kRsaPkcs1, Digest::kSha512}},
               {Who::kSigner, {Scheme::kRsaPkcs1, Digest::kSha3_256}},
               {Who::kSigner, {Scheme::kRsaPss, Digest::kSha256}},
               {Who::kSigner, {Scheme::kRsaPss, Digest::kSha512}},
               {Who::kSignerPss, {Scheme::kRsaPss, Digest::kSha384}},
               {Who::kSignerP256, {Scheme::kEcdsa, Digest::kSha256}},
               {Who::kSignerP384, {Scheme::kEcdsa, Digest::kSha384}},
               {Who::kSignerP384, {Scheme::kEcdsa, Digest::kSha512}}};
  for (const auto& row : kRows) {
    CmsPlan plan = PlanFor(row.who);
    plan.algorithm = row.algorithm;
    const CmsSignature read = Check(plan);
    EXPECT_THAT(read.problems, IsEmpty()) << Name(row.algorithm.scheme) << " " << Name(row.algorithm.digest);
    EXPECT_EQ(read.algorithm, row.algorithm);
    EXPECT_TRUE(read.has_ess);
    ASSERT_TRUE(read.signer.has_value());
    EXPECT_EQ(read.signer->der, plan.signer->certificate);
    plan.flip_signature = true;
    EXPECT_THAT(Check(plan).problems, ElementsAre(kWrongSignature)) << Name(row.algorithm.scheme);
  }
}

TEST(SignatureCheckTest, PssWithAnotherSaltThanTheParametersSayFails) {
  const std::string data = "dữ liệu";
  const Certificate signer = ParseCertificate(Cast().Certificate(Who::kSigner)).value();
  const SignatureAlgorithm pss{Scheme::kRsaPss, Digest::kSha256};
  SignatureMethod method = MethodOf(pss);
  for (const int salt : {0, 20, 32, 64}) {
    const std::string signature = SignBytes(Cast()[Who::kSigner].key, data, pss, salt);
    method.pss.salt_bytes = salt;
    EXPECT_EQ(CheckSignatureValue(signer, method, {data}, signature), SignatureCheck::kValid) << salt;
    method.pss.salt_bytes = salt + 1;
    EXPECT_EQ(CheckSignatureValue(signer, method, {data}, signature), SignatureCheck::kInvalid) << salt;
  }
  // Parameters left out are SHA-1, MGF1 with SHA-1, 20 (RFC 4055, 3.1).
  const SignatureMethod defaults =
      ReadSignatureMethod(der::Sequence({der::Oid("1.2.840.113549.1.1.10"), der::Sequence({})}));
  EXPECT_EQ(defaults.algorithm, (SignatureAlgorithm{Scheme::kRsaPss, Digest::kSha1}));
  EXPECT_EQ(defaults.pss.salt_bytes, 20);
  EXPECT_EQ(ReadSignatureMethod(SignatureIdentifier(pss)).pss.salt_bytes, 32);
  EXPECT_EQ(ReadSignatureMethod(SignatureIdentifier(pss)).pss.mask_digest, Digest::kSha256);
}

struct Row {
  const char* name;
  std::function<void(CmsPlan&)> change;
  std::vector<CmsProblem> problems;
  const char* sub_filter = kCades;
};

TEST(SignatureCheckTest, EachDeviationHasItsName) {
  const Der other = Cast().Certificate(Who::kStranger);
  const std::vector<Row> rows = {
      {"right", [](CmsPlan&) {}, {}},
      {"content altered", [](CmsPlan& p) { p.message_digest = std::string(32, 'x'); }, {kWrongDigest}},
      {"no message digest", [](CmsPlan& p) { p.message_digests = 0; }, {kNoMessageDigest}},
      {"message digest twice", [](CmsPlan& p) { p.message_digests = 2; }, {kMessageDigestTwice}},
      {"no content type", [](CmsPlan& p) { p.content_type = false; }, {kNoContentType}},
      {"content of another type",
       [](CmsPlan& p) { p.content_type_value = "1.2.840.113549.1.9.16.1.4"; },
       {kNoContentType}},
      {"content inside",
       [](CmsPlan& p) {
         p.content_inside = true;
         p.inside = p.content;
       },
       {kContentInside}},
      {"empty content inside", [](CmsPlan& p) { p.content_inside = true; }, {kContentInside, kWrongDigest}},
      {"no ESS, CAdES", [](CmsPlan& p) { p.ess_v2 = 0; }, {kNoSigningCertificate}},
      {"no ESS, PKCS#7", [](CmsPlan& p) { p.ess_v2 = 0; }, {}, kPkcs7},
      {"ESS of version 1",
       [](CmsPlan& p) {
         p.ess_v2 = 0;
         p.ess_v1 = 1;
       },
       {}},
      {"both versions of ESS", [](CmsPlan& p) { p.ess_v1 = 1; }, {}},
      {"two ESS", [](CmsPlan& p) { p.ess_v2 = 2; }, {kWrongSigningCertificate}},
      {"ESS of another certificate", [&](CmsPlan& p) { p.ess_of = other; }, {kWrongSigningCertificate}},
      {"ESS of another certificate, PKCS#7",
       [&](CmsPlan& p) { p.ess_of = other; },
       {kWrongSigningCertificate},
       kPkcs7},
      {"no certificate", [](CmsPlan& p) { p.with_signer_certificate = false; }, {kNoSignerCertificate}},
      {"another certificate alone",
       [&](CmsPlan& p) {
         p.with_signer_certificate = false;
         p.certificates = {other};
       },
       {kNoSignerCertificate}},
      {"named by key identifier", [](CmsPlan& p) { p.key_identifier = true; }, {}},
      {"no signer", [](CmsPlan& p) { p.signers = 0; }, {kNoSigner}},
      {"two signers", [](CmsPlan& p) { p.signers = 2; }, {kSeveralSigners}},
      {"algorithm names the key alone", [](CmsPlan& p) { p.open_algorithm = true; }, {}},
      {"attributes unsorted, signed sorted", [](CmsPlan& p) { p.sorted = false; }, {}},
      {"attributes unsorted, signed so",
       [](CmsPlan& p) {
         p.sorted = false;
         p.sign_sorted = false;
       },
       {}},
      {"no attributes, PKCS#7", [](CmsPlan& p) { p.attributes = false; }, {}, kPkcs7},
      {"no attributes, CAdES", [](CmsPlan& p) { p.attributes = false; }, {kNoSigningCertificate}},
      {"no attributes, altered",
       [](CmsPlan& p) {
         p.attributes = false;
         p.flip_signature = true;
       },
       {kWrongDigest},
       kPkcs7},
      {"SHA-1", [](CmsPlan& p) { p.algorithm.digest = Digest::kSha1; }, {kWeakDigest}},
      {"SHA-224", [](CmsPlan& p) { p.algorithm.digest = Digest::kSha224; }, {kWeakDigest}},
      {"content by SHA-1, signature by SHA-256",
       [](CmsPlan& p) { p.content_digest = Digest::kSha1; },
       {kDigestMismatch, kWeakDigest}},
      {"two digests, both strong", [](CmsPlan& p) { p.content_digest = Digest::kSha512; }, {kDigestMismatch}},
      {"SHA-384, the algorithm names the key alone",
       [](CmsPlan& p) {
         p.open_algorithm = true;
         p.algorithm.digest = Digest::kSha384;
       },
       {}},
  };
  for (const Row& row : rows) {
    CmsPlan plan = PlanFor();
    row.change(plan);
    EXPECT_THAT(Check(plan, row.sub_filter).problems, ::testing::UnorderedElementsAreArray(row.problems))
        << row.name;
  }
}

TEST(SignatureCheckTest, WeakAndOldKeysAreReadAndCalledWeak) {
  CmsPlan weak = PlanFor(Who::kWeakKey);
  EXPECT_THAT(Check(weak).problems, ElementsAre(kWeakKey));
  weak.algorithm.digest = Digest::kMd5;
  EXPECT_THAT(Check(weak).problems, UnorderedElementsAre(kWeakDigest, kWeakKey));

  pki::CertificatePlan dsa;
  dsa.common_name = "Khóa DSA";
  dsa.key = pki::KeyKind::kDsa2048;
  dsa.not_before = kNow;
  dsa.not_after = kNow + std::chrono::hours(1);
  const pki::Identity identity = pki::MakeCertificate(dsa, nullptr);
  CmsPlan plan;
  plan.signer = &identity;
  plan.algorithm = {Scheme::kDsa, Digest::kSha256};
  EXPECT_THAT(Check(plan).problems, ElementsAre(kWeakKey));
  plan.flip_signature = true;
  EXPECT_THAT(Check(plan).problems, UnorderedElementsAre(kWrongSignature, kWeakKey));
}

TEST(SignatureCheckTest, AlteredContentIsWrongDigest) {
  const Der cms = BuildCms(PlanFor());
  EXPECT_THAT(CheckSignature(cms, {"nội dunh"}, kCades).problems, ElementsAre(kWrongDigest));
  EXPECT_THAT(CheckSignature(cms, {}, kCades).problems, ElementsAre(kWrongDigest));
}

TEST(SignatureCheckTest, IndefiniteLengthsAndPaddingAreRead) {
  const CmsPlan plan = PlanFor();
  const Der cms = BuildCms(plan);
  EXPECT_THAT(CheckSignature(ToIndefinite(cms), {plan.content}, kCades).problems, IsEmpty());
  EXPECT_THAT(CheckSignature(cms + std::string(4000, '\0'), {plan.content}, kCades).problems, IsEmpty());
  EXPECT_THAT(CheckSignature(ToIndefinite(cms) + std::string(9, '\0'), {plan.content}, kCades).problems,
              IsEmpty());
  EXPECT_THAT(CheckSignature(cms + "x", {plan.content}, kCades).problems, ElementsAre(kUnreadable));
  EXPECT_THAT(CheckSignature(cms + cms, {plan.content}, kCades).problems, ElementsAre(kUnreadable));
}

TEST(SignatureCheckTest, SigningTimeIsOnlyClaimed) {
  CmsPlan plan = PlanFor();
  EXPECT_FALSE(Check(plan).claimed_time.has_value());
  plan.signing_time = "260320090000Z";
  EXPECT_EQ(Check(plan, kPkcs7).claimed_time, kNow);
  plan.signing_time = "260320160000+0700";
  EXPECT_EQ(Check(plan, kPkcs7).claimed_time, kNow);
}

TEST(SignatureCheckTest, Sha1InsideTheCms) {
  CmsPlan plan = PlanFor(Who::kSigner);
  plan.content_inside = true;
  plan.inside = DigestOf(Digest::kSha1, {plan.content}).value();
  EXPECT_THAT(Check(plan, "adbe.pkcs7.sha1").problems, ElementsAre(kWeakDigest));
  plan.attributes = false;
  EXPECT_THAT(Check(plan, "adbe.pkcs7.sha1").problems, ElementsAre(kWeakDigest));
  plan.inside[0] = static_cast<char>(plan.inside[0] ^ 1);
  EXPECT_THAT(Check(plan, "adbe.pkcs7.sha1").problems, UnorderedElementsAre(kWrongDigest, kWeakDigest));
  plan.content_inside = false;
  EXPECT_TRUE(Check(plan, "adbe.pkcs7.sha1").Has(kWrongDigest));
}

TEST(SignatureCheckTest, BareSignatureOfPkcs1) {
  const std::string content = "nội dung";
  const pki::Identity& signer = Cast()[Who::kSigner];
  const auto check = [&](Digest digest, std::string_view of, const std::vector<Der>& certificates) {
    const std::string value = SignBytes(signer.key, content, {Scheme::kRsaPkcs1, digest});
    return CheckRawSignature(der::Wrap(der::kOctetString, value) + std::string(10, '\0'), certificates, {of});
  };
  EXPECT_THAT(check(Digest::kSha1, content, {signer.certificate}).problems, ElementsAre(kWeakDigest));
  EXPECT_THAT(check(Digest::kSha256, content, {signer.certificate}).problems, IsEmpty());
  EXPECT_THAT(check(Digest::kSha256, "other", {signer.certificate}).problems, ElementsAre(kWrongDigest));
  EXPECT_TRUE(check(Digest::kSha256, content, {Cast().Certificate(Who::kAgency)}).Has(kWrongSignature));
  EXPECT_TRUE(check(Digest::kSha256, content, {Cast().Certificate(Who::kSignerP256)}).Has(kUnknownAlgorithm));
  EXPECT_TRUE(check(Digest::kSha256, content, {}).Has(kNoSignerCertificate));
  EXPECT_THAT(CheckRawSignature("garbage", {signer.certificate}, {content}).problems,
              ElementsAre(kUnreadable));
}

TEST(SignatureCheckTest, TimestampIsOfThisSignature) {
  pki::TimestampPlan stamp;
  stamp.at = kNow;
  stamp.authority = &Cast()[Who::kTsaOther];
  CmsPlan plan = PlanFor();
  plan.timestamp = &stamp;
  const CmsSignature good = Check(plan);
  EXPECT_THAT(good.problems, IsEmpty());
  ASSERT_EQ(good.timestamps.size(), 1u);
  EXPECT_TRUE(good.timestamps[0].signature_valid) << ::testing::PrintToString(good.timestamps[0].problems);
  EXPECT_TRUE(good.timestamps[0].imprint_matches);
  EXPECT_EQ(good.timestamps[0].time, kNow);
  ASSERT_TRUE(good.timestamps[0].signer.has_value());
  EXPECT_EQ(good.timestamps[0].signer->subject.common_name, "Dấu thời gian khác");
  plan.timestamp_of_other = true;
  EXPECT_THAT(Check(plan).problems, ElementsAre(kTimestampOfOther));
  plan.timestamp_of_other = false;
  stamp.fault = pki::TimestampFault::kOtherKey;
  EXPECT_FALSE(Check(plan).timestamps.at(0).signature_valid);
  // A certificate that the token lacks may be the signature's.
  stamp.fault = pki::TimestampFault::kNoCertificate;
  EXPECT_FALSE(Check(plan).timestamps.at(0).signature_valid);
  plan.certificates = {Cast().Certificate(Who::kTsaOther)};
  EXPECT_TRUE(Check(plan).timestamps.at(0).signature_valid);
}

TEST(SignatureCheckTest, EmbeddedRevocationIsHandedOn) {
  CmsPlan plan = PlanFor();
  const Der crl = Cast().SubCaCrl();
  pki::OcspPlan answer;
  answer.this_update = kNow;
  const Der ocsp = pki::MakeOcspResponse(plan.signer->certificate, Cast()[Who::kSubCa], answer);
  // adbe-revocationInfoArchival ::= SEQUENCE { [0] crl, [1] ocsp }
  plan.more_attributes = {CmsAttributeOf("1.2.840.113583.1.1.8",
                                         der::Sequence({der::Wrap(der::kContext0, der::Sequence({crl})),
                                                        der::Wrap(der::kContext1, der::Sequence({ocsp}))}))};
  const CmsSignature adobe = Check(plan);
  EXPECT_THAT(adobe.problems, IsEmpty());
  EXPECT_THAT(adobe.crls, ElementsAre(crl));
  EXPECT_THAT(adobe.ocsp_responses, ElementsAre(ocsp));

  plan.more_attributes.clear();
  plan.crls = {crl};
  EXPECT_THAT(Check(plan).crls, ElementsAre(crl));

  // CAdES' RevocationValues hold BasicOCSPResponses: they come out as whole responses.
  der::Reader response(ocsp);
  der::Reader parts(response.Next()->content);
  parts.Next();
  der::Reader bytes(parts.Next()->content);
  der::Reader typed(bytes.Next()->content);
  typed.Next();
  const std::string basic(typed.Next()->content);
  plan.crls.clear();
  plan.unsigned_attributes = {CmsAttributeOf(
      "1.2.840.113549.1.9.16.2.24", der::Sequence({der::Wrap(der::kContext1, der::Sequence({basic}))}))};
  EXPECT_THAT(Check(plan).ocsp_responses, ElementsAre(ocsp));
}

TEST(SignatureCheckTest, EveryFlippedByteIsNoticed) {
  const CmsPlan plan = PlanFor();
  const Der cms = BuildCms(plan);
  int unnoticed = 0;
  for (std::size_t at = 0; at < cms.size(); ++at) {
    Der flipped = cms;
    flipped[at] = static_cast<char>(flipped[at] ^ 0x04);
    const CmsSignature read = CheckSignature(flipped, {plan.content}, kCades);
    // Versions and the outer list of digests are judged by nobody (nor are they signed).
    if (read.problems.empty()) ++unnoticed;
  }
  EXPECT_LE(unnoticed, 20);
  EXPECT_EQ(ERR_peek_error(), 0u);
}

TEST(SignatureCheckTest, AnyBytesAreAnAnswer) {
  const Der cms = BuildCms(PlanFor());
  for (std::size_t size = 0; size < cms.size(); ++size) {
    EXPECT_THAT(CheckSignature(cms.substr(0, size), {}, kCades).problems, ElementsAre(kUnreadable)) << size;
  }
  std::string deep;
  for (int i = 0; i < 100000; ++i) deep += "\x30\x80";
  EXPECT_THAT(CheckSignature(deep, {}, kCades).problems, ElementsAre(kUnreadable));
  EXPECT_TRUE(CheckTimestamp(deep, {}).der.empty());
  EXPECT_EQ(ERR_peek_error(), 0u);
}

}  // namespace
}  // namespace vanthu::signing
