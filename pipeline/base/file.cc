#include "pipeline/base/file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <vector>

#include "pipeline/base/handle.h"

namespace vanthu {
namespace {

namespace fs = std::filesystem;

class FileDescriptor {
 public:
  explicit FileDescriptor(int fd) : fd_(fd) {}
  ~FileDescriptor() { Close(); }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  int get() const { return fd_; }
  // 0, or errno: a full disk may show itself only here.
  int Close() {
    if (fd_ < 0) return 0;
    const int result = ::close(fd_);
    fd_ = -1;
    return result == 0 ? 0 : errno;
  }

 private:
  int fd_;
};

fs::path BesideExecutable(const char* environment, const char* relative) {
  if (const char* value = std::getenv(environment); value != nullptr && *value != '\0') return value;
  std::error_code ignored;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
  return (program.parent_path().parent_path() / relative).lexically_normal();
}

// 0, or errno.
int WriteBytes(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(descriptor, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  return 0;
}

// To a device or a pipe, as it stands: a rename would put a file in the place of /dev/null.
Status WriteInPlace(const fs::path& path, std::string_view bytes) {
  FileDescriptor fd(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY));
  if (fd.get() < 0) return Fail(SystemError(ErrorCode::kWrite, path, errno));
  int failure = WriteBytes(fd.get(), bytes);
  if (const int closing = fd.Close(); failure == 0) failure = closing;
  if (failure != 0) return Fail(SystemError(ErrorCode::kWrite, path, failure));
  return {};
}

}  // namespace

Error SystemError(ErrorCode code, const fs::path& path, int error_number) {
  Error error;
  error.code = code;
  error.file = path.string();
  error.cause = std::strerror(error_number);
  if (code == ErrorCode::kWrite) {
    error.message = {"không ghi được tệp", "cannot write the file"};
    error.advice = error_number == ENOSPC ? Message{"Đĩa đã đầy: giải phóng dung lượng rồi chạy lại",
                                                    "The disk is full: free some space and run again"}
                                          : Message{"Kiểm tra thư mục và quyền ghi",
                                                    "Check the folder and the right to write there"};
  } else {
    error.message = {"không đọc được", "cannot be read"};
    error.advice = error_number == EACCES ? Message{"Xin quyền đọc tệp hoặc thư mục này",
                                                    "Ask for the right to read this file or folder"}
                                          : Message{"Kiểm tra lại đường dẫn", "Check the path"};
  }
  return error;
}

namespace {

// Opens a regular file of at most max_bytes. Never waits: a pipe that nobody writes to must not hang a batch.
struct OpenFile {
  FileDescriptor descriptor;
  std::uint64_t size;
};

Result<std::unique_ptr<OpenFile>> OpenRegular(const fs::path& path, std::uint64_t max_bytes) {
  std::unique_ptr<OpenFile> file(
      new OpenFile{FileDescriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)), 0});
  if (file->descriptor.get() < 0) return Fail(SystemError(ErrorCode::kUnreadable, path, errno));
  struct stat info {};
  if (::fstat(file->descriptor.get(), &info) != 0)
    return Fail(SystemError(ErrorCode::kUnreadable, path, errno));
  if (!S_ISREG(info.st_mode)) {
    return Fail({ErrorCode::kUnreadable,
                 {"không phải là tệp thường", "is not a regular file"},
                 {"Chỉ định một tệp PDF, TIFF, JPEG hoặc PNG", "Name a PDF, TIFF, JPEG or PNG file"},
                 path.string(),
                 {},
                 {}});
  }
  file->size = static_cast<std::uint64_t>(info.st_size);
  if (file->size > max_bytes) {
    return Fail({ErrorCode::kLimit,
                 {fmt::format("tệp lớn hơn giới hạn {} byte", max_bytes),
                  fmt::format("is over the limit of {} bytes", max_bytes)},
                 {"Chia nhỏ tệp hoặc nâng giới hạn", "Split the file or raise the limit"},
                 path.string(),
                 {},
                 {}});
  }
  return file;
}

// Fills as much of the buffer as the file gives; -1 on an error, with errno.
ssize_t ReadFully(int descriptor, char* buffer, std::size_t size) {
  std::size_t done = 0;
  while (done < size) {
    const ssize_t got = ::read(descriptor, buffer + done, size - done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return -1;
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  return static_cast<ssize_t>(done);
}

std::string Hexadecimal(const unsigned char* digest, unsigned int length) {
  std::string hex;
  for (unsigned int i = 0; i < length; ++i) hex += fmt::format("{:02x}", digest[i]);
  return hex;
}

}  // namespace

Result<std::string> ReadFile(const fs::path& path, std::uint64_t max_bytes, std::size_t headroom) {
  const auto file = OpenRegular(path, max_bytes);
  if (!file) return Fail(file.error());
  std::string bytes;
  bytes.reserve(static_cast<std::size_t>((*file)->size) + headroom);
  bytes.resize(static_cast<std::size_t>((*file)->size));
  const ssize_t got = ReadFully((*file)->descriptor.get(), bytes.data(), bytes.size());
  if (got < 0) return Fail(SystemError(ErrorCode::kUnreadable, path, errno));
  bytes.resize(static_cast<std::size_t>(got));
  return bytes;
}

Result<std::string> Sha256OfFile(const fs::path& path, std::uint64_t max_bytes) {
  const auto file = OpenRegular(path, max_bytes);
  if (!file) return Fail(file.error());
  const Handle<EVP_MD_CTX, EVP_MD_CTX_free> context(EVP_MD_CTX_new());
  if (!context || EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) != 1)
    throw std::logic_error("SHA-256 is not available");
  std::vector<char> buffer(1 << 20);
  for (;;) {
    const ssize_t got = ReadFully((*file)->descriptor.get(), buffer.data(), buffer.size());
    if (got < 0) return Fail(SystemError(ErrorCode::kUnreadable, path, errno));
    if (got == 0) break;
    EVP_DigestUpdate(context.get(), buffer.data(), static_cast<std::size_t>(got));
  }
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  EVP_DigestFinal_ex(context.get(), digest, &length);
  return Hexadecimal(digest, length);
}

Status SyncFolder(const fs::path& folder) {
  FileDescriptor fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd.get() < 0 || ::fsync(fd.get()) != 0) return Fail(SystemError(ErrorCode::kWrite, folder, errno));
  return {};
}

Status WriteFileAtomically(const fs::path& wanted, std::string_view bytes) {
  std::error_code none;
  const fs::file_status status = fs::status(wanted, none);
  if (fs::is_other(status)) return WriteInPlace(wanted, bytes);
  // Of a link the file behind it is replaced.
  const bool linked = fs::exists(status) && fs::is_symlink(wanted, none);
  const fs::path path = linked ? fs::canonical(wanted, none) : wanted;
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  std::error_code made;
  fs::create_directories(folder, made);
  if (made) return Fail(SystemError(ErrorCode::kWrite, folder, made.value()));

  std::string temporary = (folder / (".vanthu-" + path.filename().string() + "-XXXXXX")).string();
  FileDescriptor fd(::mkostemp(temporary.data(), O_CLOEXEC));
  if (fd.get() < 0) return Fail(SystemError(ErrorCode::kWrite, path, errno));

  int failure = WriteBytes(fd.get(), bytes);
  // mkstemp makes the file private; an output has the rights that the user's umask gives.
  const mode_t mask = ::umask(0);
  ::umask(mask);
  if (failure == 0 && ::fchmod(fd.get(), 0666 & ~mask) != 0) failure = errno;
  if (failure == 0 && ::fsync(fd.get()) != 0) failure = errno;
  if (const int closing = fd.Close(); failure == 0) failure = closing;
  if (failure == 0 && ::rename(temporary.c_str(), path.c_str()) != 0) failure = errno;
  if (failure != 0) {
    ::unlink(temporary.c_str());
    return Fail(SystemError(ErrorCode::kWrite, path, failure));
  }
  return SyncFolder(folder);
}

std::string Sha256Hex(std::string_view bytes) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest, &length, EVP_sha256(), nullptr) != 1)
    throw std::logic_error("SHA-256 is not available");
  return Hexadecimal(digest, length);
}

fs::path DataFolder() {
  return BesideExecutable("VANTHU_DATA_DIR", "share/vanthu");
}
fs::path ModuleFolder() {
  return BesideExecutable("VANTHU_MODULE_DIR", "lib/vanthu");
}

}  // namespace vanthu
