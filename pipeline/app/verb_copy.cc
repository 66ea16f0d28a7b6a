// vanthu copy: scans -> a certified electronic copy.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "pipeline/app/language.h"
#include "pipeline/app/sign_options.h"
#include "pipeline/app/verbs.h"
#include "pipeline/run/certified_copy.h"

namespace vanthu::app {
namespace {

namespace fs = std::filesystem;

struct Arguments : SigningArguments {
  std::vector<std::string> scans;
  std::string output;
  std::string pages;
  std::string unit;
  std::string store, register_file;
  Reading reading;
};

// "1,3-5": 0-based pages in this order.
Result<std::vector<int>> PagesOf(const std::string& text) {
  constexpr int kMostPages = 100'000;
  const auto wrong = [] { return Fail(Usage({"--pages phải như 1,3-5", "--pages must be as 1,3-5"})); };
  std::vector<int> pages;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    const std::string part = text.substr(at, end - at);
    int first = 0, last = 0;
    char rest = 0;
    const int read = std::sscanf(part.c_str(), "%d-%d%c", &first, &last, &rest);
    const bool one = read == 1 && part.find('-') == std::string::npos && part == std::to_string(first);
    if (one) last = first;
    if ((!one && read != 2) || first < 1 || last < first || last > kMostPages) return wrong();
    for (int page = first; page <= last; ++page) pages.push_back(page - 1);
    at = end + 1;
  }
  return pages;
}

Result<run::CopySettings> ToCopySettings(const Arguments& arguments) {
  run::CopySettings out;
  out.scans.assign(arguments.scans.begin(), arguments.scans.end());
  Result<std::vector<int>> pages = PagesOf(arguments.pages);
  if (!pages) return Fail(pages.error());
  out.pages = std::move(*pages);
  Reading own = arguments.reading;
  own.trust = arguments.settings.trust.string();
  Result<run::DigitiseOptions> reading = ToDigitiseOptions(own);
  if (!reading) return Fail(reading.error());
  out.reading = std::move(*reading);
  out.limits = ToWorkerLimits(arguments.reading);
  if (arguments.store.empty() == arguments.register_file.empty())
    return Fail(Usage(
        {"phải có đúng một trong --store và --register", "exactly one of --store and --register is needed"},
        {"Số bản sao lấy từ sổ này, mỗi năm một dãy", "Copies are numbered by it, one series a year"}));
  if (arguments.output == "-")
    return Fail(Usage(
        {"bản sao phải là một tệp", "the copy must be a file"},
        {"Số chỉ được dùng khi tệp đã ghi xong", "A number is used up when the file has been written"}));
  out.register_file = arguments.store.empty() ? fs::path(arguments.register_file)
                                              : fs::path(arguments.store) / "copies.sqlite";
  out.unit = arguments.unit;
  out.sign = SettingsOf(arguments);
  return out;
}

int Run(const Arguments& arguments, const Common& common) {
  if (const Status key = CheckKey(arguments); !key) return Report(key.error());
  const Result<run::CopySettings> settings = ToCopySettings(arguments);
  if (!settings) return Report(settings.error());
  Result<run::CertifiedCopy> copy;
  {
    Progress progress(ProgressStyle(common), 1);
    copy = run::MakeCertifiedCopy(*settings, arguments.output, [&](int done, int total) {
      progress.Update(total > 0 ? static_cast<double>(done) / total : 0, arguments.output);
    });
  }
  if (!copy) return Report(copy.error());
  for (const Message& remark : copy->remarks)
    Progress::Print("vanthu: " + arguments.output + ": " + Told(remark));
  if (!common.quiet)
    Progress::Print("vanthu: " + arguments.output + ": " + Say("bản sao số ", "copy no. ") + copy->number);
  return 0;
}

}  // namespace

void AddCopy(CLI::App* app, Common* common, Action* chosen) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb = app->add_subcommand("copy", Say("bản sao điện tử có chữ ký của cơ quan, từ bản quét",
                                                   "certified electronic copy of scans"));
  verb->add_option("SCAN", arguments->scans,
                   Say("PDF hoặc ảnh, theo thứ tự trang", "PDFs or pictures, in order"))
      ->required();
  verb->add_option("-o,--output", arguments->output, Say("bản sao (PDF/A)", "the copy (PDF/A)"))->required();
  verb->add_option("--form", arguments->settings.copy_form, Say("hình thức sao", "form of copy"))
      ->check(CLI::IsMember({"sao-y", "sao-luc", "trich-sao"}))
      ->required();
  verb->add_option("--agency", arguments->settings.agency,
                   Say("cơ quan sao (mặc định: tên trong chứng thư số)",
                       "copying agency (default: the certificate's name)"));
  verb->add_option("--unit", arguments->unit,
                   Say("chữ viết tắt của cơ quan trong số bản sao: UBND -> 01/SY-UBND",
                       "abbreviation in the copy's number: UBND -> 01/SY-UBND"));
  verb->add_option("--pages", arguments->pages,
                   Say("trích sao các trang này: 1,3-5", "an extract of these pages: 1,3-5"));
  verb->add_option("--store", arguments->store,
                   Say("kho có sổ đăng ký bản sao", "store that keeps the register of copies"));
  verb->add_option("--register", arguments->register_file,
                   Say("hoặc: tệp sổ đăng ký bản sao", "or: the register's own file"));
  verb->add_option("--font-dir", arguments->settings.font_dir, Say("thư mục phông chữ", "folder of fonts"));
  AddKeyOptions(verb, arguments.get());
  AddProofOptions(verb, arguments.get());
  AddReadingOptions(verb, &arguments->reading, false);
  verb->footer(Say("Ví dụ:", "Examples:") + std::string(R"(
  vanthu copy quet.pdf --form sao-y --agency "UBND XÃ THANH XÁ" --unit UBND --store kho --p12 co-quan.p12 --pass-file mat-khau -o ban-sao.pdf
  vanthu copy trang-1.jpg trang-2.jpg --form trich-sao --register so.sqlite --pkcs11 "pkcs11:token=UBND" --pin-file pin -o trich.pdf)"));
  verb->callback([=] { *chosen = [=] { return Run(*arguments, *common); }; });
}

}  // namespace vanthu::app
