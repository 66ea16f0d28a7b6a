#include "pipeline/run/preview.h"

#include <fmt/format.h>

#include "pipeline/base/file.h"
#include "pipeline/intake/intake.h"
#include "pipeline/intake/png.h"

namespace vanthu::run {
namespace {

namespace fs = std::filesystem;

fs::path PageFile(const fs::path& folder, int page) {
  return folder / fmt::format("page-{:03}.png", page + 1);
}

}  // namespace

Result<int> WritePreview(const std::string& pdf, const fs::path& folder, Dpi dpi) {
  auto document = intake::ParseDocument(pdf, "preview.pdf", {});
  if (!document) return Fail(document.error());
  const int pages = (*document)->page_count();
  for (int page = 0; page < pages; ++page) {
    const Result<Raster> raster = (*document)->RenderPage(page, dpi);
    if (!raster) return Fail(raster.error());
    const Result<std::string> png = intake::EncodePng(*raster);
    if (!png) return Fail(png.error());
    if (const Status written = WriteFileAtomically(PageFile(folder, page), *png); !written)
      return Fail(written.error());
  }
  std::error_code ignored;
  for (int page = pages; fs::remove(PageFile(folder, page), ignored); ++page) {
  }
  return pages;
}

}  // namespace vanthu::run
