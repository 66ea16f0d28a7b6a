// vanthu verify: a verdict for each signature and each file.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/app/language.h"
#include "pipeline/app/verbs.h"
#include "pipeline/base/file.h"
#include "pipeline/record/json.h"
#include "pipeline/run/verify.h"

namespace vanthu::app {
namespace {

struct Arguments {
  std::vector<std::string> files;
  std::string format = "text";
  std::string output;
  std::string at;
  std::string password_file;
  std::string extract;  // where the signed revision goes
  int signature = 0;    // 1, 2, ...: of which; 0: the last
  run::VerifySettings settings;
};

// "2026-11-28", "2026-11-28T09:00", "2026-11-28T09:00:00", with "Z", "+07:00" or none (Vietnam).
std::optional<std::int64_t> ParseTime(const std::string& text) {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, used = 0;
  if (std::sscanf(text.c_str(), "%4d-%2d-%2d%n", &year, &month, &day, &used) != 3) return std::nullopt;
  std::size_t at = static_cast<std::size_t>(used);
  if (at < text.size() && (text[at] == 'T' || text[at] == ' ')) {
    used = 0;
    if (std::sscanf(text.c_str() + at + 1, "%2d:%2d%n", &hour, &minute, &used) != 2) return std::nullopt;
    at += 1 + static_cast<std::size_t>(used);
    used = 0;
    if (at < text.size() && text[at] == ':' && std::sscanf(text.c_str() + at, ":%2d%n", &second, &used) == 1)
      at += static_cast<std::size_t>(used);
  }
  std::chrono::minutes offset = std::chrono::hours(7);
  const std::string zone = text.substr(at);
  int zone_hours = 0, zone_minutes = 0;
  char sign = 0;
  if (zone == "Z")
    offset = {};
  else if (std::sscanf(zone.c_str(), "%c%2d:%2d", &sign, &zone_hours, &zone_minutes) == 3 &&
           (sign == '+' || sign == '-'))
    offset = std::chrono::minutes(60 * zone_hours + zone_minutes) * (sign == '+' ? 1 : -1);
  else if (!zone.empty())
    return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
  const auto time = std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
                    std::chrono::seconds(second) - offset;
  return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

// The bytes that a signature covers are a document of their own: as it was when it was signed.
Status WriteSignedRevision(const Arguments& arguments, const run::Verification& verification) {
  const std::size_t count = verification.signed_ends.size();
  const auto chosen = static_cast<std::size_t>(arguments.signature);
  const std::size_t index = chosen == 0 ? count - 1 : chosen - 1;
  if (count == 0 || index >= count || verification.signed_ends[index] == 0)
    return Fail(Error{ErrorCode::kNotAccepted,
                      {"không có bản đã ký như vậy để trích", "there is no such signed revision"},
                      {"Xem danh sách chữ ký: vanthu verify " + arguments.files.front(),
                       "See the list of signatures: vanthu verify " + arguments.files.front()},
                      arguments.files.front(),
                      {},
                      {}});
  const Result<std::string> bytes = ReadFile(arguments.files.front(), arguments.settings.most_bytes);
  if (!bytes) return Fail(bytes.error());
  return WriteOutput(arguments.extract, bytes->substr(0, verification.signed_ends[index]));
}

int Run(Arguments arguments) {
  if (!arguments.at.empty()) {
    arguments.settings.at = ParseTime(arguments.at);
    if (!arguments.settings.at)
      return Report({ErrorCode::kUsage,
                     {"không hiểu thời điểm này", "this time is not understood"},
                     {"Viết như 2026-11-28 hoặc 2026-11-28T09:00:00+07:00",
                      "Write it as 2026-11-28 or 2026-11-28T09:00:00+07:00"},
                     arguments.at,
                     {},
                     {}});
  }
  if (!arguments.extract.empty() && arguments.files.size() != 1)
    return Report({ErrorCode::kUsage,
                   {"--extract-signed chỉ nhận một tệp", "--extract-signed takes one file"},
                   {},
                   {},
                   {},
                   {}});
  Result<std::string> password = ReadPassword(arguments.password_file);
  if (!password) return Report(password.error());
  arguments.settings.password = std::move(*password);
  const Result<run::Verifier> verifier = run::Verifier::Open(arguments.settings, CurrentLanguage());
  if (!verifier) return Report(verifier.error());
  for (const std::string& file : verifier->skipped())
    Progress::Print("vanthu: " + file + ": " +
                    Say("bỏ qua, không có chứng thư số nào trong tệp", "left out: it holds no certificate"));

  // Its own bar is 5 s for any file; a service that is asked over the network may need longer.
  run::WorkerLimits limits;
  limits.per_page = std::chrono::seconds(arguments.settings.online ? 300 : 5);
  limits.memory_bytes = 2ull << 30;
  int exit_code = 0;
  std::string out;
  for (const std::string& file : arguments.files) {
    const Result<run::Verification> one = verifier->JudgeFile(file, limits);
    if (!one) {
      exit_code = std::max(exit_code, Report(one.error()));
      if (one.error().code == ErrorCode::kInterrupted) return exit_code;
      continue;
    }
    if (one->verdict != "passed") exit_code = std::max(exit_code, 1);
    const record::JsonStyle style =
        arguments.files.size() > 1 ? record::JsonStyle::kOneLine : record::JsonStyle::kIndented;
    out += arguments.format == "json"
               ? record::VerdictToJson(file, one->verdict, one->signatures, one->reasons, style)
               : run::TellVerdict(file, *one, CurrentLanguage());
    if (!out.ends_with('\n')) out += '\n';
    if (!arguments.extract.empty())
      if (const Status written = WriteSignedRevision(arguments, *one); !written)
        return Report(written.error());
  }
  if (!out.empty())
    if (const Status written = WriteOutput(arguments.output, out); !written) return Report(written.error());
  return exit_code;
}

}  // namespace

void AddVerify(CLI::App* app, Common*, Action* chosen) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb = app->add_subcommand(
      "verify", Say("kiểm tra chữ ký số của văn bản", "judge the digital signatures of documents"));
  verb->add_option("FILE", arguments->files, "PDF")->required();
  verb->add_option("--trust", arguments->settings.trust,
                   Say("thư mục chứng thư số tin cậy (gốc, trung gian, CRL)",
                       "folder of trusted certificates (roots, intermediates, CRLs)"));
  verb->add_option("--format", arguments->format, Say("text hoặc json", "text or json"))
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  verb->add_option("-o,--output", arguments->output,
                   Say("tệp kết quả (mặc định: stdout)", "output file (default: stdout)"));
  verb->add_option("--at", arguments->at,
                   Say("thời điểm kiểm tra (mặc định: bây giờ), như 2026-11-28T09:00:00+07:00",
                       "time of the verdict (default: now), as 2026-11-28T09:00:00+07:00"));
  verb->add_flag("--online", arguments->settings.online,
                 Say("hỏi OCSP và tải CRL qua mạng", "ask OCSP responders and fetch CRLs"));
  verb->add_option("--cache", arguments->settings.cache,
                   Say("thư mục giữ CRL và OCSP đã tải", "folder that keeps what was fetched"));
  verb->add_option("--password-file", arguments->password_file,
                   Say("tệp chứa mật khẩu của PDF (dòng đầu)", "file with the PDF's password (first line)"));
  verb->add_option(
      "--extract-signed", arguments->extract,
      Say("ghi văn bản đúng như lúc ký ra tệp này", "write the document as it was signed to this file"));
  verb->add_option("--signature", arguments->signature,
                   Say("chữ ký thứ mấy cho --extract-signed (mặc định: cuối cùng)",
                       "which signature --extract-signed means (default: the last)"))
      ->check(CLI::PositiveNumber);
  verb->footer(Say("Ví dụ:", "Examples:") + std::string(R"(
  vanthu verify van-ban.pdf --trust /etc/vanthu/trust
  vanthu verify *.pdf --format json -o ket-qua.jsonl
  vanthu verify van-ban.pdf --extract-signed ban-da-ky.pdf --signature 1)"));
  verb->callback([=] { *chosen = [=] { return Run(*arguments); }; });
}

}  // namespace vanthu::app
