#include "pipeline/archive/database.h"

#include <cerrno>
#include <cstring>

#include "pipeline/archive/tokenizer.h"

namespace vanthu::archive {
namespace {

// How long a connection waits for the other side: a commit flushes a few pages, a search reads for
// milliseconds. A guess with room for a slow network disk.
constexpr int kBusyMilliseconds = 30'000;

Error DatabaseError(sqlite3* connection, int code, const std::filesystem::path& path) {
  Error error;
  error.file = path.string();
  error.cause = connection != nullptr ? sqlite3_errmsg(connection) : sqlite3_errstr(code);
  if (const int number = connection != nullptr ? sqlite3_system_errno(connection) : 0;
      number != 0 && ((code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CANTOPEN))
    error.cause += std::string(": ") + std::strerror(number);
  switch (code & 0xff) {
    case SQLITE_FULL:
      error.code = ErrorCode::kWrite;
      error.message = {"kho lưu trữ không còn chỗ ghi", "there is no space left for the store"};
      error.advice = {"Giải phóng dung lượng đĩa rồi chạy lại: phần đã lưu vẫn nguyên vẹn",
                      "Free some disk space and run again: what was stored is intact"};
      break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      error.code = ErrorCode::kWrite;
      error.message = {"không được ghi vào kho lưu trữ", "the store may not be written"};
      error.advice = {"Kiểm tra quyền ghi của thư mục kho", "Check the right to write in the store's folder"};
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      error.code = ErrorCode::kDamaged;
      error.message = {"chỉ mục của kho lưu trữ bị hỏng", "the store's index is damaged"};
      error.advice = {
          "Khôi phục index.sqlite từ bản sao lưu, hoặc chuyển nó đi nơi khác rồi số hóa lại; thư mục "
          "documents không bị thay đổi",
          "Restore index.sqlite from a backup, or move it away and digitise again; the documents folder is "
          "untouched"};
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      error.code = ErrorCode::kWrite;
      error.message = {"kho lưu trữ đang bận", "the store is busy"};
      error.advice = {"Đợi chương trình khác xong rồi chạy lại",
                      "Wait for the other program to end and run again"};
      break;
    case SQLITE_CANTOPEN:
      error.code = ErrorCode::kUnreadable;
      error.message = {"không mở được chỉ mục của kho lưu trữ", "the store's index cannot be opened"};
      error.advice = {"Kiểm tra đường dẫn và quyền truy cập", "Check the path and the rights"};
      break;
    case SQLITE_IOERR:
      error.code = ErrorCode::kWrite;
      error.message = {"lỗi vào ra khi dùng kho lưu trữ", "the store's disk failed"};
      error.advice = {"Kiểm tra ổ đĩa và dung lượng rồi chạy lại",
                      "Check the disk and its free space and run again"};
      break;
    default:
      error.code = ErrorCode::kInternal;
      error.message = {"lỗi bên trong của kho lưu trữ", "an internal error of the store"};
  }
  return error;
}

}  // namespace

Query::~Query() {
  if (statement_ == nullptr) return;
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

void Query::Bind(int index, std::string_view value) {
  // An empty view may have a null pointer, which SQLite would read as NULL.
  sqlite3_bind_text64(statement_, index, value.empty() ? "" : value.data(), value.size(), SQLITE_TRANSIENT,
                      SQLITE_UTF8);
}

Result<bool> Query::Step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  sqlite3* connection = sqlite3_db_handle(statement_);
  return Fail(DatabaseError(connection, sqlite3_extended_errcode(connection), *path_));
}

std::string Query::Text(int column) const {
  const unsigned char* text = sqlite3_column_text(statement_, column);
  const int length = sqlite3_column_bytes(statement_, column);
  return text == nullptr ? std::string()
                         : std::string(reinterpret_cast<const char*>(text), static_cast<std::size_t>(length));
}

Result<std::unique_ptr<Database>> Database::Open(const std::filesystem::path& path, Mode mode) {
  std::unique_ptr<Database> database(new Database);
  database->path_ = path;
  sqlite3* raw = nullptr;
  // A reader asks for write access too: only so can it roll back a dead writer's journal. SQLite falls back
  // to reading alone where it gets none (read-only media), and query_only keeps a reader from changing
  // anything.
  const int flags = SQLITE_OPEN_READWRITE | (mode == Mode::kWrite ? SQLITE_OPEN_CREATE : 0);
  const int code = sqlite3_open_v2(path.c_str(), &raw, flags, nullptr);
  database->connection_.reset(raw);
  if (code != SQLITE_OK) return Fail(DatabaseError(raw, code, path));
  sqlite3_extended_result_codes(raw, 1);
  sqlite3_busy_timeout(raw, kBusyMilliseconds);
  // Rollback journal, not WAL: WAL needs shared memory (no network disks) and cannot be read from read-only
  // media. TRUNCATE with FULL flushes the journal's end too, so that a commit survives a power cut.
  const std::string pragmas =
      "PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON; PRAGMA cache_size=-16384; PRAGMA "
      "trusted_schema=OFF;";
  const std::string own = mode == Mode::kWrite ? "PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=FULL;"
                                               : "PRAGMA query_only=ON;";
  if (const Status set = database->Script(pragmas + own); !set) return Fail(set.error());
  if (const int registered = RegisterTokenizer(raw); registered != SQLITE_OK)
    return Fail(DatabaseError(raw, registered, path));
  return database;
}

Status Database::Script(const std::string& sql) {
  const int code = sqlite3_exec(connection_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return Fail(DatabaseError(connection_.get(), code, path_));
  return {};
}

Result<Query> Database::Prepare(std::string_view sql) {
  const std::string key(sql);
  auto found = statements_.find(key);
  if (found == statements_.end()) {
    sqlite3_stmt* raw = nullptr;
    const int code = sqlite3_prepare_v3(connection_.get(), key.c_str(), static_cast<int>(key.size()),
                                        SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
    if (code != SQLITE_OK) return Fail(DatabaseError(connection_.get(), code, path_));
    found = statements_.emplace(key, raw).first;
  }
  return Query(found->second.get(), path_);
}

Transaction::~Transaction() {
  // SQLite has rolled back by itself after some errors (disk full): then there is nothing left to roll back.
  if (sqlite3_get_autocommit(database_.connection()) == 0)
    sqlite3_exec(database_.connection(), "ROLLBACK", nullptr, nullptr, nullptr);
}

Status Transaction::Commit() {
  if (status_) status_ = database_.Run("COMMIT");
  return status_;
}

}  // namespace vanthu::archive
