#include "signing/keys/secret.h"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "pipeline/base/file.h"

namespace vanthu::signing {
namespace {

constexpr std::size_t kMostBytes = 4096;  // a guess far above any passphrase
constexpr int kPipeWaitMs = 60'000;       // a guess: a password store may have to ask a person

// The whole buffer, not the text alone: a short string that was moved from keeps its characters.
void Wipe(std::string& text) {
  text.resize(text.capacity());
  OPENSSL_cleanse(text.data(), text.size());
  text.clear();
}

class Descriptor {
 public:
  explicit Descriptor(int descriptor) : descriptor_(descriptor) {}
  ~Descriptor() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

// A terminal that does not show what is typed, while it lives.
class Silence {
 public:
  explicit Silence(int terminal) : terminal_(terminal) {
    silent_ = ::isatty(terminal) != 0 && ::tcgetattr(terminal, &before_) == 0;
    if (!silent_) return;
    termios without_echo = before_;
    without_echo.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    without_echo.c_lflag |= ECHONL;
    ::tcsetattr(terminal_, TCSAFLUSH, &without_echo);
  }
  ~Silence() {
    if (silent_) ::tcsetattr(terminal_, TCSAFLUSH, &before_);
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;
  bool is_terminal() const { return silent_; }

 private:
  int terminal_;
  bool silent_ = false;
  termios before_{};
};

Error Refusal(const std::filesystem::path& path, ErrorCode code, Message message, Message advice) {
  Error error;
  error.code = code;
  error.message = std::move(message);
  error.advice = std::move(advice);
  error.file = path.string();
  return error;
}

Status RefuseFolder(const std::filesystem::path& path, int descriptor) {
  struct stat info {};
  if (::fstat(descriptor, &info) != 0) return Fail(SystemError(ErrorCode::kUnreadable, path, errno));
  if (S_ISDIR(info.st_mode)) return Fail(SystemError(ErrorCode::kUnreadable, path, EISDIR));
  return {};
}

// Whether there is something to read (or the end) before the time is over: a pipe that nobody writes to must
// not hang a batch.
bool Await(int descriptor, int wait_ms) {
  pollfd waiting{descriptor, POLLIN, 0};
  int ready = 0;
  do ready = ::poll(&waiting, 1, wait_ms);
  while (ready < 0 && errno == EINTR);
  return ready > 0;
}

// Appends to `line`, whose buffer is big enough from the start: growing would leave copies in freed memory.
Status ReadLine(const std::filesystem::path& path, int descriptor, int wait_ms, std::string& line) {
  while (line.find('\n') == std::string::npos) {
    if (line.size() > kMostBytes) {
      return Fail(
          Refusal(path, ErrorCode::kNotAccepted,
                  {"dòng đầu quá dài, không thể là mật khẩu hay mã PIN",
                   "its first line is too long for a password or PIN"},
                  {"Chỉ định tệp có mật khẩu ở dòng đầu", "Name a file whose first line is the password"}));
    }
    if (!Await(descriptor, wait_ms)) return Fail(SystemError(ErrorCode::kUnreadable, path, ETIMEDOUT));
    char byte = 0;
    // One at a time: what follows the line in a pipe belongs to somebody else.
    const ssize_t got = ::read(descriptor, &byte, 1);
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (got < 0) return Fail(SystemError(ErrorCode::kUnreadable, path, errno));
    if (got == 0) break;
    line.push_back(byte);
    OPENSSL_cleanse(&byte, 1);
  }
  return {};
}

}  // namespace

Secret::Secret(std::string value) : value_(std::move(value)) {
  Wipe(value);
}

Secret::Secret(Secret&& other) noexcept : value_(std::move(other.value_)) {
  Wipe(other.value_);
}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this == &other) return *this;
  Wipe(value_);
  value_ = std::move(other.value_);
  Wipe(other.value_);
  return *this;
}

Secret::~Secret() {
  Wipe(value_);
}

Result<Secret> ReadSecret(const std::filesystem::path& path) {
  // Opening a pipe without a writer would wait for ever; reading it is waited for below.
  const Descriptor descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (descriptor.get() < 0) return Fail(SystemError(ErrorCode::kUnreadable, path, errno));
  if (Status status = RefuseFolder(path, descriptor.get()); !status) return Fail(status.error());

  const Silence silence(descriptor.get());
  std::string line;
  line.reserve(kMostBytes + 2);
  const Status read = ReadLine(path, descriptor.get(), silence.is_terminal() ? -1 : kPipeWaitMs, line);
  const bool nothing = line.empty();
  if (!line.empty() && line.back() == '\n') line.pop_back();
  if (!line.empty() && line.back() == '\r') line.pop_back();
  if (line.rfind("\xEF\xBB\xBF", 0) == 0) line.erase(0, 3);
  Secret secret{std::string(line)};
  Wipe(line);
  if (!read) return Fail(read.error());
  // UTF-16, as Notepad's "Unicode" writes: a token would count it as a wrong PIN.
  if (secret.view().find('\0') != std::string_view::npos) {
    return Fail(Refusal(path, ErrorCode::kNotAccepted,
                        {"tệp mật khẩu không phải văn bản UTF-8", "the password file is no UTF-8 text"},
                        {"Lưu lại tệp với mã hóa UTF-8", "Save the file with the encoding UTF-8"}));
  }
  if (nothing) {
    return Fail(Refusal(path, ErrorCode::kUnreadable, {"tệp mật khẩu rỗng", "the password file is empty"},
                        {"Ghi mật khẩu hoặc mã PIN vào dòng đầu của tệp",
                         "Write the password or PIN into the first line of the file"}));
  }
  return secret;
}

bool OthersMayRead(const std::filesystem::path& path) {
  struct stat info {};
  return ::stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode) &&
         (info.st_mode & (S_IRWXG | S_IRWXO)) != 0;
}

void ForbidCoreDumps() {
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
  ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

}  // namespace vanthu::signing
