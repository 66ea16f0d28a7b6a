#include "ocr/module.h"

extern "C" __attribute__((visibility("default"))) void vanthu_ocr_make_recogniser(
    const vanthu::ocr::Options* options, vanthu::Result<std::unique_ptr<vanthu::ocr::Recogniser>>* out) {
  *out = vanthu::ocr::MakeRecogniser(*options);
}
