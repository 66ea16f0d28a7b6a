// The recogniser's room as a module that the program loads late (vanthu_ocr.so in ModuleFolder()): a run over
// born-digital files then pays nothing for OpenCV and Tesseract, and OMP_THREAD_LIMIT can be set before
// libgomp is loaded.
//
//   dlopen(ModuleFolder() / "vanthu_ocr.so", RTLD_NOW | RTLD_LOCAL), then dlsym(kMakeRecogniserSymbol).
// Both sides must come from one build: C++ values cross the border. Keep the module loaded as long as a
// recogniser lives.
#pragma once

#include <memory>

#include "ocr/ocr.h"

namespace vanthu::ocr {

inline constexpr const char* kModuleFile = "vanthu_ocr.so";
inline constexpr const char* kMakeRecogniserSymbol = "vanthu_ocr_make_recogniser";
using MakeRecogniserFunction = void(const Options* options, Result<std::unique_ptr<Recogniser>>* out);

}  // namespace vanthu::ocr
