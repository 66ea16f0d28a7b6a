// What kill -9 and lost folders leave, and what the next run makes of it.
#include <sys/wait.h>

#include <csignal>
#include <fstream>
#include <random>
#include <set>

#include "pipeline/archive/database.h"
#include "scratch.h"

namespace vanthu::archive {
namespace {

namespace fs = std::filesystem;

std::set<std::string> FoldersIn(const fs::path& store) {
  std::set<std::string> out;
  for (const auto& entry : fs::recursive_directory_iterator(store / "documents"))
    if (entry.path().filename().string().size() == 64) out.insert(entry.path().filename().string());
  return out;
}

std::set<std::string> RowsIn(const fs::path& store) {
  const auto database = Database::Open(store / "index.sqlite", Database::Mode::kRead);
  auto rows = (*database)->Prepare("SELECT sha256 FROM documents");
  std::set<std::string> out;
  while (rows->Step().value()) out.insert(rows->Text(0));
  return out;
}

TEST(Recovery, KilledAtAnyMomentTheStoreIsWhole) {
  const Scratch scratch;
  { scratch.Open(); }
  std::mt19937 random(20230309);
  int committed_before = 0;
  for (int round = 0; round < 25; ++round) {
    int pipe_ends[2];
    ASSERT_EQ(::pipe(pipe_ends), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      auto store = OpenStore(scratch.store(), Access::kWrite);
      if (!store) ::_exit(1);
      for (int i = 0;; ++i) {
        const std::string name = std::to_string(round) + "-" + std::to_string(i);
        const DocumentEntry entry = i % 2 == 0 ? Plan(name) : Staged(**store, Plan(name));
        if (!(*store)->Commit(entry, name)) ::_exit(2);
        const char done = 1;
        if (::write(pipe_ends[1], &done, 1) != 1) ::_exit(3);
      }
    }
    ::close(pipe_ends[1]);
    int promised = 0;
    char byte = 0;
    for (const int wanted = std::uniform_int_distribution<int>(0, 3)(random); promised < wanted; ++promised)
      ASSERT_EQ(::read(pipe_ends[0], &byte, 1), 1);
    // One commit takes about 8 ms here: anywhere in the next two.
    ::usleep(std::uniform_int_distribution<useconds_t>(0, 16'000)(random));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the child ended by itself: " << WEXITSTATUS(status);
    while (::read(pipe_ends[0], &byte, 1) == 1) ++promised;
    ::close(pipe_ends[0]);

    const auto store = scratch.Open();
    ASSERT_NE(store, nullptr);
    const std::set<std::string> rows = RowsIn(scratch.store());
    EXPECT_EQ(rows, FoldersIn(scratch.store()));
    EXPECT_TRUE(fs::is_empty(scratch.store() / "staging"));
    // Every commit that returned is there; at most one more was finished when the signal came.
    EXPECT_GE(static_cast<int>(rows.size()), committed_before + promised);
    EXPECT_LE(static_cast<int>(rows.size()), committed_before + promised + 1);
    committed_before = static_cast<int>(rows.size());
    for (const std::string& sha256 : rows) {
      EXPECT_EQ(Sha256Hex(ReadFile(store->FolderOf(sha256) / "original.pdf", 1000).value()), sha256);
      EXPECT_EQ(fs::file_size(store->FolderOf(sha256) / "pages/0001.jpg"), 2000u);
    }
  }
  EXPECT_GT(committed_before, 25);
  const auto database = Database::Open(scratch.store() / "index.sqlite", Database::Mode::kWrite);
  auto check = (*database)->Prepare("PRAGMA integrity_check");
  ASSERT_TRUE(check->Step().value());
  EXPECT_EQ(check->Text(0), "ok");
  ExpectOk((*database)->Run("INSERT INTO texts (texts) VALUES ('integrity-check')"));
}

TEST(Recovery, RowWithoutFolderIsQueuedAgain) {
  const Scratch scratch;
  const DocumentEntry lost = Plan("lost");
  {
    const auto store = scratch.Open();
    ExpectOk(store->Commit(lost, "a.pdf"));
    ExpectOk(store->Commit(Plan("kept"), "b.pdf"));
    fs::remove_all(store->FolderOf(lost.record.source.sha256));
  }
  const auto store = scratch.Open();
  EXPECT_EQ(store->Lookup(lost.record.source.sha256).value(), Known::kNew);
  EXPECT_EQ(store->Search("thu tuc", 10)->size(), 1u);
  ExpectOk(store->Commit(lost, "a.pdf"));
  EXPECT_EQ(store->Search("thu tuc", 10)->size(), 2u);
}

TEST(Recovery, MissingDiskIsNotTakenForLostDocuments) {
  const Scratch scratch;
  { ExpectOk(scratch.Open()->Commit(Plan("bytes"), "a.pdf")); }
  fs::rename(scratch.store() / "documents", scratch / "elsewhere");
  EXPECT_EQ(OpenStore(scratch.store(), Access::kWrite).error().code, ErrorCode::kDamaged);
  fs::rename(scratch / "elsewhere", scratch.store() / "documents");
  EXPECT_EQ(scratch.Open()->Counts()->documents, 1);
}

// Dead after the folder was renamed into its place, before the row.
TEST(Recovery, IntendedFolderWithoutRowGoesAway) {
  const Scratch scratch;
  { ExpectOk(scratch.Open()->Commit(Plan("kept"), "a.pdf")); }
  const std::string sha256(64, 'a');
  const fs::path folder = scratch.store() / "documents/aa" / sha256;
  fs::create_directories(folder);
  std::ofstream(folder / "original.pdf") << "half";
  std::ofstream(scratch.store() / "staging" / (sha256 + ".intent"));
  scratch.Open();
  EXPECT_FALSE(fs::exists(folder));
  EXPECT_TRUE(fs::is_empty(scratch.store() / "staging"));
  EXPECT_EQ(scratch.Open()->Counts()->documents, 1);
}

// Dead while the files were being written.
TEST(Recovery, StagedFilesGoAway) {
  const Scratch scratch;
  { scratch.Open(); }
  fs::create_directories(scratch.store() / "staging" / std::string(64, 'b') / "pages");
  std::ofstream(scratch.store() / "staging" / std::string(64, 'b') / "original.pdf") << "half";
  scratch.Open();
  EXPECT_TRUE(fs::is_empty(scratch.store() / "staging"));
}

// The index was lost, the folders were not: nothing of them may vanish, and the documents can be committed
// again.
TEST(Recovery, FoldersOfALostIndexAreKeptUntilTheirDocumentComesAgain) {
  const Scratch scratch;
  const DocumentEntry plan = Plan("bytes");
  fs::path folder;
  {
    const auto store = scratch.Open();
    ExpectOk(store->Commit(plan, "a.pdf"));
    folder = store->FolderOf(plan.record.source.sha256);
  }
  fs::remove(scratch.store() / "index.sqlite");
  std::ofstream(folder / "note.txt") << "old";
  const auto store = scratch.Open();
  EXPECT_TRUE(fs::exists(folder / "note.txt"));
  ExpectOk(store->Commit(plan, "a.pdf"));
  EXPECT_FALSE(fs::exists(folder / "note.txt"));
  EXPECT_TRUE(fs::exists(folder / "original.pdf"));
  EXPECT_TRUE(fs::is_empty(scratch.store() / "staging"));
}

// Dead between the intent and the rename: what lies in documents is older than the commit and stays.
TEST(Recovery, CommitThatDidNotReachItsPlaceTouchesNothing) {
  const Scratch scratch;
  { scratch.Open(); }
  const std::string sha256(64, 'c');
  const fs::path folder = scratch.store() / "documents/cc" / sha256;
  fs::create_directories(folder);
  std::ofstream(folder / "original.pdf") << "old";
  fs::create_directories(scratch.store() / "staging" / sha256);
  std::ofstream(scratch.store() / "staging" / (sha256 + ".intent"));
  scratch.Open();
  EXPECT_TRUE(fs::exists(folder / "original.pdf"));
  EXPECT_TRUE(fs::is_empty(scratch.store() / "staging"));
}

}  // namespace
}  // namespace vanthu::archive
