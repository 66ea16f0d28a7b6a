// vanthu extract: documents to records.
#include <algorithm>
#include <filesystem>
#include <memory>
#include <vector>

#include "pipeline/app/language.h"
#include "pipeline/app/log.h"
#include "pipeline/app/verbs.h"
#include "pipeline/base/file.h"
#include "pipeline/record/json.h"
#include "pipeline/record/sheets.h"
#include "pipeline/record/xml.h"

namespace vanthu::app {
namespace {

struct Arguments {
  std::vector<std::string> files;
  std::string output;
  std::string format = "json";
  Reading reading;
};

bool HasErrorFinding(const Record& record) {
  return std::any_of(record.findings.begin(), record.findings.end(),
                     [](const Finding& finding) { return finding.severity == Severity::kError; });
}

Result<std::string> Write(const std::vector<Record>& records, const std::string& format, bool many) {
  if (format == "csv") return record::TasksToCsv(records);
  if (format == "xlsx") return record::TasksToXlsx(records);
  std::string out;
  for (const Record& one : records) {
    if (format == "xml")
      out += record::ToXml(one);
    else
      out += record::ToJson(one, many ? record::JsonStyle::kOneLine : record::JsonStyle::kIndented);
    if (!out.ends_with('\n')) out += '\n';
  }
  return out;
}

// The record of one file, made in a process of its own.
Result<Record> ExtractOne(const std::string& file, const run::DigitiseOptions& options,
                          const extract::Rules& rules, const run::WorkerLimits& limits,
                          const run::Heartbeat& on_progress) {
  const run::Work work = [&](const run::Heartbeat& heartbeat) -> Result<std::string> {
    const Result<run::Digitised> digitised = run::Digitise(file, options, rules, heartbeat);
    if (!digitised) return Fail(digitised.error());
    return record::ToJson(digitised->record, record::JsonStyle::kOneLine);
  };
  const Result<std::string> json = run::RunIsolated(file, work, limits, on_progress);
  if (!json) return Fail(json.error());
  return record::ParseJson(*json);
}

int Run(const Arguments& arguments, const Common& common) {
  if (arguments.format == "xml" && arguments.files.size() > 1)
    return Report({ErrorCode::kUsage,
                   {"định dạng xml chỉ nhận một tệp", "the format xml takes one file"},
                   {"Dùng json cho nhiều tệp", "Use json for several files"},
                   {},
                   {},
                   {}});
  const Result<run::DigitiseOptions> options = ToDigitiseOptions(arguments.reading);
  if (!options) return Report(options.error());
  const Result<extract::RulesHandle> rules = extract::ReadRules(DataFolder() / "rules");
  if (!rules) return Report(rules.error());

  int exit_code = 0;
  std::vector<Record> records;
  {
    Progress progress(ProgressStyle(common), static_cast<int>(arguments.files.size()));
    for (std::size_t i = 0; i < arguments.files.size(); ++i) {
      const std::string& file = arguments.files[i];
      const auto show = [&](int done, int total) {
        progress.Update(static_cast<double>(i) + (total > 0 ? static_cast<double>(done) / total : 0), file);
      };
      Result<Record> one = ExtractOne(file, *options, **rules, ToWorkerLimits(arguments.reading), show);
      if (!one) {
        exit_code = std::max(exit_code, Report(one.error()));
        if (one.error().code == ErrorCode::kInterrupted) return exit_code;
        continue;
      }
      LogDocument(*one);
      if (HasErrorFinding(*one)) exit_code = std::max(exit_code, 1);
      records.push_back(std::move(*one));
    }
  }
  if (records.empty()) return exit_code;
  const Result<std::string> bytes = Write(records, arguments.format, arguments.files.size() > 1);
  if (!bytes) return Report(bytes.error());
  if (const Status written = WriteOutput(arguments.output, *bytes); !written) return Report(written.error());
  return exit_code;
}

}  // namespace

void AddExtract(CLI::App* app, Common* common, Action* chosen) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb = app->add_subcommand(
      "extract", Say("đọc tài liệu thành bản ghi có cấu trúc", "read documents into structured records"));
  verb->add_option("FILE", arguments->files, "PDF, TIFF, JPEG, PNG")->required();
  verb->add_option("-o,--output", arguments->output,
                   Say("tệp kết quả (mặc định: stdout)", "output file (default: stdout)"));
  verb->add_option("--format", arguments->format,
                   Say("json, xml; csv, xlsx: bảng nhiệm vụ", "json, xml; csv, xlsx: the tasks"))
      ->check(CLI::IsMember({"json", "xml", "csv", "xlsx"}))
      ->capture_default_str();
  AddReadingOptions(verb, &arguments->reading);
  verb->footer(Say("Ví dụ:", "Examples:") + std::string(R"(
  vanthu extract ke-hoach.pdf
  vanthu extract ke-hoach-scan.pdf --format xlsx -o nhiem-vu.xlsx
  vanthu extract *.pdf -o ban-ghi.jsonl)"));
  verb->callback([=] { *chosen = [=] { return Run(*arguments, *common); }; });
}

}  // namespace vanthu::app
