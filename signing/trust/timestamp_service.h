// A timestamp authority over HTTP (RFC 3161, 3.4). National ones answer in 2 to 131 s: long timeouts, few at
// once.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "signing/cms/timestamp_request.h"
#include "signing/trust/http.h"

namespace vanthu::signing {

// Thread-safe; at most four requests at once in a process.
class TimestampService {
 public:
  virtual ~TimestampService() = default;
  // A checked token over `imprint`. kMissingResource after the last try (the message: slow, refused
  // connection, HTTP status); kNotAccepted and kDamaged at once: a refusal, garbage or a replay is no reason
  // to ask again, nor is an HTTP status that will not change (4xx but 408 and 429).
  virtual Result<TimestampToken> Stamp(std::string_view imprint, Digest digest) = 0;
};

struct TimestampOptions {
  std::string url;
  std::chrono::seconds timeout{180};
  int tries = 3;
  std::chrono::milliseconds pause{1000};  // before the second try; twice as long before each that follows
};
// `http` must outlive it.
std::unique_ptr<TimestampService> MakeTimestampService(TimestampOptions options, Http& http);

}  // namespace vanthu::signing
