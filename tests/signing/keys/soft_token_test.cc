// Keys on SoftHSM 2: a real module, in a folder of the test's own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/err.h>

#include <filesystem>

#include "signing/keys/signing_key.h"
#include "tests/signing/keys/soft_token.h"
#include "tests/signing/keys/verification.h"

namespace vanthu::signing {
namespace {

namespace fs = std::filesystem;
using pki::Who;
using testing::HasSubstr;

class SoftTokenTest : public testing::Test {
 protected:
  void SetUp() override {
    if (SoftTokens::Module().empty()) GTEST_SKIP() << "SoftHSM 2 is not installed (apt: softhsm2)";
    std::string pattern = (fs::temp_directory_path() / "vanthu-softhsm-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    tokens_ = std::make_unique<SoftTokens>(folder_);
  }
  void TearDown() override {
    tokens_.reset();
    if (!folder_.empty()) fs::remove_all(folder_);
  }

  static pki::Pki& Cast() {
    static pki::Pki cast(
        {std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()), "", "", ""});
    return cast;
  }
  static Result<std::unique_ptr<SigningKey>> Open(const std::string& uri, const std::string& pin = "123456") {
    return OpenPkcs11(uri, Secret(std::string(pin)), {SoftTokens::Module(), false});
  }

  fs::path folder_;
  std::unique_ptr<SoftTokens> tokens_;
};

TEST_F(SoftTokenTest, SignsByRsaPssAndEcdsa) {
  tokens_->AddToken("VĂN THƯ", "123456");
  tokens_->Import("VĂN THƯ", "123456", Cast()[Who::kSigner], "rsa", "\x01");
  tokens_->Import("VĂN THƯ", "123456", Cast()[Who::kSignerP256], "p256", "\x02");
  tokens_->Import("VĂN THƯ", "123456", Cast()[Who::kSignerP384], "p384", "\x03");
  struct Case {
    const char* object;
    Who who;
    Scheme scheme;
  };
  for (const Case& c :
       {Case{"rsa", Who::kSigner, Scheme::kRsaPkcs1}, Case{"rsa", Who::kSigner, Scheme::kRsaPss},
        Case{"p256", Who::kSignerP256, Scheme::kEcdsa}, Case{"p384", Who::kSignerP384, Scheme::kEcdsa}}) {
    const auto key = Open(std::string("pkcs11:token=VĂN%20THƯ;object=") + c.object);
    ASSERT_TRUE(key) << Describe(key.error(), Language::kEnglish);
    EXPECT_EQ((*key)->certificate().der, Cast().Certificate(c.who));
    for (const Digest digest : {Digest::kSha256, Digest::kSha384, Digest::kSha512}) {
      const SignatureAlgorithm algorithm{c.scheme, digest};
      EXPECT_TRUE((*key)->Supports(algorithm));
      const auto signature = (*key)->Sign("văn bản", algorithm);
      ASSERT_TRUE(signature) << Describe(signature.error(), Language::kEnglish);
      EXPECT_TRUE(Verifies((*key)->certificate().der, "văn bản", *signature, algorithm));
    }
  }
}

TEST_F(SoftTokenTest, ABatchOfAHundredHoldsOneSession) {
  tokens_->AddToken("VT", "123456");
  tokens_->Import("VT", "123456", Cast()[Who::kSigner], "rsa", "\x01");
  const auto key = Open("pkcs11:token=VT");
  ASSERT_TRUE(key);
  for (int i = 0; i < 100; ++i) ASSERT_TRUE((*key)->Sign(std::to_string(i), {}));
}

TEST_F(SoftTokenTest, AWrongPinCostsOneTryAndIsTold) {
  tokens_->AddToken("VT", "123456");
  tokens_->Import("VT", "123456", Cast()[Who::kSigner], "rsa", "\x01");
  const auto wrong = Open("pkcs11:token=VT", "111111");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, ErrorCode::kPassword);
  EXPECT_THAT(wrong.error().message.en, HasSubstr("PIN is wrong"));
  EXPECT_THAT(wrong.error().cause, HasSubstr("CKR_PIN_INCORRECT"));
  EXPECT_TRUE(Open("pkcs11:token=VT"));
}

TEST_F(SoftTokenTest, NoTokenNoKeyNoCertificate) {
  const auto none = Open("pkcs11:token=VT");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::kMissingResource);
  EXPECT_THAT(none.error().message.en, HasSubstr("no token is plugged in"));

  tokens_->AddToken("VT", "123456");
  EXPECT_THAT(Open("pkcs11:token=VT").error().message.en, HasSubstr("no private key"));
  EXPECT_THAT(Open("pkcs11:token=KH").error().message.en, HasSubstr("no token fits"));

  SoftTokens::Parts bare;
  bare.certificate = false;
  bare.public_key = true;
  tokens_->Import("VT", "123456", Cast()[Who::kSignerP256], "p256", "\x02", bare);
  EXPECT_THAT(Open("pkcs11:token=VT").error().message.en, HasSubstr("no certificate"));
}

TEST_F(SoftTokenTest, AnEcKeyKnowsItsCertificateByThePublicKeyBesideIt) {
  tokens_->AddToken("VT", "123456");
  SoftTokens::Parts bare;
  bare.certificate = false;
  bare.public_key = true;
  tokens_->Import("VT", "123456", Cast()[Who::kSignerP256], "p256", "\x02", bare);
  SoftTokens::Parts certificate;
  certificate.key = false;
  tokens_->Import("VT", "123456", Cast()[Who::kSignerP384], "stranger", "\x02", certificate);
  EXPECT_THAT(Open("pkcs11:token=VT").error().message.en, HasSubstr("no certificate"));
  tokens_->Import("VT", "123456", Cast()[Who::kSignerP256], "right", "\x09", certificate);
  const auto key = Open("pkcs11:token=VT");
  ASSERT_TRUE(key) << Describe(key.error(), Language::kEnglish);
  EXPECT_EQ((*key)->certificate().der, Cast().Certificate(Who::kSignerP256));
}

TEST_F(SoftTokenTest, AKeyMayNotSign) {
  tokens_->AddToken("VT", "123456");
  SoftTokens::Parts parts;
  parts.may_sign = false;
  tokens_->Import("VT", "123456", Cast()[Who::kSigner], "rsa", "\x01", parts);
  const auto key = Open("pkcs11:token=VT");
  ASSERT_FALSE(key);
  EXPECT_EQ(key.error().code, ErrorCode::kNotAccepted);
}

TEST_F(SoftTokenTest, AKeyThatAsksEachTime) {
  tokens_->AddToken("VT", "123456");
  SoftTokens::Parts parts;
  parts.always_authenticate = true;
  tokens_->Import("VT", "123456", Cast()[Who::kSigner], "rsa", "\x01", parts);
  const auto key = Open("pkcs11:token=VT");
  ASSERT_TRUE(key);
  for (int i = 0; i < 3; ++i) {
    const auto signature = (*key)->Sign("x", {});
    ASSERT_TRUE(signature) << Describe(signature.error(), Language::kEnglish);
    EXPECT_TRUE(Verifies((*key)->certificate().der, "x", *signature, {}));
  }
}

TEST_F(SoftTokenTest, TwoTokensAreToldApartBySerialNumber) {
  const std::string serial = tokens_->AddToken("VT", "123456");
  tokens_->Import("VT", "123456", Cast()[Who::kSigner], "rsa", "\x01");
  tokens_->AddToken("CQ", "654321");
  EXPECT_EQ(Open("pkcs11:").error().code, ErrorCode::kUsage);
  EXPECT_TRUE(Open("pkcs11:serial=" + serial));
}

// SoftHSM uses OpenSSL as well, and leaves errors in the queue that others take the reason of theirs from.
TEST_F(SoftTokenTest, LeavesNoErrorOfTheModuleBehind) {
  tokens_->AddToken("VT", "123456");
  tokens_->Import("VT", "123456", Cast()[Who::kSigner], "rsa", "\x01");
  ERR_clear_error();
  {
    const auto key = Open("pkcs11:token=VT");
    ASSERT_TRUE(key);
    EXPECT_TRUE((*key)->Sign("x", {}));
  }
  EXPECT_EQ(ERR_peek_error(), 0u);
}

// The list of usual places names SoftHSM too.
TEST_F(SoftTokenTest, IsFoundWithoutBeingNamed) {
  tokens_->AddToken("VT-tự tìm", "123456");
  tokens_->Import("VT-tự tìm", "123456", Cast()[Who::kSigner], "rsa", "\x01");
  for (const char* uri : {"pkcs11:token=VT-tự tìm", "pkcs11:token=VT-tự tìm?module-name=softhsm2"}) {
    const auto key = OpenPkcs11(uri, Secret(std::string("123456")));
    ASSERT_TRUE(key) << Describe(key.error(), Language::kEnglish);
  }
  const auto other = OpenPkcs11("pkcs11:?module-name=no-such", Secret(std::string("123456")));
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, ErrorCode::kMissingResource);
}

}  // namespace
}  // namespace vanthu::signing
