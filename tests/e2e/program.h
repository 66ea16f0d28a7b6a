// Runs the built program as a user would.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace vanthu::e2e {

struct Outcome {
  int exit_code = -1;  // 128 + signal if it was killed
  std::string out;
  std::string err;
};

enum class As { kSelf, kNobody };  // kNobody gives up the superuser's rights first

// With LC_ALL=C.UTF-8, so messages are Vietnamese.
Outcome RunVanthu(const std::vector<std::string>& arguments, As user = As::kSelf);

// The same, while `during` runs in this process with the program's pid; used to disturb it.
pid_t StartVanthu(const std::vector<std::string>& arguments, const std::filesystem::path& out,
                  const std::filesystem::path& err, As user = As::kSelf);
int WaitFor(pid_t pid);
std::vector<pid_t> ChildrenOf(pid_t pid);
// Has the process set a handler for the signal? A slow start (sanitizers, a busy machine) has not, yet.
bool Catches(pid_t pid, int signal);

std::string ReadAll(const std::filesystem::path& path);
void WriteAll(const std::filesystem::path& path, const std::string& bytes);
std::filesystem::path Sample(const std::string& name);  // samples/<name>

// A folder that goes away with its owner.
class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// A PDF of the given objects, numbered from 1 (the first is the catalogue), with its cross-reference table.
std::string PdfOf(const std::vector<std::string>& objects);
std::string Stream(const std::string& dictionary, const std::string& bytes);
std::string Deflate(const std::string& bytes);

}  // namespace vanthu::e2e
