// A PDF through Poppler. Private to the room; no Poppler type shows here.
#pragma once

#include <memory>
#include <string>

#include "pipeline/intake/intake.h"

namespace vanthu::intake {

// `bytes`: the file; `file`: its name for messages.
Result<std::unique_ptr<Document>> OpenPdf(std::string bytes, const std::string& file, const Options& options);

}  // namespace vanthu::intake
