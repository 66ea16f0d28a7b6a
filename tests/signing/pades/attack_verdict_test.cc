// Every attack that the tests make, really signed by a trusted key, before the whole verifier: none is
// accepted, none is called unsigned, and every honest later revision passes.
#include <gtest/gtest.h>

#include "signing/pades/verify.h"
#include "tests/signing/cms/cms_builder.h"
#include "tests/signing/later_revisions.h"
#include "tests/signing/pki.h"

namespace vanthu::signing {
namespace {

using made::LaterRevision;
using pki::Who;
using FileVerdict = FileReport::Verdict;

const Time kNow = std::chrono::sys_days{std::chrono::year{2026} / 3 / 20} + std::chrono::hours(9);
constexpr std::size_t kReserved = 8192;

pki::Pki& Cast() {
  static pki::Pki cast({.now = kNow, .ocsp_url = "", .crl_url = "", .issuer_url = ""});
  return cast;
}

std::string SignAll(std::string_view content) {
  CmsPlan plan;
  plan.signer = &Cast()[Who::kSigner];
  plan.certificates = Cast().Chain(Who::kSigner);
  plan.content = std::string(content);
  return BuildCms(plan);
}

const VerifyOptions& Options() {
  static const VerifyOptions options = [] {
    const auto read = [](Who who) { return ParseCertificate(Cast().Certificate(who)).value(); };
    VerifyOptions out;
    out.trust.anchors = {{read(Who::kRoot), true, true}};
    out.trust.intermediates = {read(Who::kSubCa)};
    out.trust.crls = {Cast().SubCaCrl(), Cast().RootCrl()};
    out.at = kNow;
    return out;
  }();
  return options;
}

// Its token is no token: this signer makes signatures alone.
constexpr char kTimestamped[] = "validation data and timestamp, P 1";

std::string Reasons(const FileReport& report) {
  std::string out;
  for (const Message& reason : report.reasons) out += reason.en + "; ";
  for (const SignatureReport& one : report.signatures)
    for (const Message& reason : one.reasons) out += one.field + ": " + reason.en + "; ";
  return out;
}

TEST(AttackVerdict, NoAttackIsAccepted) {
  int count = 0;
  for (const LaterRevision& attack : made::AllAttacks()) {
    SCOPED_TRACE(attack.name);
    const Result<FileReport> report = Verify(attack.Make(SignAll, kReserved), Options());
    ++count;
    if (!report) continue;  // no PDF that anybody could open
    EXPECT_EQ(report->verdict, FileVerdict::kFailed) << Reasons(*report);
    EXPECT_EQ(report->gate, Gate::kReject);
  }
  EXPECT_GE(count, 100);
}

TEST(AttackVerdict, HonestRevisionsPass) {
  for (const LaterRevision& honest : made::HonestRevisions()) {
    SCOPED_TRACE(honest.name);
    const Result<FileReport> report = Verify(honest.Make(SignAll, kReserved), Options());
    ASSERT_TRUE(report) << report.error().message.en;
    EXPECT_EQ(report->gate == Gate::kReject, honest.name == kTimestamped) << Reasons(*report);
    for (const SignatureReport& one : report->signatures)
      EXPECT_EQ(one.verdict, one.role == "timestamp" ? Verdict::kFailed : Verdict::kPassed)
          << Reasons(*report);
  }
}

}  // namespace
}  // namespace vanthu::signing
