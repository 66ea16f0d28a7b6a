// The kind of a file, by its first bytes; its name says nothing.
#pragma once

#include <optional>
#include <string_view>

#include "pipeline/intake/intake.h"

namespace vanthu::intake {

std::optional<FileKind> SniffKind(std::string_view bytes);

// What a file that is not accepted seems to be, for the message; both empty if unknown.
Message SniffOther(std::string_view bytes);

}  // namespace vanthu::intake
