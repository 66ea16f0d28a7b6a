#include "pipeline/run/wire.h"

#include <cstring>

namespace vanthu::run {

void WireWriter::Put(std::uint64_t number) {
  char raw[sizeof number];
  std::memcpy(raw, &number, sizeof number);
  bytes_.append(raw, sizeof raw);
}

void WireWriter::Put(std::string_view text) {
  Put(static_cast<std::uint64_t>(text.size()));
  bytes_.append(text);
}

void WireWriter::Put(const Error& error) {
  Put(std::string_view(Name(error.code)));
  Put(error.message.vi);
  Put(error.message.en);
  Put(error.advice.vi);
  Put(error.advice.en);
  Put(error.file);
  Put(error.page ? static_cast<std::uint64_t>(*error.page) + 1 : 0);
  Put(error.cause);
}

std::uint64_t WireReader::Number() {
  std::uint64_t number = 0;
  if (rest_.size() < sizeof number) {
    ok_ = false;
    rest_ = {};
    return 0;
  }
  std::memcpy(&number, rest_.data(), sizeof number);
  rest_.remove_prefix(sizeof number);
  return number;
}

std::string WireReader::Text() {
  const std::uint64_t size = Number();
  if (size > rest_.size()) {
    ok_ = false;
    rest_ = {};
    return {};
  }
  std::string text(rest_.substr(0, size));
  rest_.remove_prefix(size);
  return text;
}

Error WireReader::ReadError() {
  Error error;
  error.code = ErrorCodeOf(Text());
  error.message.vi = Text();
  error.message.en = Text();
  error.advice.vi = Text();
  error.advice.en = Text();
  error.file = Text();
  if (const std::uint64_t page = Number(); page > 0) error.page = static_cast<int>(page - 1);
  error.cause = Text();
  return error;
}

}  // namespace vanthu::run
