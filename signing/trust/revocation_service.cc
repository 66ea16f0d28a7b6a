#include "signing/trust/revocation_service.h"

#include <openssl/bio.h>
#include <openssl/pem.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <utility>

#include "pipeline/base/log.h"
#include "signing/cms/der.h"
#include "signing/cms/openssl.h"
#include "signing/trust/answer_cache.h"
#include "signing/trust/ocsp_request.h"

namespace vanthu::signing {
namespace {

constexpr std::uint64_t kMostCrlBytes = 64 << 20;
constexpr std::uint64_t kMostOcspBytes = 1 << 20;
constexpr std::uint64_t kMostIssuerBytes = 1 << 20;
constexpr std::size_t kMostResponders = 3;  // of one certificate: a guess
constexpr std::chrono::hours kCrlAge{12};
constexpr std::chrono::hours kIssuerAge{24 * 30};  // they do not change: a new key has a new address
constexpr std::chrono::hours kOcspAge{1};          // of an answer that tells no end
constexpr std::chrono::minutes kAfterFailure{5};

// What a CRL says of its own times: tbsCertList { version, signature, issuer, thisUpdate, nextUpdate ... }.
struct CrlTimes {
  std::optional<Time> next_update;
};

// Nothing where it is none. Not by OpenSSL: it would build up a million entries for two dates.
std::optional<CrlTimes> LookAtCrl(std::string_view crl) {
  der::Reader file(crl);
  const auto list = file.Next(der::kSequence);
  if (!list || !file.AtEnd()) return std::nullopt;
  der::Reader parts(list->content);
  const auto signed_part = parts.Next(der::kSequence);
  if (!signed_part || !parts.Next(der::kSequence) || !parts.Next(der::kBitString)) return std::nullopt;
  der::Reader reader(signed_part->content);
  reader.Next(der::kInteger);  // the version may be left out
  if (!reader.Next(der::kSequence) || !reader.Next(der::kSequence)) return std::nullopt;
  const auto this_update = reader.Next();
  if (!this_update || !der::ReadTime(*this_update)) return std::nullopt;
  CrlTimes times;
  if (reader.Is(der::kUtcTime) || reader.Is(der::kGeneralizedTime))
    times.next_update = der::ReadTime(*reader.Next());
  return times;
}

// Some authorities publish PEM.
Der CrlFromAnswer(std::string body) {
  if (body.rfind("-----BEGIN", 0) != 0) return body;
  const QuietErrors quiet;
  const Handle<BIO, BIO_free_all> memory(BIO_new_mem_buf(body.data(), static_cast<int>(body.size())));
  unsigned char* bytes = nullptr;
  long size = 0;
  if (!memory ||
      PEM_bytes_read_bio(&bytes, &size, nullptr, PEM_STRING_X509_CRL, memory.get(), nullptr, nullptr) != 1)
    return {};
  const Handle<unsigned char, [](unsigned char* p) { OPENSSL_free(p); }> owner(bytes);
  return {reinterpret_cast<char*>(bytes), static_cast<std::size_t>(size)};
}

// The rest, such as ldap, is not asked for.
bool IsHttp(const std::string& url) {
  std::string scheme = url.substr(0, std::min(url.find("://"), url.size()));
  std::transform(scheme.begin(), scheme.end(), scheme.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return scheme == "http" || scheme == "https";
}

// "http://host:port": what fails or answers as one.
std::string ServerOf(const std::string& url) {
  const std::size_t start = url.find("://");
  return start == std::string::npos ? url : url.substr(0, url.find_first_of("/?#", start + 3));
}

class HttpRevocationSource final : public RevocationSource {
 public:
  HttpRevocationSource(RevocationOptions options, Http* http)
      : options_(std::move(options)),
        http_(http),
        ocsp_(options_.cache, "ocsp", ".der"),
        crls_(options_.cache, "crl", ".crl"),
        issuers_(options_.cache, "issuers", ".cer") {}

  std::optional<Der> FetchOcsp(const Certificate& certificate, const Certificate& issuer) override {
    const std::optional<OcspRequest> request = BuildOcspRequest(certificate, issuer, options_.nonce);
    if (!request) return std::nullopt;
    const std::optional<KeptAnswer> kept = ocsp_.Find(request->id);
    if (kept && !request->has_nonce && IsFresh(*kept, *request, certificate, issuer)) return kept->bytes;
    std::size_t asked = 0;
    for (const std::string& url : certificate.ocsp_urls) {
      if (!IsHttp(url) || asked++ >= kMostResponders) continue;
      HttpRequest question;
      question.body = request->der;
      question.content_type = "application/ocsp-request";
      question.accept = "application/ocsp-response";
      std::optional<Der> answer = Ask(url, std::move(question), kMostOcspBytes);
      if (!answer) continue;
      const auto seen = LookAtOcspAnswer(*answer, *request, certificate, issuer, Now());
      if (!seen) continue;
      if (seen->signed_by_issuer) ocsp_.Keep(request->id, *answer, Now());
      return answer;
    }
    // An old answer may still prove an old signature.
    return kept ? std::optional<Der>(kept->bytes) : std::nullopt;
  }

  std::optional<Der> FetchCrl(const std::string& url) override {
    std::optional<KeptAnswer> kept = crls_.Find(url);
    if (kept && Now() - kept->fetched < kCrlAge)
      if (const auto times = LookAtCrl(kept->bytes);
          times && times->next_update && Now() < *times->next_update)
        return std::move(kept->bytes);
    if (std::optional<Der> answer = Ask(url, {}, kMostCrlBytes)) {
      Der crl = CrlFromAnswer(std::move(*answer));
      if (LookAtCrl(crl)) {
        crls_.Keep(url, crl, Now());
        return crl;
      }
      MarkFailed(url);
    }
    return kept ? std::optional<Der>(std::move(kept->bytes)) : std::nullopt;
  }

  std::vector<Certificate> FetchIssuers(const std::string& url) override {
    const std::optional<KeptAnswer> kept = issuers_.Find(url);
    if (!kept || Now() - kept->fetched >= kIssuerAge) {
      if (const std::optional<Der> answer = Ask(url, {}, kMostIssuerBytes)) {
        if (auto certificates = ParseCertificates(*answer)) {
          issuers_.Keep(url, *answer, Now());
          return std::move(*certificates);
        }
        MarkFailed(url);
      }
    }
    if (!kept) return {};
    auto certificates = ParseCertificates(kept->bytes);
    return certificates ? std::move(*certificates) : std::vector<Certificate>();
  }

 private:
  Time Now() const {
    return options_.now ? options_.now()
                        : std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  }

  bool IsFresh(const KeptAnswer& kept, const OcspRequest& request, const Certificate& certificate,
               const Certificate& issuer) const {
    const auto seen = LookAtOcspAnswer(kept.bytes, request, certificate, issuer, Now());
    if (!seen || !seen->signed_by_issuer) return false;
    return seen->next_update ? Now() < *seen->next_update : Now() - kept.fetched < kOcspAge;
  }

  // The body of an answer with status 200.
  std::optional<Der> Ask(const std::string& url, HttpRequest question, std::uint64_t most_bytes) {
    if (http_ == nullptr || !IsHttp(url) || Failed(url)) return std::nullopt;
    question.url = url;
    question.timeout = options_.timeout;
    question.most_bytes = most_bytes;
    const auto start = std::chrono::steady_clock::now();
    Result<HttpAnswer> answer = http_->Ask(question);
    if (answer && answer->status == 200) return std::move(answer->body);
    // A server that is not there fails for everything; one that says 404, for this alone.
    MarkFailed(answer ? url : ServerOf(url), std::chrono::steady_clock::now() - start);
    if (Logs(LogLevel::kInfo)) {
      const std::string status = answer ? "HTTP " + std::to_string(answer->status) : "";
      Log(LogLevel::kInfo,
          {ShownUrl(url) + ": " + (answer ? status : Describe(answer.error(), Language::kVietnamese)),
           ShownUrl(url) + ": " + (answer ? status : Describe(answer.error(), Language::kEnglish))});
    }
    return std::nullopt;
  }

  bool Failed(const std::string& url) {
    const std::lock_guard lock(mutex_);
    if (Now() - last_failure_ >= kAfterFailure) waited_in_vain_ = {};
    if (waited_in_vain_ > options_.patience) return true;
    const auto recent = [&](const std::string& what) {
      const auto at = failures_.find(what);
      return at != failures_.end() && Now() - at->second < kAfterFailure;
    };
    return recent(url) || recent(ServerOf(url));
  }

  void MarkFailed(const std::string& what, std::chrono::steady_clock::duration waited = {}) {
    const std::lock_guard lock(mutex_);
    failures_[what] = last_failure_ = Now();
    waited_in_vain_ += waited;
  }

  const RevocationOptions options_;
  Http* const http_;
  AnswerCache ocsp_;
  AnswerCache crls_;
  AnswerCache issuers_;
  std::mutex mutex_;
  std::map<std::string, Time> failures_;  // of a URL or a whole server
  Time last_failure_;
  std::chrono::steady_clock::duration waited_in_vain_{0};
};

}  // namespace

std::unique_ptr<RevocationSource> MakeRevocationSource(RevocationOptions options, Http* http) {
  return std::make_unique<HttpRevocationSource>(std::move(options), http);
}

}  // namespace vanthu::signing
