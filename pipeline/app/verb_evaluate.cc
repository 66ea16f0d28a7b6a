// vanthu evaluate: scores of results against gold.
#include <memory>

#include "pipeline/app/language.h"
#include "pipeline/app/verbs.h"
#include "pipeline/base/log.h"
#include "pipeline/evaluate/evaluate.h"

namespace vanthu::app {
namespace {

struct Arguments {
  std::string truth;
  std::string result;
  std::string format = "text";
};

int Run(const Arguments& arguments) {
  run::EndOnInterrupt();
  StageLog stage(arguments.result);
  const Result<evaluate::Evaluation> evaluation = evaluate::Evaluate(arguments.truth, arguments.result);
  if (!evaluation) return Report(evaluation.error());
  const std::size_t count = evaluation->documents.size();
  stage.Done({std::to_string(count) + " kết quả đã chấm", std::to_string(count) + " results scored"});
  const Status written =
      WriteOutput("", arguments.format == "json" ? evaluate::ToJson(*evaluation)
                                                 : evaluate::ToText(*evaluation, CurrentLanguage()));
  if (!written) return Report(written.error());
  return evaluation->missing.empty() ? 0 : 1;  // a score over fewer documents than there are is not the score
}

}  // namespace

void AddEvaluate(CLI::App* app, Common*, Action* chosen) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb = app->add_subcommand(
      "evaluate", Say("chấm kết quả so với bản ghi chuẩn", "score results against gold records"));
  verb->add_option("--truth", arguments->truth, Say("thư mục bản ghi chuẩn", "folder of gold records"))
      ->required();
  verb->add_option("--result", arguments->result, Say("thư mục kết quả", "folder of results"))->required();
  verb->add_option("--format", arguments->format)
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  verb->footer(Say("Ví dụ:", "Examples:") + std::string(R"(
  for f in an-thanh-2026 hung-thinh-2025 kien-an-2023 thanh-mien-2024 thanh-xa-2023; do
    vanthu extract samples/$f.pdf -o ket-qua/$f.json; done
  vanthu evaluate --truth samples --result ket-qua
  vanthu evaluate --truth samples --result ket-qua --format json

)") + Say("Mã thoát 1: có bản chuẩn thiếu kết quả.", "Exit code 1: a gold file has no result."));
  verb->callback([=] { *chosen = [=] { return Run(*arguments); }; });
}

}  // namespace vanthu::app
