#include "signing/cms/timestamp_request.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/err.h>

#include "signing/cms/der.h"
#include "tests/signing/cms/cms_builder.h"
#include "tests/signing/pki.h"
#include "tests/signing/temporary_folder.h"

namespace vanthu::signing {
namespace {

using pki::TimestampFault;
using pki::Who;
using ::testing::HasSubstr;

const Time kNow = std::chrono::sys_days{std::chrono::year{2026} / 3 / 20} + std::chrono::hours(9);
constexpr std::string_view kContent = "giá trị chữ ký";

pki::Pki& Cast() {
  static pki::Pki cast({.now = kNow, .ocsp_url = "", .crl_url = "", .issuer_url = ""});
  return cast;
}

TimestampRequest Request(Digest digest = Digest::kSha256) {
  return BuildTimestampRequest(DigestOf(digest, {kContent}).value(), digest).value();
}

pki::TimestampPlan Plan(Who authority = Who::kTsaOther) {
  pki::TimestampPlan plan;
  plan.at = kNow;
  plan.authority = &Cast()[authority];
  return plan;
}

TEST(TimestampRequestTest, AGrantedAnswerGivesItsToken) {
  for (const Digest digest : {Digest::kSha256, Digest::kSha384, Digest::kSha512}) {
    const TimestampRequest request = Request(digest);
    const auto token = ReadTimestampResponse(pki::AnswerTimestamp(request.der, Plan()), request);
    ASSERT_TRUE(token.has_value()) << Describe(token.error(), Language::kEnglish);
    EXPECT_EQ(token->time, kNow);
    EXPECT_EQ(token->imprint_digest, digest);
    EXPECT_EQ(token->nonce, request.nonce);
    EXPECT_EQ(token->policy, "1.3.6.1.4.1.99999.1");
    EXPECT_TRUE(token->signature_valid && token->imprint_matches);
    EXPECT_EQ(token->signer->der, Cast().Certificate(Who::kTsaOther));
    const TimestampToken again = CheckTimestamp(token->der + std::string(50, '\0'), {kContent});
    EXPECT_TRUE(again.signature_valid && again.imprint_matches);
    EXPECT_EQ(again.der, token->der);
    EXPECT_FALSE(CheckTimestamp(token->der, {"other"}).imprint_matches);
  }
}

TEST(TimestampRequestTest, OpensslReadsRequestAndAnswer) {
  if (!HasOpensslProgram()) GTEST_SKIP() << "no openssl";
  const TemporaryFolder folder;
  const TimestampRequest request = Request();
  folder.Write("q.der", request.der);
  ASSERT_TRUE(folder.Run("openssl ts -query -in q.der -text")) << folder.Said();
  EXPECT_THAT(folder.Said(), HasSubstr("Certificate required: yes"));
  EXPECT_THAT(folder.Said(), HasSubstr("Hash Algorithm: sha256"));
  folder.Write("r.der", pki::AnswerTimestamp(request.der, Plan()));
  folder.Write("root.pem", pki::ToPem(Cast().Certificate(Who::kTsaRoot), "CERTIFICATE"));
  EXPECT_TRUE(folder.Run("openssl ts -verify -queryfile q.der -in r.der -CAfile root.pem -attime " +
                         std::to_string(kNow.time_since_epoch().count())))
      << folder.Said();
  folder.Write("t.der",
               ReadTimestampResponse(pki::AnswerTimestamp(request.der, Plan()), request).value().der);
  folder.Write("content", kContent);
  EXPECT_TRUE(folder.Run("openssl ts -verify -data content -token_in -in t.der -CAfile root.pem -attime " +
                         std::to_string(kNow.time_since_epoch().count())))
      << folder.Said();
}

TEST(TimestampRequestTest, EachFaultHasItsError) {
  const struct {
    TimestampFault fault;
    ErrorCode code;
    const char* words;
  } kRows[] = {{TimestampFault::kGarbage, ErrorCode::kDamaged, "no timestamp response"},
               {TimestampFault::kRefused, ErrorCode::kNotAccepted, "refused"},
               {TimestampFault::kOtherImprint, ErrorCode::kNotAccepted, "imprint"},
               {TimestampFault::kWrongNonce, ErrorCode::kNotAccepted, "nonce"},
               {TimestampFault::kNoNonce, ErrorCode::kNotAccepted, "nonce"},
               {TimestampFault::kOtherKey, ErrorCode::kNotAccepted, "does not verify"},
               {TimestampFault::kNoCertificate, ErrorCode::kNotAccepted, "certificate is not there"}};
  for (const auto& row : kRows) {
    const TimestampRequest request = Request();
    pki::TimestampPlan plan = Plan();
    plan.fault = row.fault;
    const auto token = ReadTimestampResponse(pki::AnswerTimestamp(request.der, plan), request);
    ASSERT_FALSE(token.has_value()) << row.words;
    EXPECT_EQ(token.error().code, row.code) << row.words;
    EXPECT_THAT(Describe(token.error(), Language::kEnglish), HasSubstr(row.words));
  }
  pki::TimestampPlan refused = Plan();
  refused.fault = TimestampFault::kRefused;
  const TimestampRequest request = Request();
  EXPECT_EQ(ReadTimestampResponse(pki::AnswerTimestamp(request.der, refused), request).error().cause,
            "thuật toán không được chấp nhận");
}

TEST(TimestampRequestTest, TheAuthorityMustBeForTimesAlone) {
  pki::CertificatePlan plan;
  plan.common_name = "TSA lạm dụng";
  plan.key = pki::KeyKind::kP256;
  plan.not_before = kNow - std::chrono::hours(1);
  plan.not_after = kNow + std::chrono::hours(1);
  const TimestampRequest request = Request();
  for (const char* usage :
       {"", "timeStamping", "critical,timeStamping,codeSigning", "critical,codeSigning"}) {
    plan.extended_key_usage = usage;
    const pki::Identity authority = pki::MakeCertificate(plan, nullptr);
    pki::TimestampPlan stamp = Plan();
    stamp.authority = &authority;
    const auto token = ReadTimestampResponse(pki::AnswerTimestamp(request.der, stamp), request);
    ASSERT_FALSE(token.has_value()) << usage;
    EXPECT_THAT(token.error().message.en, HasSubstr("time stamping alone")) << usage;
  }
  plan.extended_key_usage = "critical,timeStamping";
  const pki::Identity authority = pki::MakeCertificate(plan, nullptr);
  pki::TimestampPlan stamp = Plan();
  stamp.authority = &authority;
  EXPECT_TRUE(ReadTimestampResponse(pki::AnswerTimestamp(request.der, stamp), request).has_value());
}

TEST(TimestampRequestTest, AnOldAnswerIsAReplay) {
  const TimestampRequest first = Request();
  const std::string answer = pki::AnswerTimestamp(first.der, Plan());
  EXPECT_TRUE(ReadTimestampResponse(answer, first).has_value());
  EXPECT_EQ(ReadTimestampResponse(answer, Request()).error().code, ErrorCode::kNotAccepted);
}

TEST(TimestampRequestTest, ATokenIsNoSignatureAndASignatureNoToken) {
  CmsPlan plan;
  plan.signer = &Cast()[Who::kTsaOther];
  plan.algorithm = {Scheme::kEcdsa, Digest::kSha256};
  const Der signature = BuildCms(plan);
  EXPECT_TRUE(CheckTimestamp(signature, {plan.content}).der.empty());
  EXPECT_FALSE(CheckTimestamp(signature, {plan.content}).signature_valid);
  const Der token =
      pki::MakeTimestampToken(DigestOf(Digest::kSha256, {kContent}).value(), "SHA256", 0, Plan());
  EXPECT_TRUE(CheckSignature(token, {kContent}, "ETSI.CAdES.detached").Has(CmsProblem::kContentInside));
}

TEST(TimestampRequestTest, AnyBytesAreAnAnswer) {
  const TimestampRequest request = Request();
  const std::string answer = pki::AnswerTimestamp(request.der, Plan());
  for (std::size_t size = 0; size < answer.size(); size += 3) {
    EXPECT_FALSE(ReadTimestampResponse(answer.substr(0, size), request).has_value());
  }
  EXPECT_EQ(BuildTimestampRequest(std::string(20, 'x'), Digest::kSha1).error().code, ErrorCode::kNotAccepted);
  EXPECT_EQ(BuildTimestampRequest("x", Digest::kSha256).error().code, ErrorCode::kNotAccepted);
  EXPECT_EQ(ERR_peek_error(), 0u);
}

}  // namespace
}  // namespace vanthu::signing
