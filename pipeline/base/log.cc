#include "pipeline/base/log.h"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace vanthu {
namespace {

struct State {
  LogLevel least = LogLevel::kWarning;
  LogSink sink;
};

State& Current() {
  static State state;
  return state;
}

}  // namespace

std::optional<LogLevel> LogLevelOf(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, LogLevel>, 4> kNames = {{
      {"debug", LogLevel::kDebug},
      {"info", LogLevel::kInfo},
      {"warning", LogLevel::kWarning},
      {"error", LogLevel::kError},
  }};
  for (const auto& [known, level] : kNames)
    if (known == name) return level;
  return std::nullopt;
}

void SetLog(LogLevel least, LogSink sink) {
  Current().least = least;
  SetLogSink(std::move(sink));
}

void SetLogSink(LogSink sink) {
  Current().sink = std::move(sink);
}

bool Logs(LogLevel level) {
  return Current().sink && level >= Current().least;
}

void Log(LogLevel level, const Message& message) {
  if (Logs(level)) Current().sink(level, message);
}

void StageLog::Done(const Message& what) {
  const auto now = std::chrono::steady_clock::now();
  const double seconds = std::chrono::duration<double>(now - start_).count();
  start_ = now;
  if (!Logs(LogLevel::kDebug)) return;
  const auto told = [&](const std::string& sentence) {
    return fmt::format("{}: {}: {:.3f} s", file_, sentence, seconds);
  };
  Log(LogLevel::kDebug, {told(what.vi), told(what.en)});
}

}  // namespace vanthu
