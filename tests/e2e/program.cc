#include "program.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

namespace vanthu::e2e {

namespace fs = std::filesystem;

Scratch::Scratch() {
  std::string pattern = (fs::temp_directory_path() / "vanthu-e2e-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = pattern;
}

Scratch::~Scratch() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string ReadAll(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void WriteAll(const fs::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

fs::path Sample(const std::string& name) {
  return fs::path(VANTHU_SOURCE_DIR) / "samples" / name;
}

pid_t StartVanthu(const std::vector<std::string>& arguments, const fs::path& out, const fs::path& err,
                  As user) {
  const pid_t pid = ::fork();
  if (pid != 0) return pid;
  const int out_fd = ::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  const int err_fd = ::open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  ::dup2(out_fd, STDOUT_FILENO);
  ::dup2(err_fd, STDERR_FILENO);
  constexpr uid_t kNobody = 65534;
  if (user == As::kNobody && ::geteuid() == 0 && ::setresuid(kNobody, kNobody, kNobody) != 0) ::_exit(126);
  ::setenv("LC_ALL", "C.UTF-8", 1);
  std::vector<char*> argv;
  std::string program = VANTHU_PROGRAM;
  argv.push_back(program.data());
  std::vector<std::string> copies = arguments;
  for (std::string& argument : copies) argv.push_back(argument.data());
  argv.push_back(nullptr);
  ::execv(program.c_str(), argv.data());
  ::_exit(127);
}

int WaitFor(pid_t pid) {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

Outcome RunVanthu(const std::vector<std::string>& arguments, As user) {
  const Scratch scratch;
  const pid_t pid = StartVanthu(arguments, scratch / "out", scratch / "err", user);
  Outcome outcome;
  outcome.exit_code = WaitFor(pid);
  outcome.out = ReadAll(scratch / "out");
  outcome.err = ReadAll(scratch / "err");
  // Where a test takes any of several exit codes, or a lost worker, for right, a sanitizer's report is still
  // wrong.
  for (const char* report : {"Sanitizer: ", "runtime error: "})
    if (outcome.err.find(report) != std::string::npos) ADD_FAILURE() << outcome.err;
  return outcome;
}

std::vector<pid_t> ChildrenOf(pid_t pid) {
  const std::string id = std::to_string(pid);
  std::istringstream in(ReadAll("/proc/" + id + "/task/" + id + "/children"));
  return {std::istream_iterator<pid_t>(in), std::istream_iterator<pid_t>()};
}

bool Catches(pid_t pid, int signal) {
  const std::string status = ReadAll("/proc/" + std::to_string(pid) + "/status");
  const std::size_t at = status.find("SigCgt:");
  if (at == std::string::npos) return false;
  return (std::stoull(status.substr(at + 7), nullptr, 16) >> (signal - 1) & 1) != 0;
}

std::string Stream(const std::string& dictionary, const std::string& bytes) {
  return "<< " + dictionary + " /Length " + std::to_string(bytes.size()) + " >>\nstream\n" + bytes +
         "\nendstream";
}

std::string Deflate(const std::string& bytes) {
  uLongf size = compressBound(bytes.size());
  std::string out(size, '\0');
  if (compress2(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()),
                bytes.size(), 9) != Z_OK)
    throw std::runtime_error("zlib");
  out.resize(size);
  return out;
}

std::string PdfOf(const std::vector<std::string>& objects) {
  std::string pdf = "%PDF-1.4\n";
  std::vector<std::size_t> offsets;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    offsets.push_back(pdf.size());
    pdf += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  const std::size_t at = pdf.size();
  pdf += "xref\n0 " + std::to_string(objects.size() + 1) + "\n0000000000 65535 f \n";
  for (const std::size_t offset : offsets) {
    char line[21];
    std::snprintf(line, sizeof line, "%010zu 00000 n \n", offset);
    pdf += line;
  }
  return pdf + "trailer\n<< /Size " + std::to_string(objects.size() + 1) + " /Root 1 0 R >>\nstartxref\n" +
         std::to_string(at) + "\n%%EOF\n";
}

}  // namespace vanthu::e2e
