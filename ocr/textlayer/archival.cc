#include "ocr/textlayer/archival.h"

#include <exception>

#include <fmt/format.h>

#include "ocr/textlayer/archival_check.h"
#include "ocr/textlayer/metadata.h"
#include "ocr/textlayer/podofo_parts.h"
#include "pipeline/base/unicode.h"

namespace vanthu::ocr {
namespace {

using PoDoFo::PdfDictionary;
using PoDoFo::PdfName;
using PoDoFo::PdfObject;

Error Refused(ErrorCode code, Message message, std::string cause) {
  Error error;
  error.code = code;
  error.message = std::move(message);
  error.cause = std::move(cause);
  return error;
}

Error Unreadable(std::string cause) {
  return Refused(ErrorCode::kDamaged,
                 {"không đọc được cấu trúc của tệp PDF", "the PDF's structure cannot be read"},
                 std::move(cause));
}

// PoDoFo holds the whole file: measured, one of 181 MB needs 908 MB, and a worker may have 1 GiB.
constexpr std::size_t kMostBytes = 192U << 20;

Error NotAccepted(const std::set<std::string>& reasons) {
  std::string cause;
  for (const std::string& reason : reasons) cause += (cause.empty() ? "" : "; ") + reason;
  return Refused(ErrorCode::kNotAccepted,
                 {"tệp không thể thành PDF/A-2b mà giữ nguyên nội dung",
                  "the file cannot become PDF/A-2b with its contents kept"},
                 std::move(cause));
}

std::string NameOf(const PdfDictionary& entries, const char* key) {
  const PdfObject* value = entries.GetKey(PdfName(key));
  return value != nullptr && value->IsName() ? value->GetName().GetName() : std::string();
}

// What may be put in order without changing what a reader sees.
void Repair(PdfObject& object) {
  PdfDictionary& entries = object.GetDictionary();
  const std::string type = NameOf(entries, "Type");
  const std::string kind = NameOf(entries, "Subtype");
  if (entries.HasKey("Metadata"))
    entries.RemoveKey("Metadata");  // foreign packets need extension schemas (6.6.2.3)
  if (kind == "Image" && entries.HasKey("Interpolate")) entries.RemoveKey("Interpolate");  // 6.2.8
  if (type == "FontDescriptor") {  // optional in part 2, and wrong in many files (6.2.11.4.2)
    entries.RemoveKey("CIDSet");
    entries.RemoveKey("CharSet");
  }
  if (kind == "CIDFontType2" && !entries.HasKey("CIDToGIDMap"))
    entries.AddKey("CIDToGIDMap", PdfName("Identity"));
  if (entries.HasKey("Rect") && kind != "Popup" && !kind.empty()) {
    // 6.3.2: Print set; the hiding flags of a link hide nothing.
    const PdfObject* flags = entries.GetKey("F");
    const PoDoFo::pdf_int64 kept =
        flags != nullptr && flags->IsNumber() ? flags->GetNumber() & ~(1 | 2 | 32 | 256) : 0;
    entries.AddKey("F", PdfObject(kept | 4));
  }
}

// Objects that nothing refers to any more: older revisions, cross-reference streams, the old /Info.
void RemoveUnreached(PoDoFo::PdfVecObjects& objects, const std::set<PoDoFo::PdfReference>& reached) {
  std::vector<PoDoFo::PdfReference> unreached;
  for (const PdfObject* object : objects)
    if (reached.count(object->Reference()) == 0) unreached.push_back(object->Reference());
  for (const PoDoFo::PdfReference& reference : unreached) delete objects.RemoveObject(reference, false);
}

Status WriteOut(PoDoFo::PdfVecObjects& objects, const PdfObject& trailer, std::streambuf& out) {
  std::ostream stream(&out);
  PoDoFo::PdfOutputDevice device(&stream);
  PoDoFo::PdfWriter writer(&objects, &trailer);
  writer.SetPdfVersion(PoDoFo::ePdfVersion_1_7);
  writer.SetWriteMode(PoDoFo::ePdfWriteMode_Clean);
  writer.Write(&device);
  return Written(stream.flush());
}

Status Convert(const std::string& original, const ArchiveInfo& info, const std::string& profile,
               std::streambuf& out) {
  PoDoFo::PdfVecObjects objects;
  objects.SetAutoDelete(true);
  PoDoFo::PdfParser parser(&objects);
  // Not on demand: the parser, and with it the input, need not live on.
  parser.ParseFile(original.data(), static_cast<long>(original.size()), false);
  if (parser.GetEncrypted()) return Fail(NotAccepted({"encryption (6.1.3)"}));
  const PdfObject* root =
      parser.GetTrailer() != nullptr ? parser.GetTrailer()->GetDictionary().GetKey("Root") : nullptr;
  if (root == nullptr || !root->IsReference()) return Fail(Unreadable("no /Root"));
  PdfObject* catalog = objects.GetObject(root->GetReference());
  if (catalog == nullptr || !catalog->IsDictionary()) return Fail(Unreadable("no catalog"));

  catalog->GetDictionary().RemoveKey("OutputIntents");  // replaced, and its profile is no content
  catalog->GetDictionary().RemoveKey("Metadata");
  PdfObject start(root->GetReference());
  const ArchivalCheck check = CheckReachable(objects, start);
  if (!check.reasons.empty()) return Fail(NotAccepted(check.reasons));
  for (PdfObject* dictionary : check.dictionaries) Repair(*dictionary);
  RemoveUnreached(objects, check.reached);

  PdfObject trailer;
  trailer.GetDictionary().AddKey("Root", root->GetReference());
  AddInfo(objects, trailer, info);
  AddMetadata(objects, *catalog, info);
  AddOutputIntent(objects, *catalog, profile);
  return WriteOut(objects, trailer, out);
}

}  // namespace

Status MakeArchival(const std::string& original, const ArchiveInfo& info, std::streambuf& out) {
  if (!info.created_iso.empty() && !PdfDateOf(info.created_iso))
    return Fail(Refused(ErrorCode::kInternal,
                        {"thời điểm tạo không hợp lệ", "the time of creation is not valid"},
                        info.created_iso));
  if (original.size() > kMostBytes) return Fail(NotAccepted({"size above 192 MB"}));
  const Result<std::string> profile = ReadProfile();
  if (!profile) return Fail(profile.error());
  ArchiveInfo clean = info;
  clean.title = CollapseSpace(ToNfc(info.title));
  PoDoFo::PdfError::EnableDebug(false);
  PoDoFo::PdfError::EnableLogging(false);
  try {
    return Convert(original, clean, *profile, out);
  } catch (const PoDoFo::PdfError& failure) {
    const char* name = PoDoFo::PdfError::ErrorName(failure.GetError());
    return Fail(Unreadable(name != nullptr ? name : "PoDoFo"));
  } catch (const std::length_error& failure) {
    return Fail(Refused(ErrorCode::kLimit,
                        {"nội dung tệp PDF nở quá lớn", "the PDF's contents expand too far"},
                        failure.what()));
  } catch (const std::exception& failure) {
    return Fail(Unreadable(failure.what()));
  }
}

}  // namespace vanthu::ocr
