#include "pipeline/archive/copy_register.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <limits>
#include <thread>

#include <fmt/format.h>

#include "pipeline/archive/database.h"
#include "pipeline/base/file.h"
#include "pipeline/base/refusal.h"

namespace vanthu::archive {
namespace {

namespace fs = std::filesystem;

constexpr int kApplication = 0x56544352;  // "VTCR"
constexpr int kSchema = 1;
constexpr const char* kTables = R"(
CREATE TABLE copies(
  year INTEGER NOT NULL, number INTEGER NOT NULL, shown TEXT NOT NULL, form TEXT NOT NULL, agency TEXT NOT NULL,
  source TEXT NOT NULL, source_sha256 TEXT NOT NULL, path TEXT NOT NULL, document_sha256 TEXT NOT NULL,
  time TEXT NOT NULL, state TEXT NOT NULL CHECK(state IN ('writing', 'done', 'void')), note TEXT NOT NULL DEFAULT '',
  PRIMARY KEY(year, number)) WITHOUT ROWID;
)";

// An advisory lock that the system takes back when the process ends, however it ends.
class FileLock {
 public:
  FileLock() = default;
  FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  FileLock& operator=(FileLock&&) = delete;
  ~FileLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  static Result<FileLock> Take(const fs::path& path, const std::function<bool()>& stop) {
    FileLock lock;
    lock.descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (lock.descriptor_ < 0) return Fail(SystemError(ErrorCode::kWrite, path, errno));
    constexpr std::chrono::milliseconds kPause{100};
    while (::flock(lock.descriptor_, LOCK_EX | LOCK_NB) != 0) {
      if (errno != EWOULDBLOCK && errno != EINTR) return Fail(SystemError(ErrorCode::kWrite, path, errno));
      if (stop && stop())
        return Fail(Refusal(ErrorCode::kInterrupted, {"đã dừng khi đợi sổ đăng ký bản sao",
                                                      "stopped while waiting for the register of copies"}));
      std::this_thread::sleep_for(kPause);
    }
    return lock;
  }

 private:
  int descriptor_ = -1;
};

class SqliteCopyRegister final : public CopyRegister {
 public:
  SqliteCopyRegister(FileLock lock, std::unique_ptr<Database> database)
      : lock_(std::move(lock)), database_(std::move(database)) {}

  Status Prepare(const fs::path& file);

  Result<int> NextNumber(int year) override {
    const Result<std::optional<std::int64_t>> last =
        database_->Number("SELECT coalesce(max(number), 0) FROM copies WHERE year = ?", year);
    if (!last) return Fail(last.error());
    return static_cast<int>(last->value_or(0)) + 1;
  }

  Status Begin(const CopyEntry& e) override {
    const Result<std::optional<std::int64_t>> taken =
        database_->Number("SELECT count(*) FROM copies WHERE year = ? AND number = ?", e.year, e.number);
    if (!taken) return Fail(taken.error());
    if (taken->value_or(0) != 0)
      return Fail(
          Refusal(ErrorCode::kInternal, {"số bản sao đã được dùng", "the copy's number is taken"}, e.shown));
    return database_->Run(
        "INSERT INTO copies(year, number, shown, form, agency, source, source_sha256, path, document_sha256, "
        "time, "
        "state) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'writing')",
        e.year, e.number, e.shown, e.form, e.agency, e.source, e.source_sha256, e.path, e.document_sha256,
        e.time);
  }

  Status Done(int year, int number) override {
    return database_->Run(
        "UPDATE copies SET state = 'done' WHERE year = ? AND number = ? AND state = 'writing'", year, number);
  }

  Status GiveUp(int year, int number) override {
    return database_->Run("DELETE FROM copies WHERE year = ? AND number = ? AND state = 'writing'", year,
                          number);
  }

  Result<std::vector<RegisteredCopy>> Copies(int year) override {
    Result<Query> query = database_->Prepare(
        "SELECT number, shown, form, agency, source, source_sha256, path, document_sha256, time, state, note "
        "FROM "
        "copies WHERE year = ? ORDER BY number");
    if (!query) return Fail(query.error());
    query->Bind(1, year);
    std::vector<RegisteredCopy> copies;
    while (true) {
      const Result<bool> row = query->Step();
      if (!row) return Fail(row.error());
      if (!*row) return copies;
      RegisteredCopy& copy = copies.emplace_back();
      copy.entry = {year,           static_cast<int>(query->Integer(0)),
                    query->Text(1), query->Text(2),
                    query->Text(3), query->Text(4),
                    query->Text(5), query->Text(6),
                    query->Text(7), query->Text(8)};
      const std::string state = query->Text(9);
      copy.state = state == "done"   ? RegisteredCopy::State::kDone
                   : state == "void" ? RegisteredCopy::State::kVoid
                                     : RegisteredCopy::State::kWriting;
      copy.note = query->Text(10);
    }
  }

 private:
  Status Settle();

  FileLock lock_;
  std::unique_ptr<Database> database_;
};

Status SqliteCopyRegister::Prepare(const fs::path& file) {
  const auto application = database_->Number("PRAGMA application_id");
  const auto version = database_->Number("PRAGMA user_version");
  const auto tables = database_->Number("SELECT count(*) FROM sqlite_schema");
  for (const auto* asked : {&application, &version, &tables})
    if (!*asked) return Fail(asked->error());
  const bool fresh = tables->value_or(0) == 0;
  if (!fresh && (application->value_or(0) != kApplication || version->value_or(0) != kSchema)) {
    Error error = Refusal(ErrorCode::kNotAccepted,
                          {"tệp không phải sổ đăng ký bản sao của chương trình này",
                           "the file is not a register of copies of this program"},
                          {}, {"Chọn tệp khác bằng --register", "Name another file with --register"});
    error.file = file.string();
    return Fail(std::move(error));
  }
  if (fresh) {
    Transaction transaction(*database_);
    transaction.Script(kTables);
    transaction.Script(
        fmt::format("PRAGMA application_id={}; PRAGMA user_version={};", kApplication, kSchema));
    if (Status committed = transaction.Commit(); !committed) return committed;
  }
  return Settle();
}

// Entries whose process died between Begin and Done: this process holds the lock, so that one is gone.
Status SqliteCopyRegister::Settle() {
  struct Left {
    int year, number;
    std::string path, sha256;
  };
  std::vector<Left> all;
  {
    Result<Query> query =
        database_->Prepare("SELECT year, number, path, document_sha256 FROM copies WHERE state = 'writing'");
    if (!query) return Fail(query.error());
    while (true) {
      const Result<bool> row = query->Step();
      if (!row) return Fail(row.error());
      if (!*row) break;
      all.push_back({static_cast<int>(query->Integer(0)), static_cast<int>(query->Integer(1)), query->Text(2),
                     query->Text(3)});
    }
  }
  for (const Left& left : all) {
    const Result<std::string> hash = Sha256OfFile(left.path, std::numeric_limits<std::uint64_t>::max());
    const std::string note =
        "Chương trình bị ngắt khi đang ghi tệp, và tệp không còn ở nơi đã định: số này bỏ trống. / The "
        "program was "
        "stopped while it wrote the file, and the file is not where it was to be: the number stays void.";
    Status settled =
        hash && *hash == left.sha256
            ? Done(left.year, left.number)
            : database_->Run("UPDATE copies SET state = 'void', note = ? WHERE year = ? AND number = ?", note,
                             left.year, left.number);
    if (!settled) return settled;
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<CopyRegister>> OpenCopyRegister(const fs::path& file,
                                                       const std::function<bool()>& stop) {
  std::error_code failed;
  if (file.has_parent_path()) fs::create_directories(file.parent_path(), failed);
  if (failed) return Fail(SystemError(ErrorCode::kWrite, file.parent_path(), failed.value()));
  fs::path lock_path = file;
  lock_path += ".lock";
  Result<FileLock> lock = FileLock::Take(lock_path, stop);
  if (!lock) return Fail(lock.error());
  Result<std::unique_ptr<Database>> database = Database::Open(file, Database::Mode::kWrite);
  if (!database) return Fail(database.error());
  auto opened = std::make_unique<SqliteCopyRegister>(std::move(*lock), std::move(*database));
  if (Status prepared = opened->Prepare(file); !prepared) return Fail(prepared.error());
  return opened;
}

}  // namespace vanthu::archive
