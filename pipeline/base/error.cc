#include "pipeline/base/error.h"

#include <fmt/format.h>

#include <array>

namespace vanthu {
namespace {

struct CodeRow {
  ErrorCode code;
  const char* name;
  int exit_code;
};

// docs: exit codes of the command line.
constexpr std::array<CodeRow, 11> kCodes = {{
    {ErrorCode::kUsage, "usage", 2},
    {ErrorCode::kUnreadable, "unreadable", 3},
    {ErrorCode::kDamaged, "damaged", 3},
    {ErrorCode::kNotAccepted, "not-accepted", 3},
    {ErrorCode::kPassword, "password", 3},
    {ErrorCode::kLimit, "limit", 3},
    {ErrorCode::kMissingResource, "missing-resource", 4},
    {ErrorCode::kWrite, "write", 4},
    {ErrorCode::kInterrupted, "interrupted", 5},
    {ErrorCode::kCrashed, "crashed", 3},
    {ErrorCode::kInternal, "internal", 70},
}};

const CodeRow& Row(ErrorCode code) {
  for (const CodeRow& row : kCodes)
    if (row.code == code) return row;
  return kCodes.back();
}

}  // namespace

const char* Name(ErrorCode code) {
  return Row(code).name;
}

ErrorCode ErrorCodeOf(const std::string& name) {
  for (const CodeRow& row : kCodes)
    if (name == row.name) return row.code;
  return ErrorCode::kInternal;
}

int ExitCode(ErrorCode code) {
  return Row(code).exit_code;
}

std::string Describe(const Error& error, Language language) {
  const bool vi = language == Language::kVietnamese;
  std::string out = error.file;
  if (error.page)
    out += fmt::format("{}{} {}", out.empty() ? "" : ", ", vi ? "trang" : "page", *error.page + 1);
  if (!out.empty()) out += ": ";
  out += vi ? error.message.vi : error.message.en;
  if (!error.cause.empty()) out += fmt::format(" ({})", error.cause);
  const std::string& advice = vi ? error.advice.vi : error.advice.en;
  if (!advice.empty()) out += ". " + advice;
  return out;
}

}  // namespace vanthu
