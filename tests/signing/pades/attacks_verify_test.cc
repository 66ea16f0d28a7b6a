// The verifier before every attack file, with signatures that are real: none may pass. And before what honest
// tools do: all pass.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "signing/pades/verify.h"
#include "tests/signing/cms/cms_builder.h"
#include "tests/signing/later_revisions.h"

namespace vanthu::signing {
namespace {

using pki::Who;
using FileVerdict = FileReport::Verdict;

constexpr std::size_t kReserved = 4096;
const Time kNow = std::chrono::sys_days{std::chrono::year{2026} / 3 / 20};

pki::Pki& Cast() {
  static pki::Pki cast({.now = kNow, .ocsp_url = "", .crl_url = "", .issuer_url = ""});
  return cast;
}

std::string SignedBy(std::string_view bytes) {
  CmsPlan plan;
  plan.signer = &Cast()[Who::kSigner];
  plan.certificates = Cast().Chain(Who::kSigner);
  plan.content = std::string(bytes);
  return BuildCms(plan);
}

VerifyOptions Options() {
  const auto read = [](Who who) { return ParseCertificate(Cast().Certificate(who)).value(); };
  VerifyOptions options;
  options.trust.anchors = {{read(Who::kRoot), true, true}};
  options.trust.intermediates = {read(Who::kSubCa)};
  options.trust.crls = {Cast().SubCaCrl(), Cast().RootCrl()};
  options.at = kNow;
  return options;
}

std::string Reasons(const FileReport& report) {
  std::string out;
  for (const Message& reason : report.reasons) out += "\n  " + reason.en;
  for (const SignatureReport& signature : report.signatures)
    for (const Message& reason : signature.reasons) out += "\n  " + signature.field + ": " + reason.en;
  return out;
}

TEST(Attacks, NonePasses) {
  for (const testing::LaterRevision& later : testing::AllAttacks()) {
    SCOPED_TRACE(later.name);
    const auto report = Verify(later.Make(SignedBy, kReserved), Options());
    if (!report) continue;  // no PDF: nothing is shown as signed
    EXPECT_EQ(report->verdict, FileVerdict::kFailed) << Reasons(*report);
    EXPECT_EQ(report->gate, Gate::kReject);
  }
}

TEST(Attacks, HonestFilesPass) {
  for (const testing::LaterRevision& later : testing::HonestRevisions()) {
    // A timestamp with a signature's CMS is none.
    if (later.name.find("timestamp") != std::string::npos) continue;
    SCOPED_TRACE(later.name);
    const auto report = Verify(later.Make(SignedBy, kReserved), Options());
    ASSERT_TRUE(report);
    EXPECT_EQ(report->verdict, FileVerdict::kPassed) << Reasons(*report);
  }
}

}  // namespace
}  // namespace vanthu::signing
