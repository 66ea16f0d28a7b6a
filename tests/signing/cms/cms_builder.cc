#include "tests/signing/cms/cms_builder.h"

#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <stdexcept>

#include "pipeline/base/handle.h"
#include "signing/cms/algorithm_identifier.h"
#include "signing/cms/certificate.h"
#include "signing/cms/der.h"
#include "signing/cms/digest.h"

namespace vanthu::signing {
namespace {

void Require(bool condition) {
  if (!condition) throw std::logic_error("test CMS cannot be built");
}

Der Ess(const Certificate& signer, const Der& of, bool second_version, Digest digest) {
  const Der& named = of.empty() ? signer.der : of;
  Der id = der::Wrap(der::kOctetString, DigestOf(second_version ? digest : Digest::kSha1, {named}).value());
  if (second_version && digest != Digest::kSha256) id = DigestIdentifier(digest) + id;
  return CmsAttributeOf(second_version ? "1.2.840.113549.1.9.16.2.47" : "1.2.840.113549.1.9.16.2.12",
                        der::Sequence({der::Sequence({der::Wrap(der::kSequence, id)})}));
}

std::vector<std::string> Attributes(const CmsPlan& plan, const Certificate& signer, Digest digest,
                                    std::string_view hashed) {
  std::vector<std::string> out;
  if (plan.content_type)
    out.push_back(CmsAttributeOf("1.2.840.113549.1.9.3", der::Oid(plan.content_type_value)));
  for (int i = 0; i < plan.message_digests; ++i) {
    const std::string value =
        plan.message_digest.empty() ? DigestOf(digest, {hashed}).value() : plan.message_digest;
    out.push_back(CmsAttributeOf("1.2.840.113549.1.9.4", der::Wrap(der::kOctetString, value)));
  }
  for (int i = 0; i < plan.ess_v2; ++i) out.push_back(Ess(signer, plan.ess_of, true, plan.algorithm.digest));
  for (int i = 0; i < plan.ess_v1; ++i) out.push_back(Ess(signer, plan.ess_of, false, plan.algorithm.digest));
  if (!plan.signing_time.empty()) {
    out.push_back(CmsAttributeOf("1.2.840.113549.1.9.5", der::Wrap(der::kUtcTime, plan.signing_time)));
  }
  out.insert(out.end(), plan.more_attributes.begin(), plan.more_attributes.end());
  std::sort(out.begin(), out.end());
  if (!plan.sorted) std::reverse(out.begin(), out.end());
  return out;
}

std::string Joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += part;
  return out;
}

Der SignerId(const CmsPlan& plan, const Certificate& signer) {
  if (plan.key_identifier) return der::Wrap(der::kContext0Primitive, signer.subject_key_id);
  std::string serial;
  const std::string hex = (signer.serial.size() % 2 != 0 ? "0" : "") + signer.serial;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    serial += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  }
  return der::Sequence({signer.issuer_name, der::UnsignedInteger(serial)});
}

Der SignatureIdentifierOf(const CmsPlan& plan) {
  if (!plan.open_algorithm) return SignatureIdentifier(plan.algorithm);
  if (plan.algorithm.scheme == Scheme::kEcdsa) return der::Sequence({der::Oid("1.2.840.10045.2.1")});
  return der::Sequence({der::Oid("1.2.840.113549.1.1.1"), der::Wrap(der::kNull, "")});
}

Der SignerInfoOf(const CmsPlan& plan, const Certificate& signer) {
  const Digest digest = plan.content_digest == Digest::kOther ? plan.algorithm.digest : plan.content_digest;
  const std::string& hashed = plan.content_inside ? plan.inside : plan.content;
  std::string attributes;
  std::string signature;
  if (plan.attributes) {
    const auto list = Attributes(plan, signer, digest, hashed);
    const std::string to_sign = plan.sign_sorted ? der::SetOf(list) : der::Wrap(der::kSet, Joined(list));
    signature = SignBytes(plan.signer->key, to_sign, plan.algorithm);
    attributes = der::Wrap(der::kContext0, Joined(list));
  } else {
    signature = SignBytes(plan.signer->key, hashed, plan.algorithm);
  }
  std::vector<Der> more = plan.unsigned_attributes;
  if (plan.timestamp != nullptr) {
    const std::string stamped = plan.timestamp_of_other ? std::string("another signature") : signature;
    more.push_back(CmsAttributeOf(
        "1.2.840.113549.1.9.16.2.14",
        pki::MakeTimestampToken(DigestOf(Digest::kSha256, {stamped}).value(), "SHA256", 0, *plan.timestamp)));
  }
  if (plan.flip_signature)
    signature[signature.size() / 2] = static_cast<char>(signature[signature.size() / 2] ^ 1);
  return der::Sequence({der::Integer(plan.key_identifier ? 3 : 1), SignerId(plan, signer),
                        DigestIdentifier(digest), attributes, SignatureIdentifierOf(plan),
                        der::Wrap(der::kOctetString, signature),
                        more.empty() ? Der() : der::SetOf(more, der::kContext1)});
}

}  // namespace

std::string SignBytes(const pki::Der& key_bytes, std::string_view data, const SignatureAlgorithm& algorithm,
                      int salt_bytes) {
  const auto* at = reinterpret_cast<const unsigned char*>(key_bytes.data());
  const Handle<EVP_PKEY, EVP_PKEY_free> key(
      d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(key_bytes.size())));
  const Handle<EVP_MD_CTX, EVP_MD_CTX_free> context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* key_context = nullptr;
  Require(EVP_DigestSignInit(context.get(), &key_context, MessageDigest(algorithm.digest), nullptr,
                             key.get()) == 1);
  if (algorithm.scheme == Scheme::kRsaPss) {
    Require(EVP_PKEY_CTX_set_rsa_padding(key_context, RSA_PKCS1_PSS_PADDING) == 1 &&
            EVP_PKEY_CTX_set_rsa_pss_saltlen(key_context, salt_bytes) == 1);
  }
  std::size_t size = 0;
  const auto* bytes = reinterpret_cast<const unsigned char*>(data.data());
  Require(EVP_DigestSign(context.get(), nullptr, &size, bytes, data.size()) == 1);
  std::string signature(size, '\0');
  Require(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, bytes,
                         data.size()) == 1);
  signature.resize(size);
  return signature;
}

Der CmsAttributeOf(std::string_view oid, std::string_view value) {
  return der::Sequence({der::Oid(oid), der::Wrap(der::kSet, value)});
}

Der BuildCms(const CmsPlan& plan) {
  const Certificate signer = ParseCertificate(plan.signer->certificate).value();
  std::vector<std::string> signers;
  for (int i = 0; i < plan.signers; ++i) signers.push_back(SignerInfoOf(plan, signer));
  std::string certificates = plan.with_signer_certificate ? signer.der : Der();
  for (const Der& certificate : plan.certificates) certificates += certificate;
  std::string content = der::Oid(plan.content_type_value);
  if (plan.content_inside) content += der::Wrap(der::kContext0, der::Wrap(der::kOctetString, plan.inside));
  const Der body = der::Sequence({der::Integer(plan.key_identifier ? 3 : 1),
                                  der::Wrap(der::kSet, DigestIdentifier(plan.algorithm.digest)),
                                  der::Wrap(der::kSequence, content),
                                  certificates.empty() ? Der() : der::Wrap(der::kContext0, certificates),
                                  plan.crls.empty() ? Der() : der::Wrap(der::kContext1, Joined(plan.crls)),
                                  der::Wrap(der::kSet, Joined(signers))});
  return der::Sequence({der::Oid("1.2.840.113549.1.7.2"), der::Wrap(der::kContext0, body)});
}

std::string ToIndefinite(std::string_view der) {
  std::string out;
  for (der::Reader reader(der); !reader.AtEnd();) {
    const auto element = reader.Next();
    Require(element.has_value());
    if ((element->id & 0x20) == 0) {
      out += element->whole;
      continue;
    }
    out += static_cast<char>(element->id);
    out += '\x80';
    // A certificate's own signature is over its octets: it stays as it is.
    out += ParseCertificate(element->whole).has_value() ? std::string(element->content)
                                                        : ToIndefinite(element->content);
    out += std::string(2, '\0');
  }
  return out;
}

}  // namespace vanthu::signing
