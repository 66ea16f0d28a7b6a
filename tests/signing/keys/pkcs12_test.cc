#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/provider.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <filesystem>
#include <fstream>

#include "pipeline/base/handle.h"
#include "signing/keys/signing_key.h"
#include "tests/signing/keys/verification.h"
#include "tests/signing/pki.h"

namespace vanthu::signing {
namespace {

namespace fs = std::filesystem;
using pki::Who;

class Pkcs12Test : public testing::Test {
 protected:
  Pkcs12Test() {
    std::string pattern = (fs::temp_directory_path() / "vanthu-p12-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~Pkcs12Test() override { fs::remove_all(folder_); }

  fs::path Write(const std::string& bytes) {
    const fs::path path = folder_ / "key.p12";
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }
  Result<std::unique_ptr<SigningKey>> Open(Who who, const std::string& password = "mật khẩu",
                                           pki::Pkcs12Kind kind = pki::Pkcs12Kind::kAes) {
    return OpenPkcs12(Write(pki::MakePkcs12(Cast()[who], Cast().Chain(who), "mật khẩu", kind)),
                      Secret(std::string(password)));
  }
  // RSA keys take time: one cast for all.
  static pki::Pki& Cast() {
    static pki::Pki cast(
        {std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()), "", "", ""});
    return cast;
  }
  fs::path folder_;
};

TEST_F(Pkcs12Test, SignsByEverySchemeAndDigestOfItsKey) {
  struct Case {
    Who who;
    Scheme scheme;
  };
  for (const Case& c : {Case{Who::kSigner, Scheme::kRsaPkcs1}, Case{Who::kSigner, Scheme::kRsaPss},
                        Case{Who::kSignerPss, Scheme::kRsaPss}, Case{Who::kSignerP256, Scheme::kEcdsa},
                        Case{Who::kSignerP384, Scheme::kEcdsa}}) {
    const auto key = Open(c.who);
    ASSERT_TRUE(key) << Describe(key.error(), Language::kEnglish);
    EXPECT_EQ((*key)->certificate().der, Cast().Certificate(c.who));
    EXPECT_EQ((*key)->chain().size(), Cast().Chain(c.who).size());
    for (const Digest digest : {Digest::kSha256, Digest::kSha384, Digest::kSha512}) {
      const SignatureAlgorithm algorithm{c.scheme, digest};
      EXPECT_TRUE((*key)->Supports(algorithm));
      const auto signature = (*key)->Sign("văn bản", algorithm);
      ASSERT_TRUE(signature) << Describe(signature.error(), Language::kEnglish);
      EXPECT_TRUE(Verifies((*key)->certificate().der, "văn bản", *signature, algorithm));
      EXPECT_FALSE(Verifies((*key)->certificate().der, "văn bẩn", *signature, algorithm));
    }
  }
}

TEST_F(Pkcs12Test, ReadsTheOldEncryptionsAndKeepsThemToThemselves) {
  for (const auto kind : {pki::Pkcs12Kind::kTripleDes, pki::Pkcs12Kind::kRc2}) {
    const auto key = Open(Who::kSigner, "mật khẩu", kind);
    ASSERT_TRUE(key) << Describe(key.error(), Language::kEnglish);
    const auto signature = (*key)->Sign("x", {});
    ASSERT_TRUE(signature) << Describe(signature.error(), Language::kEnglish);
    EXPECT_TRUE(Verifies((*key)->certificate().der, "x", *signature, {}));
  }
  // The rest of the program has no RC2 for that.
  const Handle<EVP_CIPHER, EVP_CIPHER_free> rc2(EVP_CIPHER_fetch(nullptr, "RC2-40-CBC", nullptr));
  EXPECT_EQ(rc2, nullptr);
}

TEST_F(Pkcs12Test, AWrongPasswordIsToldAndNotShown) {
  for (const auto kind : {pki::Pkcs12Kind::kAes, pki::Pkcs12Kind::kTripleDes, pki::Pkcs12Kind::kRc2}) {
    for (const char* password : {"bí mật khác", ""}) {
      const auto key = Open(Who::kSigner, password, kind);
      ASSERT_FALSE(key);
      EXPECT_EQ(key.error().code, ErrorCode::kPassword);
      EXPECT_EQ(Describe(key.error(), Language::kVietnamese).find("bí mật khác"), std::string::npos);
    }
  }
}

TEST_F(Pkcs12Test, AnEmptyPasswordIsAPassword) {
  const auto& signer = Cast()[Who::kSigner];
  EXPECT_TRUE(OpenPkcs12(Write(pki::MakePkcs12(signer, {}, "")), Secret()));
  EXPECT_EQ(OpenPkcs12(Write(pki::MakePkcs12(signer, {}, "")), Secret(std::string("x"))).error().code,
            ErrorCode::kPassword);
}

TEST_F(Pkcs12Test, WhatIsNoKeyFileIsDamaged) {
  const std::string whole = pki::MakePkcs12(Cast()[Who::kSigner], {}, "x");
  for (const std::string& bytes : {std::string(), std::string("-----BEGIN CERTIFICATE-----"),
                                   whole.substr(0, 100), whole.substr(0, whole.size() - 1), whole + "x"}) {
    const auto key = OpenPkcs12(Write(bytes), Secret(std::string("x")));
    ASSERT_FALSE(key);
    EXPECT_EQ(key.error().code, ErrorCode::kDamaged);
    EXPECT_NE(key.error().file.find("key.p12"), std::string::npos);
  }
  EXPECT_EQ(OpenPkcs12(folder_ / "none.p12", Secret()).error().code, ErrorCode::kMissingResource);
}

TEST_F(Pkcs12Test, ABrokenByteAnywhereIsNeverAKey) {
  const std::string whole = pki::MakePkcs12(Cast()[Who::kSignerP256], {}, "x");
  int opened = 0;
  for (std::size_t i = 0; i < whole.size(); i += 7) {
    std::string broken = whole;
    broken[i] = static_cast<char>(broken[i] ^ 0x20);
    if (OpenPkcs12(Write(broken), Secret(std::string("x")))) ++opened;
  }
  EXPECT_EQ(opened, 0);
}

TEST_F(Pkcs12Test, AKeyWithoutCertificateAndACertificateWithoutKeyAreMissingResources) {
  const auto lone =
      OpenPkcs12(Write(MakePartialPkcs12(Cast()[Who::kSigner], true, false)), Secret(std::string("x")));
  ASSERT_FALSE(lone);
  EXPECT_EQ(lone.error().code, ErrorCode::kMissingResource);
  EXPECT_NE(lone.error().message.en.find("no certificate"), std::string::npos);

  const auto keyless =
      OpenPkcs12(Write(MakePartialPkcs12(Cast()[Who::kSigner], false, true)), Secret(std::string("x")));
  ASSERT_FALSE(keyless);
  EXPECT_EQ(keyless.error().code, ErrorCode::kMissingResource);
  EXPECT_NE(keyless.error().message.en.find("no private key"), std::string::npos);

  // Another's certificate beside the key is none for it.
  const pki::Identity mixed{Cast().Certificate(Who::kAgency), Cast()[Who::kSigner].key};
  const auto other = OpenPkcs12(Write(MakePartialPkcs12(mixed, true, true)), Secret(std::string("x")));
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, ErrorCode::kMissingResource);
}

TEST_F(Pkcs12Test, RefusesWhatIsTooWeakOrOfAnotherKind) {
  const auto key = Open(Who::kSigner);
  ASSERT_TRUE(key);
  for (const SignatureAlgorithm& algorithm : {SignatureAlgorithm{Scheme::kRsaPkcs1, Digest::kSha1},
                                              SignatureAlgorithm{Scheme::kEcdsa, Digest::kSha256}}) {
    EXPECT_FALSE((*key)->Supports(algorithm));
    EXPECT_EQ((*key)->Sign("x", algorithm).error().code, ErrorCode::kNotAccepted);
  }
  const auto pss = Open(Who::kSignerPss);
  ASSERT_TRUE(pss);
  EXPECT_FALSE((*pss)->Supports({Scheme::kRsaPkcs1, Digest::kSha256}));

  const auto weak = Open(Who::kWeakKey);
  ASSERT_TRUE(weak);  // its certificate can be shown ...
  EXPECT_EQ((*weak)->Sign("x", {}).error().code, ErrorCode::kNotAccepted);  // ... but it signs nothing
}

}  // namespace
}  // namespace vanthu::signing
