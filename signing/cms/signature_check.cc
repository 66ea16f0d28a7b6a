#include "signing/cms/signature_check.h"

#include <algorithm>

#include "signing/cms/algorithm_identifier.h"
#include "signing/cms/cms_reader.h"
#include "signing/cms/der.h"
#include "signing/cms/digest.h"
#include "signing/cms/openssl.h"
#include "signing/cms/signer_info.h"

namespace vanthu::signing {
namespace {

constexpr std::string_view kDataOid = "1.2.840.113549.1.7.1";
constexpr std::string_view kSigningTimeOid = "1.2.840.113549.1.9.5";
constexpr std::string_view kTimestampOid = "1.2.840.113549.1.9.16.2.14";
constexpr std::string_view kRevocationValuesOid =
    "1.2.840.113549.1.9.16.2.24";  // CAdES, ETSI EN 319 122-1, A.1.5
constexpr std::string_view kCertificateValuesOid = "1.2.840.113549.1.9.16.2.23";
constexpr std::string_view kAdobeRevocationOid = "1.2.840.113583.1.1.8";  // ISO 32000-1, 12.8.3.3.2

// More than one is for redundancy; hundreds want us to be busy.
constexpr std::size_t kMostTimestamps = 8;

void Note(CmsSignature& out, CmsProblem problem) {
  if (!out.Has(problem)) out.problems.push_back(problem);
}

void NoteWeakness(CmsSignature& out, Digest digest) {
  if (!IsStrong(digest) || !IsStrong(out.algorithm.digest)) Note(out, CmsProblem::kWeakDigest);
  if (out.signer && !IsStrongKey(out.signer->key_scheme, out.signer->key_bits))
    Note(out, CmsProblem::kWeakKey);
}

// [0] SEQUENCE OF CRL, [1] SEQUENCE OF OCSPResponse: adbe's RevocationInfoArchival; CAdES' RevocationValues
// have BasicOCSPResponse in [1], which is wrapped into an OCSPResponse here.
void ReadRevocationValues(const CmsAttribute& attribute, bool basic, CmsSignature& out) {
  for (const std::string& value : attribute.values) {
    der::Reader outer(value);
    const auto sequence = outer.Next(der::kSequence);
    if (!sequence) continue;
    for (der::Reader parts(sequence->content); !parts.AtEnd();) {
      const auto part = parts.Next();
      if (!part) break;
      der::Reader list(part->content);
      const auto elements = list.Next(der::kSequence);
      if (!elements) continue;
      for (der::Reader each(elements->content); !each.AtEnd();) {
        const auto element = each.Next(der::kSequence);
        if (!element) break;
        if (part->id == der::kContext0) out.crls.emplace_back(element->whole);
        if (part->id != der::kContext1) continue;
        out.ocsp_responses.push_back(
            !basic
                ? Der(element->whole)
                : der::Sequence({der::Wrap(der::kEnumerated, std::string(1, '\0')),
                                 der::Wrap(der::kContext0,
                                           der::Sequence({der::Oid("1.3.6.1.5.5.7.48.1.1"),
                                                          der::Wrap(der::kOctetString, element->whole)}))}));
      }
    }
  }
}

void ReadArchives(const SignerInfo& info, CmsSignature& out) {
  for (const auto* attribute : Find(info.signed_attributes, kAdobeRevocationOid)) {
    ReadRevocationValues(*attribute, false, out);
  }
  // Some write it among the unsigned ones, though it ought to be signed: evidence is signed in itself.
  for (const auto* attribute : Find(info.unsigned_attributes, kAdobeRevocationOid)) {
    ReadRevocationValues(*attribute, false, out);
  }
  for (const auto* attribute : Find(info.unsigned_attributes, kRevocationValuesOid)) {
    ReadRevocationValues(*attribute, true, out);
  }
  for (const auto* attribute : Find(info.unsigned_attributes, kCertificateValuesOid)) {
    for (const std::string& value : attribute->values) {
      der::Reader outer(value);
      const auto sequence = outer.Next(der::kSequence);
      for (der::Reader each(sequence ? sequence->content : std::string_view()); !each.AtEnd();) {
        const auto element = each.Next();
        if (!element || out.certificates.size() >= kMostCertificates) break;
        if (auto certificate = ParseCertificate(element->whole))
          out.certificates.push_back(std::move(*certificate));
      }
    }
  }
}

void ReadTimestamps(const SignerInfo& info, CmsSignature& out) {
  for (const auto* attribute : Find(info.unsigned_attributes, kTimestampOid)) {
    for (const std::string& value : attribute->values) {
      if (out.timestamps.size() >= kMostTimestamps) return;
      out.timestamps.push_back(CheckTimestamp(value, {info.signature}, out.certificates));
      if (!out.timestamps.back().imprint_matches) Note(out, CmsProblem::kTimestampOfOther);
    }
  }
}

// content-type and message-digest of the signed attributes (RFC 5652, 11.1 and 11.2).
void CheckAttributes(const SignerInfo& info, const SignedData& data, std::string_view content_digest,
                     CmsSignature& out) {
  const auto type = OnlyValue(info.signed_attributes, kContentTypeOid);
  if (!type || type->id != der::kOid || der::OidText(type->content) != data.content_type) {
    Note(out, CmsProblem::kNoContentType);
  }
  const auto found = Find(info.signed_attributes, kMessageDigestOid);
  if (found.size() > 1 || (found.size() == 1 && found.front()->values.size() > 1)) {
    Note(out, CmsProblem::kMessageDigestTwice);
  }
  const auto digest = OnlyValue(info.signed_attributes, kMessageDigestOid);
  if (found.empty() || (found.size() == 1 && found.front()->values.empty())) {
    Note(out, CmsProblem::kNoMessageDigest);
  } else if (digest && (digest->id != der::kOctetString || digest->content != content_digest)) {
    Note(out, CmsProblem::kWrongDigest);
  }
  const auto time = OnlyValue(info.signed_attributes, kSigningTimeOid);
  if (time) out.claimed_time = der::ReadTime(*time);
}

// `pieces`: what is signed, of which the digest is taken once.
void CheckSigner(const SignerInfo& info, const SignedData& data,
                 std::initializer_list<std::string_view> pieces, bool needs_ess, CmsSignature& out) {
  out.signature_value = info.signature;
  out.signer = FindSigner(info, out.certificates);
  if (!out.signer) Note(out, CmsProblem::kNoSignerCertificate);
  const Digest digest = ReadDigestAlgorithm(info.digest_algorithm);
  bool disagree = false;
  const SignatureMethod method = MethodOfSigner(info, digest, disagree);
  out.algorithm = method.algorithm;
  const auto content_digest =
      DigestOf(digest, info.has_signed_attributes ? pieces : std::initializer_list<std::string_view>{});
  if (!content_digest || method.algorithm.scheme == Scheme::kOther) {
    Note(out, CmsProblem::kUnknownAlgorithm);
    return;
  }
  if (disagree) Note(out, CmsProblem::kDigestMismatch);
  if (info.has_signed_attributes) CheckAttributes(info, data, *content_digest, out);
  if (out.signer) {
    const SignatureCheck check = info.has_signed_attributes
                                     ? CheckOverAttributes(*out.signer, method, info)
                                     : CheckSignatureValue(*out.signer, method, pieces, info.signature);
    if (check == SignatureCheck::kUnknown) Note(out, CmsProblem::kUnknownAlgorithm);
    // Without attributes there is one signature over the content itself: what does not fit may be either.
    if (check == SignatureCheck::kInvalid) {
      Note(out, info.has_signed_attributes ? CmsProblem::kWrongSignature : CmsProblem::kWrongDigest);
    }
  }
  const EssFinding ess = CheckEss(info, out.signer ? &*out.signer : nullptr);
  out.has_ess = ess.present;
  if (out.signer && ess.present && !ess.right) Note(out, CmsProblem::kWrongSigningCertificate);
  if (!ess.present && needs_ess) Note(out, CmsProblem::kNoSigningCertificate);
  NoteWeakness(out, digest);
}

// adbe.pkcs7.sha1 (ISO 32000-1, 12.8.3.3.1): the document's SHA-1 is the content.
bool Sha1InsideFits(const SignedData& data, std::initializer_list<std::string_view> content) {
  const auto digest = DigestOf(Digest::kSha1, content);
  return digest && data.content && *data.content == *digest;
}

}  // namespace

bool CmsSignature::Has(CmsProblem problem) const {
  return std::find(problems.begin(), problems.end(), problem) != problems.end();
}

CmsSignature CheckSignature(std::string_view cms, std::initializer_list<std::string_view> content,
                            std::string_view sub_filter) {
  const QuietErrors quiet;
  CmsSignature out;
  const auto data = ReadSignedData(cms);
  if (!data) {
    Note(out, CmsProblem::kUnreadable);
    return out;
  }
  out.certificates = ParseEmbedded(data->certificates);
  out.crls = data->crls;
  out.ocsp_responses = data->ocsp_responses;
  if (data->signers.empty()) Note(out, CmsProblem::kNoSigner);
  if (data->signers.size() > 1) Note(out, CmsProblem::kSeveralSigners);
  const bool inside = sub_filter == "adbe.pkcs7.sha1";
  if (inside && !Sha1InsideFits(*data, content)) Note(out, CmsProblem::kWrongDigest);
  if (!inside && data->content) Note(out, CmsProblem::kContentInside);
  if (data->signers.empty()) return out;

  const SignerInfo& info = data->signers.front();
  ReadArchives(info, out);
  const bool needs_ess = sub_filter == "ETSI.CAdES.detached";
  if (inside) {
    CheckSigner(info, *data, {data->content ? std::string_view(*data->content) : std::string_view()},
                needs_ess, out);
    Note(out, CmsProblem::kWeakDigest);  // whatever the signature's own digest is, the document's is SHA-1
  } else {
    CheckSigner(info, *data, content, needs_ess, out);
  }
  if (data->content_type != kDataOid) Note(out, CmsProblem::kNoContentType);
  ReadTimestamps(info, out);
  return out;
}

CmsSignature CheckRawSignature(std::string_view contents, const std::vector<Der>& certificates,
                               std::initializer_list<std::string_view> content) {
  const QuietErrors quiet;
  CmsSignature out;
  out.certificates = ParseEmbedded(certificates);
  std::size_t used = 0;
  const auto octets = der::ToDefinite(contents, used);
  const auto signature = octets ? der::Reader(*octets).Next(der::kOctetString) : std::nullopt;
  if (!signature || contents.find_first_not_of('\0', used) != std::string_view::npos) {
    Note(out, CmsProblem::kUnreadable);
    return out;
  }
  out.signature_value = signature->content;
  out.algorithm = {Scheme::kRsaPkcs1, Digest::kSha1};
  // The first of /Cert is the signer's (ISO 32000-1, table 252).
  if (out.certificates.empty()) {
    Note(out, CmsProblem::kNoSignerCertificate);
    return out;
  }
  out.signer = out.certificates.front();
  const Digest digest = RecoverDigest(*out.signer, signature->content);
  if (digest == Digest::kOther) {
    Note(out, out.signer->key_scheme == Scheme::kRsaPkcs1 ? CmsProblem::kWrongSignature
                                                          : CmsProblem::kUnknownAlgorithm);
  } else {
    out.algorithm.digest = digest;
    SignatureMethod method;
    method.algorithm = out.algorithm;
    if (CheckSignatureValue(*out.signer, method, content, signature->content) != SignatureCheck::kValid) {
      Note(out, CmsProblem::kWrongDigest);
    }
  }
  NoteWeakness(out, out.algorithm.digest);
  return out;
}

}  // namespace vanthu::signing
