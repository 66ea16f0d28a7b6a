#include "pipeline/run/batch.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <map>

#include "pipeline/base/file.h"

namespace vanthu::run {
namespace {

namespace fs = std::filesystem;

// A store in memory.
class FakeStore : public archive::Store {
 public:
  Result<archive::Known> Lookup(const std::string& sha256) override {
    if (committed.contains(sha256)) return archive::Known::kDone;
    return quarantined_hashes.contains(sha256) ? archive::Known::kQuarantined : archive::Known::kNew;
  }
  Status NotePath(const std::string& sha256, const std::string& path) override {
    committed[sha256].push_back(path);
    return {};
  }
  Result<fs::path> Stage(const std::string& sha256) override {
    staged[sha256] = true;
    return fs::path("staging") / sha256;
  }
  void Unstage(const std::string& sha256) override { staged[sha256] = false; }
  Status Commit(const archive::DocumentEntry& entry, const std::string& path) override {
    if (full) return Fail(SystemError(ErrorCode::kWrite, path, ENOSPC));
    committed[entry.record.source.sha256].push_back(path);
    return {};
  }
  Status Quarantine(const archive::QuarantineEntry& entry) override {
    quarantined.push_back(entry);
    quarantined_hashes[entry.sha256] = true;
    return {};
  }
  Result<std::vector<archive::Hit>> Search(const std::string&, int) override {
    return std::vector<archive::Hit>();
  }
  Result<std::vector<archive::StoredDocument>> Documents() override {
    return std::vector<archive::StoredDocument>();
  }
  Result<std::vector<Date>> QuarantineDays() override { return std::vector<Date>(); }
  Result<archive::StoreCounts> Counts() override { return archive::StoreCounts(); }
  fs::path FolderOf(const std::string& sha256) const override { return sha256; }

  std::map<std::string, std::vector<std::string>> committed;
  std::vector<archive::QuarantineEntry> quarantined;
  std::map<std::string, bool> quarantined_hashes;
  std::map<std::string, bool> staged;  // false: was, and was given up
  bool full = false;
};

class BatchTest : public testing::Test {
 protected:
  BatchTest() {
    std::string pattern = (fs::temp_directory_path() / "vanthu-batch-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    options_.jobs = 2;
    options_.limits = {std::chrono::seconds(2), 0};
  }
  ~BatchTest() override { fs::remove_all(folder_); }

  fs::path Put(const std::string& name, const std::string& bytes) {
    EXPECT_TRUE(WriteFileAtomically(folder_ / name, bytes));
    return folder_ / name;
  }

  // Stands for all stages: the first letter of the file says what happens to it.
  static Result<std::string> Act(const Assignment& assignment, const Heartbeat& heartbeat) {
    const fs::path& path = assignment.path;
    const Result<std::string> bytes = ReadFile(path, 1000);
    if (assignment.sha256 != Sha256Hex(*bytes) ||
        assignment.staging != fs::path("staging") / assignment.sha256)
      return Fail({ErrorCode::kInternal, {"giao sai", "a wrong assignment"}, {}, {}, {}, {}});
    if (bytes->starts_with("full")) return Fail(SystemError(ErrorCode::kWrite, path, ENOSPC));
    heartbeat(0, 1);
    if (bytes->starts_with("crash")) ::raise(SIGSEGV);
    if (bytes->starts_with("hang"))
      for (;;) ::pause();
    if (bytes->starts_with("refuse")) return Fail({ErrorCode::kDamaged, {"hỏng", "damaged"}, {}, {}, {}, {}});
    if (bytes->starts_with("no model"))
      return Fail({ErrorCode::kMissingResource, {"thiếu mô hình", "no model"}, {}, {}, {}, {}});
    archive::DocumentEntry entry;
    entry.record.source.file = path.filename().string();
    entry.record.source.sha256 = Sha256Hex(*bytes);
    entry.record.source.pages = 1;
    return EncodeEntry(entry);
  }

  Result<BatchCounts> Run(const std::vector<fs::path>& files) {
    return RunBatch(files, store_, options_, Act, {});
  }

  fs::path folder_;
  FakeStore store_;
  BatchOptions options_;
};

TEST_F(BatchTest, ACrashAndAHangCostTheirDocumentsNotTheBatch) {
  const auto counts = Run(
      {Put("1", "good one"), Put("2", "crash"), Put("3", "hang"), Put("4", "refuse"), Put("5", "good two")});
  ASSERT_TRUE(counts);
  EXPECT_EQ(counts->done, 2);
  EXPECT_EQ(counts->quarantined, 3);
  std::map<std::string, ErrorCode> reasons;
  for (const auto& entry : store_.quarantined) reasons[fs::path(entry.path).filename()] = entry.error.code;
  EXPECT_EQ(reasons["2"], ErrorCode::kCrashed);
  EXPECT_EQ(reasons["3"], ErrorCode::kLimit);
  EXPECT_EQ(reasons["4"], ErrorCode::kDamaged);
  // What the dead had staged is given up; what was committed is the store's.
  for (const char* bytes : {"crash", "hang", "refuse"}) EXPECT_FALSE(store_.staged.at(Sha256Hex(bytes)));
  EXPECT_TRUE(store_.staged.at(Sha256Hex("good one")));
}

TEST_F(BatchTest, TheSameBytesTwiceAreOneDocument) {
  const auto a = Put("a", "same"), b = Put("b", "same");
  const auto counts = Run({a, b});
  EXPECT_EQ(counts->done, 1);
  EXPECT_EQ(counts->known, 1);
  EXPECT_EQ(store_.committed[Sha256Hex("same")].size(), 2u);
}

TEST_F(BatchTest, ASecondRunDoesNothingAgain) {
  const auto good = Put("a", "good"), bad = Put("b", "refuse");
  ASSERT_EQ(Run({good, bad})->done, 1);
  const auto again = Run({good, bad});
  EXPECT_EQ(again->done, 0);
  EXPECT_EQ(again->known, 1);
  EXPECT_EQ(again->waiting, 1);
  options_.retry = true;
  EXPECT_EQ(Run({bad})->quarantined, 1);
}

TEST_F(BatchTest, AMissingModelStopsTheBatchInsteadOfQuarantiningEveryScan) {
  const auto counts = Run({Put("a", "no model")});
  ASSERT_FALSE(counts);
  EXPECT_EQ(counts.error().code, ErrorCode::kMissingResource);
  EXPECT_TRUE(store_.quarantined.empty());
}

TEST_F(BatchTest, ADiskFullForTheWorkerStopsTheBatchToo) {
  const auto counts = Run({Put("a", "full")});
  ASSERT_FALSE(counts);
  EXPECT_EQ(counts.error().code, ErrorCode::kWrite);
  EXPECT_TRUE(store_.quarantined.empty());
}

TEST(Entry, CrossesThePipeWhole) {
  archive::DocumentEntry entry;
  entry.record.source = {"a.pdf", std::string(64, 'a'), 3, Origin::kText};
  entry.reading_text = "văn bản";
  entry.seconds = 1.5;
  entry.files = {{"note.txt", std::string("\0\xff", 2)}};
  entry.staged = {"original.pdf", "pages/0001.jpg"};
  entry.steps = {{"archive", "in", "out", "how", 0.25}};
  const std::string bytes = EncodeEntry(entry);
  const auto back = DecodeEntry(bytes);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->record.source.sha256, entry.record.source.sha256);
  EXPECT_EQ(back->reading_text, entry.reading_text);
  EXPECT_EQ(back->files.at(0).bytes, entry.files[0].bytes);
  EXPECT_EQ(back->staged, entry.staged);
  ASSERT_EQ(back->steps.size(), 1u);
  EXPECT_EQ(back->steps[0].detail, "how");
  EXPECT_EQ(back->steps[0].output_sha256, "out");
  EXPECT_DOUBLE_EQ(back->steps[0].seconds, 0.25);
  for (std::size_t cut = 0; cut < bytes.size(); cut += 7) EXPECT_FALSE(DecodeEntry(bytes.substr(0, cut)));
}

TEST_F(BatchTest, AFullDiskStopsTheBatch) {
  store_.full = true;
  const auto counts = Run({Put("a", "good")});
  ASSERT_FALSE(counts);
  EXPECT_EQ(counts.error().code, ErrorCode::kWrite);
}

TEST_F(BatchTest, AFileThatIsGoneIsQuarantinedWithItsName) {
  const auto counts = Run({folder_ / "gone.pdf"});
  ASSERT_TRUE(counts);
  EXPECT_EQ(counts->quarantined, 1);
  EXPECT_EQ(store_.quarantined[0].path, (folder_ / "gone.pdf").string());
}

}  // namespace
}  // namespace vanthu::run
