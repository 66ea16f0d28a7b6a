// The modules, each loaded when first needed: the recogniser, and the archive copy's writer.
//
// The recogniser lives in a module (lib/vanthu/vanthu_ocr.so) because Tesseract, OpenCV and their friends
// cost more start-up time than a born-digital plan takes to read; and because OMP_THREAD_LIMIT=1 must stand
// in the environment before libgomp is loaded: without it Tesseract's threads made one page take 20 s instead
// of 2.4.
#pragma once

#include <filesystem>
#include <memory>

#include "ocr/ocr.h"
#include "ocr/textlayer/textlayer.h"
#include "pipeline/base/error.h"

namespace vanthu::run {

// kMissingResource where the module or the model is not there.
Result<std::unique_ptr<ocr::Recogniser>> LoadRecogniser(const ocr::Options& options);

// ocr::BuildArchivePdf, MakeArchival and EncodeJpeg of the module that the archive copy needs.
Status WriteArchivePdf(int page_count, const std::function<Result<ocr::ArchivePage>(int)>& next,
                       const ocr::ArchiveInfo& info, std::streambuf& out);
Status WriteArchival(const std::string& original, const ocr::ArchiveInfo& info, std::streambuf& out);
Result<std::string> EncodeJpeg(const Raster& raster, int quality);

}  // namespace vanthu::run
