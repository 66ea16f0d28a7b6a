// vanthu text: reading-order text, or words with their boxes.
#include <memory>

#include "pipeline/app/language.h"
#include "pipeline/app/verbs.h"
#include "pipeline/base/log.h"
#include "pipeline/layout/layout.h"
#include "pipeline/layout/text.h"
#include "pipeline/record/page_text.h"

namespace vanthu::app {
namespace {

struct Arguments {
  std::string file;
  std::string output;
  std::string format = "txt";
  bool pages = false;
  Reading reading;
};

std::string Write(const DocumentLayout& document, const Arguments& arguments, const SourceFile& source) {
  if (arguments.format == "json") return record::WordsToJson(document);
  if (arguments.format == "hocr") return record::WordsToHocr(document, source.file);
  if (arguments.format == "alto") return record::WordsToAlto(document, source.file);
  if (!arguments.pages) return layout::ReadingOrderText(document);
  std::string text;
  for (const LayoutPage& page : document.pages) {
    if (page.page > 0) text += "\f\n";  // form feed between pages, as pdftotext does
    text += layout::PageText(page);
  }
  return text;
}

int Run(const Arguments& arguments, const Common& common) {
  const Result<run::DigitiseOptions> options = ToDigitiseOptions(arguments.reading);
  if (!options) return Report(options.error());
  const run::Work work = [&](const run::Heartbeat& heartbeat) -> Result<std::string> {
    const Result<run::ReadDocument> read = run::ReadPages(arguments.file, *options, heartbeat);
    if (!read) return Fail(read.error());
    StageLog stage(read->source.file);
    const DocumentLayout document = layout::BuildLayout(read->pages, {});
    stage.Done({"dựng bố cục", "layout"});
    return Write(document, arguments, read->source);
  };
  Result<std::string> bytes;
  {
    Progress progress(ProgressStyle(common), 1);
    bytes =
        run::RunIsolated(arguments.file, work, ToWorkerLimits(arguments.reading), [&](int done, int total) {
          progress.Update(total > 0 ? static_cast<double>(done) / total : 0, arguments.file);
        });
  }
  if (!bytes) return Report(bytes.error());
  if (const Status written = WriteOutput(arguments.output, *bytes); !written) return Report(written.error());
  return 0;
}

}  // namespace

void AddText(CLI::App* app, Common* common, Action* chosen) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb = app->add_subcommand("text", Say("toàn văn theo thứ tự đọc", "the text in reading order"));
  verb->add_option("FILE", arguments->file, "PDF, TIFF, JPEG, PNG")->required();
  verb->add_option("-o,--output", arguments->output,
                   Say("tệp kết quả (mặc định: stdout)", "output file (default: stdout)"));
  verb->add_option(
          "--format", arguments->format,
          Say("txt; json, hocr, alto: có vị trí từng chữ", "txt; json, hocr, alto: words with boxes"))
      ->check(CLI::IsMember({"txt", "json", "hocr", "alto"}))
      ->capture_default_str();
  verb->add_flag("--pages", arguments->pages, Say("từng trang như in", "page by page as printed"));
  AddReadingOptions(verb, &arguments->reading);
  verb->footer(Say("Ví dụ:", "Examples:") + std::string(R"(
  vanthu text ke-hoach-scan.pdf
  vanthu text ke-hoach.pdf --pages -o ke-hoach.txt
  vanthu text ke-hoach-scan.pdf --format alto -o ke-hoach.xml)"));
  verb->callback([=] { *chosen = [=] { return Run(*arguments, *common); }; });
}

}  // namespace vanthu::app
