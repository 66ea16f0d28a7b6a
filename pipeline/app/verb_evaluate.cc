// vanthu evaluate: scores of results against gold.
#include <memory>

#include "pipeline/app/language.h"
#include "pipeline/app/verbs.h"
#include "pipeline/evaluate/evaluate.h"

namespace vanthu::app {
namespace {

struct Arguments {
  std::string truth;
  std::string result;
  std::string format = "text";
};

int Run(const Arguments& arguments) {
  const Result<evaluate::Evaluation> evaluation = evaluate::Evaluate(arguments.truth, arguments.result);
  if (!evaluation) return Report(evaluation.error());
  const Status written = WriteOutput(
      "", arguments.format == "json" ? evaluate::ToJson(*evaluation) : evaluate::ToText(*evaluation));
  return written ? 0 : Report(written.error());
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
  vanthu extract samples/thanh-xa-2023.pdf -o ket-qua/thanh-xa-2023.json
  vanthu evaluate --truth samples --result ket-qua)"));
  verb->callback([=] { *chosen = [=] { return Run(*arguments); }; });
}

}  // namespace vanthu::app
