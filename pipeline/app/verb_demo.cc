// vanthu demo: the main job on the samples, so that a newcomer sees what the program does.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <thread>

#include "pipeline/app/demo_issue.h"
#include "pipeline/app/language.h"
#include "pipeline/app/log.h"
#include "pipeline/app/verbs.h"
#include "pipeline/archive/store.h"
#include "pipeline/base/file.h"
#include "pipeline/base/unicode.h"
#include "pipeline/run/batch.h"
#include "pipeline/run/discover.h"

namespace vanthu::app {
namespace {

namespace fs = std::filesystem;

struct Arguments {
  std::string out = "vanthu-demo";
  std::string samples;
  Reading reading;
};

struct Row {
  std::string file;
  int pages = 0;
  std::string origin;
  int fields = 0;
  std::size_t tables = 0;
  std::size_t tasks = 0;
  double seconds = 0;
  int doubtful = 0;
};

int CountFields(const Record& record) {
  const Header& h = record.header;
  int found = h.date ? 1 : 0;
  for (const Text* field : {&h.parent_agency, &h.issuing_agency, &h.number, &h.notation, &h.type_name,
                            &h.place, &h.subject, &h.urgency, &h.secrecy})
    found += field->has_value() ? 1 : 0;
  if (h.issued_with) ++found;
  if (record.signer)
    for (const Text* field : {&record.signer->on_behalf_of, &record.signer->position, &record.signer->name})
      found += field->has_value() ? 1 : 0;
  return found;
}

std::string OriginName(Origin origin) {
  switch (origin) {
    case Origin::kText:
      return Say("điện tử", "text");
    case Origin::kScan:
      return Say("bản quét", "scan");
    case Origin::kMixed:
      return Say("lẫn", "mixed");
    case Origin::kAttachedRecord:
      return Say("đính kèm", "attached");
  }
  return "";
}

// fmt pads by code point width, which composed Vietnamese letters have right.
std::string ToTable(std::vector<Row> rows) {
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.file < b.file; });
  const char* layout = "{:<26} {:>6} {:<9} {:>7} {:>5} {:>9} {:>7} {:>13}\n";
  std::string out =
      fmt::format(fmt::runtime(layout), Say("tài liệu", "document"), Say("trang", "pages"),
                  Say("nguồn", "origin"), Say("trường", "fields"), Say("bảng", "tables"),
                  Say("nhiệm vụ", "tasks"), Say("giây", "seconds"), Say("chưa chắc", "doubtful"));
  for (const Row& row : rows)
    out += fmt::format(fmt::runtime(layout), row.file, row.pages, row.origin, row.fields, row.tables,
                       row.tasks, fmt::format("{:.1f}", row.seconds), row.doubtful);
  return out;
}

int Run(const Arguments& arguments, const Common& common) {
  const Result<run::DigitiseOptions> reading = ToDigitiseOptions(arguments.reading);
  if (!reading) return Report(reading.error());
  const Result<extract::RulesHandle> rules = extract::ReadRules(DataFolder() / "rules");
  if (!rules) return Report(rules.error());
  const fs::path samples = arguments.samples.empty() ? DataFolder() / "samples" : fs::path(arguments.samples);
  const run::Discovery found = run::FindInputs({samples});
  if (found.files.empty())
    return Report({ErrorCode::kMissingResource,
                   {"không có tài liệu mẫu", "there are no samples"},
                   {"Cài lại vanthu hoặc chỉ --samples", "Install vanthu again, or name --samples"},
                   samples.string(),
                   {},
                   {}});
  // Every demonstration does the work anew: an old store would have it done in no time.
  std::error_code removed;
  fs::remove_all(fs::path(arguments.out) / "store", removed);
  const auto store = archive::OpenStore(fs::path(arguments.out) / "store", archive::Access::kWrite);
  if (!store) return Report(store.error());

  run::BatchOptions options;
  options.jobs = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  options.limits = ToWorkerLimits(arguments.reading);
  options.digitise = *reading;
  std::vector<Row> rows;
  std::optional<Record> plan;  // the first born digital: it is issued anew below
  Result<run::BatchCounts> counts;
  {
    Progress progress(ProgressStyle(common), static_cast<int>(found.files.size()));
    run::BatchListener listener;
    listener.progress = [&](double done, const std::string& detail) { progress.Update(done, detail); };
    listener.quarantined = [&](const Error& error) { Report(error); };
    listener.committed = [&](const archive::DocumentEntry& entry) {
      rows.push_back({entry.record.source.file, entry.record.source.pages,
                      OriginName(entry.record.source.origin), CountFields(entry.record),
                      entry.record.tables.size(), entry.record.tasks.size(), entry.seconds,
                      run::CountDoubtful(entry.record)});
      LogDocument(entry.record);
      const Record& record = entry.record;
      if (record.source.origin == Origin::kText && record.header.type_code == "KH" && record.signer &&
          (!plan || record.source.file < plan->source.file))
        plan = record;
    };
    counts = run::RunBatch(found.files, **store, options, run::MakeDocumentWork(options, **rules), listener);
  }
  if (!counts) return Report(counts.error());
  const std::string folder = (fs::path(arguments.out) / "store").string();
  const std::string text =
      ToTable(rows) +
      fmt::format(fmt::runtime(Say(
                      "\nKết quả nằm trong {0}. Thử tìm: vanthu search --store {0} \"thu tuc hanh chinh\"\n",
                      "\nThe results are in {0}. Try: vanthu search --store {0} \"thu tuc hanh chinh\"\n")),
                  folder);
  if (const Status written = WriteOutput("", text); !written) return Report(written.error());
  if (plan) {
    const fs::path issued = fs::path(arguments.out) / "ban-hanh";
    const Result<std::string> verdict = IssueSigned(*plan, issued);
    if (!verdict) return Report(verdict.error());
    const std::string told = Say("\nMột kế hoạch được lập lại từ bản ghi của nó, ký và kiểm tra:\n",
                                 "\nA plan set again from its record, signed and judged:\n") +
                             *verdict;
    if (const Status written = WriteOutput("", told); !written) return Report(written.error());
  }
  return counts->quarantined > 0 ? 1 : 0;
}

}  // namespace

void AddDemo(CLI::App* app, Common* common, Action* chosen) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb = app->add_subcommand("demo", Say("chạy thử trên các mẫu", "the main job on the samples"));
  verb->add_option("--out", arguments->out, Say("thư mục kết quả", "folder of the results"))
      ->capture_default_str();
  verb->add_option("--samples", arguments->samples, Say("thư mục mẫu", "folder of the samples"));
  AddReadingOptions(verb, &arguments->reading);
  verb->footer(Say("Ví dụ:", "Examples:") + std::string("\n  vanthu demo --out /tmp/thu"));
  verb->callback([=] { *chosen = [=] { return Run(*arguments, *common); }; });
}

}  // namespace vanthu::app
