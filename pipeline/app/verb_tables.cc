// vanthu tables: the tables alone, joined over pages or as printed.
#include <memory>

#include "pipeline/app/language.h"
#include "pipeline/app/verbs.h"
#include "pipeline/base/log.h"
#include "pipeline/layout/layout.h"
#include "pipeline/record/json.h"
#include "pipeline/record/sheets.h"

namespace vanthu::app {
namespace {

struct Arguments {
  std::string file;
  std::string output;
  std::string format = "json";
  bool raw = false;
  Reading reading;
};

Result<std::string> Write(const std::vector<Table>& tables, const std::string& format) {
  if (format == "csv") return record::TablesToCsv(tables);
  if (format == "xlsx") return record::TablesToXlsx(tables);
  return record::TablesToJson(tables);
}

Result<std::string> Produce(const Arguments& arguments, const run::DigitiseOptions& options,
                            const run::Heartbeat& heartbeat) {
  const Result<run::ReadDocument> read = run::ReadPages(arguments.file, options, heartbeat);
  if (!read) return Fail(read.error());
  StageLog stage(read->source.file);
  const DocumentLayout document = layout::BuildLayout(read->pages, {});
  stage.Done({"dựng bố cục, " + std::to_string(document.tables.size()) + " bảng",
              "layout, " + std::to_string(document.tables.size()) + " tables"});
  std::vector<Table> tables;
  if (arguments.raw) {
    for (const LayoutPage& page : document.pages)
      tables.insert(tables.end(), page.tables.begin(), page.tables.end());
  } else {
    tables = document.tables;
  }
  return Write(InSourceFrame(std::move(tables), document.pages), arguments.format);
}

int Run(const Arguments& arguments, const Common& common) {
  const Result<run::DigitiseOptions> options = ToDigitiseOptions(arguments.reading);
  if (!options) return Report(options.error());
  Result<std::string> bytes;
  {
    Progress progress(ProgressStyle(common), 1);
    bytes = run::RunIsolated(
        arguments.file,
        [&](const run::Heartbeat& heartbeat) { return Produce(arguments, *options, heartbeat); },
        ToWorkerLimits(arguments.reading),
        [&](int done, int total) {
          progress.Update(total > 0 ? static_cast<double>(done) / total : 0, arguments.file);
        });
  }
  if (!bytes) return Report(bytes.error());
  if (const Status written = WriteOutput(arguments.output, *bytes); !written) return Report(written.error());
  return 0;
}

}  // namespace

void AddTables(CLI::App* app, Common* common, Action* chosen) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb = app->add_subcommand("tables", Say("chỉ lấy các bảng", "the tables alone"));
  verb->add_option("FILE", arguments->file, "PDF, TIFF, JPEG, PNG")->required();
  verb->add_option("-o,--output", arguments->output,
                   Say("tệp kết quả (mặc định: stdout)", "output file (default: stdout)"));
  verb->add_option("--format", arguments->format)
      ->check(CLI::IsMember({"json", "csv", "xlsx"}))
      ->capture_default_str();
  verb->add_flag("--raw", arguments->raw,
                 Say("từng trang như in, không nối", "page by page as printed, not joined"));
  AddReadingOptions(verb, &arguments->reading);
  verb->footer(Say("Ví dụ:", "Examples:") + std::string(R"(
  vanthu tables phu-luc.pdf --format xlsx -o phu-luc.xlsx
  vanthu tables phu-luc.pdf --raw)"));
  verb->callback([=] { *chosen = [=] { return Run(*arguments, *common); }; });
}

}  // namespace vanthu::app
