// The private keys and certificates that lie on a token, and which belong together. For the room's own
// pkcs11.cc.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "signing/cms/certificate.h"
#include "signing/keys/token_session.h"
#include "signing/keys/token_uri.h"

namespace vanthu::signing {

// A private key, with the certificate of the same key where one is there.
struct TokenKey {
  CK_OBJECT_HANDLE handle = 0;
  std::string label;  // UTF-8
  std::string id;     // bytes
  bool may_sign = true;
  bool always_authenticate = false;
  std::string public_part;  // RSA: the modulus; EC: the point; empty: the token does not tell
  std::optional<Certificate> certificate;
  std::string certificate_label;
};

struct ChosenKey {
  TokenKey key;
  std::vector<Certificate> chain;  // the authorities' certificates on the token
};

// The one key that fits the URI, may sign and has a certificate. A key belongs to the certificate of the same
// public key; CKA_ID decides alone only where the token does not tell the public key. Of several certificates
// of one key (a renewed one) the one that is valid at `now` and begins last. kMissingResource: no key, no
// certificate; kNotAccepted: it may not sign; kUsage: several (lists them).
Result<ChosenKey> ChooseKey(TokenSession& session, const TokenUri& uri, Time now);

}  // namespace vanthu::signing
