// A document's pages as pictures: what a clerk looks at while editing a form. Drawn from
// the PDF itself: docs/decisions/0004-preview-from-the-pdf.md.
#pragma once

#include <filesystem>
#include <string>

#include "pipeline/base/error.h"
#include "pipeline/model/geometry.h"

namespace vanthu::run {

// Writes DIR/page-001.png ... of the PDF's pages and removes those of an earlier, longer document; how many.
Result<int> WritePreview(const std::string& pdf, const std::filesystem::path& folder, Dpi dpi);

// Writes STEM-1.png ... beside each other, all or none; how many. Pictures of an earlier, longer document go.
Result<int> WritePictures(const std::string& pdf, const std::filesystem::path& stem, Dpi dpi);

}  // namespace vanthu::run
