#include "pipeline/run/verify.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>

#include "pipeline/base/file.h"
#include "pipeline/record/json.h"
#include "pipeline/run/wire.h"
#include "signing/pades/verify.h"
#include "signing/trust/http.h"
#include "signing/trust/revocation_service.h"

namespace vanthu::run {
namespace {

using signing::FileReport;
using signing::SignatureReport;

// ISO 8601 with the zone of Vietnam, which has known no other since 1975.
std::string IsoTime(signing::Time time) {
  constexpr std::chrono::hours kVietnam{7};
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}+07:00",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(time + kVietnam)));
}

Text IsoTime(const std::optional<signing::Time>& time) {
  return time ? Text(IsoTime(*time)) : std::nullopt;
}

Text Filled(const std::string& text) {
  return text.empty() ? std::nullopt : Text(text);
}

template <typename E, std::size_t N>
Text WordOf(E value, const std::array<const char*, N>& words) {
  return words[static_cast<std::size_t>(value)];
}

constexpr std::array kVerdicts = {"passed", "indeterminate", "failed"};
constexpr std::array kFileVerdicts = {"passed", "indeterminate", "failed", "unsigned"};
constexpr std::array kLevels = {"basic", "B", "T", "LT", "LTA"};
constexpr std::array kIntegrities = {"intact", "altered"};
constexpr std::array kCoverages = {"whole-file", "whole-revision", "partial"};
constexpr std::array kChanges = {"none", "allowed", "suspicious"};
constexpr std::array kChains = {"trusted", "untrusted", "unknown"};
constexpr std::array kRevocations = {"good", "revoked", "unknown"};

std::string Told(const Message& message, Language language) {
  return language == Language::kVietnamese ? message.vi : message.en;
}

// Of a person the unit that manages them, of an agency the agency above it or itself.
Text OrganisationOf(const signing::DistinguishedName& name) {
  if (!name.organisation.empty() && !name.unit.empty()) return name.unit + ", " + name.organisation;
  return Filled(!name.organisation.empty() ? name.organisation : name.unit);
}

void TellSigner(const SignatureReport& report, SignatureFound& out) {
  if (report.signer) {
    const signing::Certificate& signer = *report.signer;
    out.signer =
        Filled(signer.subject.common_name.empty() ? signer.subject.text : signer.subject.common_name);
    out.issuer = Filled(signer.issuer.common_name.empty() ? signer.issuer.text : signer.issuer.common_name);
    out.organisation = OrganisationOf(signer.subject);
    out.valid_from = IsoTime(signer.not_before);
    out.valid_to = IsoTime(signer.not_after);
    out.algorithm =
        fmt::format("{}, {}", signing::Name(report.algorithm.scheme), signing::Name(report.algorithm.digest));
  }
  out.chain = WordOf(report.certificate.chain_status, kChains);
  out.revocation = WordOf(report.certificate.signer_revocation.status, kRevocations);
}

SignatureFound InWords(const SignatureReport& report, Language language) {
  SignatureFound out;
  out.field = Filled(report.field);
  TellSigner(report, out);
  out.role = Filled(report.role);
  out.claimed_time = IsoTime(report.claimed_time);
  out.timestamp_time = IsoTime(report.timestamp_time);
  out.level = WordOf(report.level, kLevels);
  out.integrity = WordOf(report.integrity, kIntegrities);
  out.coverage = WordOf(report.coverage, kCoverages);
  out.changes_after = WordOf(report.changes_after, kChanges);
  out.verdict = WordOf(report.verdict, kVerdicts);
  out.sub_indication = Filled(report.sub_indication);
  for (const Message& reason : report.reasons) out.reasons.push_back(Told(reason, language));
  return out;
}

std::string ToWire(const Verification& verification) {
  Record carrier;
  carrier.signatures = verification.signatures;
  WireWriter wire;
  wire.Put(verification.verdict);
  wire.Put(static_cast<std::uint64_t>(verification.gate));
  wire.Put(record::ToJson(carrier, record::JsonStyle::kOneLine));
  for (const std::uint64_t end : verification.signed_ends) wire.Put(end);
  wire.Put(static_cast<std::uint64_t>(verification.reasons.size()));
  for (const std::string& reason : verification.reasons) wire.Put(reason);
  return wire.Take();
}

Result<Verification> FromWire(const std::string& bytes) {
  WireReader wire(bytes);
  Verification out;
  out.verdict = wire.Text();
  out.gate = static_cast<FileGate>(std::min<std::uint64_t>(wire.Number(), 2));
  Result<Record> carrier = record::ParseJson(wire.Text());
  if (!carrier) return Fail(carrier.error());
  out.signatures = std::move(carrier->signatures);
  for (std::size_t i = 0; i < out.signatures.size(); ++i) out.signed_ends.push_back(wire.Number());
  for (std::uint64_t left = wire.Number(); left > 0 && wire.ok(); --left) out.reasons.push_back(wire.Text());
  if (!wire.ok())
    return Fail(Error{ErrorCode::kCrashed,
                      {"tiến trình kiểm tra chữ ký trả lời dở dang", "the verifying process answered half"},
                      {},
                      {},
                      {},
                      {}});
  return out;
}

}  // namespace

Verification InWords(const FileReport& report, Language language) {
  Verification out;
  out.verdict = kFileVerdicts[static_cast<std::size_t>(report.verdict)];
  out.gate = static_cast<FileGate>(report.gate);
  for (const SignatureReport& one : report.signatures) {
    out.signatures.push_back(InWords(one, language));
    out.signed_ends.push_back(one.signed_end);
  }
  for (const Message& reason : report.reasons) out.reasons.push_back(Told(reason, language));
  return out;
}

Error SignatureError(const Verification& verification) {
  Error error;
  error.code = ErrorCode::kDamaged;
  error.message = {"chữ ký số không hợp lệ", "a digital signature failed"};
  const auto add = [&error](const std::string& text) {
    error.message.vi += "; " + text;
    error.message.en += "; " + text;
  };
  for (const std::string& reason : verification.reasons) add(reason);
  for (const SignatureFound& one : verification.signatures)
    if (one.verdict == "failed")
      for (const std::string& reason : one.reasons) add(one.field.value_or("?") + ": " + reason);
  error.advice = {"Hỏi lại nơi gửi và đề nghị gửi lại văn bản; xem chi tiết bằng `vanthu verify`",
                  "Ask the sender for the document again; `vanthu verify` tells more"};
  return error;
}

struct Verifier::Parts {
  signing::VerifyOptions options;
  std::unique_ptr<signing::Http> http;
  std::unique_ptr<signing::RevocationSource> source;
  std::uint64_t most_bytes = 0;
  Language language = Language::kVietnamese;
};

Verifier::Verifier(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Verifier::Verifier(Verifier&&) noexcept = default;
Verifier& Verifier::operator=(Verifier&&) noexcept = default;
Verifier::~Verifier() = default;

Result<Verifier> Verifier::Open(const VerifySettings& settings, Language language) {
  auto parts = std::make_unique<Parts>();
  if (!settings.trust.empty()) {
    Result<signing::TrustStore> store = signing::ReadTrustStore(settings.trust);
    if (!store) return Fail(store.error());
    parts->options.trust = std::move(*store);
  }
  if (settings.online) parts->http = signing::MakeHttp();
  if (settings.online || !settings.cache.empty()) {
    signing::RevocationOptions revocation;
    revocation.cache = settings.cache;
    parts->source = signing::MakeRevocationSource(revocation, parts->http.get());
    parts->options.source = parts->source.get();
  }
  if (settings.at) parts->options.at = signing::Time(std::chrono::seconds(*settings.at));
  parts->options.password = settings.password;
  parts->most_bytes = settings.most_bytes;
  parts->language = language;
  return Verifier(std::move(parts));
}

Result<Verification> Verifier::Judge(std::string_view bytes) const {
  const Result<FileReport> report = signing::Verify(bytes, parts_->options);
  if (!report) return Fail(report.error());
  return InWords(*report, parts_->language);
}

Result<Verification> Verifier::JudgeFile(const std::filesystem::path& file,
                                         const WorkerLimits& limits) const {
  // What is no file to read, or too large, is an error and no verdict.
  std::error_code unknown;
  if (std::filesystem::file_size(file, unknown) > parts_->most_bytes || unknown) {
    const Result<std::string> why = ReadFile(file, parts_->most_bytes);
    if (!why) return Fail(why.error());
  }
  const Work work = [&](const Heartbeat&) -> Result<std::string> {
    const Result<std::string> bytes = ReadFile(file, parts_->most_bytes);
    if (!bytes) return Fail(bytes.error());
    Result<Verification> verification = Judge(*bytes);
    if (verification) return ToWire(*verification);
    verification.error().file = file.string();
    return Fail(verification.error());
  };
  return Isolated(file.string(), work, limits);
}

Result<Verification> Verifier::JudgeBytes(const std::string& name, std::string_view bytes,
                                          const WorkerLimits& limits) const {
  const Work work = [&](const Heartbeat&) -> Result<std::string> {
    Result<Verification> verification = Judge(bytes);
    if (verification) return ToWire(*verification);
    verification.error().file = name;
    return Fail(verification.error());
  };
  return Isolated(name, work, limits);
}

Result<Verification> Verifier::Isolated(const std::string& name, const Work& work,
                                        const WorkerLimits& limits) const {
  const Result<std::string> answer = RunIsolated(name, work, limits, {});
  if (answer) return FromWire(*answer);
  if (answer.error().code != ErrorCode::kCrashed && answer.error().code != ErrorCode::kLimit)
    return Fail(answer.error());
  // What brings its judge down is not to be accepted.
  Verification failed;
  failed.verdict = "failed";
  failed.gate = FileGate::kReject;
  failed.reasons = {Told({"không kiểm tra được trong giới hạn thời gian và bộ nhớ: không được chấp nhận",
                          "it cannot be judged within the limits of time and memory: not accepted"},
                         parts_->language),
                    Told(answer.error().message, parts_->language)};
  return failed;
}

const std::vector<std::string>& Verifier::skipped() const {
  return parts_->options.trust.skipped;
}

}  // namespace vanthu::run
