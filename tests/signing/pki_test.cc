// The test PKI itself, judged by OpenSSL's own tools: what is wrong on purpose must be wrong, and nothing
// else.
#include "tests/signing/pki.h"

#include <gtest/gtest.h>

#include <map>

#include "tests/signing/temporary_folder.h"

namespace vanthu::signing::pki {
namespace {

const Time kNow = std::chrono::sys_days{std::chrono::year{2026} / 3 / 20} + std::chrono::hours(9);

class PkiTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!HasOpensslProgram()) GTEST_SKIP() << "no openssl";
  }
  void Write(const std::string& name, const std::string& bytes) { folder_.Write(name, bytes); }
  bool Run(const std::string& command) { return folder_.Run(command); }
  std::string Output() { return folder_.Said(); }

  TemporaryFolder folder_;
};

TEST_F(PkiTest, TheCastIsRightAndWrongAsItsNamesSay) {
  Pki pki({.now = kNow, .ocsp_url = "http://127.0.0.1:1/o", .crl_url = "", .issuer_url = ""});
  WritePki(pki, folder_.path());
  Write("tsa-root.pem", ToPem(pki.Certificate(Who::kTsaRoot), "CERTIFICATE"));
  const std::string at = std::to_string(kNow.time_since_epoch().count());
  const std::string verify = "openssl verify -attime " + at +
                             " -CAfile trust/root.crt -untrusted sub-ca.crt -untrusted not-ca.crt "
                             "-untrusted short-path.crt -untrusted below-short-path.crt ";
  // OpenSSL's error numbers, 0 is good: x509_vfy.h.
  const std::map<Who, int> kExpected = {
      {Who::kSigner, 0},          {Who::kSignerP256, 0}, {Who::kSignerP384, 0}, {Who::kSignerPss, 0},
      {Who::kAgency, 0},          {Who::kTsa, 0},        {Who::kOcsp, 0},       {Who::kExpired, 10},
      {Who::kNotYetValid, 9},     {Who::kRevoked, 0},    {Who::kWeakDigest, 0}, {Who::kUnderNotCa, 79},
      {Who::kUnderShortPath, 25}, {Who::kStranger, 20}};
  for (const auto& [who, error] : kExpected) {
    const bool good = Run(verify + Name(who) + ".crt");
    EXPECT_EQ(good, error == 0) << Name(who) << "\n" << Output();
    if (error != 0) {
      EXPECT_NE(Output().find("error " + std::to_string(error) + " "), std::string::npos) << Name(who) << "\n"
                                                                                          << Output();
    }
  }
  EXPECT_TRUE(Run(verify + "-CRLfile crl/sub-ca.pem -crl_check signer.crt")) << Output();
  EXPECT_FALSE(Run(verify + "-CRLfile crl/sub-ca.pem -crl_check revoked.crt"));
  EXPECT_NE(Output().find("revoked"), std::string::npos) << Output();
  EXPECT_FALSE(Run(verify + "-auth_level 2 weak-key.crt"));
  EXPECT_TRUE(Run("openssl pkcs12 -in agency.p12 -passin file:password.txt -nodes")) << Output();
}

TEST_F(PkiTest, OcspAnswersVerify) {
  Pki pki({.now = kNow, .ocsp_url = "", .crl_url = "", .issuer_url = ""});
  Write("root.pem", ToPem(pki.Certificate(Who::kRoot), "CERTIFICATE"));
  Write("sub.pem", ToPem(pki.Certificate(Who::kSubCa), "CERTIFICATE"));
  Write("signer.pem", ToPem(pki.Certificate(Who::kSigner), "CERTIFICATE"));
  OcspPlan plan;
  plan.this_update = kNow;
  plan.next_update = kNow + std::chrono::hours(1);
  plan.responder = &pki[Who::kOcsp];
  const std::string command =
      "openssl ocsp -respin r.der -issuer sub.pem -cert signer.pem -CAfile root.pem -verify_other sub.pem "
      "-no_nonce "
      "-attime " +
      std::to_string(kNow.time_since_epoch().count()) + " -no_check_time";
  Write("r.der", MakeOcspResponse(pki.Certificate(Who::kSigner), pki[Who::kSubCa], plan));
  EXPECT_TRUE(Run(command));
  EXPECT_NE(Output().find("Response verify OK"), std::string::npos) << Output();
  EXPECT_NE(Output().find("\ngood\n"), std::string::npos) << Output();

  plan.answer = OcspAnswer::kRevoked;
  plan.revoked_at = kNow - std::chrono::hours(5);
  plan.reason = "keyCompromise";
  Write("r.der", MakeOcspResponse(pki.Certificate(Who::kSigner), pki[Who::kSubCa], plan));
  Run(command);
  EXPECT_NE(Output().find("\nrevoked\n"), std::string::npos) << Output();

  plan.signing_key = MakeKey(KeyKind::kRsa2048);
  Write("r.der", MakeOcspResponse(pki.Certificate(Who::kSigner), pki[Who::kSubCa], plan));
  Run(command);
  EXPECT_EQ(Output().find("Response verify OK"), std::string::npos) << Output();
}

TEST_F(PkiTest, TimestampsVerify) {
  Pki pki({.now = kNow, .ocsp_url = "", .crl_url = "", .issuer_url = ""});
  Write("root.pem", ToPem(pki.Certificate(Who::kRoot), "CERTIFICATE"));
  Write("sub.pem", ToPem(pki.Certificate(Who::kSubCa), "CERTIFICATE"));
  const std::string imprint(32, 'i');
  Write("q.der", MakeTimestampRequest(imprint, "SHA256", 0xABCDEF0123));
  TimestampPlan plan;
  plan.at = kNow;
  plan.authority = &pki[Who::kTsa];
  const std::string request = MakeTimestampRequest(imprint, "SHA256", 0xABCDEF0123);
  const std::string command =
      "openssl ts -verify -queryfile q.der -in r.der -CAfile root.pem -untrusted sub.pem "
      "-attime " +
      std::to_string(kNow.time_since_epoch().count());
  Write("r.der", AnswerTimestamp(request, plan));
  EXPECT_TRUE(Run(command)) << Output();
  for (const TimestampFault fault :
       {TimestampFault::kRefused, TimestampFault::kOtherImprint, TimestampFault::kWrongNonce,
        TimestampFault::kNoNonce, TimestampFault::kOtherKey, TimestampFault::kGarbage}) {
    plan.fault = fault;
    Write("r.der", AnswerTimestamp(request, plan));
    EXPECT_FALSE(Run(command)) << static_cast<int>(fault) << Output();
  }
  plan.fault = TimestampFault::kNone;
  plan.authority = &pki[Who::kSigner];  // no EKU
  Write("r.der", AnswerTimestamp(request, plan));
  EXPECT_FALSE(Run(command)) << Output();
}

}  // namespace
}  // namespace vanthu::signing::pki
