#include "signing/pades/sign.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "signing/cms/signature_check.h"
#include "signing/pades/fields.h"

namespace vanthu::signing {
namespace {

using pdf::Object;

// As wide as any offset that fits: nothing moves when the numbers are put in.
constexpr char kRangePlace[] = "[0 00000000000000000000 00000000000000000000 00000000000000000000]";
constexpr std::size_t kTimestampBytes =
    24576;  // a token with its authority's chain: 4 to 12 KB of national ones

Error NotAccepted(Message message, Message advice = {}) {
  return {ErrorCode::kNotAccepted, std::move(message), std::move(advice), "", {}, {}};
}

struct Placed {
  std::string body;
  std::size_t range = 0;     // offset in `body` of kRangePlace
  std::size_t contents = 0;  // of "<"
};

Placed SignatureBody(const pdf::File& file, pdf::Ref ref, const SignaturePlan& plan) {
  Placed out;
  const bool is_timestamp = plan.sub_filter == kRfc3161;
  out.body = fmt::format("<< /Type /{} /Filter /Adobe.PPKLite /SubFilter /{}",
                         is_timestamp ? "DocTimeStamp" : "Sig", plan.sub_filter);
  if (plan.time)
    out.body += " /M " + pdf::Print(file.Encrypted(Object(pdf::String{PdfDate(*plan.time)}), ref));
  out.body += " /ByteRange ";
  out.range = out.body.size();
  out.body += kRangePlace;
  out.body += " /Contents ";
  out.contents = out.body.size();
  out.body += '<' + std::string(2 * plan.reserved_bytes, '0') + "> >>";
  return out;
}

// The ranges are put in; what is left of their place is white space.
void FillRange(std::string& document, std::uint64_t at, std::uint64_t gap_begin, std::uint64_t gap_end) {
  std::string range = fmt::format("[0 {} {} {}]", gap_begin, gap_end, document.size() - gap_end);
  range.resize(sizeof kRangePlace - 1, ' ');
  document.replace(at, range.size(), range);
}

Result<Der> Stamped(const Der& cms, TimestampService& timestamps) {
  const Result<std::string> value = SignatureValue(cms);
  if (!value) return Fail(value.error());
  const Result<std::string> imprint = DigestOf(Digest::kSha256, {*value});
  if (!imprint) return Fail(imprint.error());
  const Result<TimestampToken> token = timestamps.Stamp(*imprint, Digest::kSha256);
  if (!token) return Fail(token.error());
  return AddTimestamp(cms, token->der);
}

Status FillContents(PreparedSignature& prepared, std::string_view cms) {
  const std::size_t room = (prepared.contents_end - prepared.contents_begin - 2) / 2;
  if (cms.size() > room)
    return Fail(Error{
        ErrorCode::kNotAccepted,
        {fmt::format("chữ ký dài {} byte, lớn hơn {} byte đã dành sẵn", cms.size(), room),
         fmt::format("the signature has {} bytes, more than the {} that were kept for it", cms.size(), room)},
        {"Chuẩn bị lại với --reserve lớn hơn", "Prepare it again with a larger --reserve"},
        "",
        {},
        {}});
  std::size_t at = prepared.contents_begin + 1;
  constexpr char kDigits[] = "0123456789abcdef";
  for (const char c : cms) {
    const auto byte = static_cast<unsigned char>(c);
    prepared.document[at++] = kDigits[byte >> 4U];
    prepared.document[at++] = kDigits[byte & 15U];
  }
  return {};
}

}  // namespace

std::string PdfDate(Time time) {
  constexpr std::chrono::hours kVietnam{7};
  return fmt::format("D:{:%Y%m%d%H%M%S}+07'00'",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(time + kVietnam)));
}

Result<PreparedSignature> PrepareSignature(std::string document, const SignaturePlan& plan,
                                           const WidgetWriter& widget) {
  PreparedSignature out;
  std::uint64_t range_at = 0;
  std::string appended;
  {
    const Result<pdf::File> file = pdf::File::Parse(document, pdf::WithPassword(plan.password));
    if (!file) return Fail(file.error());
    pdf::Update update(*file);
    const pdf::Ref value = update.Reserve();
    FieldPlan field{plan.field, {}};
    field.widget.alternate_name = plan.sub_filter == kRfc3161 ? "Dấu thời gian" : "Chữ ký số";
    if (widget) {
      Result<Widget> shown = widget(*file, update);
      if (!shown) return Fail(shown.error());
      field.widget = std::move(*shown);
    }
    const Status written = WriteSignatureField(*file, field, value, update);
    if (!written) return Fail(written.error());
    const Placed body = SignatureBody(*file, value, plan);
    const std::uint64_t at = update.WriteRaw(value, body.body);
    range_at = at + body.range;
    out.contents_begin = at + body.contents;
    out.contents_end = out.contents_begin + 2 * plan.reserved_bytes + 2;
    appended = std::move(update).Finish();
  }
  out.document = std::move(document);
  out.document += appended;
  FillRange(out.document, range_at, out.contents_begin, out.contents_end);
  return out;
}

Result<PreparedSignature> ResumeSignature(std::string document, const std::string& password) {
  PreparedSignature out;
  {
    const Result<pdf::File> file = pdf::File::Parse(document, pdf::WithPassword(password));
    if (!file) return Fail(file.error());
    const std::vector<SignatureField> fields = FindSignatures(*file);
    const Error nothing = NotAccepted({"tệp không có chữ ký nào đang chờ", "no signature waits in this file"},
                                      {"Dùng tệp mà `vanthu sign --digest-out` đã lập",
                                       "Use the file that `vanthu sign --digest-out` made"});
    if (fields.empty()) return Fail(nothing);
    const Object& last = fields.back().dictionary;
    const pdf::Array* range = last["ByteRange"].AsArray();
    const pdf::String* contents = last["Contents"].AsString();
    const bool waits =
        contents != nullptr && std::ranges::all_of(contents->bytes, [](char c) { return c == 0; });
    if (!waits || range == nullptr || range->size() != 4) return Fail(nothing);
    out.contents_begin = static_cast<std::uint64_t>((*range)[1].Number());
    out.contents_end = static_cast<std::uint64_t>((*range)[2].Number());
    const auto rest = static_cast<std::uint64_t>((*range)[3].Number());
    const bool whole = out.contents_begin < out.contents_end && out.contents_end <= document.size() &&
                       rest == document.size() - out.contents_end && document[out.contents_begin] == '<' &&
                       document[out.contents_end - 1] == '>' &&
                       out.contents_end - out.contents_begin == 2 * contents->bytes.size() + 2;
    if (!whole) return Fail(nothing);
  }
  out.document = std::move(document);
  return out;
}

Result<DigestedSignature> DigestSignature(PreparedSignature prepared, const Certificate& signer,
                                          const SignatureAlgorithm& algorithm) {
  DigestedSignature out;
  Result<std::string> digest = DigestOf(algorithm.digest, {prepared.First(), prepared.Second()});
  if (!digest) return Fail(digest.error());
  Result<Der> attributes = BuildSignedAttributes(*digest, signer, algorithm.digest);
  if (!attributes) return Fail(attributes.error());
  return DigestedSignature{std::move(prepared), std::move(*digest), std::move(*attributes), signer,
                           algorithm};
}

Result<std::string> EmbedSignature(DigestedSignature digested, std::string_view signature,
                                   const std::vector<Certificate>& chain, TimestampService* timestamps) {
  Result<Der> cms = BuildSignedData(
      {digested.attributes, std::string(signature), digested.algorithm, digested.signer, chain});
  if (!cms) return Fail(cms.error());
  if (timestamps != nullptr) cms = Stamped(*cms, *timestamps);
  if (!cms) return Fail(cms.error());
  const Status filled = FillContents(digested.prepared, *cms);
  if (!filled) return Fail(filled.error());
  return std::move(digested.prepared.document);
}

Result<std::string> EmbedCms(PreparedSignature prepared, std::string_view cms, TimestampService* timestamps) {
  const CmsSignature check = CheckSignature(cms, {prepared.First(), prepared.Second()}, kCadesDetached);
  if (!check.problems.empty())
    return Fail(NotAccepted(
        {"chữ ký đưa vào không phải của văn bản này, hoặc không đúng PAdES",
         "the signature given is not of this document, or not as PAdES wants it"},
        {"Ký lại đúng dữ liệu trong tệp của --digest-out (SHA-256 trở lên, signing-certificate-v2)",
         "Sign just what the file of --digest-out says (SHA-256 or stronger, "
         "signing-certificate-v2)"}));
  Result<Der> whole = timestamps != nullptr ? Stamped(Der(cms), *timestamps) : Result<Der>(Der(cms));
  if (!whole) return Fail(whole.error());
  const Status filled = FillContents(prepared, *whole);
  if (!filled) return Fail(filled.error());
  return std::move(prepared.document);
}

Result<std::string> AddDocumentTimestamp(std::string document, TimestampService& timestamps,
                                         const std::string& password) {
  SignaturePlan plan;
  {
    const Result<pdf::File> file = pdf::File::Parse(document, pdf::WithPassword(password));
    if (!file) return Fail(file.error());
    plan.field = FreeFieldName(*file, "vanthu-timestamp");
  }
  plan.sub_filter = kRfc3161;
  plan.password = password;
  plan.reserved_bytes = kTimestampBytes;
  Result<PreparedSignature> prepared = PrepareSignature(std::move(document), plan, {});
  if (!prepared) return Fail(prepared.error());
  const Result<std::string> imprint = DigestOf(Digest::kSha256, {prepared->First(), prepared->Second()});
  if (!imprint) return Fail(imprint.error());
  const Result<TimestampToken> token = timestamps.Stamp(*imprint, Digest::kSha256);
  if (!token) return Fail(token.error());
  const Status filled = FillContents(*prepared, token->der);
  if (!filled) return Fail(filled.error());
  return std::move(prepared->document);
}

}  // namespace vanthu::signing
