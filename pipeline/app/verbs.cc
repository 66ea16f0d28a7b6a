#include "pipeline/app/verbs.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>

#include "pipeline/app/language.h"
#include "pipeline/base/file.h"
#include "pipeline/base/log.h"

namespace vanthu::app {
namespace {

Status WriteToStdout(const std::string& bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), stdout) != bytes.size() || std::fflush(stdout) != 0)
    return Fail(SystemError(ErrorCode::kWrite, "stdout", errno));
  return {};
}

}  // namespace

void AddReadingOptions(CLI::App* verb, Reading* reading, bool with_trust) {
  const std::string limits = Say("Giới hạn", "Limits");
  verb->add_option("--password-file", reading->password_file,
                   Say("tệp chứa mật khẩu của PDF (dòng đầu)", "file with the PDF's password (first line)"));
  verb->add_option("--tessdata", reading->tessdata,
                   Say("thư mục mô hình Tesseract", "folder of Tesseract's models"));
  if (with_trust)
    verb->add_option("--trust", reading->trust,
                     Say("thư mục chứng thư số tin cậy, để kiểm tra chữ ký",
                         "folder of trusted certificates, to judge signatures"));
  verb->add_option("--max-pages", reading->max_pages, Say("số trang nhiều nhất", "most pages of a document"))
      ->group(limits)
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  verb->add_option("--max-pixels", reading->max_pixels,
                   Say("số điểm ảnh nhiều nhất của một trang", "most pixels of a page"))
      ->group(limits)
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  verb->add_option("--max-bytes", reading->max_bytes,
                   Say("kích thước tệp lớn nhất", "largest file, in bytes"))
      ->group(limits)
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  verb->add_option("--seconds-per-page", reading->seconds_per_page,
                   Say("thời gian nhiều nhất cho một trang (0: không giới hạn)",
                       "longest time for a page (0: no limit)"))
      ->group(limits)
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  verb->add_option("--memory-limit", reading->memory_limit_mb,
                   Say("bộ nhớ ảo nhiều nhất của một tiến trình, MiB (0: không giới hạn)",
                       "address space of a worker, MiB (0: no limit)"))
      ->group(limits)
      ->capture_default_str();
}

Result<std::string> ReadPassword(const std::string& file) {
  constexpr std::uint64_t kMostPasswordBytes = 4096;
  if (file.empty()) return std::string();
  Result<std::string> text = ReadFile(file, kMostPasswordBytes);
  if (text) text->resize(std::min(text->find_first_of("\r\n"), text->size()));
  return text;
}

Result<run::DigitiseOptions> ToDigitiseOptions(const Reading& reading) {
  run::DigitiseOptions options;
  options.tessdata = reading.tessdata;
  options.intake.limits.max_pages = reading.max_pages;
  options.intake.limits.max_pixels = reading.max_pixels;
  options.intake.limits.max_bytes = reading.max_bytes;
  Result<std::string> password = ReadPassword(reading.password_file);
  if (!password) return Fail(password.error());
  if (!reading.password_file.empty()) options.intake.password = std::move(*password);
  run::VerifySettings verify;
  verify.trust = reading.trust;
  verify.password = options.intake.password.value_or("");
  Result<run::Verifier> verifier = run::Verifier::Open(verify, CurrentLanguage());
  if (!verifier) return Fail(verifier.error());
  options.verifier = std::make_shared<const run::Verifier>(std::move(*verifier));
  return options;
}

run::WorkerLimits ToWorkerLimits(const Reading& reading) {
  return {std::chrono::seconds(reading.seconds_per_page), reading.memory_limit_mb << 20};
}

int Report(const Error& error) {
  Progress::Print("vanthu: " + Describe(error, CurrentLanguage()));
  return ExitCode(error.code);
}

Status WriteOutput(const std::string& path, const std::string& bytes) {
  const bool to_file = !path.empty() && path != "-";
  StageLog stage(to_file ? path : "stdout");
  Status written = to_file ? WriteFileAtomically(path, bytes) : WriteToStdout(bytes);
  if (written)
    stage.Done(
        {std::to_string(bytes.size()) + " byte đã ghi", std::to_string(bytes.size()) + " bytes written"});
  return written;
}

Progress::Style ProgressStyle(const Common& common) {
  return Progress::DetectStyle(common.quiet);
}

}  // namespace vanthu::app
