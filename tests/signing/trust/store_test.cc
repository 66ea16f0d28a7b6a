#include "signing/trust/store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "tests/signing/pki.h"
#include "tests/signing/temporary_folder.h"

namespace vanthu::signing {
namespace {

using pki::Who;

const Time kNow = std::chrono::sys_days{std::chrono::year{2026} / 3 / 20} + std::chrono::hours(9);

pki::Pki& Cast() {
  static pki::Pki cast({.now = kNow, .ocsp_url = "", .crl_url = "", .issuer_url = ""});
  return cast;
}

TEST(TrustStoreTest, TheFoldersSayThePurpose) {
  const TemporaryFolder folder;
  folder.Write("root.pem", pki::ToPem(Cast().Certificate(Who::kRoot), "CERTIFICATE"));
  folder.Write("sub.DER.crt", Cast().Certificate(Who::kSubCa));
  folder.Write("tsa/r.cer", Cast().Certificate(Who::kTsaRoot));
  folder.Write("agency/other.crt", Cast().Certificate(Who::kOtherRoot));
  folder.Write("public/anchors/pinned.crt", Cast().Certificate(Who::kShortPath));
  folder.Write("crl/a.crl", pki::ToPem(Cast().SubCaCrl(), "X509 CRL"));
  folder.Write("crl/b", Cast().RootCrl());
  folder.Write("crl/README", "not one");
  folder.Write("ocsp/x.ors", pki::OcspError(3));
  folder.Write("broken.crt", "x");
  folder.Write("notes.txt", "no certificate, and no claim to be one");
  const auto store = ReadTrustStore(folder.path());
  ASSERT_TRUE(store.has_value());
  std::map<std::string, std::pair<bool, bool>> purposes;
  for (const Anchor& anchor : store->anchors) {
    purposes[anchor.certificate.subject.common_name] = {anchor.signer, anchor.timestamp};
  }
  using Pair = std::pair<bool, bool>;
  EXPECT_THAT(purposes,
              ::testing::UnorderedElementsAre(::testing::Pair("Root CA thử nghiệm", Pair(true, true)),
                                              ::testing::Pair("Root TSA thử nghiệm", Pair(false, true)),
                                              ::testing::Pair("Root CA lạ", Pair(true, false)),
                                              ::testing::Pair("CA một bậc", Pair(true, false))));
  ASSERT_EQ(store->intermediates.size(), 1u);
  EXPECT_EQ(store->intermediates[0].der, Cast().Certificate(Who::kSubCa));
  EXPECT_EQ(store->crls.size(), 2u);
  EXPECT_THAT(store->crls, ::testing::Each(::testing::StartsWith("\x30")));  // DER, whatever the file was
  EXPECT_EQ(store->ocsp_responses.size(), 1u);
  EXPECT_THAT(store->skipped, ::testing::UnorderedElementsAre(::testing::EndsWith("broken.crt"),
                                                              ::testing::EndsWith("crl/README")));
}

TEST(TrustStoreTest, ARootInTwoFoldersServesBoth) {
  const TemporaryFolder folder;
  folder.Write("tsa/r.crt", Cast().Certificate(Who::kRoot));
  folder.Write("agency/r.crt", Cast().Certificate(Who::kRoot));
  const auto store = ReadTrustStore(folder.path());
  ASSERT_TRUE(store.has_value());
  ASSERT_EQ(store->anchors.size(), 1u);
  EXPECT_TRUE(store->anchors[0].signer && store->anchors[0].timestamp);
}

TEST(TrustStoreTest, NoFolderIsAnError) {
  const TemporaryFolder folder;
  EXPECT_EQ(ReadTrustStore(folder.path() / "none").error().code, ErrorCode::kMissingResource);
  folder.Write("file", "x");
  EXPECT_EQ(ReadTrustStore(folder.path() / "file").error().code, ErrorCode::kMissingResource);
  EXPECT_TRUE(ReadTrustStore(folder.path()).value().anchors.empty());
}

}  // namespace
}  // namespace vanthu::signing
