#include "signing/pades/security_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/signing/pades/signed_document.h"

namespace vanthu::signing {
namespace {

using ::testing::ElementsAre;

TEST(SecurityStore, KeepsWhatIsGivenAndAddsOnlyWhatIsNew) {
  const std::string plain = testing::PlainDocument();
  const std::string one = AddSecurityStore(plain, {{}, {"crl 1"}, {"ocsp 1"}}).value();
  EXPECT_TRUE(one.starts_with(plain));
  EXPECT_EQ(AddSecurityStore(one, {{}, {"crl 1"}, {"ocsp 1"}}).value(), one);
  const std::string two = AddSecurityStore(one, {{}, {"crl 1", "crl 2", "crl 2"}, {}}).value();
  EXPECT_TRUE(two.starts_with(one));
  const pdf::File file = pdf::File::Parse(two).value();
  const Material held = ReadSecurityStore(file);
  EXPECT_THAT(held.crls, ElementsAre("crl 1", "crl 2"));
  EXPECT_THAT(held.ocsp_responses, ElementsAre("ocsp 1"));
  EXPECT_FALSE(file.Catalog(file.last())["Extensions"]["ESIC"].IsNull());
}

TEST(SecurityStore, ADocumentWithoutOneHasNothing) {
  const std::string plain = testing::PlainDocument();
  const Material held = ReadSecurityStore(pdf::File::Parse(plain).value());
  EXPECT_TRUE(held.certificates.empty() && held.crls.empty() && held.ocsp_responses.empty());
}

}  // namespace
}  // namespace vanthu::signing
