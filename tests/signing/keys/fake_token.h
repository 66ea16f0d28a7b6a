// A PKCS#11 module that misbehaves on request: what a real token does once in a thousand days. It is a shared
// library of its own (fake_pkcs11.so), loaded as a maker's module is; the test reaches its state through
// vanthu_fake_token.
#pragma once

#include <p11-kit/pkcs11.h>

#include <map>
#include <string>
#include <vector>

#include "tests/signing/pki.h"

namespace vanthu::signing {

struct FakeObject {
  std::map<CK_ATTRIBUTE_TYPE, std::string> attributes;
  std::string key;      // PKCS#8, of a private key
  bool hidden = false;  // until the login
};

struct FakeToken {
  std::string label = "FAKE";
  std::string pin = "123456";
  bool present = true;
  CK_FLAGS flags = CKF_TOKEN_INITIALIZED | CKF_USER_PIN_INITIALIZED | CKF_LOGIN_REQUIRED;
  std::vector<CK_MECHANISM_TYPE> mechanisms;
  std::vector<CK_MECHANISM_TYPE> only_listed;  // C_SignInit refuses them all the same
  std::vector<FakeObject> objects;
  int slots = 1;  // with the same token in each

  CK_RV initialise_answer = CKR_OK;
  CK_RV login_answer = CKR_OK;          // instead of looking at the PIN
  CK_RV context_login_answer = CKR_OK;  // the same, for each signature
  CK_FLAGS flags_after_refusal = 0;     // set when a PIN was refused
  int signatures_until_removed = -1;    // -1: never
  bool removed_while_read = false;      // at the first attribute
  std::string raw_signature;            // instead of the right one

  int logins = 0;  // what C_Login was asked, right or wrong
  int context_logins = 0;
  int signatures = 0;
  int initialised = 0;  // C_Initialize less C_Finalize
  int sessions = 0;     // open now
  CK_MECHANISM_TYPE last_mechanism = 0;
};

// Objects of an identity. The label is UTF-8, the id bytes.
FakeObject FakePrivateKey(const pki::Identity& identity, const std::string& label, const std::string& id);
FakeObject FakeCertificate(const pki::Der& certificate, const std::string& label, const std::string& id);

extern "C" FakeToken* vanthu_fake_token();  // of the module
using FakeTokenFunction = FakeToken*();

}  // namespace vanthu::signing
