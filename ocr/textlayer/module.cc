#include "ocr/textlayer/module.h"

extern "C" {

__attribute__((visibility("default"))) void vanthu_ocr_build_archive_pdf(
    int page_count, const std::function<vanthu::Result<vanthu::ocr::ArchivePage>(int)>* next,
    const vanthu::ocr::ArchiveInfo* info, std::streambuf* out, vanthu::Status* status) {
  *status = vanthu::ocr::BuildArchivePdf(page_count, *next, *info, *out);
}

__attribute__((visibility("default"))) void vanthu_ocr_make_archival(const std::string* original,
                                                                     const vanthu::ocr::ArchiveInfo* info,
                                                                     std::streambuf* out,
                                                                     vanthu::Status* status) {
  *status = vanthu::ocr::MakeArchival(*original, *info, *out);
}

__attribute__((visibility("default"))) void vanthu_ocr_encode_jpeg(const vanthu::Raster* raster, int quality,
                                                                   vanthu::Result<std::string>* out) {
  *out = vanthu::ocr::EncodeJpeg(*raster, quality);
}

}  // extern "C"
