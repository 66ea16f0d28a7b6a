// The command line: arguments, wiring, exit codes. One file a verb.
#include <CLI/CLI.hpp>

#include <cstdio>
#include <exception>

#include "pipeline/app/language.h"
#include "pipeline/app/verbs.h"
#include "pipeline/run/worker.h"

namespace vanthu::app {
namespace {

constexpr int kUsageExit = 2;
constexpr int kBugExit = 70;

int Main(int argc, char** argv) {
  SetLanguage(ChooseLanguage(argc, argv));
  run::CatchInterrupts();

  CLI::App app(Say("Văn thư: số hoá văn bản hành chính thành bản ghi có cấu trúc",
                   "Vanthu: Vietnamese official documents to structured records"),
               "vanthu");
  app.set_version_flag("--version", "vanthu " VANTHU_VERSION);
  app.set_help_flag("-h,--help", Say("trợ giúp", "help"));
  app.set_config("--config", "", Say("tệp cấu hình (TOML)", "configuration file (TOML)"));
  app.require_subcommand(1);
  app.fallthrough();
  Common common;
  std::string language;
  app.add_flag("--quiet", common.quiet, Say("không hiện tiến độ", "no progress"));
  app.add_option("--log-level", common.log_level, Say("mức thông báo", "what is told"))
      ->check(CLI::IsMember({"error", "warning", "info", "debug"}))
      ->capture_default_str();
  app.add_option("--lang", language, Say("ngôn ngữ thông báo", "language of messages"))
      ->check(CLI::IsMember({"vi", "en"}));

  Action chosen;
  AddExtract(&app, &common, &chosen);
  AddTables(&app, &common, &chosen);
  AddText(&app, &common, &chosen);
  AddDigitise(&app, &common, &chosen);
  AddSearch(&app, &common, &chosen);
  AddRender(&app, &common, &chosen);
  AddForm(&app, &common, &chosen);
  AddDemo(&app, &common, &chosen);
  AddEvaluate(&app, &common, &chosen);
  app.footer(Say(
      "Xem thêm: vanthu LỆNH --help. Mã thoát: 0 xong; 1 xong, có điều cần người xem; 2 dùng sai; 3 không "
      "đọc "
      "được đầu vào; 4 thiếu tài nguyên; 5 bị dừng, chạy lại để làm tiếp; 70 lỗi chương trình.",
      "More: vanthu VERB --help. Exit codes: 0 done; 1 done, something to look at; 2 wrong usage; 3 input "
      "cannot be read; 4 a resource is missing; 5 interrupted, run again to go on; 70 a bug."));

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kUsageExit;
  }
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
