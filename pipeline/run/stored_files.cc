#include "pipeline/run/stored_files.h"

#include <fmt/format.h>

#include <chrono>
#include <functional>
#include <limits>

#include "pipeline/base/file.h"
#include "pipeline/base/file_output.h"
#include "pipeline/layout/text.h"
#include "pipeline/record/json.h"
#include "pipeline/record/page_text.h"
#include "pipeline/record/xml.h"
#include "pipeline/run/archive_pages.h"
#include "pipeline/run/recogniser.h"

namespace vanthu::run {
namespace {

namespace fs = std::filesystem;

const char* OriginalName(intake::FileKind kind) {
  switch (kind) {
    case intake::FileKind::kPdf:
      return "original.pdf";
    case intake::FileKind::kTiff:
      return "original.tif";
    case intake::FileKind::kJpeg:
      return "original.jpg";
    case intake::FileKind::kPng:
      return "original.png";
  }
  return "original";
}

// Text of 13 pt is read with ease at 100 dpi, and a page is about 100 KB.
constexpr Dpi kViewDpi{100};
constexpr int kViewQuality = 75;

constexpr const char* kCopyName = "document.pdf";

// How the archive copy came about.
struct ArchiveCopy {
  std::string detail;  // for the ledger
  std::string
      not_itself;  // why the original's own contents could not be kept; empty: they were, or are pictures
};

// The files of one document, written one after the other.
class EntryBuilder {
 public:
  EntryBuilder(const Digitised& digitised, const fs::path& staging, const Heartbeat& heartbeat)
      : digitised_(digitised), staging_(staging), heartbeat_(heartbeat) {
    entry_.record = digitised.record;
  }

  Result<archive::DocumentEntry> Build() {
    const auto& document = *digitised_.document;
    if (Status put = Put(OriginalName(document.kind()), document.bytes()); !put) return Fail(put.error());
    if (Status put = PutReadable(); !put) return Fail(put.error());
    if (Status put = PutPages(); !put) return Fail(put.error());
    entry_.reading_text = layout::ReadingOrderText(digitised_.layout);
    // Last, since the steps before leave findings.
    const std::string json = record::ToJson(entry_.record, record::JsonStyle::kIndented);
    if (Status put = Put("record.json", json); !put) return Fail(put.error());
    if (Status put = Put("record.xml", record::ToXml(entry_.record)); !put) return Fail(put.error());
    return std::move(entry_);
  }

 private:
  Status Put(const std::string& name, std::string_view bytes) {
    if (Status written = WriteFlushed(staging_ / name, bytes); !written) return written;
    entry_.staged.push_back(name);
    return {};
  }
  void Find(Severity severity, const char* code, std::string message, std::optional<int> page) {
    entry_.record.findings.push_back({severity, code, std::move(message), page});
  }
  // A sign of life: the pages themselves are done.
  void Beat() const {
    const int count = digitised_.document->page_count();
    heartbeat_(count, count);
  }

  Status PutReadable();
  Status PutPages();
  ocr::ArchiveInfo Info() const;
  Status WriteCopy(const std::function<Status(std::streambuf&)>& write);
  Result<ArchiveCopy> MakeCopy();
  Result<std::string> KeepOriginal();
  Status MakePictureCopy();

  const Digitised& digitised_;
  const fs::path& staging_;
  const Heartbeat& heartbeat_;
  archive::DocumentEntry entry_;
};

ocr::ArchiveInfo EntryBuilder::Info() const {
  ocr::ArchiveInfo info;
  const Header& header = digitised_.record.header;
  if (header.subject) info.title = (header.type_name ? *header.type_name + " " : "") + *header.subject;
  info.document_id = digitised_.record.source.sha256;
  info.created_iso = NowInVietnam();
  return info;
}

// The disk's own words count for more than the writer's.
Status EntryBuilder::WriteCopy(const std::function<Status(std::streambuf&)>& write) {
  auto file = FileOutput::Create(staging_ / kCopyName);
  if (!file) return Fail(file.error());
  Status status = write(**file);
  if (!status && status.error().code != ErrorCode::kWrite) return status;
  if (Status finished = (*file)->Finish(); !finished) return finished;
  return status;
}

Status EntryBuilder::MakePictureCopy() {
  const auto build = [&](bool own_pictures) {
    const auto next = [&](int index) {
      Beat();
      return MakeArchivePage(*digitised_.document, digitised_.layout.pages[static_cast<std::size_t>(index)],
                             index, own_pictures);
    };
    return WriteCopy([&](std::streambuf& out) {
      return WriteArchivePdf(digitised_.document->page_count(), next, Info(), out);
    });
  };
  Status made = build(true);
  // A picture that PDF/A cannot hold as it is (CMYK, arithmetic coding, broken) is drawn anew.
  const bool again =
      !made && (made.error().code == ErrorCode::kNotAccepted || made.error().code == ErrorCode::kDamaged);
  return again ? build(false) : made;
}

// In a process of its own: the intake has read the file, but a PDF library that has not seen it yet may die
// of it, and then pictures are still to be had.
Result<std::string> EntryBuilder::KeepOriginal() {
  // Of a batch's limit for a page half: what hangs here must not cost the document. A plan takes 0.03 s.
  constexpr std::chrono::seconds kLongest{60};
  const auto work = [&](const Heartbeat&) -> Result<std::string> {
    const Status made = WriteCopy(
        [&](std::streambuf& out) { return WriteArchival(digitised_.document->bytes(), Info(), out); });
    if (!made) return Fail(made.error());
    return std::string();
  };
  return RunIsolated(digitised_.record.source.file, work, {kLongest, 0}, {});
}

Result<ArchiveCopy> EntryBuilder::MakeCopy() {
  ArchiveCopy copy;
  if (digitised_.own_text) {
    Beat();
    const Result<std::string> kept = KeepOriginal();
    if (kept) {
      copy.detail = "PDF/A-2b of the original's own contents";
      return copy;
    }
    const Error& error = kept.error();
    if (error.code == ErrorCode::kWrite || error.code == ErrorCode::kMissingResource) return Fail(error);
    copy.not_itself = error.cause.empty() ? error.message.en : error.cause;
  } else if (digitised_.record.source.origin == Origin::kText) {
    copy.not_itself = "its text is in fonts of before Unicode";
  }
  if (Status made = MakePictureCopy(); !made) return Fail(made.error());
  copy.detail = "PDF/A-2b of pictures and text";
  if (!copy.not_itself.empty()) copy.detail += ": " + copy.not_itself;
  return copy;
}

Status EntryBuilder::PutReadable() {
  const auto start = std::chrono::steady_clock::now();
  archive::LedgerStep step;
  step.name = "archive";
  step.input_sha256 = digitised_.record.source.sha256;
  std::string name = kCopyName;
  if (digitised_.document->is_signed()) {
    name = "text.json";
    if (Status put = Put(name, record::WordsToJson(digitised_.layout)); !put) return put;
    step.detail = "signed: the original stays as it is, its text beside it";
  } else {
    const Result<ArchiveCopy> copy = MakeCopy();
    if (!copy) return Fail(copy.error());
    entry_.staged.push_back(name);
    step.detail = copy->detail;
    if (!copy->not_itself.empty())
      Find(Severity::kInfo, "archive.pictures",
           "Bản lưu document.pdf là ảnh trang kèm lớp chữ, vì tệp gốc không thể thành PDF/A-2b mà giữ nguyên "
           "nội dung: " +
               copy->not_itself,
           {});
  }
  const Result<std::string> hash = Sha256OfFile(staging_ / name, std::numeric_limits<std::uint64_t>::max());
  if (!hash) return Fail(hash.error());
  step.output_sha256 = *hash;
  step.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  entry_.steps.push_back(std::move(step));
  return {};
}

// One picture a page, as a viewer shows it: for people who review the record.
Status EntryBuilder::PutPages() {
  std::error_code made;
  fs::create_directory(staging_ / "pages", made);
  if (made) return Fail(SystemError(ErrorCode::kWrite, staging_ / "pages", made.value()));
  for (int index = 0; index < digitised_.document->page_count(); ++index) {
    Beat();
    const Result<Raster> raster = digitised_.document->RenderPage(index, kViewDpi);
    const Result<std::string> jpeg = raster ? EncodeJpeg(*raster, kViewQuality) : Fail(raster.error());
    if (jpeg) {
      if (Status put = Put(fmt::format("pages/{:04}.jpg", index + 1), *jpeg); !put) return put;
    } else if (jpeg.error().code == ErrorCode::kMissingResource) {
      return Fail(jpeg.error());
    } else {
      Find(Severity::kWarning, "archive.page.absent",
           "Không dựng được hình của trang: " + jpeg.error().message.vi, index);
    }
  }
  return {};
}

}  // namespace

Result<archive::DocumentEntry> BuildEntry(const Digitised& digitised, const fs::path& staging,
                                          const Heartbeat& heartbeat) {
  return EntryBuilder(digitised, staging, heartbeat).Build();
}

}  // namespace vanthu::run
