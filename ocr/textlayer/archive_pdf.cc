#include <cmath>
#include <exception>

#include <fmt/format.h>

#include "ocr/textlayer/document_writer.h"
#include "ocr/textlayer/metadata.h"
#include "ocr/textlayer/textlayer.h"
#include "pipeline/base/unicode.h"

namespace vanthu::ocr {
namespace {

// ISO 19005-2, 6.1.13: no side of a page is shorter than 3 or longer than 14,400 units.
constexpr double kShortestSidePt = 3;
constexpr double kLongestSidePt = 14400;

Error Refused(ErrorCode code, Message message, std::string cause) {
  Error error;
  error.code = code;
  error.message = std::move(message);
  error.cause = std::move(cause);
  return error;
}

bool IsFinite(const Affine& map) {
  for (const double value : {map.a, map.b, map.c, map.d, map.e, map.f})
    if (!std::isfinite(value)) return false;
  return true;
}

Status CheckPage(const ArchivePage& page) {
  for (const double side : {page.width_pt, page.height_pt})
    if (!(side >= kShortestSidePt && side <= kLongestSidePt))
      return Fail(Refused(
          ErrorCode::kLimit,
          {"trang nhỏ hoặc lớn quá mức PDF/A cho phép", "the page is smaller or larger than PDF/A allows"},
          fmt::format("{:.1f} x {:.1f} pt", page.width_pt, page.height_pt)));
  if (!IsFinite(page.jpeg_to_page) || !IsFinite(page.to_source))
    return Fail(Refused(ErrorCode::kInternal,
                        {"vị trí của trang không hợp lệ", "the page's placement is not valid"}, "matrix"));
  return {};
}

Error OnPage(Error error, int page) {
  if (!error.page) error.page = page;
  return error;
}

}  // namespace

Status BuildArchivePdf(int page_count, const std::function<Result<ArchivePage>(int)>& next,
                       const ArchiveInfo& info, std::streambuf& out) {
  if (page_count < 1)
    return Fail(
        Refused(ErrorCode::kNotAccepted, {"tài liệu không có trang nào", "the document has no pages"}, {}));
  if (!info.created_iso.empty() && !PdfDateOf(info.created_iso))
    return Fail(Refused(ErrorCode::kInternal,
                        {"thời điểm tạo không hợp lệ", "the time of creation is not valid"},
                        info.created_iso));
  ArchiveInfo clean = info;
  clean.title = CollapseSpace(ToNfc(info.title));
  Result<std::unique_ptr<DocumentWriter>> writer = DocumentWriter::Begin(clean, out);
  if (!writer) return Fail(writer.error());
  for (int i = 0; i < page_count; ++i) {
    Result<ArchivePage> page = next(i);
    if (!page) return Fail(OnPage(page.error(), i));
    if (Status checked = CheckPage(*page); !checked) return Fail(OnPage(checked.error(), i));
    const Result<Picture> picture = MakePicture(*page);
    if (!picture) return Fail(OnPage(picture.error(), i));
    page->raster.reset();  // encoded: gone before the next page comes
    const Status added =
        (*writer)->AddPage(page->width_pt, page->height_pt, *picture, page->words, page->to_source);
    if (!added) return Fail(OnPage(added.error(), i));
  }
  return (*writer)->Finish();
}

}  // namespace vanthu::ocr
