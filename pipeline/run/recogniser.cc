#include "pipeline/run/recogniser.h"

#include <dlfcn.h>

#include <cstdlib>

#include "ocr/module.h"
#include "ocr/textlayer/module.h"
#include "pipeline/base/file.h"

namespace vanthu::run {
namespace {

Error MissingModule(const std::filesystem::path& path, const char* cause) {
  return {ErrorCode::kMissingResource,
          {"không nạp được mô-đun " + path.string(), "cannot load the module " + path.string()},
          {"Cài lại vanthu cùng các gói Tesseract, OpenCV và PoDoFo",
           "Install vanthu again together with Tesseract, OpenCV and PoDoFo"},
          {},
          {},
          cause != nullptr ? cause : ""};
}

// Never unloaded: its objects and their destructors live as long as the process.
Result<void*> Symbol(const char* file, const char* name) {
  const std::filesystem::path path = ModuleFolder() / file;
  ::setenv("OMP_THREAD_LIMIT", "1", 1);
  void* module = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (module == nullptr) return Fail(MissingModule(path, ::dlerror()));
  void* symbol = ::dlsym(module, name);
  if (symbol == nullptr) return Fail(MissingModule(path, ::dlerror()));
  return symbol;
}

}  // namespace

Result<std::unique_ptr<ocr::Recogniser>> LoadRecogniser(const ocr::Options& options) {
  const Result<void*> symbol = Symbol(ocr::kModuleFile, ocr::kMakeRecogniserSymbol);
  if (!symbol) return Fail(symbol.error());
  Result<std::unique_ptr<ocr::Recogniser>> made;
  reinterpret_cast<ocr::MakeRecogniserFunction*> (*symbol)(&options, &made);
  return made;
}

Status WriteArchivePdf(int page_count, const std::function<Result<ocr::ArchivePage>(int)>& next,
                       const ocr::ArchiveInfo& info, std::streambuf& out) {
  const Result<void*> symbol = Symbol(ocr::kTextLayerModuleFile, ocr::kBuildArchivePdfSymbol);
  if (!symbol) return Fail(symbol.error());
  Status status;
  reinterpret_cast<ocr::BuildArchivePdfFunction*> (*symbol)(page_count, &next, &info, &out, &status);
  return status;
}

Status WriteArchival(const std::string& original, const ocr::ArchiveInfo& info, std::streambuf& out) {
  const Result<void*> symbol = Symbol(ocr::kTextLayerModuleFile, ocr::kMakeArchivalSymbol);
  if (!symbol) return Fail(symbol.error());
  Status status;
  reinterpret_cast<ocr::MakeArchivalFunction*> (*symbol)(&original, &info, &out, &status);
  return status;
}

Result<std::string> EncodeJpeg(const Raster& raster, int quality) {
  const Result<void*> symbol = Symbol(ocr::kTextLayerModuleFile, ocr::kEncodeJpegSymbol);
  if (!symbol) return Fail(symbol.error());
  Result<std::string> jpeg;
  reinterpret_cast<ocr::EncodeJpegFunction*> (*symbol)(&raster, quality, &jpeg);
  return jpeg;
}

}  // namespace vanthu::run
