// A private key, wherever it lies, with its certificate.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "signing/cms/certificate.h"
#include "signing/keys/secret.h"

namespace vanthu::signing {

// One session, held until destroyed: a batch asks for the PIN once. Not thread-safe.
class SigningKey {
 public:
  virtual ~SigningKey() = default;
  virtual const Certificate& certificate() const = 0;
  virtual const std::vector<Certificate>& chain() const = 0;  // what lay beside it; may be empty
  // Whether Sign can do it; the key's own scheme is certificate().key_scheme (an RSA key does PSS too).
  virtual bool Supports(const SignatureAlgorithm& algorithm) const = 0;
  // The signature of `data` (hashed by the key or by us). ECDSA: DER SEQUENCE {r, s}. kMissingResource when
  // the token is gone; kNotAccepted when it refuses.
  virtual Result<std::string> Sign(std::string_view data, const SignatureAlgorithm& algorithm) = 0;
};

// PKCS#12. kPassword; kDamaged; kMissingResource when there is no such file, no key or no certificate for it.
// Reads the old encryptions (RC2, 3DES) that tools of the country still write, through OpenSSL's legacy
// provider.
Result<std::unique_ptr<SigningKey>> OpenPkcs12(const std::filesystem::path& path, const Secret& password);

struct Pkcs11Options {
  // The token maker's module, where the URI names none; else $VANTHU_PKCS11_MODULE, else those of
  // share/vanthu/signing/token_modules.json that are installed.
  std::filesystem::path module;
  // A token whose last try is at stake is not asked: a wrong PIN would lock it, and only its issuer can
  // unlock it, which takes days. A person who knows the PIN may insist.
  bool allow_last_try = false;
};

// PKCS#11 by URI (RFC 7512):
// pkcs11:token=...;serial=...;slot-id=...;object=...;id=...?module-path=/usr/lib/x.so The module is loaded at
// run time. Distinct errors: module missing, no token (kMissingResource), several tokens or keys fit (kUsage,
// lists them), a PIN in the URI (kUsage), wrong PIN (kPassword, never tried again; tells of the tries left
// what the token's flags tell), PIN locked, expired or never set (kPassword), no key, no certificate
// (kMissingResource), a key that may not sign (kNotAccepted). An empty PIN is for readers that ask for it
// themselves. To be used in the process that opened it: a session does not survive fork.
Result<std::unique_ptr<SigningKey>> OpenPkcs11(const std::string& uri, const Secret& pin,
                                               const Pkcs11Options& options = {});

}  // namespace vanthu::signing
