// What the files of signing/cms, signing/trust and signing/keys share of OpenSSL. For them alone.
#pragma once

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "pipeline/base/handle.h"
#include "signing/cms/certificate.h"

namespace vanthu::signing {

using X509Handle = Handle<X509, X509_free>;
using PkeyHandle = Handle<EVP_PKEY, EVP_PKEY_free>;

// What fails inside leaves nothing in the thread's error queue; and what others left there (a token's module
// that is built on the same OpenSSL) is not taken for a reason inside.
class QuietErrors {
 public:
  QuietErrors() { ERR_clear_error(); }
  ~QuietErrors() { ERR_clear_error(); }
  QuietErrors(const QuietErrors&) = delete;
  QuietErrors& operator=(const QuietErrors&) = delete;
};

// Null where the bytes are no certificate. Bytes after it are left unread.
inline X509Handle ReadX509(std::string_view der) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  return X509Handle(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
}

// The value of a parsed certificate whose DER is `der`. Defined in certificate.cc.
Result<Certificate> ValueOf(X509* certificate, std::string_view der);

// Whether two encoded Names are one, as OpenSSL canonicalises them (RFC 5280, 7.1): producers re-encode what
// they copy. Defined in certificate.cc.
bool SameName(std::string_view a, std::string_view b);
// As Certificate::subject_hash; 0 where it is no Name.
std::uint32_t NameHash(std::string_view der);

// OpenSSL's words for the newest error; empty: none.
inline std::string OpensslWords() {
  const unsigned long code = ERR_peek_last_error();
  if (code == 0) return {};
  char words[256];
  ERR_error_string_n(code, words, sizeof words);
  return words;
}

inline Error MakeError(ErrorCode code, Message message, Message advice = {}) {
  Error error;
  error.code = code;
  error.message = std::move(message);
  error.advice = std::move(advice);
  error.cause = OpensslWords();
  return error;
}

}  // namespace vanthu::signing
