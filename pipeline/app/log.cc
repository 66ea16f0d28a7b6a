#include "pipeline/app/log.h"

#include <fmt/format.h>

#include "pipeline/app/language.h"
#include "pipeline/base/log.h"
#include "pipeline/run/batch.h"

namespace vanthu::app {
namespace {

LogLevel LevelOf(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return LogLevel::kWarning;
    case Severity::kWarning:
      return LogLevel::kInfo;
    case Severity::kInfo:
      break;
  }
  return LogLevel::kDebug;
}

void LogFinding(const std::string& file, const Finding& finding) {
  const auto told = [&](const char* page) {
    return fmt::format("{}{}: {} [{}]", file,
                       finding.page ? fmt::format(", {} {}", page, *finding.page + 1) : "", finding.message,
                       finding.code);
  };
  // A finding's sentence is Vietnamese in every language; its code is for both.
  Log(LevelOf(finding.severity), {told("trang"), told("page")});
}

}  // namespace

void StartLog(const Common& common) {
  const LogLevel level = LogLevelOf(common.log_level).value_or(LogLevel::kWarning);
  SetLog(common.quiet ? LogLevel::kError : level,
         [](LogLevel, const Message& message) { Progress::Print("vanthu: " + Say(message)); });
}

void LogDocument(const Record& record) {
  const std::string& file = record.source.file;
  const auto told = [&](const char* counts) {
    return file + ": " +
           fmt::format(fmt::runtime(counts), record.source.pages, record.tables.size(), record.tasks.size(),
                       run::CountDoubtful(record), record.findings.size());
  };
  if (Logs(LogLevel::kInfo))
    Log(LogLevel::kInfo, {told("{} trang, {} bảng, {} nhiệm vụ, {} giá trị chưa chắc, {} điều cần biết"),
                          told("{} pages, {} tables, {} tasks, {} doubtful values, {} findings")});
  for (const Finding& finding : record.findings) LogFinding(file, finding);
}

}  // namespace vanthu::app
