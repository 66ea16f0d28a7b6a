#include "signing/cms/signed_data.h"

#include <algorithm>

#include "signing/cms/algorithm_identifier.h"
#include "signing/cms/cms_reader.h"
#include "signing/cms/der.h"
#include "signing/cms/digest.h"
#include "signing/cms/openssl.h"
#include "signing/cms/signer_info.h"

namespace vanthu::signing {
namespace {

constexpr std::string_view kSignedDataOid = "1.2.840.113549.1.7.2";
constexpr std::string_view kDataOid = "1.2.840.113549.1.7.1";
constexpr std::string_view kTimestampOid = "1.2.840.113549.1.9.16.2.14";

Error NotSignedData() {
  return MakeError(ErrorCode::kDamaged,
                   {"không phải là chữ ký CMS đọc được", "this is no CMS signature that can be read"},
                   {"Cần cấu trúc SignedData của CMS (RFC 5652) dạng DER, có đúng một người ký.",
                    "A CMS SignedData (RFC 5652) in DER with exactly one signer is needed."});
}

Error Weak(const SignatureAlgorithm& algorithm, int bits) {
  const std::string which =
      std::string(Name(algorithm.scheme)) + " " + std::to_string(bits) + ", " + Name(algorithm.digest);
  return MakeError(ErrorCode::kNotAccepted,
                   {"thuật toán ký không đủ mạnh: " + which, "the signature algorithm is too weak: " + which},
                   {"Thông tư 15/2025/TT-BKHCN: RSA từ 2048 bit, ECDSA từ 256 bit, SHA-256 trở lên.",
                    "Circular 15/2025/TT-BKHCN: RSA of 2048 bits, ECDSA of 256, SHA-256, or stronger."});
}

// Attribute ::= SEQUENCE { attrType, attrValues SET OF } of one value.
Der Attribute(std::string_view oid, std::string_view value) {
  return der::Sequence({der::Oid(oid), der::Wrap(der::kSet, value)});
}

// The serial number's INTEGER and issuer as they stand in the certificate itself.
struct IssuerAndSerial {
  std::string_view issuer;
  std::string_view serial;
};

// TBSCertificate ::= SEQUENCE { [0] version, serialNumber, signature, issuer, ... }
std::optional<IssuerAndSerial> ReadIssuerAndSerial(const Certificate& certificate) {
  der::Reader outer(certificate.der);
  const auto whole = outer.Next(der::kSequence);
  if (!whole) return std::nullopt;
  der::Reader parts(whole->content);
  const auto tbs = parts.Next(der::kSequence);
  if (!tbs) return std::nullopt;
  der::Reader reader(tbs->content);
  reader.Next(der::kContext0);
  const auto serial = reader.Next(der::kInteger);
  const auto algorithm = reader.Next(der::kSequence);
  const auto issuer = reader.Next(der::kSequence);
  if (!serial || !algorithm || !issuer) return std::nullopt;
  return IssuerAndSerial{issuer->whole, serial->whole};
}

Error NoSigner() {
  return MakeError(ErrorCode::kDamaged,
                   {"chứng thư của người ký không đọc được", "the signer's certificate cannot be read"});
}

// SigningCertificateV2 ::= SEQUENCE { certs SEQUENCE OF ESSCertIDv2 }, RFC 5035, 3: of one certificate, with
// its issuerSerial, which older readers look for.
Der SigningCertificateV2(const IssuerAndSerial& named, Digest digest, std::string_view hash) {
  const Der issuer_serial =
      der::Sequence({der::Sequence({der::Wrap(der::kContext0 + 4, named.issuer)}), named.serial});
  // DEFAULT sha256 is not written in DER (X.690, 11.5).
  const Der algorithm = digest == Digest::kSha256 ? Der() : DigestIdentifier(digest);
  const Der id = der::Sequence({algorithm, der::Wrap(der::kOctetString, hash), issuer_serial});
  return der::Sequence({der::Sequence({id})});
}

Der CertificateSet(const SignedDataParts& parts) {
  std::vector<std::string> certificates{parts.signer.der};
  for (const Certificate& certificate : parts.chain) {
    if (std::find(certificates.begin(), certificates.end(), certificate.der) == certificates.end()) {
      certificates.push_back(certificate.der);
    }
  }
  return der::SetOf(std::move(certificates), der::kContext0);
}

// What is asked for can be right only with a key of that kind.
bool Fits(const Certificate& signer, Scheme scheme) {
  return signer.key_scheme == scheme || (signer.key_scheme == Scheme::kRsaPkcs1 && scheme == Scheme::kRsaPss);
}

// One level of SignedData taken apart: the elements around the one that changes.
struct Split {
  std::string before;
  std::string_view inside;  // the content of the last element of that level
};

// The last element of `content` whose id is `id`; what stands before it is kept as it is.
std::optional<Split> SplitAtLast(std::string_view content, std::uint8_t id) {
  Split split;
  for (der::Reader reader(content); !reader.AtEnd();) {
    const auto element = reader.Next();
    if (!element) return std::nullopt;
    if (reader.AtEnd()) {
      if (element->id != id) return std::nullopt;
      split.inside = element->content;
      return split;
    }
    split.before += element->whole;
  }
  return std::nullopt;
}

// SignerInfo's content with `token` as its one signature timestamp; other unsigned attributes stay.
std::optional<std::string> StampSigner(std::string_view content, std::string_view token) {
  std::string kept;
  std::vector<std::string> attributes;
  for (der::Reader reader(content); !reader.AtEnd();) {
    const auto element = reader.Next();
    if (!element) return std::nullopt;
    if (element->id != der::kContext1) {
      kept += element->whole;
      continue;
    }
    for (der::Reader each(element->content); !each.AtEnd();) {
      const auto attribute = each.Next(der::kSequence);
      if (!attribute) return std::nullopt;
      const auto oid = der::Reader(attribute->content).Next(der::kOid);
      if (!oid || der::OidText(oid->content) != kTimestampOid) attributes.emplace_back(attribute->whole);
    }
  }
  attributes.push_back(Attribute(kTimestampOid, token));
  return kept + der::SetOf(std::move(attributes), der::kContext1);
}

}  // namespace

Result<Der> BuildSignedAttributes(std::string_view message_digest, const Certificate& signer, Digest digest) {
  const QuietErrors quiet;
  if (!IsStrong(digest) || message_digest.size() != SizeOf(digest)) {
    return Fail(Weak({signer.key_scheme, digest}, signer.key_bits));
  }
  const auto named = ReadIssuerAndSerial(signer);
  if (!named) return Fail(NoSigner());
  const auto hash = DigestOf(digest, {signer.der});
  if (!hash) return Fail(hash.error());
  return der::SetOf({Attribute(kContentTypeOid, der::Oid(kDataOid)),
                     Attribute(kMessageDigestOid, der::Wrap(der::kOctetString, message_digest)),
                     Attribute(kSigningCertificateV2Oid, SigningCertificateV2(*named, digest, *hash))});
}

Result<Der> BuildSignedData(const SignedDataParts& parts) {
  const QuietErrors quiet;
  const SignatureAlgorithm& algorithm = parts.algorithm;
  if (!IsStrong(algorithm.digest) || !IsStrongKey(parts.signer.key_scheme, parts.signer.key_bits) ||
      !Fits(parts.signer, algorithm.scheme)) {
    return Fail(Weak(algorithm, parts.signer.key_bits));
  }
  der::Reader attributes_reader(parts.attributes);
  const auto attributes = attributes_reader.Next(der::kSet);
  const auto named = ReadIssuerAndSerial(parts.signer);
  if (!named) return Fail(NoSigner());
  if (!attributes || CheckSignatureValue(parts.signer, MethodOf(algorithm), {parts.attributes},
                                         parts.signature) != SignatureCheck::kValid) {
    return Fail(
        MakeError(ErrorCode::kNotAccepted,
                  {"chữ ký không khớp với chứng thư của người ký",
                   "the signature does not verify with the signer's certificate"},
                  {"Kiểm tra khóa và chứng thư có cùng một cặp, và thuật toán mà thiết bị đã dùng.",
                   "Check that key and certificate belong together, and which algorithm the device used."}));
  }
  const Der digest = DigestIdentifier(algorithm.digest);
  // Version 1: the signer is named by issuer and serial, and the content is plain data (RFC 5652, 5.1
  // and 5.3).
  const Der signer =
      der::Sequence({der::Integer(1), der::Sequence({named->issuer, named->serial}), digest,
                     der::Wrap(der::kContext0, attributes->content), SignatureIdentifier(algorithm),
                     der::Wrap(der::kOctetString, parts.signature)});
  const Der body =
      der::Sequence({der::Integer(1), der::Wrap(der::kSet, digest), der::Sequence({der::Oid(kDataOid)}),
                     CertificateSet(parts), der::Wrap(der::kSet, signer)});
  return der::Sequence({der::Oid(kSignedDataOid), der::Wrap(der::kContext0, body)});
}

Result<Der> AddTimestamp(std::string_view signed_data, std::string_view token) {
  const auto read = ReadSignedData(signed_data);
  if (!read || read->signers.size() != 1 || !ReadSignedData(token)) return Fail(NotSignedData());
  std::size_t used = 0;
  const auto whole = der::ToDefinite(signed_data, used);
  const auto stamp = der::ToDefinite(token, used);
  if (!whole || !stamp) return Fail(NotSignedData());
  // ContentInfo > [0] > SignedData > signerInfos > SignerInfo: the last element of each level.
  const auto info = SplitAtLast(*whole, der::kSequence);
  const auto wrapped = info ? SplitAtLast(info->inside, der::kContext0) : std::nullopt;
  const auto body = wrapped ? SplitAtLast(wrapped->inside, der::kSequence) : std::nullopt;
  const auto signers = body ? SplitAtLast(body->inside, der::kSet) : std::nullopt;
  const auto signer = signers ? SplitAtLast(signers->inside, der::kSequence) : std::nullopt;
  const auto stamped = signer ? StampSigner(signer->inside, *stamp) : std::nullopt;
  if (!stamped) return Fail(NotSignedData());
  const Der new_signers = der::Wrap(der::kSet, der::Wrap(der::kSequence, *stamped));
  const Der new_body = der::Sequence({signers->before, new_signers});
  return der::Sequence({wrapped->before, der::Wrap(der::kContext0, new_body)});
}

Result<std::string> SignatureValue(std::string_view signed_data) {
  const auto read = ReadSignedData(signed_data);
  if (!read || read->signers.size() != 1 || read->signers.front().signature.empty())
    return Fail(NotSignedData());
  return read->signers.front().signature;
}

}  // namespace vanthu::signing
