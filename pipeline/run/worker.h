// One document, one process: a crash, a hang or a memory bomb inside a library costs that document, not the
// batch.
//
// The child is forked, not executed: it starts in a millisecond with the program's rules already read.
// Therefore the parent must have one thread, and must not have loaded the recogniser (a child loads it for
// itself).
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include "pipeline/base/error.h"

namespace vanthu::run {

struct WorkerLimits {
  // Longest silence: time for one page, or for the steps after the last page. 0 = no limit. The child's own
  // processor time counts, so that a busy machine stops no healthy page; where the child does not even use
  // the processor, or has been silent for ten times as long, the clock does.
  std::chrono::seconds per_page{120};
  std::uint64_t memory_bytes = 4ull << 30;  // address space of the child; 0 = no limit
};

// How the child says that it is alive: page `done` of `total` is finished.
using Heartbeat = std::function<void(int done, int total)>;

// The child's work: bytes for the parent, or an error.
using Work = std::function<Result<std::string>(const Heartbeat&)>;

// A running child. Not copyable; killed and reaped by the destructor.
class Worker {
 public:
  // `name` is the input's name for messages.
  static Result<Worker> Start(std::string name, const Work& work, const WorkerLimits& limits);
  Worker(Worker&& other) noexcept;
  Worker& operator=(Worker&& other) noexcept;
  ~Worker();

  int descriptor() const { return descriptor_; }  // to poll for reading
  const std::string& name() const { return name_; }
  int pages_done() const { return pages_done_; }
  int pages_total() const { return pages_total_; }

  // Reads what has come. True when the child has ended: then Finish() may be called.
  bool Receive();
  // Kills the child if it has been silent too long; its end then shows in Receive().
  void KillIfSilent();
  // The result, or an Error (kCrashed, kLimit) that says how the child died. Reaps it. Call once.
  Result<std::string> Finish();

 private:
  Worker() = default;
  void Kill();
  bool ParseFrames();  // whether one of them, or the beginning of one, is a sign of life
  void Sign();         // of life: silence begins anew

  std::string name_;
  WorkerLimits limits_;
  pid_t pid_ = -1;
  int descriptor_ = -1;
  std::string received_;  // whole frames are taken off its front
  std::string outcome_;   // the last frame: result or error
  bool is_error_ = false;
  bool has_outcome_ = false;
  bool timed_out_ = false;
  int pages_done_ = 0;
  int pages_total_ = 0;
  std::chrono::steady_clock::time_point last_sign_;
  std::chrono::nanoseconds used_at_last_sign_{0};  // the child's processor time then
};

// Runs one worker to its end; `on_progress` may be empty. Stops with kInterrupted when Interrupted() turns
// true.
Result<std::string> RunIsolated(const std::string& name, const Work& work, const WorkerLimits& limits,
                                const Heartbeat& on_progress);

// SIGINT and SIGTERM set a flag instead of ending the program, so that work in hand is given up cleanly.
void CatchInterrupts();
// For verbs that only read and write their result at the end: there is nothing to give up, so the program
// ends at once with the exit code of kInterrupted.
void EndOnInterrupt();
bool Interrupted();
Error InterruptedError();

}  // namespace vanthu::run
