#include "signing/trust/ocsp.h"

#include "signing/cms/algorithm_identifier.h"
#include "signing/cms/der.h"
#include "signing/cms/openssl.h"
#include "signing/trust/crl.h"

namespace vanthu::signing {
namespace {

constexpr std::string_view kBasicOid = "1.3.6.1.5.5.7.48.1.1";
constexpr std::string_view kCutoffOid = "1.3.6.1.5.5.7.48.1.6";
constexpr std::size_t kMostCertificates = 20;

// The octets of subjectPublicKey, without the tag, length and unused bits: what OCSP hashes.
std::string KeyOctets(const Certificate& certificate) {
  const QuietErrors quiet;
  const X509Handle x509 = ReadX509(certificate.der);
  const ASN1_BIT_STRING* bits = x509 != nullptr ? X509_get0_pubkey_bitstr(x509.get()) : nullptr;
  if (bits == nullptr) return {};
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(bits)),
          static_cast<std::size_t>(ASN1_STRING_length(bits))};
}

// ResponseData ::= SEQUENCE { [0] version DEFAULT v1, responderID CHOICE { [1] Name, [2] KeyHash },
// producedAt, responses SEQUENCE OF, [1] extensions OPTIONAL }
bool ReadSignedPart(std::string_view content, OcspResponse& out) {
  der::Reader reader(content);
  reader.Next(der::kContext0);
  if (const auto name = reader.Next(der::kContext1)) {
    out.responder_name = name->content;
  } else if (const auto key = reader.Next(der::kContext2)) {
    const auto hash = der::Reader(key->content).Next(der::kOctetString);
    if (!hash) return false;
    out.responder_key = hash->content;
  } else {
    return false;
  }
  const auto produced = reader.Next(der::kGeneralizedTime);
  const auto time = produced ? der::ReadTime(*produced) : std::nullopt;
  const auto answers = reader.Next(der::kSequence);
  if (!time || !answers) return false;
  out.produced_at = *time;
  out.answers = answers->content;
  return true;
}

// BasicOCSPResponse ::= SEQUENCE { tbsResponseData, signatureAlgorithm, signature, [0] certs OPTIONAL }
bool ReadBasic(std::string_view bytes, OcspResponse& out) {
  der::Reader outer(bytes);
  const auto basic = outer.Next(der::kSequence);
  if (!basic) return false;
  der::Reader reader(basic->content);
  const auto signed_part = reader.Next(der::kSequence);
  const auto algorithm = reader.Next(der::kSequence);
  const auto signature = reader.Next(der::kBitString);
  if (!signed_part || !algorithm || !signature || signature->content.size() < 2) return false;
  out.signed_part = signed_part->whole;
  out.algorithm = algorithm->whole;
  out.signature = signature->content.substr(1);
  if (const auto wrapped = reader.Next(der::kContext0)) {
    const auto list = der::Reader(wrapped->content).Next(der::kSequence);
    for (der::Reader each(list ? list->content : std::string_view()); !each.AtEnd();) {
      const auto certificate = each.Next(der::kSequence);
      if (!certificate || out.certificates.size() >= kMostCertificates) break;
      out.certificates.emplace_back(certificate->whole);
    }
  }
  return ReadSignedPart(signed_part->content, out);
}

// CertID ::= SEQUENCE { hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber }
bool Names(std::string_view content, const Certificate& certificate, const Certificate& issuer,
           const std::string& issuer_key) {
  der::Reader reader(content);
  const auto algorithm = reader.Next(der::kSequence);
  const auto name = reader.Next(der::kOctetString);
  const auto key = reader.Next(der::kOctetString);
  const auto serial = reader.Next(der::kInteger);
  if (!algorithm || !name || !key || !serial || der::IntegerHex(serial->content) != certificate.serial)
    return false;
  const Digest digest = ReadDigestAlgorithm(algorithm->whole);
  const auto key_hash = DigestOf(digest, {issuer_key});
  const auto name_hash = DigestOf(digest, {issuer.subject_name});
  const auto other_name_hash = DigestOf(digest, {certificate.issuer_name});  // as the leaf spells it
  return key_hash && name_hash && other_name_hash && key->content == *key_hash &&
         (name->content == *name_hash || name->content == *other_name_hash);
}

// RevokedInfo ::= SEQUENCE { revocationTime, [0] revocationReason OPTIONAL }
bool ReadRevoked(std::string_view content, OcspStatus& out) {
  der::Reader reader(content);
  const auto time = reader.Next(der::kGeneralizedTime);
  out.kind = OcspStatus::Kind::kRevoked;
  out.revoked_at = time ? der::ReadTime(*time) : std::nullopt;
  if (const auto wrapped = reader.Next(der::kContext0)) {
    const auto reason = der::Reader(wrapped->content).Next(der::kEnumerated);
    const auto number = reason ? der::SmallInteger(reason->content) : std::nullopt;
    if (number) out.reason = ReasonName(*number);
  }
  return out.revoked_at.has_value();
}

std::optional<Time> ReadCutoff(std::string_view extensions) {
  der::Reader outer(extensions);
  const auto list = outer.Next(der::kSequence);
  for (der::Reader each(list ? list->content : std::string_view()); !each.AtEnd();) {
    const auto extension = each.Next(der::kSequence);
    if (!extension) break;
    der::Reader parts(extension->content);
    const auto oid = parts.Next(der::kOid);
    parts.Next(der::kBoolean);
    const auto value = parts.Next(der::kOctetString);
    if (!oid || !value || der::OidText(oid->content) != kCutoffOid) continue;
    const auto time = der::Reader(value->content).Next(der::kGeneralizedTime);
    if (time) return der::ReadTime(*time);
  }
  return std::nullopt;
}

// What follows certID: certStatus CHOICE { good [0], revoked [1], unknown [2] }, thisUpdate, [0] nextUpdate
// OPTIONAL, [1] singleExtensions OPTIONAL
std::optional<OcspStatus> ReadStatus(der::Reader& reader) {
  OcspStatus status;
  const auto kind = reader.Next();
  const auto this_update = reader.Next(der::kGeneralizedTime);
  const auto time = this_update ? der::ReadTime(*this_update) : std::nullopt;
  if (!kind || !time) return std::nullopt;
  status.this_update = *time;
  if (kind->id == der::kContext0Primitive) {
    status.kind = OcspStatus::Kind::kGood;
  } else if (kind->id == der::kContext1) {
    if (!ReadRevoked(kind->content, status)) return std::nullopt;
  } else if (kind->id != der::kContext2Primitive) {
    return std::nullopt;
  }
  if (const auto wrapped = reader.Next(der::kContext0)) {
    const auto next_update = der::Reader(wrapped->content).Next(der::kGeneralizedTime);
    status.next_update = next_update ? der::ReadTime(*next_update) : std::nullopt;
    if (!status.next_update) return std::nullopt;
  }
  if (const auto extensions = reader.Next(der::kContext1))
    status.archive_cutoff = ReadCutoff(extensions->content);
  return status;
}

}  // namespace

std::optional<OcspResponse> ReadOcsp(std::string_view bytes) {
  der::Reader outer(bytes);
  const auto whole = outer.Next(der::kSequence);
  if (!whole) return std::nullopt;
  der::Reader reader(whole->content);
  const auto status = reader.Next(der::kEnumerated);
  const auto wrapped = reader.Next(der::kContext0);
  if (!status || status->content != std::string_view("\0", 1) || !wrapped) return std::nullopt;
  const auto typed = der::Reader(wrapped->content).Next(der::kSequence);
  if (!typed) return std::nullopt;
  der::Reader parts(typed->content);
  const auto type = parts.Next(der::kOid);
  const auto basic = parts.Next(der::kOctetString);
  OcspResponse response;
  if (!type || !basic || der::OidText(type->content) != kBasicOid || !ReadBasic(basic->content, response)) {
    return std::nullopt;
  }
  return response;
}

std::optional<OcspStatus> FindStatus(const OcspResponse& response, const Certificate& certificate,
                                     const Certificate& issuer) {
  const std::string issuer_key = KeyOctets(issuer);
  for (der::Reader reader(response.answers); !reader.AtEnd();) {
    const auto answer = reader.Next(der::kSequence);
    if (!answer) return std::nullopt;
    der::Reader parts(answer->content);
    const auto id = parts.Next(der::kSequence);
    if (id && Names(id->content, certificate, issuer, issuer_key)) return ReadStatus(parts);
  }
  return std::nullopt;
}

bool IsNamedResponder(const OcspResponse& response, const Certificate& certificate) {
  if (!response.responder_name.empty()) return SameName(response.responder_name, certificate.subject_name);
  const auto hash = DigestOf(Digest::kSha1, {KeyOctets(certificate)});
  return hash && *hash == response.responder_key;
}

}  // namespace vanthu::signing
