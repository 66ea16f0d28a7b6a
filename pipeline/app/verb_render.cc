// vanthu render: a record and a form to a PDF that carries the record, or to a DOCX, text, or pictures.
#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>

#include "pipeline/app/language.h"
#include "pipeline/app/verbs.h"
#include "pipeline/base/file.h"
#include "pipeline/run/issue.h"
#include "pipeline/run/preview.h"
#include "templates/forms/catalogue.h"

namespace vanthu::app {
namespace {

struct Arguments {
  std::string record;
  std::string form;
  std::string output;
  std::string format;  // empty: by the output's extension
  int dpi = 150;
  run::IssueOptions issue;
  bool no_record = false;
};

constexpr std::array kFormats = {"pdf", "docx", "txt", "png"};

// The extension of the output, where no format was asked for.
Result<std::string> FormatOf(const Arguments& arguments) {
  if (!arguments.format.empty()) return arguments.format;
  std::string extension = std::filesystem::path(arguments.output).extension().string();
  for (char& c : extension)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  if (!extension.empty()) extension.erase(0, 1);
  if (std::find(kFormats.begin(), kFormats.end(), extension) != kFormats.end()) return extension;
  return Fail(Error{ErrorCode::kUsage,
                    {"không rõ định dạng của tệp ra", "the format of the output cannot be told"},
                    {"Dùng đuôi .pdf, .docx, .txt, .png, hoặc thêm --format pdf|docx|txt|png",
                     "Use the extension .pdf, .docx, .txt or .png, or add --format pdf|docx|txt|png"},
                    arguments.output,
                    {},
                    {}});
}

// Into a folder, or beside each other as NAME-1.png ... where the output is named NAME.png.
Status WritePngs(const Arguments& arguments, const std::string& pdf) {
  const std::filesystem::path output(arguments.output);
  const Dpi dpi{static_cast<double>(arguments.dpi)};
  const bool named = output.extension() == ".png" || output.extension() == ".PNG";
  const Result<int> pages = named ? run::WritePictures(pdf, output.parent_path() / output.stem(), dpi)
                                  : run::WritePreview(pdf, output, dpi);
  if (!pages) return Fail(pages.error());
  return {};
}

int Run(Arguments arguments) {
  const Result<std::string> format = FormatOf(arguments);
  if (!format) return Report(format.error());
  const auto form_file = templates::FindForm(arguments.form, DataFolder() / "forms");
  if (!form_file) return Report(form_file.error());
  const Result<templates::Form> form = templates::ReadForm(*form_file, DataFolder() / "forms");
  if (!form) return Report(form.error());
  const Result<Record> record = run::ReadRecordFile(arguments.record);
  if (!record) return Report(record.error());
  arguments.issue.attach_record = !arguments.no_record;
  if (*format == "docx") arguments.issue.format = run::IssueFormat::kDocx;
  if (*format == "txt") arguments.issue.format = run::IssueFormat::kText;
  const Result<run::IssueTools> tools = run::OpenIssueTools(arguments.issue);
  if (!tools) return Report(tools.error());
  const Result<std::string> bytes = run::Issue(*record, *form, *tools, arguments.issue);
  if (!bytes) return Report(bytes.error());
  const Status written =
      *format == "png" ? WritePngs(arguments, *bytes) : WriteOutput(arguments.output, *bytes);
  return written ? 0 : Report(written.error());
}

}  // namespace

void AddRender(CLI::App* app, Common*, Action* chosen) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb =
      app->add_subcommand("render", Say("lập văn bản PDF/A (hoặc DOCX) từ bản ghi và biểu mẫu",
                                        "make a PDF/A (or DOCX) document of a record and a form"));
  verb->add_option("RECORD", arguments->record, Say("bản ghi, JSON hoặc XML", "record, JSON or XML"))
      ->required();
  verb->add_option("--form", arguments->form,
                   Say("tên biểu mẫu (vanthu form list) hoặc tệp .xml",
                       "name of a form (vanthu form list) or .xml file"))
      ->required();
  verb->add_option(
          "-o,--output", arguments->output,
          Say("tệp ra; định dạng theo đuôi: .pdf, .docx (sửa trong Word), .txt, .png (mỗi trang một ảnh "
              "TÊN-1.png, TÊN-2.png ...)",
              "output; its format by the extension: .pdf, .docx (to edit in Word), .txt, .png (a "
              "picture a page, NAME-1.png, NAME-2.png ...)"))
      ->required();
  verb->add_option("--format", arguments->format,
                   Say("định dạng, nếu không theo đuôi tệp; png: vào một thư mục",
                       "format, where not by the extension; png: into a folder"))
      ->check(CLI::IsMember(std::vector<std::string>(kFormats.begin(), kFormats.end())));
  verb->add_option("--dpi", arguments->dpi, Say("độ phân giải của ảnh", "resolution of the pictures"))
      ->check(CLI::Range(24, 600))
      ->capture_default_str();
  verb->add_option("--font-dir", arguments->issue.font_dir,
                   Say("thư mục phông chữ (Times New Roman của cơ quan)",
                       "folder of fonts (an office's own Times New Roman)"));
  verb->add_flag("--no-record", arguments->no_record,
                 Say("không đính kèm bản ghi (PDF/A-2a)", "do not attach the record (PDF/A-2a)"));
  verb->footer(Say("Ví dụ:", "Examples:") + std::string(R"(
  vanthu render ke-hoach.json --form ke-hoach -o ke-hoach.pdf
  vanthu render ban-ghi.xml --form mau-cua-toi.xml -o van-ban.pdf
  vanthu render ke-hoach.json --form ke-hoach -o ke-hoach.docx
  vanthu render ke-hoach.json --form ke-hoach --format png -o trang/)"));
  verb->callback([=] { *chosen = [=] { return Run(*arguments); }; });
}

}  // namespace vanthu::app
