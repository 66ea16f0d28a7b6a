// SQLite behind RAII: a connection, its prepared statements, one transaction at a time. Private to the room.
// SQLite's result codes become Errors whose code says whether to free space, ask for rights or restore a
// backup. Thread-confined.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>

#include "pipeline/base/error.h"
#include "pipeline/base/handle.h"

namespace vanthu::archive {

// A prepared statement in use; goes back to the connection's cache, reset, when it leaves its scope.
class Query {
 public:
  Query(sqlite3_stmt* statement, const std::filesystem::path& path) : statement_(statement), path_(&path) {}
  Query(Query&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)), path_(other.path_) {}
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;
  Query& operator=(Query&&) = delete;
  ~Query();

  void Bind(int index, std::string_view value);
  void Bind(int index, const char* value) { Bind(index, std::string_view(value)); }
  void Bind(int index, const std::string& value) { Bind(index, std::string_view(value)); }
  void Bind(int index, double value) { sqlite3_bind_double(statement_, index, value); }
  template <typename T>
  requires std::is_integral_v<T>
  void Bind(int index, T value) { sqlite3_bind_int64(statement_, index, static_cast<sqlite3_int64>(value)); }
  template <typename T>
  void Bind(int index, const std::optional<T>& value) {
    if (value) {
      Bind(index, *value);
    } else {
      sqlite3_bind_null(statement_, index);
    }
  }

  Result<bool> Step();  // true: a row is there
  std::int64_t Integer(int column) const { return sqlite3_column_int64(statement_, column); }
  std::string Text(int column) const;  // NULL reads as ""

 private:
  sqlite3_stmt* statement_;  // owned by the Database
  const std::filesystem::path* path_;
};

class Database {
 public:
  // kRead never changes a row, but rolls back what a killed writer left half done where the folder can be
  // written.
  enum class Mode { kRead, kWrite };
  static Result<std::unique_ptr<Database>> Open(const std::filesystem::path& path, Mode mode);

  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  sqlite3* connection() { return connection_.get(); }
  std::int64_t last_id() const { return sqlite3_last_insert_rowid(connection_.get()); }

  Status Script(const std::string& sql);  // several statements, no values
  Result<Query> Prepare(std::string_view sql);

  // One statement with its values, run to its end.
  template <typename... Values>
  Status Run(std::string_view sql, const Values&... values) {
    Result<Query> query = Prepare(sql);
    if (!query) return Fail(query.error());
    int index = 0;
    (query->Bind(++index, values), ...);
    while (true) {
      const Result<bool> row = query->Step();
      if (!row) return Fail(row.error());
      if (!*row) return {};
    }
  }

  // The first column of the first row; null without a row.
  template <typename... Values>
  Result<std::optional<std::int64_t>> Number(std::string_view sql, const Values&... values) {
    Result<Query> query = Prepare(sql);
    if (!query) return Fail(query.error());
    int index = 0;
    (query->Bind(++index, values), ...);
    const Result<bool> row = query->Step();
    if (!row) return Fail(row.error());
    if (!*row) return std::optional<std::int64_t>();
    return std::optional<std::int64_t>(query->Integer(0));
  }

 private:
  Database() = default;

  std::filesystem::path path_;
  Handle<sqlite3, sqlite3_close_v2> connection_;
  std::unordered_map<std::string, Handle<sqlite3_stmt, sqlite3_finalize>>
      statements_;  // dies before the connection
};

// All or nothing: the first failure makes the rest no-ops, and what is not committed is rolled back.
class Transaction {
 public:
  explicit Transaction(Database& database) : database_(database), status_(database.Run("BEGIN IMMEDIATE")) {}
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();

  template <typename... Values>
  void Run(std::string_view sql, const Values&... values) {
    if (status_) status_ = database_.Run(sql, values...);
  }
  void Script(const std::string& sql) {
    if (status_) status_ = database_.Script(sql);
  }
  Status Commit();

 private:
  Database& database_;
  Status status_;
};

}  // namespace vanthu::archive
