#include "ocr/textlayer/document_writer.h"

#include <podofo/podofo.h>

#include <algorithm>
#include <cstdlib>
#include <ostream>
#include <streambuf>
#include <vector>

#include <fmt/format.h>

#include "ocr/textlayer/invisible_text.h"
#include "ocr/textlayer/metadata.h"
#include "pipeline/base/file.h"
#include "pipeline/base/srgb_profile.h"
#include "pipeline/base/unicode.h"

namespace vanthu::ocr {
namespace {

using PoDoFo::PdfArray;
using PoDoFo::PdfName;
using PoDoFo::PdfObject;
using PoDoFo::PdfReference;
using PoDoFo::PdfString;

// What PoDoFo writes, as a string. It asks where it stands and seeks there, so a position is kept.
class StringBuffer : public std::streambuf {
 public:
  std::string bytes;

 protected:
  std::streamsize xsputn(const char* data, std::streamsize size) override {
    const auto length = static_cast<std::size_t>(size);
    const std::size_t over = std::min(length, bytes.size() - at_);  // only where it sought back
    std::copy(data, data + over, bytes.begin() + static_cast<std::ptrdiff_t>(at_));
    bytes.append(data + over, length - over);
    at_ += length;
    return size;
  }
  int_type overflow(int_type c) override {
    if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
    const char byte = traits_type::to_char_type(c);
    xsputn(&byte, 1);
    return c;
  }
  pos_type seekoff(off_type offset, std::ios_base::seekdir from, std::ios_base::openmode which) override {
    const std::size_t base = from == std::ios_base::beg ? 0 : from == std::ios_base::cur ? at_ : bytes.size();
    return seekpos(static_cast<off_type>(base) + offset, which);
  }
  pos_type seekpos(pos_type to, std::ios_base::openmode) override {
    const auto offset = static_cast<off_type>(to);
    if (offset < 0 || static_cast<std::size_t>(offset) > bytes.size()) return pos_type(off_type(-1));
    at_ = static_cast<std::size_t>(offset);
    return to;
  }

 private:
  std::size_t at_ = 0;  // <= bytes.size()
};

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

Error PodofoError(const PoDoFo::PdfError& failure) {
  Error error;
  error.message = {"không ghi được bản lưu trữ PDF", "the archive PDF cannot be written"};
  const char* name = PoDoFo::PdfError::ErrorName(failure.GetError());
  error.cause = name != nullptr ? name : "PoDoFo";
  return error;
}

PdfArray Numbers(std::initializer_list<double> values) {
  PdfArray out;
  for (const double value : values) out.push_back(PdfObject(value));
  return out;
}

class PodofoWriter final : public DocumentWriter {
 public:
  PodofoWriter(int page_count) : page_count_(page_count), stream_(&buffer_), device_(&stream_) {}
  ~PodofoWriter() override = default;

  Status Open(const ArchiveInfo& info, const std::string& font, const std::string& profile);
  Status AddPage(double width_pt, double height_pt, const Picture& picture, const std::vector<Word>& words,
                 const Affine& to_source) override;
  Result<std::string> Finish() override;

 private:
  PdfObject* Add(const char* type) {
    return type != nullptr ? objects_.CreateObject(type) : objects_.CreateObject();
  }
  void AddInfo(const ArchiveInfo& info);
  void AddMetadata(const ArchiveInfo& info);
  void AddOutputIntent(const std::string& profile);
  PdfReference AddImage(const Picture& picture);
  void AddFont();
  // The writer deletes an object with a stream as soon as the next one begins, so these hand out references
  // only. Raw: the stream as it is, whose /Filter is in the dictionary already, or which has none.
  static PdfReference SetRaw(PdfObject* object, const std::string& bytes) {
    const PdfReference reference = object->Reference();
    PoDoFo::PdfMemoryInputStream input(bytes.data(), static_cast<PoDoFo::pdf_long>(bytes.size()));
    object->GetStream()->SetRawData(&input, static_cast<PoDoFo::pdf_long>(bytes.size()));
    return reference;
  }
  static PdfReference SetCompressed(PdfObject* object, const std::string& bytes) {
    const PdfReference reference = object->Reference();
    object->GetStream()->Set(bytes.data(), static_cast<PoDoFo::pdf_long>(bytes.size()),
                             {PoDoFo::ePdfFilter_FlateDecode});
    return reference;
  }
  // Grows the string in few steps: doubling 200 MB would hold 600 MB for a moment.
  void Reserve() {
    const std::size_t each = buffer_.bytes.size() / static_cast<std::size_t>(pages_done_) + 1;
    const std::size_t whole = each * static_cast<std::size_t>(page_count_) + each + (1 << 16);
    if (buffer_.bytes.capacity() < whole) buffer_.bytes.reserve(whole);
  }

  int page_count_;
  int pages_done_ = 0;
  StringBuffer buffer_;
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
    AddInfo(info);  // before the writer begins: it makes /ID of what /Info says, or else of the clock
    writer_ = std::make_unique<PoDoFo::PdfImmediateWriter>(
        &device_, &objects_, &trailer_, PoDoFo::ePdfVersion_1_7, nullptr,
        PoDoFo::ePdfWriteMode_Clean);  // "obj" is followed by a line end: ISO 19005-2, 6.1.9
    AddMetadata(info);
    AddOutputIntent(profile);
    return {};
  } catch (const PoDoFo::PdfError& failure) {
    return Fail(PodofoError(failure));
  }
}

void PodofoWriter::AddInfo(const ArchiveInfo& info) {
  PdfObject* object = Add(nullptr);
  PoDoFo::PdfDictionary& entries = object->GetDictionary();
  const auto text = [](const std::string& value) {
    return PdfString(reinterpret_cast<const PoDoFo::pdf_utf8*>(value.c_str()));
  };
  if (!info.title.empty()) entries.AddKey("Title", text(info.title));
  entries.AddKey("Producer", PdfString(kProducer));
  entries.AddKey("Creator", PdfString(kProducer));
  if (!info.document_id.empty()) entries.AddKey("Source", text("sha256:" + info.document_id));
  if (const std::optional<std::string> date = PdfDateOf(info.created_iso)) {
    entries.AddKey("CreationDate", PdfString(*date));
    entries.AddKey("ModDate", PdfString(*date));
  }
  trailer_.GetDictionary().AddKey("Info", object->Reference());
}

void PodofoWriter::AddMetadata(const ArchiveInfo& info) {
  PdfObject* metadata = Add("Metadata");
  metadata->GetDictionary().AddKey("Subtype", PdfName("XML"));
  const PdfReference packet = SetRaw(metadata, XmpPacket(info));
  PoDoFo::PdfDictionary& catalog = catalog_->GetDictionary();
  catalog.AddKey("Metadata", packet);
  catalog.AddKey("Lang", PdfString("vi"));
  if (!info.title.empty()) {
    PoDoFo::PdfDictionary preferences;
    preferences.AddKey("DisplayDocTitle", PdfObject(true));
    catalog.AddKey("ViewerPreferences", preferences);
  }
}

void PodofoWriter::AddOutputIntent(const std::string& profile) {
  PdfObject* stream = Add(nullptr);
  stream->GetDictionary().AddKey("N", PdfObject(static_cast<PoDoFo::pdf_int64>(3)));
  const PdfReference destination = SetCompressed(stream, profile);
  PoDoFo::PdfDictionary intent;
  intent.AddKey("Type", PdfName("OutputIntent"));
  intent.AddKey("S", PdfName("GTS_PDFA1"));
  intent.AddKey("OutputConditionIdentifier", PdfString("sRGB IEC61966-2.1"));
  intent.AddKey("Info", PdfString("sRGB IEC61966-2.1"));
  intent.AddKey("DestOutputProfile", destination);
  PdfArray intents;
  intents.push_back(intent);
  catalog_->GetDictionary().AddKey("OutputIntents", intents);
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
    ++pages_done_;
    Reserve();
    return {};
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

Result<std::string> PodofoWriter::Finish() {
  try {
    AddFont();
    pages_->GetDictionary().AddKey("Count", PdfObject(static_cast<PoDoFo::pdf_int64>(kids_.size())));
    pages_->GetDictionary().AddKey("Kids", kids_);
    objects_.Finish();  // tells the writer
    stream_.flush();
    return std::move(buffer_.bytes);
  } catch (const PoDoFo::PdfError& failure) {
    return Fail(PodofoError(failure));
  }
}

}  // namespace

Result<std::unique_ptr<DocumentWriter>> DocumentWriter::Begin(const ArchiveInfo& info, int page_count) {
  const Result<std::string> font = ReadFont();
  if (!font) return Fail(font.error());
  static const std::string profile = SrgbProfile();
  if (profile.empty())
    return Fail(MissingResource({"không tạo được hồ sơ màu sRGB", "the sRGB colour profile cannot be made"},
                                {"Cài lại gói liblcms2-2", "Install the package liblcms2-2 again"}, "lcms2"));
  PoDoFo::PdfError::EnableDebug(false);
  auto writer = std::make_unique<PodofoWriter>(page_count);
  if (Status opened = writer->Open(info, *font, profile); !opened) return Fail(opened.error());
  return writer;
}

}  // namespace vanthu::ocr
