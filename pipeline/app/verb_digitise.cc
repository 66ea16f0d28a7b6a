// vanthu digitise: a batch of folders and files into a store.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <thread>

#include "pipeline/app/language.h"
#include "pipeline/app/log.h"
#include "pipeline/app/verbs.h"
#include "pipeline/archive/store.h"
#include "pipeline/base/file.h"
#include "pipeline/run/batch.h"
#include "pipeline/run/discover.h"

namespace vanthu::app {
namespace {

struct Arguments {
  std::vector<std::string> paths;
  std::string store;
  int jobs = 0;
  bool retry = false;
  Reading reading;
};

void Summarise(const run::BatchCounts& counts, const archive::StoreCounts& store) {
  const std::string text =
      fmt::format(fmt::runtime(Say("{} tài liệu mới ({} trang), {} đã có, {} vào diện cách ly, {} còn cách "
                                   "ly từ trước; {} giá trị chưa "
                                   "chắc chắn. Kho: {} tài liệu, {} cách ly, {} điều chờ người xem.\n",
                                   "{} new documents ({} pages), {} known, {} quarantined, {} still in "
                                   "quarantine; {} doubtful values. "
                                   "Store: {} documents, {} quarantined, {} entries to review.\n")),
                  counts.done, counts.pages, counts.known, counts.quarantined, counts.waiting,
                  counts.doubtful, store.documents, store.quarantined, store.doubtful);
  std::fputs(text.c_str(), stdout);
}

int Run(const Arguments& arguments, const Common& common) {
  const Result<run::DigitiseOptions> reading = ToDigitiseOptions(arguments.reading);
  if (!reading) return Report(reading.error());
  const Result<extract::RulesHandle> rules = extract::ReadRules(DataFolder() / "rules");
  if (!rules) return Report(rules.error());
  const auto store = archive::OpenStore(arguments.store, archive::Access::kWrite);
  if (!store) return Report(store.error());

  run::BatchOptions options;
  options.jobs = arguments.jobs > 0 ? arguments.jobs : std::max(1u, std::thread::hardware_concurrency());
  options.retry = arguments.retry;
  options.limits = ToWorkerLimits(arguments.reading);
  options.digitise = *reading;
  const run::Discovery found = run::FindInputs({arguments.paths.begin(), arguments.paths.end()});
  for (const Error& error : found.unreadable) Report(error);

  Result<run::BatchCounts> counts;
  {
    Progress progress(ProgressStyle(common), static_cast<int>(found.files.size()));
    run::BatchListener listener;
    listener.progress = [&](double done, const std::string& detail) { progress.Update(done, detail); };
    listener.quarantined = [&](const Error& error) {
      Progress::Print("vanthu: " + Say("cách ly: ", "quarantined: ") + Describe(error, CurrentLanguage()));
    };
    listener.committed = [](const archive::DocumentEntry& entry) { LogDocument(entry.record); };
    counts = run::RunBatch(found.files, **store, options, run::MakeDocumentWork(options, **rules), listener);
  }
  if (!counts) return Report(counts.error());
  const Result<archive::StoreCounts> totals = (*store)->Counts();
  if (!totals) return Report(totals.error());
  if (!common.quiet) Summarise(*counts, *totals);
  if (found.files.empty() && !found.unreadable.empty()) return ExitCode(found.unreadable.front().code);
  return counts->quarantined + counts->waiting > 0 || !found.unreadable.empty() ? 1 : 0;
}

}  // namespace

void AddDigitise(CLI::App* app, Common* common, Action* chosen) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb = app->add_subcommand("digitise", Say("số hoá cả thư mục vào kho; chạy lại thì làm tiếp",
                                                       "digitise folders into a store; resumes"));
  verb->add_option("PATH", arguments->paths, Say("thư mục hoặc tệp", "folders or files"))->required();
  verb->add_option("--store", arguments->store, Say("thư mục kho", "folder of the store"))->required();
  verb->add_option("--jobs", arguments->jobs,
                   Say("số tài liệu xử lý cùng lúc (0: theo số nhân)",
                       "documents at a time (0: as many as processors)"))
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  verb->add_flag("--retry", arguments->retry,
                 Say("làm lại cả tài liệu đang cách ly", "take up quarantined documents again"));
  AddReadingOptions(verb, &arguments->reading);
  verb->footer(Say("Ví dụ:", "Examples:") + std::string(R"(
  vanthu digitise ho-so/ --store kho --jobs 2
  vanthu digitise ho-so/ --store kho --retry --seconds-per-page 300)"));
  verb->callback([=] { *chosen = [=] { return Run(*arguments, *common); }; });
}

}  // namespace vanthu::app
