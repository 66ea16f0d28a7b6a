// The store: DIR/index.sqlite and DIR/documents/<2 hex>/<sha256>/ (contract, "Store"). Each document is
// committed in one step; kill -9 at any moment loses only the work in hand. One writer process at a time (a
// lock says so), any number of readers. Not thread-safe.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/base/error.h"
#include "pipeline/model/record.h"

namespace vanthu::archive {

// The files of one document, as they will lie in its folder.
struct StoredFile {
  std::string name;  // "record.json", "pages/0001.jpg"; no "..", no absolute path
  std::string bytes;
};

// One step of the work on a document, for the ledger: what went in and what came out, by hash.
struct LedgerStep {
  std::string name;  // "intake", "ocr", "layout", "extract"
  std::string input_sha256;
  std::string output_sha256;  // empty: none
  std::string detail;         // versions, model; may be empty
  double seconds = 0;
};

struct DocumentEntry {
  Record record;                    // source.sha256 names the folder
  std::string reading_text;         // for full-text search
  std::vector<StoredFile> files;    // original.*, document.pdf, text.json, record.json, record.xml, pages/...
  std::vector<std::string> staged;  // names of further files, which lie in the folder that Stage() gave
  double seconds = 0;               // of work
  std::vector<LedgerStep> steps;    // the ledger gets one line for the whole in any case
};

struct QuarantineEntry {
  std::string path;
  std::string sha256;  // empty: the file could not even be read
  Error error;
};

enum class Known { kNew, kDone, kQuarantined };

struct Hit {
  std::string sha256;
  std::string file;
  std::string title;    // type and subject
  std::string number;   // "25/KH-UBND"
  std::string date;     // ISO
  std::string snippet;  // matches between [ and ]
};

// What the index says of a document: enough to count it.
struct StoredDocument {
  std::string sha256;
  std::string file;
  std::string origin;  // "text", "scan", "mixed", "attached-record"
  Text type_code, type_name, number, notation, issuing_agency, subject;
  std::optional<Date> date;       // of the document
  std::optional<Date> digitised;  // the day it was committed, in Vietnam
  int pages = 0;
  std::int64_t doubtful = 0;  // open entries of the review queue for doubtful values
  bool searchable = false;    // it has text to search
  bool has_tasks = false;
};

struct StoreCounts {
  std::int64_t documents = 0;
  std::int64_t quarantined = 0;
  std::int64_t doubtful = 0;  // open entries of the review queue
};

class Store {
 public:
  virtual ~Store() = default;
  virtual Result<Known> Lookup(const std::string& sha256) = 0;
  // The same bytes under another name: remembered as one more path of the same document.
  virtual Status NotePath(const std::string& sha256, const std::string& path) = 0;
  // An empty folder of the store for files that are too big to be handed over as bytes: written and flushed
  // there, by this process or another, they are named in DocumentEntry::staged and Commit() takes them. What
  // is staged and not committed goes away with Unstage(), or when the store is opened next.
  virtual Result<std::filesystem::path> Stage(const std::string& sha256) = 0;
  virtual void Unstage(const std::string& sha256) = 0;
  // Whole or not at all. A document that is already there keeps its first record and gets one more path.
  // Takes the document out of quarantine. kWrite: disk full, no rights, device error. kInternal: an unsafe
  // file name, a staged file that is not there, one that was not named, or an original.* whose bytes are not
  // those of source.sha256.
  virtual Status Commit(const DocumentEntry& entry, const std::string& path) = 0;
  // quarantine/<sha256>/reason.json and a row; the original stays where it is. Said again, the last reason
  // counts.
  virtual Status Quarantine(const QuarantineEntry& entry) = 0;
  // See query.h for what a query may hold. Any text is safe; kUsage: empty, too long, or a date that is none.
  virtual Result<std::vector<Hit>> Search(const std::string& query, int limit) = 0;
  virtual Result<StoreCounts> Counts() = 0;
  // All documents, by date, number and hash: the same store gives the same list.
  virtual Result<std::vector<StoredDocument>> Documents() = 0;
  // The day on which each document in quarantine was put there, in Vietnam, in order.
  virtual Result<std::vector<Date>> QuarantineDays() = 0;
  virtual std::filesystem::path FolderOf(const std::string& sha256) const = 0;
};

enum class Access { kRead, kWrite };

// Creates the store where it is missing (kWrite), finishes or removes what an interrupted run left; a
// document whose folder is gone is new again. kWrite: another process writes, or no rights. kDamaged: the
// index is corrupt. kNotAccepted: another program's database, or a newer Vanthu's.
Result<std::unique_ptr<Store>> OpenStore(const std::filesystem::path& folder, Access access);

}  // namespace vanthu::archive
