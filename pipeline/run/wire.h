// Values as bytes, for the pipe between a worker and the process that started it. Same machine, same program:
// native byte order. Reading is bounded and never trusts a length.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "pipeline/base/error.h"

namespace vanthu::run {

class WireWriter {
 public:
  void Put(std::uint64_t number);
  void Put(std::string_view text);
  void Put(const Error& error);
  std::string Take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

// After a short or false read ok() is false and every value is empty.
class WireReader {
 public:
  explicit WireReader(std::string_view bytes) : rest_(bytes) {}
  std::uint64_t Number();
  std::string Text();
  Error ReadError();
  bool ok() const { return ok_; }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace vanthu::run
