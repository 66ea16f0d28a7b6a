#include "signing/trust/answer_cache.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "pipeline/base/file.h"
#include "pipeline/base/log.h"

namespace vanthu::signing {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostAnswerBytes = 64 << 20;      // as the largest CRL that is fetched
constexpr std::size_t kMostMemoryBytes = 96 << 20;      // verifying one file has 512 MiB in all
constexpr std::uintmax_t kMostFolderBytes = 512 << 20;  // a guess: national CRLs are a few MB each

struct Entry {
  fs::path path;
  std::uintmax_t bytes;
  fs::file_time_type written;
};

}  // namespace

AnswerCache::AnswerCache(fs::path folder, std::string kind, std::string extension)
    : folder_(folder.empty() ? fs::path() : folder / kind), extension_(std::move(extension)) {}

fs::path AnswerCache::FileOf(const std::string& key) const {
  return folder_ / (Sha256Hex(key) + extension_);
}

std::optional<KeptAnswer> AnswerCache::Find(const std::string& key) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto at = memory_.find(key); at != memory_.end()) return at->second;
  }
  if (folder_.empty()) return std::nullopt;
  const fs::path path = FileOf(key);
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return std::nullopt;
  Result<std::string> bytes = ReadFile(path, kMostAnswerBytes);
  if (!bytes) return std::nullopt;
  KeptAnswer answer{std::move(*bytes), Time(std::chrono::seconds(info.st_mtime))};
  KeepInMemory(key, answer);
  return answer;
}

void AnswerCache::Keep(const std::string& key, Der bytes, Time now) {
  if (!folder_.empty()) Write(FileOf(key), bytes);
  KeepInMemory(key, {std::move(bytes), now});
}

void AnswerCache::KeepInMemory(const std::string& key, KeptAnswer answer) {
  const std::lock_guard lock(mutex_);
  if (const auto at = memory_.find(key); at != memory_.end()) {
    memory_bytes_ -= at->second.bytes.size();
    memory_.erase(at);
  }
  if (memory_bytes_ + answer.bytes.size() > kMostMemoryBytes) return;
  memory_bytes_ += answer.bytes.size();
  memory_.emplace(key, std::move(answer));
}

void AnswerCache::Write(const fs::path& path, const Der& bytes) {
  MakeRoom();
  const Status written = WriteFileAtomically(path, bytes);
  if (written) return;
  const std::lock_guard lock(mutex_);
  if (std::exchange(told_, true)) return;
  Log(LogLevel::kWarning,
      {"không lưu được trạng thái chứng thư: " + Describe(written.error(), Language::kVietnamese),
       "cannot keep certificate status: " + Describe(written.error(), Language::kEnglish)});
}

// The oldest go first.
void AnswerCache::MakeRoom() {
  std::error_code none;
  std::vector<Entry> entries;
  std::uintmax_t total = 0;
  for (fs::directory_iterator at(folder_, none), end; !none && at != end; at.increment(none)) {
    const std::uintmax_t bytes = at->file_size(none);
    // Of other files in a trust folder nothing is touched.
    if (none || at->path().extension() != extension_ || at->path().stem().string().size() != 64) continue;
    entries.push_back({at->path(), bytes, at->last_write_time(none)});
    total += bytes;
  }
  if (total <= kMostFolderBytes) return;
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.written < b.written; });
  for (const Entry& entry : entries) {
    if (total <= kMostFolderBytes / 2) break;
    fs::remove(entry.path, none);
    total -= entry.bytes;
  }
}

}  // namespace vanthu::signing
