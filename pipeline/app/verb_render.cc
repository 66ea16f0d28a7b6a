// vanthu render: a record and a form to a PDF that carries the record.
#include <memory>

#include "pipeline/app/language.h"
#include "pipeline/app/verbs.h"
#include "pipeline/base/file.h"
#include "pipeline/run/issue.h"
#include "templates/forms/catalogue.h"

namespace vanthu::app {
namespace {

struct Arguments {
  std::string record;
  std::string form;
  std::string output;
  run::IssueOptions issue;
  bool no_record = false;
};

int Run(Arguments arguments) {
  const auto form_file = templates::FindForm(arguments.form, DataFolder() / "forms");
  if (!form_file) return Report(form_file.error());
  const Result<templates::Form> form = templates::ReadForm(*form_file, DataFolder() / "forms");
  if (!form) return Report(form.error());
  const Result<Record> record = run::ReadRecordFile(arguments.record);
  if (!record) return Report(record.error());
  arguments.issue.attach_record = !arguments.no_record;
  const Result<run::IssueTools> tools = run::OpenIssueTools(arguments.issue);
  if (!tools) return Report(tools.error());
  const Result<std::string> pdf = run::Issue(*record, *form, *tools, arguments.issue);
  if (!pdf) return Report(pdf.error());
  const Status written = WriteOutput(arguments.output, *pdf);
  return written ? 0 : Report(written.error());
}

}  // namespace

void AddRender(CLI::App* app, Common*, Action* chosen) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb = app->add_subcommand("render", Say("lập văn bản PDF/A từ bản ghi và biểu mẫu",
                                                     "make a PDF/A document of a record and a form"));
  verb->add_option("RECORD", arguments->record, Say("bản ghi, JSON hoặc XML", "record, JSON or XML"))
      ->required();
  verb->add_option("--form", arguments->form,
                   Say("tên biểu mẫu (vanthu form list) hoặc tệp .xml",
                       "name of a form (vanthu form list) or .xml file"))
      ->required();
  verb->add_option("-o,--output", arguments->output, Say("tệp PDF", "PDF file"))->required();
  verb->add_option("--font-dir", arguments->issue.font_dir,
                   Say("thư mục phông chữ (Times New Roman của cơ quan)",
                       "folder of fonts (an office's own Times New Roman)"));
  verb->add_flag("--no-record", arguments->no_record,
                 Say("không đính kèm bản ghi (PDF/A-2a)", "do not attach the record (PDF/A-2a)"));
  verb->footer(Say("Ví dụ:", "Examples:") + std::string(R"(
  vanthu render ke-hoach.json --form ke-hoach -o ke-hoach.pdf
  vanthu render ban-ghi.xml --form mau-cua-toi.xml -o van-ban.pdf)"));
  verb->callback([=] { *chosen = [=] { return Run(*arguments); }; });
}

}  // namespace vanthu::app
