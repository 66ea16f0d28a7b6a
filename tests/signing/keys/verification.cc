#include "tests/signing/keys/verification.h"

#include <openssl/evp.h>
#include <openssl/pkcs12.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "pipeline/base/handle.h"

namespace vanthu::signing {
namespace {

using X509Handle = Handle<X509, X509_free>;
using PkeyHandle = Handle<EVP_PKEY, EVP_PKEY_free>;

X509Handle ReadX509(std::string_view der) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  return X509Handle(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
}

}  // namespace

bool Verifies(std::string_view certificate, std::string_view data, std::string_view signature,
              const SignatureAlgorithm& algorithm) {
  const X509Handle x509 = ReadX509(certificate);
  const Handle<EVP_MD_CTX, EVP_MD_CTX_free> context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* parameters = nullptr;
  if (!x509 || EVP_DigestVerifyInit_ex(context.get(), &parameters, Name(algorithm.digest), nullptr, nullptr,
                                       X509_get0_pubkey(x509.get()), nullptr) != 1)
    return false;
  if (algorithm.scheme == Scheme::kRsaPss &&
      (EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING) <= 0 ||
       EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, RSA_PSS_SALTLEN_DIGEST) <= 0))
    return false;
  return EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char*>(signature.data()),
                          signature.size(), reinterpret_cast<const unsigned char*>(data.data()),
                          data.size()) == 1;
}

std::string MakePartialPkcs12(const pki::Identity& identity, bool with_key, bool with_certificate) {
  const X509Handle x509 = ReadX509(identity.certificate);
  const auto* at = reinterpret_cast<const unsigned char*>(identity.key.data());
  const PkeyHandle key(d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(identity.key.size())));
  STACK_OF(PKCS12_SAFEBAG)* bags = nullptr;
  STACK_OF(PKCS7)* safes = nullptr;
  if (with_certificate) PKCS12_add_cert(&bags, x509.get());
  if (with_key) PKCS12_add_key(&bags, key.get(), 0, 1000, NID_aes_256_cbc, "x");
  PKCS12_add_safe(&safes, bags, -1, 0, nullptr);
  const Handle<PKCS12, PKCS12_free> file(PKCS12_add_safes(safes, 0));
  sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free);
  sk_PKCS7_pop_free(safes, PKCS7_free);
  PKCS12_set_mac(file.get(), "x", -1, nullptr, 0, 1000, EVP_sha256());
  unsigned char* bytes = nullptr;
  const int size = i2d_PKCS12(file.get(), &bytes);
  std::string der(reinterpret_cast<char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  return der;
}

}  // namespace vanthu::signing
