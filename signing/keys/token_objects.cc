#include "signing/keys/token_objects.h"

#include <fmt/format.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <algorithm>
#include <utility>

#include "pipeline/base/handle.h"

namespace vanthu::signing {
namespace {

using PkeyHandle = Handle<EVP_PKEY, EVP_PKEY_free>;
using X509Handle = Handle<X509, X509_free>;
using NumberHandle = Handle<BIGNUM, BN_free>;
using OctetsHandle = Handle<ASN1_OCTET_STRING, ASN1_OCTET_STRING_free>;

struct TokenCertificate {
  Certificate certificate;
  std::string label;
  std::string id;
  std::string public_part;
};

const unsigned char* Bytes(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string WithoutLeadingZeros(std::string number) {
  number.erase(0, std::min(number.find_first_not_of('\0'), number.size()));
  return number;
}

// RSA: the modulus. EC: the uncompressed point. Empty for every other kind.
std::string PublicPart(EVP_PKEY* key) {
  if (key == nullptr) return {};
  BIGNUM* modulus = nullptr;
  if (EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_N, &modulus) == 1) {
    const NumberHandle owner(modulus);
    std::string bytes(static_cast<std::size_t>(BN_num_bytes(modulus)), '\0');
    BN_bn2bin(modulus, reinterpret_cast<unsigned char*>(bytes.data()));
    return bytes;
  }
  unsigned char point[256];
  std::size_t size = 0;
  if (EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof point, &size) != 1)
    return {};
  return {reinterpret_cast<char*>(point), size};
}

std::string PublicPartOfCertificate(const Der& der) {
  const unsigned char* at = Bytes(der);
  const X509Handle x509(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
  return x509 ? PublicPart(X509_get0_pubkey(x509.get())) : std::string();
}

std::string PublicPartOfInfo(const std::string& spki) {
  const unsigned char* at = Bytes(spki);
  const PkeyHandle key(d2i_PUBKEY(nullptr, &at, static_cast<long>(spki.size())));
  return PublicPart(key.get());
}

// A point in a DER OCTET STRING, as PKCS #11 wants it, or bare, as old modules give it.
std::string Point(const std::string& value) {
  const unsigned char* at = Bytes(value);
  const OctetsHandle octets(d2i_ASN1_OCTET_STRING(nullptr, &at, static_cast<long>(value.size())));
  if (!octets || at != Bytes(value) + value.size()) return value;
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(octets.get())),
          static_cast<std::size_t>(ASN1_STRING_length(octets.get()))};
}

// What `object` (a private or public key) says of its public key.
std::string PublicPartOfObject(TokenSession& session, CK_OBJECT_HANDLE object) {
  const std::optional<CK_ULONG> kind = session.Number(object, CKA_KEY_TYPE);
  if (kind == CKK_RSA) return WithoutLeadingZeros(session.Attribute(object, CKA_MODULUS).value_or(""));
  if (const auto spki = session.Attribute(object, CKA_PUBLIC_KEY_INFO); spki && !spki->empty())
    if (std::string part = PublicPartOfInfo(*spki); !part.empty()) return part;
  if (kind == CKK_EC) return Point(session.Attribute(object, CKA_EC_POINT).value_or(""));
  return {};
}

Result<std::vector<TokenKey>> ReadKeys(TokenSession& session) {
  const Result<std::vector<CK_OBJECT_HANDLE>> found = session.Find(CKO_PRIVATE_KEY);
  if (!found) return Fail(found.error());
  std::vector<TokenKey> keys;
  for (const CK_OBJECT_HANDLE object : *found) {
    TokenKey key;
    key.handle = object;
    key.label = session.Attribute(object, CKA_LABEL).value_or("");
    key.id = session.Attribute(object, CKA_ID).value_or("");
    key.may_sign = session.Flag(object, CKA_SIGN).value_or(true);
    key.always_authenticate = session.Flag(object, CKA_ALWAYS_AUTHENTICATE).value_or(false);
    key.public_part = PublicPartOfObject(session, object);
    keys.push_back(std::move(key));
  }
  return keys;
}

// An EC private key need not know its point; the public key of the same CKA_ID beside it does.
Status LearnFromPublicKeys(TokenSession& session, std::vector<TokenKey>& keys) {
  const auto unknown = [](const TokenKey& key) { return key.public_part.empty() && !key.id.empty(); };
  if (std::none_of(keys.begin(), keys.end(), unknown)) return {};
  const Result<std::vector<CK_OBJECT_HANDLE>> found = session.Find(CKO_PUBLIC_KEY);
  if (!found) return Fail(found.error());
  for (const CK_OBJECT_HANDLE object : *found) {
    const std::string id = session.Attribute(object, CKA_ID).value_or("");
    for (TokenKey& key : keys)
      if (unknown(key) && key.id == id) key.public_part = PublicPartOfObject(session, object);
  }
  return {};
}

Result<std::vector<TokenCertificate>> ReadCertificates(TokenSession& session) {
  const Result<std::vector<CK_OBJECT_HANDLE>> found = session.Find(CKO_CERTIFICATE);
  if (!found) return Fail(found.error());
  std::vector<TokenCertificate> certificates;
  for (const CK_OBJECT_HANDLE object : *found) {
    Result<Certificate> certificate = ParseCertificate(session.Attribute(object, CKA_VALUE).value_or(""));
    if (!certificate) continue;  // of another type, or broken: none for signing
    std::string part = PublicPartOfCertificate(certificate->der);
    certificates.push_back({std::move(*certificate), session.Attribute(object, CKA_LABEL).value_or(""),
                            session.Attribute(object, CKA_ID).value_or(""), std::move(part)});
  }
  return certificates;
}

bool Belong(const TokenKey& key, const TokenCertificate& certificate) {
  if (!key.public_part.empty() && !certificate.public_part.empty())
    return key.public_part == certificate.public_part;
  return !key.id.empty() && key.id == certificate.id;
}

void Pair(TokenKey& key, const std::vector<TokenCertificate>& certificates, Time now) {
  const auto rank = [&](const Certificate& c) {
    return std::pair(c.not_before <= now && now <= c.not_after, c.not_before);
  };
  for (const TokenCertificate& candidate : certificates) {
    if (!Belong(key, candidate)) continue;
    if (key.certificate && rank(candidate.certificate) <= rank(*key.certificate)) continue;
    key.certificate = candidate.certificate;
    key.certificate_label = candidate.label;
  }
}

std::string Hexadecimal(const std::string& bytes) {
  std::string hex;
  for (const char c : bytes) hex += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  return hex;
}

std::string List(const std::vector<TokenKey>& keys) {
  std::string out;
  for (const TokenKey& key : keys) {
    out += fmt::format("{}object={};id={}", out.empty() ? "" : ", ", key.label, Hexadecimal(key.id));
    if (key.certificate) out += fmt::format(" ({})", key.certificate->subject.common_name);
  }
  return out;
}

tl::unexpected<Error> Refused(const TokenSession& session, ErrorCode code, std::string vi, std::string en,
                              Message advice) {
  return Fail({code,
               {fmt::format("token {}: {}", session.token().label, vi),
                fmt::format("token {}: {}", session.token().label, en)},
               std::move(advice),
               {},
               {},
               {}});
}

// The keys that the URI names. A label is the key's; where no key has it, the certificate's: tools show that.
std::vector<TokenKey> Named(const std::vector<TokenKey>& keys, const TokenUri& uri) {
  const std::optional<std::string> id = uri.id();
  const std::optional<std::string> label = uri.object();
  std::vector<TokenKey> of_id = keys;
  if (id) std::erase_if(of_id, [&](const TokenKey& key) { return key.id != *id; });
  if (!label) return of_id;
  std::vector<TokenKey> named = of_id;
  std::erase_if(named, [&](const TokenKey& key) { return key.label != *label; });
  if (!named.empty()) return named;
  std::erase_if(of_id,
                [&](const TokenKey& key) { return !key.certificate || key.certificate_label != *label; });
  return of_id;
}

// Leaves those that `good` accepts, if there are any.
template <typename Good>
void Prefer(std::vector<TokenKey>& keys, Good good) {
  if (std::any_of(keys.begin(), keys.end(), good))
    std::erase_if(keys, [&](const TokenKey& key) { return !good(key); });
}

bool MeantForSigning(const TokenKey& key) {
  const Certificate& certificate = *key.certificate;
  return !certificate.has_key_usage || certificate.digital_signature || certificate.non_repudiation;
}

Result<TokenKey> Choose(const TokenSession& session, const std::vector<TokenKey>& all, const TokenUri& uri) {
  const Message choose = {"Chọn khóa bằng object=… hoặc id=… trong URI",
                          "Choose a key by object=… or id=… in the URI"};
  if (all.empty()) {
    return Refused(session, ErrorCode::kMissingResource, "không có khóa bí mật nào", "holds no private key",
                   {"Cắm token có khóa ký", "Plug in the token that holds the signing key"});
  }
  std::vector<TokenKey> keys = Named(all, uri);
  if (keys.empty()) {
    return Refused(session, ErrorCode::kMissingResource, "không có khóa nào khớp URI; đang có: " + List(all),
                   "no private key fits the URI; there are: " + List(all), choose);
  }
  Prefer(keys, [](const TokenKey& key) { return key.may_sign; });
  if (!keys.front().may_sign) {
    return Refused(session, ErrorCode::kNotAccepted, "khóa không được phép ký: " + List(keys),
                   "the key may not sign: " + List(keys), choose);
  }
  Prefer(keys, [](const TokenKey& key) { return key.certificate.has_value(); });
  if (!keys.front().certificate) {
    return Refused(session, ErrorCode::kMissingResource, "không có chứng thư số của khóa: " + List(keys),
                   "holds no certificate for its key: " + List(keys),
                   {"Nạp chứng thư số vào token bằng công cụ của nhà cung cấp",
                    "Put the certificate onto the token with the provider's tool"});
  }
  Prefer(keys, MeantForSigning);
  if (keys.size() > 1) {
    return Refused(session, ErrorCode::kUsage, "có nhiều khóa cùng khớp: " + List(keys),
                   "several keys fit: " + List(keys), choose);
  }
  return std::move(keys.front());
}

}  // namespace

Result<ChosenKey> ChooseKey(TokenSession& session, const TokenUri& uri, Time now) {
  Result<std::vector<TokenKey>> keys = ReadKeys(session);
  if (!keys) return Fail(keys.error());
  if (Status status = LearnFromPublicKeys(session, *keys); !status) return Fail(status.error());
  const Result<std::vector<TokenCertificate>> certificates = ReadCertificates(session);
  if (!certificates) return Fail(certificates.error());
  // A token that went while it was read has no key for another reason.
  if (Status status = session.Lost(); !status) return Fail(status.error());

  for (TokenKey& key : *keys) Pair(key, *certificates, now);
  Result<TokenKey> chosen = Choose(session, *keys, uri);
  if (!chosen) return Fail(chosen.error());
  ChosenKey out{std::move(*chosen), {}};
  for (const TokenCertificate& other : *certificates)
    if (other.certificate.is_ca) out.chain.push_back(other.certificate);
  return out;
}

}  // namespace vanthu::signing
