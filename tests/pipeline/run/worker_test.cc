#include "pipeline/run/worker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <stdexcept>
#include <thread>
#include <vector>

#include "pipeline/base/log.h"

namespace vanthu::run {
namespace {

using std::chrono::seconds;
using testing::HasSubstr;

const WorkerLimits kLimits{seconds(20), 512ull << 20};

Result<std::string> Isolate(const Work& work, WorkerLimits limits = kLimits) {
  return RunIsolated("văn bản.pdf", work, limits, {});
}

TEST(Worker, GivesBackWhatTheChildMade) {
  const std::string large(5'000'000, 'x');  // far more than a pipe holds
  EXPECT_EQ(Isolate([&](const Heartbeat&) { return Result<std::string>(large); }).value(), large);
}

TEST(Worker, WhatTheChildTellsIsToldByTheParent) {
  std::vector<std::string> told;
  SetLog(LogLevel::kInfo, [&](LogLevel level, const Message& message) {
    EXPECT_EQ(level, LogLevel::kWarning);
    told.push_back(message.vi + "|" + message.en);
  });
  const auto result = Isolate([](const Heartbeat&) -> Result<std::string> {
    Log(LogLevel::kDebug, {"quá nhỏ", "too small"});
    Log(LogLevel::kWarning, {"trang mờ", "a faint page"});
    ::raise(SIGSEGV);  // even of a child that dies
    return std::string();
  });
  SetLog(LogLevel::kWarning, {});
  EXPECT_FALSE(result);
  EXPECT_THAT(told, testing::ElementsAre("trang mờ|a faint page"));
}

TEST(Worker, TellingIsNoSignOfLife) {
  SetLog(LogLevel::kInfo, [](LogLevel, const Message&) {});
  const auto start = std::chrono::steady_clock::now();
  const auto result = Isolate(
      [](const Heartbeat&) -> Result<std::string> {
        for (;;) {
          Log(LogLevel::kInfo, {"vẫn đang làm", "still at it"});
          std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
      },
      {seconds(1), 0});
  SetLog(LogLevel::kWarning, {});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::kLimit);
  EXPECT_LT(std::chrono::steady_clock::now() - start, seconds(20));  // ten times the limit, at most
}

TEST(Worker, GivesBackTheChildsError) {
  const auto result = Isolate([](const Heartbeat&) -> Result<std::string> {
    return Fail({ErrorCode::kPassword, {"cần mật khẩu", "needs a password"}, {}, "a.pdf", 2, "cause"});
  });
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::kPassword);
  EXPECT_EQ(result.error().message.vi, "cần mật khẩu");
  EXPECT_EQ(result.error().page, 2);
}

TEST(Worker, ACrashNamesTheDocumentAndThePage) {
  const auto result = Isolate([](const Heartbeat& heartbeat) -> Result<std::string> {
    heartbeat(3, 9);
    ::raise(SIGSEGV);
    return std::string();
  });
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::kCrashed);
  EXPECT_EQ(result.error().file, "văn bản.pdf");
  EXPECT_EQ(result.error().page, 3);
}

TEST(Worker, ASilentExitIsACrash) {
  const auto result = Isolate([](const Heartbeat&) -> Result<std::string> { ::_exit(0); });
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::kCrashed);
}

TEST(Worker, AHangIsEndedAfterTheTimeOfOnePage) {
  const auto start = std::chrono::steady_clock::now();
  const auto result = Isolate(
      [](const Heartbeat& heartbeat) -> Result<std::string> {
        heartbeat(1, 2);
        for (;;) ::pause();
      },
      {seconds(1), 0});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::kLimit);
  EXPECT_THAT(result.error().message.en, HasSubstr("1 seconds"));
  EXPECT_LT(std::chrono::steady_clock::now() - start, seconds(10));
}

TEST(Worker, AnEndlessLoopIsEndedAfterThePagesProcessorTime) {
  const auto result = Isolate(
      [](const Heartbeat& heartbeat) -> Result<std::string> {
        heartbeat(1, 2);
        for (volatile unsigned turn = 0;; turn = turn + 1) continue;
      },
      {seconds(1), 0});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::kLimit);
}

// A busy machine, acted: the child works for a tenth of the time and is silent for longer than a page may
// take.
TEST(Worker, APageThatGetsLittleOfTheProcessorIsNotStopped) {
  const auto result = Isolate(
      [](const Heartbeat& heartbeat) -> Result<std::string> {
        heartbeat(0, 1);
        for (int turn = 0; turn < 20; ++turn) {  // 2 s or more, 0.2 s of them at work
          const std::clock_t end = std::clock() + CLOCKS_PER_SEC / 100;
          while (std::clock() < end) continue;
          std::this_thread::sleep_for(std::chrono::milliseconds(90));
        }
        return std::string("xong");
      },
      {seconds(1), 0});
  EXPECT_EQ(result.value(), "xong");
}

TEST(Worker, SignsOfLifeKeepALongDocumentAlive) {
  const auto result = Isolate(
      [](const Heartbeat& heartbeat) -> Result<std::string> {
        for (int page = 0; page < 10; ++page) {  // 3 s in all, never 2 s of silence
          heartbeat(page, 10);
          std::this_thread::sleep_for(std::chrono::milliseconds(300));
        }
        return std::string("xong");
      },
      {seconds(2), 0});
  EXPECT_EQ(result.value(), "xong");
}

TEST(Worker, AThrownBugIsReportedAsOne) {
  const auto result =
      Isolate([](const Heartbeat&) -> Result<std::string> { throw std::logic_error("row 7"); });
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::kInternal);
  EXPECT_EQ(result.error().cause, "row 7");
}

#if !defined(__SANITIZE_ADDRESS__)  // its shadow memory leaves no room for a limit
TEST(Worker, ABombRunsIntoTheMemoryLimit) {
  const auto result = Isolate([](const Heartbeat&) -> Result<std::string> {
    std::vector<std::string> hoard;
    for (;;) hoard.emplace_back(64 << 20, 'x');
  });
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::kLimit);
}
#endif

}  // namespace
}  // namespace vanthu::run
