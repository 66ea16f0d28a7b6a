// vanthu sign: PAdES signatures with the keys that offices hold.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "pipeline/app/language.h"
#include "pipeline/app/sign_options.h"
#include "pipeline/app/verbs.h"
#include "pipeline/base/file.h"
#include "pipeline/run/sign.h"

namespace vanthu::app {
namespace {

namespace fs = std::filesystem;

const std::vector<std::string> kRoles = {"signer", "agency", "copy", "annex"};
constexpr run::SignRole kRoleValues[] = {run::SignRole::kSigner, run::SignRole::kAgency, run::SignRole::kCopy,
                                         run::SignRole::kAnnex};

struct Arguments : SigningArguments {
  std::vector<std::string> inputs;
  std::string output;
  std::string role = "signer";
  std::string password_file;
  std::string at;
  std::string certificate, digest_out, cms_in;
  bool renew = false;
};

std::size_t IndexOf(const std::vector<std::string>& words, const std::string& word) {
  return static_cast<std::size_t>(std::find(words.begin(), words.end(), word) - words.begin());
}

Result<run::SignSettings> ToSettings(const Arguments& arguments) {
  run::SignSettings out = SettingsOf(arguments);
  out.role = kRoleValues[IndexOf(kRoles, arguments.role)];
  if (!arguments.at.empty()) {
    int page = 0;
    run::SignAt at;
    char rest = 0;
    if (std::sscanf(arguments.at.c_str(), "%d,%lf,%lf%c", &page, &at.point.x, &at.point.y, &rest) != 3 ||
        page < 1)
      return Fail(Usage({"--at phải là trang,x,y (điểm, tính từ góc trên bên trái)",
                         "--at must be page,x,y (points from the top left)"}));
    at.page = page - 1;
    out.at = at;
  }
  return out;
}

// Writes one signed document and says what a person should know of it.
int Hand(const std::string& input, const std::string& output, const Result<run::SignedFile>& result) {
  if (!result) return Report(result.error());
  for (const Message& remark : result->remarks) Progress::Print("vanthu: " + input + ": " + Told(remark));
  const Status written = WriteOutput(output, result->document);
  return written ? 0 : Report(written.error());
}

// Folders stand for the PDFs in them, in order of their names.
std::vector<fs::path> Inputs(const Arguments& arguments) {
  std::vector<fs::path> out;
  for (const std::string& input : arguments.inputs) {
    std::error_code error;
    if (!fs::is_directory(input, error)) {
      out.emplace_back(input);
      continue;
    }
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(input, error))
      if (entry.path().extension() == ".pdf" || entry.path().extension() == ".PDF")
        found.push_back(entry.path());
    std::sort(found.begin(), found.end());
    out.insert(out.end(), found.begin(), found.end());
  }
  return out;
}

// Two inputs of one name would be one output.
std::optional<std::string> NameTwice(const std::vector<fs::path>& files) {
  std::set<std::string> names;
  for (const fs::path& file : files)
    if (!names.insert(file.filename().string()).second) return file.filename().string();
  return std::nullopt;
}

// A line a document on stdout: file, what became of it, seconds.
int SignMany(const Arguments& arguments, const run::SignSettings& settings,
             const std::vector<fs::path>& files, const Common& common) {
  if (const std::optional<std::string> twice = NameTwice(files))
    return Report(Usage({"hai tệp cùng tên “" + *twice + "” sẽ đè lên nhau",
                         "two files of the name “" + *twice + "” would be one output"}));
  Result<run::SignSession> session = run::SignSession::Open(settings);
  if (!session) return Report(session.error());
  int exit_code = 0;
  std::size_t signed_count = 0;
  std::string table;
  {
    Progress progress(ProgressStyle(common), static_cast<int>(files.size()));
    session->SignAll(files, [&](std::size_t index, const Result<run::SignedFile>& result) {
      const fs::path target = fs::path(arguments.output) / files[index].filename();
      const int code = Hand(files[index].string(), target.string(), result);
      if (code == 0) ++signed_count;
      exit_code = std::max(exit_code, code);
      table += fmt::format("{}\t{}\t{:.3f}\n", files[index].string(),
                           code == 0 ? Say("đã ký", "signed") : Say("không ký", "not signed"),
                           result ? result->seconds : 0.0);
      progress.Update(static_cast<double>(index + 1), files[index].string());
    });
  }
  if (const Status written = WriteOutput("", table); !written) return Report(written.error());
  if (run::Interrupted()) return Report(run::InterruptedError());
  if (!common.quiet)
    Progress::Print(fmt::format("vanthu: {}/{} {}", signed_count, files.size(),
                                Say("văn bản đã ký", "documents signed")));
  return exit_code;
}

int Run(const Arguments& arguments, const Common& common) {
  Result<run::SignSettings> settings = ToSettings(arguments);
  if (!settings) return Report(settings.error());
  Result<std::string> password = ReadPassword(arguments.password_file);
  if (!password) return Report(password.error());
  settings->password = std::move(*password);
  const std::vector<fs::path> files = Inputs(arguments);
  std::error_code ignored;
  const bool into_folder = files.size() != 1 || fs::is_directory(arguments.inputs.front(), ignored);
  if (files.empty())
    return Report({ErrorCode::kUnreadable,
                   {"không có tệp PDF nào trong thư mục", "there is no PDF in the folder"},
                   {},
                   arguments.inputs.front(),
                   {},
                   {}});
  if (arguments.renew || !arguments.digest_out.empty() || !arguments.cms_in.empty()) {
    if (into_folder) return Report(Usage({"chỉ nhận một tệp", "takes one file"}));
    const std::string& file = arguments.inputs.front();
    if (arguments.renew) return Hand(file, arguments.output, run::RenewFile(file, *settings));
    if (!arguments.cms_in.empty())
      return Hand(file, arguments.output,
                  run::EmbedFile(file, arguments.cms_in, *settings, arguments.certificate));
    const Result<run::PreparedFile> prepared = run::PrepareFile(file, *settings, arguments.certificate);
    if (!prepared) return Report(prepared.error());
    for (const Message& remark : prepared->remarks) Progress::Print("vanthu: " + file + ": " + Told(remark));
    if (const Status written = WriteOutput(arguments.output, prepared->document); !written)
      return Report(written.error());
    const Status written = WriteOutput(arguments.digest_out, prepared->request);
    return written ? 0 : Report(written.error());
  }
  if (const Status key = CheckKey(arguments); !key) return Report(key.error());
  if (into_folder) return SignMany(arguments, *settings, files, common);
  Result<run::SignSession> session = run::SignSession::Open(*settings);
  if (!session) return Report(session.error());
  return Hand(files.front().string(), arguments.output, session->Sign(files.front()));
}

void AddElsewhereOptions(CLI::App* verb, Arguments* arguments) {
  const std::string elsewhere = Say("Khóa ở máy khác", "Key on another machine");
  verb->add_option("--digest-out", arguments->digest_out,
                   Say("chuẩn bị: ghi điều phải ký (JSON) ra đây, văn bản chờ ký ra -o",
                       "prepare: what is to be signed (JSON) goes here, the waiting document to -o"))
      ->group(elsewhere);
  verb->add_option(
          "--cms-in", arguments->cms_in,
          Say("đưa vào văn bản đang chờ: CMS, hoặc chữ ký của thuộc tính khi có --certificate",
              "put into the waiting document: a CMS, or with --certificate the attributes' signature"))
      ->group(elsewhere);
  verb->add_option("--certificate", arguments->certificate,
                   Say("chứng thư số của người ký (PEM, DER)", "the signer's certificate (PEM, DER)"))
      ->group(elsewhere);
  verb->add_option("--reserve", arguments->settings.reserved_bytes,
                   Say("số byte dành cho chữ ký", "bytes kept for the signature"))
      ->check(CLI::Range(std::size_t{1024}, std::size_t{1} << 20))
      ->group(elsewhere);
}

void AddLookOptions(CLI::App* verb, run::SignSettings* settings, std::string* at) {
  const std::string group = Say("Hình thức", "Appearance");
  verb->add_option("--image", settings->picture,
                   Say("ảnh chữ ký hoặc con dấu (PNG nền trong suốt, JPEG)",
                       "picture of the signature or seal (PNG with transparency, JPEG)"))
      ->group(group);
  verb->add_option(
          "--image-width", settings->picture_width_mm,
          Say("bề rộng ảnh, mm (mặc định: theo tệp)", "width of the picture in mm (default: the file's)"))
      ->check(CLI::Range(1.0, 300.0))
      ->group(group);
  verb->add_option("--text", settings->lines, Say("dòng chữ kèm theo", "line of text beside it"))
      ->group(group);
  verb->add_option("--at", *at,
                   Say("trang,x,y: tâm của ảnh, tính bằng điểm từ góc trên bên trái",
                       "page,x,y: centre of the picture, in points from the top left"))
      ->group(group);
  verb->add_option("--field", settings->field,
                   Say("ô chữ ký có sẵn trong văn bản", "an empty signature field of the document"))
      ->group(group);
  verb->add_option("--number", settings->number,
                   Say("số và ký hiệu (annex, copy)", "number and notation (annex, copy)"))
      ->group(group);
  verb->add_option(
          "--form", settings->copy_form,
          Say("hình thức sao (copy): sao-y, sao-luc, trich-sao", "form of copy: sao-y, sao-luc, trich-sao"))
      ->group(group);
  verb->add_option("--agency", settings->agency, Say("cơ quan sao (copy)", "copying agency (copy)"))
      ->group(group);
  verb->add_option("--font-dir", settings->font_dir, Say("thư mục phông chữ", "folder of fonts"))
      ->group(group);
}

}  // namespace

void AddSign(CLI::App* app, Common* common, Action* chosen) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb = app->add_subcommand("sign", Say("ký số văn bản (PAdES)", "sign documents (PAdES)"));
  verb->add_option("IN", arguments->inputs, Say("PDF, hoặc thư mục các PDF", "PDF, or folder of PDFs"))
      ->required();
  verb->add_option(
          "-o,--output", arguments->output,
          Say("văn bản đã ký; khi ký nhiều tệp: thư mục", "the signed document; of several: a folder"))
      ->required();
  verb->add_option("--role", arguments->role,
                   Say("signer: người có thẩm quyền; agency: cơ quan; copy: bản sao; annex: phụ lục riêng",
                       "signer: authorised person; agency; copy; annex of its own"))
      ->check(CLI::IsMember(kRoles))
      ->capture_default_str();
  verb->add_option("--password-file", arguments->password_file,
                   Say("tệp chứa mật khẩu của PDF (dòng đầu)", "file with the PDF's password (first line)"));
  AddKeyOptions(verb, arguments.get());
  AddElsewhereOptions(verb, arguments.get());
  AddLookOptions(verb, &arguments->settings, &arguments->at);
  AddProofOptions(verb, arguments.get());
  verb->add_flag("--renew", arguments->renew,
                 Say("thêm bằng chứng và dấu thời gian mới cho văn bản đã ký (LTA)",
                     "add proofs and a new timestamp to a signed document (LTA)"))
      ->group(Say("Dấu thời gian và bằng chứng", "Timestamps and proofs"));
  verb->footer(Say("Ví dụ:", "Examples:") + std::string(R"(
  vanthu sign ke-hoach.pdf -o da-ky.pdf --role signer --p12 ca-nhan.p12 --pass-file mat-khau --image chu-ky.png
  vanthu sign da-ky.pdf -o ban-hanh.pdf --role agency --pkcs11 "pkcs11:token=UBND" --pin-file pin --image dau.png --tsa http://tsa.ca.gov.vn
  vanthu sign cho-ky/ -o da-ky/ --p12 ca-nhan.p12 --pass-file mat-khau
  vanthu sign ke-hoach.pdf -o cho-ky.pdf --certificate ca-nhan.crt --digest-out yeu-cau.json
  vanthu sign cho-ky.pdf -o da-ky.pdf --certificate ca-nhan.crt --cms-in chu-ky.bin)"));
  verb->callback([=] { *chosen = [=] { return Run(*arguments, *common); }; });
}

}  // namespace vanthu::app
