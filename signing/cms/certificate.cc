#include "signing/cms/certificate.h"

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <algorithm>

#include "pipeline/base/file.h"
#include "pipeline/base/unicode.h"
#include "signing/cms/algorithm_identifier.h"
#include "signing/cms/cms_reader.h"
#include "signing/cms/der.h"
#include "signing/cms/openssl.h"

namespace vanthu::signing {
namespace {

// More than one address of a kind is for redundancy; a certificate with hundreds wants us to be busy.
constexpr std::size_t kMostUrls = 8;
constexpr std::size_t kLongestUrl = 2048;
// Larger RSA keys are no stronger against anything known, but each signature by one costs its reader dearly.
constexpr int kMostRsaBits = 8192;

Error NoCertificate() {
  return MakeError(ErrorCode::kDamaged,
                   {"không đọc được chứng thư số", "this is no certificate that can be read"},
                   {"Cần tệp chứng thư X.509 dạng DER hoặc PEM (.cer, .crt, .pem, .p7b).",
                    "An X.509 certificate in DER or PEM is needed (.cer, .crt, .pem, .p7b)."});
}

using NameHandle = Handle<X509_NAME, X509_NAME_free>;

NameHandle ReadName(std::string_view der) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  return NameHandle(d2i_X509_NAME(nullptr, &at, static_cast<long>(der.size())));
}

// One line for people: NFC, control characters as spaces.
std::string Printable(std::string_view text) {
  std::string line = ToNfc(text);
  std::replace_if(
      line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; },
      ' ');
  return line;
}

std::string Utf8(const ASN1_STRING* text) {
  unsigned char* bytes = nullptr;
  const int size = ASN1_STRING_to_UTF8(&bytes, text);
  if (size < 0) return {};
  std::string out = Printable({reinterpret_cast<char*>(bytes), static_cast<std::size_t>(size)});
  OPENSSL_free(bytes);
  return out;
}

// The most specific entry of a kind: the last one.
std::string Entry(const X509_NAME* name, int nid) {
  int last = -1;
  for (int at = X509_NAME_get_index_by_NID(name, nid, -1); at >= 0;
       at = X509_NAME_get_index_by_NID(name, nid, at)) {
    last = at;
  }
  return last < 0 ? std::string() : Utf8(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, last)));
}

DistinguishedName NameOf(const X509_NAME* name) {
  DistinguishedName out;
  out.common_name = Entry(name, NID_commonName);
  out.organisation = Entry(name, NID_organizationName);
  out.unit = Entry(name, NID_organizationalUnitName);
  out.locality = Entry(name, NID_localityName);
  out.country = Entry(name, NID_countryName);
  const Handle<BIO, BIO_free_all> bio(BIO_new(BIO_s_mem()));
  constexpr unsigned long kFlags = XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
  if (bio != nullptr && X509_NAME_print_ex(bio.get(), name, 0, kFlags) >= 0) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    if (size > 0) out.text = ToNfc({data, static_cast<std::size_t>(size)});
  }
  return out;
}

Der EncodingOf(const X509_NAME* name) {
  const unsigned char* bytes = nullptr;
  std::size_t size = 0;
  if (X509_NAME_get0_der(name, &bytes, &size) != 1) return {};
  return {reinterpret_cast<const char*>(bytes), size};
}

std::optional<Time> TimeOf(const ASN1_TIME* time) {
  der::Element element;
  const int type = ASN1_STRING_type(time);
  element.id = type == V_ASN1_UTCTIME ? der::kUtcTime : der::kGeneralizedTime;
  element.content = {reinterpret_cast<const char*>(ASN1_STRING_get0_data(time)),
                     static_cast<std::size_t>(ASN1_STRING_length(time))};
  return der::ReadTime(element);
}

std::string Octets(const ASN1_OCTET_STRING* octets) {
  if (octets == nullptr) return {};
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(octets)),
          static_cast<std::size_t>(ASN1_STRING_length(octets))};
}

void AddUrl(const GENERAL_NAME* name, std::vector<std::string>& urls) {
  if (name->type != GEN_URI || urls.size() >= kMostUrls) return;
  std::string url = Octets(name->d.uniformResourceIdentifier);
  if (!url.empty() && url.size() <= kLongestUrl) urls.push_back(std::move(url));
}

void ReadAddresses(const X509* x509, Certificate& out) {
  const Handle<AUTHORITY_INFO_ACCESS, AUTHORITY_INFO_ACCESS_free> access(
      static_cast<AUTHORITY_INFO_ACCESS*>(X509_get_ext_d2i(x509, NID_info_access, nullptr, nullptr)));
  for (int i = 0; access != nullptr && i < sk_ACCESS_DESCRIPTION_num(access.get()); ++i) {
    const ACCESS_DESCRIPTION* entry = sk_ACCESS_DESCRIPTION_value(access.get(), i);
    const int method = OBJ_obj2nid(entry->method);
    if (method == NID_ad_OCSP) AddUrl(entry->location, out.ocsp_urls);
    if (method == NID_ad_ca_issuers) AddUrl(entry->location, out.issuer_urls);
  }
  const Handle<CRL_DIST_POINTS, CRL_DIST_POINTS_free> points(
      static_cast<CRL_DIST_POINTS*>(X509_get_ext_d2i(x509, NID_crl_distribution_points, nullptr, nullptr)));
  for (int i = 0; points != nullptr && i < sk_DIST_POINT_num(points.get()); ++i) {
    const DIST_POINT* point = sk_DIST_POINT_value(points.get(), i);
    // One with cRLIssuer is of an indirect CRL, which is not read.
    if (point->distpoint == nullptr || point->distpoint->type != 0 || point->CRLissuer != nullptr) continue;
    const GENERAL_NAMES* names = point->distpoint->name.fullname;
    for (int n = 0; n < sk_GENERAL_NAME_num(names); ++n)
      AddUrl(sk_GENERAL_NAME_value(names, n), out.crl_urls);
  }
}

void ReadKey(X509* x509, Certificate& out) {
  EVP_PKEY* key = X509_get0_pubkey(x509);
  out.key_scheme = Scheme::kOther;
  if (key == nullptr) return;
  out.key_bits = EVP_PKEY_get_bits(key);
  int is_explicit = 0;
  switch (EVP_PKEY_get_base_id(key)) {
    case EVP_PKEY_RSA:
      if (out.key_bits <= kMostRsaBits) out.key_scheme = Scheme::kRsaPkcs1;
      break;
    case EVP_PKEY_RSA_PSS:
      if (out.key_bits <= kMostRsaBits) out.key_scheme = Scheme::kRsaPss;
      break;
    case EVP_PKEY_EC:
      EVP_PKEY_get_int_param(key, OSSL_PKEY_PARAM_EC_DECODED_FROM_EXPLICIT_PARAMS, &is_explicit);
      out.key_scheme = is_explicit != 0 ? Scheme::kOther : Scheme::kEcdsa;
      break;
    case EVP_PKEY_DSA:
      out.key_scheme = Scheme::kDsa;
      break;
    default:
      break;
  }
}

void ReadUsage(X509* x509, Certificate& out) {
  const std::uint32_t flags = X509_get_extension_flags(x509);
  out.is_ca = (flags & EXFLAG_CA) != 0;
  out.self_issued = (flags & EXFLAG_SI) != 0;
  out.has_critical_unknown_extension = (flags & EXFLAG_CRITICAL) != 0;
  out.has_broken_extension = (flags & EXFLAG_INVALID) != 0;
  const long path_length = X509_get_pathlen(x509);
  if (path_length >= 0) out.path_length = path_length;
  out.has_key_usage = (flags & EXFLAG_KUSAGE) != 0;
  if (out.has_key_usage) {
    const std::uint32_t usage = X509_get_key_usage(x509);
    out.digital_signature = (usage & KU_DIGITAL_SIGNATURE) != 0;
    out.non_repudiation = (usage & KU_NON_REPUDIATION) != 0;
    out.certificate_sign = (usage & KU_KEY_CERT_SIGN) != 0;
    out.crl_sign = (usage & KU_CRL_SIGN) != 0;
  }
  int critical = 0;
  const Handle<EXTENDED_KEY_USAGE, EXTENDED_KEY_USAGE_free> extended(
      static_cast<EXTENDED_KEY_USAGE*>(X509_get_ext_d2i(x509, NID_ext_key_usage, &critical, nullptr)));
  for (int i = 0; extended != nullptr && i < sk_ASN1_OBJECT_num(extended.get()); ++i) {
    char oid[128];
    if (OBJ_obj2txt(oid, sizeof oid, sk_ASN1_OBJECT_value(extended.get(), i), 1) > 0) {
      out.extended_usages.emplace_back(oid);
    }
  }
  out.extended_usage_critical = extended != nullptr && critical == 1;
  out.ocsp_no_check = X509_get_ext_by_NID(x509, NID_id_pkix_OCSP_noCheck, -1) >= 0;
}

// The issuer's signature algorithm, from the certificate's own octets: { tbs, algorithm, signature }.
SignatureAlgorithm SignedWith(std::string_view certificate) {
  der::Reader outer(certificate);
  const auto sequence = outer.Next(der::kSequence);
  if (!sequence) return {Scheme::kOther, Digest::kOther};
  der::Reader reader(sequence->content);
  reader.Next(der::kSequence);
  const auto algorithm = reader.Next(der::kSequence);
  return algorithm ? ReadSignatureMethod(algorithm->whole).algorithm
                   : SignatureAlgorithm{Scheme::kOther, Digest::kOther};
}

bool IsSelfSigned(X509* x509, const Certificate& value) {
  EVP_PKEY* key = X509_get0_pubkey(x509);
  return value.self_issued && value.key_scheme != Scheme::kOther && key != nullptr &&
         X509_verify(x509, key) == 1;
}

// Reads DER at the front of `bytes`.
Result<Certificate> ParseDer(std::string_view bytes) {
  const auto* begin = reinterpret_cast<const unsigned char*>(bytes.data());
  const auto* at = begin;
  const X509Handle x509(d2i_X509(nullptr, &at, static_cast<long>(bytes.size())));
  if (x509 == nullptr) return Fail(NoCertificate());
  return ValueOf(x509.get(), bytes.substr(0, static_cast<std::size_t>(at - begin)));
}

bool LooksLikePem(std::string_view bytes) {
  return bytes.find("-----BEGIN ") != std::string_view::npos;
}

struct PemBlock {
  std::string label;
  std::string der;
};

std::vector<PemBlock> PemBlocks(std::string_view bytes) {
  std::vector<PemBlock> blocks;
  const Handle<BIO, BIO_free_all> bio(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
  for (;;) {
    char* label = nullptr;
    char* header = nullptr;
    unsigned char* data = nullptr;
    long size = 0;
    if (bio == nullptr || PEM_read_bio(bio.get(), &label, &header, &data, &size) != 1) return blocks;
    blocks.push_back({label, {reinterpret_cast<char*>(data), static_cast<std::size_t>(size)}});
    OPENSSL_free(label);
    OPENSSL_free(header);
    OPENSSL_free(data);
  }
}

void AddFromBag(std::string_view bytes, std::vector<Certificate>& found) {
  const auto bag = ReadSignedData(bytes);
  if (!bag) return;
  for (const Der& der : bag->certificates) {
    if (auto certificate = ParseDer(der)) found.push_back(std::move(*certificate));
  }
}

}  // namespace

Result<Certificate> ValueOf(X509* x509, std::string_view der) {
  Certificate out;
  out.der = der;
  out.sha256 = Sha256Hex(der);
  ReadUsage(x509, out);
  const auto not_before = TimeOf(X509_get0_notBefore(x509));
  const auto not_after = TimeOf(X509_get0_notAfter(x509));
  if (!not_before || !not_after) return Fail(NoCertificate());
  out.not_before = *not_before;
  out.not_after = *not_after;
  out.subject = NameOf(X509_get_subject_name(x509));
  out.issuer = NameOf(X509_get_issuer_name(x509));
  out.subject_name = EncodingOf(X509_get_subject_name(x509));
  out.issuer_name = EncodingOf(X509_get_issuer_name(x509));
  out.subject_hash = static_cast<std::uint32_t>(X509_subject_name_hash(x509));
  out.issuer_hash = static_cast<std::uint32_t>(X509_issuer_name_hash(x509));
  const Handle<BIGNUM, BN_free> serial(ASN1_INTEGER_to_BN(X509_get0_serialNumber(x509), nullptr));
  if (serial == nullptr) return Fail(NoCertificate());
  std::string octets(static_cast<std::size_t>(BN_num_bytes(serial.get())), '\0');
  BN_bn2bin(serial.get(), reinterpret_cast<unsigned char*>(octets.data()));
  out.serial =
      (BN_is_negative(serial.get()) != 0 ? "-" : "") + der::IntegerHex(std::string(1, '\0') + octets);
  ReadKey(x509, out);
  out.signed_with = SignedWith(der);
  out.subject_key_id = Octets(X509_get0_subject_key_id(x509));
  out.authority_key_id = Octets(X509_get0_authority_key_id(x509));
  out.self_signed = IsSelfSigned(x509, out);
  ReadAddresses(x509, out);
  return out;
}

bool SameName(std::string_view a, std::string_view b) {
  if (a == b) return true;
  const QuietErrors quiet;
  const NameHandle first = ReadName(a);
  const NameHandle second = ReadName(b);
  return first != nullptr && second != nullptr && X509_NAME_cmp(first.get(), second.get()) == 0;
}

std::uint32_t NameHash(std::string_view der) {
  const QuietErrors quiet;
  const NameHandle name = ReadName(der);
  return name != nullptr
             ? static_cast<std::uint32_t>(X509_NAME_hash_ex(name.get(), nullptr, nullptr, nullptr))
             : 0;
}

Result<Certificate> ParseCertificate(std::string_view bytes) {
  const QuietErrors quiet;
  if (auto read = ParseDer(bytes)) return read;
  if (LooksLikePem(bytes)) {
    for (const PemBlock& block : PemBlocks(bytes)) {
      if (auto read = ParseDer(block.der)) return read;
    }
  }
  return Fail(NoCertificate());
}

Result<std::vector<Certificate>> ParseCertificates(std::string_view bytes) {
  const QuietErrors quiet;
  std::vector<Certificate> found;
  if (auto read = ParseDer(bytes)) {
    found.push_back(std::move(*read));
  } else if (LooksLikePem(bytes)) {
    for (const PemBlock& block : PemBlocks(bytes)) {
      if (auto certificate = ParseDer(block.der)) {
        found.push_back(std::move(*certificate));
      } else {
        AddFromBag(block.der, found);
      }
    }
  } else {
    AddFromBag(bytes, found);
  }
  if (found.empty()) return Fail(NoCertificate());
  return found;
}

}  // namespace vanthu::signing
