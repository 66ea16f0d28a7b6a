#include "ocr/textlayer/module.h"

extern "C" __attribute__((visibility("default"))) void vanthu_ocr_build_archive_pdf(
    int page_count, const std::function<vanthu::Result<vanthu::ocr::ArchivePage>(int)>* next,
    const vanthu::ocr::ArchiveInfo* info, vanthu::Result<std::string>* out) {
  *out = vanthu::ocr::BuildArchivePdf(page_count, *next, *info);
}

extern "C" __attribute__((visibility("default"))) void vanthu_ocr_make_archival(
    const std::string* original, const vanthu::ocr::ArchiveInfo* info, vanthu::Result<std::string>* out) {
  *out = vanthu::ocr::MakeArchival(*original, *info);
}
