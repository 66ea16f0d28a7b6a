// Other programs as a second opinion: qpdf, pdfinfo, pdfsig. A test that needs one skips visibly without it.
#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

namespace vanthu::signing {

inline bool Installed(const std::string& program) {
  return std::system(("command -v " + program + " > /dev/null").c_str()) == 0;
}

inline std::string ReadBytes(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// A folder of the test's own, emptied.
class Outside {
 public:
  Outside() {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ =
        std::filesystem::path(::testing::TempDir()) / (std::string("vanthu-") + test->test_suite_name() +
                                                       "-" + test->name() + "-" + std::to_string(getpid()));
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  ~Outside() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  Outside(const Outside&) = delete;
  Outside& operator=(const Outside&) = delete;

  std::string Write(const std::string& name, std::string_view bytes) const {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
    return (folder_ / name).string();
  }
  std::string Path(const std::string& name) const { return (folder_ / name).string(); }
  // The exit status, and what was said on both channels.
  std::pair<int, std::string> Run(const std::string& command) const {
    const std::string said = Path("said.txt");
    const int status = std::system((command + " > " + said + " 2>&1").c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, ReadBytes(said)};
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace vanthu::signing
