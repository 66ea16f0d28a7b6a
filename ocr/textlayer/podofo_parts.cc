#include "ocr/textlayer/podofo_parts.h"

#include "ocr/textlayer/metadata.h"
#include "pipeline/base/srgb_profile.h"

namespace vanthu::ocr {

using PoDoFo::PdfArray;
using PoDoFo::PdfName;
using PoDoFo::PdfObject;
using PoDoFo::PdfReference;
using PoDoFo::PdfString;

Error PodofoError(const PoDoFo::PdfError& failure) {
  Error error;
  error.message = {"không ghi được bản lưu trữ PDF", "the archive PDF cannot be written"};
  const char* name = PoDoFo::PdfError::ErrorName(failure.GetError());
  error.cause = name != nullptr ? name : "PoDoFo";
  return error;
}

Status Written(const std::ostream& stream) {
  if (stream.good()) return {};
  Error error;
  error.code = ErrorCode::kWrite;
  error.message = {"không ghi được bản lưu trữ PDF", "the archive PDF cannot be written"};
  error.advice = {"Kiểm tra dung lượng đĩa", "Check the space on the disk"};
  return Fail(std::move(error));
}

Result<std::string> ReadProfile() {
  static const std::string profile = SrgbProfile();
  if (!profile.empty()) return profile;
  Error error;
  error.code = ErrorCode::kMissingResource;
  error.message = {"không tạo được hồ sơ màu sRGB", "the sRGB colour profile cannot be made"};
  error.advice = {"Cài lại gói liblcms2-2", "Install the package liblcms2-2 again"};
  error.cause = "lcms2";
  return Fail(std::move(error));
}

PdfReference SetRaw(PdfObject* object, const std::string& bytes) {
  const PdfReference reference = object->Reference();
  PoDoFo::PdfMemoryInputStream input(bytes.data(), static_cast<PoDoFo::pdf_long>(bytes.size()));
  object->GetStream()->SetRawData(&input, static_cast<PoDoFo::pdf_long>(bytes.size()));
  return reference;
}

PdfReference SetCompressed(PdfObject* object, const std::string& bytes) {
  const PdfReference reference = object->Reference();
  object->GetStream()->Set(bytes.data(), static_cast<PoDoFo::pdf_long>(bytes.size()),
                           {PoDoFo::ePdfFilter_FlateDecode});
  return reference;
}

void AddInfo(PoDoFo::PdfVecObjects& objects, PdfObject& trailer, const ArchiveInfo& info) {
  PdfObject* object = objects.CreateObject();
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
  trailer.GetDictionary().AddKey("Info", object->Reference());
}

void AddMetadata(PoDoFo::PdfVecObjects& objects, PdfObject& catalog, const ArchiveInfo& info) {
  PdfObject* metadata = objects.CreateObject("Metadata");
  metadata->GetDictionary().AddKey("Subtype", PdfName("XML"));
  const PdfReference packet = SetRaw(metadata, XmpPacket(info));
  PoDoFo::PdfDictionary& entries = catalog.GetDictionary();
  entries.AddKey("Metadata", packet);
  if (!entries.HasKey("Lang")) entries.AddKey("Lang", PdfString("vi"));
  if (!info.title.empty() && !entries.HasKey("ViewerPreferences")) {
    PoDoFo::PdfDictionary preferences;
    preferences.AddKey("DisplayDocTitle", PdfObject(true));
    entries.AddKey("ViewerPreferences", preferences);
  }
}

void AddOutputIntent(PoDoFo::PdfVecObjects& objects, PdfObject& catalog, const std::string& profile) {
  PdfObject* stream = objects.CreateObject();
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
  catalog.GetDictionary().AddKey("OutputIntents", intents);
}

}  // namespace vanthu::ocr
