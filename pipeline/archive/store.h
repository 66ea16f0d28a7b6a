// The store: DIR/index.sqlite and DIR/documents/<2 hex>/<sha256>/ (contract, "Store"). Each document is committed in
// one step; kill -9 at any moment loses only the work in hand. One writer process at a time (a lock says so), any
// number of readers. Not thread-safe.
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
  std::string name;   // "record.json", "pages/0001.jpg"; no "..", no absolute path
  std::string bytes;
};

struct DocumentEntry {
  Record record;                  // source.sha256 names the folder
  std::string reading_text;       // for full-text search
  std::vector<StoredFile> files;  // original.*, document.pdf, text.json, record.json, record.xml, pages/...
  double seconds = 0;             // of work
};

struct QuarantineEntry {
  std::string path;
  std::string sha256;   // empty: the file could not even be read
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
  virtual Status Commit(const DocumentEntry& entry, const std::string& path) = 0;
  virtual Status Quarantine(const QuarantineEntry& entry) = 0;
  virtual Result<std::vector<Hit>> Search(const std::string& query, int limit) = 0;
  virtual Result<StoreCounts> Counts() = 0;
  virtual std::filesystem::path FolderOf(const std::string& sha256) const = 0;
};

enum class Access { kRead, kWrite };

// Creates the store where it is missing (kWrite), finishes or removes what an interrupted run left.
Result<std::unique_ptr<Store>> OpenStore(const std::filesystem::path& folder, Access access);

}  // namespace vanthu::archive
