// Timestamps, RFC 3161. OpenSSL's own TS_RESP_CTX refuses to be wrong (usage, key), so that the token is
// built from its parts: a TSTInfo, signed as CMS with signing-certificate-v2.
#include <openssl/cms.h>
#include <openssl/ts.h>

#include <stdexcept>

#include "tests/signing/pki_openssl.h"

namespace vanthu::signing::pki {
namespace {

using InfoHandle = Handle<TS_TST_INFO, TS_TST_INFO_free>;
using IntegerHandle = Handle<ASN1_INTEGER, ASN1_INTEGER_free>;

IntegerHandle MakeInteger(std::uint64_t value) {
  IntegerHandle made(ASN1_INTEGER_new());
  Require(made != nullptr && ASN1_INTEGER_set_uint64(made.get(), value) == 1, "integer");
  return made;
}

Handle<TS_MSG_IMPRINT, TS_MSG_IMPRINT_free> MakeImprint(std::string_view imprint, const std::string& digest) {
  Handle<TS_MSG_IMPRINT, TS_MSG_IMPRINT_free> made(TS_MSG_IMPRINT_new());
  const Handle<X509_ALGOR, X509_ALGOR_free> algorithm(X509_ALGOR_new());
  Require(X509_ALGOR_set0(algorithm.get(), OBJ_txt2obj(digest.c_str(), 0), V_ASN1_NULL, nullptr) == 1 &&
              TS_MSG_IMPRINT_set_algo(made.get(), algorithm.get()) == 1 &&
              TS_MSG_IMPRINT_set_msg(made.get(),
                                     reinterpret_cast<unsigned char*>(const_cast<char*>(imprint.data())),
                                     static_cast<int>(imprint.size())) == 1,
          "imprint");
  return made;
}

InfoHandle MakeInfo(TS_MSG_IMPRINT* imprint, const ASN1_INTEGER* nonce, const TimestampPlan& plan) {
  InfoHandle info(TS_TST_INFO_new());
  const Handle<ASN1_OBJECT, ASN1_OBJECT_free> policy(OBJ_txt2obj(plan.policy.c_str(), 1));
  Require(TS_TST_INFO_set_version(info.get(), 1) == 1 &&
              TS_TST_INFO_set_policy_id(info.get(), policy.get()) == 1 &&
              TS_TST_INFO_set_msg_imprint(info.get(), imprint) == 1 &&
              TS_TST_INFO_set_serial(info.get(), MakeInteger(4711).get()) == 1 &&
              TS_TST_INFO_set_time(info.get(), MakeGeneralizedTime(plan.at).get()) == 1 &&
              (nonce == nullptr || TS_TST_INFO_set_nonce(info.get(), nonce) == 1),
          "TSTInfo");
  return info;
}

Der Sign(const Der& info, const TimestampPlan& plan) {
  if (plan.authority == nullptr) throw std::logic_error("test PKI: a timestamp without an authority");
  const X509Handle certificate = ReadCertificate(plan.authority->certificate);
  X509Handle signer = ReadCertificate(plan.authority->certificate);
  KeyHandle key = ReadKey(plan.authority->key);
  if (plan.fault == TimestampFault::kOtherKey) {
    // The same name and serial with another key, so that OpenSSL signs; the token then holds the real
    // certificate.
    key = ReadKey(MakeKey(KeyKind::kRsa2048));
    Require(X509_set_pubkey(signer.get(), key.get()) == 1, "twin");
  }
  const Handle<BIO, BIO_free_all> content(BIO_new_mem_buf(info.data(), static_cast<int>(info.size())));
  constexpr unsigned kFlags = CMS_PARTIAL | CMS_BINARY | CMS_NOSMIMECAP | CMS_NOCERTS | CMS_CADES;
  const Handle<CMS_ContentInfo, CMS_ContentInfo_free> token(
      CMS_sign(nullptr, nullptr, nullptr, nullptr, CMS_PARTIAL | CMS_BINARY));
  const Handle<ASN1_OBJECT, ASN1_OBJECT_free> type(OBJ_nid2obj(NID_id_smime_ct_TSTInfo));
  Require(token != nullptr && CMS_set1_eContentType(token.get(), type.get()) == 1 &&
              CMS_add1_signer(token.get(), signer.get(), key.get(), EVP_get_digestbyname(plan.digest.c_str()),
                              kFlags) != nullptr,
          "token");
  if (plan.fault != TimestampFault::kNoCertificate) {
    Require(CMS_add1_cert(token.get(), certificate.get()) == 1, "token certificate");
    for (const Der& der : plan.chain)
      Require(CMS_add1_cert(token.get(), ReadCertificate(der).get()) == 1, "chain");
  }
  Require(CMS_final(token.get(), content.get(), nullptr, CMS_BINARY) == 1, "token sign");
  return ToDer(token.get(), i2d_CMS_ContentInfo);
}

Der WrapSequence(const Der& content) {
  Der size;
  if (content.size() < 0x80) {
    size = static_cast<char>(content.size());
  } else {
    for (std::size_t n = content.size(); n > 0; n >>= 8)
      size.insert(size.begin(), static_cast<char>(n & 0xFF));
    size.insert(size.begin(), static_cast<char>(0x80 | size.size()));
  }
  return "\x30" + size + content;
}

Der StatusInfo(bool granted) {
  // PKIStatusInfo ::= SEQUENCE { status, statusString PKIFreeText OPTIONAL, failInfo BIT STRING OPTIONAL }
  if (granted) return WrapSequence(std::string("\x02\x01\x00", 3));
  const std::string words = "thuật toán không được chấp nhận";
  Der text(1, '\x0C');
  text += static_cast<char>(words.size());
  text += words;
  return WrapSequence(std::string("\x02\x01\x02", 3) + WrapSequence(text) +
                      std::string("\x03\x02\x07\x80", 4));
}

Der Token(TS_MSG_IMPRINT* imprint, const ASN1_INTEGER* nonce, const TimestampPlan& plan) {
  return Sign(ToDer(MakeInfo(imprint, nonce, plan).get(), i2d_TS_TST_INFO), plan);
}

}  // namespace

Der MakeTimestampToken(std::string_view imprint, const std::string& digest, std::uint64_t nonce,
                       const TimestampPlan& plan) {
  const IntegerHandle number = MakeInteger(nonce);
  return Token(MakeImprint(imprint, digest).get(), nonce == 0 ? nullptr : number.get(), plan);
}

Der MakeTimestampRequest(std::string_view imprint, const std::string& digest, std::uint64_t nonce) {
  const Handle<TS_REQ, TS_REQ_free> request(TS_REQ_new());
  Require(TS_REQ_set_version(request.get(), 1) == 1 &&
              TS_REQ_set_msg_imprint(request.get(), MakeImprint(imprint, digest).get()) == 1 &&
              TS_REQ_set_nonce(request.get(), MakeInteger(nonce).get()) == 1 &&
              TS_REQ_set_cert_req(request.get(), 1) == 1,
          "request");
  return ToDer(request.get(), i2d_TS_REQ);
}

Der AnswerTimestamp(std::string_view request, const TimestampPlan& plan) {
  if (plan.fault == TimestampFault::kGarbage) return "<html><body>503 Service Unavailable</body></html>";
  const auto* at = reinterpret_cast<const unsigned char*>(request.data());
  const Handle<TS_REQ, TS_REQ_free> asked(d2i_TS_REQ(nullptr, &at, static_cast<long>(request.size())));
  if (asked == nullptr || plan.fault == TimestampFault::kRefused) return WrapSequence(StatusInfo(false));

  TS_MSG_IMPRINT* imprint = TS_REQ_get_msg_imprint(asked.get());
  if (plan.fault == TimestampFault::kOtherImprint) {
    ASN1_OCTET_STRING* octets = TS_MSG_IMPRINT_get_msg(imprint);
    std::string other(reinterpret_cast<const char*>(ASN1_STRING_get0_data(octets)),
                      static_cast<std::size_t>(ASN1_STRING_length(octets)));
    if (!other.empty()) other[0] = static_cast<char>(other[0] ^ 1);
    Require(ASN1_STRING_set(octets, other.data(), static_cast<int>(other.size())) == 1, "imprint");
  }
  IntegerHandle other_nonce = MakeInteger(0x0123456789ABCDEF);
  const ASN1_INTEGER* nonce = TS_REQ_get_nonce(asked.get());
  if (plan.fault == TimestampFault::kWrongNonce) nonce = other_nonce.get();
  if (plan.fault == TimestampFault::kNoNonce) nonce = nullptr;
  return WrapSequence(StatusInfo(true) + Token(imprint, nonce, plan));
}

}  // namespace vanthu::signing::pki
