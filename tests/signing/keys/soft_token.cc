#include "tests/signing/keys/soft_token.h"

#include <dlfcn.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <p11-kit/pkcs11.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <utility>
#include <vector>

#include "pipeline/base/handle.h"

namespace vanthu::signing {
namespace {

using PkeyHandle = Handle<EVP_PKEY, EVP_PKEY_free>;

void Require(CK_RV rv, const char* what) {
  if (rv != CKR_OK) throw std::logic_error(std::string(what) + " answered " + std::to_string(rv));
}

unsigned char* Bytes(const std::string& text) {
  return reinterpret_cast<unsigned char*>(const_cast<char*>(text.data()));
}

// The module, ready while it lives.
class Ready {
 public:
  Ready() {
    void* library = ::dlopen(SoftTokens::Module().c_str(), RTLD_NOW | RTLD_LOCAL);
    void* entry = library == nullptr ? nullptr : ::dlsym(library, "C_GetFunctionList");
    if (entry == nullptr) throw std::logic_error("no SoftHSM");
    Require(reinterpret_cast<CK_C_GetFunctionList>(entry)(&functions_), "C_GetFunctionList");
    Require(functions_->C_Initialize(nullptr), "C_Initialize");
  }
  ~Ready() {
    functions_->C_Finalize(nullptr);
    ERR_clear_error();  // SoftHSM leaves its own in the queue it shares with us
  }
  Ready(const Ready&) = delete;
  Ready& operator=(const Ready&) = delete;
  CK_FUNCTION_LIST* operator->() const { return functions_; }

 private:
  CK_FUNCTION_LIST* functions_ = nullptr;
};

std::string LabelOf(const CK_TOKEN_INFO& info) {
  std::string label(reinterpret_cast<const char*>(info.label), sizeof info.label);
  while (!label.empty() && label.back() == ' ') label.pop_back();
  return label;
}

// The slot whose token has the label; empty: the first without a token.
CK_SLOT_ID SlotOf(const Ready& module, const std::string& label) {
  std::array<CK_SLOT_ID, 64> slots{};
  CK_ULONG count = slots.size();
  Require(module->C_GetSlotList(CK_TRUE, slots.data(), &count), "C_GetSlotList");
  for (CK_ULONG i = 0; i < count; ++i) {
    CK_TOKEN_INFO info{};
    Require(module->C_GetTokenInfo(slots[i], &info), "C_GetTokenInfo");
    const bool empty = (info.flags & CKF_TOKEN_INITIALIZED) == 0;
    if (label.empty() ? empty : !empty && LabelOf(info) == label) return slots[i];
  }
  throw std::logic_error("no slot for " + label);
}

CK_SESSION_HANDLE OpenSession(const Ready& module, CK_SLOT_ID slot, CK_USER_TYPE user,
                              const std::string& pin) {
  CK_SESSION_HANDLE session = 0;
  Require(module->C_OpenSession(slot, CKF_SERIAL_SESSION | CKF_RW_SESSION, nullptr, nullptr, &session),
          "C_OpenSession");
  Require(module->C_Login(session, user, Bytes(pin), pin.size()), "C_Login");
  return session;
}

std::string Number(EVP_PKEY* key, const char* name) {
  BIGNUM* number = nullptr;
  if (EVP_PKEY_get_bn_param(key, name, &number) != 1) throw std::logic_error(name);
  const Handle<BIGNUM, BN_free> owner(number);
  std::string bytes(static_cast<std::size_t>(BN_num_bytes(number)), '\0');
  BN_bn2bin(number, reinterpret_cast<unsigned char*>(bytes.data()));
  return bytes;
}

using Attributes = std::vector<std::pair<CK_ATTRIBUTE_TYPE, std::string>>;

template <typename T>
std::string ValueOf(T value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

void Create(const Ready& module, CK_SESSION_HANDLE session, const Attributes& attributes) {
  std::vector<CK_ATTRIBUTE> list;
  for (const auto& [type, value] : attributes) list.push_back({type, Bytes(value), value.size()});
  CK_OBJECT_HANDLE object = 0;
  Require(module->C_CreateObject(session, list.data(), list.size(), &object), "C_CreateObject");
}

std::string EcParameters(EVP_PKEY* key) {
  char name[64];
  std::size_t size = 0;
  EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, name, sizeof name, &size);
  unsigned char* der = nullptr;
  const int length = i2d_ASN1_OBJECT(OBJ_txt2obj(name, 0), &der);
  std::string bytes(reinterpret_cast<char*>(der), static_cast<std::size_t>(length));
  OPENSSL_free(der);
  return bytes;
}

std::string EcPoint(EVP_PKEY* key) {
  unsigned char point[256];
  std::size_t size = 0;
  EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof point, &size);
  // DER OCTET STRING; points of P-256 and P-384 are shorter than 128 bytes.
  std::string der("\x04");
  der += static_cast<char>(size);
  return der.append(reinterpret_cast<char*>(point), size);
}

void AddKeyNumbers(EVP_PKEY* key, bool secret, Attributes& attributes) {
  if (EVP_PKEY_get_base_id(key) == EVP_PKEY_EC) {
    attributes.emplace_back(CKA_KEY_TYPE, ValueOf<CK_KEY_TYPE>(CKK_EC));
    attributes.emplace_back(CKA_EC_PARAMS, EcParameters(key));
    if (secret)
      attributes.emplace_back(CKA_VALUE, Number(key, OSSL_PKEY_PARAM_PRIV_KEY));
    else
      attributes.emplace_back(CKA_EC_POINT, EcPoint(key));
    return;
  }
  attributes.emplace_back(CKA_KEY_TYPE, ValueOf<CK_KEY_TYPE>(CKK_RSA));
  attributes.emplace_back(CKA_MODULUS, Number(key, OSSL_PKEY_PARAM_RSA_N));
  attributes.emplace_back(CKA_PUBLIC_EXPONENT, Number(key, OSSL_PKEY_PARAM_RSA_E));
  if (!secret) return;
  attributes.emplace_back(CKA_PRIVATE_EXPONENT, Number(key, OSSL_PKEY_PARAM_RSA_D));
  attributes.emplace_back(CKA_PRIME_1, Number(key, OSSL_PKEY_PARAM_RSA_FACTOR1));
  attributes.emplace_back(CKA_PRIME_2, Number(key, OSSL_PKEY_PARAM_RSA_FACTOR2));
  attributes.emplace_back(CKA_EXPONENT_1, Number(key, OSSL_PKEY_PARAM_RSA_EXPONENT1));
  attributes.emplace_back(CKA_EXPONENT_2, Number(key, OSSL_PKEY_PARAM_RSA_EXPONENT2));
  attributes.emplace_back(CKA_COEFFICIENT, Number(key, OSSL_PKEY_PARAM_RSA_COEFFICIENT1));
}

Attributes Start(CK_OBJECT_CLASS type, const std::string& object, const std::string& id, bool is_private) {
  return {{CKA_CLASS, ValueOf(type)},
          {CKA_TOKEN, ValueOf<CK_BBOOL>(CK_TRUE)},
          {CKA_PRIVATE, ValueOf<CK_BBOOL>(is_private ? CK_TRUE : CK_FALSE)},
          {CKA_LABEL, object},
          {CKA_ID, id}};
}

std::string SubjectOf(const pki::Der& certificate) {
  const unsigned char* at = Bytes(certificate);
  const Handle<X509, X509_free> x509(d2i_X509(nullptr, &at, static_cast<long>(certificate.size())));
  unsigned char* der = nullptr;
  const int size = i2d_X509_NAME(X509_get_subject_name(x509.get()), &der);
  std::string bytes(reinterpret_cast<char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  return bytes;
}

}  // namespace

std::filesystem::path SoftTokens::Module() {
  for (const char* path : {"/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/softhsm/libsofthsm.so"})
    if (std::filesystem::exists(path)) return path;
  return {};
}

SoftTokens::SoftTokens(const std::filesystem::path& folder) : folder_(folder) {
  std::filesystem::create_directories(folder_ / "tokens");
  std::ofstream(folder_ / "softhsm2.conf") << "directories.tokendir = " << (folder_ / "tokens").string()
                                           << "\nobjectstore.backend = file\nlog.level = ERROR\n";
  ::setenv("SOFTHSM2_CONF", (folder_ / "softhsm2.conf").c_str(), 1);
}

SoftTokens::~SoftTokens() {
  ERR_clear_error();  // SoftHSM's own, of looking for an engine
  ::unsetenv("SOFTHSM2_CONF");
}

std::string SoftTokens::AddToken(const std::string& label, const std::string& pin) {
  const std::string so_pin = "87654321";
  {
    const Ready module;
    std::string padded = label;
    padded.resize(32, ' ');
    Require(module->C_InitToken(SlotOf(module, ""), Bytes(so_pin), so_pin.size(), Bytes(padded)),
            "C_InitToken");
  }
  // SoftHSM numbers its slots anew.
  const Ready module;
  const CK_SLOT_ID slot = SlotOf(module, label);
  const CK_SESSION_HANDLE session = OpenSession(module, slot, CKU_SO, so_pin);
  Require(module->C_InitPIN(session, Bytes(pin), pin.size()), "C_InitPIN");
  CK_TOKEN_INFO info{};
  Require(module->C_GetTokenInfo(slot, &info), "C_GetTokenInfo");
  return {reinterpret_cast<const char*>(info.serialNumber), sizeof info.serialNumber};
}

void SoftTokens::Import(const std::string& label, const std::string& pin, const pki::Identity& identity,
                        const std::string& object, const std::string& id, const Parts& parts) {
  const Ready module;
  const CK_SESSION_HANDLE session = OpenSession(module, SlotOf(module, label), CKU_USER, pin);
  const unsigned char* at = Bytes(identity.key);
  const PkeyHandle key(d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(identity.key.size())));
  if (parts.key) {
    Attributes attributes = Start(CKO_PRIVATE_KEY, object, id, true);
    attributes.emplace_back(CKA_SIGN, ValueOf<CK_BBOOL>(parts.may_sign ? CK_TRUE : CK_FALSE));
    attributes.emplace_back(CKA_ALWAYS_AUTHENTICATE,
                            ValueOf<CK_BBOOL>(parts.always_authenticate ? CK_TRUE : CK_FALSE));
    AddKeyNumbers(key.get(), true, attributes);
    Create(module, session, attributes);
  }
  if (parts.public_key) {
    Attributes attributes = Start(CKO_PUBLIC_KEY, object, id, false);
    AddKeyNumbers(key.get(), false, attributes);
    Create(module, session, attributes);
  }
  if (parts.certificate) {
    Attributes attributes = Start(CKO_CERTIFICATE, object, id, false);
    attributes.emplace_back(CKA_CERTIFICATE_TYPE, ValueOf<CK_CERTIFICATE_TYPE>(CKC_X_509));
    attributes.emplace_back(CKA_SUBJECT, SubjectOf(identity.certificate));
    attributes.emplace_back(CKA_VALUE, identity.certificate);
    Create(module, session, attributes);
  }
}

}  // namespace vanthu::signing
