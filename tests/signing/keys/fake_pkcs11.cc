// The module itself. Of Cryptoki just what pkcs11.cc calls.
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <algorithm>
#include <cstring>

#include "pipeline/base/handle.h"
#include "tests/signing/keys/fake_token.h"

namespace vanthu::signing {
namespace {

using PkeyHandle = Handle<EVP_PKEY, EVP_PKEY_free>;

FakeToken state;
bool logged_in = false;
bool context_login_due = false;
std::vector<std::size_t> found;
CK_OBJECT_HANDLE signing_key = 0;
CK_MECHANISM_TYPE mechanism = 0;
CK_RSA_PKCS_PSS_PARAMS pss{};

template <std::size_t kSize>
void Fill(unsigned char (&field)[kSize], const std::string& text) {
  std::memset(field, ' ', kSize);
  std::memcpy(field, text.data(), std::min(text.size(), kSize));
}

bool Visible(const FakeObject& object) {
  return logged_in || !object.hidden;
}

FakeObject* ObjectOf(CK_OBJECT_HANDLE handle) {
  if (handle == 0 || handle > state.objects.size()) return nullptr;
  return &state.objects[handle - 1];
}

bool IsSet(const FakeObject& object, CK_ATTRIBUTE_TYPE type) {
  const auto at = object.attributes.find(type);
  return at != object.attributes.end() && !at->second.empty() && at->second.front() != 0;
}

CK_RV Initialize(void*) {
  if (state.initialise_answer == CKR_OK) ++state.initialised;
  return state.initialise_answer;
}
CK_RV Finalize(void*) {
  --state.initialised;
  logged_in = false;
  return CKR_OK;
}
CK_RV GetInfo(CK_INFO* info) {
  *info = {};
  info->cryptokiVersion = {2, 40};
  Fill(info->manufacturerID, "vanthu tests");
  Fill(info->libraryDescription, "fake");
  return CKR_OK;
}
CK_RV GetSlotList(unsigned char, CK_SLOT_ID* slots, CK_ULONG* count) {
  const CK_ULONG there = state.present ? static_cast<CK_ULONG>(state.slots) : 0;
  if (slots != nullptr) {
    if (*count < there) return CKR_BUFFER_TOO_SMALL;
    for (CK_ULONG i = 0; i < there; ++i) slots[i] = i;
  }
  *count = there;
  return CKR_OK;
}
CK_RV GetSlotInfo(CK_SLOT_ID, CK_SLOT_INFO* info) {
  *info = {};
  Fill(info->slotDescription, "fake reader");
  Fill(info->manufacturerID, "vanthu tests");
  return CKR_OK;
}
CK_RV GetTokenInfo(CK_SLOT_ID slot, CK_TOKEN_INFO* info) {
  if (!state.present) return CKR_TOKEN_NOT_PRESENT;
  *info = {};
  Fill(info->label, state.label);
  Fill(info->manufacturerID, "vanthu tests");
  Fill(info->model, "fake");
  Fill(info->serialNumber, "000" + std::to_string(slot + 1));
  info->flags = state.flags;
  return CKR_OK;
}
CK_RV GetMechanismList(CK_SLOT_ID, CK_MECHANISM_TYPE* list, CK_ULONG* count) {
  if (list != nullptr) std::copy(state.mechanisms.begin(), state.mechanisms.end(), list);
  *count = state.mechanisms.size();
  return CKR_OK;
}
CK_RV GetMechanismInfo(CK_SLOT_ID, CK_MECHANISM_TYPE, CK_MECHANISM_INFO* info) {
  *info = {1024, 4096, CKF_SIGN};
  return CKR_OK;
}
CK_RV OpenSession(CK_SLOT_ID, CK_FLAGS, void*, CK_NOTIFY, CK_SESSION_HANDLE* session) {
  if (!state.present) return CKR_TOKEN_NOT_PRESENT;
  ++state.sessions;
  *session = 1;
  return CKR_OK;
}
CK_RV CloseSession(CK_SESSION_HANDLE) {
  --state.sessions;
  logged_in = false;
  return CKR_OK;
}

CK_RV Login(CK_SESSION_HANDLE, CK_USER_TYPE user, unsigned char* pin, CK_ULONG length) {
  const bool context = user == CKU_CONTEXT_SPECIFIC;
  ++(context ? state.context_logins : state.logins);
  if (context && !context_login_due) return CKR_OPERATION_NOT_INITIALIZED;
  CK_RV answer = context ? state.context_login_answer : state.login_answer;
  const std::string given(reinterpret_cast<char*>(pin), pin == nullptr ? 0 : length);
  if (answer == CKR_OK && given != state.pin && (state.flags & CKF_PROTECTED_AUTHENTICATION_PATH) == 0)
    answer = CKR_PIN_INCORRECT;
  if (answer != CKR_OK) {
    state.flags |= state.flags_after_refusal;
    return answer;
  }
  if (context) context_login_due = false;
  logged_in = true;
  return CKR_OK;
}

CK_RV FindObjectsInit(CK_SESSION_HANDLE, CK_ATTRIBUTE* wanted, CK_ULONG count) {
  if (!state.present) return CKR_DEVICE_REMOVED;
  found.clear();
  for (std::size_t i = 0; i < state.objects.size(); ++i) {
    bool fits = Visible(state.objects[i]);
    for (CK_ULONG k = 0; k < count; ++k) {
      const std::string value(static_cast<const char*>(wanted[k].pValue), wanted[k].ulValueLen);
      const auto& attributes = state.objects[i].attributes;
      fits = fits && attributes.count(wanted[k].type) != 0 && attributes.at(wanted[k].type) == value;
    }
    if (fits) found.push_back(i);
  }
  return CKR_OK;
}
CK_RV FindObjects(CK_SESSION_HANDLE, CK_OBJECT_HANDLE* objects, CK_ULONG most, CK_ULONG* count) {
  // One at a time: a caller must ask again until there is none.
  *count = found.empty() || most == 0 ? 0 : 1;
  if (*count == 0) return CKR_OK;
  objects[0] = found.front() + 1;
  found.erase(found.begin());
  return CKR_OK;
}
CK_RV FindObjectsFinal(CK_SESSION_HANDLE) {
  return CKR_OK;
}
CK_RV GetAttributeValue(CK_SESSION_HANDLE, CK_OBJECT_HANDLE handle, CK_ATTRIBUTE* attribute, CK_ULONG) {
  if (state.removed_while_read) state.present = false;
  if (!state.present) return CKR_DEVICE_REMOVED;
  const FakeObject* object = ObjectOf(handle);
  if (object == nullptr) return CKR_OBJECT_HANDLE_INVALID;
  const auto at = object->attributes.find(attribute->type);
  if (at == object->attributes.end()) {
    attribute->ulValueLen = CK_UNAVAILABLE_INFORMATION;
    return CKR_ATTRIBUTE_TYPE_INVALID;
  }
  if (attribute->pValue != nullptr) {
    if (attribute->ulValueLen < at->second.size()) return CKR_BUFFER_TOO_SMALL;
    std::memcpy(attribute->pValue, at->second.data(), at->second.size());
  }
  attribute->ulValueLen = at->second.size();
  return CKR_OK;
}

bool Contains(const std::vector<CK_MECHANISM_TYPE>& list, CK_MECHANISM_TYPE type) {
  return std::find(list.begin(), list.end(), type) != list.end();
}

CK_RV SignInit(CK_SESSION_HANDLE, CK_MECHANISM* asked, CK_OBJECT_HANDLE handle) {
  if (!state.present) return CKR_DEVICE_REMOVED;
  const FakeObject* object = ObjectOf(handle);
  if (object == nullptr) return CKR_KEY_HANDLE_INVALID;
  if (!IsSet(*object, CKA_SIGN)) return CKR_KEY_FUNCTION_NOT_PERMITTED;
  if (!Contains(state.mechanisms, asked->mechanism) || Contains(state.only_listed, asked->mechanism))
    return CKR_MECHANISM_INVALID;
  pss = {};
  if (asked->pParameter != nullptr) {
    if (asked->ulParameterLen != sizeof pss) return CKR_MECHANISM_PARAM_INVALID;
    std::memcpy(&pss, asked->pParameter, sizeof pss);
  }
  signing_key = handle;
  mechanism = state.last_mechanism = asked->mechanism;
  context_login_due = IsSet(*object, CKA_ALWAYS_AUTHENTICATE);
  return CKR_OK;
}

std::string DoSign(EVP_PKEY* key, std::string_view data) {
  const bool is_pss = mechanism == CKM_RSA_PKCS_PSS || mechanism == CKM_SHA256_RSA_PKCS_PSS;
  const bool hashes = mechanism == CKM_SHA256_RSA_PKCS || mechanism == CKM_SHA256_RSA_PKCS_PSS ||
                      mechanism == CKM_ECDSA_SHA256;
  std::string digest(data);
  if (hashes) {
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned int length = 0;
    EVP_Digest(data.data(), data.size(), bytes, &length, EVP_sha256(), nullptr);
    digest.assign(reinterpret_cast<char*>(bytes), length);
  }
  const Handle<EVP_PKEY_CTX, EVP_PKEY_CTX_free> context(EVP_PKEY_CTX_new(key, nullptr));
  EVP_PKEY_sign_init(context.get());
  if (mechanism == CKM_RSA_PKCS) EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING);
  if (mechanism == CKM_SHA256_RSA_PKCS) EVP_PKEY_CTX_set_signature_md(context.get(), EVP_sha256());
  if (is_pss) {
    const EVP_MD* md = pss.hashAlg == CKM_SHA256   ? EVP_sha256()
                       : pss.hashAlg == CKM_SHA384 ? EVP_sha384()
                                                   : EVP_sha512();
    EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PSS_PADDING);
    EVP_PKEY_CTX_set_signature_md(context.get(), md);
    EVP_PKEY_CTX_set_rsa_pss_saltlen(context.get(), static_cast<int>(pss.sLen));
  }
  unsigned char out[1024];
  std::size_t size = sizeof out;
  if (EVP_PKEY_sign(context.get(), out, &size, reinterpret_cast<const unsigned char*>(digest.data()),
                    digest.size()) != 1)
    return {};
  if (EVP_PKEY_get_base_id(key) != EVP_PKEY_EC) return {reinterpret_cast<char*>(out), size};

  const unsigned char* at = out;
  const Handle<ECDSA_SIG, ECDSA_SIG_free> signature(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size)));
  const int half = (EVP_PKEY_get_bits(key) + 7) / 8;
  std::string raw(static_cast<std::size_t>(2 * half), '\0');
  BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), reinterpret_cast<unsigned char*>(raw.data()), half);
  BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), reinterpret_cast<unsigned char*>(raw.data()) + half, half);
  return raw;
}

CK_RV Sign(CK_SESSION_HANDLE, unsigned char* data, CK_ULONG size, unsigned char* signature,
           CK_ULONG* length) {
  if (state.signatures_until_removed == 0) state.present = false;
  if (!state.present) return CKR_DEVICE_REMOVED;
  if (context_login_due) return CKR_USER_NOT_LOGGED_IN;
  const std::string& der = ObjectOf(signing_key)->key;
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  const PkeyHandle key(d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(der.size())));
  std::string made = DoSign(key.get(), {reinterpret_cast<char*>(data), size});
  if (made.empty()) return CKR_DATA_LEN_RANGE;
  if (!state.raw_signature.empty()) made = state.raw_signature;
  if (*length < made.size()) return CKR_BUFFER_TOO_SMALL;
  std::memcpy(signature, made.data(), made.size());
  *length = made.size();
  ++state.signatures;
  if (state.signatures_until_removed > 0) --state.signatures_until_removed;
  return CKR_OK;
}

}  // namespace

extern "C" FakeToken* vanthu_fake_token() {
  logged_in = false;
  context_login_due = false;
  return &state;
}

extern "C" CK_RV C_GetFunctionList(CK_FUNCTION_LIST** functions) {
  static CK_FUNCTION_LIST list{};
  list.version = {2, 40};
  list.C_Initialize = Initialize;
  list.C_Finalize = Finalize;
  list.C_GetInfo = GetInfo;
  list.C_GetSlotList = GetSlotList;
  list.C_GetSlotInfo = GetSlotInfo;
  list.C_GetTokenInfo = GetTokenInfo;
  list.C_GetMechanismList = GetMechanismList;
  list.C_GetMechanismInfo = GetMechanismInfo;
  list.C_OpenSession = OpenSession;
  list.C_CloseSession = CloseSession;
  list.C_Login = Login;
  list.C_FindObjectsInit = FindObjectsInit;
  list.C_FindObjects = FindObjects;
  list.C_FindObjectsFinal = FindObjectsFinal;
  list.C_GetAttributeValue = GetAttributeValue;
  list.C_SignInit = SignInit;
  list.C_Sign = Sign;
  *functions = &list;
  return CKR_OK;
}

}  // namespace vanthu::signing
