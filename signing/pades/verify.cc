// Input: a PDF's bytes. Output: a verdict for each signature and for the file. Method: ETSI EN 319 102-1
// V1.3.1: format (5.2.2), identification of the signing certificate (5.2.3), cryptographic verification
// (5.2.7), certificate validation (5.2.6) at the best signature time (5.5: the earliest trusted timestamp
// over it; without one the control time), and beyond it what a PDF needs: the byte range, and what changed
// after signing. The weakest finding decides. Where it fails safe: a file whose structure cannot be followed
// and that speaks of signatures has failed.
#include "signing/pades/verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <initializer_list>

#include "signing/cms/signature_check.h"
#include "signing/pades/judgement.h"
#include "signing/pades/security_store.h"
#include "signing/pdf/text_string.h"

namespace vanthu::signing {
namespace {

using pdf::Object;

constexpr char kFormatFailure[] = "FORMAT_FAILURE";

// A verdict takes 512 MiB at most, the file itself included; object streams, content and CRLs of real
// documents have some megabytes.
constexpr std::uint64_t kMostDecoded = 64ull << 20;
constexpr std::size_t kMostSignatures = 100;  // each is judged against all that came after; offices have five
constexpr std::uint64_t kMostDecodedTotal = 192ull << 20;

// One signature with what is read of it once.
struct Signed {
  SignatureField field;
  SignedRange range;
  CmsSignature cms;      // of a signature
  TimestampToken token;  // of a document timestamp
};

std::vector<Der> CertOf(const pdf::File& file, const Signed& one) {
  std::vector<Der> out;
  const Object cert = file.Get(one.field.dictionary, "Cert", one.field.revision);
  if (cert.AsString() != nullptr) out.push_back(cert.AsString()->bytes);
  if (cert.AsArray() != nullptr)
    for (const Object& item : *cert.AsArray()) {
      const Object held = file.Resolve(item, one.field.revision);
      if (held.AsString() != nullptr) out.push_back(held.AsString()->bytes);
    }
  return out;
}

Signed ReadOne(const pdf::File& file, SignatureField field) {
  Signed out;
  out.range = CheckRange(file, field);
  out.field = std::move(field);
  if (!out.range.problems.empty()) return out;
  const std::string_view bytes = file.bytes();
  const std::initializer_list<std::string_view> content = {out.range.First(bytes), out.range.Second(bytes)};
  if (out.field.is_timestamp)
    out.token = CheckTimestamp(out.range.contents, content);
  else if (out.field.sub_filter == "adbe.x509.rsa_sha1")
    out.cms = CheckRawSignature(out.range.contents, CertOf(file, out), content);
  else
    out.cms = CheckSignature(out.range.contents, content, out.field.sub_filter);
  return out;
}

// A time that a trusted timestamp proves, and the revision that existed then.
struct Proof {
  Time time;
  std::uint64_t end = 0;  // of the signed bytes
};

class Judge {
 public:
  Judge(const pdf::File& file, const VerifyOptions& options)
      : file_(file), options_(options), material_(ReadSecurityStore(file)) {
    now_ =
        options.at ? *options.at : std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    std::vector<SignatureField> fields = FindSignatures(file);
    too_many_ = fields.size() > kMostSignatures;
    if (too_many_) fields.resize(kMostSignatures);
    for (SignatureField& field : fields) signatures_.push_back(ReadOne(file, std::move(field)));
    for (const Signed& one : signatures_) Gather(one);
  }

  FileReport Report() {
    FileReport out;
    // Later timestamps first: what they prove is needed for what they cover.
    std::vector<SignatureReport> reports(signatures_.size());
    for (std::size_t i = signatures_.size(); i-- > 0;)
      if (signatures_[i].field.is_timestamp) reports[i] = JudgeTimestamp(signatures_[i]);
    for (std::size_t i = 0; i < signatures_.size(); ++i)
      if (!signatures_[i].field.is_timestamp) reports[i] = JudgeSignature(signatures_[i]);
    out.signatures = std::move(reports);
    if (too_many_) {
      out.gate = Gate::kReject;
      out.reasons.push_back(
          {fmt::format("tệp có hơn {} chữ ký: không kiểm tra hết", kMostSignatures),
           fmt::format("the file has more than {} signatures: not all were judged", kMostSignatures)});
    }
    return out;
  }

 private:
  void Gather(const Signed& one) {
    const auto add = [](auto& to, const auto& from) { to.insert(to.end(), from.begin(), from.end()); };
    add(material_.certificates, one.cms.certificates);
    add(material_.crls, one.cms.crls);
    add(material_.ocsp_responses, one.cms.ocsp_responses);
    add(material_.certificates, one.token.certificates);
    add(material_.crls, one.token.crls);
    for (const TimestampToken& token : one.cms.timestamps) {
      add(material_.certificates, token.certificates);
      add(material_.crls, token.crls);
    }
  }

  CertificateVerdict ValidateAt(const Certificate& certificate, Purpose purpose, Time at) const {
    return Validate(certificate, material_, purpose, {&options_.trust, options_.source, at, now_});
  }

  // The earliest time that later document timestamps prove for bytes up to `end`; none: unproven.
  std::optional<Time> ProvenTime(std::uint64_t end) const {
    std::optional<Time> out;
    for (const Proof& proof : proofs_)
      if (proof.end > end && (!out || proof.time < *out)) out = proof.time;
    return out;
  }

  // What holds for signatures and document timestamps alike. `sound`: the cryptography may be looked at.
  SignatureReport Begin(const Signed& one, Judgement& judgement) {
    SignatureReport out;
    out.field = one.field.name;
    out.page = one.field.page;
    out.sub_filter = one.field.sub_filter;
    out.revision = one.range.revision;
    out.signed_end = one.range.end;
    for (const RangeProblem problem : one.range.problems) judgement.Fail(kFormatFailure, Describe(problem));
    if (one.field.gone_later || one.field.changed_later) {
      out.changes_after = Changes::kSuspicious;
      judgement.Fail("SIG_CONSTRAINTS_FAILURE", {"chữ ký đã bị gỡ hoặc thay trong phần thêm vào sau",
                                                 "a later update took the signature out or replaced it"});
    }
    if (!one.range.problems.empty()) return out;
    out.coverage = one.range.covers_file ? Coverage::kWholeFile : Coverage::kWholeRevision;
    JudgeLater(one, out, judgement);
    return out;
  }

  void JudgeLater(const Signed& one, SignatureReport& out, Judgement& judgement) {
    if (!one.range.revision) {
      judgement.Fail(kFormatFailure, Describe(RangeProblem::kNotAtRevisionEnd));
      out.coverage = Coverage::kPartial;
      return;
    }
    for (const Change& shadow : FindShadows(file_, *one.range.revision)) judgement.Warn(shadow.message);
    if (one.range.covers_file || *one.range.revision == file_.last()) return;
    const ChangesAfter after = JudgeChanges(file_, *one.range.revision);
    if (out.changes_after != Changes::kSuspicious) out.changes_after = after.verdict;
    if (after.verdict != Changes::kSuspicious) return;
    for (const Change& change : after.changes)
      if (!change.allowed) judgement.Fail("SIG_CONSTRAINTS_FAILURE", change.message);
    judgement.Fail("SIG_CONSTRAINTS_FAILURE",
                   {"văn bản đã bị thay đổi sau khi ký theo cách không được phép",
                    "the document was changed after signing in a way that is not allowed"});
  }

  SignatureReport JudgeTimestamp(const Signed& one) {
    Judgement judgement;
    SignatureReport out = Begin(one, judgement);
    out.role = "timestamp";
    if (one.range.problems.empty()) {
      const TimestampToken& token = one.token;
      out.algorithm = token.algorithm;
      out.signer = token.signer;
      JudgeToken(token, judgement);
      if (token.signature_valid && token.imprint_matches) {
        out.integrity = Integrity::kIntact;
        out.timestamp_time = token.time;
      }
      if (token.signer) {
        // A later timestamp proves the time at which this one's authority must have been good.
        const Time at = ProvenTime(one.range.end).value_or(now_);
        out.certificate = ValidateAt(*token.signer, Purpose::kTimestamp, at);
        JudgeCertificate(out.certificate, /*proven=*/false, judgement);
      }
    }
    judgement.Settle(out);
    if (out.verdict == Verdict::kPassed) proofs_.push_back({one.token.time, one.range.end});
    return out;
  }

  SignatureReport JudgeSignature(const Signed& one) {
    Judgement judgement;
    SignatureReport out = Begin(one, judgement);
    ReadClaims(one, out);
    if (one.range.problems.empty()) {
      const CmsSignature& cms = one.cms;
      out.algorithm = cms.algorithm;
      out.signer = cms.signer;
      JudgeCms(cms, judgement);
      if (IsIntact(cms)) out.integrity = Integrity::kIntact;
      const std::optional<Time> stamped = TrustedTimestamp(one, judgement);
      out.timestamp_time = stamped;
      std::optional<Time> best = ProvenTime(one.range.end);
      if (stamped && (!best || *stamped < *best)) best = stamped;
      if (cms.signer) {
        out.certificate = ValidateAt(*cms.signer, Purpose::kSigner, best.value_or(now_));
        JudgeCertificate(out.certificate, best.has_value(), judgement);
      }
      out.level = LevelOf(one, out);
    }
    JudgeTimes(out, judgement);
    out.role = RoleOf(out.field, out.signer);
    judgement.Settle(out);
    return out;
  }

  void ReadClaims(const Signed& one, SignatureReport& out) const {
    out.claimed_text = pdf::Utf8Of(file_.Get(one.field.dictionary, "M", one.field.revision));
    out.claimed_time = ParsePdfDate(out.claimed_text);
    out.attribute_time = one.cms.claimed_time;
    if (!out.claimed_time) out.claimed_time = one.cms.claimed_time;
  }

  // The earliest signature timestamp that is sound and whose authority is trusted.
  std::optional<Time> TrustedTimestamp(const Signed& one, Judgement& judgement) const {
    std::optional<Time> out;
    const Time at = ProvenTime(one.range.end).value_or(now_);
    for (const TimestampToken& token : one.cms.timestamps) {
      if (!token.signature_valid || !token.imprint_matches || !token.signer) {
        judgement.Doubt("HASH_FAILURE", {"dấu thời gian không phải của chữ ký này, hoặc đã hỏng",
                                         "a timestamp is not of this signature, or is broken"});
        continue;
      }
      const CertificateVerdict authority = ValidateAt(*token.signer, Purpose::kTimestamp, at);
      Judgement own;
      JudgeCertificate(authority, false, own);
      JudgeToken(token, own);
      if (!own.Passes()) {
        // Also where the authority's certificate has run out since and no later timestamp covers this one.
        judgement.Warn(
            {"dấu thời gian chưa được xác nhận là của tổ chức tin cậy nên không dùng làm bằng chứng về giờ "
             "ký",
             "the timestamp is not known to be of a trusted authority: it proves no time"});
        continue;
      }
      if (!out || token.time < *out) out = token.time;
    }
    return out;
  }

  Level LevelOf(const Signed& one, const SignatureReport& report) const {
    const bool baseline = one.field.sub_filter == "ETSI.CAdES.detached" && one.cms.has_ess &&
                          IsStrong(one.cms.algorithm.digest);
    if (!baseline) return Level::kBasic;
    const auto sound = [](const TimestampToken& token) {
      return token.signature_valid && token.imprint_matches;
    };
    const bool archived = std::ranges::any_of(signatures_, [&](const Signed& other) {
      return other.field.is_timestamp && other.range.problems.empty() && other.range.end > one.range.end &&
             sound(other.token);
    });
    const bool stamped = std::ranges::any_of(one.cms.timestamps, sound) || archived;
    if (!stamped) return Level::kB;
    const bool proven = report.certificate.signer_revocation.status != RevocationStatus::kUnknown &&
                        report.certificate.signer_revocation.source == Revocation::Source::kEmbedded;
    if (!proven) return Level::kT;
    return archived ? Level::kLta : Level::kLt;
  }

  const pdf::File& file_;
  const VerifyOptions& options_;
  Material material_;
  Time now_;
  std::vector<Signed> signatures_;
  std::vector<Proof> proofs_;
  bool too_many_ = false;
};

// Whether bytes that cannot be followed as a PDF speak of signatures.
bool SpeaksOfSignatures(std::string_view bytes) {
  return bytes.find("/ByteRange") != std::string_view::npos ||
         bytes.find("ETSI.CAdES") != std::string_view::npos ||
         bytes.find("adbe.pkcs7") != std::string_view::npos ||
         bytes.find("adbe.x509") != std::string_view::npos;
}

// Usage rights (ISO 32000-1, 12.8.2.3): signed by the maker of a form for its reader, no signature of
// anybody's.
bool IsUsageRight(const pdf::File& file, int number) {
  const Object permissions = file.Get(file.Catalog(file.last()), "Perms", file.last());
  for (const char* key : {"UR", "UR3"}) {
    const pdf::Ref* ref = permissions[key].AsRef();
    if (ref != nullptr && ref->number == number) return true;
  }
  return false;
}

// An object with a byte range that no field names: a signature was there, and somebody took it out.
bool HasOrphan(const pdf::File& file) {
  if (file.bytes().find("/ByteRange") == std::string_view::npos) return false;
  for (const pdf::Revision& revision : file.revisions())
    for (const auto& [number, entry] : revision.entries) {
      if (entry.kind != pdf::Entry::Kind::kInFile || IsUsageRight(file, number)) continue;
      const Object object = file.Now({number, entry.generation});
      if (!object["ByteRange"].IsNull() && object.AsStream() == nullptr) return true;
    }
  return false;
}

void SettleFile(const pdf::File& file, FileReport& report) {
  using FileVerdict = FileReport::Verdict;
  const auto reject = [&report](Message reason) {
    report.verdict = FileVerdict::kFailed;
    report.gate = Gate::kReject;
    report.reasons.push_back(std::move(reason));
  };
  if (report.signatures.empty()) {
    const std::string_view rest =
        file.bytes().substr(std::min<std::uint64_t>(file.revisions().back().end, file.bytes().size()));
    if (file.HasTrailingBytes() && SpeaksOfSignatures(rest))
      reject({"sau phần cuối của văn bản (%%EOF) còn dữ liệu nói đến chữ ký",
              "bytes after the document's end (%%EOF) speak of signatures"});
    else if (HasOrphan(file))
      reject({"tệp có dữ liệu chữ ký mà không ô chữ ký nào nêu đến: chữ ký đã bị gỡ",
              "the file holds a signature that no field names: it was taken out"});
    return;
  }
  const auto any = [&](Verdict verdict) {
    return std::ranges::any_of(report.signatures,
                               [=](const SignatureReport& one) { return one.verdict == verdict; });
  };
  report.verdict = report.gate == Gate::kReject || any(Verdict::kFailed) ? FileVerdict::kFailed
                   : any(Verdict::kIndeterminate)                        ? FileVerdict::kIndeterminate
                                                                         : FileVerdict::kPassed;
  if (file.HasTrailingBytes()) {
    report.verdict = FileVerdict::kFailed;
    report.reasons.push_back({"sau phần cuối của văn bản (%%EOF) còn dữ liệu lạ",
                              "there are strange bytes after the document's end (%%EOF)"});
  }
  report.gate = report.verdict == FileVerdict::kPassed          ? Gate::kAccept
                : report.verdict == FileVerdict::kIndeterminate ? Gate::kQuarantine
                                                                : Gate::kReject;
}

}  // namespace

Result<FileReport> Verify(std::string_view bytes, const VerifyOptions& options) {
  pdf::ParseOptions parse;
  parse.password = options.password;
  parse.most_decoded_bytes = kMostDecoded;
  parse.most_decoded_total = kMostDecodedTotal;
  const Result<pdf::File> file = pdf::File::Parse(bytes, parse);
  if (!file) {
    if (file.error().code == ErrorCode::kPassword || !SpeaksOfSignatures(bytes)) return Fail(file.error());
    FileReport out;
    out.verdict = FileReport::Verdict::kFailed;
    out.gate = Gate::kReject;
    out.reasons.push_back(file.error().message);
    return out;
  }
  FileReport out = Judge(*file, options).Report();
  SettleFile(*file, out);
  return out;
}

}  // namespace vanthu::signing
