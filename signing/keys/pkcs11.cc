// Keys on PKCS#11 tokens (OASIS PKCS #11 2.40), by direct calls of the maker's module.
//
// A token locks after three wrong PINs and only its issuer unlocks it. So a PIN is given to it once: never
// again after a refusal, never on the last try unless the caller insists, never when it is surely none.
#include <algorithm>
#include <chrono>
#include <utility>

#include "signing/cms/openssl.h"
#include "signing/keys/signing_key.h"
#include "signing/keys/strength.h"
#include "signing/keys/token_mechanism.h"
#include "signing/keys/token_objects.h"
#include "signing/keys/token_session.h"

namespace vanthu::signing {
namespace {

Secret CopyOf(const Secret& secret) {
  return Secret(std::string(secret.view()));
}

// Whether another mechanism may still do it: this one is listed, but not for this key or this much data.
bool TryAnother(CK_RV rv) {
  return rv == CKR_MECHANISM_INVALID || rv == CKR_MECHANISM_PARAM_INVALID ||
         rv == CKR_FUNCTION_NOT_SUPPORTED || rv == CKR_DATA_LEN_RANGE;
}

class Pkcs11Key final : public SigningKey {
 public:
  Pkcs11Key(std::unique_ptr<TokenSession> session, ChosenKey chosen, Secret pin)
      : session_(std::move(session)),
        key_(std::move(chosen.key)),
        chain_(std::move(chosen.chain)),
        mechanisms_(session_->SigningMechanisms()),
        pin_(std::move(pin)) {}

  ~Pkcs11Key() override {
    const QuietErrors quiet;
    session_.reset();
  }
  Pkcs11Key(const Pkcs11Key&) = delete;
  Pkcs11Key& operator=(const Pkcs11Key&) = delete;

  const Certificate& certificate() const override { return *key_.certificate; }
  const std::vector<Certificate>& chain() const override { return chain_; }
  bool Supports(const SignatureAlgorithm& algorithm) const override {
    return RefuseWeak(certificate(), algorithm).has_value() && !MechanismsFor(algorithm, mechanisms_).empty();
  }

  Result<std::string> Sign(std::string_view data, const SignatureAlgorithm& algorithm) override {
    // A module that is built on the same OpenSSL leaves its errors in this thread's queue, for others to
    // wonder at.
    const QuietErrors quiet;
    if (Status status = RefuseWeak(certificate(), algorithm); !status) return Fail(status.error());
    if (!session_->IsOfThisProcess()) {
      return Fail({ErrorCode::kInternal,
                   {"phiên của token thuộc tiến trình khác", "the token's session is another process's"},
                   {},
                   {},
                   {},
                   {}});
    }
    CK_RV rv = CKR_MECHANISM_INVALID;
    for (const TokenMechanism& mechanism : MechanismsFor(algorithm, mechanisms_)) {
      Result<std::string> signature = SignBy(mechanism, data, algorithm, rv);
      if (signature || !TryAnother(rv)) return signature;
    }
    return Fail(session_->Problem(rv, "C_SignInit"));
  }

 private:
  // `rv` is the token's last answer.
  Result<std::string> SignBy(TokenMechanism mechanism, std::string_view data,
                             const SignatureAlgorithm& algorithm, CK_RV& rv) {
    const Result<std::string> input = InputOf(mechanism, data, algorithm, certificate().key_bits);
    rv = CKR_OK;
    if (!input) return Fail(input.error());
    const CK_MECHANISM asked{mechanism.type, mechanism.has_pss ? &mechanism.pss : nullptr,
                             mechanism.has_pss ? sizeof mechanism.pss : 0};
    rv = session_->BeginSignature(asked, key_.handle);
    if (rv != CKR_OK) return Fail(session_->Problem(rv, "C_SignInit"));
    if (key_.always_authenticate)
      if (Status status = session_->LoginForKey(pin_); !status) return Fail(status.error());
    std::string raw;
    rv = session_->Signature(*input, raw);
    if (rv != CKR_OK) return Fail(session_->Problem(rv, "C_Sign"));
    return SignatureOf(std::move(raw), algorithm.scheme, certificate().key_bits);
  }

  std::unique_ptr<TokenSession> session_;
  TokenKey key_;
  std::vector<Certificate> chain_;
  std::vector<CK_MECHANISM_TYPE> mechanisms_;
  Secret pin_;  // empty unless the key asks for it each time
};

}  // namespace

Result<std::unique_ptr<SigningKey>> OpenPkcs11(const std::string& text, const Secret& pin,
                                               const Pkcs11Options& options) {
  const QuietErrors quiet;
  const Result<TokenUri> uri = TokenUri::Parse(text);
  if (!uri) return Fail(uri.error());
  const auto modules =
      LoadModules(uri->module_path().empty() ? options.module : uri->module_path(), uri->module_name());
  if (!modules) return Fail(modules.error());
  Result<Token> token = FindToken(*uri, *modules);
  if (!token) return Fail(token.error());
  Result<std::unique_ptr<TokenSession>> session = TokenSession::Open(std::move(*token));
  if (!session) return Fail(session.error());
  if (Status status = (*session)->Login(pin, {options.allow_last_try}); !status) return Fail(status.error());

  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  Result<ChosenKey> chosen = ChooseKey(**session, *uri, now);
  if (!chosen) return Fail(chosen.error());
  Secret kept = chosen->key.always_authenticate ? CopyOf(pin) : Secret();
  return std::make_unique<Pkcs11Key>(std::move(*session), std::move(*chosen), std::move(kept));
}

}  // namespace vanthu::signing
