// The store's files: a document's folder appears whole or not at all, and one process writes at a time.
//
//   DIR/.lock                 held by the writer
//   DIR/staging/<sha>/        being written, by the writer or a worker of it
//   DIR/staging/<sha>.intent  a commit is under way: documents/../<sha> without a row goes away
//   DIR/documents/<2 hex>/<sha>/
//   DIR/quarantine/<name>/reason.json
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "pipeline/archive/store.h"
#include "pipeline/base/error.h"

namespace vanthu::archive {

// 64 lower-case hexadecimal digits.
bool IsSha256(const std::string& text);
// "record.json", "pages/0001.jpg": relative, no "." or "..", no control character, not over-long.
bool IsSafeName(const std::string& name);

// One writer a store, across processes and within one. Released at destruction and by the system when the
// process dies. Record locks, not flock: a forked worker does not inherit them, so it cannot keep the store
// locked after its parent was killed; and they work on network disks.
class WriterLock {
 public:
  static Result<std::unique_ptr<WriterLock>> Take(const std::filesystem::path& store);
  ~WriterLock();
  WriterLock(const WriterLock&) = delete;
  WriterLock& operator=(const WriterLock&) = delete;

 private:
  WriterLock(int fd, std::string key) : fd_(fd), key_(std::move(key)) {}
  int fd_;
  std::string key_;
};

class Folders {
 public:
  explicit Folders(std::filesystem::path store) : store_(std::move(store)) {}

  std::filesystem::path index() const { return store_ / "index.sqlite"; }
  std::filesystem::path documents() const { return store_ / "documents"; }
  std::filesystem::path Document(const std::string& sha256) const;
  std::filesystem::path QuarantineFolder(const std::string& name) const {
    return store_ / "quarantine" / name;
  }

  Status Create() const;

  // An empty folder for a document's files before its commit.
  Result<std::filesystem::path> Stage(const std::string& sha256) const;
  void Unstage(const std::string& sha256) const;
  std::filesystem::path Staged(const std::string& sha256) const { return Staging(sha256); }
  // What lies there, folders left out; relative to it.
  Result<std::vector<std::string>> StagedNames(const std::string& sha256) const;

  // Adds the files to those that are `already` in the staged folder (none: it is made anew), flushes, marks
  // the intent, and renames the folder into its place.
  Status Place(const std::string& sha256, const std::vector<StoredFile>& files,
               const std::vector<std::string>& already) const;
  // The row is there: the commit is over.
  void Finish(const std::string& sha256) const;
  // The row could not be written: the folder goes away again.
  void TakeBack(const std::string& sha256) const;

  struct Leftovers {
    std::vector<std::string> intended;  // sha256 of each commit that did not finish
    std::vector<std::string> present;   // sha256 of each document folder, sorted
  };
  // Removes half-written folders and says what else is there.
  Result<Leftovers> Sweep() const;

 private:
  std::filesystem::path Staging(const std::string& name) const { return store_ / "staging" / name; }
  std::filesystem::path store_;
};

}  // namespace vanthu::archive
