#include "signing/keys/token_mechanism.h"

#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "pipeline/base/handle.h"

namespace vanthu::signing {
namespace {

using SignatureHandle = Handle<ECDSA_SIG, ECDSA_SIG_free>;
using DigestInfoHandle = Handle<X509_SIG, X509_SIG_free>;
using NumberHandle = Handle<BIGNUM, BN_free>;

struct Row {
  Digest digest;
  int nid;
  CK_MECHANISM_TYPE hash;
  unsigned long mgf;
  unsigned long size;  // of the digest, bytes
  CK_MECHANISM_TYPE rsa;
  CK_MECHANISM_TYPE pss;
  CK_MECHANISM_TYPE ecdsa;
};

// SHA-3 has no mechanism in PKCS #11 2.40: only the bare ones do it, and PSS not at all.
constexpr Row kRows[] = {
    {Digest::kSha256, NID_sha256, CKM_SHA256, CKG_MGF1_SHA256, 32, CKM_SHA256_RSA_PKCS,
     CKM_SHA256_RSA_PKCS_PSS, CKM_ECDSA_SHA256},
    {Digest::kSha384, NID_sha384, CKM_SHA384, CKG_MGF1_SHA384, 48, CKM_SHA384_RSA_PKCS,
     CKM_SHA384_RSA_PKCS_PSS, CKM_ECDSA_SHA384},
    {Digest::kSha512, NID_sha512, CKM_SHA512, CKG_MGF1_SHA512, 64, CKM_SHA512_RSA_PKCS,
     CKM_SHA512_RSA_PKCS_PSS, CKM_ECDSA_SHA512},
};

const Row* RowOf(Digest digest) {
  for (const Row& row : kRows)
    if (row.digest == digest) return &row;
  return nullptr;
}

TokenMechanism Pss(CK_MECHANISM_TYPE type, TokenMechanism::Input input, const Row& row) {
  // RFC 4055, 3.1: MGF1 of the same digest, a salt as long as it.
  return {type, input, {row.hash, row.mgf, row.size}, true};
}

// RFC 8017, 9.2: DigestInfo ::= SEQUENCE { digestAlgorithm (with NULL), digest }.
Result<std::string> DigestInfo(const std::string& digest, int nid) {
  const DigestInfoHandle info(X509_SIG_new());
  unsigned char* bytes = nullptr;
  int size = -1;
  if (info) {
    X509_ALGOR* algorithm = nullptr;
    ASN1_OCTET_STRING* octets = nullptr;
    X509_SIG_getm(info.get(), &algorithm, &octets);
    if (X509_ALGOR_set0(algorithm, OBJ_nid2obj(nid), V_ASN1_NULL, nullptr) == 1 &&
        ASN1_OCTET_STRING_set(octets, reinterpret_cast<const unsigned char*>(digest.data()),
                              static_cast<int>(digest.size())) == 1)
      size = i2d_X509_SIG(info.get(), &bytes);
  }
  const Handle<unsigned char, [](unsigned char* p) { OPENSSL_free(p); }> owner(bytes);
  if (size <= 0) return Fail({ErrorCode::kInternal, {"lỗi DigestInfo", "DigestInfo failed"}, {}, {}, {}, {}});
  return std::string(reinterpret_cast<char*>(bytes), static_cast<std::size_t>(size));
}

std::size_t FieldBytes(int key_bits) {
  return static_cast<std::size_t>(key_bits + 7) / 8;
}

tl::unexpected<Error> WrongLength(std::size_t size) {
  return Fail({ErrorCode::kNotAccepted,
               {"token trả về chữ ký sai độ dài", "the token's signature has a wrong length"},
               {"Cập nhật trình điều khiển của token", "Update the token's driver"},
               {},
               {},
               std::to_string(size) + " byte"});
}

}  // namespace

std::vector<TokenMechanism> MechanismsFor(const SignatureAlgorithm& algorithm,
                                          const std::vector<CK_MECHANISM_TYPE>& offered) {
  using Input = TokenMechanism::Input;
  const Row* row = RowOf(algorithm.digest);
  if (row == nullptr) return {};
  std::vector<TokenMechanism> all;
  switch (algorithm.scheme) {
    case Scheme::kRsaPkcs1:
      all = {{row->rsa, Input::kData, {}, false}, {CKM_RSA_PKCS, Input::kDigestInfo, {}, false}};
      break;
    case Scheme::kRsaPss:
      all = {Pss(row->pss, Input::kData, *row), Pss(CKM_RSA_PKCS_PSS, Input::kDigest, *row)};
      break;
    case Scheme::kEcdsa:
      // The bare one first: more tokens have it right.
      all = {{CKM_ECDSA, Input::kDigest, {}, false}, {row->ecdsa, Input::kData, {}, false}};
      break;
    default:
      return {};
  }
  std::erase_if(all, [&](const TokenMechanism& mechanism) {
    return std::find(offered.begin(), offered.end(), mechanism.type) == offered.end();
  });
  return all;
}

Result<std::string> InputOf(const TokenMechanism& mechanism, std::string_view data,
                            const SignatureAlgorithm& algorithm, int key_bits) {
  if (mechanism.input == TokenMechanism::Input::kData) return std::string(data);
  Result<std::string> digest = DigestOf(algorithm.digest, {data});
  if (!digest) return digest;
  if (mechanism.input == TokenMechanism::Input::kDigestInfo)
    return DigestInfo(*digest, RowOf(algorithm.digest)->nid);
  // FIPS 186-4, 6.4: the leftmost bits of the digest, as many as the order has. Old tokens refuse more.
  if (algorithm.scheme == Scheme::kEcdsa) digest->resize(std::min(digest->size(), FieldBytes(key_bits)));
  return digest;
}

Result<std::string> SignatureOf(std::string raw, Scheme scheme, int key_bits) {
  if (scheme != Scheme::kEcdsa) {
    if (raw.size() != FieldBytes(key_bits)) return WrongLength(raw.size());
    return raw;
  }
  const std::size_t half = FieldBytes(key_bits);
  if (raw.size() != 2 * half) return WrongLength(raw.size());
  const auto* bytes = reinterpret_cast<const unsigned char*>(raw.data());
  NumberHandle r(BN_bin2bn(bytes, static_cast<int>(half), nullptr));
  NumberHandle s(BN_bin2bn(bytes + half, static_cast<int>(half), nullptr));
  const SignatureHandle signature(ECDSA_SIG_new());
  if (!signature || !r || !s || ECDSA_SIG_set0(signature.get(), r.get(), s.get()) != 1)
    return Fail({ErrorCode::kInternal, {"lỗi chữ ký ECDSA", "ECDSA signature failed"}, {}, {}, {}, {}});
  (void)r.release();  // the signature's now
  (void)s.release();
  unsigned char* der = nullptr;
  const int size = i2d_ECDSA_SIG(signature.get(), &der);
  const Handle<unsigned char, [](unsigned char* p) { OPENSSL_free(p); }> owner(der);
  return std::string(reinterpret_cast<char*>(der), static_cast<std::size_t>(std::max(size, 0)));
}

}  // namespace vanthu::signing
