#include "pipeline/run/batch.h"

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <optional>
#include <set>
#include <utility>

#include "pipeline/base/file.h"
#include "pipeline/base/log.h"
#include "pipeline/record/json.h"
#include "pipeline/run/attached_record.h"
#include "pipeline/run/stored_files.h"
#include "pipeline/run/wire.h"

namespace vanthu::run {
namespace {

namespace fs = std::filesystem;

struct Job {
  fs::path path;
  std::string sha256;
  Worker worker;
};

class Batch {
 public:
  Batch(const std::vector<fs::path>& files, archive::Store& store, const BatchOptions& options,
        const DocumentWork& work, const BatchListener& listener)
      : files_(files), store_(store), options_(options), work_(work), listener_(listener) {}

  Result<BatchCounts> Run() {
    while (next_ < files_.size() || !jobs_.empty()) {
      if (Interrupted()) {
        Abandon();
        return Fail(InterruptedError());
      }
      while (next_ < files_.size() && static_cast<int>(jobs_.size()) < std::max(1, options_.jobs))
        if (const Status started = StartNext(); !started) return Fail(started.error());
      if (const Status collected = Collect(); !collected) return Fail(collected.error());
      Show();
    }
    return counts_;
  }

 private:
  // Takes the next file: known, refused, or begun.
  Status StartNext() {
    const fs::path path = files_[next_++];
    const Result<std::string> sha256 = Sha256OfFile(path, options_.digitise.intake.limits.max_bytes);
    if (!sha256) return Quarantine(path, {}, sha256.error());
    if (in_hand_.contains(*sha256)) {  // the same bytes are being worked on: wait for their result
      same_.emplace_back(*sha256, path);
      return {};
    }
    const Result<archive::Known> known = store_.Lookup(*sha256);
    if (!known) return Fail(known.error());
    if (*known == archive::Known::kDone) {
      ++counts_.known;
      return store_.NotePath(*sha256, path.string());
    }
    if (*known == archive::Known::kQuarantined && !options_.retry) {
      ++counts_.waiting;
      return {};
    }
    const Result<fs::path> staging = store_.Stage(*sha256);
    if (!staging) return Fail(staging.error());
    const Assignment assignment{path, *sha256, *staging};
    Result<Worker> worker = Worker::Start(
        path.string(),
        [this, &assignment](const Heartbeat& heartbeat) { return work_(assignment, heartbeat); },
        options_.limits);
    if (!worker) return Fail(worker.error());
    in_hand_.insert(*sha256);
    jobs_.push_back({path, *sha256, std::move(*worker)});
    return {};
  }

  // Waits a little for the workers and takes what has ended.
  Status Collect() {
    constexpr int kPollMs = 200;
    std::vector<pollfd> waits;
    for (const Job& job : jobs_) waits.push_back({job.worker.descriptor(), POLLIN, 0});
    const int ready = ::poll(waits.data(), waits.size(), kPollMs);
    std::vector<Job> going, ended;
    for (std::size_t i = 0; i < jobs_.size(); ++i) {
      const bool over = ready > 0 && waits[i].revents != 0 && jobs_[i].worker.Receive();
      if (!over) jobs_[i].worker.KillIfSilent();
      (over ? ended : going).push_back(std::move(jobs_[i]));
    }
    jobs_ = std::move(going);
    for (Job& job : ended)
      if (Status taken = Take(job); !taken) return taken;
    return {};
  }

  Status Take(Job& job) {
    in_hand_.erase(job.sha256);
    const Result<std::string> bytes = job.worker.Finish();
    Result<archive::DocumentEntry> entry = bytes ? DecodeEntry(*bytes) : Fail(bytes.error());
    if (!entry) {
      store_.Unstage(job.sha256);
      if (Status kept = Quarantine(job.path, job.sha256, entry.error()); !kept) return kept;
    } else {
      StageLog stage(job.path.filename().string());
      if (Status committed = store_.Commit(*entry, job.path.string()); !committed) return committed;
      stage.Done({"ghi vào kho", "committed to the store"});
      ++counts_.done;
      counts_.pages += entry->record.source.pages;
      counts_.doubtful += CountDoubtful(entry->record);
      if (listener_.committed) listener_.committed(*entry);
    }
    for (const auto& [sha256, path] : std::exchange(same_, {})) {
      if (sha256 != job.sha256) {
        same_.emplace_back(sha256, path);
        continue;
      }
      ++(entry ? counts_.known : counts_.waiting);
      if (!entry) continue;
      if (Status noted = store_.NotePath(sha256, path.string()); !noted) return noted;
    }
    return {};
  }

  // Half-done work is given up: its workers are killed before their folders go away.
  void Abandon() {
    std::vector<std::string> given_up;
    for (const Job& job : jobs_) given_up.push_back(job.sha256);
    jobs_.clear();
    for (const std::string& sha256 : given_up) store_.Unstage(sha256);
  }

  Status Quarantine(const fs::path& path, const std::string& sha256, Error error) {
    // Without the model, or with a full disk, every document would fail: that is the machine's fault, not the
    // document's.
    if (error.code == ErrorCode::kMissingResource || error.code == ErrorCode::kWrite ||
        error.code == ErrorCode::kInterrupted)
      return Fail(error);
    if (error.file.empty()) error.file = path.string();
    ++counts_.quarantined;
    if (listener_.quarantined) listener_.quarantined(error);
    return store_.Quarantine({path.string(), sha256, std::move(error)});
  }

  void Show() const {
    if (!listener_.progress) return;
    double done = static_cast<double>(next_ - jobs_.size() - same_.size());
    std::string detail;
    for (const Job& job : jobs_) {
      const int total = job.worker.pages_total();
      if (total > 0) done += static_cast<double>(job.worker.pages_done()) / total;
      detail = job.path.filename().string();
    }
    listener_.progress(done, detail);
  }

  const std::vector<fs::path>& files_;
  archive::Store& store_;
  const BatchOptions& options_;
  const DocumentWork& work_;
  const BatchListener& listener_;
  std::size_t next_ = 0;
  std::vector<Job> jobs_;
  std::set<std::string> in_hand_;
  std::vector<std::pair<std::string, fs::path>> same_;  // waiting for the same bytes in hand
  BatchCounts counts_;
};

// Still being copied or scanned into its folder: what was read is not what was looked up in the store.
Error Changed(const fs::path& path) {
  return {ErrorCode::kUnreadable,
          {"tệp thay đổi trong khi đọc", "the file changed while it was read"},
          {"Đợi sao chép xong rồi chạy lại", "Wait until it is copied and run again"},
          path.string(),
          {},
          {}};
}

}  // namespace

int CountDoubtful(const Record& record) {
  return static_cast<int>(
      std::count_if(record.evidence.begin(), record.evidence.end(),
                    [](const auto& entry) { return entry.second.confidence < kDoubtful; }));
}

DocumentWork MakeDocumentWork(const BatchOptions& options, const extract::Rules& rules) {
  return [&options, &rules](const Assignment& assignment, const Heartbeat& heartbeat) -> Result<std::string> {
    const auto start = std::chrono::steady_clock::now();
    const Result<Digitised> digitised = Digitise(assignment.path, options.digitise, rules, heartbeat);
    if (!digitised) return Fail(digitised.error());
    if (digitised->record.source.sha256 != assignment.sha256) return Fail(Changed(assignment.path));
    if (digitised->rejected) return Fail(*digitised->rejected);
    if (!digitised->differences.empty()) return Fail(MismatchError(digitised->differences));
    StageLog stage(assignment.path.filename().string());
    Result<archive::DocumentEntry> entry = BuildEntry(*digitised, assignment.staging, heartbeat);
    if (!entry) return Fail(entry.error());
    stage.Done({"lập bản lưu trữ", "archive copy built"});
    entry->seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return EncodeEntry(*entry);
  };
}

Result<BatchCounts> RunBatch(const std::vector<fs::path>& files, archive::Store& store,
                             const BatchOptions& options, const DocumentWork& work,
                             const BatchListener& listener) {
  return Batch(files, store, options, work, listener).Run();
}

std::string EncodeEntry(const archive::DocumentEntry& entry) {
  WireWriter writer;
  writer.Put(record::ToJson(entry.record, record::JsonStyle::kOneLine));
  writer.Put(entry.reading_text);
  writer.Put(static_cast<std::uint64_t>(entry.seconds * 1e6));
  writer.Put(static_cast<std::uint64_t>(entry.files.size()));
  for (const archive::StoredFile& file : entry.files) {
    writer.Put(file.name);
    writer.Put(file.bytes);
  }
  writer.Put(static_cast<std::uint64_t>(entry.staged.size()));
  for (const std::string& name : entry.staged) writer.Put(name);
  writer.Put(static_cast<std::uint64_t>(entry.steps.size()));
  for (const archive::LedgerStep& step : entry.steps) {
    for (const std::string* text : {&step.name, &step.input_sha256, &step.output_sha256, &step.detail})
      writer.Put(*text);
    writer.Put(static_cast<std::uint64_t>(step.seconds * 1e6));
  }
  return writer.Take();
}

Result<archive::DocumentEntry> DecodeEntry(const std::string& bytes) {
  WireReader reader(bytes);
  archive::DocumentEntry entry;
  Result<Record> record = record::ParseJson(reader.Text());
  if (!record) return Fail(record.error());
  entry.record = std::move(*record);
  entry.reading_text = reader.Text();
  entry.seconds = static_cast<double>(reader.Number()) / 1e6;
  const std::uint64_t count = reader.Number();
  for (std::uint64_t i = 0; i < count && reader.ok(); ++i) {
    archive::StoredFile file;
    file.name = reader.Text();
    file.bytes = reader.Text();
    entry.files.push_back(std::move(file));
  }
  const std::uint64_t staged = reader.Number();
  for (std::uint64_t i = 0; i < staged && reader.ok(); ++i) entry.staged.push_back(reader.Text());
  const std::uint64_t steps = reader.Number();
  for (std::uint64_t i = 0; i < steps && reader.ok(); ++i) {
    archive::LedgerStep step;
    for (std::string* text : {&step.name, &step.input_sha256, &step.output_sha256, &step.detail})
      *text = reader.Text();
    step.seconds = static_cast<double>(reader.Number()) / 1e6;
    entry.steps.push_back(std::move(step));
  }
  if (!reader.ok())
    return Fail({ErrorCode::kInternal,
                 {"kết quả của tiến trình xử lý bị hỏng", "the worker's result is damaged"},
                 {"Chạy lại", "Run again"},
                 entry.record.source.file,
                 {},
                 {}});
  return entry;
}

}  // namespace vanthu::run
