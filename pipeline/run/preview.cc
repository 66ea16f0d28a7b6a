#include "pipeline/run/preview.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>
#include <functional>
#include <system_error>

#include "pipeline/base/file.h"
#include "pipeline/intake/intake.h"
#include "pipeline/intake/png.h"

namespace vanthu::run {
namespace {

namespace fs = std::filesystem;

using Naming = std::function<fs::path(int page)>;  // 0-based

// A folder beside the pictures to come, that goes with what is left in it.
class WorkFolder {
 public:
  static Result<WorkFolder> In(const fs::path& folder) {
    std::error_code failure;
    if (!folder.empty()) fs::create_directories(folder, failure);
    std::string pattern = ((folder.empty() ? fs::path(".") : folder) / ".vanthu-pages-XXXXXX").string();
    if (failure) return Fail(SystemError(ErrorCode::kWrite, folder, failure.value()));
    if (mkdtemp(pattern.data()) == nullptr) return Fail(SystemError(ErrorCode::kWrite, folder, errno));
    WorkFolder out;
    out.path_ = pattern;
    return out;
  }
  WorkFolder(WorkFolder&& other) noexcept { path_.swap(other.path_); }
  WorkFolder& operator=(WorkFolder&&) = delete;
  ~WorkFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  const fs::path& path() const { return path_; }

 private:
  WorkFolder() = default;
  fs::path path_;
};

Result<std::string> DrawPage(intake::Document& document, int page, Dpi dpi) {
  const Result<Raster> raster = document.RenderPage(page, dpi);
  if (!raster) return Fail(raster.error());
  return intake::EncodePng(*raster);
}

// Every page is drawn before the first takes its name.
Result<int> WritePages(const std::string& pdf, const Naming& name, Dpi dpi) {
  auto document = intake::ParseDocument(pdf, "preview.pdf", {});
  if (!document) return Fail(document.error());
  const int pages = (*document)->page_count();
  const Result<WorkFolder> work = WorkFolder::In(name(0).parent_path());
  if (!work) return Fail(work.error());
  const auto drawn = [&](int page) { return work->path() / std::to_string(page); };
  for (int page = 0; page < pages; ++page) {
    const Result<std::string> png = DrawPage(**document, page, dpi);
    if (!png) return Fail(png.error());
    if (const Status written = WriteFileAtomically(drawn(page), *png); !written) return Fail(written.error());
  }
  for (int page = 0; page < pages; ++page) {
    std::error_code failure;
    fs::rename(drawn(page), name(page), failure);
    if (failure) return Fail(SystemError(ErrorCode::kWrite, name(page), failure.value()));
  }
  std::error_code ignored;
  for (int page = pages; fs::remove(name(page), ignored); ++page) {
  }
  return pages;
}

}  // namespace

Result<int> WritePreview(const std::string& pdf, const fs::path& folder, Dpi dpi) {
  return WritePages(
      pdf, [&](int page) { return folder / fmt::format("page-{:03}.png", page + 1); }, dpi);
}

Result<int> WritePictures(const std::string& pdf, const fs::path& stem, Dpi dpi) {
  return WritePages(
      pdf,
      [&](int page) {
        return stem.parent_path() / fmt::format("{}-{}.png", stem.filename().string(), page + 1);
      },
      dpi);
}

}  // namespace vanthu::run
