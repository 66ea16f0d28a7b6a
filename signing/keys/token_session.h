// A token that was found, and a session with it: login, objects, signatures. For the room's own pkcs11.cc.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "signing/keys/pkcs11_module.h"
#include "signing/keys/secret.h"
#include "signing/keys/token_uri.h"

namespace vanthu::signing {

struct Token {
  std::shared_ptr<Pkcs11Module> module;
  CK_SLOT_ID slot = 0;
  std::string label;
  std::string serial;
  std::string maker;
  CK_FLAGS flags = 0;  // when it was found

  // "VĂN THƯ XÃ (serial 0123, slot 4, /usr/lib/x.so)"
  std::string Described() const;
};

// The one token that fits. kMissingResource: none is there, or none of those that are there fits (lists
// them); kUsage: several fit (lists them).
Result<Token> FindToken(const TokenUri& uri, const std::vector<std::shared_ptr<Pkcs11Module>>& modules);

// What C_Login was given, and whether it may be given at all.
struct LoginRules {
  // A token whose last try is at stake is not asked unless the caller insists: a wrong PIN would lock it, and
  // only its issuer can unlock it, which takes days.
  bool allow_last_try = false;
};

class TokenSession {
 public:
  // A read-only session, not logged in.
  static Result<std::unique_ptr<TokenSession>> Open(Token token);
  ~TokenSession();
  TokenSession(const TokenSession&) = delete;
  TokenSession& operator=(const TokenSession&) = delete;

  const Token& token() const { return token_; }

  // Once. kPassword: wrong (with what the token tells of the tries left), locked, expired, not set, missing.
  // After a refusal every later login is refused here, without asking the token.
  Status Login(const Secret& pin, const LoginRules& rules);
  // Between the start of a signature and its data, for keys that ask each time (CKA_ALWAYS_AUTHENTICATE).
  Status LoginForKey(const Secret& pin);

  Result<std::vector<CK_OBJECT_HANDLE>> Find(CK_OBJECT_CLASS type);
  // Nothing where the token does not tell. A lost token is remembered: see Lost().
  std::optional<std::string> Attribute(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type);
  std::optional<CK_ULONG> Number(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type);
  std::optional<bool> Flag(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type);
  Status Lost() const;  // the error if the token went while attributes were read

  // Mechanisms that the token signs with.
  std::vector<CK_MECHANISM_TYPE> SigningMechanisms() const;

  CK_RV BeginSignature(CK_MECHANISM mechanism, CK_OBJECT_HANDLE key);
  CK_RV Signature(std::string_view data, std::string& signature);
  // What an answer means for people.
  Error Problem(CK_RV rv, const char* function) const;
  bool IsOfThisProcess() const { return token_.module->IsOfThisProcess(); }

 private:
  TokenSession(Token token, CK_SESSION_HANDLE session) : token_(std::move(token)), session_(session) {}
  CK_FLAGS FlagsNow() const;
  Status RefuseBeforeAsking(const Secret& pin, const LoginRules& rules) const;
  Status AskLogin(CK_USER_TYPE user, const Secret& pin);
  Error Refusal(CK_RV rv) const;

  Token token_;
  CK_SESSION_HANDLE session_;
  CK_RV lost_ = CKR_OK;
  std::optional<Error> refused_;  // the PIN was: it is never given to the token again
};

}  // namespace vanthu::signing
