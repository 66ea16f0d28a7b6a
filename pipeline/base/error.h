// Errors that the caller must decide about. A problem that leaves a usable result is a Finding in the record
// instead; a bug is a thrown std::logic_error, caught once in main.
#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>

namespace vanthu {

// A sentence for people, in both languages of the program.
struct Message {
  std::string vi;
  std::string en;
};

enum class ErrorCode {
  kUsage,            // wrong arguments
  kUnreadable,       // the file cannot be opened or read
  kDamaged,          // the bytes are not what they claim to be
  kNotAccepted,      // readable, but of a kind that is not handled
  kPassword,         // encrypted, and no or a wrong password given
  kLimit,            // over a limit of pages, pixels, bytes or time
  kMissingResource,  // a model, font, key, token, trust store or service is not there
  kWrite,            // the output cannot be written (disk full, no rights)
  kInterrupted,      // stopped by the user or the system, may be resumed
  kCrashed,          // the worker that held the document died
  kInternal,         // a bug, reported by a worker
};

struct Error {
  ErrorCode code = ErrorCode::kInternal;
  Message message;          // what happened
  Message advice;           // what to do next; may be empty
  std::string file;         // the input it is about; may be empty
  std::optional<int> page;  // 0-based
  std::string cause;        // the library's or system's own words, untranslated; may be empty
};

template <typename T>
using Result = tl::expected<T, Error>;
using Status = tl::expected<void, Error>;

// Stable lower-case name of a code, e.g. "unreadable": for logs, quarantine and JSON.
const char* Name(ErrorCode code);
// The inverse of Name; kInternal for an unknown name.
ErrorCode ErrorCodeOf(const std::string& name);

// The exit code of the contract that stands for `code`: 2, 3, 4, 5 or 70.
int ExitCode(ErrorCode code);

enum class Language { kVietnamese, kEnglish };

// "file, page 3: message (cause). advice"
std::string Describe(const Error& error, Language language);

inline tl::unexpected<Error> Fail(Error error) {
  return tl::unexpected<Error>(std::move(error));
}

}  // namespace vanthu
