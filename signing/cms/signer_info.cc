#include "signing/cms/signer_info.h"

#include "signing/cms/openssl.h"

namespace vanthu::signing {
namespace {

// IssuerSerial ::= SEQUENCE { issuer GeneralNames, serialNumber }; absent is right.
bool IssuerSerialFits(der::Reader& reader, const Certificate& signer) {
  const auto issuer_serial = reader.Next(der::kSequence);
  if (!issuer_serial) return true;
  der::Reader parts(issuer_serial->content);
  const auto names = parts.Next(der::kSequence);
  const auto serial = parts.Next(der::kInteger);
  if (!names || !serial || der::IntegerHex(serial->content) != signer.serial) return false;
  der::Reader each(names->content);
  const auto directory = each.Next(der::kContext0 + 4);  // [4] directoryName, explicit for a CHOICE
  return directory && SameName(directory->content, signer.issuer_name);
}

// ESSCertID or ESSCertIDv2, the first of SigningCertificate's certs: whether it names `signer`.
bool EssNames(const std::string& value, bool second_version, const Certificate& signer) {
  der::Reader outer(value);
  const auto signing = outer.Next(der::kSequence);
  if (!signing) return false;
  der::Reader certs_reader(signing->content);
  const auto certs = certs_reader.Next(der::kSequence);
  if (!certs) return false;
  der::Reader ids(certs->content);
  const auto id = ids.Next(der::kSequence);
  if (!id) return false;
  der::Reader parts(id->content);
  Digest digest = second_version ? Digest::kSha256 : Digest::kSha1;
  if (second_version) {
    if (const auto algorithm = parts.Next(der::kSequence)) digest = ReadDigestAlgorithm(algorithm->whole);
  }
  const auto hash = parts.Next(der::kOctetString);
  const auto expected = DigestOf(digest, {signer.der});
  return hash && expected && *expected == hash->content && IssuerSerialFits(parts, signer);
}

}  // namespace

std::vector<Certificate> ParseEmbedded(const std::vector<Der>& certificates) {
  std::vector<Certificate> parsed;
  for (const Der& der : certificates) {
    if (parsed.size() >= kMostCertificates) break;
    if (auto certificate = ParseCertificate(der)) parsed.push_back(std::move(*certificate));
  }
  return parsed;
}

std::vector<const CmsAttribute*> Find(const std::vector<CmsAttribute>& attributes, std::string_view oid) {
  std::vector<const CmsAttribute*> found;
  for (const CmsAttribute& attribute : attributes) {
    if (attribute.oid == oid) found.push_back(&attribute);
  }
  return found;
}

std::optional<der::Element> OnlyValue(const std::vector<CmsAttribute>& attributes, std::string_view oid) {
  const auto found = Find(attributes, oid);
  if (found.size() != 1 || found.front()->values.size() != 1) return std::nullopt;
  return der::Reader(found.front()->values.front()).Next();
}

std::optional<Certificate> FindSigner(const SignerInfo& info, const std::vector<Certificate>& certificates) {
  for (const Certificate& certificate : certificates) {
    const bool by_name = !info.issuer_name.empty() && certificate.serial == info.serial &&
                         SameName(certificate.issuer_name, info.issuer_name);
    const bool by_key = !info.key_id.empty() && certificate.subject_key_id == info.key_id;
    if (by_name || by_key) return certificate;
  }
  return std::nullopt;
}

EssFinding CheckEss(const SignerInfo& info, const Certificate* signer) {
  EssFinding finding;
  for (const bool second_version : {false, true}) {
    const auto found =
        Find(info.signed_attributes, second_version ? kSigningCertificateV2Oid : kSigningCertificateOid);
    if (found.empty()) continue;
    finding.present = true;
    const bool one = found.size() == 1 && found.front()->values.size() == 1;
    finding.right = finding.right && one && signer != nullptr &&
                    EssNames(found.front()->values.front(), second_version, *signer);
  }
  return finding;
}

SignatureCheck CheckOverAttributes(const Certificate& signer, const SignatureMethod& method,
                                   const SignerInfo& info) {
  SignatureCheck check = SignatureCheck::kInvalid;
  const auto canonical = CanonicalAttributes(info.signed_attributes_raw);
  if (canonical) check = CheckSignatureValue(signer, method, {*canonical}, info.signature);
  if (check != SignatureCheck::kInvalid) return check;
  const Der as_written = der::Wrap(der::kSet, info.signed_attributes_raw);
  if (canonical && as_written == *canonical) return check;
  return CheckSignatureValue(signer, method, {as_written}, info.signature);
}

SignatureMethod MethodOfSigner(const SignerInfo& info, Digest digest, bool& disagree) {
  SignatureMethod method = ReadSignatureMethod(info.signature_algorithm);
  if (method.digest_is_open) method.algorithm.digest = digest;
  disagree = method.algorithm.digest != digest;
  return method;
}

}  // namespace vanthu::signing
