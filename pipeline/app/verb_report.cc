// vanthu report: the figures of a period, from a store and a data file, as a PDF that carries them.
#include <algorithm>
#include <memory>

#include "pipeline/app/language.h"
#include "pipeline/app/verbs.h"
#include "pipeline/base/file.h"
#include "pipeline/base/progress.h"
#include "pipeline/run/issue.h"
#include "pipeline/run/report.h"
#include "templates/forms/catalogue.h"

namespace vanthu::app {
namespace {

struct Arguments {
  run::ReportRequest request;
  std::string form;
  std::string output;
  run::IssueOptions issue;
};

// Tells the findings; the exit code that they are worth.
int TellFindings(const std::vector<report::ReportFinding>& findings, bool quiet) {
  bool errors = false;
  for (const report::ReportFinding& finding : findings) {
    errors = errors || finding.severity == Severity::kError;
    if (!quiet) Progress::Print("vanthu: " + Say(finding.message));
  }
  return errors ? 1 : 0;
}

int Run(const Arguments& arguments, const Common& common) {
  run::EndOnInterrupt();
  const auto form_file = templates::FindForm(arguments.form, DataFolder() / "forms");
  if (!form_file) return Report(form_file.error());
  const Result<templates::Form> form = templates::ReadForm(*form_file, DataFolder() / "forms");
  if (!form) return Report(form.error());
  const Result<report::ComputedReport> computed = run::MakeReport(arguments.request);
  if (!computed) return Report(computed.error());
  const Result<run::IssueTools> tools = run::OpenIssueTools(arguments.issue);
  if (!tools) return Report(tools.error());
  const Result<std::string> pdf = run::Issue(computed->record, *form, *tools, arguments.issue);
  if (!pdf) return Report(pdf.error());
  if (const Status written = WriteOutput(arguments.output, *pdf); !written) return Report(written.error());
  return TellFindings(computed->findings, common.quiet);
}

}  // namespace

void AddReport(CLI::App* app, Common* common, Action* chosen) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb = app->add_subcommand("report", Say("lập báo cáo định kỳ từ kho và tệp số liệu",
                                                     "make a periodic report of a store and data"));
  verb->add_option("--store", arguments->request.store, Say("thư mục kho", "folder of the store"))
      ->required();
  verb->add_option(
          "--period", arguments->request.period,
          Say("kỳ báo cáo: 2026-01 (tháng), 2026-Q1 (quý), 2026-H1 (6 tháng), 2026-9M (9 tháng), 2026 (năm)",
              "period: 2026-01 (month), 2026-Q1 (quarter), 2026-H1 (6 months), 2026-9M (9 months), 2026"))
      ->required();
  verb->add_option("--form", arguments->form,
                   Say("tên biểu mẫu (vanthu form list) hoặc tệp .xml",
                       "name of a form (vanthu form list) or .xml file"))
      ->required();
  verb->add_option(
          "--data", arguments->request.data,
          Say("số liệu mà kho không có: JSON, hoặc CSV tiến độ; ghi nhiều lần nếu nhiều tệp",
              "figures that the store has not: JSON, or CSV of progress; several times for several files"))
      ->take_all();
  verb->add_option("-o,--output", arguments->output, Say("tệp PDF", "PDF file"))->required();
  verb->add_option("--font-dir", arguments->issue.font_dir,
                   Say("thư mục phông chữ (Times New Roman của cơ quan)",
                       "folder of fonts (an office's own Times New Roman)"));
  verb->footer(
      Say("Kỳ tính từ ngày 15 đến ngày 14 (quý I/2026: 15/12/2025 - 14/3/2026). Số liệu không thỏa các đẳng "
          "thức của "
          "biểu thì không lập báo cáo, hàng sai được nêu tên. Dạng tệp số liệu: docs/report.md.\n\nVí dụ:",
          "A period runs from the 15th to the 14th (2026-Q1: 15 Dec 2025 to 14 Mar 2026). Figures that do "
          "not add up "
          "stop the report, and the row is named. The data file: docs/report.md.\n\nExamples:") +
      std::string(R"(
  vanthu report --store kho --period 2026-Q1 --form bao-cao -o bao-cao-quy-1.pdf
  vanthu report --store kho --period 2026-Q1 --form bao-cao-tthc --data so-lieu.json --data tien-do.csv -o bc.pdf
  vanthu report --store kho --period 2026 --form bang-766 --data so-lieu.json -o bang-766.pdf)"));
  verb->callback([=] { *chosen = [=] { return Run(*arguments, *common); }; });
}

}  // namespace vanthu::app
