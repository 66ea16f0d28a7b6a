// Coloured ink as evidence: seals, signatures, stamps and pen writing, by size and shape of its patches.
//
// Input: the masks of reddish and bluish ink (ink.h). Output: patches with a kind, in the masks' pixels.
// Method: ink closer than a few millimetres is one patch. Round and 22-50 mm: seal. Bluish and larger than
// writing in a form's blank: signature. Bluish and of a text line's height: handwriting. Anything else of
// some size: stamp. Fails: a seal cut by the page's edge counts as a stamp; print in blue or red counts as a
// stamp.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "ocr/clean/ink.h"
#include "pipeline/model/page.h"

namespace vanthu::ocr {

struct InkPatch {
  MarkKind kind = MarkKind::kPicture;
  cv::Rect box;
};

std::vector<InkPatch> FindPatches(const InkLayers& layers, double dpi);

}  // namespace vanthu::ocr
