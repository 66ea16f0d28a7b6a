#include "signing/pades/judgement.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>

namespace vanthu::signing {
namespace {

constexpr char kCryptoConstraints[] = "CRYPTO_CONSTRAINTS_FAILURE_NO_POE";
constexpr char kOutOfBounds[] = "OUT_OF_BOUNDS_NO_POE";

void JudgeCmsProblem(CmsProblem problem, const CmsSignature& cms, Judgement& judgement) {
  switch (problem) {
    case CmsProblem::kUnreadable:
      return judgement.Fail("FORMAT_FAILURE", {"không đọc được dữ liệu chữ ký (CMS)",
                                               "the signature's data (CMS) cannot be read"});
    case CmsProblem::kNoSigner:
      return judgement.Fail("FORMAT_FAILURE",
                            {"trong dữ liệu chữ ký không có người ký", "the signature names no signer"});
    case CmsProblem::kSeveralSigners:
      return judgement.Fail("FORMAT_FAILURE",
                            {"dữ liệu chữ ký có hơn một người ký", "the signature has more than one signer"});
    case CmsProblem::kContentInside:
      return judgement.Fail("FORMAT_FAILURE",
                            {"chữ ký mang theo nội dung riêng thay vì ký nội dung của tệp",
                             "the signature carries content of its own instead of signing the file's"});
    case CmsProblem::kNoSignerCertificate:
      return judgement.Doubt("NO_SIGNING_CERTIFICATE_FOUND",
                             {"không có chứng thư số của người ký", "the signer's certificate is not here"});
    case CmsProblem::kNoMessageDigest:
    case CmsProblem::kMessageDigestTwice:
    case CmsProblem::kNoContentType:
    case CmsProblem::kDigestMismatch:
      return judgement.Fail("FORMAT_FAILURE",
                            {"thuộc tính được ký thiếu, thừa hoặc mâu thuẫn nhau",
                             "the signed attributes are missing, doubled or contradict each other"});
    case CmsProblem::kWrongDigest:
      return judgement.Fail("HASH_FAILURE",
                            {"nội dung đã bị thay đổi sau khi ký", "the content was altered after signing"});
    case CmsProblem::kWrongSignature:
      return judgement.Fail("SIG_CRYPTO_FAILURE", {"chữ ký không khớp với chứng thư số",
                                                   "the signature is not by the key of its certificate"});
    case CmsProblem::kWrongSigningCertificate:
      return judgement.Fail("SIG_CRYPTO_FAILURE", {"chữ ký ràng buộc với một chứng thư số khác",
                                                   "the signature is bound to another certificate"});
    case CmsProblem::kNoSigningCertificate:
      return judgement.Warn(
          {"chữ ký không ghi chứng thư số đã dùng (thiếu signing-certificate)",
           "the signature does not say which certificate was used (no signing-certificate)"});
    case CmsProblem::kWeakDigest:
      if (IsStrong(cms.algorithm.digest))  // of what is signed, as adbe.pkcs7.sha1 has it
        return judgement.Doubt(kCryptoConstraints, {"nội dung được băm bằng thuật toán quá yếu",
                                                    "the content's digest is too weak to be accepted"});
      return judgement.Doubt(
          kCryptoConstraints,
          {fmt::format("thuật toán băm {} quá yếu, không còn được chấp nhận", Name(cms.algorithm.digest)),
           fmt::format("the digest {} is too weak to be accepted", Name(cms.algorithm.digest))});
    case CmsProblem::kWeakKey:
      return judgement.Doubt(kCryptoConstraints,
                             {"khóa của người ký quá ngắn", "the signer's key is too short"});
    case CmsProblem::kUnknownAlgorithm:
      return judgement.Doubt("CRYPTO_CONSTRAINTS_FAILURE", {"thuật toán chữ ký không được hỗ trợ",
                                                            "the signature's algorithm is not supported"});
    case CmsProblem::kTimestampOfOther:
      return judgement.Doubt(
          "HASH_FAILURE", {"dấu thời gian là của một chữ ký khác", "the timestamp is of another signature"});
  }
}

// Digits at `at`, `otherwise` where the text has ended; -1 for anything else.
int Digits(std::string_view text, std::size_t at, std::size_t count, int otherwise) {
  if (at >= text.size()) return otherwise;
  if (at + count > text.size()) return -1;
  int out = 0;
  for (const char c : text.substr(at, count)) {
    if (c < '0' || c > '9') return -1;
    out = out * 10 + (c - '0');
  }
  return out;
}

std::optional<std::chrono::minutes> OffsetOf(std::string_view zone) {
  if (zone.empty() || zone[0] == 'Z') return std::chrono::minutes{0};
  const int hours = Digits(zone, 1, 2, -1);
  std::size_t at = 3;
  if (at < zone.size() && (zone[at] == '\'' || zone[at] == ':')) ++at;
  const int minutes = at < zone.size() && zone[at] != '\'' ? Digits(zone, at, 2, 0) : 0;
  if ((zone[0] != '+' && zone[0] != '-') || hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
    return std::nullopt;
  const std::chrono::minutes offset = std::chrono::hours(hours) + std::chrono::minutes(minutes);
  return zone[0] == '+' ? offset : -offset;
}

}  // namespace

void Judgement::Warn(Message reason) {
  if (std::ranges::find(reasons_, reason.en, &Message::en) == reasons_.end())
    reasons_.push_back(std::move(reason));
}

void Judgement::Add(Verdict verdict, const char* sub_indication, Message reason) {
  if (verdict > verdict_) {
    verdict_ = verdict;
    sub_indication_ = sub_indication;
  }
  Warn(std::move(reason));
}

void Judgement::Settle(SignatureReport& report) {
  report.verdict = verdict_;
  report.sub_indication = sub_indication_;
  report.reasons = reasons_;
}

bool IsIntact(const CmsSignature& cms) {
  constexpr std::array kHarmless = {CmsProblem::kNoSigningCertificate, CmsProblem::kWeakDigest,
                                    CmsProblem::kWeakKey, CmsProblem::kTimestampOfOther};
  return std::ranges::all_of(cms.problems, [&](CmsProblem problem) {
    return std::ranges::find(kHarmless, problem) != kHarmless.end();
  });
}

void JudgeCms(const CmsSignature& cms, Judgement& judgement) {
  for (const CmsProblem problem : cms.problems) JudgeCmsProblem(problem, cms, judgement);
}

void JudgeToken(const TimestampToken& token, Judgement& judgement) {
  if (token.der.empty() || !token.signature_valid)
    judgement.Fail("SIG_CRYPTO_FAILURE", {"dấu thời gian đã hỏng hoặc không đọc được",
                                          "the timestamp is broken or cannot be read"});
  else if (!token.imprint_matches)
    judgement.Fail("HASH_FAILURE", {"nội dung đã bị thay đổi sau dấu thời gian",
                                    "the content was altered after the timestamp"});
  if (!token.signer)
    judgement.Doubt("NO_SIGNING_CERTIFICATE_FOUND", {"không có chứng thư số của tổ chức cấp dấu thời gian",
                                                     "the timestamp authority's certificate is not here"});
  if (!token.der.empty() && (!IsStrong(token.imprint_digest) || !IsStrong(token.algorithm.digest)))
    judgement.Doubt(kCryptoConstraints, {"dấu thời gian dùng thuật toán băm quá yếu",
                                         "the timestamp uses a digest that is too weak"});
}

void JudgeCertificate(const CertificateVerdict& verdict, bool proven, Judgement& judgement) {
  if (!verdict.constraint.empty())
    judgement.Doubt("CHAIN_CONSTRAINTS_FAILURE",
                    {"chuỗi chứng thư số vi phạm ràng buộc: " + verdict.constraint,
                     "the certificate chain breaks a constraint: " + verdict.constraint});
  else if (verdict.chain_status == ChainStatus::kUnknown)
    judgement.Doubt("NO_CERTIFICATE_CHAIN_FOUND",
                    {"không có chứng thư số của tổ chức cấp, chưa biết có tin cậy được không",
                     "the issuer's certificate is not here: whether it can be trusted is unknown"});
  else if (verdict.chain_status == ChainStatus::kUntrusted)
    judgement.Doubt("NO_CERTIFICATE_CHAIN_FOUND",
                    {"tổ chức cấp chứng thư số không nằm trong danh sách tin cậy",
                     "the issuer is not among those trusted"});
  if (verdict.wrong_usage)
    judgement.Doubt("CHAIN_CONSTRAINTS_FAILURE", {"chứng thư số không được cấp để dùng vào việc này",
                                                  "the certificate is not for this use"});
  if (verdict.not_yet_valid)
    judgement.Doubt(kOutOfBounds, {"chứng thư số chưa có hiệu lực vào lúc ký",
                                   "the certificate was not yet valid at the time of signing"});
  const Revocation& own = verdict.signer_revocation;
  const bool revoked =
      own.status == RevocationStatus::kRevoked || verdict.ca_revocation.status == RevocationStatus::kRevoked;
  if (revoked)
    judgement.Doubt(own.status == RevocationStatus::kRevoked ? "REVOKED_NO_POE" : "REVOKED_CA_NO_POE",
                    {"chứng thư số đã bị thu hồi", "the certificate has been revoked"});
  if (verdict.expired)
    judgement.Doubt(
        kOutOfBounds,
        proven ? Message{"chứng thư số đã hết hạn vào lúc ký",
                         "the certificate had expired at the time of signing"}
               : Message{"chứng thư số đã hết hạn và không có dấu thời gian chứng minh đã ký trước đó",
                         "the certificate has expired, and no timestamp proves that it was used before"});
  if (verdict.weak)
    judgement.Doubt(kCryptoConstraints, {"chuỗi chứng thư số dùng khóa hoặc thuật toán quá yếu",
                                         "the certificate chain uses a key or algorithm that is too weak"});
  const bool unknown =
      own.status == RevocationStatus::kUnknown || verdict.ca_revocation.status == RevocationStatus::kUnknown;
  if (!revoked && unknown && verdict.chain_status == ChainStatus::kTrusted)
    judgement.Warn({"CẢNH BÁO: không kiểm tra được trạng thái thu hồi của chứng thư số",
                    "WARNING: whether the certificate was revoked could not be checked"});
}

void JudgeTimes(const SignatureReport& report, Judgement& judgement) {
  using std::chrono::hours;
  const std::optional<Time> reference = report.timestamp_time ? report.timestamp_time : report.claimed_time;
  if (!reference) return;
  const auto ahead = [&](const std::optional<Time>& time) { return time ? *time - *reference : hours(0); };
  // A timestamp may come an hour late: national authorities are slow.
  const auto is_zone = [](auto off) {
    const auto size = off < hours(0) ? -off : off;
    return size > hours(6) && size < hours(8);
  };
  if (is_zone(ahead(report.claimed_time)) || is_zone(ahead(report.attribute_time)))
    judgement.Warn(
        {"một giờ ký do phần mềm ghi lệch 7 giờ (giờ Việt Nam ghi như giờ UTC); giờ đúng là của dấu thời "
         "gian, "
         "hoặc giờ có ghi múi giờ",
         "a signing time written by the software is 7 hours off (local time marked as UTC); the timestamp, "
         "or "
         "the time that names its zone, is right"});
  else if (ahead(report.claimed_time) > hours(24) || ahead(report.claimed_time) < -hours(24))
    judgement.Warn({"giờ ký do phần mềm ghi khác xa dấu thời gian",
                    "the signing time written by the software is far from the timestamp"});
}

std::string RoleOf(std::string_view field, const std::optional<Certificate>& signer) {
  constexpr std::string_view kOwn = "vanthu-";
  for (const char* role : {"signer", "agency", "annex", "copy"})
    if (field.starts_with(std::string(kOwn) + role + "-")) return role;
  if (!signer) return "";
  const std::string& name = signer->subject.text;
  for (const char* person : {"CCCD:", "CMND:", "HC:"})
    if (name.find(person) != std::string::npos) return "signer";
  for (const char* agency : {"MST:", "MNS:"})
    if (name.find(agency) != std::string::npos) return "agency";
  const DistinguishedName& subject = signer->subject;
  if (!subject.common_name.empty() && subject.common_name == subject.organisation) return "agency";
  return "";
}

std::optional<Time> ParsePdfDate(std::string_view text) {
  if (text.starts_with("D:")) text.remove_prefix(2);
  const std::size_t zone_at = std::min(text.find_first_not_of("0123456789"), text.size());
  const std::string_view digits = text.substr(0, zone_at);
  if (digits.size() < 4 || digits.size() > 14 || digits.size() % 2 != 0) return std::nullopt;
  const int year = Digits(digits, 0, 4, -1);
  const std::chrono::year_month_day day{std::chrono::year(year),
                                        std::chrono::month(static_cast<unsigned>(Digits(digits, 4, 2, 1))),
                                        std::chrono::day(static_cast<unsigned>(Digits(digits, 6, 2, 1)))};
  const int hour = Digits(digits, 8, 2, 0);
  const int minute = Digits(digits, 10, 2, 0);
  const int second = Digits(digits, 12, 2, 0);
  const std::optional<std::chrono::minutes> offset = OffsetOf(text.substr(zone_at));
  if (!day.ok() || hour > 23 || minute > 59 || second > 60 || !offset) return std::nullopt;
  return std::chrono::sys_days(day) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
         std::chrono::seconds(second) - *offset;
}

}  // namespace vanthu::signing
