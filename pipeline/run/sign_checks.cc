#include "pipeline/run/sign_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "pipeline/run/verify.h"
#include "signing/cms/signature_check.h"
#include "signing/pades/byte_range.h"
#include "signing/pades/fields.h"

namespace vanthu::run {
namespace {

Error NotAccepted(Message message, Message advice, std::string file = "") {
  return {ErrorCode::kNotAccepted, std::move(message), std::move(advice), std::move(file), {}, {}};
}

Error Unfit(const signing::Certificate& certificate, Message message) {
  const std::string& name = certificate.subject.common_name;
  message.vi = fmt::format("chứng thư số của “{}” {}", name, message.vi);
  message.en = fmt::format("the certificate of “{}” {}", name, message.en);
  return NotAccepted(std::move(message), {"Dùng chứng thư số khác, hoặc liên hệ tổ chức cấp chứng thư số",
                                          "Use another certificate, or ask the authority that issued it"});
}

}  // namespace

Status CheckDocument(const std::filesystem::path& file, std::string_view bytes,
                     const SignSettings& settings) {
  const Error nobody = NotAccepted(
      {"chưa có ai ký văn bản này: chữ ký số của cơ quan chỉ đặt sau chữ ký của người có thẩm quyền",
       "nobody has signed this document: the agency's signature follows the authorised person's"},
      {"Ký trước bằng --role signer, rồi mới đóng dấu bằng --role agency",
       "Sign it with --role signer first"},
      file.string());
  // Most documents are not signed yet: no process is needed to say so.
  if (bytes.find("/ByteRange") == std::string_view::npos && bytes.find("/Sig") == std::string_view::npos &&
      bytes.find("/ObjStm") == std::string_view::npos)
    return settings.role == SignRole::kAgency ? Status(Fail(nobody)) : Status();

  VerifySettings verify;
  verify.most_bytes = settings.most_bytes;
  verify.password = settings.password;
  const Result<Verifier> verifier = Verifier::Open(verify, Language::kVietnamese);
  if (!verifier) return Fail(verifier.error());
  const Result<Verification> found =
      verifier->JudgeBytes(file.string(), bytes, {std::chrono::seconds(30), 2ull << 30});
  if (!found) return Fail(found.error());
  const auto is_broken = [](const SignatureFound& one) {
    return one.integrity != "intact" || one.changes_after == "suspicious" || one.coverage == "partial";
  };
  if (std::ranges::any_of(found->signatures, is_broken))
    return Fail(NotAccepted(
        {"văn bản có chữ ký đã hỏng hoặc bị thay đổi sau khi ký; không ký thêm lên văn bản như vậy",
         "the document holds a signature that is broken, or was changed after signing: it is not signed "
         "again"},
        {"Xem chi tiết: vanthu verify " + file.string(), "See: vanthu verify " + file.string()},
        file.string()));
  const bool is_signed = std::ranges::any_of(
      found->signatures, [](const SignatureFound& one) { return one.role != "timestamp"; });
  if (settings.role == SignRole::kAgency && !is_signed) return Fail(nobody);
  return {};
}

Status CheckCertificate(const signing::Certificate& certificate, const signing::CertificateVerdict& verdict,
                        std::vector<Message>* remarks) {
  using signing::RevocationStatus;
  if (verdict.not_yet_valid) return Fail(Unfit(certificate, {"chưa có hiệu lực", "is not valid yet"}));
  if (verdict.expired) return Fail(Unfit(certificate, {"đã hết hạn", "has expired"}));
  if (verdict.signer_revocation.status == RevocationStatus::kRevoked ||
      verdict.ca_revocation.status == RevocationStatus::kRevoked)
    return Fail(Unfit(certificate, {"đã bị thu hồi", "has been revoked"}));
  if (verdict.wrong_usage)
    return Fail(Unfit(certificate, {"không được cấp để ký văn bản", "is not for signing documents"}));
  if (!verdict.constraint.empty())
    return Fail(Unfit(certificate, {"có chuỗi cấp vi phạm ràng buộc: " + verdict.constraint,
                                    "has a chain that breaks a constraint: " + verdict.constraint}));
  if (verdict.weak)
    return Fail(Unfit(
        certificate,
        {"dùng khóa hoặc thuật toán quá yếu (cần RSA từ 2048 bit hoặc ECDSA từ 256 bit, SHA-256 trở lên)",
         "uses a key or algorithm that is too weak (RSA of 2048 bits, ECDSA of 256, SHA-256 or more)"}));
  if (verdict.chain_status != signing::ChainStatus::kTrusted)
    remarks->push_back(
        {"CẢNH BÁO: chưa kiểm tra được tổ chức cấp chứng thư số có tin cậy không (xem --trust)",
         "WARNING: whether the issuer is trusted could not be checked (see --trust)"});
  if (verdict.signer_revocation.status == RevocationStatus::kUnknown)
    remarks->push_back({"CẢNH BÁO: không kiểm tra được trạng thái thu hồi của chứng thư số (xem --online)",
                        "WARNING: whether the certificate was revoked could not be checked (see --online)"});
  return {};
}

Status CheckSigned(std::string_view document, const std::string& password) {
  const auto broken = [](const std::string& cause) {
    return Fail(Error{ErrorCode::kInternal,
                      {"chữ ký vừa lập không kiểm tra được: không ghi ra tệp",
                       "the signature just made does not verify: no file is written"},
                      {},
                      {},
                      {},
                      cause});
  };
  const Result<signing::pdf::File> file =
      signing::pdf::File::Parse(document, signing::pdf::WithPassword(password));
  if (!file) return broken(file.error().message.en);
  const std::vector<signing::SignatureField> fields = signing::FindSignatures(*file);
  if (fields.empty()) return broken("no signature");
  const signing::SignatureField& last = fields.back();
  const signing::SignedRange range = signing::CheckRange(*file, last);
  if (!range.problems.empty()) return broken(signing::Describe(range.problems.front()).en);
  const std::initializer_list<std::string_view> content = {range.First(document), range.Second(document)};
  if (last.is_timestamp) {
    const signing::TimestampToken token = signing::CheckTimestamp(range.contents, content);
    return token.signature_valid && token.imprint_matches ? Status() : Status(broken("timestamp"));
  }
  const signing::CmsSignature cms = signing::CheckSignature(range.contents, content, last.sub_filter);
  if (!cms.problems.empty())
    return broken(fmt::format("CMS problem {}", static_cast<int>(cms.problems.front())));
  return {};
}

}  // namespace vanthu::run
