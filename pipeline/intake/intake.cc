#include "pipeline/intake/intake.h"

#include "pipeline/base/file.h"
#include "pipeline/intake/pdf_document.h"
#include "pipeline/intake/picture_document.h"
#include "pipeline/intake/sniff.h"

namespace vanthu::intake {
namespace {

Error NotAccepted(const std::string& file, std::string_view bytes) {
  Error error;
  error.code = bytes.empty() ? ErrorCode::kDamaged : ErrorCode::kNotAccepted;
  error.file = file;
  if (bytes.empty()) {
    error.message = {"tệp rỗng", "the file is empty"};
    error.advice = {"Chép hoặc quét lại tệp", "Copy or scan the file again"};
    return error;
  }
  const Message kind = SniffOther(bytes);
  error.message =
      kind.vi.empty()
          ? Message{"không phải PDF, TIFF, JPEG hay PNG", "is not a PDF, TIFF, JPEG or PNG"}
          : Message{"là " + kind.vi + ", không nhận", "is " + kind.en + ", which is not accepted"};
  error.advice = {"Xuất hoặc in tài liệu ra PDF rồi chạy lại",
                  "Export or print the document to PDF and run again"};
  return error;
}

}  // namespace

Result<std::unique_ptr<Document>> OpenDocument(const std::filesystem::path& path, const Options& options) {
  Result<std::string> bytes = ReadFile(path, options.limits.max_bytes);
  if (!bytes) return Fail(bytes.error());
  return ParseDocument(std::move(*bytes), path.string(), options);
}

Result<std::unique_ptr<Document>> ParseDocument(std::string bytes, const std::string& name,
                                                const Options& options) {
  const std::optional<FileKind> kind = SniffKind(bytes);
  if (!kind) return Fail(NotAccepted(name, bytes));
  if (*kind == FileKind::kPdf) return OpenPdf(std::move(bytes), name, options);
  return OpenPicture(*kind, std::move(bytes), name, options);
}

}  // namespace vanthu::intake
