// A folder that goes with the test, and OpenSSL's program run in it.
#pragma once

#include <stdlib.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>

namespace vanthu::signing {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "vanthu-signing-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::logic_error("no temporary folder");
    path_ = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  void Write(const std::filesystem::path& name, std::string_view bytes) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary)
        .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }
  // Whether `command` ends well in this folder; what it said stands in Said().
  bool Run(const std::string& command) const {
    return std::system(("cd '" + path_.string() + "' && " + command + " >said.txt 2>&1").c_str()) == 0;
  }
  std::string Said() const {
    std::ifstream in(path_ / "said.txt");
    return {std::istreambuf_iterator<char>(in), {}};
  }

 private:
  std::filesystem::path path_;
};

inline bool HasOpensslProgram() {
  return std::system("openssl version >/dev/null 2>&1") == 0;
}

}  // namespace vanthu::signing
