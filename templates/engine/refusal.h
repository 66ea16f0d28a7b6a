// How the engine says no: an Error with a sentence in both languages, and where in the Document.
#pragma once

#include <string>

#include "pipeline/base/error.h"

namespace vanthu::templates {

inline Error Refusal(ErrorCode code, Message message, std::string cause = {}, Message advice = {}) {
  Error error;
  error.code = code;
  error.message = std::move(message);
  error.advice = std::move(advice);
  error.cause = std::move(cause);
  return error;
}

// A place in the Document, 0-based; -1 where it does not apply.
struct Where {
  int section = 0;
  int block = 0;
  int row = -1;
  int column = -1;  // of a table or of Columns
};

// " (phần 1, khối 3, hàng 2, cột 1)", 1-based.
Message Describe(const Where& where);

}  // namespace vanthu::templates
