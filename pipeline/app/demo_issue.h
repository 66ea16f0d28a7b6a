// The second half of the demonstration: a record becomes a plan that a person and their agency have signed.
#pragma once

#include <filesystem>
#include <string>

#include "pipeline/base/error.h"
#include "pipeline/model/record.h"

namespace vanthu::app {

// Writes ke-hoach.pdf, ke-hoach-da-ky.pdf and the trial keys into `folder`; the verdict as text.
Result<std::string> IssueSigned(const Record& record, const std::filesystem::path& folder);

}  // namespace vanthu::app
