// A batch that is disturbed: crashed and hung workers, a killed program, a full disk.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <thread>

#include "program.h"

namespace vanthu::e2e {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using namespace std::chrono_literals;

class BatchTest : public testing::Test {
 protected:
  std::string Store() const { return (scratch_ / "store").string(); }

  // One page of a scan takes seconds: time enough to disturb its worker.
  void PutScans() {
    fs::create_directory(scratch_ / "in");
    for (const char* name : {"hung-thinh-2025-scan.pdf", "thanh-mien-2024-scan.pdf"})
      fs::copy_file(Sample(name), scratch_ / "in" / name);
    fs::copy_file(Sample("an-thanh-2026.pdf"), scratch_ / "in" / "z-an-thanh.pdf");
  }

  // Waits until the program has `count` workers; their pids.
  static std::vector<pid_t> Workers(pid_t program, std::size_t count) {
    for (int i = 0; i < 600; ++i) {
      const std::vector<pid_t> children = ChildrenOf(program);
      if (children.size() >= count) return children;
      std::this_thread::sleep_for(50ms);
    }
    return {};
  }

  Scratch scratch_;
};

TEST_F(BatchTest, ACrashedAndAHungWorkerCostTheirDocumentsOnly) {
  PutScans();
  const pid_t program = StartVanthu(
      {"digitise", (scratch_ / "in").string(), "--store", Store(), "--jobs", "2", "--seconds-per-page", "6"},
      scratch_ / "out", scratch_ / "err");
  const std::vector<pid_t> workers = Workers(program, 2);
  ASSERT_EQ(workers.size(), 2u);
  ::kill(workers[0], SIGSEGV);  // a crash
  ::kill(workers[1], SIGSTOP);  // a hang
  EXPECT_EQ(WaitFor(program), 1);
  const std::string err = ReadAll(scratch_ / "err"), out = ReadAll(scratch_ / "out");
  EXPECT_THAT(err, HasSubstr("hung-thinh-2025-scan.pdf"));
  EXPECT_THAT(err, HasSubstr("thanh-mien-2024-scan.pdf"));
  EXPECT_THAT(out, HasSubstr("1 tài liệu mới"));
  EXPECT_THAT(out, HasSubstr("2 vào diện cách ly"));
}

TEST_F(BatchTest, AfterKillTheNextRunGoesOnAndLosesNothing) {
  PutScans();
  const std::vector<std::string> command = {"digitise",
                                            (scratch_ / "in" / "z-an-thanh.pdf").string(),
                                            (scratch_ / "in" / "hung-thinh-2025-scan.pdf").string(),
                                            "--store",
                                            Store(),
                                            "--jobs",
                                            "1"};
  const pid_t program = StartVanthu(command, scratch_ / "out", scratch_ / "err");
  // The born-digital plan is done at once; the kill comes in the middle of the scan.
  for (int i = 0; i < 400 && ChildrenOf(program).empty(); ++i) std::this_thread::sleep_for(25ms);
  std::this_thread::sleep_for(2s);
  ::kill(program, SIGKILL);
  WaitFor(program);
  const Outcome again = RunVanthu(command);
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_THAT(again.out, HasSubstr("Kho: 2 tài liệu, 0 cách ly"));
  const Outcome third = RunVanthu(command);
  EXPECT_THAT(third.out, HasSubstr("0 tài liệu mới (0 trang), 2 đã có"));
}

// Documents of the store, each whole: every promised file, one picture a page, an archive copy that reads.
int WholeDocuments(const fs::path& store) {
  int count = 0;
  for (const auto& group : fs::directory_iterator(store / "documents"))
    for (const auto& document : fs::directory_iterator(group)) {
      const auto record = nlohmann::json::parse(ReadAll(document.path() / "record.json"));
      for (const char* name : {"original.pdf", "document.pdf", "record.xml"})
        EXPECT_GT(fs::file_size(document.path() / name), 0u) << document << name;
      std::size_t pictures = 0;
      for (const auto& page : fs::directory_iterator(document.path() / "pages")) {
        const std::string jpeg = ReadAll(page.path());
        EXPECT_TRUE(jpeg.starts_with("\xff\xd8") && jpeg.ends_with("\xff\xd9")) << page;
        ++pictures;
      }
      EXPECT_EQ(pictures, record.at("source").at("pages").get<std::size_t>()) << document;
      ++count;
    }
  return count;
}

TEST_F(BatchTest, TheStoreHoldsACopyThatReadsAndAPictureOfEachPage) {
  const std::string plan = Sample("kien-an-2023.pdf").string();
  ASSERT_EQ(RunVanthu({"digitise", plan, "--store", Store()}).exit_code, 0);
  EXPECT_EQ(WholeDocuments(Store()), 1);
  for (const auto& file : fs::recursive_directory_iterator(fs::path(Store()) / "documents"))
    if (file.path().filename() == "document.pdf")
      EXPECT_EQ(RunVanthu({"text", file.path().string()}).out, RunVanthu({"text", plan}).out);
}

TEST_F(BatchTest, KilledWhileFilesAreWrittenTheStoreHoldsWholeDocumentsOnly) {
  fs::create_directory(scratch_ / "in");
  for (const char* plan : {"an-thanh-2026", "hung-thinh-2025", "kien-an-2023", "thanh-mien-2024"})
    fs::copy_file(Sample(std::string(plan) + ".pdf"), scratch_ / "in" / (std::string(plan) + ".pdf"));
  const std::vector<std::string> command = {
      "digitise", (scratch_ / "in").string(), "--store", Store(), "--jobs", "2"};
  // From before the first worker until some are done: a plan takes about half a second.
  for (const auto wait : {30ms, 150ms, 300ms, 450ms, 600ms, 900ms}) {
    const pid_t program = StartVanthu(command, scratch_ / "out", scratch_ / "err");
    std::this_thread::sleep_for(wait);
    ::kill(program, SIGKILL);
    WaitFor(program);
  }
  const Outcome last = RunVanthu(command);
  EXPECT_EQ(last.exit_code, 0) << last.err;
  EXPECT_THAT(last.out, HasSubstr("Kho: 4 tài liệu, 0 cách ly"));
  EXPECT_EQ(WholeDocuments(Store()), 4);
  EXPECT_TRUE(fs::is_empty(fs::path(Store()) / "staging"));
}

TEST_F(BatchTest, InterruptedIsItsOwnExitCode) {
  PutScans();
  const pid_t program =
      StartVanthu({"digitise", (scratch_ / "in").string(), "--store", Store(), "--jobs", "2"},
                  scratch_ / "out", scratch_ / "err");
  ASSERT_EQ(Workers(program, 2).size(), 2u);
  ::kill(program, SIGINT);
  EXPECT_EQ(WaitFor(program), 5);
  EXPECT_TRUE(fs::is_empty(fs::path(Store()) / "staging")) << "work that was given up";
}

TEST_F(BatchTest, AFullDiskIsNamedAndLeavesNothingHalfWritten) {
  const fs::path disk = scratch_ / "disk";
  fs::create_directory(disk);
  // A file system of its own in a mount namespace of its own, in a child: no rights outside are needed or
  // touched.
  const pid_t pid = ::fork();
  if (pid == 0) {
    if (::unshare(CLONE_NEWNS | (::geteuid() == 0 ? 0 : CLONE_NEWUSER)) != 0) ::_exit(99);
    ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr);
    if (::mount("vanthu", disk.c_str(), "tmpfs", 0, "size=64k") != 0) ::_exit(99);
    const Outcome extract =
        RunVanthu({"extract", Sample("kien-an-2023.pdf").string(), "-o", (disk / "a.json").string()});
    const Outcome batch =
        RunVanthu({"digitise", Sample("kien-an-2023.pdf").string(), "--store", (disk / "kho").string()});
    const bool left = fs::exists(disk / "a.json");
    bool temporary = false;
    for (const auto& entry : fs::directory_iterator(disk))
      temporary = temporary || entry.path().filename() != "kho";
    const bool named = extract.err.find("a.json") != std::string::npos &&
                       extract.err.find("Đĩa đã đầy") != std::string::npos;
    ::_exit((extract.exit_code == 4 ? 0 : 1) | (batch.exit_code == 4 ? 0 : 2) | (left || temporary ? 4 : 0) |
            (named ? 0 : 8));
  }
  const int verdict = WaitFor(pid);
  if (verdict == 99) GTEST_SKIP() << "SKIPPED: this machine allows no mount namespaces";
  EXPECT_EQ(verdict & 1, 0) << "extract's exit code";
  EXPECT_EQ(verdict & 2, 0) << "digitise's exit code";
  EXPECT_EQ(verdict & 4, 0) << "something was left behind";
  EXPECT_EQ(verdict & 8, 0) << "the message";
}

TEST_F(BatchTest, SearchFindsWithAndWithoutDiacritics) {
  ASSERT_EQ(RunVanthu({"digitise", Sample("thanh-xa-2023.pdf").string(), "--store", Store()}).exit_code, 0);
  for (const char* query : {"thu tuc hanh chinh", "thủ tục hành chính", "THỦ TỤC", "pham thi may"}) {
    const Outcome found = RunVanthu({"search", "--store", Store(), query});
    EXPECT_EQ(found.exit_code, 0) << found.err;
    EXPECT_THAT(found.out, HasSubstr("25/KH-UBND")) << query;
  }
  EXPECT_THAT(RunVanthu({"search", "--store", Store(), "phi thuyền"}).out, HasSubstr("Không tìm thấy"));
}

}  // namespace
}  // namespace vanthu::e2e
