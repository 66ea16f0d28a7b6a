#include "pipeline/run/sign.h"

#include <fmt/format.h>

#include <chrono>
#include <future>
#include <thread>

#include "pipeline/base/file.h"
#include "pipeline/run/sign_checks.h"
#include "pipeline/run/signing_place.h"
#include "signing/cms/pem.h"
#include "signing/cms/signature_check.h"
#include "signing/keys/signing_key.h"
#include "signing/pades/byte_range.h"
#include "signing/pades/fields.h"
#include "signing/pades/security_store.h"
#include "signing/pades/sign.h"
#include "signing/trust/revocation_service.h"

namespace vanthu::run {
namespace {

using signing::Certificate;
using signing::Digest;
using signing::Material;
using signing::Purpose;
using signing::Scheme;
using signing::SignatureAlgorithm;
using signing::Time;

constexpr std::size_t kHeadroom =
    4u << 20;  // updates, so that a document is not copied when they are appended
constexpr std::size_t kSignatureBytes = 4096;  // attributes, RSA 8192, structure
constexpr std::size_t kTokenBytes = 24576;     // a timestamp token with its chain
constexpr std::size_t kMostAtOnce = 4;         // timestamps: issue of the national authority's load

Time Now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

const char* RoleName(SignRole role) {
  constexpr const char* kNames[] = {"signer", "agency", "annex", "copy"};
  return kNames[static_cast<std::size_t>(role)];
}

SignatureAlgorithm AlgorithmFor(const Certificate& certificate, const SignSettings& settings) {
  SignatureAlgorithm out;
  out.scheme = certificate.key_scheme;
  if (out.scheme == Scheme::kRsaPkcs1 && settings.pss) out.scheme = Scheme::kRsaPss;
  out.digest = settings.digest_bits == 512   ? Digest::kSha512
               : settings.digest_bits == 384 ? Digest::kSha384
                                             : Digest::kSha256;
  return out;
}

// Trust, services and what they say: shared by all that signs.
class Proofs {
 public:
  static Result<std::unique_ptr<Proofs>> Open(const SignSettings& settings) {
    auto out = std::make_unique<Proofs>();
    if (!settings.trust.empty()) {
      Result<signing::TrustStore> store = signing::ReadTrustStore(settings.trust);
      if (!store) return Fail(store.error());
      out->store_ = std::move(*store);
    }
    out->http_ = signing::MakeHttp();
    signing::RevocationOptions revocation;
    revocation.cache = settings.cache;
    if (settings.online || !settings.cache.empty())
      out->source_ = signing::MakeRevocationSource(revocation, settings.online ? out->http_.get() : nullptr);
    if (settings.level >= SignLevel::kT && settings.tsa.empty())
      return Fail(Error{ErrorCode::kUsage,
                        {"mức chữ ký này cần dấu thời gian", "this level needs a timestamp authority"},
                        {"Thêm --tsa URL", "Add --tsa URL"},
                        {},
                        {},
                        {}});
    if (!settings.tsa.empty())
      out->timestamps_ = signing::MakeTimestampService({settings.tsa, settings.tsa_timeout, 3}, *out->http_);
    return out;
  }

  signing::CertificateVerdict Validate(const Certificate& certificate, const Material& material,
                                       Purpose purpose) const {
    return signing::Validate(certificate, material, purpose, Context());
  }
  signing::TimestampService* timestamps() const { return timestamps_.get(); }

  // Everything that proves the chains of `document`'s signatures and timestamps. kMissingResource where the
  // status of a certificate is not to be had.
  Result<Material> Collect(std::string_view document, const std::string& password) const;

 private:
  signing::ValidationContext Context() const { return {&store_, source_.get(), Now(), Now()}; }
  Status Prove(const Certificate& certificate, Purpose purpose, const Material& known, Material& out) const;

  signing::TrustStore store_;
  std::unique_ptr<signing::Http> http_;
  std::unique_ptr<signing::RevocationSource> source_;
  std::unique_ptr<signing::TimestampService> timestamps_;
};

void Add(Material& to, const Material& from) {
  to.certificates.insert(to.certificates.end(), from.certificates.begin(), from.certificates.end());
  to.crls.insert(to.crls.end(), from.crls.begin(), from.crls.end());
  to.ocsp_responses.insert(to.ocsp_responses.end(), from.ocsp_responses.begin(), from.ocsp_responses.end());
}

Status Proofs::Prove(const Certificate& certificate, Purpose purpose, const Material& known,
                     Material& out) const {
  const signing::CertificateVerdict verdict = Validate(certificate, known, purpose);
  const auto unproven = [&](const signing::Revocation& revocation) {
    return revocation.status != signing::RevocationStatus::kGood;
  };
  if (verdict.chain_status != signing::ChainStatus::kTrusted || unproven(verdict.signer_revocation) ||
      unproven(verdict.ca_revocation))
    return Fail(Error{
        ErrorCode::kMissingResource,
        {fmt::format("không có bằng chứng rằng chứng thư số của “{}” còn hiệu lực (chuỗi cấp, CRL hoặc OCSP)",
                     certificate.subject.common_name),
         fmt::format("no proof is to be had that the certificate of “{}” is good (chain, CRL or OCSP)",
                     certificate.subject.common_name)},
        {"Thêm --trust (chứng thư số gốc, CRL) và --online, hoặc ký ở mức T",
         "Add --trust (roots, CRLs) and --online, or sign at level T"},
        {},
        {},
        {}});
  Add(out, signing::CollectEvidence(verdict, known, Context()));
  return {};
}

Result<Material> Proofs::Collect(std::string_view document, const std::string& password) const {
  const Result<signing::pdf::File> file =
      signing::pdf::File::Parse(document, signing::pdf::WithPassword(password));
  if (!file) return Fail(file.error());
  Material known = signing::ReadSecurityStore(*file);
  std::vector<std::pair<Certificate, Purpose>> all;
  for (const signing::SignatureField& field : signing::FindSignatures(*file)) {
    const signing::SignedRange range = signing::CheckRange(*file, field);
    if (!range.problems.empty()) continue;
    const std::initializer_list<std::string_view> content = {range.First(document), range.Second(document)};
    const auto take = [&](const signing::TimestampToken& token) {
      known.certificates.insert(known.certificates.end(), token.certificates.begin(),
                                token.certificates.end());
      if (token.signer) all.emplace_back(*token.signer, Purpose::kTimestamp);
    };
    if (field.is_timestamp) {
      take(signing::CheckTimestamp(range.contents, content));
      continue;
    }
    const signing::CmsSignature cms = signing::CheckSignature(range.contents, content, field.sub_filter);
    known.certificates.insert(known.certificates.end(), cms.certificates.begin(), cms.certificates.end());
    if (cms.signer) all.emplace_back(*cms.signer, Purpose::kSigner);
    for (const signing::TimestampToken& token : cms.timestamps) take(token);
  }
  Material out;
  for (const auto& [certificate, purpose] : all)
    if (const Status proven = Prove(certificate, purpose, known, out); !proven) return Fail(proven.error());
  return out;
}

// What follows once a signature is in: proofs, and the timestamp over them.
Result<std::string> Complete(std::string document, const Proofs& proofs, SignLevel level,
                             const std::string& password) {
  if (level >= SignLevel::kLt) {
    const Result<Material> evidence = proofs.Collect(document, password);
    if (!evidence) return Fail(evidence.error());
    Result<std::string> stored = signing::AddSecurityStore(std::move(document), *evidence, password);
    if (!stored) return stored;
    document = std::move(*stored);
  }
  if (level == SignLevel::kLta) {
    Result<std::string> stamped =
        signing::AddDocumentTimestamp(std::move(document), *proofs.timestamps(), password);
    if (!stamped) return stamped;
    document = std::move(*stamped);
  }
  if (const Status checked = CheckSigned(document, password); !checked) return Fail(checked.error());
  return document;
}

struct Prepared {
  signing::PreparedSignature signature;
  std::vector<Message> remarks;
};

Result<Prepared> Prepare(const std::filesystem::path& path, const SignSettings& settings,
                         const SigningLook& look, const std::string& signer, std::size_t reserved_bytes) {
  Result<std::string> document = ReadFile(path, settings.most_bytes, kHeadroom);
  if (!document) return Fail(document.error());
  if (const Status may = CheckDocument(path, *document, settings); !may) return Fail(may.error());
  Prepared out;
  signing::SignaturePlan plan;
  plan.time = Now();
  plan.reserved_bytes = settings.reserved_bytes > 0 ? settings.reserved_bytes : reserved_bytes;
  plan.password = settings.password;
  plan.field = settings.field;
  signing::WidgetWriter widget;
  {
    const Result<signing::pdf::File> file =
        signing::pdf::File::Parse(*document, signing::pdf::WithPassword(settings.password));
    if (!file) return Fail(file.error());
    if (plan.field.empty())
      plan.field = signing::FreeFieldName(*file, fmt::format("vanthu-{}", RoleName(settings.role)));
    Result<signing::WidgetWriter> placed = PlaceSignature(*file, *document, path.filename().string(),
                                                          settings, look, *plan.time, signer, &out.remarks);
    if (!placed) return Fail(placed.error());
    widget = std::move(*placed);
  }
  Result<signing::PreparedSignature> prepared = signing::PrepareSignature(std::move(*document), plan, widget);
  if (!prepared) return Fail(prepared.error());
  out.signature = std::move(*prepared);
  return out;
}

Error About(Error error, const std::filesystem::path& file) {
  if (error.file.empty()) error.file = file.string();
  return error;
}

}  // namespace

struct SignSession::Parts {
  SignSettings settings;
  SigningLook look;
  std::unique_ptr<Proofs> proofs;
  std::unique_ptr<signing::SigningKey> key;
  std::vector<Message> remarks;  // of the certificate: said for every document

  // A document on its way: signed by the key, not yet stamped.
  struct Started {
    signing::DigestedSignature digested;
    std::string signature;
    std::vector<Message> remarks;
    std::chrono::steady_clock::time_point began;
  };
  Result<Started> Start(const std::filesystem::path& file);
  Result<SignedFile> Finish(Started started) const;
  std::size_t ReservedBytes() const;
};

SignSession::SignSession(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
SignSession::SignSession(SignSession&&) noexcept = default;
SignSession& SignSession::operator=(SignSession&&) noexcept = default;
SignSession::~SignSession() = default;

Result<SignSession> SignSession::Open(const SignSettings& settings) {
  auto parts = std::make_unique<Parts>();
  parts->settings = settings;
  Result<SigningLook> look = OpenLook(settings);
  if (!look) return Fail(look.error());
  parts->look = std::move(*look);
  Result<std::unique_ptr<Proofs>> proofs = Proofs::Open(settings);
  if (!proofs) return Fail(proofs.error());
  parts->proofs = std::move(*proofs);
  signing::ForbidCoreDumps();
  signing::Secret secret;
  if (!settings.key.secret.empty()) {
    Result<signing::Secret> read = signing::ReadSecret(settings.key.secret);
    if (!read) return Fail(read.error());
    secret = std::move(*read);
    if (signing::OthersMayRead(settings.key.secret))
      parts->remarks.push_back({"CẢNH BÁO: người khác cũng đọc được tệp mật khẩu (sửa bằng chmod 600)",
                                "WARNING: others may read the file of the password (mend it by chmod 600)"});
  }
  Result<std::unique_ptr<signing::SigningKey>> key =
      settings.key.pkcs11.empty()
          ? signing::OpenPkcs12(settings.key.p12, secret)
          : signing::OpenPkcs11(settings.key.pkcs11, secret, {settings.key.module, false});
  if (!key) return Fail(key.error());
  parts->key = std::move(*key);
  const signing::CertificateVerdict verdict =
      parts->proofs->Validate(parts->key->certificate(), {parts->key->chain(), {}, {}}, Purpose::kSigner);
  if (const Status fit = CheckCertificate(parts->key->certificate(), verdict, &parts->remarks); !fit)
    return Fail(fit.error());
  return SignSession(std::move(parts));
}

std::size_t SignSession::Parts::ReservedBytes() const {
  std::size_t out = kSignatureBytes + key->certificate().der.size();
  for (const Certificate& certificate : key->chain()) out += certificate.der.size();
  return settings.tsa.empty() ? out : out + kTokenBytes;
}

Result<SignSession::Parts::Started> SignSession::Parts::Start(const std::filesystem::path& file) {
  const auto began = std::chrono::steady_clock::now();
  const Certificate& signer = key->certificate();
  Result<Prepared> prepared = Prepare(file, settings, look, signer.subject.common_name, ReservedBytes());
  if (!prepared) return Fail(About(prepared.error(), file));
  const SignatureAlgorithm algorithm = AlgorithmFor(signer, settings);
  Result<signing::DigestedSignature> digested =
      signing::DigestSignature(std::move(prepared->signature), signer, algorithm);
  if (!digested) return Fail(About(digested.error(), file));
  Result<std::string> signature = key->Sign(digested->attributes, algorithm);
  if (!signature) return Fail(About(signature.error(), file));
  Started out{std::move(*digested), std::move(*signature), remarks, began};
  out.remarks.insert(out.remarks.end(), prepared->remarks.begin(), prepared->remarks.end());
  return out;
}

Result<SignedFile> SignSession::Parts::Finish(Started started) const {
  Result<std::string> signed_document = signing::EmbedSignature(
      std::move(started.digested), started.signature, key->chain(), proofs->timestamps());
  if (!signed_document) return Fail(signed_document.error());
  Result<std::string> complete =
      Complete(std::move(*signed_document), *proofs, settings.level, settings.password);
  if (!complete) return Fail(complete.error());
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started.began;
  return SignedFile{std::move(*complete), std::move(started.remarks), took.count()};
}

Result<SignedFile> SignSession::Sign(const std::filesystem::path& file) {
  Result<Parts::Started> started = parts_->Start(file);
  if (!started) return Fail(started.error());
  Result<SignedFile> out = parts_->Finish(std::move(*started));
  if (!out) return Fail(About(out.error(), file));
  return out;
}

void SignSession::SignAll(const std::vector<std::filesystem::path>& files, const Done& done) {
  // The key is asked one by one, and nothing forks while threads wait for timestamps.
  const std::size_t at_once = parts_->proofs->timestamps() != nullptr ? kMostAtOnce : 1;
  for (std::size_t first = 0; first < files.size() && !Interrupted(); first += at_once) {
    const std::size_t count = std::min(at_once, files.size() - first);
    std::vector<Result<Parts::Started>> started;
    started.reserve(count);
    for (std::size_t i = 0; i < count; ++i) started.push_back(parts_->Start(files[first + i]));
    std::vector<std::future<Result<SignedFile>>> finished;
    finished.reserve(count);
    for (Result<Parts::Started>& one : started)
      finished.push_back(std::async(count > 1 ? std::launch::async : std::launch::deferred,
                                    [this, &one]() -> Result<SignedFile> {
                                      if (!one) return Fail(one.error());
                                      return parts_->Finish(std::move(*one));
                                    }));
    for (std::size_t i = 0; i < count; ++i) {
      Result<SignedFile> result = finished[i].get();
      if (!result) result = Fail(About(result.error(), files[first + i]));
      done(first + i, result);
    }
  }
}

namespace {

Result<Certificate> ReadCertificate(const std::filesystem::path& path) {
  constexpr std::uint64_t kMostBytes = 1 << 20;
  const Result<std::string> bytes = ReadFile(path, kMostBytes);
  if (!bytes) return Fail(bytes.error());
  Result<Certificate> certificate = signing::ParseCertificate(*bytes);
  if (!certificate) return Fail(About(certificate.error(), path));
  return certificate;
}

std::string Hexadecimal(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) out += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return out;
}

}  // namespace

Result<PreparedFile> PrepareFile(const std::filesystem::path& file, const SignSettings& settings,
                                 const std::filesystem::path& certificate) {
  const Result<SigningLook> look = OpenLook(settings);
  if (!look) return Fail(look.error());
  std::optional<Certificate> signer;
  if (!certificate.empty()) {
    Result<Certificate> read = ReadCertificate(certificate);
    if (!read) return Fail(read.error());
    signer = std::move(*read);
  }
  // Somebody else's chain may come with the signature.
  constexpr std::size_t kForeignBytes = 16384;
  Result<Prepared> prepared = Prepare(file, settings, *look, signer ? signer->subject.common_name : "",
                                      kForeignBytes + (settings.tsa.empty() ? 0 : kTokenBytes));
  if (!prepared) return Fail(About(prepared.error(), file));
  PreparedFile out;
  out.remarks = prepared->remarks;
  SignatureAlgorithm algorithm = AlgorithmFor(signer.value_or(Certificate()), settings);
  if (!signer) {
    const Result<std::string> digest =
        signing::DigestOf(algorithm.digest, {prepared->signature.First(), prepared->signature.Second()});
    if (!digest) return Fail(digest.error());
    out.request = fmt::format("{{\n \"digest_algorithm\": \"{}\",\n \"document_digest\": \"{}\"\n}}\n",
                              signing::Name(algorithm.digest), Hexadecimal(*digest));
    out.document = std::move(prepared->signature.document);
    return out;
  }
  Result<signing::DigestedSignature> digested =
      signing::DigestSignature(std::move(prepared->signature), *signer, algorithm);
  if (!digested) return Fail(digested.error());
  const Result<std::string> to_sign = signing::DigestOf(algorithm.digest, {digested->attributes});
  if (!to_sign) return Fail(to_sign.error());
  out.request = fmt::format(
      "{{\n \"digest_algorithm\": \"{}\",\n \"document_digest\": \"{}\",\n \"signature_algorithm\": "
      "\"{}\",\n "
      "\"signed_attributes\": \"{}\",\n \"attributes_digest\": \"{}\",\n \"certificate_sha256\": "
      "\"{}\"\n}}\n",
      signing::Name(algorithm.digest), Hexadecimal(digested->message_digest), signing::Name(algorithm.scheme),
      Hexadecimal(digested->attributes), Hexadecimal(*to_sign), signer->sha256);
  out.document = std::move(digested->prepared.document);
  return out;
}

Result<SignedFile> EmbedFile(const std::filesystem::path& prepared, const std::filesystem::path& answer,
                             const SignSettings& settings, const std::filesystem::path& certificate) {
  constexpr std::uint64_t kMostAnswer = 1 << 20;
  Result<std::unique_ptr<Proofs>> proofs = Proofs::Open(settings);
  if (!proofs) return Fail(proofs.error());
  Result<std::string> document = ReadFile(prepared, settings.most_bytes, kHeadroom);
  if (!document) return Fail(document.error());
  const Result<std::string> bytes = ReadFile(answer, kMostAnswer);
  if (!bytes) return Fail(bytes.error());
  Result<signing::PreparedSignature> waiting =
      signing::ResumeSignature(std::move(*document), settings.password);
  if (!waiting) return Fail(About(waiting.error(), prepared));
  Result<std::string> embedded;
  if (certificate.empty()) {
    embedded = signing::EmbedCms(std::move(*waiting), signing::DerOf(*bytes), (*proofs)->timestamps());
  } else {
    const Result<Certificate> signer = ReadCertificate(certificate);
    if (!signer) return Fail(signer.error());
    Result<signing::DigestedSignature> digested =
        signing::DigestSignature(std::move(*waiting), *signer, AlgorithmFor(*signer, settings));
    if (!digested) return Fail(About(digested.error(), prepared));
    embedded = signing::EmbedSignature(std::move(*digested), *bytes, {}, (*proofs)->timestamps());
  }
  if (!embedded) return Fail(About(embedded.error(), answer));
  Result<std::string> complete = Complete(std::move(*embedded), **proofs, settings.level, settings.password);
  if (!complete) return Fail(About(complete.error(), prepared));
  return SignedFile{std::move(*complete), {}, 0};
}

Result<SignedFile> RenewFile(const std::filesystem::path& file, const SignSettings& settings) {
  SignSettings last = settings;
  last.level = SignLevel::kLta;
  Result<std::unique_ptr<Proofs>> proofs = Proofs::Open(last);
  if (!proofs) return Fail(proofs.error());
  Result<std::string> document = ReadFile(file, settings.most_bytes, kHeadroom);
  if (!document) return Fail(document.error());
  if (const Status may = CheckDocument(file, *document, settings); !may) return Fail(may.error());
  Result<std::string> complete = Complete(std::move(*document), **proofs, SignLevel::kLta, settings.password);
  if (!complete) return Fail(About(complete.error(), file));
  return SignedFile{std::move(*complete), {}, 0};
}

}  // namespace vanthu::run
