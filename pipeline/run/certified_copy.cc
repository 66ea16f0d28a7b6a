#include "pipeline/run/certified_copy.h"

#include <stdlib.h>

#include <cerrno>
#include <chrono>
#include <limits>
#include <numeric>

#include <fmt/format.h>

#include "pipeline/archive/copy_register.h"
#include "pipeline/base/file.h"
#include "pipeline/base/file_output.h"
#include "pipeline/base/refusal.h"
#include "pipeline/layout/layout.h"
#include "pipeline/run/archive_pages.h"
#include "pipeline/run/recogniser.h"
#include "signing/appearance/appearance_rules.h"

namespace vanthu::run {
namespace {

namespace fs = std::filesystem;

constexpr double kLeastDpi = 195;  // 200 of NĐ 30/2020, with what scanners round

// A folder that only this user may read, gone with the copy.
class PrivateFolder {
 public:
  static Result<PrivateFolder> Make() {
    std::error_code failed;
    const fs::path parent = fs::temp_directory_path(failed);
    std::string name = (failed ? fs::path("/tmp") : parent) / "vanthu-copy-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) return Fail(SystemError(ErrorCode::kWrite, name, errno));
    return PrivateFolder(std::move(name));
  }
  PrivateFolder(PrivateFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  PrivateFolder& operator=(PrivateFolder&&) = delete;
  ~PrivateFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  const fs::path& path() const { return path_; }

 private:
  explicit PrivateFolder(fs::path path) : path_(std::move(path)) {}
  fs::path path_;
};

// One page of the copy: of which scan, and which of its pages.
struct CopyPage {
  std::size_t scan = 0;
  int index = 0;
};

// The scans as one document. Lives in a worker.
class ScanReader {
 public:
  ScanReader(const CopySettings& settings, const Heartbeat& heartbeat)
      : settings_(settings), heartbeat_(heartbeat) {}

  // What a person should know, a line each: "page TAB kind TAB value".
  Result<std::string> WritePdf(const fs::path& path) {
    for (const fs::path& scan : settings_.scans)
      if (Status read = Read(scan); !read) return Fail(read.error());
    if (Status chosen = Choose(); !chosen) return Fail(chosen.error());
    Status made = Write(path, true);
    // A picture that PDF/A cannot hold as it is (CMYK, arithmetic coding, broken) is drawn anew.
    if (!made && (made.error().code == ErrorCode::kNotAccepted || made.error().code == ErrorCode::kDamaged))
      made = Write(path, false);
    if (!made) return Fail(made.error());
    return std::move(told_);
  }

 private:
  struct Scan {
    std::unique_ptr<intake::Document> document;
    DocumentLayout layout;
  };

  Status Read(const fs::path& path) {
    const int before = done_;
    Result<ReadDocument> read = ReadPages(path, settings_.reading, [&](int done, int total) {
      done_ = before + done;
      heartbeat_(done_, before + total);
    });
    if (!read) return Fail(read.error());
    Scan& scan = scans_.emplace_back();
    scan.document = std::move(read->document);
    scan.layout = layout::BuildLayout(read->pages, {});
    for (int index = 0; index < scan.document->page_count(); ++index)
      pages_.push_back({scans_.size() - 1, index});
    return {};
  }

  Status Choose() {
    if (settings_.pages.empty()) return {};
    std::vector<CopyPage> chosen;
    for (const int page : settings_.pages) {
      if (page < 0 || static_cast<std::size_t>(page) >= pages_.size())
        return Fail(
            Refusal(ErrorCode::kNotAccepted,
                    {fmt::format("bản quét chỉ có {} trang, không có trang {}", pages_.size(), page + 1),
                     fmt::format("the scan has {} pages, there is no page {}", pages_.size(), page + 1)}));
      chosen.push_back(pages_[static_cast<std::size_t>(page)]);
    }
    pages_ = std::move(chosen);
    return {};
  }

  Status Write(const fs::path& path, bool own_pictures) {
    told_.clear();
    auto file = FileOutput::Create(path);
    if (!file) return Fail(file.error());
    const auto next = [&](int at) -> Result<ocr::ArchivePage> {
      const CopyPage& page = pages_[static_cast<std::size_t>(at)];
      const Scan& scan = scans_[page.scan];
      heartbeat_(done_, done_);
      // A signed scan's signatures are drawn by annotations, which its pages' pictures do not show.
      Result<ocr::ArchivePage> made =
          MakeArchivePage(*scan.document, scan.layout.pages[static_cast<std::size_t>(page.index)], page.index,
                          own_pictures && !scan.document->is_signed());
      if (made) Tell(at, *made);
      return made;
    };
    ocr::ArchiveInfo info;
    info.document_id = Sha256Hex(Bytes());
    info.created_iso = NowInVietnam();
    Status status = WriteArchivePdf(static_cast<int>(pages_.size()), next, info, **file);
    if (!status && status.error().code != ErrorCode::kWrite) return status;
    if (Status finished = (*file)->Finish(); !finished) return finished;
    return status;
  }

  std::string Bytes() const {
    std::string hashes;
    for (const Scan& scan : scans_) hashes += Sha256Hex(scan.document->bytes());
    return hashes;
  }

  void Tell(int at, const ocr::ArchivePage& page) {
    if (!page.jpeg) return;  // drawn by us, at 200 dpi
    const Box box = page.jpeg_to_page.Map(Box{0, 0, 1, 1});
    const double wide = std::max(page.jpeg_width_px, page.jpeg_height_px);
    const double dpi = wide * 72 / std::max({box.width(), box.height(), 1.0});
    if (dpi < kLeastDpi) told_ += fmt::format("{}\tdpi\t{:.0f}\n", at + 1, dpi);
    if (page.jpeg_components == 1) told_ += fmt::format("{}\tgrey\t\n", at + 1);
  }

  const CopySettings& settings_;
  const Heartbeat& heartbeat_;
  std::vector<Scan> scans_;
  std::vector<CopyPage> pages_;
  int done_ = 0;
  std::string told_;
};

std::vector<Message> RemarksOf(const std::string& told) {
  std::vector<Message> remarks;
  for (std::size_t at = 0; at < told.size();) {
    const std::size_t end = std::min(told.find('\n', at), told.size());
    const std::string line = told.substr(at, end - at);
    at = end + 1;
    const std::size_t kind = line.find('\t'), value = line.find('\t', kind + 1);
    const std::string page = line.substr(0, kind);
    if (line.substr(kind + 1, value - kind - 1) == "dpi")
      remarks.push_back({fmt::format("trang {} quét ở {} dpi; bản sao điện tử cần ít nhất 200 dpi", page,
                                     line.substr(value + 1)),
                         fmt::format("page {} was scanned at {} dpi; electronic copies need at least 200",
                                     page, line.substr(value + 1))});
    else
      remarks.push_back(
          {fmt::format("trang {} không có màu; bản sao điện tử phải quét màu", page),
           fmt::format("page {} has no colours; electronic copies are scanned in colour", page)});
  }
  return remarks;
}

int YearInVietnam() {
  using namespace std::chrono;
  const year_month_day date{floor<days>(system_clock::now() + hours(7))};
  return static_cast<int>(date.year());
}

// Of one file its hash, of several the hash of their hashes.
Result<std::string> SourceHash(const CopySettings& settings) {
  std::string hashes;
  for (const fs::path& scan : settings.scans) {
    const Result<std::string> hash = Sha256OfFile(scan, settings.reading.intake.limits.max_bytes);
    if (!hash) return Fail(hash.error());
    hashes += *hash;
  }
  return settings.scans.size() == 1 ? hashes : Sha256Hex(hashes);
}

Result<archive::CopyEntry> EntryOf(const CopySettings& settings, int number, const fs::path& output) {
  const Result<signing::AppearanceRules> rules =
      signing::ReadAppearanceRules(DataFolder() / "rules" / "signing");
  if (!rules) return Fail(rules.error());
  const auto code = rules->copy_codes.find(settings.sign.copy_form);
  if (code == rules->copy_codes.end())
    return Fail(Refusal(ErrorCode::kNotAccepted,
                        {"không có hình thức sao này", "there is no such form of copy"},
                        settings.sign.copy_form));
  Result<std::string> hash = SourceHash(settings);
  if (!hash) return Fail(hash.error());
  archive::CopyEntry entry;
  entry.year = YearInVietnam();
  entry.number = number;
  entry.shown =
      fmt::format("{:02}/{}{}{}", number, code->second, settings.unit.empty() ? "" : "-", settings.unit);
  entry.form = settings.sign.copy_form;
  entry.agency = settings.sign.agency;
  for (const fs::path& scan : settings.scans)
    entry.source += (entry.source.empty() ? "" : ", ") + scan.filename().string();
  entry.source_sha256 = std::move(*hash);
  std::error_code ignored;
  entry.path = fs::absolute(output, ignored).string();
  entry.time = NowInVietnam();
  return entry;
}

}  // namespace

Result<CertifiedCopy> MakeCertifiedCopy(const CopySettings& settings, const fs::path& output,
                                        const Heartbeat& progress) {
  const Result<PrivateFolder> folder = PrivateFolder::Make();
  if (!folder) return Fail(folder.error());
  // The name stands in messages about the document.
  const fs::path unsigned_copy = folder->path() / output.filename();
  const Work work = [&](const Heartbeat& heartbeat) {
    return ScanReader(settings, heartbeat).WritePdf(unsigned_copy);
  };
  // A worker of its own, before anything else: the key and its library must not be forked.
  const Result<std::string> told =
      RunIsolated(settings.scans.front().string(), work, settings.limits, progress);
  if (!told) return Fail(told.error());

  const auto copies = archive::OpenCopyRegister(settings.register_file, Interrupted);
  if (!copies) return Fail(copies.error());
  const Result<int> number = (*copies)->NextNumber(YearInVietnam());
  if (!number) return Fail(number.error());
  Result<archive::CopyEntry> entry = EntryOf(settings, *number, output);
  if (!entry) return Fail(entry.error());
  SignSettings sign = settings.sign;
  sign.role = SignRole::kCopy;
  sign.number = entry->shown;
  Result<SignSession> session = SignSession::Open(sign);
  if (!session) return Fail(session.error());
  Result<SignedFile> made = session->Sign(unsigned_copy);
  if (!made) return Fail(made.error());

  entry->document_sha256 = Sha256Hex(made->document);
  if (Status begun = (*copies)->Begin(*entry); !begun) return Fail(begun.error());
  if (Status written = WriteFileAtomically(output, made->document); !written) {
    // What cannot be taken back now is settled when the register is opened next.
    (void)(*copies)->GiveUp(entry->year, entry->number);
    return Fail(written.error());
  }
  CertifiedCopy copy{entry->shown, RemarksOf(*told)};
  copy.remarks.insert(copy.remarks.end(), made->remarks.begin(), made->remarks.end());
  // The copy is there; the next one settles its entry where this fails.
  if (const Status done = (*copies)->Done(entry->year, entry->number); !done)
    copy.remarks.push_back({"sổ đăng ký bản sao chưa ghi xong: " + done.error().message.vi,
                            "the register of copies is not yet complete: " + done.error().message.en});
  return copy;
}

}  // namespace vanthu::run
