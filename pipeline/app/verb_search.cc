// vanthu search: full-text and field search over a store.
#include <fmt/format.h>

#include <memory>

#include "pipeline/app/language.h"
#include "pipeline/app/verbs.h"
#include "pipeline/archive/store.h"
#include "pipeline/base/log.h"

namespace vanthu::app {
namespace {

struct Arguments {
  std::string store;
  std::string query;
  int limit = 20;
};

int Run(const Arguments& arguments) {
  run::EndOnInterrupt();
  const auto store = archive::OpenStore(arguments.store, archive::Access::kRead);
  if (!store) return Report(store.error());
  StageLog stage(arguments.store);
  const Result<std::vector<archive::Hit>> hits = (*store)->Search(arguments.query, arguments.limit);
  if (!hits) return Report(hits.error());
  stage.Done(
      {"tìm thấy " + std::to_string(hits->size()) + " kết quả", std::to_string(hits->size()) + " hits"});
  std::string out;
  for (const archive::Hit& hit : *hits)
    out += fmt::format("{}  {}  {}\n    {}\n    {}\n    {}\n", hit.number.empty() ? "-" : hit.number,
                       hit.date.empty() ? "-" : hit.date, hit.title, hit.snippet, hit.file,
                       (*store)->FolderOf(hit.sha256).string());
  if (hits->empty()) out = Say("Không tìm thấy.\n", "Nothing found.\n");
  const Status written = WriteOutput("", out);
  return written ? 0 : Report(written.error());
}

}  // namespace

void AddSearch(CLI::App* app, Common*, Action* chosen) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb = app->add_subcommand(
      "search", Say("tìm trong kho, có dấu hay không dấu", "search a store, with or without diacritics"));
  verb->add_option("--store", arguments->store, Say("thư mục kho", "folder of the store"))->required();
  verb->add_option("QUERY", arguments->query, Say("từ cần tìm", "what to look for"))->required();
  verb->add_option("--limit", arguments->limit, Say("số kết quả nhiều nhất", "most results"))
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  verb->footer(Say("Ví dụ:", "Examples:") + std::string(R"(
  vanthu search --store kho "thu tuc hanh chinh"
  vanthu search --store kho "so:25 ky-hieu:KH-UBND"
  vanthu search --store kho "một cửa tu:2023-01-01")"));
  verb->callback([=] { *chosen = [=] { return Run(*arguments); }; });
}

}  // namespace vanthu::app
