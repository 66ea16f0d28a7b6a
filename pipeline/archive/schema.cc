#include "pipeline/archive/schema.h"

#include <array>

#include <fmt/format.h>

namespace vanthu::archive {
namespace {

constexpr std::int64_t kApplicationId = 0x564E5448;  // "VNTH", PRAGMA application_id

// Step n brings a store of version n to n + 1. A step, once released, is never edited: add the next one.
constexpr std::array<const char*, 1> kSteps = {R"sql(
CREATE TABLE documents (
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
  file TEXT NOT NULL,
  pages INTEGER NOT NULL,
  origin TEXT NOT NULL,
  type_code TEXT, type_name TEXT,
  number TEXT, number_key TEXT,       -- the key: folded, without leading zeros
  notation TEXT,
  date TEXT,                          -- ISO
  parent_agency TEXT, issuing_agency TEXT, place TEXT, subject TEXT, signer TEXT,
  seconds REAL NOT NULL,
  committed_at TEXT NOT NULL
);
CREATE INDEX documents_number ON documents (number_key);
CREATE INDEX documents_date ON documents (date);

CREATE TABLE files (                  -- of the document's folder
  document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (document_id, name)
) WITHOUT ROWID;

CREATE TABLE paths (                  -- where the same bytes were found
  document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  noted_at TEXT NOT NULL,
  PRIMARY KEY (document_id, path)
) WITHOUT ROWID;

CREATE TABLE fields (                 -- every value of the record, by JSON pointer, with its evidence where known
  document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  pointer TEXT NOT NULL,
  value TEXT NOT NULL,
  page INTEGER, x0 REAL, y0 REAL, x1 REAL, y1 REAL,  -- page from 1; points of the page as the file shows it
  source TEXT, confidence REAL,
  PRIMARY KEY (document_id, pointer)
) WITHOUT ROWID;

CREATE TABLE review (                 -- what a person must look at: doubtful values, error findings
  id INTEGER PRIMARY KEY,
  document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  code TEXT NOT NULL,                 -- "doubtful", or the finding's
  pointer TEXT, value TEXT, message TEXT,
  page INTEGER, confidence REAL,
  opened_at TEXT NOT NULL,
  closed_at TEXT                      -- null: open
);
CREATE INDEX review_open ON review (document_id) WHERE closed_at IS NULL;

CREATE TABLE ledger (                 -- every step that was taken, never edited; survives the document's row
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  step TEXT NOT NULL,                 -- digitise, store, note-path, quarantine, requeue
  document_sha256 TEXT,
  input_sha256 TEXT,
  output_sha256 TEXT,
  detail TEXT,
  seconds REAL
);
CREATE INDEX ledger_document ON ledger (document_sha256);

CREATE TABLE quarantine (
  name TEXT PRIMARY KEY,              -- the folder's: the sha256, or "path-" + sha256 of the path
  sha256 TEXT,
  path TEXT NOT NULL,
  code TEXT NOT NULL,
  message_vi TEXT NOT NULL, message_en TEXT NOT NULL,
  cause TEXT, advice_vi TEXT, advice_en TEXT,
  page INTEGER,
  at TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX quarantine_path ON quarantine (path);

CREATE VIRTUAL TABLE texts USING fts5 (code, type, agency, signer, place, subject, body, tokenize = 'vanthu');
)sql"};

Error NotOurs(const std::filesystem::path& path, Message message, Message advice) {
  Error error;
  error.code = ErrorCode::kNotAccepted;
  error.file = path.string();
  error.message = std::move(message);
  error.advice = std::move(advice);
  return error;
}

struct Stamp {
  std::int64_t application_id = 0;
  std::int64_t version = 0;
  std::int64_t tables = 0;
};

Result<Stamp> ReadStamp(Database& database) {
  Stamp stamp;
  for (const auto& [sql, member] : {std::pair{"PRAGMA application_id", &Stamp::application_id},
                                    std::pair{"PRAGMA user_version", &Stamp::version},
                                    std::pair{"SELECT count(*) FROM sqlite_schema", &Stamp::tables}}) {
    const Result<std::optional<std::int64_t>> value = database.Number(sql);
    if (!value) return Fail(value.error());
    stamp.*member = value->value_or(0);
  }
  return stamp;
}

Status CheckOwner(const Stamp& stamp, const std::filesystem::path& path) {
  if (stamp.application_id != kApplicationId)
    return Fail(NotOurs(path, {"không phải là kho lưu trữ của Vanthu", "is not a Vanthu store"},
                        {"Chọn một thư mục khác cho --store", "Choose another folder for --store"}));
  if (stamp.version > SchemaVersion())
    return Fail(
        NotOurs(path,
                {fmt::format("kho do phiên bản Vanthu mới hơn tạo (lược đồ {}, chương trình này biết đến {})",
                             stamp.version, SchemaVersion()),
                 fmt::format("the store was made by a newer Vanthu (schema {}, this program knows {})",
                             stamp.version, SchemaVersion())},
                {"Cài đặt phiên bản mới hơn", "Install the newer version"}));
  return {};
}

}  // namespace

int SchemaVersion() {
  return static_cast<int>(kSteps.size());
}

Status MigrateSchema(Database& database, const std::filesystem::path& path) {
  const Result<Stamp> stamp = ReadStamp(database);
  if (!stamp) return Fail(stamp.error());
  const bool fresh = stamp->tables == 0 && stamp->version == 0;
  if (!fresh) {
    if (Status owner = CheckOwner(*stamp, path); !owner) return owner;
    if (stamp->version == SchemaVersion()) return {};
  }
  Transaction transaction(database);
  for (std::int64_t version = stamp->version; version < SchemaVersion(); ++version)
    transaction.Script(kSteps[static_cast<std::size_t>(version)]);
  transaction.Script(
      fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {};", kApplicationId, SchemaVersion()));
  return transaction.Commit();
}

Status CheckSchema(Database& database, const std::filesystem::path& path) {
  const Result<Stamp> stamp = ReadStamp(database);
  if (!stamp) return Fail(stamp.error());
  if (Status owner = CheckOwner(*stamp, path); !owner) return owner;
  if (stamp->version < SchemaVersion())
    return Fail(NotOurs(path,
                        {fmt::format("kho theo lược đồ cũ {}", stamp->version),
                         fmt::format("the store has the older schema {}", stamp->version)},
                        {"Chạy `vanthu digitise` vào kho này một lần để nâng cấp",
                         "Run `vanthu digitise` into this store once to bring it up to date"}));
  return {};
}

}  // namespace vanthu::archive
