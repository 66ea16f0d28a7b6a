#include "pipeline/app/sign_options.h"

#include <algorithm>
#include <chrono>
#include <vector>

#include "pipeline/app/language.h"

namespace vanthu::app {
namespace {

const std::vector<std::string> kLevels = {"B", "T", "LT", "LTA"};

}  // namespace

Error Usage(Message message, Message advice) {
  return {ErrorCode::kUsage, std::move(message), std::move(advice), "", {}, {}};
}

std::string Told(const Message& message) {
  return CurrentLanguage() == Language::kVietnamese ? message.vi : message.en;
}

run::SignSettings SettingsOf(const SigningArguments& arguments) {
  run::SignSettings out = arguments.settings;
  const std::string level = !arguments.level.empty() ? arguments.level : out.tsa.empty() ? "B" : "T";
  out.level = static_cast<run::SignLevel>(std::find(kLevels.begin(), kLevels.end(), level) - kLevels.begin());
  out.tsa_timeout = std::chrono::seconds(arguments.tsa_timeout_s);
  out.key.secret = !arguments.pass_file.empty() ? arguments.pass_file : arguments.pin_file;
  return out;
}

Status CheckKey(const SigningArguments& arguments) {
  const run::KeySource& key = arguments.settings.key;
  if (key.p12.empty() == key.pkcs11.empty())
    return Fail(
        Usage({"phải có đúng một trong --p12 và --pkcs11", "exactly one of --p12 and --pkcs11 is needed"},
              {"Khóa ở máy khác: dùng --digest-out rồi --cms-in",
               "A key on another machine: --digest-out, then --cms-in"}));
  if (!key.p12.empty() && arguments.pass_file.empty())
    return Fail(Usage(
        {"--p12 cần --pass-file", "--p12 needs --pass-file"},
        {"Mật khẩu không bao giờ được viết trên dòng lệnh", "Passwords never stand on the command line"}));
  if (!key.pkcs11.empty() && arguments.pin_file.empty())
    return Fail(
        Usage({"--pkcs11 cần --pin-file", "--pkcs11 needs --pin-file"},
              {"PIN không bao giờ được viết trên dòng lệnh", "PINs never stand on the command line"}));
  return {};
}

void AddKeyOptions(CLI::App* verb, SigningArguments* arguments) {
  const std::string group = Say("Khóa", "Key");
  run::KeySource& key = arguments->settings.key;
  verb->add_option("--p12", key.p12, Say("tệp PKCS#12 (.p12, .pfx)", "PKCS#12 file (.p12, .pfx)"))
      ->group(group);
  verb->add_option("--pass-file", arguments->pass_file,
                   Say("tệp chứa mật khẩu của PKCS#12 (dòng đầu)", "file with its password (first line)"))
      ->group(group);
  verb->add_option("--pkcs11", key.pkcs11,
                   Say("thiết bị PKCS#11, theo RFC 7512 (pkcs11:token=...)",
                       "PKCS#11 token by RFC 7512 (pkcs11:token=...)"))
      ->group(group);
  verb->add_option("--pin-file", arguments->pin_file,
                   Say("tệp chứa PIN (dòng đầu)", "file with the PIN (first line)"))
      ->group(group);
  verb->add_option(
          "--pkcs11-module", key.module,
          Say("thư viện của thiết bị, nếu URI không ghi", "the token's module, where the URI names none"))
      ->group(group);
  verb->add_flag("--pss", arguments->settings.pss,
                 Say("RSA-PSS thay cho PKCS#1 v1.5", "RSA-PSS instead of PKCS#1 v1.5"))
      ->group(group);
  verb->add_option("--digest", arguments->settings.digest_bits,
                   Say("SHA-2: 256, 384 hoặc 512", "SHA-2: 256, 384 or 512"))
      ->check(CLI::IsMember({256, 384, 512}))
      ->capture_default_str()
      ->group(group);
}

void AddProofOptions(CLI::App* verb, SigningArguments* arguments) {
  const std::string group = Say("Dấu thời gian và bằng chứng", "Timestamps and proofs");
  run::SignSettings& settings = arguments->settings;
  verb->add_option("--level", arguments->level,
                   Say("B, T, LT, LTA (mặc định: T khi có --tsa, nếu không B)",
                       "B, T, LT, LTA (default: T with --tsa, else B)"))
      ->check(CLI::IsMember(kLevels))
      ->group(group);
  verb->add_option("--tsa", settings.tsa,
                   Say("địa chỉ dịch vụ dấu thời gian (RFC 3161)", "URL of a timestamp authority (RFC 3161)"))
      ->group(group);
  verb->add_option("--tsa-timeout", arguments->tsa_timeout_s,
                   Say("giây chờ mỗi lần", "seconds to wait for an answer"))
      ->check(CLI::Range(1, 600))
      ->capture_default_str()
      ->group(group);
  verb->add_option("--trust", settings.trust,
                   Say("thư mục chứng thư số tin cậy, CRL", "folder of trusted certificates and CRLs"))
      ->group(group);
  verb->add_option("--cache", settings.cache,
                   Say("thư mục giữ CRL và OCSP đã tải", "folder that keeps what was fetched"))
      ->group(group);
  verb->add_flag("--online", settings.online,
                 Say("hỏi OCSP và tải CRL qua mạng", "ask OCSP responders and fetch CRLs"))
      ->group(group);
}

}  // namespace vanthu::app
