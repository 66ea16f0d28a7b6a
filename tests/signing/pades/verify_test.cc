// Verdicts over time, trust and revocation; structure and changes have tests of their own.
#include "signing/pades/verify.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "signing/pades/judgement.h"
#include "signing/pades/security_store.h"
#include "tests/signing/pades/signed_document.h"
#include "tests/signing/pdf_maker.h"

namespace vanthu::signing {
namespace {

using pki::Who;
using std::chrono::hours;
using ::testing::HasSubstr;
using FileVerdict = FileReport::Verdict;

constexpr hours kDay{24};
const Time kNow = std::chrono::sys_days{std::chrono::year{2026} / 3 / 20} + hours(9);

pki::Pki& Cast() {
  static pki::Pki cast({.now = kNow, .ocsp_url = "", .crl_url = "", .issuer_url = ""});
  return cast;
}

class VerifyTest : public ::testing::Test {
 protected:
  VerifyTest() {
    const auto read = [](Who who) { return ParseCertificate(Cast().Certificate(who)).value(); };
    options_.trust.anchors = {{read(Who::kRoot), true, true}, {read(Who::kTsaRoot), false, true}};
    options_.trust.intermediates = {read(Who::kSubCa)};
    options_.trust.crls = {Cast().SubCaCrl(), Cast().RootCrl()};
    options_.at = kNow;
  }

  // Signed at kNow, with a timestamp of the time given.
  std::string SignedBy(Who who, std::optional<Time> stamped = {}, SignatureAlgorithm algorithm = {},
                       Who authority = Who::kTsa) {
    pki::TimestampPlan stamp;
    stamp.at = stamped.value_or(kNow);
    stamp.authority = &Cast()[authority];
    stamp.chain = Cast().Chain(authority);
    testing::FakeTimestamps timestamps(stamp);
    testing::SigningPlan plan;
    plan.signer = &Cast()[who];
    plan.chain = Cast().Chain(who);
    plan.time = kNow;
    plan.timestamps = stamped ? &timestamps : nullptr;
    plan.algorithm = algorithm;
    return testing::Signed(testing::PlainDocument(), plan);
  }
  SignatureReport Only(const std::string& document) {
    const Result<FileReport> report = Verify(document, options_);
    EXPECT_TRUE(report.has_value());
    if (!report || report->signatures.size() != 1) return {};
    return report->signatures.front();
  }
  static std::string Reasons(const SignatureReport& report) {
    std::string out;
    for (const Message& reason : report.reasons) out += reason.en + "; ";
    return out;
  }

  VerifyOptions options_;
};

TEST_F(VerifyTest, AnUnsignedDocumentIsUnsigned) {
  const Result<FileReport> report = Verify(testing::PlainDocument(), options_);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->verdict, FileVerdict::kUnsigned);
  EXPECT_EQ(report->gate, Gate::kAccept);
}

TEST_F(VerifyTest, AGoodSignaturePasses) {
  const SignatureReport report = Only(SignedBy(Who::kSigner));
  EXPECT_EQ(report.verdict, Verdict::kPassed) << Reasons(report);
  EXPECT_EQ(report.level, Level::kB);
  EXPECT_EQ(report.coverage, Coverage::kWholeFile);
  EXPECT_EQ(report.certificate.signer_revocation.status, RevocationStatus::kGood);
  EXPECT_TRUE(report.reasons.empty()) << Reasons(report);
}

TEST_F(VerifyTest, AStatusThatCannotBeCheckedIsAWarning) {
  options_.trust.crls.clear();
  const SignatureReport report = Only(SignedBy(Who::kSigner));
  EXPECT_EQ(report.verdict, Verdict::kPassed);
  EXPECT_EQ(report.certificate.signer_revocation.status, RevocationStatus::kUnknown);
  EXPECT_THAT(Reasons(report), HasSubstr("WARNING"));
}

TEST_F(VerifyTest, WhatIsMissingMakesItIndeterminate) {
  options_.trust.anchors.clear();
  options_.trust.intermediates.clear();
  SignatureReport report = Only(SignedBy(Who::kSigner));
  EXPECT_EQ(report.verdict, Verdict::kIndeterminate);
  EXPECT_EQ(report.sub_indication, "NO_CERTIFICATE_CHAIN_FOUND");
  EXPECT_EQ(report.integrity, Integrity::kIntact);
}

TEST_F(VerifyTest, CertificatesDecide) {
  for (const auto& [who, sub_indication] :
       std::vector<std::pair<Who, std::string>>{{Who::kExpired, "OUT_OF_BOUNDS_NO_POE"},
                                                {Who::kNotYetValid, "OUT_OF_BOUNDS_NO_POE"},
                                                {Who::kRevoked, "REVOKED_NO_POE"},
                                                {Who::kWrongUsage, "CHAIN_CONSTRAINTS_FAILURE"},
                                                {Who::kStranger, "NO_CERTIFICATE_CHAIN_FOUND"},
                                                {Who::kUnderNotCa, "CHAIN_CONSTRAINTS_FAILURE"},
                                                {Who::kUnderShortPath, "CHAIN_CONSTRAINTS_FAILURE"}}) {
    const SignatureReport report = Only(SignedBy(who));
    EXPECT_EQ(report.verdict, Verdict::kIndeterminate) << Name(who);
    EXPECT_EQ(report.sub_indication, sub_indication) << Name(who) << Reasons(report);
    EXPECT_EQ(report.integrity, Integrity::kIntact) << Name(who);
  }
}

TEST_F(VerifyTest, ATimestampProvesThatACertificateWasGood) {
  // The certificate ended 30 days ago; it was revoked 10 days ago.
  EXPECT_EQ(Only(SignedBy(Who::kExpired, kNow - 60 * kDay)).verdict, Verdict::kPassed);
  EXPECT_EQ(Only(SignedBy(Who::kRevoked, kNow - 20 * kDay)).verdict, Verdict::kPassed);
}

TEST_F(VerifyTest, ALaterTimestampDoesNotRescue) {
  EXPECT_EQ(Only(SignedBy(Who::kExpired, kNow - kDay)).sub_indication, "OUT_OF_BOUNDS_NO_POE");
  EXPECT_EQ(Only(SignedBy(Who::kRevoked, kNow - kDay)).sub_indication, "REVOKED_NO_POE");
}

TEST_F(VerifyTest, AStrangersTimestampProvesNothing) {
  options_.trust.anchors.pop_back();
  const SignatureReport report = Only(SignedBy(Who::kExpired, kNow - 60 * kDay, {}, Who::kTsaOther));
  EXPECT_EQ(report.verdict, Verdict::kIndeterminate);
  EXPECT_EQ(report.timestamp_time, std::nullopt);
  EXPECT_THAT(Reasons(report), HasSubstr("proves no time"));
}

TEST_F(VerifyTest, WeakDigestsAreToldAndNotPassed) {
  const SignatureReport report = Only(SignedBy(Who::kSigner, {}, {Scheme::kRsaPkcs1, Digest::kSha1}));
  EXPECT_EQ(report.verdict, Verdict::kIndeterminate);
  EXPECT_EQ(report.sub_indication, "CRYPTO_CONSTRAINTS_FAILURE_NO_POE");
  EXPECT_EQ(report.integrity, Integrity::kIntact);
}

TEST_F(VerifyTest, SevenHoursOffIsTold) {
  const SignatureReport report = Only(SignedBy(Who::kSigner, kNow - hours(7)));
  EXPECT_EQ(report.verdict, Verdict::kPassed);
  EXPECT_EQ(report.timestamp_time, kNow - hours(7));
  EXPECT_THAT(Reasons(report), HasSubstr("7 hours off"));
}

TEST_F(VerifyTest, ALateDocumentTimestampKeepsAnExpiredAuthorityProven) {
  std::string document = SignedBy(Who::kSigner, kNow);
  pki::TimestampPlan stamp;
  stamp.at = kNow;
  stamp.authority = &Cast()[Who::kTsaOther];
  stamp.chain = Cast().Chain(Who::kTsaOther);
  testing::FakeTimestamps timestamps(stamp);
  document = AddSecurityStore(std::move(document), {{}, {Cast().SubCaCrl(), Cast().RootCrl()}, {}}).value();
  document = AddDocumentTimestamp(std::move(document), timestamps).value();
  const Result<FileReport> report = Verify(document, options_);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->verdict, FileVerdict::kPassed);
  ASSERT_EQ(report->signatures.size(), 2u);
  EXPECT_EQ(report->signatures[0].level, Level::kLta);
  EXPECT_EQ(report->signatures[0].changes_after, Changes::kAllowed);
  EXPECT_EQ(report->signatures[1].role, "timestamp");
}

TEST_F(VerifyTest, EveryByteOfTheSignedRangeCounts) {
  const std::string good = SignedBy(Who::kSigner);
  const std::size_t contents = good.rfind("/Contents <") + 10, end = good.find('>', contents);
  for (std::size_t at = 9; at < good.size(); at += 7) {
    if (at >= contents && at <= end) continue;
    std::string altered = good;
    altered[at] = static_cast<char>(altered[at] ^ 0x01);
    const Result<FileReport> report = Verify(altered, options_);
    ASSERT_TRUE(!report || report->verdict == FileVerdict::kFailed) << at;
    // What cannot be followed as a PDF any more must still not be called unsigned.
    ASSERT_TRUE(report.has_value()) << at;
  }
}

TEST_F(VerifyTest, WhatFollowsTheEndIsRefused) {
  const Result<FileReport> report = Verify(SignedBy(Who::kSigner) + "%hello\n", options_);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->verdict, FileVerdict::kFailed);
  const Result<FileReport> blank = Verify(SignedBy(Who::kSigner) + "\n\n ", options_);
  ASSERT_TRUE(blank);
  EXPECT_EQ(blank->verdict, FileVerdict::kPassed);
}

TEST_F(VerifyTest, ABrokenFileThatSpeaksOfSignaturesHasFailed) {
  std::string broken = SignedBy(Who::kSigner);
  broken.replace(broken.rfind("startxref"), 9, "startxxxx");
  const Result<FileReport> report = Verify(broken, options_);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->verdict, FileVerdict::kFailed);
  EXPECT_EQ(report->gate, Gate::kReject);
}

TEST_F(VerifyTest, EveryAlgorithmIsRead) {
  for (const auto& [who, algorithm] : std::vector<std::pair<Who, SignatureAlgorithm>>{
           {Who::kSigner, {Scheme::kRsaPkcs1, Digest::kSha512}},
           {Who::kSigner, {Scheme::kRsaPss, Digest::kSha256}},
           {Who::kSignerP256, {Scheme::kEcdsa, Digest::kSha256}},
           {Who::kSignerP384, {Scheme::kEcdsa, Digest::kSha512}},
           {Who::kSignerPss, {Scheme::kRsaPss, Digest::kSha256}}}) {
    const SignatureReport report = Only(SignedBy(who, {}, algorithm));
    EXPECT_EQ(report.verdict, Verdict::kPassed) << Name(who) << Reasons(report);
    EXPECT_EQ(report.algorithm, algorithm);
  }
}

TEST(ParsePdfDate, ReadsWhatToolsWrite) {
  const Time morning = std::chrono::sys_days{std::chrono::year{2023} / 3 / 9} + hours(3);
  for (const char* text : {"D:20230309100000+07'00'", "D:20230309100000+07'00", "D:20230309030000Z",
                           "20230309030000Z00'00'", "D:20230309030000", "D:202303091000+07'00'"})
    EXPECT_EQ(ParsePdfDate(text), morning) << text;
  for (const char* text :
       {"", "D:", "D:2023030", "D:20231399000000Z", "D:20230309250000Z", "hôm qua", "D:20230309100000+7"})
    EXPECT_EQ(ParsePdfDate(text), std::nullopt) << text;
}

TEST(RoleOf, IsTheFieldsOrTheIdentityNumbers) {
  Certificate person, agency, nobody;
  person.subject.text = "UID=CCCD:087000000000,CN=Nguyễn Văn A";
  agency.subject.text = "UID=MST:1400000000,CN=UBND XÃ B";
  EXPECT_EQ(RoleOf("vanthu-agency-2", person), "agency");
  EXPECT_EQ(RoleOf("Signature1", person), "signer");
  EXPECT_EQ(RoleOf("Signature1", agency), "agency");
  EXPECT_EQ(RoleOf("Signature1", nobody), "");
  nobody.subject.common_name = nobody.subject.organisation = "VĂN PHÒNG CHÍNH PHỦ";
  EXPECT_EQ(RoleOf("Signature1", nobody), "agency");
}

}  // namespace
}  // namespace vanthu::signing
