// The steps of signing; what comes out is judged in verify_test.cc.
#include "signing/pades/sign.h"

#include <gtest/gtest.h>

#include "tests/signing/cms/cms_builder.h"
#include "tests/signing/pades/signed_document.h"

namespace vanthu::signing {
namespace {

using pki::Who;

const Time kNow = std::chrono::sys_days{std::chrono::year{2026} / 3 / 20} + std::chrono::hours(2);

pki::Pki& Cast() {
  static pki::Pki cast({.now = kNow, .ocsp_url = "", .crl_url = "", .issuer_url = ""});
  return cast;
}

PreparedSignature Prepared(std::size_t reserved_bytes = 8192) {
  SignaturePlan plan;
  plan.field = "Signature1";
  plan.time = kNow;
  plan.reserved_bytes = reserved_bytes;
  return PrepareSignature(testing::PlainDocument(), plan, {}).value();
}

TEST(Sign, PreparingTouchesNoEarlierByteAndIsTheSameEachTime) {
  const PreparedSignature prepared = Prepared();
  EXPECT_TRUE(prepared.document.starts_with(testing::PlainDocument()));
  EXPECT_EQ(prepared.document, Prepared().document);
  EXPECT_NE(prepared.document.find("/M (D:20260320090000+07'00')"), std::string::npos);
  EXPECT_NE(prepared.document.find("/SubFilter /ETSI.CAdES.detached"), std::string::npos);
  EXPECT_EQ(prepared.document.find("/Cert"), std::string::npos);
}

TEST(Sign, AWaitingDocumentIsTakenUpAgain) {
  const PreparedSignature prepared = Prepared();
  const Result<PreparedSignature> resumed = ResumeSignature(prepared.document);
  ASSERT_TRUE(resumed);
  EXPECT_EQ(resumed->contents_begin, prepared.contents_begin);
  EXPECT_EQ(resumed->contents_end, prepared.contents_end);
  EXPECT_FALSE(ResumeSignature(testing::PlainDocument()));
  testing::SigningPlan plan;
  plan.signer = &Cast()[Who::kSigner];
  plan.time = kNow;
  EXPECT_FALSE(ResumeSignature(testing::Signed(testing::PlainDocument(), plan)));
}

TEST(Sign, AnotherKeysSignatureIsNotPutIn) {
  const Certificate signer = ParseCertificate(Cast().Certificate(Who::kSigner)).value();
  DigestedSignature digested = DigestSignature(Prepared(), signer, {}).value();
  const std::string wrong = SignBytes(Cast()[Who::kAgency].key, digested.attributes, {});
  const Result<std::string> embedded = EmbedSignature(std::move(digested), wrong, {}, nullptr);
  ASSERT_FALSE(embedded);
  EXPECT_EQ(embedded.error().code, ErrorCode::kNotAccepted);
}

TEST(Sign, WhatDoesNotFitIsRefused) {
  const Certificate signer = ParseCertificate(Cast().Certificate(Who::kSigner)).value();
  DigestedSignature digested = DigestSignature(Prepared(512), signer, {}).value();
  const std::string signature = SignBytes(Cast()[Who::kSigner].key, digested.attributes, {});
  const Result<std::string> embedded = EmbedSignature(std::move(digested), signature, {}, nullptr);
  ASSERT_FALSE(embedded);
  EXPECT_NE(embedded.error().message.en.find("more than the 512"), std::string::npos);
}

TEST(Sign, ACmsOfOtherContentIsNotPutIn) {
  CmsPlan plan;
  plan.signer = &Cast()[Who::kSigner];
  plan.content = "another document";
  EXPECT_FALSE(EmbedCms(Prepared(), BuildCms(plan), nullptr));
  const PreparedSignature prepared = Prepared();
  plan.content = std::string(prepared.First()) + std::string(prepared.Second());
  EXPECT_TRUE(EmbedCms(prepared, BuildCms(plan), nullptr));
}

TEST(Sign, TimesAreVietnams) {
  EXPECT_EQ(PdfDate(std::chrono::sys_days{std::chrono::year{2025} / 12 / 31} + std::chrono::hours(20)),
            "D:20260101030000+07'00'");
}

}  // namespace
}  // namespace vanthu::signing
