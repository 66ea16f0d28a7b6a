// libcurl, opened at the first request: with its own libraries (33 of them on Debian 12) it would add 15 ms
// to every start of the program, and most runs ask nobody.
#include "signing/trust/http.h"

#include <curl/curl.h>
#include <dlfcn.h>
#include <fmt/format.h>

#include <algorithm>
#include <new>
#include <utility>

#include "pipeline/base/handle.h"

#ifndef VANTHU_VERSION
#error "VANTHU_VERSION names the program to servers"
#endif

namespace vanthu::signing {
namespace {

constexpr long kMostRedirects = 3;       // a guess: authorities move from http to https once
constexpr long kMostConnectMs = 20'000;  // a guess: slow lines of communes, not slow servers
constexpr const char* kLibrary = "libcurl.so.4";

// The functions of libcurl that are used, with the types of its header.
struct Curl {
  decltype(&curl_global_init) global_init;
  decltype(&curl_easy_init) easy_init;
  decltype(&curl_easy_cleanup) easy_cleanup;
  // Variadic; the header's macro of the same name checks nothing here.
  CURLcode (*easy_setopt)(CURL*, CURLoption, ...);
  decltype(&curl_easy_perform) easy_perform;
  CURLcode (*easy_getinfo)(CURL*, CURLINFO, ...);
  decltype(&curl_easy_strerror) easy_strerror;
  decltype(&curl_slist_append) slist_append;
  decltype(&curl_slist_free_all) slist_free_all;
  std::string failure;  // why it is not there
};

template <typename Function>
bool Take(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(::dlsym(library, name));
  return function != nullptr;
}

Curl Open() {
  Curl curl{};
  void* library = ::dlopen(kLibrary, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    curl.failure = ::dlerror();
    return curl;
  }
  const bool complete = Take(library, "curl_global_init", curl.global_init) &&
                        Take(library, "curl_easy_init", curl.easy_init) &&
                        Take(library, "curl_easy_cleanup", curl.easy_cleanup) &&
                        Take(library, "curl_easy_setopt", curl.easy_setopt) &&
                        Take(library, "curl_easy_perform", curl.easy_perform) &&
                        Take(library, "curl_easy_getinfo", curl.easy_getinfo) &&
                        Take(library, "curl_easy_strerror", curl.easy_strerror) &&
                        Take(library, "curl_slist_append", curl.slist_append) &&
                        Take(library, "curl_slist_free_all", curl.slist_free_all);
  if (!complete || curl.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) curl.failure = "libcurl is too old";
  return curl;
}

// Never closed. The first call, by whichever thread, opens it.
const Curl& Library() {
  static const Curl* curl = new Curl(Open());
  return *curl;
}

struct Cleanup {
  void operator()(CURL* handle) const { Library().easy_cleanup(handle); }
  void operator()(curl_slist* list) const { Library().slist_free_all(list); }
};
using EasyHandle = std::unique_ptr<CURL, Cleanup>;
using HeaderHandle = std::unique_ptr<curl_slist, Cleanup>;

bool StartsWith(std::string_view text, std::string_view lower_case_start) {
  return text.size() >= lower_case_start.size() &&
         std::equal(lower_case_start.begin(), lower_case_start.end(), text.begin(),
                    [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b - 'A' + 'a' : b); });
}

bool IsLoopback(std::string_view url) {
  for (const std::string_view start : {"http://127.", "https://127.", "http://localhost", "https://localhost",
                                       "http://[::1]", "https://[::1]"})
    if (StartsWith(url, start)) return true;
  return false;
}

struct Received {
  std::string body;
  std::uint64_t most_bytes = 0;
  bool too_large = false;
};

// Anything but `size` returned ends the transfer.
std::size_t Receive(char* bytes, std::size_t one, std::size_t size, void* user) {
  auto& received = *static_cast<Received*>(user);
  if (size > received.most_bytes - received.body.size()) {
    received.too_large = true;
    return 0;
  }
  received.body.append(bytes, size);
  return one * size;
}

tl::unexpected<Error> Refused(const HttpRequest& request, ErrorCode code, Message message, Message advice,
                              std::string cause = {}) {
  return Fail({code, std::move(message), std::move(advice), ShownUrl(request.url), {}, std::move(cause)});
}

tl::unexpected<Error> TooLarge(const HttpRequest& request) {
  return Refused(request, ErrorCode::kNotAccepted,
                 {fmt::format("máy chủ trả lời quá {} byte", request.most_bytes),
                  fmt::format("the server's answer is over {} bytes", request.most_bytes)},
                 {"Kiểm tra lại địa chỉ dịch vụ", "Check the address of the service"});
}

tl::unexpected<Error> WrongScheme(const HttpRequest& request, std::string cause = {}) {
  return Refused(request, ErrorCode::kNotAccepted,
                 {"địa chỉ (hoặc nơi máy chủ chuyển hướng tới) phải là http hay https",
                  "the address, or what the server redirects to, must be http or https"},
                 {"Sửa địa chỉ dịch vụ", "Mend the address of the service"}, std::move(cause));
}

class CurlHttp final : public Http {
 public:
  Result<HttpAnswer> Ask(const HttpRequest& request) override {
    if (!StartsWith(request.url, "http://") && !StartsWith(request.url, "https://"))
      return WrongScheme(request);
    const Curl& curl = Library();
    if (!curl.failure.empty()) {
      return Refused(request, ErrorCode::kMissingResource,
                     {"không nạp được thư viện libcurl", "cannot load libcurl"},
                     {"Cài gói libcurl4", "Install the package libcurl4"}, curl.failure);
    }
    const EasyHandle handle(curl.easy_init());
    if (!handle) throw std::bad_alloc();
    const HeaderHandle headers = SetHeaders(handle.get(), request);
    SetLimits(handle.get(), request);
    Received received{{}, request.most_bytes, false};
    curl.easy_setopt(handle.get(), CURLOPT_WRITEFUNCTION, &Receive);
    curl.easy_setopt(handle.get(), CURLOPT_WRITEDATA, &received);
    char words[CURL_ERROR_SIZE] = {};
    curl.easy_setopt(handle.get(), CURLOPT_ERRORBUFFER, words);

    const CURLcode outcome = curl.easy_perform(handle.get());
    if (outcome != CURLE_OK) return Failure(handle.get(), request, outcome, received.too_large, words);
    HttpAnswer answer;
    long status = 0;
    const char* type = nullptr;
    curl.easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
    curl.easy_getinfo(handle.get(), CURLINFO_CONTENT_TYPE, &type);
    answer.status = static_cast<int>(status);
    answer.content_type = type == nullptr ? "" : type;
    answer.body = std::move(received.body);
    return answer;
  }

 private:
  static HeaderHandle SetHeaders(CURL* handle, const HttpRequest& request) {
    const Curl& curl = Library();
    // Old servers know no "Expect: 100-continue" and wait for ever.
    curl_slist* headers = curl.slist_append(nullptr, "Expect:");
    if (!request.content_type.empty())
      headers = curl.slist_append(headers, ("Content-Type: " + request.content_type).c_str());
    if (!request.accept.empty()) headers = curl.slist_append(headers, ("Accept: " + request.accept).c_str());
    curl.easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
    curl.easy_setopt(handle, CURLOPT_USERAGENT, "Vanthu/" VANTHU_VERSION);
    curl.easy_setopt(handle, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    if (!request.body.empty()) {
      curl.easy_setopt(handle, CURLOPT_POST, 1L);
      curl.easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
      curl.easy_setopt(handle, CURLOPT_POSTFIELDS,
                       request.body.data());  // not copied; the request outlives it
    }
    return HeaderHandle(headers);
  }

  static void SetLimits(CURL* handle, const HttpRequest& request) {
    const Curl& curl = Library();
    const bool secure = StartsWith(request.url, "https://");
    const long timeout_ms = static_cast<long>(std::chrono::milliseconds(request.timeout).count());
    curl.easy_setopt(handle, CURLOPT_URL, request.url.c_str());
    curl.easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    // Never from https down to http: who asked for a secure answer gets one or none.
    curl.easy_setopt(handle, CURLOPT_REDIR_PROTOCOLS_STR, secure ? "https" : "http,https");
    curl.easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 1L);
    curl.easy_setopt(handle, CURLOPT_MAXREDIRS, kMostRedirects);
    curl.easy_setopt(handle, CURLOPT_POSTREDIR, static_cast<long>(CURL_REDIR_POST_ALL));
    curl.easy_setopt(handle, CURLOPT_TIMEOUT_MS, timeout_ms);
    curl.easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, std::min(timeout_ms, kMostConnectMs));
    curl.easy_setopt(handle, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(request.most_bytes));
    curl.easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    // TT 15/2025/TT-BKHCN: TLS 1.2 or newer.
    curl.easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    // http_proxy and https_proxy of the environment count, but not for this machine itself.
    if (IsLoopback(request.url)) curl.easy_setopt(handle, CURLOPT_PROXY, "");
  }

  static tl::unexpected<Error> Failure(CURL* handle, const HttpRequest& request, CURLcode outcome,
                                       bool too_large, const char* words) {
    const Curl& curl = Library();
    const std::string cause = *words != '\0' ? words : curl.easy_strerror(outcome);
    if (too_large || outcome == CURLE_FILESIZE_EXCEEDED) return TooLarge(request);
    switch (outcome) {
      case CURLE_UNSUPPORTED_PROTOCOL:
        // Where a redirect led, or HTTP/0.9: an answer without a head.
        return Redirects(handle) ? WrongScheme(request, cause) : Broken(request, cause);
      case CURLE_URL_MALFORMAT:
        return WrongScheme(request, cause);
      case CURLE_TOO_MANY_REDIRECTS:
        return Refused(request, ErrorCode::kNotAccepted,
                       {"máy chủ chuyển hướng quá nhiều lần", "the server redirects too often"},
                       {"Kiểm tra lại địa chỉ dịch vụ", "Check the address of the service"}, cause);
      case CURLE_OPERATION_TIMEDOUT:
        return TimedOut(handle, request);
      case CURLE_COULDNT_RESOLVE_HOST:
      case CURLE_COULDNT_RESOLVE_PROXY:
        return Refused(
            request, ErrorCode::kMissingResource, {"không tìm thấy máy chủ này", "there is no such server"},
            {"Kiểm tra mạng và địa chỉ dịch vụ", "Check the network and the address of the service"}, cause);
      case CURLE_COULDNT_CONNECT:
        return Refused(request, ErrorCode::kMissingResource,
                       {"máy chủ không nhận kết nối", "the server refuses the connection"},
                       {"Kiểm tra mạng, tường lửa và địa chỉ dịch vụ",
                        "Check the network, the firewall and the address of the service"},
                       cause);
      case CURLE_PEER_FAILED_VERIFICATION:
      case CURLE_SSL_CONNECT_ERROR:
        return Refused(
            request, ErrorCode::kMissingResource,
            {"không tin được chứng thư TLS của máy chủ", "the server's TLS certificate is not trusted"},
            {"Kiểm tra địa chỉ, giờ của máy và gói ca-certificates",
             "Check the address, this machine's clock and the package ca-certificates"},
            cause);
      default:
        return Broken(request, cause);
    }
  }

  static bool Redirects(CURL* handle) {
    long status = 0;
    Library().easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    return status >= 300 && status < 400;
  }

  static tl::unexpected<Error> Broken(const HttpRequest& request, const std::string& cause) {
    return Refused(
        request, ErrorCode::kMissingResource,
        {"đứt kết nối hoặc câu trả lời không phải HTTP", "the connection broke, or the answer is not HTTP"},
        {"Thử lại sau; nếu vẫn lỗi, hỏi nhà cung cấp dịch vụ",
         "Try later; if it stays so, ask the service's provider"},
        cause);
  }

  static tl::unexpected<Error> TimedOut(CURL* handle, const HttpRequest& request) {
    double connected_s = 0;
    Library().easy_getinfo(handle, CURLINFO_CONNECT_TIME, &connected_s);
    const Message advice = {"Thử lại sau, hoặc kiểm tra mạng", "Try later, or check the network"};
    if (connected_s <= 0) {
      return Refused(request, ErrorCode::kMissingResource,
                     {"không kết nối được trong thời hạn", "no connection within the time limit"}, advice);
    }
    return Refused(request, ErrorCode::kMissingResource,
                   {fmt::format("máy chủ không trả lời xong trong {} giây", request.timeout.count()),
                    fmt::format("the server did not finish its answer within {} s", request.timeout.count())},
                   advice);
  }
};

}  // namespace

std::string ShownUrl(const std::string& url) {
  const std::size_t start = url.find("://");
  if (start == std::string::npos) return url;
  const std::size_t host_end = url.find_first_of("/?#", start + 3);
  const std::size_t at = url.rfind('@', host_end);
  if (at == std::string::npos || at < start + 3) return url;
  return url.substr(0, start + 3) + url.substr(at + 1);
}

std::unique_ptr<Http> MakeHttp() {
  return std::make_unique<CurlHttp>();
}

}  // namespace vanthu::signing
