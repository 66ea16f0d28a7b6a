#include "signing/keys/secret.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <pty.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <cstring>
#include <fstream>
#include <new>
#include <thread>

namespace vanthu::signing {
namespace {

namespace fs = std::filesystem;

class SecretTest : public testing::Test {
 protected:
  SecretTest() {
    std::string pattern = (fs::temp_directory_path() / "vanthu-secret-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~SecretTest() override { fs::remove_all(folder_); }

  fs::path Write(const std::string& bytes, mode_t mode = 0600) {
    const fs::path path = folder_ / "pin";
    std::ofstream(path, std::ios::binary) << bytes;
    ::chmod(path.c_str(), mode);
    return path;
  }
  fs::path folder_;
};

TEST_F(SecretTest, IsTheFirstLineWithoutItsEnd) {
  EXPECT_EQ(ReadSecret(Write("123456\n"))->view(), "123456");
  EXPECT_EQ(ReadSecret(Write("123456"))->view(), "123456");
  EXPECT_EQ(ReadSecret(Write("mật khẩu \r\nsecond"))->view(), "mật khẩu ");
  EXPECT_EQ(ReadSecret(Write("\xEF\xBB\xBF"
                             "123456\r\n"))
                ->view(),
            "123456");
  EXPECT_TRUE(ReadSecret(Write("\n"))->empty());
}

TEST_F(SecretTest, AnEmptyFileIsNoEmptyPassword) {
  const auto secret = ReadSecret(Write(""));
  ASSERT_FALSE(secret);
  EXPECT_EQ(secret.error().code, ErrorCode::kUnreadable);
}

TEST_F(SecretTest, AFileThatOthersMayReadIsToldOf) {
  for (const mode_t mode : {0644, 0640, 0604, 0620}) {
    const fs::path file = Write("123456\n", mode);
    EXPECT_TRUE(OthersMayRead(file)) << std::oct << mode;
    EXPECT_TRUE(ReadSecret(file));
  }
  EXPECT_FALSE(OthersMayRead(Write("123456\n", 0400)));
  EXPECT_FALSE(OthersMayRead(folder_ / "none"));
}

TEST_F(SecretTest, RefusesWhatIsNoPassword) {
  EXPECT_EQ(ReadSecret(folder_ / "none").error().code, ErrorCode::kUnreadable);
  EXPECT_EQ(ReadSecret(folder_).error().code, ErrorCode::kUnreadable);
  EXPECT_EQ(ReadSecret(Write(std::string(5000, 'x'))).error().code, ErrorCode::kNotAccepted);
  EXPECT_EQ(ReadSecret(Write(std::string("\xFF\xFE"
                                         "1\0002\0003\0",
                                         8)))
                .error()
                .code,
            ErrorCode::kNotAccepted);  // UTF-16
  EXPECT_EQ(ReadSecret("/dev/zero").error().code, ErrorCode::kNotAccepted);
}

TEST_F(SecretTest, APipeIsReadUpToItsFirstLine) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  ASSERT_EQ(::write(ends[1], "123456\nrest", 11), 11);
  EXPECT_EQ(ReadSecret("/dev/fd/" + std::to_string(ends[0]))->view(), "123456");
  char rest[8] = {};
  EXPECT_EQ(::read(ends[0], rest, 4), 4);
  EXPECT_STREQ(rest, "rest");
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST_F(SecretTest, ANamedPipeIsWaitedFor) {
  const fs::path path = folder_ / "pipe";
  ASSERT_EQ(::mkfifo(path.c_str(), 0644), 0);
  std::thread writer([&] {
    ::usleep(50'000);
    std::ofstream(path) << "123456\n";
  });
  const auto secret = ReadSecret(path);
  writer.join();
  ASSERT_TRUE(secret);
  EXPECT_EQ(secret->view(), "123456");
}

TEST_F(SecretTest, ATerminalDoesNotShowWhatIsTyped) {
  int master = -1;
  int terminal = -1;
  char name[128] = {};
  if (::openpty(&master, &terminal, name, nullptr, nullptr) != 0) GTEST_SKIP() << "no terminals here";
  std::thread typist([&] {
    // Typed when the echo is off, as a person does who sees the question.
    for (int i = 0; i < 100; ++i) {
      termios now{};
      ::tcgetattr(terminal, &now);
      if ((now.c_lflag & ECHO) == 0) break;
      ::usleep(10'000);
    }
    EXPECT_EQ(::write(master, "123456\n", 7), 7);
  });
  const auto secret = ReadSecret(name);
  typist.join();
  ASSERT_TRUE(secret);
  EXPECT_EQ(secret->view(), "123456");
  termios after{};
  ::tcgetattr(terminal, &after);
  EXPECT_NE(after.c_lflag & ECHO, 0u);
  ::fcntl(master, F_SETFL, O_NONBLOCK);
  char shown[64] = {};
  (void)!::read(master, shown, sizeof shown - 1);
  EXPECT_EQ(std::strstr(shown, "123456"), nullptr);
  ::close(master);
  ::close(terminal);
}

// Short texts lie in the object itself: moving copies them, and what was moved from must hold none.
TEST_F(SecretTest, LeavesNothingBehind) {
  alignas(Secret) unsigned char room[sizeof(Secret)] = {};
  const auto holds = [&](const char* text) {
    return ::memmem(room, sizeof room, text, std::strlen(text)) != nullptr;
  };
  auto* secret = new (room) Secret(std::string("123456"));
  ASSERT_TRUE(holds("123456"));
  const Secret moved = std::move(*secret);
  EXPECT_FALSE(holds("123456"));
  EXPECT_EQ(moved.view(), "123456");
  *secret = Secret(std::string("654321"));
  ASSERT_TRUE(holds("654321"));
  secret->~Secret();
  // Read through volatile: the object is gone, its bytes are what is asked for.
  bool left = false;
  const volatile unsigned char* bytes = room;
  for (std::size_t i = 0; i + 1 < sizeof room; ++i) left = left || (bytes[i] == '6' && bytes[i + 1] == '5');
  EXPECT_FALSE(left);
}

TEST_F(SecretTest, CoreDumpsAreForbidden) {
  const pid_t child = ::fork();
  if (child == 0) {
    ForbidCoreDumps();
    rlimit core{1, 1};
    ::getrlimit(RLIMIT_CORE, &core);
    ::_exit(::prctl(PR_GET_DUMPABLE) == 0 && core.rlim_cur == 0 && core.rlim_max == 0 ? 0 : 1);
  }
  int status = -1;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
}

}  // namespace
}  // namespace vanthu::signing
