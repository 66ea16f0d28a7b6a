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
  explicit Secret(std::string value);
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret();  // overwrites (OPENSSL_cleanse), as moving does with what it leaves behind

  std::string_view view() const { return value_; }
  const char* c_str() const { return value_.c_str(); }
  bool empty() const { return value_.empty(); }

 private:
  std::string value_;
};

// The first line of the file, without its line end (and without the mark that Notepad puts before it: a PIN
// with that mark would cost one of three tries). A terminal is read without echo; a pipe is waited for a
// minute. kUnreadable; kNotAccepted: a line of more than 4096 bytes.
Result<Secret> ReadSecret(const std::filesystem::path& path);
// Whether others than its owner may read or write the file. A warning and no refusal: shares of offices show
// every file so, and what is refused there is then written on the command line.
bool OthersMayRead(const std::filesystem::path& path);

// No core dumps of this process and its children, and no tracing by other processes of the user (prctl
// PR_SET_DUMPABLE 0, RLIMIT_CORE 0). Call before a secret is read.
void ForbidCoreDumps();

}  // namespace vanthu::signing
