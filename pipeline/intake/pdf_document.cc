#include "pipeline/intake/pdf_document.h"

#include <Catalog.h>
#include <Error.h>
#include <ErrorCodes.h>
#include <FileSpec.h>
#include <Form.h>
#include <GlobalParams.h>
#include <Object.h>
#include <PDFDoc.h>
#include <Page.h>
#include <SplashOutputDev.h>
#include <Stream.h>
#include <UTF.h>
#include <fmt/format.h>
#include <splash/SplashBitmap.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <vector>

#include "pipeline/base/unicode.h"
#include "pipeline/intake/carried_file.h"
#include "pipeline/intake/letter_drawing.h"
#include "pipeline/intake/page_collector.h"
#include "pipeline/intake/page_reader.h"
#include "pipeline/intake/pdf_text.h"
#include "pipeline/intake/picture_codec.h"
#include "pipeline/intake/word_ink.h"

namespace vanthu::intake {

std::string Utf8Of(const GooString& text) {
  Unicode* codes = nullptr;
  const int count = TextStringToUCS4(text.toStr(), &codes);
  std::u32string out;
  for (int i = 0; i < count; ++i) out.push_back(codes[i]);
  gfree(codes);
  return ToNfc(FromCodePoints(out));
}

namespace {

// Poppler's first complaint since the last call, in its own words: the cause of our Error. Its callback is
// global to the process, a document belongs to one thread.
thread_local std::string first_complaint;

void Complain(ErrorCategory, Goffset, const char* message) {
  constexpr std::size_t kMaxLength = 200;
  if (first_complaint.empty() && message != nullptr)
    first_complaint = std::string(message).substr(0, kMaxLength);
}

// Poppler's globals (fonts, encodings, error callback) live as long as the process.
void StartPoppler() {
  static const GlobalParamsIniter initer(&Complain);
}

Error PdfError(ErrorCode code, const std::string& file, Message message, Message advice) {
  Error error;
  error.code = code;
  error.message = std::move(message);
  error.advice = std::move(advice);
  error.file = file;
  error.cause = first_complaint;
  return error;
}

// The byte forms a password may have been set in: UTF-8 (AES-256), Latin-1 (older), both normal forms.
std::vector<std::string> PasswordForms(const std::string& password) {
  std::vector<std::string> forms = {password};
  const auto add = [&forms](std::string form) {
    if (std::find(forms.begin(), forms.end(), form) == forms.end()) forms.push_back(std::move(form));
  };
  add(ToNfc(password));
  std::string latin;
  bool narrow = true;
  for (const char32_t c : ToCodePoints(ToNfc(password))) {
    narrow = narrow && c < 0x100;
    latin.push_back(static_cast<char>(c));
  }
  if (narrow) add(latin);
  return forms;
}

// Whether a JPEG's samples mean what its own header says in this colour space.
bool IsPlainColour(const Object& space) {
  if (space.isName()) return space.isName("DeviceGray") || space.isName("DeviceRGB");
  if (!space.isArray() || space.arrayGetLength() < 1) return false;
  const Object family = space.arrayGet(0);
  return family.isName("ICCBased") || family.isName("CalRGB") || family.isName("CalGray");
}

std::unique_ptr<PDFDoc> LoadPdf(const std::string& bytes, const std::optional<std::string>& password) {
  auto stream =
      std::make_unique<MemStream>(bytes.data(), 0, static_cast<Goffset>(bytes.size()), Object(objNull));
  std::optional<GooString> word;
  if (password) word.emplace(*password);
  return std::make_unique<PDFDoc>(stream.release(), word, word);  // takes the stream
}

// With the first form of the password that opens it, if it needs one.
std::unique_ptr<PDFDoc> LoadPdfWith(const std::string& bytes, const std::optional<std::string>& password) {
  std::unique_ptr<PDFDoc> pdf = LoadPdf(bytes, std::nullopt);
  if (pdf->isOk() || pdf->getErrorCode() != errEncrypted || !password) return pdf;
  for (const std::string& form : PasswordForms(*password)) {
    pdf = LoadPdf(bytes, form);
    if (pdf->isOk() || pdf->getErrorCode() != errEncrypted) break;
  }
  return pdf;
}

// Stops a drawing that would not end: a page of an office takes some thousand commands and a second.
class DrawingBounds {
 public:
  static bool ShouldAbort(void* bounds) {
    auto* self = static_cast<DrawingBounds*>(bounds);
    self->commands_ += 11;  // Gfx::go asks once in that many
    self->exceeded_ = self->commands_ > kMaxCommands ||
                      std::chrono::steady_clock::now() - self->start_ > std::chrono::seconds(kMaxSeconds);
    return self->exceeded_;
  }
  bool exceeded() const { return exceeded_; }

 private:
  static constexpr std::int64_t kMaxCommands = 2'000'000;  // as PaintLimits::operations
  static constexpr int kMaxSeconds = 120;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::int64_t commands_ = 0;
  bool exceeded_ = false;
};

// Whether a page's content streams decode to more than any page needs. Only suspects are decoded to be
// measured: long ones (deflate shrinks by at most a thousand) and those that went through several filters.
bool ContentTooLong(const Object& contents) {
  constexpr std::int64_t kSuspectBytes = 64 * 1024, kMaxBytes = std::int64_t{64} << 20;
  std::vector<Object> streams;
  if (contents.isStream()) streams.push_back(contents.copy());
  for (int i = 0; contents.isArray() && i < contents.arrayGetLength(); ++i) {
    Object part = contents.arrayGet(i);
    if (part.isStream()) streams.push_back(std::move(part));
  }
  std::int64_t raw = 0;
  bool nested = false;
  for (const Object& stream : streams) {
    raw += stream.getStream()->getBaseStream()->getLength();
    const Object filter = stream.getStream()->getDict()->lookup("Filter");
    nested = nested || (filter.isArray() && filter.arrayGetLength() > 1);
  }
  if (raw <= kSuspectBytes && !nested) return false;
  std::int64_t decoded = 0;
  for (const Object& stream : streams) {
    stream.getStream()->reset();
    std::array<unsigned char, 4096> buffer;
    for (int n; (n = stream.getStream()->doGetChars(buffer.size(), buffer.data())) > 0;)
      if ((decoded += n) > kMaxBytes) return true;
    stream.getStream()->close();
  }
  return false;
}

class PdfDocument final : public Document {
 public:
  PdfDocument(std::string bytes, std::string file, const Options& options)
      : bytes_(std::move(bytes)), file_(std::move(file)), options_(options) {}

  Status Open();
  FileKind kind() const override { return FileKind::kPdf; }
  const std::string& bytes() const override { return bytes_; }
  int page_count() const override { return page_count_; }
  bool is_signed() const override { return signed_until_.has_value(); }
  Result<Page> ReadPage(int index) override;
  Result<Page> ReadShownPage(int index) override;
  Result<Raster> RenderPage(int index, Dpi dpi) override;
  Result<std::optional<PageImage>> SoleImage(int index) override;
  Result<std::vector<Attachment>> Attachments() override;
  std::optional<CarriedFile> FindCarried(const std::string& name) override;

 private:
  Status CheckPage(int index);
  tl::unexpected<Error> TooComplex(int index) const;
  Result<const PageContent*> Content(int index);
  std::optional<std::uint64_t> FindSignature();
  Result<Raster> Draw(int index, double dpi, bool letters_only);

  std::string bytes_;  // outlives pdf_, which reads from it
  std::string file_;
  Options options_;
  std::unique_ptr<PDFDoc> pdf_;
  int page_count_ = 0;
  std::optional<std::uint64_t> signed_until_;  // the end of the shortest signature's byte range
  int content_index_ = -1;
  PageContent content_;
};

Status PdfDocument::Open() {
  StartPoppler();
  first_complaint.clear();
  pdf_ = LoadPdfWith(bytes_, options_.password);
  if (!pdf_->isOk()) {
    if (pdf_->getErrorCode() == errEncrypted)
      return Fail(PdfError(ErrorCode::kPassword, file_,
                           options_.password
                               ? Message{"mật khẩu không đúng", "the password is wrong"}
                               : Message{"tệp được bảo vệ bằng mật khẩu", "the file needs a password"},
                           {"Ghi mật khẩu vào một tệp và dùng --password-file",
                            "Put the password into a file and give it with --password-file"}));
    return Fail(PdfError(ErrorCode::kDamaged, file_, {"tệp PDF bị hỏng", "the PDF is damaged"},
                         {"Xin lại tệp từ nơi gửi hoặc quét lại bản giấy",
                          "Ask the sender for the file again, or scan the paper again"}));
  }
  page_count_ = pdf_->getNumPages();
  if (page_count_ <= 0)
    return Fail(PdfError(ErrorCode::kDamaged, file_, {"tệp PDF không có trang nào", "the PDF has no pages"},
                         {"Kiểm tra lại tệp", "Check the file"}));
  if (page_count_ > options_.limits.max_pages)
    return Fail(PdfError(
        ErrorCode::kLimit, file_,
        {fmt::format("tệp có {} trang, giới hạn là {}", page_count_, options_.limits.max_pages),
         fmt::format("the file has {} pages, the limit is {}", page_count_, options_.limits.max_pages)},
        {"Chia nhỏ tệp hoặc tăng giới hạn số trang", "Split the file or raise the limit of pages"}));
  signed_until_ = FindSignature();
  return {};
}

std::optional<std::uint64_t> PdfDocument::FindSignature() {
  std::optional<std::uint64_t> until;
  for (FormFieldSignature* field : pdf_->getSignatureFields()) {
    Object* dictionary = field != nullptr ? field->getObj() : nullptr;
    if (dictionary == nullptr || !dictionary->isDict()) continue;
    const Object value = dictionary->dictLookup("V");
    if (!value.isDict()) continue;
    const Object range = value.dictLookup("ByteRange");
    if (!range.isArray()) continue;
    // A range that makes no sense covers nothing.
    std::uint64_t end = 0;
    if (range.arrayGetLength() == 4) {
      const Object start = range.arrayGet(2), length = range.arrayGet(3);
      if (start.isIntOrInt64() && length.isIntOrInt64() && start.getIntOrInt64() >= 0 &&
          length.getIntOrInt64() >= 0)
        end = std::min<std::uint64_t>(static_cast<std::uint64_t>(start.getIntOrInt64()) +
                                          static_cast<std::uint64_t>(length.getIntOrInt64()),
                                      bytes_.size());
    }
    until = until ? std::min(*until, end) : end;
  }
  return until;
}

Status PdfDocument::CheckPage(int index) {
  if (index < 0 || index >= page_count_) throw std::logic_error("page index out of range");
  first_complaint.clear();
  ::Page* page = pdf_->getPage(index + 1);
  if (page == nullptr || !page->isOk()) {
    Error error = PdfError(ErrorCode::kDamaged, file_, {"không đọc được trang", "the page cannot be read"},
                           {"Xin lại tệp từ nơi gửi", "Ask the sender for the file again"});
    error.page = index;
    return Fail(std::move(error));
  }
  const double side = std::max(page->getCropWidth(), page->getCropHeight());
  if (!(side <= options_.limits.max_side_pt) || !(page->getCropWidth() > 0) || !(page->getCropHeight() > 0)) {
    constexpr double kCmPerPt = 2.54 / 72;
    Error error = PdfError(
        ErrorCode::kLimit, file_,
        {fmt::format("trang rộng {:.0f} × {:.0f} cm, giới hạn là {:.0f} cm", page->getCropWidth() * kCmPerPt,
                     page->getCropHeight() * kCmPerPt, options_.limits.max_side_pt * kCmPerPt),
         fmt::format("the page measures {:.0f} × {:.0f} cm, the limit is {:.0f} cm",
                     page->getCropWidth() * kCmPerPt, page->getCropHeight() * kCmPerPt,
                     options_.limits.max_side_pt * kCmPerPt)},
        {"In lại tệp ra khổ giấy văn phòng", "Print the file again to an office paper size"});
    error.page = index;
    return Fail(std::move(error));
  }
  return {};
}

tl::unexpected<Error> PdfDocument::TooComplex(int index) const {
  Error error =
      PdfError(ErrorCode::kLimit, file_,
               {"nội dung trang quá lớn để đọc", "the page's content is too large to be read"},
               {"In lại trang thành ảnh hoặc PDF mới", "Print the page anew to a picture or a new PDF"});
  error.page = index;
  return Fail(std::move(error));
}

Result<const PageContent*> PdfDocument::Content(int index) {
  if (index == content_index_) return &content_;
  if (Status checked = CheckPage(index); !checked) return Fail(checked.error());
  if (ContentTooLong(pdf_->getPage(index + 1)->getContents())) return TooComplex(index);
  content_index_ = -1;
  content_ = PageContent();
  PageCollector collector(content_);
  // 72 dpi: device units are points. Annotations are drawn last, as a viewer does.
  pdf_->displayPage(&collector, index + 1, 72, 72, 0, false, true, false, &PageCollector::ShouldAbort,
                    &collector, &PageCollector::BeginAnnotation, &collector);
  content_index_ = index;
  return &content_;
}

Result<Page> PdfDocument::ReadPage(int index) {
  const Result<const PageContent*> content = Content(index);
  if (!content) return Fail(content.error());
  return ReadContent(**content, index);
}

Result<Raster> PdfDocument::RenderPage(int index, Dpi dpi) {
  // Reading first costs a hundredth of drawing, and tells how large the pictures are before one is decoded.
  const Result<const PageContent*> content = Content(index);
  if (!content) return Fail(content.error());
  constexpr int kLayers =
      8;  // scanners that separate ink from paper paint several pictures as large as the page
  if ((*content)->image_pixels > kLayers * options_.limits.max_pixels) return TooComplex(index);
  const ::Page* page = pdf_->getPage(index + 1);
  const double wide_in = page->getCropWidth() / 72, high_in = page->getCropHeight() / 72;
  // Poppler rounds both sides up: hence the pixel more.
  const auto fits = [&](double used) {
    return (wide_in * used + 1) * (high_in * used + 1) <= static_cast<double>(options_.limits.max_pixels);
  };
  double used = std::max(dpi.value, 1.0);
  if (!fits(used)) used = std::sqrt(static_cast<double>(options_.limits.max_pixels) / (wide_in * high_in));
  constexpr double kStep = 0.995;
  while (used > 1 && !fits(used)) used *= kStep;
  return Draw(index, used, false);
}

// RGB, or the letters alone in grey.
Result<Raster> PdfDocument::Draw(int index, double dpi, bool letters_only) {
  SplashColor paper = {0xFF, 0xFF, 0xFF};
  const std::unique_ptr<SplashOutputDev> splash =
      letters_only ? std::make_unique<LetterDrawing>(splashModeMono8, 1, false, paper, true)
                   : std::make_unique<SplashOutputDev>(splashModeRGB8, 1, false, paper, true);
  splash->setFontAntialias(true);
  splash->setVectorAntialias(true);
  splash->startDoc(pdf_.get());
  DrawingBounds bounds;
  pdf_->displayPage(splash.get(), index + 1, dpi, dpi, 0, false, true, false, &DrawingBounds::ShouldAbort,
                    &bounds);
  if (bounds.exceeded()) return TooComplex(index);
  const SplashBitmap* bitmap = splash->getBitmap();
  if (bitmap == nullptr || bitmap->getDataPtr() == nullptr || bitmap->getWidth() <= 0 ||
      bitmap->getHeight() <= 0) {
    Error error =
        PdfError(ErrorCode::kDamaged, file_, {"không dựng được hình của trang", "the page cannot be drawn"},
                 {"Xin lại tệp từ nơi gửi", "Ask the sender for the file again"});
    error.page = index;
    return Fail(std::move(error));
  }
  Raster raster;
  raster.width_px = bitmap->getWidth();
  raster.height_px = bitmap->getHeight();
  raster.channels = letters_only ? 1 : 3;
  raster.dpi = {dpi};
  const std::size_t row =
      static_cast<std::size_t>(raster.width_px) * static_cast<std::size_t>(raster.channels);
  raster.pixels.resize(row * static_cast<std::size_t>(raster.height_px));
  for (int y = 0; y < raster.height_px; ++y) {
    const unsigned char* from = bitmap->getDataPtr() + static_cast<std::ptrdiff_t>(y) * bitmap->getRowSize();
    std::copy(from, from + row, raster.row(y));
  }
  return raster;
}

Result<Page> PdfDocument::ReadShownPage(int index) {
  Result<Page> page = ReadPage(index);
  if (!page || page->words.empty()) return page;
  constexpr double kInkDpi = 150;  // a full stop of 11 pt takes 5 pixels
  const Result<Raster> drawn = RenderPage(index, Dpi{kInkDpi});
  if (!drawn) return Fail(drawn.error());
  const Result<Raster> letters = Draw(index, drawn->dpi.value, true);
  if (!letters) return Fail(letters.error());
  std::vector<Box> boxes;
  for (const Word& word : page->words) boxes.push_back(page->to_source.Map(word.box));
  const std::vector<bool> shown = ShowsInk(*drawn, *letters, boxes);
  std::vector<Word> seen;
  for (std::size_t i = 0; i < shown.size(); ++i)
    if (shown[i]) seen.push_back(std::move(page->words[i]));
  const std::size_t hidden = page->words.size() - seen.size();
  page->words = std::move(seen);
  if (hidden > 0)
    page->findings.push_back(
        {Severity::kWarning, "intake.words.hidden",
         fmt::format("{} từ có trong tệp mà không thấy trên trang (chữ trắng, bị che); không được đọc",
                     hidden),
         index});
  return page;
}

Result<std::optional<PageImage>> PdfDocument::SoleImage(int index) {
  const Result<const PageContent*> read = Content(index);
  if (!read) return Fail(read.error());
  const PageContent& content = **read;
  std::optional<PageImage> none;
  // Nothing visible but one JPEG; annotations lie over the page and are kept as they are.
  const auto own = [](const auto& item) { return item.annotation < 0; };
  if (std::any_of(content.glyphs.begin(), content.glyphs.end(), own) || !content.edges.empty()) return none;
  if (std::count_if(content.images.begin(), content.images.end(), own) != 1) return none;
  const PaintedImage& image = *std::find_if(content.images.begin(), content.images.end(), own);
  const double page_area = content.width_pt * content.height_pt;
  if (!image.jpeg || image.masked || image.object_number < 0 || image.box.area() < 0.95 * page_area)
    return none;
  const Object object = pdf_->getXRef()->fetch(image.object_number, image.object_generation);
  if (!object.isStream()) return none;
  Stream* stream = object.getStream();
  Dict* dictionary = stream->getDict();
  // A decode array or a soft mask would change what the bare JPEG shows.
  if (!dictionary->lookup("Decode").isNull() || !dictionary->lookup("SMask").isNull() ||
      !dictionary->lookup("Mask").isNull())
    return none;
  if (!IsPlainColour(dictionary->lookup("ColorSpace"))) return none;
  Object filter = dictionary->lookup("Filter");
  if (filter.isArray() && filter.arrayGetLength() == 1) filter = filter.arrayGet(0);
  if (!filter.isName("DCTDecode") && !filter.isName("DCT")) return none;
  if (Object parameters = dictionary->lookup("DecodeParms"); !parameters.isNull() && !parameters.isArray()) {
    if (parameters.isDict() && parameters.getDict()->getLength() > 0) return none;
  }
  PageImage out;
  Stream* raw = stream->getUndecodedStream();
  raw->reset();
  for (int c = raw->getChar(); c != EOF && out.jpeg.size() <= bytes_.size(); c = raw->getChar())
    out.jpeg.push_back(static_cast<char>(c));
  raw->close();
  const Result<PictureInfo> info = InspectJpeg(out.jpeg);
  if (!info || (info->components != 1 && info->components != 3) || info->width_px != image.width_px ||
      info->height_px != image.height_px)
    return none;
  out.width_px = info->width_px;
  out.height_px = info->height_px;
  out.components = info->components;
  out.image_to_page = image.unit_to_page;
  return std::optional<PageImage>(std::move(out));
}

Result<std::vector<Attachment>> PdfDocument::Attachments() {
  std::vector<Attachment> out;
  constexpr int kMaxAttachments = 1000;
  Catalog* catalog = pdf_->getCatalog();
  std::uint64_t total = 0;
  const int count = std::min(catalog->numEmbeddedFiles(), kMaxAttachments);
  for (int i = 0; i < count; ++i) {
    const std::unique_ptr<FileSpec> spec = catalog->embeddedFile(i);
    if (!spec || !spec->isOk() || spec->getFileName() == nullptr) continue;
    EmbFile* file = spec->getEmbeddedFile();
    if (file == nullptr || !file->isOk()) continue;
    Attachment attachment;
    attachment.name = Utf8Of(*spec->getFileName());
    Stream* stream = file->stream();
    stream->reset();
    for (int c = stream->getChar(); c != EOF; c = stream->getChar()) {
      attachment.bytes.push_back(static_cast<char>(c));
      if (++total > options_.limits.max_bytes)
        return Fail(PdfError(ErrorCode::kLimit, file_,
                             {"tệp đính kèm quá lớn", "the attached files are too large"},
                             {"Tăng giới hạn dung lượng", "Raise the limit of bytes"}));
    }
    stream->close();
    out.push_back(std::move(attachment));
  }
  return out;
}

std::optional<CarriedFile> PdfDocument::FindCarried(const std::string& name) {
  first_complaint.clear();
  std::optional<CarriedFile> now = FindCarriedIn(*pdf_, name, options_.limits.max_carried_bytes);
  if (!now || now->state != CarriedFile::State::kWhole) return now;
  // Read from the revision's bytes alone, so that nothing an update says of offsets, lengths or filters
  // counts.
  const std::uint64_t until = signed_until_.value_or(FirstRevisionBytes(bytes_));
  if (until >= bytes_.size()) return now;
  const std::string revision = bytes_.substr(0, until);
  const std::unique_ptr<PDFDoc> first = LoadPdfWith(revision, options_.password);
  if (first->isOk()) {
    const auto then = FindCarriedIn(*first, name, options_.limits.max_carried_bytes);
    if (then && then->state == CarriedFile::State::kWhole && then->bytes == now->bytes) return now;
  }
  return CarriedFile{CarriedFile::State::kLater, {}};
}

}  // namespace

Result<std::unique_ptr<Document>> OpenPdf(std::string bytes, const std::string& file,
                                          const Options& options) {
  auto document = std::make_unique<PdfDocument>(std::move(bytes), file, options);
  if (Status opened = document->Open(); !opened) return Fail(opened.error());
  return std::unique_ptr<Document>(std::move(document));
}

}  // namespace vanthu::intake
