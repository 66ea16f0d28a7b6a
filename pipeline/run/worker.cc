#include "pipeline/run/worker.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <exception>
#include <new>
#include <utility>

#include "pipeline/base/file.h"
#include "pipeline/base/log.h"
#include "pipeline/run/wire.h"

namespace vanthu::run {
namespace {

enum class Frame : std::uint64_t { kHeartbeat = 1, kResult = 2, kError = 3, kLog = 4 };

volatile std::sig_atomic_t interrupted = 0;

void OnInterrupt(int) {
  interrupted = 1;
}

void EndAtOnce(int) {
  ::_exit(ExitCode(ErrorCode::kInterrupted));
}

void Catch(void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
}

// AddressSanitizer reserves terabytes of address space: no limit can hold there.
#if defined(__SANITIZE_ADDRESS__)
constexpr bool kLimitMemory = false;
#else
constexpr bool kLimitMemory = true;
#endif

// Below this share of a processor a silent child waits for what does not come; a starved one gets more.
constexpr int kIdleShare = 50;  // a guess: a fiftieth
// However little of the processor a child gets, it is given up after so many times a page's limit.
constexpr int kMostWaiting = 10;

std::chrono::nanoseconds ProcessorTime(pid_t pid) {
  clockid_t clock{};
  timespec used{};
  if (::clock_getcpuclockid(pid, &clock) != 0 || ::clock_gettime(clock, &used) != 0) return {};
  return std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
}

bool WriteAll(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(descriptor, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  return true;
}

void SendFrame(int descriptor, Frame kind, std::string_view payload) {
  WireWriter head;
  head.Put(static_cast<std::uint64_t>(kind));
  head.Put(static_cast<std::uint64_t>(payload.size()));
  // A parent that is gone has nobody left to tell.
  if (!WriteAll(descriptor, head.Take()) || !WriteAll(descriptor, payload)) ::_exit(1);
}

void SendError(int descriptor, const Error& error) {
  WireWriter payload;
  payload.Put(error);
  SendFrame(descriptor, Frame::kError, payload.Take());
}

// What the child tells goes through its parent, which has the bar and the language.
void LogToParent(int descriptor) {
  SetLogSink([descriptor](LogLevel level, const Message& message) {
    WireWriter payload;
    payload.Put(static_cast<std::uint64_t>(level));
    payload.Put(message.vi);
    payload.Put(message.en);
    SendFrame(descriptor, Frame::kLog, payload.Take());
  });
}

void TellFromChild(std::string_view payload) {
  WireReader reader(payload);
  const std::uint64_t level = std::min<std::uint64_t>(reader.Number(), static_cast<int>(LogLevel::kError));
  Message message;
  message.vi = reader.Text();
  message.en = reader.Text();
  if (reader.ok()) Log(static_cast<LogLevel>(level), message);
}

Error OutOfMemory(const std::string& name) {
  return {ErrorCode::kLimit,
          {"cần nhiều bộ nhớ hơn giới hạn", "needs more memory than the limit"},
          {"Kiểm tra tệp có bị hỏng không, hoặc nâng --memory-limit",
           "Check whether the file is damaged, or raise --memory-limit"},
          name,
          {},
          {}};
}

Error Bug(const std::string& name, const char* what) {
  return {
      ErrorCode::kInternal,
      {"lỗi của chương trình", "a bug of the program"},
      {"Gửi tệp và thông báo này cho người phát triển", "Send the file and this message to the developers"},
      name,
      {},
      what};
}

void BoundChild(const WorkerLimits& limits) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // no orphan goes on working after its parent was killed
  ::signal(SIGINT, SIG_IGN);           // the terminal's Ctrl+C reaches the whole group; the parent decides
  ::signal(SIGTERM, SIG_DFL);
  if (kLimitMemory && limits.memory_bytes > 0) {
    const rlimit bound{limits.memory_bytes, limits.memory_bytes};
    ::setrlimit(RLIMIT_AS, &bound);
  }
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
}

// The child's whole life. Never returns: the parent's destructors and exit handlers are not the child's to
// run.
[[noreturn]] void Live(int descriptor, const std::string& name, const Work& work,
                       const WorkerLimits& limits) {
  BoundChild(limits);
  LogToParent(descriptor);
  try {
    const Result<std::string> result = work([descriptor](int done, int total) {
      WireWriter payload;
      payload.Put(static_cast<std::uint64_t>(done));
      payload.Put(static_cast<std::uint64_t>(total));
      SendFrame(descriptor, Frame::kHeartbeat, payload.Take());
    });
    if (result)
      SendFrame(descriptor, Frame::kResult, *result);
    else
      SendError(descriptor, result.error());
  } catch (const std::bad_alloc&) {
    SendError(descriptor, OutOfMemory(name));
  } catch (const std::exception& bug) {
    SendError(descriptor, Bug(name, bug.what()));
  }
  ::_exit(0);
}

}  // namespace

void CatchInterrupts() {
  Catch(OnInterrupt);
}

void EndOnInterrupt() {
  Catch(EndAtOnce);
}

bool Interrupted() {
  return interrupted != 0;
}

Error InterruptedError() {
  return {ErrorCode::kInterrupted,
          {"đã dừng theo yêu cầu", "stopped on request"},
          {"Chạy lại cùng lệnh để làm tiếp", "Run the same command again to go on"},
          {},
          {},
          {}};
}

Result<Worker> Worker::Start(std::string name, const Work& work, const WorkerLimits& limits) {
  int pipe_ends[2];
  if (::pipe2(pipe_ends, O_CLOEXEC) != 0) return Fail(SystemError(ErrorCode::kMissingResource, name, errno));
  const pid_t pid = ::fork();
  if (pid < 0) {
    const int reason = errno;
    ::close(pipe_ends[0]);
    ::close(pipe_ends[1]);
    return Fail(SystemError(ErrorCode::kMissingResource, name, reason));
  }
  if (pid == 0) {
    ::close(pipe_ends[0]);
    Live(pipe_ends[1], name, work, limits);
  }
  ::close(pipe_ends[1]);
  Worker worker;
  worker.name_ = std::move(name);
  worker.limits_ = limits;
  worker.pid_ = pid;
  worker.descriptor_ = pipe_ends[0];
  worker.Sign();
  return worker;
}

Worker::Worker(Worker&& other) noexcept {
  *this = std::move(other);
}

Worker& Worker::operator=(Worker&& other) noexcept {
  if (this == &other) return *this;
  Kill();
  name_ = std::move(other.name_);
  limits_ = other.limits_;
  pid_ = std::exchange(other.pid_, -1);
  descriptor_ = std::exchange(other.descriptor_, -1);
  received_ = std::move(other.received_);
  outcome_ = std::move(other.outcome_);
  is_error_ = other.is_error_;
  has_outcome_ = other.has_outcome_;
  timed_out_ = other.timed_out_;
  pages_done_ = other.pages_done_;
  pages_total_ = other.pages_total_;
  last_sign_ = other.last_sign_;
  used_at_last_sign_ = other.used_at_last_sign_;
  return *this;
}

Worker::~Worker() {
  Kill();
}

void Worker::Kill() {
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
    while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) continue;
    pid_ = -1;
  }
}

bool Worker::Receive() {
  char buffer[1 << 16];
  const ssize_t got = ::read(descriptor_, buffer, sizeof buffer);
  if (got < 0) return errno != EINTR && errno != EAGAIN;
  if (got == 0) return true;
  received_.append(buffer, static_cast<std::size_t>(got));
  // What a child tells is no sign of life: with more of it, a page would have more time.
  if (ParseFrames()) Sign();
  return false;
}

bool Worker::ParseFrames() {
  constexpr std::size_t kHead = 2 * sizeof(std::uint64_t);
  std::size_t at = 0;
  bool alive = false;
  while (received_.size() - at >= kHead) {
    WireReader head(std::string_view(received_).substr(at, kHead));
    const std::uint64_t kind = head.Number();
    const std::uint64_t size = head.Number();
    alive = alive || kind != static_cast<std::uint64_t>(Frame::kLog);  // its beginning is enough
    if (received_.size() - at - kHead < size) break;
    const std::string_view payload = std::string_view(received_).substr(at + kHead, size);
    if (kind == static_cast<std::uint64_t>(Frame::kLog)) {
      TellFromChild(payload);
    } else if (kind == static_cast<std::uint64_t>(Frame::kHeartbeat)) {
      WireReader counts(payload);
      pages_done_ = static_cast<int>(counts.Number());
      pages_total_ = static_cast<int>(counts.Number());
    } else {
      has_outcome_ = true;
      is_error_ = kind == static_cast<std::uint64_t>(Frame::kError);
      outcome_ = payload;
    }
    at += kHead + size;
  }
  received_.erase(0, at);
  return alive;
}

void Worker::Sign() {
  last_sign_ = std::chrono::steady_clock::now();
  used_at_last_sign_ = ProcessorTime(pid_);
}

void Worker::KillIfSilent() {
  if (limits_.per_page.count() == 0 || timed_out_ || pid_ <= 0) return;
  const auto silent = std::chrono::steady_clock::now() - last_sign_;
  if (silent < limits_.per_page) return;
  const std::chrono::nanoseconds used = ProcessorTime(pid_) - used_at_last_sign_;
  const bool at_work = used > silent / kIdleShare;
  if (at_work && used < limits_.per_page && silent < limits_.per_page * kMostWaiting) return;
  timed_out_ = true;
  ::kill(pid_, SIGKILL);
}

Result<std::string> Worker::Finish() {
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) continue;
  pid_ = -1;
  if (has_outcome_ && !is_error_) return std::move(outcome_);
  if (has_outcome_) return Fail(WireReader(outcome_).ReadError());

  Error error;
  error.file = name_;
  if (pages_total_ > 0 && pages_done_ < pages_total_) error.page = pages_done_;
  if (timed_out_) {
    const std::string seconds = std::to_string(limits_.per_page.count());
    error.code = ErrorCode::kLimit;
    error.message = {"xử lý quá " + seconds + " giây cho một trang, đã dừng",
                     "took over " + seconds + " seconds for a page, stopped"};
    error.advice = {"Kiểm tra trang này, hoặc nâng --seconds-per-page",
                    "Check this page, or raise --seconds-per-page"};
    return Fail(std::move(error));
  }
  error.code = ErrorCode::kCrashed;
  error.message = {"tiến trình xử lý tài liệu này bị ngắt đột ngột",
                   "the process that handled this document died"};
  error.advice = {"Tệp có thể bị hỏng; gửi tệp cho người phát triển nếu chương trình khác mở được",
                  "The file may be damaged; send it to the developers if other programs open it"};
  error.cause = WIFSIGNALED(status) ? std::string("signal ") + ::strsignal(WTERMSIG(status))
                                    : "exit status " + std::to_string(WEXITSTATUS(status));
  return Fail(std::move(error));
}

Result<std::string> RunIsolated(const std::string& name, const Work& work, const WorkerLimits& limits,
                                const Heartbeat& on_progress) {
  Result<Worker> worker = Worker::Start(name, work, limits);
  if (!worker) return Fail(worker.error());
  constexpr int kPollMs = 200;
  for (;;) {
    pollfd wait{worker->descriptor(), POLLIN, 0};
    const int ready = ::poll(&wait, 1, kPollMs);
    if (Interrupted()) return Fail(InterruptedError());
    if (ready > 0 && worker->Receive()) return worker->Finish();
    if (ready > 0 && on_progress) on_progress(worker->pages_done(), worker->pages_total());
    worker->KillIfSilent();
  }
}

}  // namespace vanthu::run
