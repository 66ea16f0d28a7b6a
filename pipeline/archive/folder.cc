#include "pipeline/archive/folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <mutex>
#include <set>

#include <fmt/format.h>

#include "pipeline/base/file.h"
#include "pipeline/base/file_output.h"

namespace vanthu::archive {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kIntent = ".intent";

bool IsHex(const std::string& text, std::size_t length) {
  return text.size() == length && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

Status MakeFolder(const fs::path& folder) {
  std::error_code made;
  fs::create_directories(folder, made);
  if (made) return Fail(SystemError(ErrorCode::kWrite, folder, made.value()));
  return {};
}

// Not flushed: a kill cannot lose it, and after a power cut without it the folder merely waits for its
// document.
Status MarkIntent(const fs::path& path) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
  if (fd < 0) return Fail(SystemError(ErrorCode::kWrite, path, errno));
  ::close(fd);
  return {};
}

Status Rename(const fs::path& from, const fs::path& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) return Fail(SystemError(ErrorCode::kWrite, to, errno));
  return {};
}

void RemoveAll(const fs::path& path) {
  std::error_code ignored;  // what stays is swept when the store is opened next
  fs::remove_all(path, ignored);
}

// Adds the files to what is staged and flushes every folder that has one.
Status WriteFiles(const fs::path& folder, const std::vector<StoredFile>& files,
                  const std::vector<std::string>& staged) {
  std::set<fs::path> folders = {folder};
  const auto note = [&](const std::string& name) {
    for (fs::path part = (folder / name).parent_path(); part != folder; part = part.parent_path())
      folders.insert(part);
  };
  for (const StoredFile& file : files) {
    const fs::path path = folder / file.name;
    if (Status made = MakeFolder(path.parent_path()); !made) return made;
    if (Status written = WriteFlushed(path, file.bytes); !written) return written;
    note(file.name);
  }
  for (const std::string& name : staged) note(name);
  for (const fs::path& each : folders)
    if (Status synced = SyncFolder(each); !synced) return synced;
  return {};
}

// The names in a folder; a missing folder has none.
Result<std::vector<std::string>> NamesIn(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code failure;
  fs::directory_iterator entry(folder, failure);
  if (failure == std::errc::no_such_file_or_directory) return names;
  for (; !failure && entry != fs::directory_iterator(); entry.increment(failure))
    names.push_back(entry->path().filename().string());
  if (failure) return Fail(SystemError(ErrorCode::kUnreadable, folder, failure.value()));
  return names;
}

// Record locks do not hold between two openers in one process, so those are kept apart here.
struct HeldLocks {
  std::mutex mutex;
  std::set<std::string> keys;
};
HeldLocks& Held() {
  static HeldLocks held;
  return held;
}

Error Locked(const fs::path& store, const std::string& holder) {
  Error error;
  error.code = ErrorCode::kWrite;
  error.file = store.string();
  error.message = {"kho đang được một chương trình khác ghi", "another program is writing into the store"};
  error.cause = holder;
  error.advice = {"Đợi chương trình đó xong hoặc dừng nó rồi chạy lại",
                  "Wait for it to end, or stop it, and run again"};
  return error;
}

}  // namespace

bool IsSha256(const std::string& text) {
  return IsHex(text, 64);
}

bool IsSafeName(const std::string& name) {
  constexpr std::size_t kLongestName = 200;  // below the 255 bytes of a name on any file system
  if (name.empty() || name.size() > kLongestName) return false;
  if (std::any_of(name.begin(), name.end(),
                  [](unsigned char c) { return c < 0x20 || c == 0x7f || c == '\\'; }))
    return false;
  for (std::size_t begin = 0; begin <= name.size();) {
    const std::size_t end = std::min(name.find('/', begin), name.size());
    const std::string part = name.substr(begin, end - begin);
    if (part.empty() || part == "." || part == "..") return false;
    begin = end + 1;
  }
  return true;
}

Result<std::unique_ptr<WriterLock>> WriterLock::Take(const fs::path& store) {
  const fs::path path = store / ".lock";
  struct stat info {};
  if (::stat(store.c_str(), &info) != 0) return Fail(SystemError(ErrorCode::kWrite, store, errno));
  std::string key = fmt::format("{}:{}", info.st_dev, info.st_ino);
  const std::lock_guard guard(Held().mutex);
  // Asked before the file is opened: closing it again would drop the lock that this process holds.
  if (Held().keys.count(key) > 0) return Fail(Locked(store, fmt::format("pid {}", ::getpid())));
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (fd < 0) return Fail(SystemError(ErrorCode::kWrite, path, errno));
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  if (::fcntl(fd, F_SETLK, &lock) != 0) {
    const int failure = errno;
    if (failure != EAGAIN && failure != EACCES) {
      ::close(fd);
      return Fail(SystemError(ErrorCode::kWrite, path, failure));
    }
    const bool known = ::fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK && lock.l_pid > 0;
    ::close(fd);
    return Fail(Locked(store, known ? fmt::format("pid {}", lock.l_pid) : std::string()));
  }
  Held().keys.insert(key);
  return std::unique_ptr<WriterLock>(new WriterLock(fd, std::move(key)));
}

WriterLock::~WriterLock() {
  const std::lock_guard guard(Held().mutex);
  ::close(fd_);
  Held().keys.erase(key_);
}

fs::path Folders::Document(const std::string& sha256) const {
  return documents() / sha256.substr(0, 2) / sha256;
}

Status Folders::Create() const {
  for (const fs::path& folder : {documents(), store_ / "staging", store_ / "quarantine"})
    if (Status made = MakeFolder(folder); !made) return made;
  return SyncFolder(store_);
}

Result<fs::path> Folders::Stage(const std::string& sha256) const {
  const fs::path staged = Staging(sha256);
  RemoveAll(staged);
  if (Status made = MakeFolder(staged); !made) return Fail(made.error());
  return staged;
}

void Folders::Unstage(const std::string& sha256) const {
  RemoveAll(Staging(sha256));
}

Result<std::vector<std::string>> Folders::StagedNames(const std::string& sha256) const {
  const fs::path staged = Staging(sha256);
  std::vector<std::string> names;
  std::error_code failure;
  fs::recursive_directory_iterator entry(staged, failure);
  if (failure == std::errc::no_such_file_or_directory) return names;
  for (; !failure && entry != fs::recursive_directory_iterator(); entry.increment(failure)) {
    const fs::file_status status = entry->symlink_status(failure);
    if (failure) break;
    if (!fs::is_directory(status)) names.push_back(entry->path().lexically_relative(staged).string());
  }
  if (failure) return Fail(SystemError(ErrorCode::kUnreadable, staged, failure.value()));
  return names;
}

Status Folders::Place(const std::string& sha256, const std::vector<StoredFile>& files,
                      const std::vector<std::string>& already) const {
  const fs::path staged = Staging(sha256);
  const fs::path place = Document(sha256);
  if (already.empty()) RemoveAll(staged);
  Status status = MakeFolder(staged);
  if (status) status = WriteFiles(staged, files, already);
  if (status) status = MarkIntent(Staging(sha256 + std::string(kIntent)));
  const bool new_group = !fs::exists(place.parent_path());
  if (status) status = MakeFolder(place.parent_path());
  // A folder that has no row (the caller looked) is from an index that was lost; this document replaces it.
  if (status && fs::exists(place)) status = Rename(place, Staging(sha256 + ".old"));
  if (status) status = Rename(staged, place);
  if (status) status = SyncFolder(place.parent_path());
  if (status && new_group) status = SyncFolder(documents());
  if (!status) TakeBack(sha256);
  return status;
}

void Folders::Finish(const std::string& sha256) const {
  RemoveAll(Staging(sha256 + ".old"));
  RemoveAll(Staging(sha256 + std::string(kIntent)));
}

void Folders::TakeBack(const std::string& sha256) const {
  const fs::path intent = Staging(sha256 + std::string(kIntent));
  // While the staged folder is still there, what lies in documents is not this commit's.
  if (fs::exists(intent) && !fs::exists(Staging(sha256))) {
    // Out of documents in one step, then away: a reader never sees half of it.
    const fs::path away = Staging(sha256 + ".undone");
    if (::rename(Document(sha256).c_str(), away.c_str()) == 0) RemoveAll(away);
  }
  if (const fs::path old = Staging(sha256 + ".old"); fs::exists(old))
    if (::rename(old.c_str(), Document(sha256).c_str()) != 0) return;  // kept in staging: nothing is lost
  RemoveAll(intent);
  RemoveAll(Staging(sha256));
}

Result<Folders::Leftovers> Folders::Sweep() const {
  Leftovers left;
  const Result<std::vector<std::string>> staged = NamesIn(store_ / "staging");
  if (!staged) return Fail(staged.error());
  for (const std::string& name : *staged)
    if (name.size() == 64 + kIntent.size() && name.ends_with(kIntent))
      left.intended.push_back(name.substr(0, 64));
  for (const std::string& name : *staged) {
    const bool intended =
        std::find(left.intended.begin(), left.intended.end(), name.substr(0, 64)) != left.intended.end();
    if (!intended) RemoveAll(Staging(name));
  }
  const Result<std::vector<std::string>> groups = NamesIn(documents());
  if (!groups) return Fail(groups.error());
  for (const std::string& group : *groups) {
    if (!IsHex(group, 2)) continue;
    const Result<std::vector<std::string>> names = NamesIn(documents() / group);
    if (!names) return Fail(names.error());
    std::copy_if(names->begin(), names->end(), std::back_inserter(left.present), IsSha256);
  }
  std::sort(left.present.begin(), left.present.end());
  return left;
}

}  // namespace vanthu::archive
