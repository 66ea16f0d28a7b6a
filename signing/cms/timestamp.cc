// Timestamp tokens, RFC 3161: a SignedData over a TSTInfo.
#include <algorithm>

#include "signing/cms/openssl.h"
#include "signing/cms/signature_check.h"
#include "signing/cms/signer_info.h"

namespace vanthu::signing {
namespace {

// TSTInfo ::= SEQUENCE { version, policy, messageImprint, serialNumber, genTime, accuracy OPTIONAL, ordering
// DEFAULT FALSE, nonce OPTIONAL, tsa [0] OPTIONAL, extensions [1] OPTIONAL }
bool ReadInfo(std::string_view bytes, TimestampToken& out) {
  der::Reader outer(bytes);
  const auto info = outer.Next(der::kSequence);
  if (!info || !outer.AtEnd()) return false;
  der::Reader reader(info->content);
  const auto version = reader.Next(der::kInteger);
  const auto policy = reader.Next(der::kOid);
  const auto imprint = reader.Next(der::kSequence);
  const auto serial = reader.Next(der::kInteger);
  const auto time = reader.Next(der::kGeneralizedTime);
  if (!version || !policy || !imprint || !serial || !time) return false;
  const auto gen_time = der::ReadTime(*time);
  der::Reader parts(imprint->content);
  const auto algorithm = parts.Next(der::kSequence);
  const auto hash = parts.Next(der::kOctetString);
  if (version->content != std::string_view("\x01") || !gen_time || !algorithm || !hash) return false;
  out.time = *gen_time;
  out.policy = der::OidText(policy->content);
  out.imprint_digest = ReadDigestAlgorithm(algorithm->whole);
  out.imprint = hash->content;
  reader.Next(der::kSequence);  // accuracy
  reader.Next(der::kBoolean);   // ordering
  if (const auto nonce = reader.Next(der::kInteger)) out.nonce = der::IntegerHex(nonce->content);
  return true;
}

// One token, one signer, its attributes and its signature; each failing adds its words.
void CheckTokenSigner(const SignedData& data, const std::vector<Certificate>& more, TimestampToken& out) {
  const auto wrong = [&](const char* words) { out.problems.emplace_back(words); };
  if (data.signers.size() != 1) return wrong("the token has not exactly one signer");
  const SignerInfo& info = data.signers.front();
  out.signer = FindSigner(info, out.certificates);
  if (!out.signer) out.signer = FindSigner(info, more);
  if (!out.signer) wrong("the signer's certificate is not there");

  bool disagree = false;
  const Digest digest = ReadDigestAlgorithm(info.digest_algorithm);
  const SignatureMethod method = MethodOfSigner(info, digest, disagree);
  out.algorithm = method.algorithm;
  const auto content_digest = DigestOf(digest, {*data.content});
  if (!content_digest || method.algorithm.scheme == Scheme::kOther) return wrong("an unknown algorithm");
  if (disagree) wrong("digest algorithms disagree");

  const auto type = OnlyValue(info.signed_attributes, kContentTypeOid);
  if (!type || type->id != der::kOid || der::OidText(type->content) != kTstInfoOid)
    wrong("no content type of a token");
  const auto message_digest = OnlyValue(info.signed_attributes, kMessageDigestOid);
  if (!message_digest || message_digest->id != der::kOctetString ||
      message_digest->content != *content_digest) {
    wrong("the message digest is of something else");
  }
  // RFC 3161, 2.4.1: the ESS attribute must be there.
  const EssFinding ess = CheckEss(info, out.signer ? &*out.signer : nullptr);
  if (!ess.present) wrong("no signing-certificate attribute");
  if (ess.present && !ess.right) wrong("the signing-certificate attribute names another certificate");
  if (out.signer && CheckOverAttributes(*out.signer, method, info) != SignatureCheck::kValid) {
    wrong("the signature does not verify");
  }
}

}  // namespace

TimestampToken CheckTimestamp(std::string_view token, std::initializer_list<std::string_view> content,
                              const std::vector<Certificate>& more) {
  const QuietErrors quiet;
  TimestampToken out;
  out.algorithm = {Scheme::kOther, Digest::kOther};
  const auto data = ReadSignedData(token);
  if (!data || data->content_type != kTstInfoOid || !data->content || !ReadInfo(*data->content, out)) {
    out.problems.emplace_back("this is no timestamp token");
    return out;
  }
  // Zero padding is /Contents', not the token's.
  std::size_t used = 0;
  der::ToDefinite(token, used);
  out.der = token.substr(0, used);
  out.certificates = ParseEmbedded(data->certificates);
  out.crls = data->crls;
  CheckTokenSigner(*data, more, out);
  out.signature_valid = out.problems.empty();
  const auto imprint = DigestOf(out.imprint_digest, content);
  out.imprint_matches = imprint && *imprint == out.imprint;
  return out;
}

}  // namespace vanthu::signing
