#include "pipeline/run/digitise.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "ocr/ocr.h"
#include "pipeline/base/file.h"
#include "pipeline/base/log.h"
#include "pipeline/layout/layout.h"
#include "pipeline/run/attached_record.h"
#include "pipeline/run/recogniser.h"

namespace vanthu::run {
namespace {

// A page's picture is read at its own resolution: enlarging 200 to 300 dpi did not help the recogniser
// (measured), and beyond 400 there is nothing more to read.
constexpr double kLeastDpi = 150;
constexpr double kMostDpi = 400;

Dpi ResolutionOf(intake::Document& document, int index, const Page& page, Dpi fallback) {
  const auto image = document.SoleImage(index);
  if (!image || !*image || page.width_pt <= 0) return fallback;
  // Pixels along the unit square's x axis against the points that the axis covers.
  const Affine& m = (*image)->image_to_page;
  const double side_pt = std::hypot(m.a, m.b);
  if (side_pt <= 0) return fallback;
  return Dpi{std::clamp((*image)->width_px / side_pt * 72.0, kLeastDpi, kMostDpi)};
}

// The recogniser's page, with what the file itself says about it: its marks, and the text of stamped
// appearances, which is drawn in the picture too but is known to the letter.
Page Merge(Page recognised, Page from_file) {
  recognised.text_layer = from_file.text_layer;
  recognised.recognised = true;
  for (Word& word : from_file.words) {
    if (word.source != Source::kAppearance) continue;
    const double half = word.box.area() / 2;
    std::erase_if(recognised.words, [&](const Word& other) {
      const Box common = Intersection(other.box, word.box);
      return other.source == Source::kOcr && !common.empty() &&
             common.area() > std::min(half, other.box.area() / 2);
    });
    recognised.words.push_back(std::move(word));
  }
  for (Mark& mark : from_file.marks) recognised.marks.push_back(std::move(mark));
  for (Finding& finding : from_file.findings) recognised.findings.push_back(std::move(finding));
  return recognised;
}

Origin OriginOf(const std::vector<Page>& pages) {
  const auto recognised =
      std::count_if(pages.begin(), pages.end(), [](const Page& page) { return page.recognised; });
  if (recognised == 0) return Origin::kText;
  return recognised == static_cast<std::ptrdiff_t>(pages.size()) ? Origin::kScan : Origin::kMixed;
}

// An empty page has no text layer either, but nothing to be recognised in it.
bool HasOwnText(const std::vector<Page>& pages) {
  return std::all_of(pages.begin(), pages.end(), [](const Page& page) {
    return page.recognised ? page.words.empty() && page.text_layer == TextLayer::kAbsent : !page.legacy_text;
  });
}

// Holds the recogniser once a page needed it.
class PageReader {
 public:
  PageReader(intake::Document& document, const DigitiseOptions& options, bool only_shown)
      : document_(document), options_(options), only_shown_(only_shown) {}

  Result<Page> Read(int index) {
    Result<Page> page = only_shown_ ? document_.ReadShownPage(index) : document_.ReadPage(index);
    if (!page || page->text_layer == TextLayer::kTrusted) return page;
    if (!recogniser_) {
      ocr::Options ocr_options;
      ocr_options.tessdata = options_.tessdata;
      Result<std::unique_ptr<ocr::Recogniser>> loaded = LoadRecogniser(ocr_options);
      if (!loaded) return Fail(loaded.error());
      recogniser_ = std::move(*loaded);
    }
    const Result<Raster> raster =
        document_.RenderPage(index, ResolutionOf(document_, index, *page, options_.default_dpi));
    if (!raster) return Fail(raster.error());
    Result<Page> recognised = recogniser_->Read(*raster, index);
    if (!recognised) return recognised;
    return Merge(std::move(*recognised), std::move(*page));
  }

  void Settle(std::vector<Page>& pages) {
    if (recogniser_) recogniser_->Settle(pages);
  }

 private:
  intake::Document& document_;
  const DigitiseOptions& options_;
  const bool only_shown_;
  std::unique_ptr<ocr::Recogniser> recogniser_;
};

Message PageRead(const Page& page, int index, int count) {
  const std::string place = std::to_string(index + 1) + "/" + std::to_string(count),
                    words = std::to_string(page.words.size());
  return {"trang " + place + (page.recognised ? ", nhận dạng: " : ", lớp chữ: ") + words + " từ",
          "page " + place + (page.recognised ? ", recognised: " : ", text layer: ") + words + " words"};
}

Message Counted(const std::string& vi, const std::string& en, std::size_t count, const std::string& noun_vi,
                const std::string& noun_en) {
  return {vi + ", " + std::to_string(count) + " " + noun_vi,
          en + ", " + std::to_string(count) + " " + noun_en};
}

Error Named(Error error, const std::filesystem::path& path) {
  if (error.file.empty()) error.file = path.string();
  return error;
}

Result<ReadDocument> Open(const std::filesystem::path& path, const DigitiseOptions& options) {
  StageLog stage(path.filename().string());
  auto document = intake::OpenDocument(path, options.intake);
  if (!document) return Fail(Named(document.error(), path));
  ReadDocument read;
  read.document = std::move(*document);
  read.source.file = path.filename().string();
  read.source.sha256 = Sha256Hex(read.document->bytes());
  read.source.pages = read.document->page_count();
  stage.Done(Counted("mở tệp", "opened", static_cast<std::size_t>(read.source.pages), "trang", "pages"));
  return read;
}

// `only_shown`: without text that is in the file and not to be seen.
Status ReadAll(ReadDocument& read, const std::filesystem::path& path, const DigitiseOptions& options,
               bool only_shown, const Heartbeat& heartbeat) {
  StageLog stage(read.source.file);
  const int count = read.source.pages;
  PageReader reader(*read.document, options, only_shown);
  for (int index = 0; index < count; ++index) {
    heartbeat(index, count);
    Result<Page> page = reader.Read(index);
    if (!page) return Fail(Named(page.error(), path));
    stage.Done(PageRead(*page, index, count));
    read.pages.push_back(std::move(*page));
  }
  reader.Settle(read.pages);
  stage.Done({"đối chiếu các trang", "pages compared with each other"});
  heartbeat(count, count);
  read.source.origin = OriginOf(read.pages);
  read.own_text = read.document->kind() == intake::FileKind::kPdf && read.source.origin != Origin::kScan &&
                  HasOwnText(read.pages);
  return {};
}

// What the signatures say, into the record; the reason why the document cannot be taken, where there is one.
std::optional<Error> JudgeSignatures(const intake::Document& document, const DigitiseOptions& options,
                                     Record& record) {
  const bool judged = options.verifier && document.kind() == intake::FileKind::kPdf;
  Result<Verification> found =
      judged ? options.verifier->Judge(document.bytes()) : Result<Verification>(Fail(Error{}));
  if (!found) {
    record.unexamined.insert("signatures");
    return std::nullopt;
  }
  std::optional<Error> rejected;
  const auto tell = [&](Severity severity, const char* code, const std::string& message) {
    record.findings.push_back({severity, code, message, std::nullopt});
  };
  if (found->gate == FileGate::kReject) {
    rejected = SignatureError(*found);
    tell(Severity::kError, "signature.failed", rejected->message.vi);
  }
  for (const SignatureFound& one : found->signatures) {
    if (one.verdict == "indeterminate")
      tell(Severity::kWarning, "signature.indeterminate",
           fmt::format("Chữ ký “{}” của {} chưa xác định được: {}.", one.field.value_or("?"),
                       one.signer.value_or("?"), fmt::join(one.reasons, "; ")));
    else if (one.verdict == "passed" && one.revocation == "unknown")
      tell(Severity::kWarning, "signature.revocation",
           fmt::format("Không kiểm tra được trạng thái thu hồi của chứng thư số “{}”.",
                       one.signer.value_or("?")));
  }
  record.signatures = std::move(found->signatures);
  return rejected;
}

Message AttachmentTold(const AttachedRecord& attached) {
  switch (attached.state) {
    case AttachedRecord::State::kAbsent:
      return {"không có bản ghi đính kèm", "no attached record"};
    case AttachedRecord::State::kRefused:
      return {"bản ghi đính kèm không dùng được", "attached record refused"};
    case AttachedRecord::State::kProven:
      return {"bản ghi đính kèm: lập lại được đúng từng byte",
              "attached record: set again to the same bytes"};
    case AttachedRecord::State::kUnproven:
      break;
  }
  return {"bản ghi đính kèm: phải đối chiếu với các trang", "attached record: to be compared with the pages"};
}

}  // namespace

Result<ReadDocument> ReadPages(const std::filesystem::path& path, const DigitiseOptions& options,
                               const Heartbeat& heartbeat) {
  Result<ReadDocument> read = Open(path, options);
  if (!read) return read;
  if (const Status pages = ReadAll(*read, path, options, false, heartbeat); !pages)
    return Fail(pages.error());
  return read;
}

Result<Digitised> Digitise(const std::filesystem::path& path, const DigitiseOptions& options,
                           const extract::Rules& rules, const Heartbeat& heartbeat) {
  Result<ReadDocument> read = Open(path, options);
  if (!read) return Fail(read.error());
  StageLog stage(read->source.file);
  const AttachedRecord attached = FindAttachedRecord(*read->document, heartbeat);
  stage.Done(AttachmentTold(attached));
  if (const Status pages = ReadAll(*read, path, options, attached.NeedsShownPages(), heartbeat); !pages)
    return Fail(pages.error());
  Digitised digitised;
  digitised.document = std::move(read->document);
  digitised.own_text = read->own_text;
  stage = StageLog(read->source.file);
  digitised.layout = layout::BuildLayout(std::exchange(read->pages, {}), {});
  stage.Done(Counted("dựng bố cục", "layout", digitised.layout.tables.size(), "bảng", "tables"));
  Record record = extract::Extract(digitised.layout, rules);
  stage.Done(Counted("trích xuất", "extraction", record.tasks.size(), "nhiệm vụ", "tasks"));
  record.source = std::move(read->source);
  digitised.rejected = JudgeSignatures(*digitised.document, options, record);
  stage.Done(
      Counted("kiểm tra chữ ký", "signatures judged", record.signatures.size(), "chữ ký", "signatures"));
  SettledRecord settled = SettleRecord(attached, std::move(record));
  stage.Done(Counted("đối chiếu bản ghi đính kèm", "attached record compared", settled.differences.size(),
                     "chỗ khác nhau", "differences"));
  digitised.record = std::move(settled.record);
  digitised.differences = std::move(settled.differences);
  return digitised;
}

}  // namespace vanthu::run
