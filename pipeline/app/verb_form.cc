// vanthu form: the forms that are there, a check with line numbers, a new one, a picture of one while it is
// edited.
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>
#include <thread>
#include <vector>

#include "pipeline/app/language.h"
#include "pipeline/app/verbs.h"
#include "pipeline/base/file.h"
#include "pipeline/run/issue.h"
#include "pipeline/run/preview.h"
#include "pipeline/run/worker.h"
#include "templates/forms/catalogue.h"

namespace vanthu::app {
namespace {

namespace fs = std::filesystem;

fs::path FormsFolder() {
  return DataFolder() / "forms";
}

// list

int List() {
  const auto entries = templates::ListForms(FormsFolder());
  if (!entries) return Report(entries.error());
  std::string out;
  for (const templates::FormEntry& entry : *entries) out += entry.id + "\t" + entry.title + "\n";
  const Status written = WriteOutput("", out);
  return written ? 0 : Report(written.error());
}

// check

int Check(const std::vector<std::string>& names) {
  int exit_code = 0;
  std::string out;
  for (const std::string& name : names) {
    const auto file = templates::FindForm(name, FormsFolder());
    if (!file) return Report(file.error());
    const auto faults = templates::CheckFormFile(*file, FormsFolder());
    if (!faults) {
      exit_code = std::max(exit_code, Report(faults.error()));
      continue;
    }
    for (const templates::FormFault& fault : *faults)
      out += templates::Describe(fault, file->string(), CurrentLanguage()) + "\n";
    if (faults->empty())
      out += file->string() + ": " + Say("không có lỗi", "no faults") + "\n";
    else
      exit_code = std::max(exit_code, ExitCode(ErrorCode::kNotAccepted));
  }
  const Status written = WriteOutput("", out);
  return written ? exit_code : Report(written.error());
}

// new

struct NewArguments {
  std::string file;
  std::string from = "ke-hoach";
};

// The text of a form under another id: the first id="…" is the template's.
std::string Renamed(std::string text, const std::string& old_id, const std::string& id) {
  const std::string was = "id=\"" + old_id + "\"";
  if (const std::size_t at = text.find(was); at != std::string::npos)
    text.replace(at, was.size(), "id=\"" + id + "\"");
  return text;
}

// A file's name as an id: small letters, digits and hyphens.
std::string IdOf(const fs::path& file) {
  std::string id;
  for (const char c : file.stem().string()) {
    const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (kept)
      id += c;
    else if (c >= 'A' && c <= 'Z')
      id += static_cast<char>(c - 'A' + 'a');
    else if (!id.empty() && id.back() != '-')
      id += '-';
  }
  constexpr std::size_t kLongestId = 64;
  return id.empty() ? "bieu-mau" : id.substr(0, kLongestId);
}

int New(const NewArguments& arguments) {
  std::error_code ignored;
  if (fs::exists(arguments.file, ignored))
    return Report({ErrorCode::kUsage,
                   {"tệp đã có", "the file is there already"},
                   {"Chọn tên khác", "Choose another name"},
                   arguments.file,
                   {},
                   {}});
  const auto source = templates::FindForm(arguments.from, FormsFolder());
  if (!source) return Report(source.error());
  const Result<templates::Form> form = templates::ReadForm(*source, FormsFolder());
  if (!form) return Report(form.error());
  constexpr std::uint64_t kMostFormBytes = 1u << 20;
  const Result<std::string> text = ReadFile(*source, kMostFormBytes);
  if (!text) return Report(text.error());
  const Status written = WriteFileAtomically(arguments.file, Renamed(*text, form->id, IdOf(arguments.file)));
  return written ? 0 : Report(written.error());
}

// preview

struct PreviewArguments {
  std::string form;
  std::string record;
  std::string folder;
  int dpi = 96;  // a page as large as on the desk, on most screens
  bool watch = false;
  run::IssueOptions issue;
};

Status Preview(const PreviewArguments& arguments, const fs::path& form_file, const run::IssueTools& tools) {
  const Result<templates::Form> form = templates::ReadForm(form_file, FormsFolder());
  if (!form) return Fail(form.error());
  const Result<Record> record = run::ReadRecordFile(arguments.record);
  if (!record) return Fail(record.error());
  const Result<std::string> pdf = run::Issue(*record, *form, tools, arguments.issue);
  if (!pdf) return Fail(pdf.error());
  const Result<int> pages =
      run::WritePreview(*pdf, arguments.folder, Dpi{static_cast<double>(arguments.dpi)});
  if (!pages) return Fail(pages.error());
  std::fprintf(stderr, "%s: %d %s\n", arguments.folder.c_str(), *pages, Say("trang", "pages").c_str());
  return {};
}

std::optional<fs::file_time_type> TimeOf(const fs::path& file) {
  std::error_code failure;
  const fs::file_time_type time = fs::last_write_time(file, failure);
  return failure ? std::nullopt : std::optional(time);
}

// Once; with --watch again at every change of the form or the record, until stopped. Faults are told, and
// mended by the next change.
int RunPreview(PreviewArguments arguments) {
  if (arguments.record.empty()) arguments.record = (DataFolder() / "samples" / "thanh-xa-2023.json").string();
  const auto form_file = templates::FindForm(arguments.form, FormsFolder());
  if (!form_file) return Report(form_file.error());
  const Result<run::IssueTools> tools = run::OpenIssueTools(arguments.issue);
  if (!tools) return Report(tools.error());
  while (true) {
    const auto form_time = TimeOf(*form_file), record_time = TimeOf(arguments.record);
    const Status shown = Preview(arguments, *form_file, *tools);
    const int exit_code = shown ? 0 : Report(shown.error());
    if (!arguments.watch) return exit_code;
    constexpr std::chrono::milliseconds kPause{200};  // people wait no longer for a picture without noticing
    while (TimeOf(*form_file) == form_time && TimeOf(arguments.record) == record_time) {
      if (run::Interrupted()) return 0;
      std::this_thread::sleep_for(kPause);
    }
  }
}

void AddNew(CLI::App* form, Action* chosen) {
  auto arguments = std::make_shared<NewArguments>();
  CLI::App* verb = form->add_subcommand(
      "new", Say("bắt đầu một biểu mẫu từ biểu mẫu có sẵn", "start a form from one that is there"));
  verb->add_option("FILE", arguments->file, Say("tệp .xml mới", "new .xml file"))->required();
  verb->add_option("--from", arguments->from, Say("biểu mẫu gốc", "form to start from"))
      ->capture_default_str();
  verb->callback([=] { *chosen = [=] { return New(*arguments); }; });
}

void AddPreview(CLI::App* form, Action* chosen) {
  auto arguments = std::make_shared<PreviewArguments>();
  CLI::App* verb = form->add_subcommand(
      "preview", Say("vẽ các trang của biểu mẫu thành ảnh PNG", "draw a form's pages as PNG pictures"));
  verb->add_option("FORM", arguments->form, Say("tên hoặc tệp biểu mẫu", "name or file of a form"))
      ->required();
  verb->add_option("--record", arguments->record,
                   Say("bản ghi (mặc định: một bản ghi mẫu)", "record (default: a sample)"));
  verb->add_option("-o,--output", arguments->folder, Say("thư mục ảnh", "folder of the pictures"))
      ->required();
  verb->add_option("--dpi", arguments->dpi, Say("độ phân giải", "resolution"))
      ->check(CLI::Range(24, 600))
      ->capture_default_str();
  verb->add_flag("--watch", arguments->watch,
                 Say("vẽ lại mỗi khi biểu mẫu hoặc bản ghi thay đổi",
                     "draw again whenever the form or the record changes"));
  verb->add_option("--font-dir", arguments->issue.font_dir, Say("thư mục phông chữ", "folder of fonts"));
  verb->callback([=] { *chosen = [=] { return RunPreview(*arguments); }; });
}

}  // namespace

void AddForm(CLI::App* app, Common*, Action* chosen) {
  CLI::App* form = app->add_subcommand("form", Say("biểu mẫu: liệt kê, kiểm tra, tạo mới, xem trước",
                                                   "forms: list, check, start one, preview"));
  form->require_subcommand(1);
  CLI::App* list = form->add_subcommand("list", Say("các biểu mẫu có sẵn", "the forms that are there"));
  list->callback([=] { *chosen = [] { return List(); }; });
  auto names = std::make_shared<std::vector<std::string>>();
  CLI::App* check = form->add_subcommand(
      "check", Say("kiểm tra biểu mẫu, nêu từng lỗi với số dòng", "check forms, every fault with its line"));
  check->add_option("FORM", *names, Say("tên hoặc tệp biểu mẫu", "names or files of forms"))->required();
  check->callback([=] { *chosen = [=] { return Check(*names); }; });
  AddNew(form, chosen);
  AddPreview(form, chosen);
  form->footer(Say("Ví dụ:", "Examples:") + std::string(R"(
  vanthu form list
  vanthu form new mau-cua-toi.xml --from ke-hoach
  vanthu form check mau-cua-toi.xml
  vanthu form preview mau-cua-toi.xml --record ke-hoach.json -o xem-truoc --watch)"));
}

}  // namespace vanthu::app
