#include "pipeline/base/file_output.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <ostream>
#include <random>
#include <sstream>

#include "pipeline/base/file.h"

namespace vanthu {
namespace {

namespace fs = std::filesystem;

class FileOutputTest : public testing::Test {
 protected:
  FileOutputTest() {
    std::string pattern = (fs::temp_directory_path() / "vanthu-output-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  ~FileOutputTest() override { fs::remove_all(folder_); }
  std::string Written() const { return ReadFile(folder_ / "file", 10'000'000).value(); }

  fs::path folder_;
};

// Against std::stringbuf: writes of all sizes around the buffer's own, single characters, and seeks back.
TEST_F(FileOutputTest, WritesWhatAStringWouldHold) {
  std::mt19937 random(20230309);
  auto file = FileOutput::Create(folder_ / "file").value();
  std::stringbuf model(std::ios_base::out);
  std::ostream to_file(file.get()), to_model(&model);
  for (int step = 0; step < 400; ++step) {
    const auto size = std::uniform_int_distribution<std::size_t>(0, step % 10 == 0 ? 200'000 : 3000)(random);
    const std::string bytes(size, static_cast<char>('a' + step % 26));
    if (step % 3 == 0)
      for (const char c : bytes.substr(0, 50)) to_file.put(c), to_model.put(c);
    to_file.write(bytes.data(), static_cast<std::streamsize>(size));
    to_model.write(bytes.data(), static_cast<std::streamsize>(size));
    ASSERT_EQ(to_file.tellp(), to_model.tellp());
    if (step % 7 == 0) {
      const auto back = std::uniform_int_distribution<std::streamoff>(0, to_model.tellp())(random);
      to_file.seekp(back);
      to_model.seekp(back);
    }
    if (step % 11 == 0) to_file.seekp(0, std::ios_base::end), to_model.seekp(0, std::ios_base::end);
  }
  ASSERT_TRUE(to_file.good());
  ASSERT_TRUE(file->Finish());
  EXPECT_EQ(Written(), model.str());
}

TEST_F(FileOutputTest, EmptiesTheFileThatIsThere) {
  ASSERT_TRUE(WriteFlushed(folder_ / "file", "a long text"));
  ASSERT_TRUE(WriteFlushed(folder_ / "file", "short"));
  EXPECT_EQ(Written(), "short");
}

TEST_F(FileOutputTest, DoesNotSeekBeyondTheEnd) {
  auto file = FileOutput::Create(folder_ / "file").value();
  std::ostream stream(file.get());
  stream << "abc";
  stream.seekp(4);
  EXPECT_TRUE(stream.fail());
}

TEST_F(FileOutputTest, AMissingFolderIsNamed) {
  const auto file = FileOutput::Create(folder_ / "none" / "file");
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().code, ErrorCode::kWrite);
  EXPECT_EQ(file.error().file, (folder_ / "none" / "file").string());
}

// A limit on the file's size stands for a full disk; in a child, since it holds for the whole process.
TEST_F(FileOutputTest, AWriteThatFailsIsSaidAtTheEnd) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit bound{100'000, 100'000};
    ::setrlimit(RLIMIT_FSIZE, &bound);
    auto file = FileOutput::Create(folder_ / "file").value();
    std::ostream stream(file.get());
    for (int i = 0; i < 300; ++i) stream << std::string(1000, 'x');
    const bool noticed = !stream.good();
    const Status finished = file->Finish();
    ::_exit(noticed && !finished && finished.error().code == ErrorCode::kWrite ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace vanthu
