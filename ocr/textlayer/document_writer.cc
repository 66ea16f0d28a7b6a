#include "ocr/textlayer/document_writer.h"

#include <podofo/podofo.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

#include <fmt/format.h>

#include "ocr/textlayer/invisible_text.h"
#include "ocr/textlayer/metadata.h"
#include "ocr/textlayer/podofo_parts.h"
#include "pipeline/base/file.h"
#include "pipeline/base/unicode.h"

namespace vanthu::ocr {
namespace {

using PoDoFo::PdfArray;
using PoDoFo::PdfName;
using PoDoFo::PdfObject;
using PoDoFo::PdfReference;
using PoDoFo::PdfString;

Error MissingResource(Message message, Message advice, std::string cause) {
  Error error;
  error.code = ErrorCode::kMissingResource;
  error.message = std::move(message);
  error.advice = std::move(advice);
  error.cause = std::move(cause);
  return error;
}

// Tesseract's own: two glyphs without an outline that is ever drawn, 572 bytes.
Result<std::string> ReadFont() {
  std::filesystem::path folder = "/usr/share/tesseract-ocr/5/tessdata";
  if (const char* prefix = std::getenv("TESSDATA_PREFIX"); prefix != nullptr)
    if (std::error_code ignored; std::filesystem::exists(std::filesystem::path(prefix) / "pdf.ttf", ignored))
      folder = prefix;
  constexpr std::uint64_t kMostBytes = 100'000;
  Result<std::string> font = ReadFile(folder / "pdf.ttf", kMostBytes);
  if (!font)
    return Fail(
        MissingResource({"thiếu phông chữ của lớp văn bản ẩn", "the font of the invisible text is missing"},
                        {"Cài gói libtesseract5", "Install the package libtesseract5"},
                        Describe(font.error(), Language::kEnglish)));
  return font;
}

PdfArray Numbers(std::initializer_list<double> values) {
  PdfArray out;
  for (const double value : values) out.push_back(PdfObject(value));
  return out;
}

class PodofoWriter final : public DocumentWriter {
 public:
  explicit PodofoWriter(std::streambuf& out) : stream_(&out), device_(&stream_) {}
  ~PodofoWriter() override = default;

  Status Open(const ArchiveInfo& info, const std::string& font, const std::string& profile);
  Status AddPage(double width_pt, double height_pt, const Picture& picture, const std::vector<Word>& words,
                 const Affine& to_source) override;
  Status Finish() override;

 private:
  PdfObject* Add(const char* type) {
    return type != nullptr ? objects_.CreateObject(type) : objects_.CreateObject();
  }
  PdfReference AddImage(const Picture& picture);
  void AddFont();

  std::ostream stream_;
  PoDoFo::PdfOutputDevice device_;
  PoDoFo::PdfVecObjects objects_;  // outlives writer_, which unregisters from it
  PdfObject trailer_;
  std::unique_ptr<PoDoFo::PdfImmediateWriter> writer_;
  PdfObject* catalog_ = nullptr;  // owned by objects_, as are the next
  PdfObject* pages_ = nullptr;
  PdfObject* font_ = nullptr;
  std::string font_bytes_;
  PdfArray kids_;
  CodeTable codes_;
};

Status PodofoWriter::Open(const ArchiveInfo& info, const std::string& font, const std::string& profile) {
  try {
    font_bytes_ = font;
    objects_.SetAutoDelete(true);
    catalog_ = Add("Catalog");
    pages_ = Add("Pages");
    font_ = Add("Font");
    catalog_->GetDictionary().AddKey("Pages", pages_->Reference());
    trailer_.GetDictionary().AddKey("Root", catalog_->Reference());
    AddInfo(objects_, trailer_,
            info);  // before the writer begins: it makes /ID of what /Info says, or else of the clock
    writer_ = std::make_unique<PoDoFo::PdfImmediateWriter>(
        &device_, &objects_, &trailer_, PoDoFo::ePdfVersion_1_7, nullptr,
        PoDoFo::ePdfWriteMode_Clean);  // "obj" is followed by a line end: ISO 19005-2, 6.1.9
    AddMetadata(objects_, *catalog_, info);
    AddOutputIntent(objects_, *catalog_, profile);
    return {};
  } catch (const PoDoFo::PdfError& failure) {
    return Fail(PodofoError(failure));
  }
}

PdfReference PodofoWriter::AddImage(const Picture& picture) {
  PdfObject* image = Add("XObject");
  PoDoFo::PdfDictionary& entries = image->GetDictionary();
  const auto integer = [](int value) { return PdfObject(static_cast<PoDoFo::pdf_int64>(value)); };
  entries.AddKey("Subtype", PdfName("Image"));
  entries.AddKey("Width", integer(picture.width_px));
  entries.AddKey("Height", integer(picture.height_px));
  entries.AddKey("ColorSpace", PdfName(picture.components == 3 ? "DeviceRGB" : "DeviceGray"));
  entries.AddKey("BitsPerComponent", integer(picture.bits));
  PoDoFo::PdfDictionary parameters;
  if (picture.filter == PictureFilter::kCcitt) {
    entries.AddKey("Filter", PdfName("CCITTFaxDecode"));
    parameters.AddKey("K", integer(-1));
    parameters.AddKey("Columns", integer(picture.width_px));
    parameters.AddKey("Rows", integer(picture.height_px));
    parameters.AddKey("EndOfBlock", PdfObject(true));
  } else {
    entries.AddKey("Filter", PdfName("DCTDecode"));
    if (picture.plain_rgb) parameters.AddKey("ColorTransform", integer(0));
  }
  if (!parameters.GetKeys().empty()) entries.AddKey("DecodeParms", parameters);
  return SetRaw(image, picture.bytes);
}

Status PodofoWriter::AddPage(double width_pt, double height_pt, const Picture& picture,
                             const std::vector<Word>& words, const Affine& to_source) {
  try {
    const PdfReference image = AddImage(picture);
    // PDF's unit square has y up: flip it, place it, flip the page.
    const Affine place = Affine{1, 0, 0, -1, 0, 1}.Then(picture.to_page).Then({1, 0, 0, -1, 0, height_pt});
    std::string content = fmt::format("q\n{:.4f} {:.4f} {:.4f} {:.4f} {:.4f} {:.4f} cm\n/Im0 Do\nQ\n",
                                      place.a, place.b, place.c, place.d, place.e, place.f);
    content += InvisibleText(words, to_source, height_pt, codes_);
    const PdfReference contents = SetCompressed(Add(nullptr), content);

    PoDoFo::PdfDictionary images, fonts, resources;
    images.AddKey("Im0", image);
    fonts.AddKey("F0", font_->Reference());
    resources.AddKey("XObject", images);
    resources.AddKey("Font", fonts);
    PdfObject* page = Add("Page");
    page->GetDictionary().AddKey("Parent", pages_->Reference());
    page->GetDictionary().AddKey("MediaBox", Numbers({0, 0, width_pt, height_pt}));
    page->GetDictionary().AddKey("Resources", resources);
    page->GetDictionary().AddKey("Contents", contents);
    kids_.push_back(page->Reference());
    return Written(stream_);
  } catch (const PoDoFo::PdfError& failure) {
    return Fail(PodofoError(failure));
  }
}

// A composite font whose every code is glyph 1: any character may be shown without .notdef, which PDF/A
// forbids even where the text is invisible (ISO 19005-2, 6.2.11.8), and each has the font program's own width
// (6.2.11.5).
void PodofoWriter::AddFont() {
  const auto integer = [](int value) { return PdfObject(static_cast<PoDoFo::pdf_int64>(value)); };
  PdfObject* program = Add(nullptr);
  program->GetDictionary().AddKey("Length1", integer(static_cast<int>(font_bytes_.size())));
  const PdfReference font_file = SetCompressed(program, font_bytes_);

  std::string map(2 * (static_cast<std::size_t>(codes_.size()) + 1), '\0');
  for (std::size_t i = 1; i < map.size(); i += 2) map[i] = 1;
  const PdfReference glyphs = SetCompressed(Add(nullptr), map);

  PdfObject* descriptor = Add("FontDescriptor");
  PoDoFo::PdfDictionary& measures = descriptor->GetDictionary();
  measures.AddKey("FontName", PdfName("GlyphLessFont"));
  measures.AddKey("FontBBox", Numbers({0, static_cast<double>(kDescent), static_cast<double>(kAdvance),
                                       static_cast<double>(kAscent)}));
  measures.AddKey("Flags", integer(5));  // fixed pitch, symbolic
  measures.AddKey("ItalicAngle", integer(0));
  measures.AddKey("Ascent", integer(kAscent));
  measures.AddKey("Descent", integer(kDescent));
  measures.AddKey("CapHeight", integer(kAscent));
  measures.AddKey("StemV", integer(80));
  measures.AddKey("FontFile2", font_file);

  PdfObject* descendant = Add("Font");
  PoDoFo::PdfDictionary system;
  system.AddKey("Registry", PdfString("Adobe"));
  system.AddKey("Ordering", PdfString("Identity"));
  system.AddKey("Supplement", integer(0));
  PoDoFo::PdfDictionary& cid = descendant->GetDictionary();
  cid.AddKey("Subtype", PdfName("CIDFontType2"));
  cid.AddKey("BaseFont", PdfName("GlyphLessFont"));
  cid.AddKey("CIDSystemInfo", system);
  cid.AddKey("CIDToGIDMap", glyphs);
  cid.AddKey("DW", integer(kAdvance));
  cid.AddKey("FontDescriptor", descriptor->Reference());

  const PdfReference unicode = SetCompressed(Add(nullptr), codes_.ToUnicode());
  PdfArray descendants;
  descendants.push_back(descendant->Reference());
  PoDoFo::PdfDictionary& font = font_->GetDictionary();
  font.AddKey("Subtype", PdfName("Type0"));
  font.AddKey("BaseFont", PdfName("GlyphLessFont"));
  font.AddKey("Encoding", PdfName("Identity-H"));
  font.AddKey("DescendantFonts", descendants);
  font.AddKey("ToUnicode", unicode);
}

Status PodofoWriter::Finish() {
  try {
    AddFont();
    pages_->GetDictionary().AddKey("Count", PdfObject(static_cast<PoDoFo::pdf_int64>(kids_.size())));
    pages_->GetDictionary().AddKey("Kids", kids_);
    objects_.Finish();  // tells the writer
    return Written(stream_.flush());
  } catch (const PoDoFo::PdfError& failure) {
    return Fail(PodofoError(failure));
  }
}

}  // namespace

Result<std::unique_ptr<DocumentWriter>> DocumentWriter::Begin(const ArchiveInfo& info, std::streambuf& out) {
  const Result<std::string> font = ReadFont();
  if (!font) return Fail(font.error());
  const Result<std::string> profile = ReadProfile();
  if (!profile) return Fail(profile.error());
  PoDoFo::PdfError::EnableDebug(false);
  auto writer = std::make_unique<PodofoWriter>(out);
  if (Status opened = writer->Open(info, *font, *profile); !opened) return Fail(opened.error());
  return writer;
}

}  // namespace vanthu::ocr
