#include "signing/cms/algorithm_identifier.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <iterator>
#include <stdexcept>

#include "signing/cms/der.h"
#include "signing/cms/digest.h"
#include "signing/cms/openssl.h"

namespace vanthu::signing {
namespace {

struct DigestName {
  Digest digest;
  std::string_view oid;
};
// RFC 8017 B.1, NIST's registry.
constexpr DigestName kDigests[] = {
    {Digest::kMd5, "1.2.840.113549.2.5"},          {Digest::kSha1, "1.3.14.3.2.26"},
    {Digest::kSha224, "2.16.840.1.101.3.4.2.4"},   {Digest::kSha256, "2.16.840.1.101.3.4.2.1"},
    {Digest::kSha384, "2.16.840.1.101.3.4.2.2"},   {Digest::kSha512, "2.16.840.1.101.3.4.2.3"},
    {Digest::kSha3_256, "2.16.840.1.101.3.4.2.8"}, {Digest::kSha3_384, "2.16.840.1.101.3.4.2.9"},
    {Digest::kSha3_512, "2.16.840.1.101.3.4.2.10"}};

struct MethodName {
  Scheme scheme;
  Digest digest;  // kOther: not named by the identifier
  std::string_view oid;
};
constexpr std::string_view kPssOid = "1.2.840.113549.1.1.10";
constexpr std::string_view kMgf1Oid = "1.2.840.113549.1.1.8";
constexpr MethodName kMethods[] = {{Scheme::kRsaPkcs1, Digest::kOther, "1.2.840.113549.1.1.1"},
                                   {Scheme::kRsaPkcs1, Digest::kMd5, "1.2.840.113549.1.1.4"},
                                   {Scheme::kRsaPkcs1, Digest::kSha1, "1.2.840.113549.1.1.5"},
                                   {Scheme::kRsaPkcs1, Digest::kSha1, "1.3.14.3.2.29"},
                                   {Scheme::kRsaPkcs1, Digest::kSha256, "1.2.840.113549.1.1.11"},
                                   {Scheme::kRsaPkcs1, Digest::kSha384, "1.2.840.113549.1.1.12"},
                                   {Scheme::kRsaPkcs1, Digest::kSha512, "1.2.840.113549.1.1.13"},
                                   {Scheme::kRsaPkcs1, Digest::kSha224, "1.2.840.113549.1.1.14"},
                                   {Scheme::kRsaPkcs1, Digest::kSha3_256, "2.16.840.1.101.3.4.3.14"},
                                   {Scheme::kRsaPkcs1, Digest::kSha3_384, "2.16.840.1.101.3.4.3.15"},
                                   {Scheme::kRsaPkcs1, Digest::kSha3_512, "2.16.840.1.101.3.4.3.16"},
                                   {Scheme::kEcdsa, Digest::kOther, "1.2.840.10045.2.1"},
                                   {Scheme::kEcdsa, Digest::kSha1, "1.2.840.10045.4.1"},
                                   {Scheme::kEcdsa, Digest::kSha224, "1.2.840.10045.4.3.1"},
                                   {Scheme::kEcdsa, Digest::kSha256, "1.2.840.10045.4.3.2"},
                                   {Scheme::kEcdsa, Digest::kSha384, "1.2.840.10045.4.3.3"},
                                   {Scheme::kEcdsa, Digest::kSha512, "1.2.840.10045.4.3.4"},
                                   {Scheme::kEcdsa, Digest::kSha3_256, "2.16.840.1.101.3.4.3.10"},
                                   {Scheme::kEcdsa, Digest::kSha3_384, "2.16.840.1.101.3.4.3.11"},
                                   {Scheme::kEcdsa, Digest::kSha3_512, "2.16.840.1.101.3.4.3.12"},
                                   {Scheme::kDsa, Digest::kOther, "1.2.840.10040.4.1"},
                                   {Scheme::kDsa, Digest::kSha1, "1.2.840.10040.4.3"},
                                   {Scheme::kDsa, Digest::kSha224, "2.16.840.1.101.3.4.3.1"},
                                   {Scheme::kDsa, Digest::kSha256, "2.16.840.1.101.3.4.3.2"}};

struct Identifier {
  std::string oid;
  std::string_view parameters;  // the rest of the SEQUENCE
};

std::optional<Identifier> ReadIdentifier(std::string_view bytes) {
  der::Reader outer(bytes);
  const auto sequence = outer.Next(der::kSequence);
  if (!sequence) return std::nullopt;
  der::Reader reader(sequence->content);
  const auto oid = reader.Next(der::kOid);
  if (!oid) return std::nullopt;
  return Identifier{der::OidText(oid->content), reader.rest()};
}

Digest DigestByOid(std::string_view oid) {
  const auto* found = std::find_if(std::begin(kDigests), std::end(kDigests),
                                   [&](const DigestName& name) { return name.oid == oid; });
  return found != std::end(kDigests) ? found->digest : Digest::kOther;
}

// RSASSA-PSS-params ::= SEQUENCE { [0] hash DEFAULT sha1, [1] mgf DEFAULT mgf1SHA1, [2] salt DEFAULT 20,
// [3] trailer DEFAULT 1 }
SignatureMethod ReadPss(std::string_view parameters) {
  SignatureMethod method;
  method.algorithm = {Scheme::kRsaPss, Digest::kSha1};
  const SignatureMethod unknown;
  der::Reader outer(parameters);
  const auto sequence = outer.Next(der::kSequence);
  if (!sequence) return unknown;
  der::Reader reader(sequence->content);
  if (const auto hash = reader.Next(der::kContext0))
    method.algorithm.digest = ReadDigestAlgorithm(hash->content);
  if (const auto mask = reader.Next(der::kContext1)) {
    const auto identifier = ReadIdentifier(mask->content);
    if (!identifier || identifier->oid != kMgf1Oid) return unknown;
    method.pss.mask_digest = ReadDigestAlgorithm(identifier->parameters);
  }
  if (const auto salt = reader.Next(der::kContext2)) {
    der::Reader integer(salt->content);
    const auto value = integer.Next(der::kInteger);
    const auto size = value ? der::SmallInteger(value->content) : std::nullopt;
    if (!size || *size < 0 || *size > 2048) return unknown;
    method.pss.salt_bytes = static_cast<int>(*size);
  }
  if (const auto trailer = reader.Next(der::kContext3)) {
    if (trailer->content != std::string_view("\x02\x01\x01")) return unknown;
  }
  if (!reader.AtEnd()) return unknown;
  return method;
}

PkeyHandle KeyOf(const Certificate& certificate) {
  const X509Handle x509 = ReadX509(certificate.der);
  return PkeyHandle(x509 != nullptr ? X509_get_pubkey(x509.get()) : nullptr);
}

// Curves by their own numbers are how forged roots came to be (CVE-2020-0601): named curves alone (RFC
// 5480, 2.1.1).
bool HasOwnCurve(EVP_PKEY* key) {
  int is_explicit = 0;
  return EVP_PKEY_get_int_param(key, OSSL_PKEY_PARAM_EC_DECODED_FROM_EXPLICIT_PARAMS, &is_explicit) == 1 &&
         is_explicit != 0;
}

bool Fits(EVP_PKEY* key, Scheme scheme) {
  switch (EVP_PKEY_get_base_id(key)) {
    case EVP_PKEY_RSA:
      return scheme == Scheme::kRsaPkcs1 || scheme == Scheme::kRsaPss;
    case EVP_PKEY_RSA_PSS:
      return scheme == Scheme::kRsaPss;
    case EVP_PKEY_EC:
      return scheme == Scheme::kEcdsa && !HasOwnCurve(key);
    case EVP_PKEY_DSA:
      return scheme == Scheme::kDsa;
    default:
      return false;
  }
}

}  // namespace

Digest ReadDigestAlgorithm(std::string_view identifier) {
  const auto read = ReadIdentifier(identifier);
  return read ? DigestByOid(read->oid) : Digest::kOther;
}

SignatureMethod ReadSignatureMethod(std::string_view identifier) {
  const auto read = ReadIdentifier(identifier);
  if (!read) return {};
  if (read->oid == kPssOid) return ReadPss(read->parameters);
  SignatureMethod method;
  const auto* found = std::find_if(std::begin(kMethods), std::end(kMethods),
                                   [&](const MethodName& name) { return name.oid == read->oid; });
  if (found != std::end(kMethods)) {
    method.algorithm = {found->scheme, found->digest};
    method.digest_is_open = found->digest == Digest::kOther;
  } else if (const Digest digest = DigestByOid(read->oid); digest != Digest::kOther) {
    // Some producers write the digest's identifier where the signature's belongs; they all mean RSA.
    method.algorithm = {Scheme::kRsaPkcs1, digest};
  }
  return method;
}

Der DigestIdentifier(Digest digest) {
  const auto* found = std::find_if(std::begin(kDigests), std::end(kDigests),
                                   [&](const DigestName& name) { return name.digest == digest; });
  if (found == std::end(kDigests)) throw std::logic_error("a digest without an identifier");
  return der::Sequence({der::Oid(found->oid)});
}

Der SignatureIdentifier(const SignatureAlgorithm& algorithm) {
  if (algorithm.scheme == Scheme::kRsaPss) {
    // RFC 4055, 2.1 and 3.1: the digests' identifiers with NULL, as every reader takes them.
    const auto* digest = std::find_if(std::begin(kDigests), std::end(kDigests), [&](const DigestName& name) {
      return name.digest == algorithm.digest;
    });
    if (digest == std::end(kDigests)) throw std::logic_error("a digest without an identifier");
    const std::string hash = der::Sequence({der::Oid(digest->oid), der::Wrap(der::kNull, "")});
    const std::string mask = der::Sequence({der::Oid(kMgf1Oid), hash});
    return der::Sequence(
        {der::Oid(kPssOid),
         der::Sequence({der::Wrap(der::kContext0, hash), der::Wrap(der::kContext1, mask),
                        der::Wrap(der::kContext2, der::Integer(SizeOf(algorithm.digest)))})});
  }
  const auto* found = std::find_if(std::begin(kMethods), std::end(kMethods), [&](const MethodName& name) {
    return name.scheme == algorithm.scheme && name.digest == algorithm.digest &&
           name.digest != Digest::kOther;
  });
  if (found == std::end(kMethods)) throw std::logic_error("a signature algorithm without an identifier");
  if (algorithm.scheme == Scheme::kRsaPkcs1) {
    return der::Sequence({der::Oid(found->oid), der::Wrap(der::kNull, "")});
  }
  return der::Sequence({der::Oid(found->oid)});
}

SignatureMethod MethodOf(const SignatureAlgorithm& algorithm) {
  SignatureMethod method;
  method.algorithm = algorithm;
  method.pss = {algorithm.digest, static_cast<int>(SizeOf(algorithm.digest))};
  return method;
}

SignatureCheck CheckSignatureValue(const Certificate& certificate, const SignatureMethod& method,
                                   std::initializer_list<std::string_view> pieces,
                                   std::string_view signature) {
  const QuietErrors quiet;
  const PkeyHandle key = KeyOf(certificate);
  const EVP_MD* digest = MessageDigest(method.algorithm.digest);
  if (certificate.key_scheme == Scheme::kOther || key == nullptr || digest == nullptr ||
      !Fits(key.get(), method.algorithm.scheme)) {
    return SignatureCheck::kUnknown;
  }
  const Handle<EVP_MD_CTX, EVP_MD_CTX_free> context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* key_context = nullptr;
  if (context == nullptr ||
      EVP_DigestVerifyInit(context.get(), &key_context, digest, nullptr, key.get()) != 1) {
    return SignatureCheck::kUnknown;  // a PSS key may forbid the digest
  }
  if (method.algorithm.scheme == Scheme::kRsaPss) {
    const EVP_MD* mask = MessageDigest(method.pss.mask_digest);
    if (mask == nullptr || EVP_PKEY_CTX_set_rsa_padding(key_context, RSA_PKCS1_PSS_PADDING) != 1 ||
        EVP_PKEY_CTX_set_rsa_mgf1_md(key_context, mask) != 1 ||
        EVP_PKEY_CTX_set_rsa_pss_saltlen(key_context, method.pss.salt_bytes) != 1) {
      return SignatureCheck::kUnknown;
    }
  }
  for (const std::string_view piece : pieces) {
    if (EVP_DigestVerifyUpdate(context.get(), piece.data(), piece.size()) != 1)
      return SignatureCheck::kUnknown;
  }
  return EVP_DigestVerifyFinal(context.get(), reinterpret_cast<const unsigned char*>(signature.data()),
                               signature.size()) == 1
             ? SignatureCheck::kValid
             : SignatureCheck::kInvalid;
}

Digest RecoverDigest(const Certificate& certificate, std::string_view signature) {
  const QuietErrors quiet;
  const PkeyHandle key = KeyOf(certificate);
  if (certificate.key_scheme != Scheme::kRsaPkcs1 || key == nullptr) return Digest::kOther;
  const Handle<EVP_PKEY_CTX, EVP_PKEY_CTX_free> context(EVP_PKEY_CTX_new(key.get(), nullptr));
  std::string info(static_cast<std::size_t>(std::max(EVP_PKEY_get_size(key.get()), 1)), '\0');
  std::size_t size = info.size();
  if (context == nullptr || EVP_PKEY_verify_recover_init(context.get()) != 1 ||
      EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) != 1 ||
      EVP_PKEY_verify_recover(context.get(), reinterpret_cast<unsigned char*>(info.data()), &size,
                              reinterpret_cast<const unsigned char*>(signature.data()),
                              signature.size()) != 1) {
    return Digest::kOther;
  }
  info.resize(std::min(size, info.size()));
  der::Reader outer(info);  // DigestInfo ::= SEQUENCE { AlgorithmIdentifier, OCTET STRING }
  const auto sequence = outer.Next(der::kSequence);
  return sequence ? ReadDigestAlgorithm(sequence->content) : Digest::kOther;
}

}  // namespace vanthu::signing
