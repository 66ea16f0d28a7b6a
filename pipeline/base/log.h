// What the program tells while it works, beside its results and its errors: what each stage did and how long
// it took. Goes to one sink, that main sets (stderr, in the user's language) and that a worker's child
// replaces by its pipe to the parent. Not thread-safe: every process of the program has one thread.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "pipeline/base/error.h"

namespace vanthu {

// kDebug: what each stage did, and its time. kInfo: what was made of each document. kWarning: what a person
// must look at. kError: what could not be done (errors are printed by who decides about them, not here).
enum class LogLevel { kDebug, kInfo, kWarning, kError };

// "debug", "info", "warning", "error"; nothing for any other name.
std::optional<LogLevel> LogLevelOf(std::string_view name);

using LogSink = std::function<void(LogLevel, const Message&)>;

// Everything below `least` is dropped. Without a sink (the default: libraries and tests) everything is.
void SetLog(LogLevel least, LogSink sink);
// The same level, another sink.
void SetLogSink(LogSink sink);

// Whether a message of this level is told to anybody: ask before making one that costs something.
bool Logs(LogLevel level);
void Log(LogLevel level, const Message& message);

// Times one stage and tells it at kDebug: "file: what: 0.123 s".
class StageLog {
 public:
  explicit StageLog(std::string file) : file_(std::move(file)) {}
  // `what` is what the stage did since the construction or the last call.
  void Done(const Message& what);

 private:
  std::string file_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace vanthu
