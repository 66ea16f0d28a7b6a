// A PIN or password: read from a file or a terminal, never from arguments; wiped when it goes; never printed.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "pipeline/base/error.h"

namespace vanthu::signing {

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(std::move(value)) {}
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret();  // overwrites (OPENSSL_cleanse)

  std::string_view view() const { return value_; }
  bool empty() const { return value_.empty(); }

 private:
  std::string value_;
};

// The first line of the file, without its line end. kUnreadable; warns (advice) nothing: a file others may
// read is kNotAccepted unless it is a pipe.
Result<Secret> ReadSecret(const std::filesystem::path& path);

// No core dumps of this process, and no tracing by others (prctl PR_SET_DUMPABLE 0, RLIMIT_CORE 0). Call
// before a secret is read.
void ForbidCoreDumps();

}  // namespace vanthu::signing
