#include "signing/cms/timestamp_request.h"

#include <openssl/rand.h>

#include <algorithm>

#include "signing/cms/algorithm_identifier.h"
#include "signing/cms/der.h"
#include "signing/cms/digest.h"
#include "signing/cms/openssl.h"

namespace vanthu::signing {
namespace {

constexpr std::string_view kTimeStampingOid = "1.3.6.1.5.5.7.3.8";

Error Garbage() {
  return MakeError(
      ErrorCode::kDamaged,
      {"máy chủ dấu thời gian trả về dữ liệu không phải là phản hồi dấu thời gian",
       "what the timestamp authority answered is no timestamp response"},
      {"Kiểm tra địa chỉ máy chủ dấu thời gian.", "Check the address of the timestamp authority."});
}

Error NotAnAnswer(const char* vi, const char* en) {
  return MakeError(ErrorCode::kNotAccepted,
                   {std::string("dấu thời gian nhận được không dùng được: ") + vi,
                    std::string("the timestamp cannot be used: ") + en},
                   {"Không ký; thử lại với máy chủ dấu thời gian khác hoặc báo cho đơn vị cung cấp.",
                    "Nothing was signed; use another timestamp authority, or tell its operator."});
}

struct StatusInfo {
  std::int64_t status = -1;
  std::string words;  // PKIFreeText, joined
};

// PKIStatusInfo ::= SEQUENCE { status INTEGER, statusString SEQUENCE OF UTF8String OPTIONAL, failInfo
// OPTIONAL }
std::optional<StatusInfo> ReadStatus(std::string_view content) {
  der::Reader reader(content);
  const auto number = reader.Next(der::kInteger);
  const auto status = number ? der::SmallInteger(number->content) : std::nullopt;
  if (!status) return std::nullopt;
  StatusInfo info;
  info.status = *status;
  if (const auto texts = reader.Next(der::kSequence)) {
    for (der::Reader each(texts->content); !each.AtEnd();) {
      const auto text = each.Next(der::kUtf8String);
      if (!text || info.words.size() + text->content.size() > 500) break;
      if (!info.words.empty()) info.words += "; ";
      info.words += text->content;
    }
  }
  return info;
}

Error Refused(const StatusInfo& info) {
  Error error =
      MakeError(ErrorCode::kNotAccepted,
                {"máy chủ dấu thời gian từ chối yêu cầu (trạng thái " + std::to_string(info.status) + ")",
                 "the timestamp authority refused the request (status " + std::to_string(info.status) + ")"},
                {"Hỏi đơn vị cung cấp dấu thời gian.", "Ask the operator of the timestamp authority."});
  error.cause = info.words;
  return error;
}

// RFC 3161, 2.3: extended key usage critical, and time stamping alone.
bool MayStamp(const Certificate& certificate) {
  return certificate.extended_usage_critical && certificate.extended_usages.size() == 1 &&
         certificate.extended_usages.front() == kTimeStampingOid;
}

}  // namespace

Result<TimestampRequest> BuildTimestampRequest(std::string_view imprint, Digest digest) {
  const QuietErrors quiet;
  if (!IsStrong(digest) || imprint.size() != SizeOf(digest)) {
    return Fail(MakeError(ErrorCode::kNotAccepted,
                          {"thuật toán băm cho dấu thời gian yếu hoặc giá trị băm sai độ dài",
                           "a weak digest for a timestamp, or an imprint of another length"}));
  }
  unsigned char random[8];
  if (RAND_bytes(random, sizeof random) != 1) {
    return Fail(MakeError(ErrorCode::kInternal, {"không lấy được số ngẫu nhiên", "no random numbers"}));
  }
  TimestampRequest request;
  request.digest = digest;
  request.imprint = imprint;
  random[0] |= 0x40;  // 63 random bits, and always the same length
  random[0] &= 0x7F;
  const std::string nonce = der::UnsignedInteger({reinterpret_cast<const char*>(random), sizeof random});
  request.nonce = der::Hex({reinterpret_cast<const char*>(random), sizeof random});
  request.der = der::Sequence(
      {der::Integer(1), der::Sequence({DigestIdentifier(digest), der::Wrap(der::kOctetString, imprint)}),
       nonce, der::Wrap(der::kBoolean, "\xFF")});  // certReq
  return request;
}

Result<TimestampToken> ReadTimestampResponse(std::string_view response, const TimestampRequest& request) {
  const QuietErrors quiet;
  std::size_t used = 0;
  const auto definite = der::ToDefinite(response, used);
  if (!definite) return Fail(Garbage());
  der::Reader outer(*definite);
  const auto sequence = outer.Next(der::kSequence);
  if (!sequence) return Fail(Garbage());
  der::Reader reader(sequence->content);
  const auto status_element = reader.Next(der::kSequence);
  const auto status = status_element ? ReadStatus(status_element->content) : std::nullopt;
  if (!status) return Fail(Garbage());
  if (status->status != 0 && status->status != 1) return Fail(Refused(*status));  // granted, grantedWithMods

  TimestampToken token = CheckTimestamp(reader.rest(), {});
  if (token.der.empty()) return Fail(Garbage());
  if (token.imprint_digest != request.digest || token.imprint != request.imprint) {
    return Fail(NotAnAnswer("dấu là của dữ liệu khác", "its imprint is of something else"));
  }
  token.imprint_matches = true;
  if (token.nonce != request.nonce) {
    return Fail(NotAnAnswer("số ngẫu nhiên không khớp, có thể là phản hồi cũ phát lại",
                            "its nonce is another one: it may be an old answer, replayed"));
  }
  if (!token.signature_valid) {
    Error error = NotAnAnswer("chữ ký của máy chủ không đúng", "its signature does not verify");
    for (const std::string& problem : token.problems)
      error.cause += (error.cause.empty() ? "" : "; ") + problem;
    return Fail(std::move(error));
  }
  if (!MayStamp(*token.signer)) {
    return Fail(NotAnAnswer("chứng thư của máy chủ không dành riêng cho dấu thời gian",
                            "the authority's certificate is not for time stamping alone"));
  }
  return token;
}

}  // namespace vanthu::signing
