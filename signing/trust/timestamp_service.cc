#include "signing/trust/timestamp_service.h"

#include <fmt/format.h>

#include <algorithm>
#include <semaphore>
#include <thread>
#include <utility>

#include "pipeline/base/log.h"

namespace vanthu::signing {
namespace {

constexpr std::uint64_t kMostBytes = 1 << 20;  // a guess: tokens with their chains are below 20 KB

// National authorities break down under many requests at once (measured: 2 to 131 s for one).
std::counting_semaphore<4>& Places() {
  static std::counting_semaphore<4> places(4);
  return places;
}

class Place {
 public:
  Place() { Places().acquire(); }
  ~Place() { Places().release(); }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
};

// RFC 9110, 15: what a server says of itself may pass, what it says of the request will not.
bool MayPass(int status) {
  return status >= 500 || status == 408 || status == 429;
}

class HttpTimestampService final : public TimestampService {
 public:
  HttpTimestampService(TimestampOptions options, Http& http) : options_(std::move(options)), http_(http) {}

  Result<TimestampToken> Stamp(std::string_view imprint, Digest digest) override {
    std::chrono::milliseconds pause = options_.pause;
    for (int attempt = 1;; ++attempt) {
      bool again = false;
      Result<TimestampToken> token = Try(imprint, digest, again);
      if (token || !again) return token;
      if (attempt >= std::max(options_.tries, 1)) return Fail(AfterTries(std::move(token.error()), attempt));
      if (Logs(LogLevel::kInfo)) LogRetry(token.error(), attempt);
      std::this_thread::sleep_for(pause);
      pause *= 2;
    }
  }

 private:
  // A new nonce each time: an answer to an earlier request is no answer to this one.
  Result<TimestampToken> Try(std::string_view imprint, Digest digest, bool& again) {
    const Result<TimestampRequest> request = BuildTimestampRequest(imprint, digest);
    if (!request) return Fail(request.error());
    HttpRequest question;
    question.url = options_.url;
    question.body = request->der;
    question.content_type = "application/timestamp-query";  // RFC 3161, 3.4
    question.accept = "application/timestamp-reply";
    question.timeout = options_.timeout;
    question.most_bytes = kMostBytes;
    const Result<HttpAnswer> answer = Ask(question);
    if (!answer) {
      again = answer.error().code == ErrorCode::kMissingResource;
      return Fail(InTheRole(answer.error()));
    }
    if (answer->status < 200 || answer->status > 299) {
      again = MayPass(answer->status);
      return Fail(OfStatus(*answer));
    }
    Result<TimestampToken> token = ReadTimestampResponse(answer->body, *request);
    if (token) return token;
    return Fail(OfAnswer(token.error(), *answer));
  }

  Result<HttpAnswer> Ask(const HttpRequest& question) {
    const Place place;
    return http_.Ask(question);
  }

  // Which of the servers it was that failed.
  static Error InTheRole(Error error) {
    error.message.vi = "máy chủ dấu thời gian: " + error.message.vi;
    error.message.en = "timestamp authority: " + error.message.en;
    return error;
  }

  Error OfStatus(const HttpAnswer& answer) const {
    return {ErrorCode::kMissingResource,
            {fmt::format("máy chủ dấu thời gian báo lỗi HTTP {}", answer.status),
             fmt::format("the timestamp authority answered HTTP {}", answer.status)},
            {"Kiểm tra địa chỉ máy chủ dấu thời gian, hoặc thử lại sau",
             "Check the address of the timestamp authority, or try later"},
            ShownUrl(options_.url),
            {},
            {}};
  }

  // A page for people in the place of a token is common: an entry page of the network, a maintenance notice.
  Error OfAnswer(Error error, const HttpAnswer& answer) const {
    error.file = ShownUrl(options_.url);
    if (error.code == ErrorCode::kDamaged && error.cause.empty() && !answer.content_type.empty())
      error.cause = answer.content_type;
    return error;
  }

  static Error AfterTries(Error error, int tries) {
    error.message.vi += fmt::format(" (đã thử {} lần)", tries);
    error.message.en += fmt::format(" (tried {} times)", tries);
    return error;
  }

  void LogRetry(const Error& error, int attempt) const {
    Log(LogLevel::kInfo, {fmt::format("{} (lần {}/{}), sẽ thử lại", Describe(error, Language::kVietnamese),
                                      attempt, options_.tries),
                          fmt::format("{} (try {} of {}), trying again", Describe(error, Language::kEnglish),
                                      attempt, options_.tries)});
  }

  TimestampOptions options_;
  Http& http_;
};

}  // namespace

std::unique_ptr<TimestampService> MakeTimestampService(TimestampOptions options, Http& http) {
  return std::make_unique<HttpTimestampService>(std::move(options), http);
}

}  // namespace vanthu::signing
