#include "tests/signing/keys/fake_token.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>

#include "pipeline/base/handle.h"

namespace vanthu::signing {
namespace {

template <typename T>
std::string ValueOf(T value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

}  // namespace

FakeObject FakePrivateKey(const pki::Identity& identity, const std::string& label, const std::string& id) {
  FakeObject object;
  object.key = identity.key;
  object.hidden = true;
  object.attributes = {{CKA_CLASS, ValueOf<CK_OBJECT_CLASS>(CKO_PRIVATE_KEY)},
                       {CKA_LABEL, label},
                       {CKA_ID, id},
                       {CKA_SIGN, ValueOf<CK_BBOOL>(CK_TRUE)}};
  const auto* at = reinterpret_cast<const unsigned char*>(identity.key.data());
  const Handle<EVP_PKEY, EVP_PKEY_free> key(
      d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(identity.key.size())));
  BIGNUM* modulus = nullptr;
  const bool rsa = EVP_PKEY_get_bn_param(key.get(), OSSL_PKEY_PARAM_RSA_N, &modulus) == 1;
  const Handle<BIGNUM, BN_free> owner(modulus);
  object.attributes[CKA_KEY_TYPE] = ValueOf<CK_KEY_TYPE>(rsa ? CKK_RSA : CKK_EC);
  if (!rsa) return object;
  // Some modules give numbers with a leading zero.
  std::string bytes(static_cast<std::size_t>(BN_num_bytes(modulus)) + 1, '\0');
  BN_bn2bin(modulus, reinterpret_cast<unsigned char*>(bytes.data()) + 1);
  object.attributes[CKA_MODULUS] = bytes;
  return object;
}

FakeObject FakeCertificate(const pki::Der& certificate, const std::string& label, const std::string& id) {
  FakeObject object;
  object.attributes = {{CKA_CLASS, ValueOf<CK_OBJECT_CLASS>(CKO_CERTIFICATE)},
                       {CKA_LABEL, label},
                       {CKA_ID, id},
                       {CKA_VALUE, certificate}};
  return object;
}

}  // namespace vanthu::signing
