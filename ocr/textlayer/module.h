// The archive copy's room as a module that the program loads late (vanthu_textlayer.so in ModuleFolder()):
// only `digitise` pays for PoDoFo. Apart from the recogniser's module, since a born-digital document needs no
// recogniser.
//
//   dlopen(ModuleFolder() / kTextLayerModuleFile, RTLD_NOW | RTLD_LOCAL), then dlsym.
// Both sides must come from one build: C++ values cross the border. Never unload it.
#pragma once

#include "ocr/textlayer/archival.h"
#include "ocr/textlayer/jpeg_encoder.h"
#include "ocr/textlayer/textlayer.h"

namespace vanthu::ocr {

inline constexpr const char* kTextLayerModuleFile = "vanthu_textlayer.so";

inline constexpr const char* kBuildArchivePdfSymbol = "vanthu_ocr_build_archive_pdf";
using BuildArchivePdfFunction = void(int page_count, const std::function<Result<ArchivePage>(int)>* next,
                                     const ArchiveInfo* info, std::streambuf* out, Status* status);

inline constexpr const char* kMakeArchivalSymbol = "vanthu_ocr_make_archival";
using MakeArchivalFunction = void(const std::string* original, const ArchiveInfo* info, std::streambuf* out,
                                  Status* status);

inline constexpr const char* kEncodeJpegSymbol = "vanthu_ocr_encode_jpeg";
using EncodeJpegFunction = void(const Raster* raster, int quality, Result<std::string>* out);

}  // namespace vanthu::ocr
