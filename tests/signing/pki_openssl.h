// What the files of the test PKI share of OpenSSL. For them alone.
#pragma once

#include <openssl/asn1.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/handle.h"
#include "tests/signing/pki.h"

namespace vanthu::signing::pki {

using X509Handle = Handle<X509, X509_free>;
using KeyHandle = Handle<EVP_PKEY, EVP_PKEY_free>;
using Asn1TimeHandle = Handle<ASN1_TIME, ASN1_TIME_free>;

struct FreeStack {
  void operator()(STACK_OF(X509) * stack) const { sk_X509_pop_free(stack, X509_free); }
};
using X509Stack = std::unique_ptr<STACK_OF(X509), FreeStack>;

// std::logic_error with OpenSSL's words.
void Require(bool condition, const char* what);
X509Handle ReadCertificate(std::string_view der);
KeyHandle ReadKey(std::string_view der);
X509Stack MakeStack(const std::vector<Der>& certificates);
Asn1TimeHandle MakeAsn1Time(Time time);
Asn1TimeHandle MakeGeneralizedTime(Time time);

template <typename T, typename Encode>
Der ToDer(T* value, Encode encode) {
  unsigned char* bytes = nullptr;
  const int size = encode(value, &bytes);
  Require(size > 0, "DER");
  Der der(reinterpret_cast<char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  return der;
}

}  // namespace vanthu::signing::pki
