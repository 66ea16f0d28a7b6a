// Words with their boxes as JSON, hOCR 1.2 and ALTO 4: for viewers, archives and other programs.
#pragma once

#include <string>
#include <vector>

#include "pipeline/model/layout.h"

namespace vanthu::record {

std::string WordsToJson(const DocumentLayout& document);
std::string WordsToHocr(const DocumentLayout& document, const std::string& title);
std::string WordsToAlto(const DocumentLayout& document, const std::string& file_name);

}  // namespace vanthu::record
