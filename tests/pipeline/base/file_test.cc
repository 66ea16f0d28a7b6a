#include "pipeline/base/file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>

namespace vanthu {
namespace {

namespace fs = std::filesystem;

class FileTest : public testing::Test {
 protected:
  FileTest() {
    std::string pattern = (fs::temp_directory_path() / "vanthu-file-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~FileTest() override { fs::remove_all(folder_); }
  fs::path folder_;
};

TEST_F(FileTest, WritesWholeAndReadsBack) {
  const fs::path path = folder_ / "new" / "a.txt";
  ASSERT_TRUE(WriteFileAtomically(path, "một"));
  ASSERT_TRUE(WriteFileAtomically(path, "hai"));
  EXPECT_EQ(ReadFile(path, 100).value(), "hai");
  // Nothing temporary stays behind.
  EXPECT_EQ(std::distance(fs::directory_iterator(path.parent_path()), fs::directory_iterator()), 1);
}

TEST_F(FileTest, NamesTheReasonOfARefusal) {
  const auto missing = ReadFile(folder_ / "none", 100);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::kUnreadable);
  EXPECT_NE(missing.error().file.find("none"), std::string::npos);

  EXPECT_FALSE(ReadFile(folder_, 100));  // a folder
  ASSERT_TRUE(WriteFileAtomically(folder_ / "big", std::string(101, 'x')));
  EXPECT_EQ(ReadFile(folder_ / "big", 100).error().code, ErrorCode::kLimit);
}

TEST_F(FileTest, AnOutputThatCannotBeMadeIsAWriteError) {
  const auto status = WriteFileAtomically("/proc/vanthu/x", "y");
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::kWrite);
}

// As root a rename would leave a file where /dev/null was, for every program of the machine.
TEST_F(FileTest, APipeOrADeviceIsWrittenToAndStays) {
  const fs::path path = folder_ / "pipe";
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  const int reader = ::open(path.c_str(), O_RDONLY | O_NONBLOCK);
  ASSERT_TRUE(WriteFileAtomically(path, "một"));
  char read[16] = {};
  EXPECT_EQ(::read(reader, read, sizeof read), static_cast<ssize_t>(std::strlen("một")));
  EXPECT_STREQ(read, "một");
  ::close(reader);
  EXPECT_TRUE(fs::is_fifo(path));

  fs::create_symlink("/dev/full", folder_ / "full");
  const auto full = WriteFileAtomically(folder_ / "full", "x");
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().code, ErrorCode::kWrite);
  EXPECT_TRUE(fs::is_symlink(folder_ / "full"));
}

TEST_F(FileTest, ALinkStaysAndTheFileBehindItIsReplaced) {
  ASSERT_TRUE(WriteFileAtomically(folder_ / "file", "một"));
  fs::create_symlink("file", folder_ / "link");
  ASSERT_TRUE(WriteFileAtomically(folder_ / "link", "hai"));
  EXPECT_TRUE(fs::is_symlink(folder_ / "link"));
  EXPECT_EQ(ReadFile(folder_ / "file", 100).value(), "hai");
  fs::create_symlink("missing", folder_ / "dangling");
  ASSERT_TRUE(WriteFileAtomically(folder_ / "dangling", "ba"));
  EXPECT_EQ(ReadFile(folder_ / "dangling", 100).value(), "ba");
}

TEST_F(FileTest, APipeThatNobodyWritesToIsRefusedAtOnce) {
  const fs::path path = folder_ / "pipe.pdf";
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  EXPECT_EQ(ReadFile(path, 100).error().code, ErrorCode::kUnreadable);
  EXPECT_FALSE(Sha256OfFile(path, 100));
}

TEST_F(FileTest, HashesAFileAsItsBytes) {
  const std::string bytes(3 << 20, 'v');  // longer than one piece
  ASSERT_TRUE(WriteFileAtomically(folder_ / "a", bytes));
  EXPECT_EQ(Sha256OfFile(folder_ / "a", bytes.size()).value(), Sha256Hex(bytes));
}

TEST(Sha256, MatchesThePublishedVector) {  // FIPS 180-4, "abc"
  EXPECT_EQ(Sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace vanthu
