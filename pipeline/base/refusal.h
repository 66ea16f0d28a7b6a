// How a room says no: an Error with a sentence in both languages.
#pragma once

#include <string>
#include <utility>

#include "pipeline/base/error.h"

namespace vanthu {

inline Error Refusal(ErrorCode code, Message message, std::string cause = {}, Message advice = {}) {
  Error error;
  error.code = code;
  error.message = std::move(message);
  error.advice = std::move(advice);
  error.cause = std::move(cause);
  return error;
}

}  // namespace vanthu
