#include "pipeline/archive/copy_register.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "pipeline/base/file.h"
#include "scratch.h"

namespace vanthu::archive {
namespace {

using State = RegisteredCopy::State;

CopyEntry Entry(int number, const std::filesystem::path& path, const std::string& bytes) {
  CopyEntry entry;
  entry.year = 2026;
  entry.number = number;
  entry.shown = std::to_string(number) + "/SY-UBND";
  entry.form = "sao-y";
  entry.agency = "UBND";
  entry.path = path.string();
  entry.document_sha256 = Sha256Hex(bytes);
  return entry;
}

std::unique_ptr<CopyRegister> Open(const std::filesystem::path& file) {
  Result<std::unique_ptr<CopyRegister>> opened = OpenCopyRegister(file, {});
  EXPECT_TRUE(opened.has_value()) << (opened ? "" : Describe(opened.error(), Language::kEnglish));
  return opened ? std::move(*opened) : nullptr;
}

TEST(CopyRegister, OneSeriesAYear) {
  const Scratch folder;
  const auto copies = Open(folder / "so/ban-sao.sqlite");
  EXPECT_EQ(copies->NextNumber(2026).value(), 1);
  ASSERT_TRUE(copies->Begin(Entry(1, folder / "a.pdf", "a")));
  EXPECT_EQ(copies->NextNumber(2026).value(), 2);
  EXPECT_EQ(copies->NextNumber(2027).value(), 1);
  ASSERT_TRUE(copies->Done(2026, 1));
  const auto all = copies->Copies(2026).value();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].state, State::kDone);
  EXPECT_EQ(all[0].entry.shown, "1/SY-UBND");
  EXPECT_EQ(copies->Begin(Entry(1, folder / "b.pdf", "b")).error().code, ErrorCode::kInternal);
}

TEST(CopyRegister, ACopyThatWasNotWrittenLeavesNoGap) {
  const Scratch folder;
  const auto copies = Open(folder / "r.sqlite");
  ASSERT_TRUE(copies->Begin(Entry(1, folder / "a.pdf", "a")));
  ASSERT_TRUE(copies->GiveUp(2026, 1));
  EXPECT_EQ(copies->NextNumber(2026).value(), 1);
  ASSERT_TRUE(copies->Begin(Entry(1, folder / "a.pdf", "a")));
  ASSERT_TRUE(copies->Done(2026, 1));
  ASSERT_TRUE(copies->GiveUp(2026, 1));  // too late: the copy is there
  EXPECT_EQ(copies->NextNumber(2026).value(), 2);
}

TEST(CopyRegister, WhatADeadProcessLeftIsSettled) {
  const Scratch folder;
  ASSERT_TRUE(WriteFileAtomically(folder / "there.pdf", "there"));
  {
    const auto copies = Open(folder / "r.sqlite");
    ASSERT_TRUE(copies->Begin(Entry(1, folder / "there.pdf", "there")));
    ASSERT_TRUE(copies->Begin(Entry(2, folder / "gone.pdf", "gone")));
  }
  const auto copies = Open(folder / "r.sqlite");
  const auto all = copies->Copies(2026).value();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].state, State::kDone);
  EXPECT_EQ(all[1].state, State::kVoid);
  EXPECT_FALSE(all[1].note.empty());
  EXPECT_EQ(copies->NextNumber(2026).value(), 3);
}

TEST(CopyRegister, ManyProcessesNeverShareANumber) {
  constexpr int kProcesses = 4, kCopies = 10;
  const Scratch folder;
  const std::filesystem::path file = folder / "r.sqlite";
  std::vector<pid_t> children;
  for (int i = 0; i < kProcesses; ++i) {
    const pid_t child = ::fork();
    if (child == 0) {
      for (int j = 0; j < kCopies; ++j) {
        const auto copies = OpenCopyRegister(file, {});
        if (!copies) ::_exit(1);
        const int number = (*copies)->NextNumber(2026).value();
        if (!(*copies)->Begin(Entry(number, folder / "x.pdf", "x"))) ::_exit(2);
        if (!(*copies)->Done(2026, number)) ::_exit(3);
      }
      ::_exit(0);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
  }
  const auto all = Open(file)->Copies(2026).value();
  ASSERT_EQ(all.size(), static_cast<std::size_t>(kProcesses * kCopies));
  for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(all[i].entry.number, static_cast<int>(i) + 1);
}

TEST(CopyRegister, WaitsUntilItIsToldToStop) {
  const Scratch folder;
  const auto held = Open(folder / "r.sqlite");
  int asked = 0;
  const auto second = OpenCopyRegister(folder / "r.sqlite", [&] { return ++asked > 1; });
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, ErrorCode::kInterrupted);
}

TEST(CopyRegister, RefusesAnotherDatabase) {
  const Scratch folder;
  ASSERT_NE(folder.Open(), nullptr);
  EXPECT_EQ(OpenCopyRegister(folder.store() / "index.sqlite", {}).error().code, ErrorCode::kNotAccepted);
}

}  // namespace
}  // namespace vanthu::archive
