// The command line: arguments, wiring, exit codes. One file a verb.
#include <CLI/CLI.hpp>

#include <cstdio>
#include <exception>

#include "pipeline/app/language.h"
#include "pipeline/app/log.h"
#include "pipeline/app/verbs.h"
#include "pipeline/run/worker.h"

namespace vanthu::app {
namespace {

constexpr int kBugExit = 70;

// The command line's own words, which the library says in English.
void Translate(CLI::App& app) {
  const auto formatter = app.get_formatter();
  formatter->label("Usage", Say("Cách dùng", "Usage"));
  formatter->label("OPTIONS", Say("TUỲ CHỌN", "OPTIONS"));
  formatter->label("SUBCOMMAND", Say("LỆNH", "VERB"));
  formatter->label("Positionals", Say("Đối số", "Arguments"));
  formatter->label("REQUIRED", Say("bắt buộc", "required"));
}

Message WhatIsWrong(const CLI::ParseError& error) {
  switch (static_cast<CLI::ExitCodes>(error.get_exit_code())) {
    case CLI::ExitCodes::RequiredError:
      return {"thiếu lệnh hoặc tuỳ chọn bắt buộc", "a verb or an option is missing"};
    case CLI::ExitCodes::ExtrasError:
      return {"không có tuỳ chọn hoặc đối số này", "there is no such option or argument"};
    case CLI::ExitCodes::ValidationError:
    case CLI::ExitCodes::ConversionError:
      return {"giá trị không hợp lệ", "this value is not allowed"};
    case CLI::ExitCodes::ArgumentMismatch:
      return {"sai số lượng đối số", "too few or too many arguments"};
    case CLI::ExitCodes::FileError:
    case CLI::ExitCodes::ConfigError:
      return {"không dùng được tệp cấu hình", "the configuration file cannot be used"};
    default:
      return {"dùng sai", "wrong usage"};
  }
}

int ReportUsage(const CLI::App& app, const CLI::ParseError& error) {
  std::string command = "vanthu ";
  for (const CLI::App* verb : app.get_subcommands()) command += verb->get_name() + " ";
  return Report({ErrorCode::kUsage,
                 WhatIsWrong(error),
                 {"Xem: " + command + "--help", "See: " + command + "--help"},
                 {},
                 {},
                 error.what()});
}

// Every verb's help ends with what all verbs share.
void AddSharedFooter(CLI::App& app) {
  for (CLI::App* verb : app.get_subcommands([](CLI::App*) { return true; })) {
    verb->group(Say("Lệnh", "Verbs"));
    verb->footer(
        verb->get_footer() + "\n\n" +
        Say("Tuỳ chọn chung: --lang vi|en, --quiet, --log-level error|warning|info|debug, --config TỆP",
            "Shared options: --lang vi|en, --quiet, --log-level error|warning|info|debug, --config FILE"));
  }
}

int Main(int argc, char** argv) {
  SetLanguage(ChooseLanguage(argc, argv));
  run::CatchInterrupts();

  CLI::App app(Say("Văn thư: số hoá văn bản hành chính thành bản ghi có cấu trúc",
                   "Vanthu: Vietnamese official documents to structured records"),
               "vanthu");
  app.option_defaults()->group(Say("Tuỳ chọn", "Options"));
  app.set_version_flag("--version", "vanthu " VANTHU_VERSION);
  app.set_help_flag("-h,--help", Say("trợ giúp", "help"));
  app.set_config("--config", "", Say("tệp cấu hình (TOML)", "configuration file (TOML)"));
  app.require_subcommand(1);
  app.fallthrough();
  Common common;
  std::string language;
  app.add_flag("--quiet", common.quiet, Say("không hiện gì ngoài lỗi", "nothing but errors"));
  app.add_option("--log-level", common.log_level, Say("mức thông báo trên stderr", "what is told on stderr"))
      ->check(CLI::IsMember({"error", "warning", "info", "debug"}))
      ->capture_default_str();
  app.add_option("--lang", language, Say("ngôn ngữ thông báo", "language of messages"))
      ->check(CLI::IsMember({"vi", "en"}));

  Translate(app);

  Action chosen;
  AddExtract(&app, &common, &chosen);
  AddTables(&app, &common, &chosen);
  AddText(&app, &common, &chosen);
  AddDigitise(&app, &common, &chosen);
  AddSearch(&app, &common, &chosen);
  AddRender(&app, &common, &chosen);
  AddReport(&app, &common, &chosen);
  AddForm(&app, &common, &chosen);
  AddSign(&app, &common, &chosen);
  AddCopy(&app, &common, &chosen);
  AddVerify(&app, &common, &chosen);
  AddDemo(&app, &common, &chosen);
  AddEvaluate(&app, &common, &chosen);
  AddSharedFooter(app);
  app.footer(Say(
      "Xem thêm: vanthu LỆNH --help. Mã thoát: 0 xong; 1 xong, có điều cần người xem; 2 dùng sai; 3 không "
      "đọc "
      "được đầu vào; 4 thiếu tài nguyên; 5 bị dừng, chạy lại để làm tiếp; 70 lỗi chương trình.",
      "More: vanthu VERB --help. Exit codes: 0 done; 1 done, something to look at; 2 wrong usage; 3 input "
      "cannot be read; 4 a resource is missing; 5 interrupted, run again to go on; 70 a bug."));

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    // --help and --version come this way too.
    return error.get_exit_code() == 0 ? app.exit(error) : ReportUsage(app, error);
  }
  StartLog(common);
  return chosen();
}

}  // namespace
}  // namespace vanthu::app

int main(int argc, char** argv) {
  try {
    return vanthu::app::Main(argc, argv);
  } catch (const std::exception& bug) {
    std::fprintf(stderr, "vanthu: %s: %s\n",
                 vanthu::app::Say("lỗi của chương trình, hãy báo cho người phát triển",
                                  "a bug of the program, please tell the developers")
                     .c_str(),
                 bug.what());
    return vanthu::app::kBugExit;
  }
}
