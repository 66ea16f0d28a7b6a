#include "tests/signing/pki.h"

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/pkcs7.h>
#include <openssl/provider.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <stdexcept>

#include "tests/signing/pki_openssl.h"

namespace vanthu::signing::pki {

void Require(bool condition, const char* what) {
  if (condition) return;
  char words[256] = "";
  ERR_error_string_n(ERR_peek_last_error(), words, sizeof words);
  throw std::logic_error(std::string("test PKI: ") + what + ": " + words);
}

X509Handle ReadCertificate(std::string_view der) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  X509Handle certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
  Require(certificate != nullptr, "certificate");
  return certificate;
}

KeyHandle ReadKey(std::string_view der) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  KeyHandle key(d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(der.size())));
  Require(key != nullptr, "key");
  return key;
}

Asn1TimeHandle MakeAsn1Time(Time time) {
  Asn1TimeHandle made(ASN1_TIME_adj(nullptr, time.time_since_epoch().count(), 0, 0));
  Require(made != nullptr, "time");
  return made;
}

Asn1TimeHandle MakeGeneralizedTime(Time time) {
  Asn1TimeHandle made(ASN1_GENERALIZEDTIME_adj(nullptr, time.time_since_epoch().count(), 0, 0));
  Require(made != nullptr, "time");
  return made;
}

namespace {

std::string BytesOf(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(size)};
}

void AddName(X509_NAME* name, const char* field, const std::string& value) {
  Require(X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8,
                                     reinterpret_cast<const unsigned char*>(value.data()),
                                     static_cast<int>(value.size()), -1, 0) == 1,
          field);
}

void AddExtension(X509* certificate, X509V3_CTX* context, const std::string& name, const std::string& value) {
  const Handle<X509_EXTENSION, X509_EXTENSION_free> extension(
      X509V3_EXT_conf(nullptr, context, name.c_str(), value.c_str()));
  Require(extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1, name.c_str());
}

void AddExtensions(X509* certificate, X509* issuer, const CertificatePlan& plan) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const auto add = [&](const std::string& name, const std::string& value) {
    AddExtension(certificate, &context, name, value);
  };
  if (plan.basic_constraints) {
    std::string constraints = plan.ca ? "critical,CA:TRUE" : "critical,CA:FALSE";
    if (plan.path_length) constraints += ",pathlen:" + std::to_string(*plan.path_length);
    add("basicConstraints", constraints);
  }
  if (plan.key_identifiers) {
    add("subjectKeyIdentifier", "hash");
    add("authorityKeyIdentifier", "keyid:always");
  }
  if (!plan.key_usage.empty()) add("keyUsage", plan.key_usage);
  if (!plan.extended_key_usage.empty()) add("extendedKeyUsage", plan.extended_key_usage);
  std::string access;
  if (!plan.ocsp_url.empty()) access = "OCSP;URI:" + plan.ocsp_url;
  if (!plan.issuer_url.empty()) {
    if (!access.empty()) access += ",";
    access += "caIssuers;URI:";
    access += plan.issuer_url;
  }
  if (!access.empty()) add("authorityInfoAccess", access);
  if (!plan.crl_url.empty()) add("crlDistributionPoints", "URI:" + plan.crl_url);
  if (plan.ocsp_no_check) add("noCheck", "ignored");
  for (const auto& [name, value] : plan.extensions) add(name, value);
}

// PSS as RFC 8017 advises: the salt as long as the digest.
void InitDigestSign(EVP_MD_CTX* context, EVP_PKEY* key, const std::string& digest, bool pss) {
  EVP_PKEY_CTX* key_context = nullptr;
  Require(EVP_DigestSignInit(context, &key_context, EVP_get_digestbyname(digest.c_str()), nullptr, key) == 1,
          "EVP_DigestSignInit");
  if (!pss) return;
  Require(EVP_PKEY_CTX_set_rsa_padding(key_context, RSA_PKCS1_PSS_PADDING) == 1 &&
              EVP_PKEY_CTX_set_rsa_pss_saltlen(key_context, RSA_PSS_SALTLEN_DIGEST) == 1,
          "PSS");
}

int PbeOf(Pkcs12Kind kind, bool of_key) {
  switch (kind) {
    case Pkcs12Kind::kAes:
      return NID_aes_256_cbc;
    case Pkcs12Kind::kTripleDes:
      return NID_pbe_WithSHA1And3_Key_TripleDES_CBC;
    case Pkcs12Kind::kRc2:
      return of_key ? NID_pbe_WithSHA1And3_Key_TripleDES_CBC : NID_pbe_WithSHA1And40BitRC2_CBC;
  }
  return NID_undef;
}

}  // namespace

Der MakeKey(KeyKind kind) {
  KeyHandle key;
  switch (kind) {
    case KeyKind::kRsa1024:
      key.reset(EVP_RSA_gen(1024));
      break;
    case KeyKind::kRsa2048:
      key.reset(EVP_RSA_gen(2048));
      break;
    case KeyKind::kRsa3072:
      key.reset(EVP_RSA_gen(3072));
      break;
    case KeyKind::kRsaPss2048: {
      const Handle<EVP_PKEY_CTX, EVP_PKEY_CTX_free> context(EVP_PKEY_CTX_new_id(EVP_PKEY_RSA_PSS, nullptr));
      EVP_PKEY* made = nullptr;
      Require(EVP_PKEY_keygen_init(context.get()) == 1 &&
                  EVP_PKEY_CTX_set_rsa_keygen_bits(context.get(), 2048) == 1 &&
                  EVP_PKEY_keygen(context.get(), &made) == 1,
              "PSS key");
      key.reset(made);
      break;
    }
    case KeyKind::kP256:
      key.reset(EVP_EC_gen("P-256"));
      break;
    case KeyKind::kP384:
      key.reset(EVP_EC_gen("P-384"));
      break;
    case KeyKind::kP521:
      key.reset(EVP_EC_gen("P-521"));
      break;
    case KeyKind::kP192:
      key.reset(EVP_EC_gen("P-192"));
      break;
    case KeyKind::kDsa2048: {
      const Handle<EVP_PKEY_CTX, EVP_PKEY_CTX_free> parameters(EVP_PKEY_CTX_new_id(EVP_PKEY_DSA, nullptr));
      EVP_PKEY* domain = nullptr;
      Require(
          EVP_PKEY_paramgen_init(parameters.get()) == 1 && EVP_PKEY_paramgen(parameters.get(), &domain) == 1,
          "DSA parameters");
      const KeyHandle held(domain);
      const Handle<EVP_PKEY_CTX, EVP_PKEY_CTX_free> context(EVP_PKEY_CTX_new(domain, nullptr));
      EVP_PKEY* made = nullptr;
      Require(EVP_PKEY_keygen_init(context.get()) == 1 && EVP_PKEY_keygen(context.get(), &made) == 1,
              "DSA key");
      key.reset(made);
      break;
    }
  }
  Require(key != nullptr, "key");
  const Handle<PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free> info(EVP_PKEY2PKCS8(key.get()));
  Require(info != nullptr, "PKCS#8");
  return ToDer(info.get(), i2d_PKCS8_PRIV_KEY_INFO);
}

Identity MakeCertificate(const CertificatePlan& plan, const Identity* issuer) {
  Identity made;
  made.key = plan.same_key.empty() ? MakeKey(plan.key) : plan.same_key;
  const KeyHandle key = ReadKey(made.key);
  const X509Handle certificate(X509_new());
  X509* x = certificate.get();
  Require(X509_set_version(x, X509_VERSION_3) == 1 && X509_set_pubkey(x, key.get()) == 1, "certificate");
  std::uint64_t serial = plan.serial;
  if (serial == 0) {
    Require(RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) == 1, "random");
    serial = (serial >> 1) | 1;
  }
  Require(ASN1_INTEGER_set_uint64(X509_get_serialNumber(x), serial) == 1, "serial");
  Require(X509_set1_notBefore(x, MakeAsn1Time(plan.not_before).get()) == 1 &&
              X509_set1_notAfter(x, MakeAsn1Time(plan.not_after).get()) == 1,
          "validity");
  X509_NAME* subject = X509_get_subject_name(x);
  AddName(subject, "C", "VN");
  if (!plan.organisation.empty()) AddName(subject, "O", plan.organisation);
  AddName(subject, "L", "Thanh Xá");
  if (!plan.common_name.empty()) AddName(subject, "CN", plan.common_name);

  X509Handle issuer_certificate;
  if (issuer != nullptr) issuer_certificate = ReadCertificate(issuer->certificate);
  X509* above = issuer != nullptr ? issuer_certificate.get() : x;
  Require(X509_set_issuer_name(x, X509_get_subject_name(above)) == 1, "issuer");
  AddExtensions(x, above, plan);

  const KeyHandle signing_key = ReadKey(issuer != nullptr ? issuer->key : made.key);
  const Handle<EVP_MD_CTX, EVP_MD_CTX_free> context(EVP_MD_CTX_new());
  InitDigestSign(context.get(), signing_key.get(), plan.digest, plan.pss);
  Require(X509_sign_ctx(x, context.get()) > 0, "sign");
  made.certificate = ToDer(x, i2d_X509);
  return made;
}

std::string MakePkcs12(const Identity& identity, const std::vector<Der>& chain, const std::string& password,
                       Pkcs12Kind kind) {
  // RC2 lies in the legacy provider: a context of its own, so that the tests' default one stays as programs
  // have it.
  const Handle<OSSL_LIB_CTX, OSSL_LIB_CTX_free> library(OSSL_LIB_CTX_new());
  const Handle<OSSL_PROVIDER, OSSL_PROVIDER_unload> standard(OSSL_PROVIDER_load(library.get(), "default"));
  Handle<OSSL_PROVIDER, OSSL_PROVIDER_unload> legacy;
  if (kind == Pkcs12Kind::kRc2) legacy.reset(OSSL_PROVIDER_load(library.get(), "legacy"));
  Require(standard != nullptr && (kind != Pkcs12Kind::kRc2 || legacy != nullptr), "provider");
  const KeyHandle key = ReadKey(identity.key);
  const X509Handle certificate = ReadCertificate(identity.certificate);
  const X509Stack others = MakeStack(chain);
  const Handle<PKCS12, PKCS12_free> made(PKCS12_create_ex(
      password.c_str(), "Chữ ký", key.get(), certificate.get(), others.get(), PbeOf(kind, true),
      PbeOf(kind, false), 2048, kind == Pkcs12Kind::kAes ? 2048 : 1, 0, library.get(), nullptr));
  Require(made != nullptr, "PKCS#12");
  return ToDer(made.get(), i2d_PKCS12);
}

X509Stack MakeStack(const std::vector<Der>& certificates) {
  X509Stack stack(sk_X509_new_null());
  for (const Der& der : certificates)
    Require(sk_X509_push(stack.get(), ReadCertificate(der).release()) > 0, "stack");
  return stack;
}

std::string ToPem(std::string_view der, const std::string& label) {
  const Handle<BIO, BIO_free_all> bio(BIO_new(BIO_s_mem()));
  Require(PEM_write_bio(bio.get(), label.c_str(), "", reinterpret_cast<const unsigned char*>(der.data()),
                        static_cast<long>(der.size())) > 0,
          "PEM");
  return BytesOf(bio.get());
}

Der MakeBag(const std::vector<Der>& certificates) {
  const Handle<PKCS7, PKCS7_free> bag(PKCS7_new());
  Require(PKCS7_set_type(bag.get(), NID_pkcs7_signed) == 1 &&
              PKCS7_content_new(bag.get(), NID_pkcs7_data) == 1 && PKCS7_set_detached(bag.get(), 1) == 1,
          "bag");
  for (const Der& der : certificates) {
    Require(PKCS7_add_certificate(bag.get(), ReadCertificate(der).get()) == 1, "bag");
  }
  return ToDer(bag.get(), i2d_PKCS7);
}

}  // namespace vanthu::signing::pki
