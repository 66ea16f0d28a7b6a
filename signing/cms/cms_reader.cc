#include "signing/cms/cms_reader.h"

#include "signing/cms/der.h"

namespace vanthu::signing {
namespace {

constexpr std::string_view kSignedDataOid = "1.2.840.113549.1.7.2";
constexpr std::string_view kOcspResponseOid = "1.3.6.1.5.5.7.16.2";

// SET OF Attribute; false where one cannot be read.
bool ReadAttributes(std::string_view content, std::vector<CmsAttribute>& out) {
  for (der::Reader reader(content); !reader.AtEnd();) {
    const auto attribute = reader.Next(der::kSequence);
    if (!attribute) return false;
    der::Reader parts(attribute->content);
    const auto oid = parts.Next(der::kOid);
    const auto values = parts.Next(der::kSet);
    if (!oid || !values || !parts.AtEnd()) return false;
    CmsAttribute read{.oid = der::OidText(oid->content), .values = {}};
    for (der::Reader each(values->content); !each.AtEnd();) {
      const auto value = each.Next();
      if (!value) return false;
      read.values.emplace_back(value->whole);
    }
    out.push_back(std::move(read));
  }
  return true;
}

// EncapsulatedContentInfo ::= SEQUENCE { eContentType, eContent [0] EXPLICIT OCTET STRING OPTIONAL }; in
// PKCS#7 the content may be any type, and what is hashed is its content octets.
bool ReadContent(std::string_view content, SignedData& out) {
  der::Reader reader(content);
  const auto type = reader.Next(der::kOid);
  if (!type) return false;
  out.content_type = der::OidText(type->content);
  if (reader.AtEnd()) return true;
  const auto wrapped = reader.Next(der::kContext0);
  if (!wrapped || !reader.AtEnd()) return false;
  der::Reader inner(wrapped->content);
  const auto octets = inner.Next();
  if (!octets || !inner.AtEnd()) return false;
  out.content = std::string(octets->content);
  return true;
}

bool ReadCertificates(std::string_view content, SignedData& out) {
  for (der::Reader reader(content); !reader.AtEnd();) {
    const auto element = reader.Next();
    if (!element) return false;
    if (element->id == der::kSequence)
      out.certificates.emplace_back(element->whole);  // others are long obsolete
  }
  return true;
}

bool ReadRevocations(std::string_view content, SignedData& out) {
  for (der::Reader reader(content); !reader.AtEnd();) {
    const auto element = reader.Next();
    if (!element) return false;
    if (element->id == der::kSequence) out.crls.emplace_back(element->whole);
    if (element->id != der::kContext1) continue;
    der::Reader other(element->content);
    const auto format = other.Next(der::kOid);
    if (format && der::OidText(format->content) == kOcspResponseOid)
      out.ocsp_responses.emplace_back(other.rest());
  }
  return true;
}

bool ReadSignerIdentifier(der::Reader& reader, SignerInfo& out) {
  if (const auto named = reader.Next(der::kSequence)) {
    der::Reader parts(named->content);
    const auto issuer = parts.Next(der::kSequence);
    const auto serial = parts.Next(der::kInteger);
    if (!issuer || !serial || !parts.AtEnd()) return false;
    out.issuer_name = issuer->whole;
    out.serial = der::IntegerHex(serial->content);
    return true;
  }
  const auto key = reader.Next(der::kContext0Primitive);
  if (!key || key->content.empty()) return false;
  out.key_id = key->content;
  return true;
}

bool ReadSigner(std::string_view content, SignerInfo& out) {
  der::Reader reader(content);
  if (!reader.Next(der::kInteger) || !ReadSignerIdentifier(reader, out)) return false;
  const auto digest = reader.Next(der::kSequence);
  if (!digest) return false;
  out.digest_algorithm = digest->whole;
  if (const auto attributes = reader.Next(der::kContext0)) {
    out.has_signed_attributes = true;
    out.signed_attributes_raw = attributes->content;
    if (!ReadAttributes(attributes->content, out.signed_attributes)) return false;
  }
  const auto algorithm = reader.Next(der::kSequence);
  const auto signature = reader.Next(der::kOctetString);
  if (!algorithm || !signature) return false;
  out.signature_algorithm = algorithm->whole;
  out.signature = signature->content;
  if (const auto attributes = reader.Next(der::kContext1)) {
    if (!ReadAttributes(attributes->content, out.unsigned_attributes)) return false;
  }
  return reader.AtEnd();
}

bool ReadBody(std::string_view content, SignedData& out) {
  der::Reader reader(content);
  if (!reader.Next(der::kInteger) || !reader.Next(der::kSet)) return false;
  const auto encapsulated = reader.Next(der::kSequence);
  if (!encapsulated || !ReadContent(encapsulated->content, out)) return false;
  if (const auto certificates = reader.Next(der::kContext0)) {
    if (!ReadCertificates(certificates->content, out)) return false;
  }
  if (const auto revocations = reader.Next(der::kContext1)) {
    if (!ReadRevocations(revocations->content, out)) return false;
  }
  const auto signers = reader.Next(der::kSet);
  if (!signers || !reader.AtEnd()) return false;
  for (der::Reader each(signers->content); !each.AtEnd();) {
    const auto signer = each.Next(der::kSequence);
    SignerInfo read;
    if (!signer || !ReadSigner(signer->content, read)) return false;
    out.signers.push_back(std::move(read));
  }
  return true;
}

}  // namespace

std::optional<SignedData> ReadSignedData(std::string_view bytes) {
  std::size_t used = 0;
  const auto whole = der::ToDefinite(bytes, used);
  if (!whole || bytes.find_first_not_of('\0', used) != std::string_view::npos) return std::nullopt;
  der::Reader outer(*whole);
  const auto info = outer.Next(der::kSequence);
  if (!info) return std::nullopt;
  der::Reader reader(info->content);
  const auto type = reader.Next(der::kOid);
  const auto wrapped = reader.Next(der::kContext0);
  if (!type || der::OidText(type->content) != kSignedDataOid || !wrapped || !reader.AtEnd())
    return std::nullopt;
  der::Reader inner(wrapped->content);
  const auto body = inner.Next(der::kSequence);
  SignedData out;
  if (!body || !inner.AtEnd() || !ReadBody(body->content, out)) return std::nullopt;
  return out;
}

std::optional<Der> CanonicalAttributes(std::string_view content) {
  std::vector<std::string> attributes;
  for (der::Reader reader(content); !reader.AtEnd();) {
    const auto attribute = reader.Next(der::kSequence);
    if (!attribute) return std::nullopt;
    der::Reader parts(attribute->content);
    const auto oid = parts.Next(der::kOid);
    const auto values = parts.Next(der::kSet);
    if (!oid || !values) return std::nullopt;
    std::vector<std::string> elements;
    for (der::Reader each(values->content); !each.AtEnd();) {
      const auto value = each.Next();
      auto shortest = value ? der::WithShortestLengths(value->whole) : std::nullopt;
      if (!shortest) return std::nullopt;
      elements.push_back(std::move(*shortest));
    }
    attributes.push_back(
        der::Sequence({der::Wrap(der::kOid, oid->content), der::SetOf(std::move(elements))}));
  }
  return der::SetOf(std::move(attributes));
}

}  // namespace vanthu::signing
