// Keys on a module that misbehaves on request (fake_pkcs11.cc): everything a real token does seldom.
#include <dlfcn.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "signing/keys/signing_key.h"
#include "tests/signing/keys/fake_token.h"
#include "tests/signing/keys/verification.h"
#include "tests/signing/pki.h"

namespace vanthu::signing {
namespace {

using pki::Who;
using testing::HasSubstr;
using testing::Not;

constexpr SignatureAlgorithm kRsa{Scheme::kRsaPkcs1, Digest::kSha256};
constexpr SignatureAlgorithm kPss{Scheme::kRsaPss, Digest::kSha256};
constexpr SignatureAlgorithm kEc{Scheme::kEcdsa, Digest::kSha256};

class Pkcs11Test : public testing::Test {
 protected:
  Pkcs11Test() : token_(*FakeOf()) {
    token_ = {};
    token_.mechanisms = {CKM_RSA_PKCS, CKM_SHA256_RSA_PKCS, CKM_RSA_PKCS_PSS, CKM_SHA256_RSA_PKCS_PSS,
                         CKM_ECDSA};
    token_.objects = {FakePrivateKey(Cast()[Who::kSigner], "ký số", "\x01"),
                      FakeCertificate(Cast().Certificate(Who::kSigner), "ký số", "\x01")};
  }

  static FakeToken* FakeOf() {
    static void* library = ::dlopen(VANTHU_FAKE_PKCS11, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) throw std::logic_error(::dlerror());
    return reinterpret_cast<FakeTokenFunction*>(::dlsym(library, "vanthu_fake_token"))();
  }
  static pki::Pki& Cast() {
    static pki::Pki cast(
        {std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()), "", "", ""});
    return cast;
  }

  static Result<std::unique_ptr<SigningKey>> Open(const std::string& uri = "pkcs11:token=FAKE",
                                                  const std::string& pin = "123456",
                                                  bool allow_last_try = false) {
    return OpenPkcs11(uri, Secret(std::string(pin)), {VANTHU_FAKE_PKCS11, allow_last_try});
  }
  // The error of an opening that must fail, in English. It never shows the PIN.
  static Error Refusal(const std::string& uri = "pkcs11:token=FAKE", const std::string& pin = "123456") {
    const auto key = Open(uri, pin);
    if (key) throw std::logic_error("it opened");
    for (const Language language : {Language::kVietnamese, Language::kEnglish})
      EXPECT_THAT(Describe(key.error(), language), Not(HasSubstr(pin)));
    EXPECT_FALSE(key.error().message.vi.empty());
    EXPECT_FALSE(key.error().advice.en.empty());
    return key.error();
  }

  FakeToken& token_;
};

TEST_F(Pkcs11Test, SignsAndClosesWhatItOpened) {
  {
    const auto key = Open();
    ASSERT_TRUE(key) << Describe(key.error(), Language::kEnglish);
    EXPECT_EQ((*key)->certificate().der, Cast().Certificate(Who::kSigner));
    for (const auto& algorithm : {kRsa, kPss}) {
      const auto signature = (*key)->Sign("văn bản", algorithm);
      ASSERT_TRUE(signature) << Describe(signature.error(), Language::kEnglish);
      EXPECT_TRUE(Verifies((*key)->certificate().der, "văn bản", *signature, algorithm));
    }
    EXPECT_FALSE((*key)->Supports(kEc));
    EXPECT_EQ(token_.logins, 1);  // one session, one login for a batch
    EXPECT_EQ(token_.sessions, 1);
  }
  EXPECT_EQ(token_.sessions, 0);
  EXPECT_EQ(token_.initialised, 0);
}

TEST_F(Pkcs11Test, TwoKeysShareAModuleThatLivesAsLongAsEither) {
  auto first = Open();
  auto second = Open();
  ASSERT_TRUE(first && second);
  EXPECT_EQ(token_.initialised, 1);
  first->reset();
  EXPECT_EQ(token_.initialised, 1);
  second->reset();
  EXPECT_EQ(token_.initialised, 0);
}

TEST_F(Pkcs11Test, HashesItselfForATokenThatOnlyKnowsTheBareOperation) {
  token_.mechanisms = {CKM_RSA_PKCS, CKM_RSA_PKCS_PSS};
  const auto key = Open();
  ASSERT_TRUE(key);
  for (const Digest digest : {Digest::kSha256, Digest::kSha384, Digest::kSha512}) {
    for (const Scheme scheme : {Scheme::kRsaPkcs1, Scheme::kRsaPss}) {
      const auto signature = (*key)->Sign("văn bản", {scheme, digest});
      ASSERT_TRUE(signature) << Describe(signature.error(), Language::kEnglish);
      EXPECT_TRUE(Verifies((*key)->certificate().der, "văn bản", *signature, {scheme, digest}));
      EXPECT_EQ(token_.last_mechanism, scheme == Scheme::kRsaPss ? CKM_RSA_PKCS_PSS : CKM_RSA_PKCS);
    }
  }
}

TEST_F(Pkcs11Test, TriesTheBareOperationWhereTheBetterIsOnlyListed) {
  token_.only_listed = {CKM_SHA256_RSA_PKCS, CKM_SHA256_RSA_PKCS_PSS};
  const auto key = Open();
  ASSERT_TRUE(key);
  for (const auto& algorithm : {kRsa, kPss}) {
    const auto signature = (*key)->Sign("x", algorithm);
    ASSERT_TRUE(signature) << Describe(signature.error(), Language::kEnglish);
    EXPECT_TRUE(Verifies((*key)->certificate().der, "x", *signature, algorithm));
  }
}

TEST_F(Pkcs11Test, WithoutAMechanismItSaysThatTheTokenDoesNotSignSo) {
  token_.mechanisms = {CKM_RSA_PKCS};
  const auto key = Open();
  ASSERT_TRUE(key);
  EXPECT_FALSE((*key)->Supports(kPss));
  const auto signature = (*key)->Sign("x", kPss);
  ASSERT_FALSE(signature);
  EXPECT_EQ(signature.error().code, ErrorCode::kNotAccepted);
  EXPECT_THAT(signature.error().message.en, HasSubstr("algorithm"));
}

TEST_F(Pkcs11Test, TheTokensOwnEcdsaBecomesDer) {
  for (const Who who : {Who::kSignerP256, Who::kSignerP384}) {
    token_.objects = {FakePrivateKey(Cast()[who], "ec", "\x02"),
                      FakeCertificate(Cast().Certificate(who), "", "\x02")};
    for (const CK_MECHANISM_TYPE type : {CKM_ECDSA, CKM_ECDSA_SHA256}) {
      token_.mechanisms = {type};
      const auto key = Open();
      ASSERT_TRUE(key) << Describe(key.error(), Language::kEnglish);
      for (int i = 0; i < 20; ++i) {  // small r and s come by chance
        const auto signature = (*key)->Sign("văn bản", kEc);
        ASSERT_TRUE(signature) << Describe(signature.error(), Language::kEnglish);
        ASSERT_TRUE(Verifies((*key)->certificate().der, "văn bản", *signature, kEc));
      }
    }
  }
}

// FIPS 186-4, 6.4: old tokens refuse a digest that is longer than the order; the leftmost bits are what
// counts.
TEST_F(Pkcs11Test, ALongDigestIsCutToTheCurve) {
  token_.mechanisms = {CKM_ECDSA};
  token_.objects = {FakePrivateKey(Cast()[Who::kSignerP256], "ec", "\x02"),
                    FakeCertificate(Cast().Certificate(Who::kSignerP256), "", "\x02")};
  const auto key = Open();
  ASSERT_TRUE(key);
  const SignatureAlgorithm algorithm{Scheme::kEcdsa, Digest::kSha512};
  const auto signature = (*key)->Sign("x", algorithm);
  ASSERT_TRUE(signature);
  EXPECT_TRUE(Verifies((*key)->certificate().der, "x", *signature, algorithm));
}

TEST_F(Pkcs11Test, ASignatureOfTheWrongLengthIsNone) {
  token_.raw_signature = "short";
  const auto key = Open();
  ASSERT_TRUE(key);
  EXPECT_EQ((*key)->Sign("x", kRsa).error().code, ErrorCode::kNotAccepted);
}

TEST_F(Pkcs11Test, AWrongPinIsGivenOnce) {
  token_.flags_after_refusal = CKF_USER_PIN_COUNT_LOW;
  const Error error = Refusal("pkcs11:token=FAKE", "111111");
  EXPECT_EQ(error.code, ErrorCode::kPassword);
  EXPECT_THAT(error.message.en, HasSubstr("PIN is wrong"));
  EXPECT_THAT(error.message.en, HasSubstr("fewer tries"));
  EXPECT_EQ(token_.logins, 1);
  EXPECT_EQ(token_.sessions, 0);
}

TEST_F(Pkcs11Test, TellsThatOneTryIsLeftAndThenDoesNotTakeIt) {
  token_.flags_after_refusal = CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY;
  EXPECT_THAT(Refusal("pkcs11:token=FAKE", "111111").message.en, HasSubstr("one try is left"));
  EXPECT_EQ(token_.logins, 1);

  const Error unasked = Refusal();  // even the right PIN
  EXPECT_EQ(unasked.code, ErrorCode::kPassword);
  EXPECT_THAT(unasked.message.en, HasSubstr("does not try"));
  EXPECT_EQ(token_.logins, 1);

  EXPECT_TRUE(Open("pkcs11:token=FAKE", "123456", true));  // a person insists
  EXPECT_EQ(token_.logins, 2);
}

TEST_F(Pkcs11Test, TellsThatTheTryLockedThePin) {
  token_.flags_after_refusal = CKF_USER_PIN_LOCKED;
  EXPECT_THAT(Refusal("pkcs11:token=FAKE", "111111").message.en, HasSubstr("has locked it"));
  // Known from the flags: not asked again.
  const Error locked = Refusal();
  EXPECT_EQ(locked.code, ErrorCode::kPassword);
  EXPECT_THAT(locked.message.en, HasSubstr("is locked"));
  EXPECT_EQ(token_.logins, 1);
}

TEST_F(Pkcs11Test, EveryOtherRefusalOfThePinHasItsOwnWords) {
  token_.login_answer = CKR_PIN_LOCKED;
  EXPECT_THAT(Refusal().message.en, HasSubstr("is locked"));
  token_.login_answer = CKR_PIN_EXPIRED;
  EXPECT_THAT(Refusal().message.en, HasSubstr("expired"));
  token_.login_answer = CKR_USER_PIN_NOT_INITIALIZED;
  EXPECT_THAT(Refusal().message.en, HasSubstr("never set"));
  token_.login_answer = CKR_FUNCTION_CANCELED;
  EXPECT_THAT(Refusal().message.en, HasSubstr("told no"));
  token_.login_answer = CKR_OK;
  token_.logins = 0;
  token_.flags &= ~CKF_USER_PIN_INITIALIZED;
  EXPECT_THAT(Refusal().message.en, HasSubstr("never set"));
  EXPECT_EQ(token_.logins, 0);
}

TEST_F(Pkcs11Test, NoPinIsNoTry) {
  const auto key = Open("pkcs11:token=FAKE", "");
  ASSERT_FALSE(key);
  EXPECT_EQ(key.error().code, ErrorCode::kPassword);
  EXPECT_EQ(token_.logins, 0);
  token_.flags |= CKF_PROTECTED_AUTHENTICATION_PATH;  // a reader that asks the person itself
  EXPECT_TRUE(Open("pkcs11:token=FAKE", ""));
  EXPECT_EQ(token_.logins, 1);
}

TEST_F(Pkcs11Test, AKeyThatAsksEachTimeIsGivenThePinEachTime) {
  token_.objects[0].attributes[CKA_ALWAYS_AUTHENTICATE] = std::string(1, '\1');
  const auto key = Open();
  ASSERT_TRUE(key);
  for (int i = 1; i <= 3; ++i) {
    const auto signature = (*key)->Sign("x", kRsa);
    ASSERT_TRUE(signature) << Describe(signature.error(), Language::kEnglish);
    EXPECT_TRUE(Verifies((*key)->certificate().der, "x", *signature, kRsa));
    EXPECT_EQ(token_.context_logins, i);
  }
  EXPECT_EQ(token_.logins, 1);
}

// A batch would lock the token: three documents, three tries.
TEST_F(Pkcs11Test, APinRefusedForASignatureIsNotGivenAgainForTheNext) {
  token_.objects[0].attributes[CKA_ALWAYS_AUTHENTICATE] = std::string(1, '\1');
  token_.context_login_answer = CKR_PIN_INCORRECT;
  const auto key = Open();
  ASSERT_TRUE(key);
  for (int i = 0; i < 3; ++i) {
    const auto signature = (*key)->Sign("x", kRsa);
    ASSERT_FALSE(signature);
    EXPECT_EQ(signature.error().code, ErrorCode::kPassword);
  }
  EXPECT_EQ(token_.context_logins, 1);
}

TEST_F(Pkcs11Test, ATokenPulledOutDuringABatchIsAMissingResource) {
  token_.signatures_until_removed = 2;
  const auto key = Open();
  ASSERT_TRUE(key);
  EXPECT_TRUE((*key)->Sign("1", kRsa));
  EXPECT_TRUE((*key)->Sign("2", kRsa));
  for (int i = 0; i < 2; ++i) {
    const auto third = (*key)->Sign("3", kRsa);
    ASSERT_FALSE(third);
    EXPECT_EQ(third.error().code, ErrorCode::kMissingResource);
    EXPECT_THAT(third.error().message.en, HasSubstr("removed"));
  }
  EXPECT_EQ(token_.logins, 1);
}

TEST_F(Pkcs11Test, ATokenPulledOutWhileItIsReadHasNotLostItsKeys) {
  token_.removed_while_read = true;
  const Error error = Refusal();
  EXPECT_EQ(error.code, ErrorCode::kMissingResource);
  EXPECT_THAT(error.message.en, HasSubstr("removed"));
}

TEST_F(Pkcs11Test, NoTokenAndAnotherTokenAreToldApart) {
  EXPECT_THAT(Refusal("pkcs11:token=KHÁC").message.en, HasSubstr("plugged in: FAKE"));
  token_.present = false;
  const Error none = Refusal();
  EXPECT_EQ(none.code, ErrorCode::kMissingResource);
  EXPECT_THAT(none.message.en, HasSubstr("no token is plugged in"));
  EXPECT_EQ(token_.logins, 0);
}

TEST_F(Pkcs11Test, SeveralTokensAreListedAndChosenBySerialOrSlot) {
  token_.slots = 2;
  const Error several = Refusal();
  EXPECT_EQ(several.code, ErrorCode::kUsage);
  EXPECT_THAT(several.message.en, HasSubstr("0001"));
  EXPECT_THAT(several.message.en, HasSubstr("0002"));
  EXPECT_EQ(token_.logins, 0);
  EXPECT_TRUE(Open("pkcs11:serial=0002"));
  EXPECT_TRUE(Open("pkcs11:slot-id=0"));
  EXPECT_EQ(Refusal("pkcs11:slot-id=7").code, ErrorCode::kMissingResource);
}

TEST_F(Pkcs11Test, ATokenThatWasNeverSetUpIsNone) {
  token_.flags &= ~CKF_TOKEN_INITIALIZED;
  EXPECT_THAT(Refusal("pkcs11:").message.en, HasSubstr("no token is plugged in"));
}

TEST_F(Pkcs11Test, SeveralKeysAreListedAndChosenByLabelOrId) {
  token_.objects.push_back(FakePrivateKey(Cast()[Who::kAgency], "cơ quan", "\x02"));
  token_.objects.push_back(FakeCertificate(Cast().Certificate(Who::kAgency), "con dấu", "\x02"));
  const Error several = Refusal();
  EXPECT_EQ(several.code, ErrorCode::kUsage);
  EXPECT_THAT(several.message.en, HasSubstr("object=cơ quan;id=%02"));
  for (const char* uri : {"pkcs11:object=c%C6%A1%20quan", "pkcs11:object=cơ quan", "pkcs11:id=%02",
                          "pkcs11:object=con%20d%E1%BA%A5u"}) {  // the last is the certificate's label
    const auto key = Open(uri);
    ASSERT_TRUE(key) << uri << Describe(key.error(), Language::kEnglish);
    EXPECT_EQ((*key)->certificate().der, Cast().Certificate(Who::kAgency)) << uri;
  }
  EXPECT_THAT(Refusal("pkcs11:object=x").message.en, HasSubstr("no private key fits the URI; there are: "));
  EXPECT_EQ(Refusal("pkcs11:object=x").code, ErrorCode::kMissingResource);
}

TEST_F(Pkcs11Test, AKeyForOtherUsesIsPassedOver) {
  FakeObject decrypts = FakePrivateKey(Cast()[Who::kAgency], "giải mã", "\x02");
  decrypts.attributes[CKA_SIGN] = std::string(1, '\0');
  token_.objects.push_back(decrypts);
  token_.objects.push_back(FakeCertificate(Cast().Certificate(Who::kAgency), "", "\x02"));
  const auto key = Open();
  ASSERT_TRUE(key) << Describe(key.error(), Language::kEnglish);
  EXPECT_EQ((*key)->certificate().der, Cast().Certificate(Who::kSigner));
  const Error error = Refusal("pkcs11:id=%02");
  EXPECT_EQ(error.code, ErrorCode::kNotAccepted);
  EXPECT_THAT(error.message.en, HasSubstr("may not sign"));
}

TEST_F(Pkcs11Test, NoKeyAndNoCertificateAreToldApart) {
  const std::vector<FakeObject> all = token_.objects;
  token_.objects = {all[1]};
  EXPECT_THAT(Refusal().message.en, HasSubstr("no private key"));
  EXPECT_EQ(Refusal().code, ErrorCode::kMissingResource);
  token_.objects = {all[0]};
  EXPECT_THAT(Refusal().message.en, HasSubstr("no certificate"));
  EXPECT_EQ(Refusal().code, ErrorCode::kMissingResource);
  // Another key's certificate of the same CKA_ID, left from a renewal, is none.
  token_.objects = {all[0], FakeCertificate(Cast().Certificate(Who::kAgency), "", "\x01")};
  EXPECT_THAT(Refusal().message.en, HasSubstr("no certificate"));
}

TEST_F(Pkcs11Test, TheCertificateIsFoundByItsPublicKeyToo) {
  token_.objects = {token_.objects[0], FakeCertificate(Cast().Certificate(Who::kAgency), "", "\x01"),
                    FakeCertificate(Cast().Certificate(Who::kSigner), "", ""),
                    FakeCertificate(Cast().Certificate(Who::kSubCa), "", "")};
  const auto key = Open();
  ASSERT_TRUE(key) << Describe(key.error(), Language::kEnglish);
  EXPECT_EQ((*key)->certificate().der, Cast().Certificate(Who::kSigner));
  ASSERT_EQ((*key)->chain().size(), 1u);
  EXPECT_EQ((*key)->chain()[0].der, Cast().Certificate(Who::kSubCa));
}

TEST_F(Pkcs11Test, OfARenewedCertificateTheLatestThatIsValidIsTaken) {
  const auto make = [&](int from_days, int to_days) {
    pki::CertificatePlan plan;
    plan.common_name = "Nguyễn Văn A";
    plan.same_key = Cast()[Who::kSigner].key;
    plan.not_before = Cast().now() + std::chrono::hours(24 * from_days);
    plan.not_after = Cast().now() + std::chrono::hours(24 * to_days);
    return pki::MakeCertificate(plan, &Cast()[Who::kSubCa]).certificate;
  };
  const pki::Der renewed = make(-10, 300);
  token_.objects = {token_.objects[0], FakeCertificate(make(-400, -5), "", "\x01"),
                    FakeCertificate(renewed, "", "\x01"), FakeCertificate(make(-300, 200), "", "\x01"),
                    FakeCertificate(make(5, 400), "", "\x01")};
  const auto key = Open();
  ASSERT_TRUE(key);
  EXPECT_EQ((*key)->certificate().der, renewed);
}

TEST_F(Pkcs11Test, AUriMustBeOneAndHoldNoPin) {
  for (const char* uri : {"", "token=FAKE", "pkcs11:token", "pkcs11:token=%zz", "pkcs11:colour=red"}) {
    const auto key = Open(uri);
    ASSERT_FALSE(key) << uri;
    EXPECT_EQ(key.error().code, ErrorCode::kUsage) << uri;
  }
  EXPECT_EQ(Refusal("pkcs11:token=FAKE?pin-value=999999", "999999").code, ErrorCode::kUsage);
  EXPECT_EQ(Refusal("pkcs11:token=FAKE?pin-source=file:/x").code, ErrorCode::kUsage);
  EXPECT_EQ(token_.logins, 0);
}

TEST_F(Pkcs11Test, AModuleThatCannotBeLoadedIsAMissingResource) {
  for (const std::string& path : {std::string("/nowhere/x.so"), std::string(VANTHU_SOURCE_DIR "/README.md"),
                                  std::string("/lib/x86_64-linux-gnu/libz.so.1")}) {
    const Error error = Refusal("pkcs11:?module-path=" + path);
    EXPECT_EQ(error.code, ErrorCode::kMissingResource);
    EXPECT_EQ(error.file, path);
    EXPECT_FALSE(error.cause.empty());
  }
  token_.initialise_answer = CKR_GENERAL_ERROR;
  EXPECT_THAT(Refusal().cause, HasSubstr("CKR_GENERAL_ERROR"));
}

TEST_F(Pkcs11Test, TheModuleIsNamedByUriOptionOrEnvironment) {
  const std::string path = VANTHU_FAKE_PKCS11;
  EXPECT_TRUE(OpenPkcs11("pkcs11:?module-path=" + path, Secret(std::string("123456"))));
  ::setenv("VANTHU_PKCS11_MODULE", path.c_str(), 1);
  EXPECT_TRUE(OpenPkcs11("pkcs11:", Secret(std::string("123456"))));
  ::unsetenv("VANTHU_PKCS11_MODULE");
}

// A session is of one process (PKCS #11 2.40, 2.4): a child neither signs with it nor closes it.
TEST_F(Pkcs11Test, AChildOfForkLeavesTheSessionAlone) {
  auto key = Open();
  ASSERT_TRUE(key);
  const pid_t child = ::fork();
  if (child == 0) {
    const bool refused = !(*key)->Sign("x", kRsa);
    key->reset();
    ::_exit(refused && token_.sessions == 1 && token_.initialised == 1 ? 0 : 1);
  }
  int status = -1;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  EXPECT_TRUE((*key)->Sign("x", kRsa));
}

TEST_F(Pkcs11Test, WeakAlgorithmsAreRefusedBeforeTheTokenIsAsked) {
  const auto key = Open();
  ASSERT_TRUE(key);
  EXPECT_EQ((*key)->Sign("x", {Scheme::kRsaPkcs1, Digest::kSha1}).error().code, ErrorCode::kNotAccepted);
  EXPECT_EQ(token_.last_mechanism, 0u);
}

}  // namespace
}  // namespace vanthu::signing
