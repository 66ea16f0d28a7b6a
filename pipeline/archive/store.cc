#include "pipeline/archive/store.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "pipeline/archive/database.h"
#include "pipeline/archive/folder.h"
#include "pipeline/archive/listing.h"
#include "pipeline/archive/query.h"
#include "pipeline/archive/schema.h"
#include "pipeline/archive/search.h"
#include "pipeline/archive/values.h"
#include "pipeline/base/file.h"
#include "pipeline/base/unicode.h"

namespace vanthu::archive {
namespace {

namespace fs = std::filesystem;

// Vietnam's time, whatever TZ says: the archive's packages want +07:00 (TT 05/2025).
#define VANTHU_NOW "strftime('%Y-%m-%dT%H:%M:%S+07:00', 'now', '+7 hours')"

Error Rejected(const std::string& what, const std::string& file) {
  Error error;
  error.code = ErrorCode::kInternal;
  error.file = file;
  error.message = {"hồ sơ gửi vào kho không hợp lệ", "the entry for the store is not valid"};
  error.cause = what;
  return error;
}

// A file of the document's folder, as the index lists it.
struct ListedFile {
  std::string name;
  std::uint64_t bytes = 0;
  std::string sha256;
};

std::optional<std::string> Filled(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional<std::string>(text);
}

std::optional<std::string> Iso(const std::optional<Date>& date) {
  return date ? std::optional<std::string>(ToIso(*date)) : std::nullopt;
}

std::string Words(const std::vector<Text>& parts) {
  std::string out;
  for (const Text& part : parts)
    if (part && !part->empty()) out += (out.empty() ? "" : " ") + ToNfc(*part);
  return out;
}

// The folder's name in quarantine/: a file that could not be read has no hash, its path stands for it.
std::string QuarantineName(const QuarantineEntry& entry) {
  return entry.sha256.empty() ? "path-" + Sha256Hex(entry.path) : entry.sha256;
}

// Foreign bytes (a path, a library's words) as JSON text: ill-formed UTF-8 becomes U+FFFD.
nlohmann::ordered_json JsonText(const std::string& text) {
  return text.empty() ? nlohmann::ordered_json(nullptr)
                      : nlohmann::ordered_json(ToNfc(FromCodePoints(ToCodePoints(text))));
}

std::string ReasonJson(const QuarantineEntry& entry) {
  nlohmann::ordered_json json;
  json["schema"] = "vanthu/quarantine/1";
  json["path"] = JsonText(entry.path);
  json["sha256"] = JsonText(entry.sha256);
  json["code"] = Name(entry.error.code);
  json["message"] = {{"vi", JsonText(entry.error.message.vi)}, {"en", JsonText(entry.error.message.en)}};
  json["cause"] = JsonText(entry.error.cause);
  json["advice"] = {{"vi", JsonText(entry.error.advice.vi)}, {"en", JsonText(entry.error.advice.en)}};
  json["page"] =
      entry.error.page ? nlohmann::ordered_json(*entry.error.page + 1) : nlohmann::ordered_json(nullptr);
  return json.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

class FileStore final : public Store {
 public:
  FileStore(const fs::path& folder, std::unique_ptr<WriterLock> lock, std::unique_ptr<Database> database)
      : folders_(folder), lock_(std::move(lock)), database_(std::move(database)) {}

  Result<Known> Lookup(const std::string& sha256) override;
  Status NotePath(const std::string& sha256, const std::string& path) override;
  Result<fs::path> Stage(const std::string& sha256) override;
  void Unstage(const std::string& sha256) override;
  Status Commit(const DocumentEntry& entry, const std::string& path) override;
  Status Quarantine(const QuarantineEntry& entry) override;
  Result<std::vector<Hit>> Search(const std::string& query, int limit) override;
  Result<StoreCounts> Counts() override;
  Result<std::vector<StoredDocument>> Documents() override { return ListDocuments(*database_); }
  Result<std::vector<Date>> QuarantineDays() override { return ListQuarantineDays(*database_); }
  fs::path FolderOf(const std::string& sha256) const override {
    return IsSha256(sha256) ? folders_.Document(sha256) : fs::path();
  }

  // What an interrupted run left: taken back, finished or queued again.
  Status Recover();

 private:
  Status NeedWriter() const;
  Result<std::optional<std::int64_t>> IdOf(const std::string& sha256) {
    return database_->Number("SELECT id FROM documents WHERE sha256 = ?", sha256);
  }
  Result<std::vector<ListedFile>> ListFiles(const DocumentEntry& entry, const std::string& path) const;
  Status WriteRows(const DocumentEntry& entry, const std::vector<ListedFile>& files, const std::string& path);
  void InsertDocument(Transaction& rows, const DocumentEntry& entry);
  void InsertValues(Transaction& rows, const Record& record);
  void InsertReview(Transaction& rows, const Record& record);
  void InsertLedger(Transaction& rows, const DocumentEntry& entry, const std::vector<ListedFile>& files);
  void Release(Transaction& rows, const std::string& sha256, const std::string& path,
               std::vector<std::string>& names);
  void RemoveReasons(const std::vector<std::string>& names);
  Status Requeue(const std::string& sha256);

  Folders folders_;
  std::unique_ptr<WriterLock> lock_;  // none: reading only
  std::unique_ptr<Database> database_;
  std::optional<FieldRules> rules_;  // read when first needed
};

Status FileStore::NeedWriter() const {
  if (lock_ != nullptr) return {};
  return Fail(Rejected("the store was opened for reading", folders_.index().string()));
}

Result<Known> FileStore::Lookup(const std::string& sha256) {
  const Result<std::optional<std::int64_t>> id = IdOf(sha256);
  if (!id) return Fail(id.error());
  if (*id) return Known::kDone;
  const auto held = database_->Number("SELECT 1 FROM quarantine WHERE name = ?", sha256);
  if (!held) return Fail(held.error());
  return *held ? Known::kQuarantined : Known::kNew;
}

Status FileStore::NotePath(const std::string& sha256, const std::string& path) {
  if (Status writer = NeedWriter(); !writer) return writer;
  Transaction rows(*database_);
  // The ledger tells of a path once: a run over the same folders again adds nothing.
  rows.Run("INSERT INTO ledger (at, step, document_sha256, input_sha256, detail) SELECT " VANTHU_NOW
           ", 'note-path', sha256, sha256, ?2 FROM documents d WHERE sha256 = ?1 AND NOT EXISTS "
           "(SELECT 1 FROM paths WHERE document_id = d.id AND path = ?2)",
           sha256, path);
  rows.Run("INSERT OR IGNORE INTO paths SELECT id, ?2, " VANTHU_NOW " FROM documents WHERE sha256 = ?1",
           sha256, path);
  std::vector<std::string> released;
  Release(rows, {}, path, released);
  if (Status committed = rows.Commit(); !committed) return committed;
  RemoveReasons(released);
  return {};
}

void FileStore::InsertDocument(Transaction& rows, const DocumentEntry& entry) {
  const SourceFile& source = entry.record.source;
  const Header& header = entry.record.header;
  const Text signer = entry.record.signer ? entry.record.signer->name : Text();
  rows.Run(
      "INSERT INTO documents (sha256, file, pages, origin, type_code, type_name, number, number_key, "
      "notation, date, "
      "parent_agency, issuing_agency, place, subject, signer, seconds, committed_at) VALUES "
      "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, " VANTHU_NOW ")",
      source.sha256, source.file, source.pages, Name(source.origin), header.type_code, header.type_name,
      header.number, header.number ? Filled(NumberKey(*header.number)) : std::nullopt, header.notation,
      Iso(header.date), header.parent_agency, header.issuing_agency, header.place, header.subject, signer,
      entry.seconds);
  const Text code =
      header.number && header.notation ? *header.number + "/" + *header.notation : header.notation;
  rows.Run(
      "INSERT INTO texts (rowid, code, type, agency, signer, place, subject, body) VALUES "
      "((SELECT id FROM documents WHERE sha256 = ?1), ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
      source.sha256, Words({code}), Words({header.type_code, header.type_name}),
      Words({header.parent_agency, header.issuing_agency}), Words({signer}), Words({header.place}),
      Words({header.subject}), ToNfc(entry.reading_text));
}

void FileStore::InsertValues(Transaction& rows, const Record& record) {
  for (const Value& value : ValuesOf(record)) {
    std::optional<int> page;
    std::optional<double> x0, y0, x1, y1, confidence;
    std::optional<std::string> source;
    if (const Evidence* evidence = value.evidence) {
      page = evidence->page + 1;
      x0 = evidence->box.x0;
      y0 = evidence->box.y0;
      x1 = evidence->box.x1;
      y1 = evidence->box.y1;
      source = Name(evidence->source);
      confidence = evidence->confidence;
    }
    rows.Run(
        "INSERT INTO fields VALUES ((SELECT id FROM documents WHERE sha256 = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        record.source.sha256, value.pointer, value.value, page, x0, y0, x1, y1, source, confidence);
  }
}

void FileStore::InsertReview(Transaction& rows, const Record& record) {
  constexpr const char* kInsert =
      "INSERT INTO review (document_id, code, pointer, value, message, page, confidence, opened_at) VALUES "
      "((SELECT id FROM documents WHERE sha256 = ?), ?, ?, ?, ?, ? + 1, ?, " VANTHU_NOW ")";
  for (const Value& value : DoubtfulOf(record))
    rows.Run(kInsert, record.source.sha256, "doubtful", value.pointer, Filled(value.value),
             std::optional<std::string>(), value.evidence->page, value.evidence->confidence);
  for (const Finding& finding : record.findings) {
    if (finding.severity != Severity::kError) continue;
    rows.Run(kInsert, record.source.sha256, finding.code, std::optional<std::string>(),
             std::optional<std::string>(), finding.message, finding.page, std::optional<double>());
  }
}

void FileStore::InsertLedger(Transaction& rows, const DocumentEntry& entry,
                             const std::vector<ListedFile>& files) {
  constexpr const char* kInsert =
      "INSERT INTO ledger (at, step, document_sha256, input_sha256, output_sha256, detail, seconds) VALUES "
      "(" VANTHU_NOW ", ?, ?, ?, ?, ?, ?)";
  const std::string& sha256 = entry.record.source.sha256;
  for (const LedgerStep& step : entry.steps)
    rows.Run(kInsert, step.name, sha256, step.input_sha256, Filled(step.output_sha256), Filled(step.detail),
             step.seconds);
  std::string result;
  for (const ListedFile& file : files) {
    if (file.name == "record.json") result = file.sha256;
    rows.Run("INSERT INTO files VALUES ((SELECT id FROM documents WHERE sha256 = ?), ?, ?, ?)", sha256,
             file.name, file.bytes, file.sha256);
  }
  rows.Run(kInsert, "digitise", sha256, sha256, Filled(result), entry.record.source.file, entry.seconds);
}

// Takes the document, or an unreadable path that became readable, out of quarantine.
void FileStore::Release(Transaction& rows, const std::string& sha256, const std::string& path,
                        std::vector<std::string>& names) {
  names = {"path-" + Sha256Hex(path)};
  if (!sha256.empty()) names.push_back(sha256);
  for (const std::string& name : names) rows.Run("DELETE FROM quarantine WHERE name = ?", name);
}

void FileStore::RemoveReasons(const std::vector<std::string>& names) {
  std::error_code ignored;  // the row is what counts
  for (const std::string& name : names) fs::remove_all(folders_.QuarantineFolder(name), ignored);
}

Status FileStore::WriteRows(const DocumentEntry& entry, const std::vector<ListedFile>& files,
                            const std::string& path) {
  const std::string& sha256 = entry.record.source.sha256;
  std::vector<std::string> released;
  {
    Transaction rows(*database_);
    InsertDocument(rows, entry);
    InsertValues(rows, entry.record);
    InsertReview(rows, entry.record);
    InsertLedger(rows, entry, files);
    rows.Run("INSERT INTO paths SELECT id, ?2, " VANTHU_NOW " FROM documents WHERE sha256 = ?1", sha256,
             path);
    Release(rows, sha256, path, released);
    if (Status committed = rows.Commit(); !committed) return committed;
  }
  RemoveReasons(released);
  return {};
}

Result<fs::path> FileStore::Stage(const std::string& sha256) {
  if (Status writer = NeedWriter(); !writer) return Fail(writer.error());
  if (!IsSha256(sha256)) return Fail(Rejected("no SHA-256", sha256));
  return folders_.Stage(sha256);
}

void FileStore::Unstage(const std::string& sha256) {
  if (lock_ != nullptr && IsSha256(sha256)) folders_.Unstage(sha256);
}

// Every file of the entry, looked at: its name, its hash, and that nothing else was staged.
Result<std::vector<ListedFile>> FileStore::ListFiles(const DocumentEntry& entry,
                                                     const std::string& path) const {
  const std::string& sha256 = entry.record.source.sha256;
  if (!IsSha256(sha256)) return Fail(Rejected("source.sha256 is no SHA-256", path));
  std::vector<ListedFile> listed;
  std::set<std::string> names;
  for (const StoredFile& file : entry.files) {
    if (!IsSafeName(file.name)) return Fail(Rejected("unsafe file name " + file.name, path));
    if (!names.insert(file.name).second) return Fail(Rejected("two files named " + file.name, path));
    listed.push_back({file.name, file.bytes.size(), Sha256Hex(file.bytes)});
  }
  const std::set<std::string> staged(entry.staged.begin(), entry.staged.end());
  if (!staged.empty()) {
    const Result<std::vector<std::string>> found = folders_.StagedNames(sha256);
    if (!found) return Fail(found.error());
    if (staged != std::set<std::string>(found->begin(), found->end()))
      return Fail(Rejected("the staged files are not those of the entry", path));
  }
  for (const std::string& name : staged) {
    if (!IsSafeName(name)) return Fail(Rejected("unsafe file name " + name, path));
    if (!names.insert(name).second) return Fail(Rejected("two files named " + name, path));
    const fs::path file = folders_.Staged(sha256) / name;
    std::error_code failure;
    const std::uintmax_t bytes = fs::file_size(file, failure);
    if (failure || fs::is_symlink(file, failure)) return Fail(Rejected(name + " is no regular file", path));
    Result<std::string> hash = Sha256OfFile(file, bytes);
    if (!hash) return Fail(hash.error());
    listed.push_back({name, bytes, std::move(*hash)});
  }
  // The folder's name is the promise that the original is in it byte for byte.
  for (const ListedFile& file : listed)
    if (file.name.starts_with("original.") && file.sha256 != sha256)
      return Fail(Rejected(file.name + " has not the SHA-256 of the record", path));
  return listed;
}

Status FileStore::Commit(const DocumentEntry& entry, const std::string& path) {
  if (Status writer = NeedWriter(); !writer) return writer;
  const Result<std::vector<ListedFile>> files = ListFiles(entry, path);
  if (!files) return Fail(files.error());
  const std::string& sha256 = entry.record.source.sha256;
  const Result<std::optional<std::int64_t>> id = IdOf(sha256);
  if (!id) return Fail(id.error());
  if (*id) {  // two workers held the same bytes: the first one's work stands
    folders_.Unstage(sha256);
    return NotePath(sha256, path);
  }
  if (Status placed = folders_.Place(sha256, entry.files, entry.staged); !placed) return placed;
  if (Status written = WriteRows(entry, *files, path); !written) {
    folders_.TakeBack(sha256);
    return written;
  }
  folders_.Finish(sha256);
  return {};
}

// No copy of the original is kept: what lands here is too big, too broken or locked, the store could not
// vouch for a copy that it cannot read, and the file stays where it was. Path and hash say which bytes were
// meant.
Status FileStore::Quarantine(const QuarantineEntry& entry) {
  if (Status writer = NeedWriter(); !writer) return writer;
  if (!entry.sha256.empty() && !IsSha256(entry.sha256)) return Fail(Rejected("no SHA-256", entry.path));
  const std::string name = QuarantineName(entry);
  if (Status written =
          WriteFileAtomically(folders_.QuarantineFolder(name) / "reason.json", ReasonJson(entry));
      !written)
    return written;
  const Error& error = entry.error;
  Transaction rows(*database_);
  rows.Run(
      "INSERT OR REPLACE INTO quarantine (name, sha256, path, code, message_vi, message_en, cause, "
      "advice_vi, "
      "advice_en, page, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ? + 1, " VANTHU_NOW ")",
      name, Filled(entry.sha256), entry.path, Name(error.code), error.message.vi, error.message.en,
      Filled(error.cause), Filled(error.advice.vi), Filled(error.advice.en), error.page);
  rows.Run("INSERT INTO ledger (at, step, document_sha256, input_sha256, detail) VALUES (" VANTHU_NOW
           ", 'quarantine', ?1, ?1, ?2)",
           Filled(entry.sha256), fmt::format("{}: {}", Name(error.code), entry.path));
  return rows.Commit();
}

Result<std::vector<Hit>> FileStore::Search(const std::string& query, int limit) {
  if (!rules_) {
    Result<FieldRules> rules = LoadFieldRules(DataFolder() / "search_fields.json");
    if (!rules) return Fail(rules.error());
    rules_ = std::move(*rules);
  }
  const Result<ParsedQuery> parsed = ParseQuery(query, *rules_);
  if (!parsed) return Fail(parsed.error());
  return SearchTexts(*database_, *parsed, limit);
}

Result<StoreCounts> FileStore::Counts() {
  StoreCounts counts;
  for (const auto& [sql, member] :
       {std::pair{"SELECT count(*) FROM documents", &StoreCounts::documents},
        std::pair{"SELECT count(*) FROM quarantine", &StoreCounts::quarantined},
        std::pair{"SELECT count(*) FROM review WHERE closed_at IS NULL", &StoreCounts::doubtful}}) {
    const Result<std::optional<std::int64_t>> count = database_->Number(sql);
    if (!count) return Fail(count.error());
    counts.*member = count->value_or(0);
  }
  return counts;
}

Status FileStore::Requeue(const std::string& sha256) {
  Transaction rows(*database_);
  rows.Run("INSERT INTO ledger (at, step, document_sha256, detail) VALUES (" VANTHU_NOW
           ", 'requeue', ?, 'the folder is gone')",
           sha256);
  rows.Run("DELETE FROM texts WHERE rowid = (SELECT id FROM documents WHERE sha256 = ?)", sha256);
  rows.Run("DELETE FROM documents WHERE sha256 = ?", sha256);
  return rows.Commit();
}

Status FileStore::Recover() {
  const Result<Folders::Leftovers> left = folders_.Sweep();
  if (!left) return Fail(left.error());
  for (const std::string& sha256 : left->intended) {
    const Result<std::optional<std::int64_t>> id = IdOf(sha256);
    if (!id) return Fail(id.error());
    if (*id) {
      folders_.Finish(sha256);
    } else {
      folders_.TakeBack(sha256);
    }
  }
  std::vector<std::string> missing;
  {
    Result<Query> rows = database_->Prepare("SELECT sha256 FROM documents");
    if (!rows) return Fail(rows.error());
    for (Result<bool> row = rows->Step();; row = rows->Step()) {
      if (!row) return Fail(row.error());
      if (!*row) break;
      if (std::string sha256 = rows->Text(0);
          !std::binary_search(left->present.begin(), left->present.end(), sha256))
        missing.push_back(std::move(sha256));
    }
  }
  // Without a single folder it is the disk that is missing, not the documents: forgetting them all would be
  // worse.
  if (!missing.empty() && left->present.empty()) {
    Error error;
    error.code = ErrorCode::kDamaged;
    error.file = folders_.documents().string();
    error.message = {"thư mục documents của kho trống trong khi chỉ mục có hồ sơ",
                     "the store's documents folder is empty while its index has documents"};
    error.advice = {
        "Gắn lại ổ đĩa hoặc khôi phục thư mục documents; nếu muốn bắt đầu lại, hãy chuyển index.sqlite đi "
        "nơi khác",
        "Mount the disk or restore the folder; to start anew, move index.sqlite away"};
    return Fail(std::move(error));
  }
  for (const std::string& sha256 : missing)
    if (Status queued = Requeue(sha256); !queued) return queued;
  return {};
}

Result<std::unique_ptr<Store>> OpenForReading(const fs::path& folder) {
  const Folders folders(folder);
  std::error_code failure;
  if (!fs::is_regular_file(folders.index(), failure)) {
    Error error;
    error.code = ErrorCode::kUnreadable;
    error.file = folder.string();
    error.message = {"không có kho lưu trữ ở đây", "there is no store here"};
    error.advice = {"Tạo kho bằng `vanthu digitise … --store THƯ-MỤC`",
                    "Make one with `vanthu digitise … --store DIR`"};
    if (failure && failure != std::errc::no_such_file_or_directory) error.cause = failure.message();
    return Fail(std::move(error));
  }
  Result<std::unique_ptr<Database>> database = Database::Open(folders.index(), Database::Mode::kRead);
  if (!database) return Fail(database.error());
  if (const Status schema = CheckSchema(**database, folders.index()); !schema) return Fail(schema.error());
  return std::make_unique<FileStore>(folder, nullptr, std::move(*database));
}

Result<std::unique_ptr<Store>> OpenForWriting(const fs::path& folder) {
  std::error_code made;
  fs::create_directories(folder, made);
  if (made) return Fail(SystemError(ErrorCode::kWrite, folder, made.value()));
  Result<std::unique_ptr<WriterLock>> lock = WriterLock::Take(folder);
  if (!lock) return Fail(lock.error());
  const Folders folders(folder);
  Result<std::unique_ptr<Database>> database = Database::Open(folders.index(), Database::Mode::kWrite);
  if (!database) return Fail(database.error());
  if (const Status schema = MigrateSchema(**database, folders.index()); !schema) return Fail(schema.error());
  auto store = std::make_unique<FileStore>(folder, std::move(*lock), std::move(*database));
  if (const Status recovered = store->Recover(); !recovered) return Fail(recovered.error());
  if (const Status created = folders.Create(); !created) return Fail(created.error());
  return store;
}

}  // namespace

Result<std::unique_ptr<Store>> OpenStore(const fs::path& folder, Access access) {
  return access == Access::kRead ? OpenForReading(folder) : OpenForWriting(folder);
}

}  // namespace vanthu::archive
