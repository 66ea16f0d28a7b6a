// HTTP for timestamp authorities, OCSP responders and CRLs (libcurl). http and https alone, no redirects to
// others, bounded answers.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "pipeline/base/error.h"

namespace vanthu::signing {

struct HttpRequest {
  std::string url;
  std::string body;          // empty: GET
  std::string content_type;  // of the body
  std::string accept;
  std::chrono::seconds timeout{30};
  std::uint64_t most_bytes = 1 << 20;
};

struct HttpAnswer {
  int status = 0;
  std::string content_type;
  std::string body;
};

// Thread-safe. kMissingResource: no connection, timed out (the message says which); kNotAccepted: scheme or
// size.
class Http {
 public:
  virtual ~Http() = default;
  virtual Result<HttpAnswer> Ask(const HttpRequest& request) = 0;
};
std::unique_ptr<Http> MakeHttp();

// Without a name and password before the host: for messages and logs.
std::string ShownUrl(const std::string& url);

}  // namespace vanthu::signing
